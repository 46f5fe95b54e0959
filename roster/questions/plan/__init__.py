"""Fewest people, with rota, calendar and proof."""

from __future__ import annotations

from roster.questions.plan.answer import plan_headcount
from roster.questions.plan.proof import prove
from roster.questions.plan.relief_factor import Relief, relief
