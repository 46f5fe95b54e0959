"""What makes one rota better than another, as soft rules."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from roster.domain.problem import DAY, Shift
from roster.domain.rules import (
    FreeWeekends,
    MinRest,
    OffBlock,
    Origin,
    Rule,
    Succession,
    WeekHours,
    WorkBlock,
)
from roster.scenario.schema.rule_limits import Quality

NIGHT_PLACE = 2 * DAY
LATER_BY = 3 * 60
"""A shift is later than another when its middle is so many minutes later; less is the same shift, a little moved."""
LONG_BREAK = 4
"""Days off in a row beyond which work is bunched elsewhere (no massed hours: Beermann's rules)."""
LONG_WEEK = 48 * 60
SOURCE = "HSE, HSG256; BAuA"


SINGLE_IN_ROTA, SINGLE_IN_CALENDAR = (2, 2), (60, 40)
"""Points of a single day off and of a single working day, where nothing is said: a rota is judged by what else
it is, a month of people with names beside fair shares (10 the first unit) and requests (100). What somebody lacks of
a share the ledger makes up for in the next period; a single day is not made up for, so it goes before several units."""


def quality_rules(quality: Quality, shifts: tuple[Shift, ...], single: tuple[int, int]) -> tuple[Rule, ...]:
    """
    Return the soft rules of a `quality` section.

    Parameters
    ----------
    quality, shifts : The section, and the shifts whose order counts.
    single : Points of a single day off, and of a single working day, where the section does not say.
    """
    single_off = single[0] if quality.single_days_off is None else quality.single_days_off
    single_on = single[1] if quality.single_days_on is None else quality.single_days_on
    rules: list[Rule] = []
    common: dict[str, Any] = {"origin": Origin.POLICY, "source": SOURCE}
    if quality.free_weekends:
        rules.append(FreeWeekends(one_in=1, price=quality.free_weekends, **common))
    if single_off:
        rules.append(OffBlock(shortest=2, price=single_off, **common))
    if single_on:
        rules.append(WorkBlock(shortest=2, price=single_on, **common))
    if quality.quick_returns.price:
        rules.append(MinRest(minutes=quality.quick_returns.rest, price=quality.quick_returns.price, **common))
    if quality.long_breaks:
        rules.append(OffBlock(longest=LONG_BREAK, price=quality.long_breaks, **common))
    if quality.long_weeks:
        rules.append(WeekHours(minutes=LONG_WEEK, price=quality.long_weeks, **common))
    if quality.forward_rotation:
        rules += [
            Succession(first=first, second=second, days_off=pause, price=quality.forward_rotation, **common)
            for first, second, pause in backward_pairs(shifts)
        ]
    return tuple(rules)


def backward_pairs(shifts: tuple[Shift, ...]) -> list[tuple[str, str, int]]:
    """
    Return the changes of shift that turn backwards, and the days off between for which they still do.

    Forward is day, evening, night. Any earlier shift the day after is backward; with one day off, only evening to day
    still is: after nights the round starts anew.
    """
    worked = [shift for shift in shifts if shift.on_site]
    found: list[tuple[str, str, int]] = []
    for first, second in permutations(worked, 2):
        if _place(first) - _place(second) < LATER_BY:
            continue
        found.append((first.name, second.name, 0))
        if not first.night:
            found.append((first.name, second.name, 1))
    return found


def _place(shift: Shift) -> int:
    """Order of a shift in the day: nights last, wherever their clock begins; the others by their middle."""
    return NIGHT_PLACE if shift.night else (shift.start + shift.length // 2 - 4 * 60) % DAY
