"""Scenarios with some only of the shifts to choose from: those that were chosen, or that a roster has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.domain.rule import Rule


def with_candidates(problem: Problem, names: Iterable[str]) -> Problem:
    """Return the problem with these candidates and no others; shifts that are there anyway stay."""
    assert problem.design is not None
    gone = set(problem.design.candidates) - set(names)
    kept = tuple(name for name in problem.design.candidates if name not in gone)
    calendar = problem.calendar_quality
    return replace(
        problem,
        shifts=tuple(shift for shift in problem.shifts if shift.name not in gone),
        types=tuple(
            replace(
                staff,
                shifts=tuple(name for name in staff.shifts if name not in gone),
                rules=_without(staff.rules, gone),
            )
            for staff in problem.types
        ),
        quality=_without(problem.quality, gone),
        calendar_quality=None if calendar is None else _without(calendar, gone),
        design=replace(problem.design, candidates=kept),
    )


def _without(rules: Iterable[Rule], gone: set[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if not _names(rule, gone))


def _names(rule: Rule, gone: set[str]) -> bool:
    """Whether a rule is about a shift that is not there."""
    said = (getattr(rule, each.name) for each in fields(rule))
    return any(value in gone for value in said if isinstance(value, str))


def kinds_of(problem: Problem, roster: Roster) -> tuple[str, ...]:
    """Return which of the shifts to choose from a roster has."""
    there = {part.name for days in roster.duties for duty in days for part in duty.parts}
    return () if problem.design is None else tuple(problem.design.used(there))
