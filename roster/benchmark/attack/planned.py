"""Scenarios planned once for several cases that start from their roster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from roster.benchmark.attack.draw import problem_of, scenario
from roster.domain.outcome import Outcome, Roster, SolveOptions
from roster.domain.problem import Problem
from roster.errors import InputError
from roster.questions.plan import plan_headcount

CASES = 10
"""How many cases start from one planned scenario."""

PLAN_S = 8.0


@dataclass(frozen=True, slots=True)
class Planned:
    """A scenario's text, its problem, what the program answered and the calendar."""

    text: str
    problem: Problem
    outcome: Outcome
    roster: Roster


TRIES = 25
"""Scenarios that are drawn until one has a roster."""


@lru_cache(maxsize=8)
def planned(seed: int) -> Planned | None:
    """Return a planned scenario; equal seeds give equal ones. None in the rare case that no draw has a roster."""
    tried = (_planned(scenario(seed * TRIES + number)) for number in range(TRIES))
    return next((found for found in tried if found is not None), None)


def _planned(text: str) -> Planned | None:
    """Return a planned scenario; None where it is refused, impossible, or out of time."""
    try:
        problem = problem_of(text)
    except InputError:
        return None
    outcome = plan_headcount(problem, SolveOptions(PLAN_S, 1, 1))
    if outcome.plan is None or not outcome.plan.roster.people:
        return None
    return Planned(text, problem, outcome, outcome.plan.roster)
