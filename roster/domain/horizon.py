"""
Days, weeks, weekends, holidays: the only module that knows a rotation's ring from a calendar's dates.

A *ring* has 7 days for each line of a rotation (or one week, for cover) and day `days` is day 0 again. A *calendar*
has a first date; what lies before it is unknown unless a roster carries it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from roster.domain.problem import DAY, WEEK, DateRange, Days, Elsewhere, Post, Problem, Seat, StaffType

SATURDAY = 5
SUNDAY = 6


class DayKind(StrEnum):
    """What a date is for work: a working day, a weekly rest day, or a day off of a public holiday."""

    WORKDAY = "workday"
    RESTDAY = "restday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Week:
    """The days [first, last] of one Monday-to-Sunday week inside a horizon, and whether all seven are inside."""

    first: int
    last: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Horizon:
    """
    The days of a roster.

    Parameters
    ----------
    days : How many, numbered from 0.
    cyclic : Whether day `days` is day 0 again; a ring starts on a Monday and has whole weeks.
    first : Date of day 0 in a calendar; None in a ring.
    kinds : What each date is, in a calendar; a ring has ordinary weeks.
    elsewhere : The same in other countries.
    """

    days: int
    cyclic: bool = False
    first: date | None = None
    kinds: tuple[DayKind, ...] = ()
    elsewhere: tuple[tuple[str, tuple[DayKind, ...]], ...] = ()

    def part(self, first: int, stop: int) -> Horizon:
        """Return the days [first, stop) of a calendar as a calendar of their own."""
        others = tuple((country, kinds[first:stop]) for country, kinds in self.elsewhere)
        return Horizon(stop - first, first=self.on(first), kinds=self.kinds[first:stop], elsewhere=others)

    def weekday(self, day: int) -> int:
        """Weekday of a day, 0 Monday; also of days before 0 and after the last."""
        start = self.first.weekday() if self.first is not None else 0
        return (start + day) % 7

    def on(self, day: int) -> date:
        """Date of a day of a calendar; raises ValueError in a ring."""
        if self.first is None:
            raise ValueError("a rotation has no dates")
        return self.first + timedelta(days=day)

    def number(self, on: date) -> int:
        """Day number of a date, also outside the calendar; raises ValueError in a ring."""
        if self.first is None:
            raise ValueError("a rotation has no dates")
        return (on - self.first).days

    def kind(self, day: int, country: str = "") -> DayKind:
        """What a day is, in another country where one is given; ordinary weeks where no dates say otherwise."""
        if 0 <= day < self.days:
            kinds = next((own for name, own in self.elsewhere if name == country), self.kinds)
            if kinds:
                return kinds[day]
        return DayKind.RESTDAY if self.weekday(day) >= SATURDAY else DayKind.WORKDAY

    def needs(self, days: Days, day: int) -> bool:
        """
        Whether a post with these days is needed on a day.

        A public holiday on a Saturday or Sunday is a rest day as well, unless only ordinary ones are meant.
        """
        if (days.dates or days.but) and self.first is not None and self.on(day) in days.singled_out:
            return self.on(day) in days.dates
        kind, weekday = self.kind(day, days.country), self.weekday(day)
        if kind is DayKind.HOLIDAY:
            return days.holidays or (days.restdays and not days.ordinary and weekday >= SATURDAY)
        if weekday in days.weekdays:
            return True
        return days.workdays if kind is DayKind.WORKDAY else days.restdays

    def weeks(self) -> Iterator[Week]:
        """Monday-to-Sunday weeks that touch the horizon, in order."""
        first = -self.weekday(0)
        while first < self.days:
            last = first + 6
            yield Week(max(first, 0), min(last, self.days - 1), first >= 0 and last < self.days)
            first += 7

    def saturdays(self) -> Iterator[int]:
        """Saturdays of the weekends that lie wholly inside, in order."""
        for day in range(self.days):
            if self.weekday(day) == SATURDAY and day + 1 < self.days:
                yield day


def ring(lines: int = 1) -> Horizon:
    """Return the ring of a rotation of so many lines."""
    return Horizon(7 * lines, cyclic=True)


def calendar(dates: DateRange) -> Horizon:
    """Return the calendar of a scenario's dates, each day's kind looked up."""
    days = dates.days
    every = [dates.start + timedelta(days=number) for number in range(days)]
    others = tuple((one.country, tuple(day_kind(one, on) for on in every)) for one in dates.elsewhere)
    kinds = tuple(day_kind(dates, on) for on in every)
    return Horizon(days, first=dates.start, kinds=kinds, elsewhere=others)


def day_kind(dates: DateRange | Elsewhere, on: date) -> DayKind:
    """Return what a date is: holidays first, then made-up working weekends, then the weekday."""
    if on in dates.holidays:
        return DayKind.HOLIDAY
    if on in dates.workdays or on.weekday() < SATURDAY:
        return DayKind.WORKDAY
    return DayKind.RESTDAY


def seat_window(post: Post, seat: Seat) -> tuple[int, int]:
    """
    Return the minutes [start, end) of a post's window that a vendor seat fills, after midnight of the post's day.

    A seat's own window starts on the post's day, or after midnight when that is the only place inside the post's.
    """
    if seat.start is None or seat.length is None:
        return post.start, post.end
    start = seat.start if seat.start >= post.start else seat.start + DAY
    return max(start, post.start), min(start + seat.length, post.end)


def days_a_week(*asked: Days) -> int:
    """Return on how many days of an ordinary week all of these ask for somebody."""
    week = ring()
    return sum(all(week.needs(days, day) for days in asked) for day in range(7))


def seat_week_minutes(post: Post, seat: Seat) -> int:
    """Return the minutes of an ordinary week in which a vendor seat fills its post."""
    start, end = seat_window(post, seat)
    return max(0, end - start) * days_a_week(post.days, seat.days)


def judged_from(problem: Problem, post: Post, *, carried_in: bool) -> int:
    """
    Return the first minute of a calendar from which a post's cover is judged.

    Without the days before, whoever holds the early minutes of the first day is unknown: they belong to duties of the
    day before that cross midnight. Only minutes that such a duty could reach are left out. So it is with a post that
    was left on the eve to somebody who holds it no more.

    Parameters
    ----------
    problem, post : The scenario, for its shifts, and the post.
    carried_in : Whether the duties of the day before are known of everybody.
    """
    if carried_in and post.name not in problem.left_to_others:
        return 0
    fitting = [shift for shift in problem.shifts if shift.on_site or not post.on_site]
    return max((shift.end - DAY for shift in fitting if shift.end > DAY), default=0)


def known_presence(
    problem: Problem, types: Iterable[StaffType], days: int, *, carried_in: bool
) -> tuple[int, int]:
    """
    Return the minutes of a calendar between which it is known who of some types is at work.

    Before, duties of the day before may still run that are not known; after, those of the day after the last may.

    Parameters
    ----------
    problem, types : The scenario, for its shifts, and the types meant.
    days : Length of the calendar.
    carried_in : Whether the duties of the day before are known of everybody.
    """
    shifts = [problem.shift[name] for staff in types for name in staff.shifts if problem.shift[name].on_site]
    first = 0 if carried_in else max((shift.end - DAY for shift in shifts), default=0)
    return max(first, 0), days * DAY + min((shift.start for shift in shifts), default=2 * DAY)


def judged_until(problem: Problem, post: Post, days: int) -> int:
    """
    Return the minute of a calendar up to which a post's cover is judged.

    Who holds the minutes after the last day's midnight is known only until the next day's duties could begin.

    Parameters
    ----------
    problem, post : The scenario, for its shifts, and the post.
    days : Length of the calendar.
    """
    fitting = [shift for shift in problem.shifts if shift.on_site or not post.on_site]
    return days * DAY + min((shift.start for shift in fitting), default=DAY)


def wanted_by_hour(posts: Iterable[Post]) -> list[float]:
    """Return how many people posts at work ask for in each hour of an ordinary week, Monday first, on average."""
    minutes, week = [0.0] * WEEK, ring()
    for post in posts:
        for day in (day for day in range(7) if post.on_site and week.needs(post.days, day)):
            for minute in range(post.start, post.end):
                minutes[(day * DAY + minute) % WEEK] += post.people * post.load / 100
    return [sum(minutes[at : at + 60]) / 60 for at in range(0, WEEK, 60)]
