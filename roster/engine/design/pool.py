"""Scenarios with some of the candidates only: those that fit the edges of what is asked, or those that were chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import pairwise

from roster.domain.problem import DAY, WEEK, Problem
from roster.domain.rule import Rule
from roster.engine.design.week import needs


def with_candidates(problem: Problem, names: Iterable[str]) -> Problem:
    """Return the problem with these candidates and no others; shifts that are there anyway stay."""
    assert problem.design is not None
    gone = set(problem.design.candidates) - set(names)
    kept = tuple(name for name in problem.design.candidates if name not in gone)
    return replace(
        problem,
        shifts=tuple(shift for shift in problem.shifts if shift.name not in gone),
        types=tuple(
            replace(
                staff,
                shifts=tuple(name for name in staff.shifts if name not in gone),
                rules=tuple(rule for rule in staff.rules if not _names(rule, gone)),
            )
            for staff in problem.types
        ),
        quality=tuple(rule for rule in problem.quality if not _names(rule, gone)),
        design=replace(problem.design, candidates=kept),
    )


def _names(rule: Rule, gone: set[str]) -> bool:
    """Whether a rule is about a shift that is not there."""
    said = (getattr(rule, each.name) for each in fields(rule))
    return any(value in gone for value in said if isinstance(value, str))


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
