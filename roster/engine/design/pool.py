"""Scenarios with those candidates only that fit the edges of what is asked."""

from __future__ import annotations

from itertools import pairwise

from roster.domain.chosen_shifts import with_candidates
from roster.domain.problem import DAY, WEEK, Problem
from roster.engine.design.week import needs


def edges(problem: Problem) -> frozenset[int]:
    """Return the minutes of the day at which what is asked changes on any day of an ordinary week."""
    level = [0] * WEEK
    for need in needs(problem, ()):
        for minute in range(need.start, need.end):
            level[minute] += need.load
    return frozenset(
        (minute + 1) % DAY
        for minute, (before, after) in enumerate(pairwise([*level, level[0]]))
        if before != after
    )


def fitting(problem: Problem) -> Problem:
    """Return the problem with the candidates that begin or end where what is asked changes; all if there are none."""
    assert problem.design is not None
    at = edges(problem)
    names = [
        name
        for name in problem.design.candidates
        if problem.shift[name].start in at or problem.shift[name].end % DAY in at
    ]
    return with_candidates(problem, names) if names else problem
