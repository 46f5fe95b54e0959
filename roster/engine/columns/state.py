"""What a search for a calendar knows: the best one so far, its value and the bound, and who is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from roster.engine.columns.cover_value import CoverValue
from roster.engine.columns.exact_bound import exact_bound, whole
from roster.engine.columns.generate import Bound, Deadline, Generator, priced_cells
from roster.engine.columns.master import Duals
from roster.engine.columns.team import Floats, Line, Team

NARROW = 50
"""How many steps of value a gap may have for exact searches of everything to close it step by step."""

TOLERANCE = 1e-4
"""Bounds from floating point are rounded up only beyond this."""


@dataclass(frozen=True, slots=True)
class BetterCalendar:
    """A better calendar: when (seconds since the start), by what, its value."""

    seconds: float
    cpu_seconds: float
    how: str
    value: float


TellCalendar = Callable[[BetterCalendar | None, float, float], None]
"""Called with what was found (None: a better bound), the best value and the bound."""


def nothing() -> None:
    """Exchange nothing: there is no other process."""


class State:
    """
    The search's memory.

    `exchange` offers it what other processes have found meanwhile; `bounding` says whether it looks for a better bound
    than that of the prices, too.
    """

    def __init__(
        self,
        team: Team,
        seed: int,
        deadline: Deadline,
        tell: TellCalendar | None = None,
        *,
        bounding: bool = True,
    ) -> None:
        self.team, self.bounding = team, bounding
        self.deadline = deadline
        self.random = np.random.default_rng(seed)
        self.cover = CoverValue(team)
        self.bound = Bound()
        self.proven = -np.inf
        self.prices: Duals | None = None
        self.searched = False
        self.best = np.inf
        self.lines: tuple[Line, ...] = ()
        self.trace: list[BetterCalendar] = []
        self.exchange: Callable[[], None] = nothing
        self._tell = tell or (lambda *_: None)
        self._began, self._cpu = time.monotonic(), time.process_time()

    @cached_property
    def generator(self) -> Generator:
        """The columns found and the master problem over them."""
        return Generator(self.team)

    @property
    def done(self) -> bool:
        """Whether nothing better is possible."""
        return self.best <= self.rounded + TOLERANCE

    @property
    def narrow(self) -> bool:
        """Whether the gap is narrow enough to be closed step by step."""
        return self.best - self.rounded <= NARROW * self.team.unit

    @property
    def rounded(self) -> float:
        """The bound, rounded up to what a value can be."""
        return self.round_up(self.proven)

    def round_up(self, bound: float) -> float:
        """Return the least value that is no less than a bound."""
        if not np.isfinite(bound):
            return bound
        unit = self.team.unit
        return float(np.ceil((bound - self.team.constant - TOLERANCE) / unit) * unit + self.team.constant)

    def prove(self) -> None:
        """Take over the bound of the best prices so far, in exact arithmetic."""
        if self.bound.duals is None:
            return
        prices = whole(self.bound.duals)
        value = exact_bound(self.team, prices, self.generator.pricers)
        if value > self.proven:
            self.proven, self.prices = value, prices
        self._tell(None, self.best, self.rounded)

    def raise_bound(self, value: float) -> None:
        """Take over a bound that an exact search has proven."""
        if value > self.rounded + TOLERANCE:
            self.proven, self.searched = value, True
        self._tell(None, self.best, self.rounded)

    def value(self, lines: Sequence[Line]) -> float:
        """Return what a calendar costs; infinity where somebody's is not lawful."""
        total = self.team.constant
        for member, line in zip(self.team.members, lines, strict=True):
            priced = member.price(line)
            if priced is None:
                return np.inf
            total += priced.cost
        return total + self.cover.of(self.team.counts(lines))

    def offer(self, lines: Sequence[Line], how: str) -> float:
        """Take over a calendar where it is better than the best so far; return its value."""
        value = self.value(lines)
        if value < self.best - TOLERANCE:
            self.best, self.lines = value, tuple(lines)
            found = BetterCalendar(
                time.monotonic() - self._began, time.process_time() - self._cpu, how, value
            )
            self.trace.append(found)
            self._tell(found, self.best, self.rounded)
        return value


@dataclass(frozen=True, eq=False)
class Prices:
    """
    The prices at which the bound was reached, and what they say of each cell.

    `least[i]` is person i's shortest walk; `above[i][d, k]` how much dearer the shortest one with duty k on day d is.
    """

    duals: Duals
    rewards: Floats
    least: Floats
    above: tuple[Floats, ...]


def weigh(state: State, duals: Duals) -> Prices:
    """Solve everybody's pricing problem for every cell."""
    rewards = state.team.rewards(duals.rows)
    least, above = [], []
    for number, member in enumerate(state.team.members):
        found = state.generator.pricers[number].through(priced_cells(member, rewards), duals.slopes[number])
        least.append(found.cost)
        # Without any lawful walk no cell is dearer than another.
        lawful = np.isfinite(found.cost)
        above.append(np.minimum(found.cells - found.cost, 1e9) if lawful else np.full(found.cells.shape, 1e9))
    return Prices(duals, rewards, np.array(least), tuple(above))


def regrets(state: State, prices: Prices) -> Floats:
    """Return for each person how much dearer the best calendar is than the cheapest one at the prices."""
    found = []
    for number, (member, line) in enumerate(zip(state.team.members, state.lines, strict=True)):
        priced = member.price(line)
        if priced is None:
            found.append(0.0)
            continue
        gained = sum(float(prices.rewards.flat[where]) for where in state.team.presences(member, line))
        slopes = prices.duals.slopes[number]
        counted = float(np.dot(slopes, priced.sums)) if priced.sums else 0.0
        fixed = sum(float(t.prices[0]) for t in member.tallies if t.prices is not None and not t.charged)
        found.append(max(0.0, priced.column - fixed + counted - gained - float(prices.least[number])))
    return np.array(found)
