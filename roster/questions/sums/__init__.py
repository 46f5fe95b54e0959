"""Demand against supply, before anything is solved."""

from __future__ import annotations

from roster.questions.sums.precheck import hopeless, precheck
from roster.questions.sums.supply import UNLIMITED, SupplyRow
