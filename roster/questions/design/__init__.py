"""Kinds of shift chosen with the headcount: fewest people or least cost, then fewest kinds, then least idle."""

from __future__ import annotations

from roster.questions.design.answer import Designed
from roster.questions.design.planned import planned
