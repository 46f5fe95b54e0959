"""One person's days held against the rules of the staff type and against what the person may not be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from roster.checker.rules import counts  # noqa: F401  (its readings are found by `find`)
from roster.checker.rules.breach import Breach, OnDay
from roster.checker.rules.day_by_day import find
from roster.checker.rules.timeline import Case, Timeline, standby_part
from roster.checker.rules.weeks_and_sums import weekend_free, weekends
from roster.domain.horizon import Horizon
from roster.domain.problem import Ban, Duty, NightWindow, Problem, Restriction, StaffType
from roster.domain.rules import AVERAGES, NoOverlap, Rule, hours

__all__ = ["breaches", "count_breaches", "hard_rules", "leave_days", "restricted", "weekend_free", "weekends"]


def hard_rules(staff: StaffType) -> tuple[Rule, ...]:
    """Return the rules that no roster of a type may break: those without a price, and those that never have one."""
    always: tuple[type[Rule], ...] = (NoOverlap, *AVERAGES)
    found = [rule for rule in staff.rules if rule.hard or isinstance(rule, always)]
    return tuple(found) if any(isinstance(rule, NoOverlap) for rule in found) else (NoOverlap(), *found)


def breaches(rule: Rule, case: Case) -> list[Breach]:
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
    duties
        One duty for each day of the horizon.
    staff
        Whose hours `AverageHours` compares with; without it, that rule counts nothing.
    before
        Duties carried in, the last one that of the day before day 0. Their own breaches are not counted.
    leave
        Days of a calendar spent away, which `AverageHours` does not count as present.
    """
    case = Case(problem, Timeline(tuple(duties), horizon, tuple(before)), staff, leave)
    return sum(breach.count for breach in breaches(rule, case))


def days_of(restriction: Restriction, horizon: Horizon) -> range:
    """Return the days of a calendar on which a restriction holds; none in a ring."""
    if horizon.first is None:
        return range(0)
    first, last = horizon.number(restriction.first), horizon.number(restriction.last)
    return range(max(first, 0), min(last + 1, horizon.days))


def leave_days(problem: Problem, person: str, horizon: Horizon) -> frozenset[int]:
    """Return the days of a calendar on which a person is away."""
    away = [r for r in problem.restrictions if r.person == person and r.ban is Ban.DUTY]
    return frozenset(day for restriction in away for day in days_of(restriction, horizon))


def restricted(problem: Problem, person: str, case: Case) -> Iterator[tuple[str, Breach]]:
    """Return where a person is given what a restriction forbids, each with the kind of restriction."""
    for restriction in problem.restrictions:
        if restriction.person != person:
            continue
        days = days_of(restriction, case.line.horizon)
        if restriction.ban is Ban.OVERTIME:
            found = [*_long_days(days, case), *_long_weeks(days, case)]
        else:
            found = list(_given(restriction.ban, days, case))
        reason = f" ({restriction.reason})" if restriction.reason else ""
        for breach in found:
            yield restriction.ban.value, replace(breach, figures={**breach.figures, "reason": reason})


def pinned(problem: Problem, person: str, case: Case) -> Iterator[Breach]:
    """Return the days on which a person has another duty than the one that is settled."""
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


def _given(ban: Ban, days: range, case: Case) -> Iterator[Breach]:
    for day in days:
        duty = case.line.sure(day)
        if (
            (ban is Ban.DUTY and not duty.is_off)
            or (ban is Ban.STANDBY and standby_part(duty) is not None)
            or (ban is Ban.NIGHTS and works_at_night(duty, case.problem.night))
        ):
            yield Breach(f"ban_{ban.value}", (day,), figures={"duty": duty.name, "day": OnDay(day)})


def works_at_night(duty: Duty, night: NightWindow) -> bool:
    """Whether a duty has a minute of a shift or of a working standby in the night window."""
    return any(part.interrupts_rest and night.overlap(part.start, part.end) > 0 for part in duty.parts)


def _long_days(days: range, case: Case) -> Iterator[Breach]:
    if case.staff is None:
        return
    for day in days:
        worked = case.line.sure(day).work_minutes
        if worked * 5 > case.staff.weekly_minutes:
            figures = {"found": hours(worked), "limit": hours(case.staff.weekly_minutes // 5)}
            yield Breach("ban_no_overtime_day", (day,), figures={**figures, "day": OnDay(day)})


def _long_weeks(days: range, case: Case) -> Iterator[Breach]:
    if case.staff is None:
        return
    for week in case.line.horizon.weeks():
        inside = tuple(day for day in range(week.first, week.last + 1) if day in days)
        worked = sum(case.line.sure(day).work_minutes for day in inside)
        if worked > case.staff.weekly_minutes:
            figures = {
                "found": hours(worked),
                "limit": hours(case.staff.weekly_minutes),
                "first": OnDay(week.first),
            }
            yield Breach("ban_no_overtime_week", inside, figures=figures)
