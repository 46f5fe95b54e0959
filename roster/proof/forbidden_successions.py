"""
Which two duties one person cannot do on two days running: asked of the independent check, never worked out here.

The check looks at the two days alone, with nothing known before or after, so what it finds is broken in every rotation
that has these two days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from roster.checker import PersonCase, Timeline, breaches, hard_rules
from roster.domain.horizon import Horizon
from roster.domain.problem import Duty
from roster.domain.rules import AVERAGES
from roster.proof.certificate import Use
from roster.proof.quantities import Ordinary, Refused

MONDAY = date(2027, 3, 1)
"""Any Monday: the days are ordinary ones."""


def _cannot_follow(week: Ordinary, name: str, weekday: int, first: Duty, second: Duty) -> bool:
    """Whether a hard rule is broken by a duty on a weekday and another on the day after, whatever else is done."""
    key = (name, weekday, first.name, second.name)
    if key not in week.broken:
        staff = week.staff(name)
        horizon = Horizon(2, first=MONDAY + timedelta(days=weekday))
        case = PersonCase(week.problem, Timeline((first, second), horizon), staff)
        rules = (rule for rule in hard_rules(staff) if not isinstance(rule, AVERAGES))
        week.broken[key] = any(breach.count for rule in rules for breach in breaches(rule, case))
    return week.broken[key]


def must_exclude(week: Ordinary, use: Use) -> None:
    """Refuse two sets of duties of which some pair can be done on two days running."""
    known = {duty.name: duty for duty in week.duties(use.type) if not duty.is_off}
    for name in (*use.first, *use.second):
        if name not in known:
            raise Refused("unknown_count", name=name)
    for first in use.first:
        for second in use.second:
            if not _cannot_follow(week, use.type, use.weekday, known[first], known[second]):
                raise Refused("no_pair", type=use.type, first=first, second=second)


def exclusive_sets(
    week: Ordinary, name: str, weekday: int
) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    """
    Return the largest two sets of duties that exclude each other on a weekday and the day after.

    Parameters
    ----------
    week, name : The ordinary week, and a staff type.
    weekday : Of the first day; 0 is Monday.
    """
    duties = [duty for duty in week.duties(name) if not duty.is_off]
    after = {
        first.name: frozenset(
            second.name for second in duties if _cannot_follow(week, name, weekday, first, second)
        )
        for first in duties
    }
    found = set()
    for wanted in {*after.values(), *(frozenset({duty.name}) for duty in duties)}:
        first = frozenset(each for each, banned in after.items() if wanted and wanted <= banned)
        if first:
            second = frozenset.intersection(*(after[each] for each in first))
            found.add((first, second))
    return sorted(found, key=lambda pair: (sorted(pair[0]), sorted(pair[1])))
