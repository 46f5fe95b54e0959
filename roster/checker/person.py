"""One person's days held against the rules of the staff type and against what the person may not be given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from roster.checker.rules import counts  # noqa: F401  (its readings are found by `find`)
from roster.checker.rules.breach import Breach, Moment, OnDay
from roster.checker.rules.day_by_day import find
from roster.checker.rules.elapsed import Elapsed
from roster.checker.rules.timeline import PersonCase, Timeline
from roster.checker.rules.weeks_and_sums import weekend_free, weekends
from roster.domain.horizon import DayKind, Horizon
from roster.domain.problem import DAY, Ban, Duty, NightWindow, Problem, Restriction, Shift, StaffType
from roster.domain.rules import AVERAGES, NoOverlap, Rule, hours

__all__ = [
    "breaches",
    "count_breaches",
    "hard_rules",
    "leave_days",
    "leave_minutes",
    "restricted",
    "weekend_free",
    "weekends",
]


def hard_rules(staff: StaffType) -> tuple[Rule, ...]:
    """Return the rules that no roster of a type may break: those without a price, and those that never have one."""
    always: tuple[type[Rule], ...] = (NoOverlap, *AVERAGES)
    found = [rule for rule in staff.rules if rule.hard or isinstance(rule, always)]
    return tuple(found) if any(isinstance(rule, NoOverlap) for rule in found) else (NoOverlap(), *found)


def breaches(rule: Rule, case: PersonCase) -> list[Breach]:
    """Return where one timeline breaks one rule, in order of time."""
    return list(find(rule, case)) if case.line.duties else []


def count_breaches(
    rule: Rule,
    duties: Sequence[Duty],
    horizon: Horizon,
    problem: Problem,
    *,
    staff: StaffType | None = None,
    before: Sequence[Duty] = (),
    leave: frozenset[int] = frozenset(),
) -> int:
    """
    Return how often one person's duties break a rule, counted as the rule's docstring defines a breach.

    Parameters
    ----------
    rule : The rule.
    duties : One duty for each day of the horizon.
    horizon, problem : The dates, and the scenario for what the rule refers to.
    staff : Whose hours `AverageHours` compares with; without it, that rule counts nothing.
    before : Duties carried in, the last one that of the day before day 0. Their own breaches are not counted.
    leave : Days of a calendar spent away; each working day of them takes a fifth of the week of `AverageHours`.
    """
    week = Fraction(staff.calendar_minutes if staff is not None else 0)
    away = [day for day in leave if horizon.kind(day) is DayKind.WORKDAY]
    weeks = Counter((day + horizon.weekday(0)) // 7 for day in away)
    taken = sum((min(week, week / 5 * number) for number in weeks.values()), Fraction(0))
    case = PersonCase(problem, Timeline(tuple(duties), horizon, tuple(before)), staff, leave, taken)
    return sum(breach.count for breach in breaches(rule, case))


def days_of(restriction: Restriction, horizon: Horizon) -> range:
    """Return the days of a calendar which a restriction touches; none in a ring."""
    if horizon.first is None:
        return range(0)
    first, last = horizon.number(restriction.first), horizon.number(restriction.last)
    return range(max(first, 0), min(last + 1, horizon.days))


def leave_days(problem: Problem, person: str, horizon: Horizon) -> frozenset[int]:
    """
    Return the days of a calendar on which a person is away from midnight to midnight.

    Parameters
    ----------
    problem, person : The scenario with its restrictions, and a name.
    horizon : The dates; day 0 is the first.
    """
    away = [r for r in problem.restrictions if r.person == person and r.ban is Ban.DUTY]
    return frozenset(
        day
        for restriction in away
        for day in days_of(restriction, horizon)
        if _hours_of(restriction, horizon, day) == (0, DAY)
    )


def _hours_of(restriction: Restriction, horizon: Horizon, day: int) -> tuple[int, int]:
    """Return from when to when a restriction holds on a day that it touches."""
    on = horizon.on(day)
    return (
        restriction.start if on == restriction.first else 0,
        restriction.end if on == restriction.last else DAY,
    )


def leave_minutes(problem: Problem, person: str, staff: StaffType, horizon: Horizon) -> Fraction:
    """
    Return the working time that somebody's leave takes: what it says, or a fifth of the week each working day.

    Of a working day on which the leave has fewer hours it takes those; of one week not more than the week.

    Parameters
    ----------
    problem, person : The scenario with its restrictions, and a name.
    staff, horizon : The person's type, with its hours a week, and the dates.
    """
    total, week = Fraction(0), Fraction(staff.calendar_minutes)
    leaves = [r for r in problem.restrictions if r.person == person and r.ban is Ban.DUTY]
    total += sum(leave.minutes for leave in leaves if leave.minutes is not None)
    plain = [leave for leave in leaves if leave.minutes is None]
    if not plain:
        return total
    for monday in range(-horizon.weekday(0), horizon.days, 7):
        taken = Fraction(0)
        for day in range(max(monday, 0), min(monday + 7, horizon.days)):
            if horizon.kind(day) is not DayKind.WORKDAY:
                continue
            spans = [_hours_of(leave, horizon, day) for leave in plain if day in days_of(leave, horizon)]
            taken += min(week / 5, Fraction(min(DAY, sum(max(0, end - start) for start, end in spans))))
        total += min(week, taken)
    return total


def restricted(problem: Problem, person: str, case: PersonCase) -> Iterator[tuple[str, Breach]]:
    """
    Return where a person is given what a restriction forbids, each with the kind of restriction.

    Parameters
    ----------
    problem, person : The scenario with its restrictions, and a name.
    case : The person's days.
    """
    for restriction in problem.restrictions:
        if restriction.person != person:
            continue
        if restriction.ban is Ban.OVERTIME:
            days = days_of(restriction, case.line.horizon)
            found = [*_long_days(days, case), *_long_weeks(days, case)]
        else:
            found = list(_given(restriction, case))
        reason = f" ({restriction.reason})" if restriction.reason else ""
        for breach in found:
            yield restriction.ban.value, replace(breach, figures={**breach.figures, "reason": reason})


def pinned(problem: Problem, person: str, case: PersonCase) -> Iterator[Breach]:
    """
    Return the days on which a person has another duty than the one that is settled.

    Parameters
    ----------
    problem, person : The scenario with its pins, and a name.
    case : The person's days.
    """
    horizon = case.line.horizon
    if horizon.first is None:
        return
    for pin in (pin for pin in problem.pins if pin.person == person):
        first, last = horizon.number(pin.first), horizon.number(pin.last)
        for day in range(max(first, 0), min(last + 1, horizon.days)):
            duty = case.line.sure(day)
            if duty.name != pin.duty:
                yield Breach(
                    "pin", (day,), figures={"duty": duty.name, "pinned": pin.duty, "day": OnDay(day)}
                )


def _given(restriction: Restriction, case: PersonCase) -> Iterator[Breach]:
    """Return the duties of the calendar of which a forbidden part lies in a restriction's time."""
    horizon, ban = case.line.horizon, restriction.ban
    if horizon.first is None:
        return
    begins = horizon.number(restriction.first) * DAY + restriction.start
    ends = horizon.number(restriction.last) * DAY + restriction.end
    for day in case.line.days:
        duty = case.line.sure(day)
        midnight = day * DAY
        if any(
            midnight + start < ends
            and midnight + end > begins
            and _forbidden(
                ban, part, (max(start, begins - midnight), min(end, ends - midnight)), case.problem.night
            )
            for part in duty.parts
            for start, end in part.stretches
        ):
            late = day < horizon.number(restriction.first)
            text = f"ban_{ban.value}_into" if late else f"ban_{ban.value}"
            figures: dict[str, object] = {"duty": duty.name, "day": OnDay(day)}
            if late and duty.span is not None:
                figures["end"] = Moment(day, duty.span[1], ending=True)
            yield Breach(text, (day,), figures=figures)


def _forbidden(ban: Ban, part: Shift, inside: tuple[int, int], night: NightWindow) -> bool:
    """Whether a ban of some kind forbids a part of a duty of which these minutes lie in the ban's time."""
    if ban is Ban.STANDBY:
        return not part.on_site
    if ban is Ban.NIGHTS:
        return part.interrupts_rest and night.overlap(*inside) > 0
    return True


def _long_days(days: range, case: PersonCase) -> Iterator[Breach]:
    if case.staff is None:
        return
    time = Elapsed.of(case)
    for day in days:
        worked = time.worked(day, case.line.sure(day))
        if worked * 5 > case.staff.weekly_minutes:
            figures = {"found": hours(worked), "limit": hours(case.staff.weekly_minutes // 5)}
            yield Breach("ban_no_overtime_day", (day,), figures={**figures, "day": OnDay(day)})


def _long_weeks(days: range, case: PersonCase) -> Iterator[Breach]:
    if case.staff is None:
        return
    time = Elapsed.of(case)
    for week in case.line.horizon.weeks():
        inside = tuple(day for day in range(week.first, week.last + 1) if day in days)
        worked = sum(time.worked(day, case.line.sure(day)) for day in inside)
        if worked > case.staff.weekly_minutes:
            figures = {
                "found": hours(worked),
                "limit": hours(case.staff.weekly_minutes),
                "first": OnDay(week.first),
            }
            yield Breach("ban_no_overtime_week", inside, figures=figures)
