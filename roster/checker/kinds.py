"""Kinds of shift that were to be chosen: no roster uses more of them than may be."""

from __future__ import annotations

from roster.domain.chosen_shifts import kinds_of
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import Problem
from roster.language import tr


def check_kinds(problem: Problem, roster: Roster) -> list[Violation]:
    """Return that more kinds of the shifts to choose from are used than may be."""
    if problem.design is None:
        return []
    used = kinds_of(problem, roster)
    if len(used) <= problem.design.at_most:
        return []
    words = {"found": len(used), "names": ", ".join(used), "limit": problem.design.at_most}
    return [Violation("shift_kinds", None, (), tr("design.too_many", **words))]
