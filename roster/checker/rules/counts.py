"""The rules on how often, read from their docstrings in `roster.domain.counts`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roster.checker.rules.breach import Breach, OnDay
from roster.checker.rules.day_by_day import find
from roster.checker.rules.elapsed import Elapsed
from roster.checker.rules.timeline import PersonCase, Timeline, has, standby_part
from roster.checker.rules.weeks_and_sums import weekend_free, weekends
from roster.domain.counts import Count, Counted, Gap, Per, WholeWeekends, counted_words
from roster.domain.horizon import SATURDAY
from roster.domain.problem import Duty
from roster.domain.rules import hours


@dataclass(frozen=True, slots=True)
class Window:
    """The days [first, last] that a count is taken over, whether all are known, and how many of them are leave."""

    first: int
    last: int
    whole: bool
    away: int

    @property
    def length(self) -> int:
        """How many days, known or not."""
        return self.last - self.first + 1


def _counts(of: Counted, shifts: tuple[str, ...], duty: Duty) -> bool:
    """Whether a day is one of those counted."""
    if of is Counted.SHIFTS:
        return any(has(duty, name) for name in shifts)
    found = {
        Counted.NIGHTS: duty.night,
        Counted.DAYS: duty.works,
        Counted.DAYS_OFF: not duty.works,
        Counted.STANDBY: standby_part(duty) is not None,
        Counted.HOURS: duty.work_minutes > 0,
    }
    return found[of]


def _marks(rule: Count, case: PersonCase) -> dict[int, int]:
    """Return what each known day adds; a weekend adds on its Saturday."""
    line = case.line
    if rule.of is Counted.WEEKENDS:
        return {day: int(not weekend_free(line, day)) for day in weekends(line)}
    known = range(line.first_known, line.horizon.days)
    every = [day for day in known if not rule.on or line.horizon.weekday(day) in rule.on]
    marks = {day: int(_counts(rule.of, rule.shifts, line.sure(day))) for day in every}
    if rule.of is Counted.HOURS:
        time = Elapsed.of(case)
        return {day: time.worked(day, line.sure(day)) for day in every}
    return marks


def _windows(rule: Count, case: PersonCase) -> list[Window]:
    """Return the windows that a count is taken over; in a ring they run on past its last day."""
    line, horizon = case.line, case.line.horizon
    if horizon.cyclic:
        if not rule.by_sequence:
            return []
        step = 7 if rule.per is Per.WEEK or rule.of is Counted.WEEKENDS else 1
        length = 7 if rule.per is Per.WEEK else rule.days
        return [
            Window(first, first + length - 1, True, 0)
            for first in range(0, horizon.days, step)
            if rule.per is Per.WEEK or not rule.on or (first + length - 1) % 7 in rule.on
        ]
    if rule.per is Per.CALENDAR:
        spans = [(0, horizon.days - 1)]
    elif rule.per is Per.DAYS:
        spans = _rolling(rule, line)
    elif rule.per is Per.WEEK:
        mondays = range(-horizon.weekday(0), horizon.days, 7)
        spans = [(monday, monday + 6) for monday in mondays]
    else:
        spans = _of_dates(line, rule.per)
    return [
        Window(
            first,
            last,
            first >= line.first_known and last < horizon.days,
            sum(first <= day <= last for day in case.leave),
        )
        for first, last in spans
    ]


def _rolling(rule: Count, line: Timeline) -> list[tuple[int, int]]:
    """Return the windows of so many days that end inside: on each day, or on each Sunday or weekday that counts."""
    horizon, back = line.horizon, rule.days - 1
    ends = {SATURDAY + 1} if rule.of is Counted.WEEKENDS else rule.on or range(7)
    return [(day - back, day) for day in range(horizon.days) if horizon.weekday(day) in ends]


def _of_dates(line: Timeline, per: Per) -> list[tuple[int, int]]:
    """Return the months or years that touch the calendar, as days of it."""
    horizon, found = line.horizon, list[tuple[int, int]]()
    if horizon.first is None:
        return []
    day = 0
    while day < horizon.days:
        on = horizon.on(day)
        if per is Per.YEAR:
            first, after = on.replace(month=1, day=1), on.replace(year=on.year + 1, month=1, day=1)
        else:
            first = on.replace(day=1)
            after = first.replace(year=on.year + on.month // 12, month=on.month % 12 + 1)
        found.append((horizon.number(first), horizon.number(after) - 1))
        day = horizon.number(after)
    return found


@find.register
def _count(rule: Count, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    marks = _marks(rule, case)
    turn = line.horizon.days if line.horizon.cyclic else 0
    for window in _windows(rule, case):
        days = _inside(rule, line, window, marks)
        added = [marks[day % turn if turn else day] for day in days]
        least, most = rule.least_in(window.length, window.away), rule.most_in(window.length)
        beyond = [
            day
            for place, day in enumerate(days)
            if most is not None
            and added[place]
            and sum(added[: place + 1]) > most
            # Of windows that overlap, each is judged for its last day; what that one adds belongs to no other.
            and (rule.per is not Per.DAYS or day == _last(rule, window))
            and (turn or _sunday(rule, day) >= 0)
        ]
        short = _known(rule, line, window, marks) and sum(added) < least
        figures: dict[str, object] = {
            "found": _told(rule, sum(added)),
            "of": counted_words(rule.of, rule.shifts, rule.on),
            "first": OnDay(window.first if turn else max(window.first, line.first_known)),
            "last": OnDay(window.last if turn else min(window.last, line.horizon.days - 1)),
        }
        unit = "_hours" if rule.of is Counted.HOURS else ""
        if beyond:
            worked = tuple(day for day, much in zip(days, added, strict=True) if much)
            yield Breach(
                f"count_most{unit}", worked, len(beyond), {**figures, "limit": _told(rule, most or 0)}
            )
        if short:
            whole = tuple(range(window.first, window.last + 1))
            yield Breach(f"count_least{unit}", whole, 1, {**figures, "limit": _told(rule, least)})


def _told(rule: Count, number: int) -> str:
    return hours(number) if rule.of is Counted.HOURS else str(number)


def _sunday(rule: Count, day: int) -> int:
    """Return the day that completes what is counted on a day."""
    return day + 1 if rule.of is Counted.WEEKENDS else day


def _last(rule: Count, window: Window) -> int:
    return window.last - 1 if rule.of is Counted.WEEKENDS else window.last


def _inside(rule: Count, line: Timeline, window: Window, marks: dict[int, int]) -> Sequence[int]:
    every = range(window.first, window.last + 1)
    if line.horizon.cyclic:
        return [day for day in every if day % line.horizon.days in marks]
    return [day for day in every if day in marks and (rule.per is not Per.CALENDAR or day >= 0)]


def _known(rule: Count, line: Timeline, window: Window, marks: dict[int, int]) -> bool:
    """Whether all of a window is known; of weekends, each of its weekends, and likewise of weekdays by name."""
    by_name = {SATURDAY} if rule.of is Counted.WEEKENDS else rule.on
    if not by_name or line.horizon.cyclic:
        return window.whole
    every = range(window.first, window.last + 1)
    if rule.per is Per.CALENDAR:
        return True
    return all(day in marks for day in every if line.horizon.weekday(day) in by_name)


@find.register
def _gap(rule: Gap, case: PersonCase) -> Iterator[Breach]:
    line, ring = case.line, case.line.horizon.cyclic
    days = [
        day
        for day in range(line.first_known, line.horizon.days)
        if _counts(rule.of, rule.shifts, line.sure(day))
    ]
    pairs = list(pairwise(days))
    if ring and days:
        pairs.append((days[-1], days[0] + line.horizon.days))
    for earlier, later in pairs:
        between = later - earlier - 1
        if later < 0 or between >= rule.days or (rule.blocks and between == 0):
            continue
        figures = {
            "found": between,
            "limit": rule.days,
            "of": counted_words(rule.of, rule.shifts),
            "first": OnDay(earlier),
            "last": OnDay(later),
        }
        yield Breach("gap", (earlier, later), rule.days - between, figures)


@find.register
def _whole_weekends(rule: WholeWeekends, case: PersonCase) -> Iterator[Breach]:
    line = case.line
    for saturday in weekends(line):
        if saturday + 1 < 0:
            continue
        one, other = line.sure(saturday), line.sure(saturday + 1)
        if one.is_off != other.is_off:
            figures = {"duty": (other if one.is_off else one).name, "first": OnDay(saturday)}
            yield Breach("whole_weekends", (saturday, saturday + 1), figures=figures)
