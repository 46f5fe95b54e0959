"""The rules that look at weekends, weeks and whole horizons, read from their docstrings in `roster.domain.rules`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, inf

from roster.checker.rules.breach import Breach, OnDay
from roster.checker.rules.day_by_day import find
from roster.checker.rules.elapsed import Elapsed
from roster.checker.rules.timeline import PersonCase, Timeline, standby_part
from roster.domain import rules
from roster.domain.horizon import SATURDAY
from roster.domain.problem import DAY
from roster.domain.rules import hours
from roster.language import length as length_text


def weekend_free(line: Timeline, saturday: int) -> bool:
    """
    Whether no minute of a duty lies between Saturday 00:00 and Monday 00:00.

    The day before counts as off where it is not known.
    """
    for day in (saturday - 1, saturday, saturday + 1):
        start = (day - saturday) * DAY
        for part in line.sure(day).parts:
            if start + part.end > 0 and start + part.start < 2 * DAY:
                return False
    return True


def weekends(line: Timeline) -> list[int]:
    """Return the Saturdays of the weekends of which both days are known, in order."""
    horizon = line.horizon
    last = horizon.days if horizon.cyclic else horizon.days - 1
    return [day for day in range(line.first_known, last) if horizon.weekday(day) == SATURDAY]


@find.register
def _free_weekends(rule: rules.FreeWeekends, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    saturdays = weekends(line)
    free = [weekend_free(line, saturday) for saturday in saturdays]
    if line.horizon.cyclic and saturdays and not any(free):
        yield Breach("free_weekends_endless", tuple(saturdays), len(saturdays), {"limit": rule.one_in})
        return
    if line.horizon.cyclic and True in free:
        # The ring is read from just after a free weekend, so that no sequence is cut at the last line.
        turn = free.index(True) + 1
        later = [saturday + line.horizon.days for saturday in saturdays[:turn]]
        saturdays, free = saturdays[turn:] + later, free[turn:] + free[:turn]
    spoiled: list[int] = []
    for saturday, good in [*zip(saturdays, free, strict=True), (0, True)]:
        if not good:
            spoiled.append(saturday)
            continue
        beyond = [day for day in spoiled[max(rule.one_in, 1) - 1 :] if day + 1 >= 0]
        if beyond:
            ends = {"first": OnDay(spoiled[0]), "last": OnDay(spoiled[-1])}
            figures = {"found": len(spoiled), "limit": rule.one_in, **ends}
            yield Breach("free_weekends", tuple(spoiled), len(beyond), figures)
        spoiled = []


def _weeks(line: Timeline) -> Iterator[tuple[int, bool]]:
    """Mondays of the weeks that touch the horizon, and whether all seven days are known."""
    horizon = line.horizon
    monday = -horizon.weekday(0)
    while monday < horizon.days:
        yield monday, monday >= line.first_known and monday + 7 <= horizon.days
        monday += 7


@find.register
def _week_hours(rule: rules.WeekHours, case: PersonCase) -> Iterator[Breach]:
    line, time = case.line, Elapsed.of(case)
    if rule.rolling:
        yield from _seven_days(rule, line, time)
        return
    for monday, _ in _weeks(line):
        days = [day for day in range(monday, monday + 7) if line.first_known <= day < line.horizon.days]
        worked = sum(time.worked(day, line.sure(day)) for day in days)
        added = sum(time.worked(day, line.sure(day)) for day in days if day >= 0)
        # A week that was above before day 0 is this roster's doing only if it adds to it.
        if worked > rule.minutes and added:
            figures = {"found": hours(worked), "limit": hours(rule.minutes), "first": OnDay(monday)}
            yield Breach("week_hours", tuple(days), figures=figures)


def _seven_days(rule: rules.WeekHours, line: Timeline, time: Elapsed) -> Iterator[Breach]:
    """Return the days with work up to which seven days in a row have too much."""
    for last in line.days:
        days = tuple(range(last - 6, last + 1))
        worked = sum(time.worked(day, line.sure(day)) for day in days)
        if worked > rule.minutes and time.worked(last, line.sure(last)):
            known = tuple(day for day in days if line.horizon.cyclic or day >= line.first_known)
            figures = {"found": hours(worked), "limit": hours(rule.minutes), "last": OnDay(last)}
            inside = (
                tuple(sorted({day % line.horizon.days for day in known})) if line.horizon.cyclic else known
            )
            yield Breach("week_hours_rolling", inside, figures=figures)


def _rests(line: Timeline, turns: int, time: Elapsed) -> list[tuple[float, float]]:
    """Return when nothing interrupts rest, over so many turns of a ring; what lies before and after is rest."""
    days = range(line.first_known, line.horizon.days * turns)
    found: list[tuple[float, float]] = []
    free_from = -inf
    for day in days:
        span = line.sure(day).work_span
        if span is not None:
            begins, ends = time.at(day, span[0]), time.at(day, span[1])
            if begins > free_from:
                found.append((free_from, begins))
            free_from = max(free_from, ends)
    return [*found, (free_from, inf)]


def _piece(
    rests: Sequence[tuple[float, float]], used: float, week: tuple[int, int], length: int
) -> tuple[float, float, float]:
    """
    Return when the earliest piece of rest begins that can be a week's own (inf: none), and what there is without one.

    That is the longest rest that was long enough inside the week but for its end, and the end of the one that runs past
    the week (else the week's own end).
    """
    begin, end = week
    latest = end - ceil(length / 2)
    longest, broken = 0.0, float(end)
    for rest, over in rests:
        first = max(rest, used, begin - length // 2)
        if first > latest:
            break
        if over - first >= length:
            return first, 0.0, float(end)
        longest = max(longest, over - first)
        broken = max(broken, over)
    return inf, longest, broken


@find.register
def _weekly_rest(rule: rules.WeeklyRest, case: PersonCase) -> Iterator[Breach]:
    line, days = case.line, case.line.horizon.days
    # A ring is read until what one turn leaves for the next does not change, and one turn more for its last week.
    turns = 5 if line.horizon.cyclic else 1
    time = Elapsed.of(case)
    rests, used = _rests(line, turns, time), -inf
    first_monday = line.first_known + -line.horizon.weekday(line.first_known) % 7
    for monday in range(first_monday, days * turns - 6, 7):
        week = (time.at(monday, 0), time.at(monday + 7, 0))
        first, longest, broken = _piece(rests, used, week, rule.minutes)
        if first < inf:
            used = first + rule.minutes
            continue
        completed = time.day_of(broken) if broken > week[1] else monday + 6
        if completed >= 0 if turns == 1 else 3 * days <= monday < 4 * days:
            inside = tuple(day % days if turns > 1 else day for day in range(monday, monday + 7))
            figures = {
                "found": hours(floor(longest)),
                "limit": hours(rule.minutes),
                "first": OnDay(inside[0]),
            }
            yield Breach("weekly_rest", inside, figures=figures)


@find.register
def _average_hours(rule: rules.AverageHours, case: PersonCase) -> Iterator[Breach]:
    line, staff = case.line, case.staff
    if staff is None:
        return
    time = Elapsed.of(case)
    worked = sum(time.worked(day, duty) for day, duty in enumerate(line.duties))
    cyclic = line.horizon.cyclic
    weekly = staff.net_minutes if cyclic else staff.calendar_minutes
    if rule.over > line.horizon.days and not cyclic:
        yield from _reference_period(rule, case, worked)
        return
    limit = max(Fraction(0), Fraction(weekly * line.horizon.days, 7) - (0 if cyclic else case.taken))
    if worked > limit:
        figures = {"found": hours(worked), "limit": hours(floor(limit)), "weekly": hours(weekly)}
        weeks = f"{float(limit / weekly):.3g}" if weekly else "0"
        averages = {"average": hours(worked * 7 // line.horizon.days), "weeks": weeks}
        text = "average_hours_rotation" if cyclic else "average_hours"
        yield Breach(text, tuple(line.days), figures={**figures, **averages})


def period_left(rule: rules.AverageHours, case: PersonCase) -> int:
    """Return the minutes of a longer reference period that are left for the calendar, what leave takes left out."""
    line, time = case.line, Elapsed.of(case)
    earlier = rule.over - line.horizon.days
    used = sum(time.worked(day, line.sure(day)) for day in range(max(line.first_known, -earlier), 0))
    weekly = case.staff.calendar_minutes if case.staff is not None else 0
    return max(0, floor(Fraction(weekly * rule.over, 7) - case.taken) - used)


def _reference_period(rule: rules.AverageHours, case: PersonCase, worked: int) -> Iterator[Breach]:
    left = period_left(rule, case)
    if worked > left and case.staff is not None:
        figures = {
            "found": hours(worked),
            "limit": hours(left),
            "weekly": hours(case.staff.calendar_minutes),
            "period": length_text(rule.over),
        }
        yield Breach("average_hours_over", tuple(case.line.days), figures=figures)


@find.register
def _standby_share(rule: rules.StandbyShare, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    days = line.horizon.days
    standby = tuple(day for day in line.days if standby_part(line.sure(day)) is not None)
    # A calendar's limit is rounded up to a whole day; a ring's is exact.
    most = days * rule.percent // 100 if line.horizon.cyclic else -(-days * rule.percent // 100)
    if len(standby) > most:
        figures = {"found": len(standby), "limit": most, "percent": rule.percent, "days": days}
        yield Breach("standby_share", standby, figures=figures)
