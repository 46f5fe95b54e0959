"""The working time that leave takes, which the limit of a calendar's hours is lower by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from roster.domain.horizon import DayKind, Horizon
from roster.domain.problem import DAY, Ban, Duty, Problem, Restriction, StaffType
from roster.domain.rules import AverageHours

WORKING_DAYS = 5


def taken(bans: Iterable[Restriction], horizon: Horizon, staff: StaffType) -> Fraction:
    """
    Return the minutes that somebody's leave takes of a calendar.

    Parameters
    ----------
    bans : What restricts one person; leave alone counts.
    horizon : The dates of the calendar.
    staff : The person's type; a day of leave takes a fifth of its calendar's hours a week at most.
    """
    leaves = [ban for ban in bans if ban.ban is Ban.DUTY]
    away: dict[int, int] = defaultdict(int)
    for ban in (ban for ban in leaves if ban.minutes is None):
        for day, minutes in minutes_away(ban, horizon).items():
            away[day] = min(DAY, away[day] + minutes)
    weeks: dict[int, Fraction] = defaultdict(Fraction)
    daily = Fraction(staff.calendar_minutes, WORKING_DAYS)
    for day, minutes in away.items():
        if horizon.kind(day) is DayKind.WORKDAY:
            weeks[(day + horizon.weekday(0)) // 7] += min(daily, Fraction(minutes))
    usual = sum((min(week, Fraction(staff.calendar_minutes)) for week in weeks.values()), Fraction(0))
    return usual + sum(ban.minutes for ban in leaves if ban.minutes is not None)


def minutes_away(ban: Restriction, horizon: Horizon) -> dict[int, int]:
    """Return for each day of a calendar that a leave touches how many minutes of it are away."""
    first, last = horizon.number(ban.first), horizon.number(ban.last)
    found = {}
    for day in range(max(first, 0), min(last + 1, horizon.days)):
        start = ban.start if day == first else 0
        end = ban.end if day == last else DAY
        if start < end:
            found[day] = end - start
    return found


def minutes_before(
    problem: Problem, staff: StaffType, horizon: Horizon, before: Sequence[Duty]
) -> tuple[int, ...]:
    """
    Return the working time of days carried in, one after the other.

    Parameters
    ----------
    problem, staff : The scenario, and the person's type.
    horizon : The dates that follow the days carried in.
    before : The duties carried in, the last one on the eve of the first date.
    """
    dated = ((horizon.on(at - len(before)), duty) for at, duty in enumerate(before))
    return tuple(problem.minutes(staff, on, duty) for on, duty in dated)


def most_minutes(staff: StaffType, days: int, gone: Fraction, before: Sequence[int] = ()) -> int:
    """
    Return the most minutes somebody may work over a calendar: all that is left of the reference period may be
    used.

    Parameters
    ----------
    staff : The person's type, with its hours a week.
    days : Length of the calendar.
    gone : Minutes that leave takes.
    before : Minutes worked on each day carried in; what a longer reference period has used up is left out.
    """
    over = max((rule.over for rule in staff.rules if isinstance(rule, AverageHours)), default=0)
    used = 0
    if over > days:
        used = sum(before[-(over - days) :])
        days = over
    return max(0, floor(Fraction(staff.calendar_minutes * days, 7) - gone) - used)
