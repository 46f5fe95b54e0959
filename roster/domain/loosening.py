"""
How each rule is made looser or stricter, by the steps that people bargain in, the smallest step first.

Whoever asks what would help, about an ordinary week or about a leave, asks by the same steps.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from roster.domain import rules
from roster.domain.problem import DAY
from roster.domain.rules import Rule

HOUR = 60
HALF_A_DAY = 12 * HOUR
LONGEST_RUN = 14

Field = tuple[str, int, int]
"""A field of a rule, what one looser step adds to it, and how far it goes."""

_FIELDS: dict[type[Rule], tuple[Field, ...]] = {
    rules.MinRest: (("minutes", -HOUR, 0),),
    rules.RestAfterNights: (("minutes", -HALF_A_DAY, 0),),
    rules.MaxNights: (("nights", 1, LONGEST_RUN),),
    rules.WorkBlock: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    rules.OffBlock: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    rules.ShiftRun: (("longest", 1, LONGEST_RUN), ("shortest", -1, 1)),
    rules.FreeWeekends: (("one_in", 1, 12),),
    rules.WeekHours: (("minutes", 4 * HOUR, 7 * DAY),),
    rules.WeeklyRest: (("minutes", -HALF_A_DAY, 0),),
    rules.NoStandbyBefore: (("start", -HOUR, 0),),
    rules.ShiftLength: (("minutes", HOUR, DAY),),
    rules.StandbyShare: (("percent", 5, 100),),
    rules.Gap: (("days", -1, 0),),
}
"""What loosens each rule."""

DROPPED = (rules.Succession, rules.Handover, rules.NoStandbyAfterNights, rules.WholeWeekends)
"""Rules without steps: they can only be dropped."""

_STRICTEST = {"one_in": 2, "nights": 1, "longest": 1, "percent": 0}
BY_DAYS = (rules.MaxNights, rules.WorkBlock, rules.OffBlock, rules.ShiftRun, rules.FreeWeekends)
BY_DAYS_STEPS = 2
"""Rules counted in days or weekends, and by how many more of them a leave is worth bargaining for."""

FELT = (
    rules.FreeWeekends,
    rules.StandbyShare,
    rules.MaxNights,
    rules.WeekHours,
    rules.MinRest,
    rules.WorkBlock,
    rules.RestAfterNights,
)
"""Rules that somebody may want stricter."""


def _fields(rule: Rule) -> tuple[Field, ...]:
    """Return what loosens a rule; hours by the hour, or by five percent of a contract."""
    if not isinstance(rule, rules.Count):
        return _FIELDS.get(type(rule), ())
    step = 1
    if rule.of is rules.Counted.HOURS:
        step = HOUR if rule.contract is None else 5
    least = (("least", -step, 0),) if rule.least else ()
    most = 0 if rule.most is None else rule.most
    return (("most", step, most + LONGEST_RUN * step), *least)


def ladders(rule: Rule) -> list[list[Rule]]:
    """
    Return the ways of loosening a rule, each as a list of ever looser rules.

    >>> [rule.nights for rule in ladders(rules.MaxNights(nights=12))[0]]
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

    >>> [rule.sentence for rule in one_step(rules.FreeWeekends(one_in=3), looser=False)]
    ['At least one free weekend in every 2.']
    """
    found: list[Rule] = []
    for name, step, last in _fields(rule):
        value = getattr(rule, name)
        if value is None or (not looser and (not isinstance(rule, FELT) or name == "shortest")):
            continue
        other = value + (step if looser else -step)
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


def chain(rule: Rule, steps: int) -> list[Rule | None]:
    """
    Return a rule ever looser, each looser than the one before; None last for one that can only be dropped.

    What is asked at least goes first and all at once, then what is allowed at most by up to so many steps.

    >>> [rule.nights for rule in chain(rules.MaxNights(nights=3), 2)]
    [4, 5]
    """
    if not _fields(rule):
        return [None] if isinstance(rule, DROPPED) else []
    found: list[Rule | None] = []
    looser = rule
    if getattr(rule, "shortest", 1) > 1:
        looser = _with(rule, "shortest", 1)
        found.append(looser)
    for _ in range(min(steps, BY_DAYS_STEPS) if isinstance(rule, BY_DAYS) else steps):
        more = looser
        for name, step, last in _fields(rule):
            value = getattr(more, name)
            if value is not None and name != "shortest" and (value + step - last) * step <= 0:
                more = _with(more, name, value + step)
        if more == looser:
            break
        looser = more
        found.append(looser)
    return found
