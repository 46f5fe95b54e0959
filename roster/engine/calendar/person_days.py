"""What one person's days go through: the graph, what is published, free, settled or banned on each day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from roster.domain.elapsed import PLAIN, DayClock
from roster.domain.horizon import Horizon
from roster.domain.problem import DAY, Ban, Duty, Person, Problem, Restriction, StaffType
from roster.engine.automata import StateGraph, Transitions
from roster.engine.calendar.leave_hours import minutes_away, taken

Helpers = tuple[str, ...]
"""Types of which somebody else has to change a day, too; none where one change does by itself."""
Eased = Mapping[int, Helpers]
"""States that one change leads to, or from which one change leads on to what is published."""


@dataclass(frozen=True, slots=True)
class Ways:
    """
    How somebody comes into some days and goes on from them.

    Parameters
    ----------
    entered : The states before the first day from which it may be gone on without a change before.
    onward : The states after the last day from which what is published may follow to the end.
    eased_into, eased_onward : The states of which the same may be said with one change.
    minutes, standbys : What there is to spare over the whole calendar as it is published.
    """

    entered: frozenset[int]
    onward: frozenset[int]
    eased_into: Eased
    eased_onward: Eased
    minutes: int
    standbys: int


@dataclass(frozen=True, slots=True)
class Edge:
    """
    All that a stretch of days knows of one person's other days, where one change among them may do what any could.

    Parameters
    ----------
    graph, useful : As of `PersonDays`, for the days of the stretch.
    state : The state before the first day given.
    ways : How the days that may change are come into, and gone on from.
    outside : How many days lie outside.
    """

    graph: StateGraph
    useful: tuple[frozenset[int], ...]
    state: int
    ways: Ways
    outside: int


@dataclass(frozen=True)
class PersonDays:
    """
    What one person's walk goes through.

    Parameters
    ----------
    graph, state : The graph of lawful days, and the state before day 0.
    bans : What is banned for the person when.
    wanted : The published duties, one a day.
    free : The days that may change.
    frozen : Days that never change, not even where kept days might.
    open_ended : Whether kept days might change, at a price.
    useful : For each day the numbers of the duties of use on it; empty where all are to be considered.
    edge : What is known of the days outside a stretch; None where all days of the calendar are given.
    """

    problem: Problem
    horizon: Horizon
    person: Person
    graph: StateGraph
    state: int
    bans: tuple[Restriction, ...]
    wanted: tuple[Duty, ...]
    free: frozenset[int]
    frozen: frozenset[int] = frozenset()
    open_ended: bool = False
    useful: tuple[frozenset[int], ...] = ()
    edge: Edge | None = None

    @property
    def staff(self) -> StaffType:
        """The person's staff type."""
        return self.problem.type_of(self.person)

    def without_overtime(self, day: int) -> bool:
        """Whether a day must have no overtime."""
        on = self.horizon.on(day)
        return any(ban.ban is Ban.OVERTIME and ban.first <= on <= ban.last for ban in self.bans)

    @cached_property
    def clocks(self) -> dict[int, DayClock]:
        """The clocks of the days near a change of clocks, by day; those before the calendar are negative."""
        if self.horizon.first is None:
            return {}
        near = self.problem.clocks(self.staff, self.horizon.first, self.horizon.days)
        return {day: clock for day, _, clock in near}

    def layer(self, day: int) -> tuple[Transitions, ...]:
        """Return the steps of a day from each state."""
        return self.graph.layer(self.horizon.weekday(day), self.clocks.get(day, PLAIN))

    @cached_property
    def away(self) -> frozenset[int]:
        """Days of leave."""
        return leave_of(self.bans, self.horizon)

    @cached_property
    def taken(self) -> Fraction:
        """Working time that leave takes, in minutes."""
        return taken(self.bans, self.horizon, self.staff)

    def published(self, worth: Callable[[Duty], int]) -> int:
        """Return what the published duties of the free days come to."""
        return sum(worth(self.wanted[day]) for day in self.free)

    @cached_property
    def number(self) -> dict[Duty, int]:
        """Numbers of the duties in the graph."""
        return {duty: number for number, duty in enumerate(self.graph.duties)}

    @cached_property
    def pinned(self) -> dict[int, str]:
        """Names of the duties that are settled on some days."""
        number, days = self.horizon.number, self.horizon.days
        return {
            day: pin.duty
            for pin in self.problem.pins
            if pin.person == self.person.name
            for day in range(max(number(pin.first), 0), min(number(pin.last) + 1, days))
        }

    def may_change(self, day: int) -> bool:
        """Whether a kept day might change after all."""
        return self.open_ended and day not in self.free and day not in self.frozen

    @cached_property
    def choices(self) -> tuple[frozenset[int], ...]:
        """For each day the numbers of the duties that it may be given."""
        return tuple(frozenset(self._allowed(day)) for day in range(self.horizon.days))

    def _allowed(self, day: int) -> Sequence[int]:
        """Return the numbers of the duties a day may be given: the settled one, else all of use and the published."""
        if day in self.pinned:
            named = self.pinned[day]
            same = (number for number, duty in enumerate(self.graph.duties) if duty.name == named)
            return [number for number in same if not self._bans(day, number)]
        kept = self.number.get(self.wanted[day])
        if day not in self.free and not self.may_change(day):
            return [] if kept is None or self._bans(day, kept) else [kept]
        return [
            number
            for number in range(len(self.graph.duties))
            if (not self.useful or number == kept or number in self.useful[day])
            and not self._bans(day, number)
        ]

    def _bans(self, day: int, number: int) -> bool:
        if not self.bans:
            return False
        duty, on = self.graph.duties[number], self.horizon.on(day)
        return any(breaks(self.problem, self.staff, duty, ban, on) for ban in self._near[day])

    @cached_property
    def _near(self) -> list[list[Restriction]]:
        """For each day what is banned on it or on the day after, which it may reach into."""
        return [in_reach(self.bans, self.horizon, day) for day in range(self.horizon.days)]

    @cached_property
    def legs(self) -> list[tuple[bool, range]]:
        """The free days one by one, and the stretches of kept days between them."""
        found: list[tuple[bool, range]] = []
        for free, days in groupby(range(self.horizon.days), lambda day: day in self.free):
            run = list(days)
            found += (
                [(True, range(day, day + 1)) for day in run]
                if free
                else [(False, range(run[0], run[-1] + 1))]
            )
        return found


def leave_of(bans: Iterable[Restriction], horizon: Horizon) -> frozenset[int]:
    """Return the days of a calendar on which somebody with these bans is away from midnight to midnight."""
    leaves = [minutes_away(ban, horizon) for ban in bans if ban.ban is Ban.DUTY]
    return frozenset(day for leave in leaves for day, minutes in leave.items() if minutes == DAY)


def bans_of(problem: Problem, name: str) -> tuple[Restriction, ...]:
    """Return what is banned for somebody."""
    return tuple(ban for ban in problem.restrictions if ban.person == name)


def in_reach(bans: Iterable[Restriction], horizon: Horizon, day: int) -> list[Restriction]:
    """
    Return the bans in force on a day or on the one after.

    Parameters
    ----------
    bans : What restricts one person.
    horizon, day : The dates, and the number of one of them.
    """
    number = horizon.number
    return [ban for ban in bans if number(ban.first) - 1 <= day <= number(ban.last)]


def breaks(problem: Problem, staff: StaffType, duty: Duty, ban: Restriction, on: date) -> bool:
    """
    Whether a duty that begins on a date is banned: none of it may lie in the ban's time.

    Parameters
    ----------
    problem, staff : The scenario, and the type of who would do it.
    duty, on : The duty, and the date it begins on.
    ban : The restriction looked at.
    """
    start, end = (ban.first - on).days, (ban.last - on).days
    if ban.ban is Ban.OVERTIME:
        return start <= 0 <= end and problem.minutes(staff, on, duty) * 5 > staff.weekly_minutes
    first, until = start * DAY + ban.start, end * DAY + ban.end
    stretches = [(begins, ends, part) for part in duty.parts for begins, ends in part.stretches]
    inside = [(max(begins, first), min(ends, until), part) for begins, ends, part in stretches]
    reached = [(begins, ends, part) for begins, ends, part in inside if begins < ends]
    if ban.ban in (Ban.DUTY, Ban.OFF):
        return bool(reached)
    if ban.ban is Ban.STANDBY:
        return any(not part.on_site for *_, part in reached)
    return any(
        part.interrupts_rest and problem.night.overlap(begins, ends) > 0 for begins, ends, part in reached
    )
