"""Limits made looser or stricter step by step, the smallest step first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from roster.domain.problem import DAY
from roster.domain.rules import (
    Count,
    Counted,
    FreeWeekends,
    Gap,
    MaxNights,
    MinRest,
    NoStandbyBefore,
    OffBlock,
    RestAfterNights,
    Rule,
    ShiftLength,
    ShiftRun,
    StandbyShare,
    WeekHours,
    WeeklyRest,
    WorkBlock,
)

HOUR = 60
LONGEST_RUN = 14

Field = tuple[str, int, int]
"""A field of a rule, what one looser step adds to it, and how far it goes."""

_FIELDS: dict[type[Rule], tuple[Field, ...]] = {
    MinRest: (("minutes", -HOUR, 0),),
    RestAfterNights: (("minutes", -HOUR, 0),),
    MaxNights: (("nights", 1, LONGEST_RUN),),
    WorkBlock: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    OffBlock: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    ShiftRun: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    FreeWeekends: (("one_in", 1, 12),),
    WeekHours: (("minutes", HOUR, 7 * DAY),),
    WeeklyRest: (("minutes", -HOUR, 0),),
    NoStandbyBefore: (("start", -HOUR, 0),),
    ShiftLength: (("minutes", HOUR, DAY),),
    StandbyShare: (("percent", 1, 100),),
    Gap: (("days", -1, 0),),
}
"""What loosens each rule; pairs of shifts and whole weekends have no steps, they can only be dropped."""

_STRICTEST = {"one_in": 2, "nights": 1, "longest": 1, "percent": 0}
FELT = (FreeWeekends, StandbyShare, MaxNights, WeekHours, MinRest, WorkBlock, RestAfterNights)
"""Rules that somebody may want stricter."""

STEP: dict[type[Rule], int] = {StandbyShare: 5, WeekHours: 4}
"""Steps that are worth asking about, where a single one is too small to be felt."""


def _fields(rule: Rule) -> tuple[Field, ...]:
    """Return what loosens a rule; hours by the hour, or by five percent of a contract."""
    if not isinstance(rule, Count):
        return _FIELDS.get(type(rule), ())
    step = 1
    if rule.of is Counted.HOURS:
        step = HOUR if rule.contract is None else 5
    least = (("least", -step, 0),) if rule.least else ()
    most = 0 if rule.most is None else rule.most
    return (("most", step, most + LONGEST_RUN * step), *least)


def ladders(rule: Rule) -> list[list[Rule]]:
    """
    Return the ways of loosening a rule, each as a list of ever looser rules.

    >>> [rule.nights for rule in ladders(MaxNights(nights=12))[0]]
    [13, 14]
    """
    found = []
    for name, step, last in _fields(rule):
        value = getattr(rule, name)
        if value is None:
            continue
        values = range(value + step, last + (1 if step > 0 else -1), step)
        if values:
            found.append([_with(rule, name, each) for each in values])
    return found


def one_step(rule: Rule, *, looser: bool) -> list[Rule]:
    """
    Return a rule one step looser, or stricter, in each way there is.

    >>> [rule.sentence for rule in one_step(FreeWeekends(one_in=3), looser=False)]
    ['At least one free weekend in every 2.']
    """
    found: list[Rule] = []
    for name, step, last in _fields(rule):
        value = getattr(rule, name)
        if value is None or (not looser and (not isinstance(rule, FELT) or name == "shortest")):
            continue
        size = step * STEP.get(type(rule), 1) * (1 if looser else -1)
        other = value + size
        possible = (other - last) * step <= 0 if looser else other >= _STRICTEST.get(name, 0)
        if possible and _sensible(rule, name, other):
            found.append(_with(rule, name, other))
    return found


def _sensible(rule: Rule, name: str, value: int) -> bool:
    """Whether a run's shortest stays at most its longest."""
    shortest = value if name == "shortest" else getattr(rule, "shortest", None)
    longest = value if name == "longest" else getattr(rule, "longest", None)
    return shortest is None or longest is None or 1 <= shortest <= longest


def _with(rule: Rule, name: str, value: int) -> Rule:
    parts: dict[str, Any] = {name: value}
    return replace(rule, **parts)


def first_that(values: list[Rule], works: Callable[[Rule], bool]) -> Rule | None:
    """Return the first of ever looser rules that works, by halving; None where the last does not."""
    if not values or not works(values[-1]):
        return None
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if works(values[middle]):
            high = middle
        else:
            low = middle + 1
    return values[high]
