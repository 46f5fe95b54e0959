"""
People by kind of day and hour: the modified offered load first, the exact level as judge, and its search to trim.

An ordinary week has Monday, four working days and two rest days; where there are public holidays, a week of them
stands by itself. Each hour of a kind of day has one number, whichever day of the week it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.demand.arrivals import Arrivals, HourRate
from roster.demand.chain import Chain, TooLarge
from roster.demand.days import KindOfDay
from roster.demand.offered import fewest, first_class_in_time, offered_load
from roster.sizing.erlang import Target as Stationary
from roster.sizing.erlang import people_needed

KindHour = tuple[KindOfDay, int]
"""A kind of day and an hour."""

MOST_PASSES = 6


@dataclass(frozen=True, slots=True)
class StaffingRequest:
    """
    What a stream asks for.

    Parameters
    ----------
    handling : Minutes that one takes on average.
    share, within : Share to be answered within so many minutes.
    first : Share of the arrivals that go before all others; 0 where all are alike.
    first_share, first_within : Their own target.
    """

    handling: float
    share: float
    within: float
    first: float = 0.0
    first_share: float = 0.0
    first_within: float = 0.0


@dataclass(frozen=True, slots=True)
class Hour:
    """
    What an hour takes.

    `load` in people at the staffed rate; `sipp` people by the hour's own rate alone; `offered` by the offered load;
    `people` after the search; `level` the share answered in time that they reach, `fewer` with one fewer; `at_mean` the
    same people's level at the rate itself. None where it is not worked out.
    """

    cell: HourRate
    load: float
    sipp: int
    offered: int
    people: int
    level: float | None
    fewer: float | None
    at_mean: float | None


@dataclass(frozen=True, slots=True)
class HourlyStaffing:
    """People by hour of a stream; `exact` whether levels are those of the chain."""

    hours: tuple[Hour, ...]
    asked: StaffingRequest
    exact: bool
    price: int
    """Person-hours of an ordinary week that the rate staffed costs beyond the rate itself."""

    def hour(self, kind: KindOfDay, at: int) -> Hour:
        """Return an hour of a kind of day; raises StopIteration where the data have none."""
        return next(one for one in self.hours if one.cell.kind is kind and one.cell.hour == at)

    def people(self, kind: KindOfDay) -> tuple[int, ...]:
        """Return 24 numbers."""
        there = {one.cell.hour: one.people for one in self.hours if one.cell.kind is kind}
        return tuple(there.get(hour, 0) for hour in range(24))


def weeks(arrivals: Arrivals) -> list[list[KindHour]]:
    """Return the model weeks, each a list of places hour by hour."""
    kinds = set(arrivals.kinds)
    monday = KindOfDay.MONDAY if KindOfDay.MONDAY in kinds else KindOfDay.WORKDAY
    days = [
        monday,
        *[KindOfDay.WORKDAY] * 4,
        *[KindOfDay.RESTDAY if KindOfDay.RESTDAY in kinds else KindOfDay.WORKDAY] * 2,
    ]
    if not kinds & {KindOfDay.WORKDAY, KindOfDay.MONDAY}:
        days = [arrivals.kinds[0]] * 7
    found = [[(kind, hour) for kind in days for hour in range(24)]]
    if KindOfDay.HOLIDAY in kinds:
        found.append([(KindOfDay.HOLIDAY, hour) for _ in range(7) for hour in range(24)])
    return found


def staffing(arrivals: Arrivals, asked: StaffingRequest) -> HourlyStaffing:
    """Return the people that a stream takes by hour, each with the level that it reaches."""
    found: list[Hour] = []
    exact, price = True, 0
    for week in weeks(arrivals):
        hours, sure = _week(arrivals, asked, week)
        mean, _ = _week(_at_mean(arrivals), asked, week)
        own = {(one.cell.kind, one.cell.hour): one.people for one in hours}
        less = {(one.cell.kind, one.cell.hour): one.people for one in mean}
        if week[0][0] is not KindOfDay.HOLIDAY:
            price = sum(own[place] - less[place] for place in week)
        exact = exact and sure
        found += hours
    return HourlyStaffing(tuple(found), asked, exact, price)


def _at_mean(arrivals: Arrivals) -> Arrivals:
    return replace(arrivals, cells=tuple(replace(cell, staffed=cell.rate) for cell in arrivals.cells))


def _week(arrivals: Arrivals, asked: StaffingRequest, week: list[KindHour]) -> tuple[list[Hour], bool]:
    cells = {place: arrivals.cell(*place) for place in dict.fromkeys(week)}
    rates = [cells[place].staffed for place in week]
    loads = offered_load(rates, asked.handling)
    wait = asked.within / asked.handling
    most: dict[KindHour, float] = {}
    for place, load in zip(week, loads, strict=True):
        most[place] = max(load, most.get(place, 0.0))
    offered = {place: _needed(load, asked, wait) for place, load in most.items()}
    floor = {place: _first_class(load, asked) for place, load in most.items()}
    levels = Levels(Chain(asked.handling, asked.within), rates, week)
    people, exact = trimmed(levels, offered, floor, asked.share)
    reached = levels.of(people) if exact else {}
    mean = Levels(levels.chain, [cells[place].rate for place in week], week).of(people) if exact else {}
    sipp = {place: _stationary(cells[place].staffed, asked) for place in cells}
    hours = [
        Hour(
            replace(cells[place], kind=place[0], hour=place[1]),
            most[place],
            sipp[place],
            offered[place],
            people[place],
            reached.get(place),
            _fewer(levels, people, place) if exact else None,
            mean.get(place),
        )
        for place in cells
    ]
    return hours, exact


def _needed(load: float, asked: StaffingRequest, wait: float) -> int:
    return max(fewest(load, wait, asked.share), _first_class(load, asked))


def _first_class(load: float, asked: StaffingRequest) -> int:
    """Return the fewest people with whom the first class reaches its own target at a load of all classes."""
    if not asked.first or load <= 0:
        return 0
    people = max(1, int(load))
    while (
        first_class_in_time(load, load * asked.first, people, asked.first_within / asked.handling)
        < asked.first_share
    ):
        people += 1
    return people


def _stationary(rate: float, asked: StaffingRequest) -> int:
    return people_needed(Stationary(rate, asked.handling, asked.share, asked.within))


class Levels:
    """The lowest level of each place of a week, over the days on which it comes."""

    def __init__(self, chain: Chain, rates: Sequence[float], week: Sequence[KindHour]) -> None:
        self.chain, self.rates, self.week = chain, rates, week
        self.busy = {place for place, rate in zip(week, rates, strict=True) if rate > 0}

    def of(self, people: Mapping[KindHour, int]) -> dict[KindHour, float]:
        """Return them; raises TooLarge. Where nobody comes, everybody is answered."""
        found: dict[KindHour, float] = {}
        levels = self.chain.levels(self.rates, [people[place] for place in self.week])
        for place, level in zip(self.week, levels, strict=True):
            found[place] = min(found.get(place, 1.0), level if place in self.busy else 1.0)
        return found


def trimmed(
    levels: Levels, offered: Mapping[KindHour, int], floor: Mapping[KindHour, int], share: float
) -> tuple[dict[KindHour, int], bool]:
    """
    Return numbers with which every hour reaches a share, of which none can be one lower; and whether that is exact.

    Parameters
    ----------
    levels : What numbers reach.
    offered : Numbers to begin from.
    floor : Numbers below which none may fall.
    share : To be reached in every hour.
    """
    people = dict(offered)

    def good(numbers: Mapping[KindHour, int]) -> bool:
        try:
            return min(levels.of(numbers).values()) >= share
        except TooLarge:
            return False

    try:
        for _ in range(50):
            short = [place for place, level in levels.of(people).items() if level < share]
            if not short:
                break
            for place in short:
                people[place] += 1
        else:
            return people, False
    except TooLarge:
        return people, False
    for _ in range(MOST_PASSES):
        before = dict(people)
        for place in _roomiest_first(levels, people):
            while people[place] > max(floor[place], 0) and good({**people, place: people[place] - 1}):
                people[place] -= 1
        if people == before:
            break
    return people, True


def _roomiest_first(levels: Levels, people: Mapping[KindHour, int]) -> list[KindHour]:
    reached = levels.of(people)
    order: Callable[[KindHour], float] = lambda place: -reached[place]  # noqa: E731
    return sorted((place for place in people if people[place]), key=order)


def _fewer(levels: Levels, people: Mapping[KindHour, int], place: KindHour) -> float | None:
    """Return the lowest level of the week with one fewer at a place; None where nobody is there."""
    if people[place] <= 0:
        return None
    try:
        return min(levels.of({**people, place: people[place] - 1}).values())
    except TooLarge:
        return 0.0
