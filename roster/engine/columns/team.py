"""
A team and its calendar in numbers: everybody's graph of lawful days, what is counted, and what the posts ask for.

Nothing here knows of scenarios, dates or names of rules. All prices are whole numbers of one unit, held in double
precision, so that their sums are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

LOOKED_AT = 31
"""A limit this low is seldom reached: it is looked at on the walk found, before it costs an axis."""

Line: TypeAlias = tuple[int, ...]
"""A person's calendar: the number of a duty for each day."""


@dataclass(frozen=True, eq=False)
class DayArcs:
    """
    What may be done on one day, in each state of the days before.

    Arc k leads from state `tail[k]` to state `head[k]` of the next day by duty `duty[k]`, costs `penalty[k]` and
    completes `weekends[k]` worked weekends. `before` and `after` are the numbers of states.
    """

    tail: Ints
    head: Ints
    duty: Ints
    penalty: Ints
    weekends: Ints
    before: int
    after: int

    @cached_property
    def step(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """The next state, penalty and weekends by state and duty."""
        columns = (self.tail, self.duty, self.head, self.penalty, self.weekends)
        return {(t, d): (h, p, w) for t, d, h, p, w in zip(*(c.tolist() for c in columns), strict=True)}


@dataclass(frozen=True, eq=False)
class Tally:
    """
    A sum along one person's calendar, between two limits, and what each of its values costs.

    Parameters
    ----------
    weights : What each duty of each day adds, days by duties; whole and not negative.
    weekends : Whether worked weekends are counted instead, as the arcs tell them on the day that completes one; the
        weights of that day's first duty then say whether it counts.
    least, most : No calendar has less or more; `most` is at most what any calendar can reach.
    prices : What a sum of 0, 1, … `most` costs, convex; None where it costs nothing.
    reach : The most that any calendar has where nothing limits it.
    paid : Whether shortest walks count it for its price's sake: a mixture of calendars that have too much and too
        little costs as much as they do, where prices of the mixture's sum would let it cost nothing.
    """

    name: str
    weights: Ints
    weekends: bool
    least: int
    most: int
    prices: Floats | None = None
    reach: int = 0
    paid: bool = False

    def added(self, arcs: DayArcs, day: int) -> Ints:
        """Return what each arc of a day adds."""
        if self.weekends:
            return np.asarray(arcs.weekends * self.weights[day, 0])
        return np.asarray(self.weights[day][arcs.duty])

    @property
    def hard(self) -> bool:
        """Whether its limits can bind at all."""
        return self.least > 0 or self.most < self.reach

    @property
    def axis(self) -> bool:
        """Whether shortest walks count it from the start; other limits are looked at on the walk found."""
        return self.paid or (self.hard and (self.least > 0 or self.weekends or self.most > LOOKED_AT))

    @property
    def charged(self) -> bool:
        """Whether a column pays for it; else the master problem does, for the mixture of columns."""
        return self.prices is not None and self.axis

    @property
    def worth(self) -> Floats:
        """What a sum of 0, 1, … `most` costs."""
        return np.zeros(self.most + 1) if self.prices is None else self.prices


@dataclass(frozen=True, eq=False)
class Member:
    """
    One person: where the walk starts, the arcs of each day, what each cell costs.

    Parameters
    ----------
    days : The arcs of each day.
    start : The state before day 0.
    ends : For each state after the last day 0, or infinity where no calendar may end there.
    place : For each duty the number of the presence that it is, -1 for none.
    own : What each duty of each day costs this person, days by duties; infinity where it is barred.
    meaning : For each duty a number that it has for everybody.
    tallies : What is counted.
    """

    name: str
    days: tuple[DayArcs, ...]
    start: int
    ends: Floats
    place: Ints
    own: Floats
    meaning: tuple[int, ...]
    tallies: tuple[Tally, ...] = ()

    def follow(self, line: Line) -> tuple[float, list[int]] | None:
        """
        Return what the arcs of a calendar cost, and the days that complete a worked weekend.

        None where it is not lawful.
        """
        state, penalty, weekends = self.start, 0, list[int]()
        for day, (arcs, duty) in enumerate(zip(self.days, line, strict=True)):
            found = arcs.step.get((state, duty))
            if found is None:
                return None
            state = found[0]
            penalty += found[1]
            weekends += [day] * found[2]
        return penalty + float(self.ends[state]), weekends

    def sums(self, line: Line, weekends: list[int]) -> list[int]:
        """Return what a calendar has of each thing that is counted."""
        at = np.arange(len(line))
        return [
            int((tally.weights[weekends, 0] if tally.weekends else tally.weights[at, line]).sum())
            for tally in self.tallies
        ]

    def price(self, line: Line) -> Priced | None:
        """Return what a calendar costs this person; None where it is not lawful."""
        followed = self.follow(line)
        if followed is None:
            return None
        arcs, weekends = followed
        own = arcs + float(self.own[np.arange(len(line)), line].sum())
        sums = self.sums(line, weekends)
        if not np.isfinite(own) or any(
            not tally.least <= has <= tally.most for tally, has in zip(self.tallies, sums, strict=True)
        ):
            return None
        whole = own
        for tally, has in zip(self.tallies, sums, strict=True):
            if tally.prices is not None:
                worth = float(tally.prices[has])
                whole += worth
                own += worth if tally.charged else float(tally.prices[0])
        return Priced(own, tuple(sums), whole)


@dataclass(frozen=True, slots=True)
class Priced:
    """
    What a calendar costs a person.

    `column` is what the master problem charges to it: tallies that are not charged count there as if nothing were
    counted. `cost` is all of it.
    """

    column: float
    sums: tuple[int, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Extra:
    """Another variable of the cover: an empty place, somebody too many, or a choice of posts."""

    most: int
    price: float


@dataclass(frozen=True, slots=True)
class CoverRow:
    """`lower <= presences + extras <= upper`; presences are numbered day by day (`day * places + place`)."""

    present: tuple[tuple[int, int], ...]
    extras: tuple[tuple[int, int], ...]
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows of the cover that share variables, and none with other rows: one stretch of time."""

    rows: tuple[CoverRow, ...]
    extras: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class StaffKind:
    """People of one staff type by number, and the graph they walk through as if nobody had days before or leave."""

    members: tuple[int, ...]
    days: tuple[DayArcs, ...]
    start: int


@dataclass(frozen=True, eq=False)
class Team:
    """
    Everybody, and what the posts ask for.

    Parameters
    ----------
    days, places : How many days there are, and kinds of presence on each.
    unit : All prices are whole multiples of it.
    """

    days: int
    places: int
    members: tuple[Member, ...]
    extras: tuple[Extra, ...]
    pieces: tuple[Piece, ...]
    unit: int = 1
    constant: float = 0.0
    titles: tuple[str, ...] = field(default=())
    kinds: tuple[StaffKind, ...] = ()

    @cached_property
    def rows(self) -> tuple[CoverRow, ...]:
        """All rows of the cover."""
        return tuple(row for piece in self.pieces for row in piece.rows)

    @cached_property
    def price_bounds(self) -> tuple[Floats, Floats]:
        """The least and the largest price of each row: below 0 for what may not be too much, above for too little."""
        lower = [-np.inf if row.upper < np.inf else 0.0 for row in self.rows]
        return np.array(lower), np.array([np.inf if row.lower > -np.inf else 0.0 for row in self.rows])

    @cached_property
    def usual(self) -> float:
        """The price of an empty place as it is in the middle of all; 0 where none has one."""
        prices = [extra.price for extra in self.extras if extra.price > 0]
        return float(np.median(prices)) if prices else 0.0

    @cached_property
    def entries(self) -> tuple[Ints, Ints, Floats]:
        """Row, presence and factor of every presence in every row."""
        found = [(at, where, factor) for at, row in enumerate(self.rows) for where, factor in row.present]
        row, where, factor = zip(*found, strict=True) if found else ((), (), ())
        return np.array(row, int), np.array(where, int), np.array(factor, float)

    @cached_property
    def by_presence(self) -> dict[int, list[tuple[int, int]]]:
        """The rows, with factors, in which each presence stands."""
        found: dict[int, list[tuple[int, int]]] = {}
        for at, row in enumerate(self.rows):
            for where, factor in row.present:
                found.setdefault(where, []).append((at, factor))
        return found

    def presences(self, member: Member, line: Line) -> list[int]:
        """Return the numbers of the presences of a calendar."""
        place = member.place
        return [day * self.places + int(place[duty]) for day, duty in enumerate(line) if place[duty] >= 0]

    def counts(self, lines: Sequence[Line | None]) -> Ints:
        """Return how many people are present, by presence."""
        counts = np.zeros(self.days * self.places, int)
        for member, line in zip(self.members, lines, strict=True):
            if line is not None:
                np.add.at(counts, self.presences(member, line), 1)
        return counts

    def rewards(self, duals: Floats) -> Floats:
        """Return what one more presence is worth at prices of the rows, days by places."""
        row, where, factor = self.entries
        worth: Floats = np.zeros(self.days * self.places)
        np.add.at(worth, where, factor * duals[row])
        return worth.reshape(self.days, self.places)
