"""A roster with everything that is said about it, worked out again from the roster alone."""

from __future__ import annotations

from dataclasses import dataclass

from roster.checker import Held, check_roster, coverage
from roster.plan import Roster, Violation
from roster.problem import Problem
from roster.scores import Scores, score


@dataclass(frozen=True, slots=True)
class Examined:
    """A roster, what it breaks, who holds what, and its figures."""

    problem: Problem
    roster: Roster
    violations: tuple[Violation, ...]
    cover: tuple[Held, ...]
    scores: Scores


def examine(problem: Problem, roster: Roster) -> Examined:
    """Check and count a roster."""
    violations = tuple(check_roster(problem, roster))
    return Examined(problem, roster, violations, coverage(problem, roster), score(problem, roster))
