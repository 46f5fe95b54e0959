"""
Limits on runs so long that they hardly ever bind: taken shorter or left out where the answer is the same.

A graph of lawful days has a state for each day that a run may last, on each weekday: a limit of a year makes it fifty
times as large as one of a week.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roster.domain.problem import Problem
from roster.domain.rules import MaxNights, OffBlock, Rule, ShiftRun, WorkBlock


def within(rules: Iterable[Rule], days: int) -> tuple[Rule, ...]:
    """Return the rules that can bind within so many days: no run can be longer."""
    return tuple(kept for rule in rules if (kept := _at_most(rule, days, None)) is not None)


def capped(problem: Problem, most: int, instead: int | None) -> Problem:
    """
    Return a problem in which hard longest runs above so many days are others: shorter, or none at all.

    The same problem where there are none.

    Parameters
    ----------
    problem : The scenario.
    most : Days; limits above it are replaced.
    instead : The limit in days that stands instead; None for no limit.
    """
    types = []
    for staff in problem.types:
        rules = [_at_most(rule, most + 1, instead) if rule.hard else rule for rule in staff.rules]
        kept = tuple(rule for rule in rules if rule is not None)
        types.append(staff if kept == staff.rules else replace(staff, rules=kept))
    return problem if tuple(types) == problem.types else replace(problem, types=tuple(types))


def _at_most(rule: Rule, days: int, instead: int | None) -> Rule | None:
    """Return a rule whose longest run is another where it is so many days or more; None where nothing is left of it."""
    if isinstance(rule, WorkBlock | OffBlock | ShiftRun):
        if rule.longest is None or rule.longest < days:
            return rule
        return replace(rule, longest=None if instead is None else max(instead, rule.shortest))
    if isinstance(rule, MaxNights) and rule.nights >= days:
        return None if instead is None else replace(rule, nights=instead)
    return rule
