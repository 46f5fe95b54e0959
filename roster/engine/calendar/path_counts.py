"""
Counts over dates as rows on one person's walk: whatever a count asks that the graph of lawful days does not hold.

The graph holds counts of weeks and of short windows; months, calendars and long windows are rows. Of somebody with
days of leave the graph leaves every least out, because it is less where they are away: their least is rows, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.domain.counts import Count, Counted, Per
from roster.domain.duty import Duty
from roster.domain.elapsed import PLAIN, DayClock, real_duty
from roster.domain.horizon import SATURDAY, SUNDAY, Horizon
from roster.domain.staff import StaffType
from roster.engine.automata import amount, spoils
from roster.engine.calendar.paths import DutyPath
from roster.engine.integer_program import Program, Terms

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Window:
    """The days [first, last] a count is taken over, and whether all are known."""

    first: int
    last: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Least:
    """A row that asks for a least: terms, what kept and carried days add, the rule and its window."""

    terms: Terms
    known: int
    rule: Count
    window: Window

    def lower(self, away: frozenset[int]) -> int:
        """Return what the terms come to at least, with some days spent away."""
        first, last = self.window.first, self.window.last
        gone = sum(first <= day <= last for day in away)
        return self.rule.least_in(last - first + 1, gone) - self.known


def counts_of(staff: StaffType) -> list[Count]:
    """Return the hard counts of a type."""
    return [rule for rule in staff.rules if isinstance(rule, Count) and rule.hard]


def limit_counts(
    program: Program, walk: DutyPath, staff: StaffType, place: tuple[Horizon, Sequence[Duty], frozenset[int]]
) -> None:
    """
    Add to a program what a person's counts ask beyond the graph.

    Parameters
    ----------
    program, walk : What gets the rows, and the person's path in it.
    staff : The person's type, with its counts.
    place : The dates, the duties of the days before, and the days of leave.
    """
    horizon, before, away = place
    sums = _Sums(program, walk, horizon, before)
    for rule in counts_of(staff):
        if rule.by_sequence:
            continue
        for window in windows(rule, horizon, len(before)):
            most = rule.most_in(window.last - window.first + 1)
            if most is not None:
                terms, known, carried = sums.over(rule, window)
                # Beyond the most already, a window bears no more; what was carried in is nobody's fault now.
                program.at_most(terms, max(most, carried) - known, f"{rule.subject} {walk.person.name}")
    for least in least_rows(program, walk, staff, (horizon, before), every=bool(away)):
        program.at_least(least.terms, least.lower(away), f"{least.rule.subject} {walk.person.name}")


def least_rows(
    program: Program, walk: DutyPath, staff: StaffType, place: tuple[Horizon, Sequence[Duty]], *, every: bool
) -> Iterator[Least]:
    """
    Yield the rows on the least of a person's counts.

    Parameters
    ----------
    program, walk, staff : As of `limit_counts`.
    place : The dates, and the duties of the days before.
    every : Whether all are told, or only those that the graph does not hold.
    """
    horizon, before = place
    sums = _Sums(program, walk, horizon, before)
    for rule in counts_of(staff):
        if not rule.least or (rule.by_sequence and not every):
            continue
        for window in windows(rule, horizon, len(before)):
            if window.whole:
                terms, known, _ = sums.over(rule, window, slack=True)
                yield Least(terms, known, rule, window)


def windows(rule: Count, horizon: Horizon, carried: int) -> Iterator[Window]:
    """
    Yield the windows of a count that touch a calendar, with so many days carried in.

    Parameters
    ----------
    rule, horizon : The count, and the dates of the calendar.
    carried : How many days before the first date are known.
    """
    for first, last in _spans(rule, horizon):
        known: Sequence[int] = [day for day in range(first, last + 1) if rule.counts_on(horizon.weekday(day))]
        if rule.of is Counted.WEEKENDS:
            known = range(*_weekend_days(horizon, first, last))
        whole = not known or (known[0] >= -carried and known[-1] < horizon.days)
        yield Window(first, last, whole or rule.per is Per.CALENDAR)


def _weekend_days(horizon: Horizon, first: int, last: int) -> tuple[int, int]:
    """Return the days from the first Saturday inside to after the Sunday of the last one."""
    saturdays = [day for day in range(first, last + 1) if horizon.weekday(day) == SATURDAY]
    return (saturdays[0], saturdays[-1] + 2) if saturdays else (0, 0)


def _spans(rule: Count, horizon: Horizon) -> Iterator[tuple[int, int]]:
    days = horizon.days
    if rule.per is Per.CALENDAR:
        yield 0, days - 1
    elif rule.per is Per.WEEK:
        yield from ((monday, monday + 6) for monday in range(-horizon.weekday(0), days, 7))
    elif rule.per is Per.DAYS:
        last = {SUNDAY} if rule.of is Counted.WEEKENDS else rule.on or range(7)
        ends = (day for day in range(days) if horizon.weekday(day) in last)
        yield from ((day - rule.days + 1, day) for day in ends)
    else:
        names = {
            day: (horizon.on(day).year, horizon.on(day).month if rule.per is Per.MONTH else 0)
            for day in range(-366, days + 366)
        }
        for name in dict.fromkeys(names[day] for day in range(days)):
            same = [day for day, other in names.items() if other == name]
            yield same[0], same[-1]


class _Sums:
    """What counts come to over windows of one walk: terms over its free days, and what all others add."""

    def __init__(self, program: Program, walk: DutyPath, horizon: Horizon, before: Sequence[Duty]) -> None:
        self._program, self._walk, self._horizon, self._before = program, walk, horizon, before
        self._clocks = walk.clocks
        self._weekends: dict[int, int] = {}

    def over(self, rule: Count, window: Window, *, slack: bool = False) -> tuple[Terms, int, int]:
        """
        Return terms, what kept and carried days add, and the carried ones alone.

        Kept days that may change take off as much as they could for a most; with `slack` they add as much as a day
        could, for a least.
        """
        first = 0 if rule.per is Per.CALENDAR else max(window.first, -len(self._before))
        last = min(window.last, self._horizon.days - 1)
        if rule.of is Counted.WEEKENDS:
            return self._over_weekends(range(first, last + 1), slack=slack)
        every = [day for day in range(first, last + 1) if rule.counts_on(self._horizon.weekday(day))]
        usual = [amount(rule.of, rule.shifts, duty) for duty in self._walk.graph.duties]
        carried = sum(
            amount(rule.of, rule.shifts, real_duty(self._before[day], self._clock(day)))
            for day in every
            if day < 0
        )
        terms, kept, heaviest = list[tuple[int, int]](), 0, 0
        for day in (day for day in every if day >= 0):
            changed = day in self._clocks and rule.of is Counted.HOURS
            worth = self._walk.minutes(day) if changed else usual
            if day not in self._walk.kept:
                terms += self._walk.worth(day, worth)
                continue
            held = amount(rule.of, rule.shifts, real_duty(self._walk.kept[day], self._clock(day)))
            kept += held
            if day in self._walk.loose:
                heaviest = max(heaviest, max(worth, default=0) if slack else held)
        return self._loosened(terms, heaviest, slack=slack), kept + carried, carried

    def _clock(self, day: int) -> DayClock:
        return self._clocks.get(day, PLAIN)

    def _loosened(self, terms: Terms, heaviest: int, *, slack: bool) -> Terms:
        if self._walk.elsewhere is not None and heaviest:
            terms.append((self._walk.elsewhere, heaviest if slack else -heaviest))
        return terms

    def _over_weekends(self, days: range, *, slack: bool) -> tuple[Terms, int, int]:
        known, carried, loose = 0, 0, False
        terms: Terms = []
        for saturday in (day for day in days if self._horizon.weekday(day) == SATURDAY):
            if saturday + 1 >= self._horizon.days:
                continue
            free, held = self._weekend(saturday)
            if free:
                terms.append((self._worked(saturday, free), 1))
            elif held:
                known += 1
                carried += saturday + 1 < 0
            near = range(saturday - 1, saturday + 2)
            loose = loose or any(day in self._walk.loose for day in near)
        return self._loosened(terms, int(loose), slack=slack), known, carried

    def _weekend(self, saturday: int) -> tuple[list[int], bool]:
        """Return the free days that settle a weekend, none where it is worked anyway, and whether it is."""
        held, free = False, []
        for day in range(saturday - 1, saturday + 2):
            weekday = self._horizon.weekday(day)
            if day < 0:
                held = held or (day >= -len(self._before) and spoils(weekday, self._before[day]))
            elif day in self._walk.kept:
                held = held or spoils(weekday, self._walk.kept[day])
            else:
                free.append(day)
        return ([] if held else free), held

    def _worked(self, saturday: int, free: Sequence[int]) -> int:
        """Return the variable that says whether a weekend is worked."""
        if saturday not in self._weekends:
            one = self._weekends[saturday] = self._program.variable(0, 1)
            every: Terms = []
            for day in free:
                worth = [int(spoils(self._horizon.weekday(day), duty)) for duty in self._walk.graph.duties]
                terms = self._walk.worth(day, worth)
                every += [(variable, -factor) for variable, factor in terms]
                self._program.at_most([*terms, (one, -1)], 0, f"weekend {self._walk.person.name}")
            self._program.at_most([(one, 1), *every], 0, f"weekend {self._walk.person.name}")
        return self._weekends[saturday]
