"""
Column generation: columns are added until nobody has one that helps; the prices reached give a bound.

The bound of any prices is what everybody's shortest walks cost under them, and what the cover costs at best: no
calendar of these people is cheaper (Lagrange). It needs the master problem only to find good prices.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from roster.engine.columns.master import Duals, Master, steps
from roster.engine.columns.pricing import Plans, Pricer, Walks
from roster.engine.columns.team import Floats, Line, Member, Team

SMALL = 1e-6
"""Reduced costs closer to 0 are rounding."""

PARTY = 12
"""People whose columns are added before prices change again, while prices still change much."""

SMOOTHING = 0.5
"""How far prices stay with the best ones so far (Wentges): a quarter fewer columns."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock."""

    at: float

    @property
    def passed(self) -> bool:
        """Whether time is up."""
        return time.monotonic() >= self.at

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.at - time.monotonic())


class Generator:
    """The master problem with everybody's pricing problem, and the cells that are settled."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.master = Master(team)
        plans: Plans = {}
        self.pricers = [Pricer(member, plans) for member in team.members]
        self.settled = np.full((len(team.members), team.days), -1)
        self._barred: list[Floats | None] = [None] * len(team.members)

    def settle(self, number: int, cells: Line) -> None:
        """Settle a person's cells, -1 where any duty will do."""
        self.settled[number] = cells
        self.master.open(number, cells)
        days = [day for day, duty in enumerate(cells) if duty >= 0]
        if not days:
            self._barred[number] = None
            return
        bars = np.zeros(self.team.members[number].own.shape)
        duties = [cells[day] for day in days]
        bars[days] = np.inf
        bars[days, duties] = 0.0
        self._barred[number] = bars

    def cost(self, number: int, rewards: Floats) -> Floats:
        """Return what a person's cells cost under the rewards of presences."""
        cells = priced_cells(self.team.members[number], rewards)
        bars = self._barred[number]
        return cells if bars is None else cells + bars

    def price(self, number: int, duals: Duals, rewards: Floats, most: int) -> Walks:
        """
        Solve one person's pricing problem.

        Parameters
        ----------
        number : The person.
        duals, rewards : The prices, and what the rows of the cover give for each presence under them.
        most : How many of the cheapest walks are returned.
        """
        return self.pricers[number].shortest(self.cost(number, rewards), duals.slopes[number], most)

    def add_columns(self, people: Iterable[int], at: Duals, real: Duals, most: int) -> tuple[float, int]:
        """
        Add the columns that help at the real prices, of those that are cheapest at some prices.

        Returns what the shortest walks cost in all, and how many columns are new.

        Parameters
        ----------
        people : Numbers of those who get columns.
        at : Prices under which walks are looked for.
        real : Prices of the master problem, under which a column has to help.
        most : Columns a person at most.
        """
        rewards, own = self.team.rewards(at.rows), self.team.rewards(real.rows)
        total, added = 0.0, 0
        for number in people:
            walks = self.price(number, at, rewards, most)
            total += walks.cost
            for line in walks.lines:
                if line not in self.master.known[number] and (
                    self.master.reduced(number, line, real, own) < -SMALL
                ):
                    added += self.master.add(number, line)
        return total, added


def priced_cells(member: Member, rewards: Floats) -> Floats:
    """Return what a person's cells cost under rewards of presences, days by duties."""
    works = member.place >= 0
    cells = member.own.copy()
    cells[:, works] -= rewards[:, member.place[works]]
    return cells


def cover_bound(team: Team, duals: Duals) -> float:
    """Return the part of a bound that is not anybody's walk: rows at their prices, extras and tallies at their best."""
    total = team.constant
    reduced = np.array([extra.price for extra in team.extras])
    for at, row in enumerate(team.rows):
        price = float(duals.rows[at])
        total += price * (row.lower if price > 0 else row.upper) if price else 0.0
        for extra, factor in row.extras:
            reduced[extra] -= price * factor
    total += sum(min(0.0, float(r)) * extra.most for r, extra in zip(reduced, team.extras, strict=True))
    return total + tallies_bound(team, duals)


def tallies_bound(team: Team, duals: Duals) -> float:
    """Return the part of a bound that is what sums cost at their best."""
    total = 0.0
    for member, slopes in zip(team.members, duals.slopes, strict=True):
        for number, tally in enumerate(member.tallies):
            if tally.prices is not None and not tally.charged:
                total += float(tally.prices[0])
                total += sum(
                    width * min(0.0, slope - float(slopes[number])) for width, slope in steps(tally.prices)
                )
    return total


@dataclass(slots=True)
class Bound:
    """The best bound so far, and the prices that gave it."""

    value: float = -np.inf
    duals: Duals | None = None


def explore(generator: Generator, deadline: Deadline, bound: Bound) -> None:
    """
    Add columns a dozen people at a time, prices found anew after each, until a round of everybody brings little.

    Gives no bound, but columns that are good enough for a first calendar.

    Parameters
    ----------
    generator : Gets the columns.
    deadline : Ends it.
    bound : Its prices are those near which walks are looked for.
    """
    number = len(generator.team.members)
    parties = max(1, round(number / PARTY))
    last = np.inf
    for turn in range(40 * parties):
        if deadline.passed:
            return
        real = generator.master.solve()
        near = real if bound.duals is None else bound.duals.mixed(real, 1 - SMOOTHING)
        if bound.value == -np.inf:
            bound.duals = near
        generator.add_columns(range(turn % parties, number, parties), near, real, 4)
        if (turn + 1) % parties == 0:
            value = generator.master.value
            if value > last - max(1.0, 0.03 * abs(last)) and turn > 3 * parties:
                return
            last = value


def generate(generator: Generator, deadline: Deadline, boxes: tuple[float, ...], bound: Bound) -> bool:
    """
    Add columns until nobody has one that helps; return whether that was reached in time.

    Prices are kept in a box that grows, and near the best ones so far.

    Parameters
    ----------
    generator : Gets the columns.
    deadline : Ends it.
    boxes : The largest prices allowed, one round each.
    bound : Made better in place.
    """
    everyone = range(len(generator.team.members))
    for place, box in enumerate(boxes):
        generator.master.ceiling(box)
        if len(everyone) > PARTY:
            explore(generator, deadline, bound)
        while not deadline.passed:
            real = generator.master.solve()
            added = 0
            for at in [real] if bound.duals is None else [bound.duals.mixed(real, 1 - SMOOTHING), real]:
                walks, added = generator.add_columns(everyone, at, real, 4)
                value = walks + cover_bound(generator.team, at)
                if value > bound.value:
                    bound.value, bound.duals = value, at
                if added or deadline.passed:
                    break
            gap = generator.master.value - bound.value
            enough = 1e-3 if place == len(boxes) - 1 else max(1.0, 0.02 * abs(generator.master.value))
            if not added or gap < enough:
                break
    finished = not deadline.passed
    generator.master.ceiling(np.inf)
    return finished
