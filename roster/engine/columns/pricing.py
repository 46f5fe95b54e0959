"""
The pricing problem: one person's shortest walk through the lawful days, under prices of duties.

Dynamic programming over (state, sums), a day at a time. The sums of some tallies are axes of the table; the others are
looked at on the walk found, and become axes where the shortest walk breaks their limits: an axis that is not needed
costs most of the time. Where all that are needed would make too large a table, some are left out: the least cost is
then still no more than that of any lawful calendar, and the calendars are lawful ones among the cheapest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from roster.engine.columns.bundles import Bundle, Into, best_of_sets, bundles, into, least_by_head
from roster.engine.columns.team import Floats, Line, Member, Tally

CELLS = 300_000
"""How large a table may be, states times sums: 70 MB over four weeks."""

NEAR = 40
"""How many of the cheapest walks are looked at for a lawful one where the table cannot hold every limit."""

OFTEN = 0.6
"""Share of calls in which a tally must be needed to be an axis from the start: a call that needs one more is two."""

Axes = tuple[int, ...]
"""The numbers of the tallies that are axes of the table."""


@dataclass(frozen=True, slots=True)
class Walks:
    """The least cost of a lawful calendar, and some of the cheapest ones, the cheapest first."""

    cost: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Through:
    """The least cost of a lawful calendar, and of those with each duty on each day (days by duties)."""

    cost: float
    cells: Floats


Plans = dict[object, tuple[tuple[Bundle, ...], Into]]
"""Bundles and arcs of a day, by what they are made of: people share them."""


class Pricer:
    """Everybody's pricing problem; remembers the bundles of a day, and which tallies have needed an axis."""

    def __init__(self, member: Member, plans: Plans) -> None:
        self.member = member
        self._plans = plans
        self._states = max(arcs.before for arcs in member.days)
        axes = tuple(number for number, tally in enumerate(member.tallies) if tally.axis)
        # Who pays for a tally in the column has to count it; all others wait until a walk breaks them.
        self._axes: Axes = axes if self._fits(axes) else tuple(n for n in axes if member.tallies[n].charged)
        self._asked: Counter[Axes] = Counter()
        self._calls: Counter[Axes] = Counter()
        self._laid: dict[Axes, _Table] = {}

    def _fits(self, axes: Axes) -> bool:
        """Whether a table with these axes is small enough."""
        return prod(sizes([self.member.tallies[number] for number in axes])) * self._states <= CELLS

    def table(self, axes: Axes) -> _Table:
        """Return the table with these axes."""
        if axes not in self._laid:
            self._laid[axes] = _Table(self.member, axes, self._plans)
        return self._laid[axes]

    def shortest(self, cost: Floats, slopes: Floats, most: int = 1) -> Walks:
        """
        Return the least cost of a calendar, and the cheapest ones.

        Parameters
        ----------
        cost : Of each cell, days by duties.
        slopes : Prices of one more of each tally, for those that are no axis; axes cost what their tallies say.
        most : How many calendars at most.
        """
        axes = self._axes
        self._calls[axes] += 1
        while True:
            table = self.table(axes)
            end = table.forward(table.sloped(cost, slopes), slopes)
            flat = end.ravel()
            best = float(flat.min())
            if not np.isfinite(best):
                return Walks(np.inf, ())
            lines: list[Line] = []
            broken: int | None = None
            for number in _smallest(flat, most):
                line = table.back(number)
                excess = self._broken(line, axes)
                if excess is None:
                    lines.append(line)
                elif not lines:
                    broken = excess
                    break
            if broken is None:
                return Walks(best, tuple(lines))
            if not self._fits((*axes, broken)):
                near = (table.back(number) for number in _smallest(flat, NEAR))
                return Walks(best, tuple(line for line in near if self._broken(line, axes) is None)[:most])
            axes = self._with(axes, broken)

    def through(self, cost: Floats, slopes: Floats) -> Through:
        """Return the least cost of a calendar, and of those that go through each cell."""
        axes = self._axes
        while True:
            table = self.table(axes)
            cells = table.sloped(cost, slopes)
            flat = table.forward(cells, slopes).ravel()
            best = float(flat.min())
            if not np.isfinite(best):
                return Through(best, np.full(cost.shape, np.inf))
            broken = self._broken(table.back(int(flat.argmin())), axes)
            if broken is None or not self._fits((*axes, broken)):
                return Through(best, table.through(slopes))
            axes = self._with(axes, broken)

    def _broken(self, line: Line, axes: Axes) -> int | None:
        """Return the tally whose limits a calendar breaks most; None where it keeps all."""
        followed = self.member.follow(line)
        weekends = followed[1] if followed else []
        sums = self.member.sums(line, weekends)
        excess = [
            (max(has - tally.most, tally.least - has), number)
            for number, (tally, has) in enumerate(zip(self.member.tallies, sums, strict=True))
            if number not in axes and tally.hard
        ]
        worst = max(excess, default=(0, 0))
        return worst[1] if worst[0] > 0 else None

    def _with(self, axes: Axes, broken: int) -> Axes:
        """Return the axes with one more; what is needed more often than not is an axis from the start."""
        more = (*axes, broken)
        self._asked[more] += 1
        if axes == self._axes and self._asked[more] > max(12, OFTEN * self._calls[axes]) and len(more) <= 3:
            self._axes = more
        return more


def _smallest(flat: Floats, most: int) -> Iterator[int]:
    few = np.argpartition(flat, most - 1)[:most] if most < flat.size else np.arange(flat.size)
    for number in few[np.argsort(flat[few], kind="stable")]:
        if not np.isfinite(flat[number]):
            return
        yield int(number)


def sizes(tallies: Sequence[Tally]) -> list[int]:
    """Return how many sums each axis of a table has, those past the limit of an inner one among them."""
    return [tally.most + 1 + (_step(tally) if place else 0) for place, tally in enumerate(tallies)]


def _step(tally: Tally) -> int:
    """Return the most that one day adds."""
    return 1 if tally.weekends else int(tally.weights.max(initial=0))


def _reached(member: Member, tally: Tally, sign: int) -> list[tuple[float, float]]:
    """Return the least of a tally times a sign before each day, over all states, and the least from there on."""
    adds = [sign * tally.added(arcs, day) for day, arcs in enumerate(member.days)]
    here = np.full(member.days[0].before, np.inf)
    here[member.start] = 0.0
    before = [here]
    for arcs, added in zip(member.days, adds, strict=True):
        here = np.full(arcs.after, np.inf)
        np.minimum.at(here, arcs.head, before[-1][arcs.tail] + added)
        before.append(here)
    onward = [np.where(np.isfinite(member.ends), 0.0, np.inf)]
    for arcs, added in zip(reversed(member.days), reversed(adds), strict=True):
        there = np.full(arcs.before, np.inf)
        np.minimum.at(there, arcs.tail, onward[-1][arcs.head] + added)
        onward.append(there)
    return [(_finite(a), _finite(b)) for a, b in zip(before, reversed(onward), strict=True)]


def _finite(values: Floats) -> float:
    """Return the least value; 0 where there is none."""
    least = float(values.min())
    return least if np.isfinite(least) else 0.0


class _Table:
    """
    The dynamic program of one person with some tallies as axes.

    The sums are one flat index: an arc adds a fixed offset to it. Between the rows of the inner axes, and before the
    first, lie columns that no calendar reaches, so that sums past a limit fall there.
    """

    def __init__(self, member: Member, axes: Axes, plans: Plans) -> None:
        self.member, self.axes = member, axes
        self._others = [number for number in range(len(member.tallies)) if number not in axes]
        self._lay_out()
        self._days = [self._plan(day, plans) for day in range(len(member.days))]
        self._front = max((bundle.offset for plan, _ in self._days for bundle in plan), default=0)
        self._windows = self._within()
        self._reached: list[Floats] = []
        self._cells: Floats = member.own
        self._weekend: Floats | None = None

    def _lay_out(self) -> None:
        """Place the sums of all axes in one index."""
        tallies = [self.member.tallies[number] for number in self.axes]
        many = sizes(tallies)
        self._strides = [prod(many[place + 1 :]) for place in range(len(many))]
        self._width = prod(many)
        self._index = (
            np.stack(np.unravel_index(np.arange(self._width), many)) if many else np.zeros((0, 1), int)
        )
        inside = np.ones(self._width, bool)
        for place, tally in enumerate(tallies):
            inside &= self._index[place] <= tally.most
        self._outside = np.flatnonzero(~inside)

    def _plan(self, day: int, plans: Plans) -> tuple[tuple[Bundle, ...], Into]:
        arcs, tallies = self.member.days[day], [self.member.tallies[number] for number in self.axes]
        steps = tuple((tally.weekends, tally.weights[day].tobytes()) for tally in tallies)
        key = (id(arcs), tuple(self._strides), steps)
        if key not in plans:
            offsets = np.zeros(len(arcs.duty), int)
            for tally, stride in zip(tallies, self._strides, strict=True):
                offsets += stride * tally.added(arcs, day)
            plans[key] = (bundles(arcs, offsets), into(arcs, offsets))
        return plans[key]

    def _within(self) -> list[tuple[int, int]]:
        """Return the columns of each day, the last one behind, that lie on the way of a calendar within its limits."""
        days = self.member.days
        if not self.axes:
            return [(0, self._width)] * (len(days) + 1)
        tally, stride = self.member.tallies[self.axes[0]], self._strides[0]
        most, least = _reached(self.member, tally, -1), _reached(self.member, tally, 1)
        found = []
        for (low, rest_low), (high, rest_high) in zip(least, most, strict=True):
            first = max(low, tally.least + rest_high)
            last = min(-high, tally.most - rest_low, self._width // stride - 1)
            found.append((int(max(first, 0)) * stride, int(max(last, first, 0) + 1) * stride))
        return [(min(first, self._width), min(last, self._width)) for first, last in found]

    def sloped(self, cost: Floats, slopes: Floats) -> Floats:
        """Return the cost of cells with the price of every tally that is no axis."""
        cells = cost
        for number in self._others:
            tally = self.member.tallies[number]
            if slopes[number] and not tally.weekends:
                cells = cells + slopes[number] * tally.weights
        return cells

    def _ends(self, slopes: Floats) -> Floats:
        """Return what each end costs by its sums: infinity outside the limits."""
        ends = np.zeros(self._width)
        for place, number in enumerate(self.axes):
            tally = self.member.tallies[number]
            worth = tally.worth.copy() if tally.charged else slopes[number] * np.arange(tally.most + 1)
            worth[: tally.least] = np.inf
            ends += worth[np.minimum(self._index[place], tally.most)]
        ends[self._outside] = np.inf
        return ends

    def forward(self, cells: Floats, slopes: Floats) -> Floats:
        """Return the least cost of reaching each sum after the last day."""
        member, front = self.member, self._front
        self._cells = cells
        self._weekend = self._per_weekend(slopes)
        if not self._reached:
            self._reached = self._empty()
        here = self._reached[0]
        for day, (plan, _) in enumerate(self._days):
            after = self._reached[day + 1]
            low, high = self._windows[day + 1]
            after[:, front + low : front + high] = np.inf
            for bundle in plan:
                from_ = front + low - bundle.offset
                best = best_of_sets(bundle, here[:, from_ : from_ + high - low])
                heads, value = least_by_head(bundle, best, self._step_costs(day, bundle))
                kept = after[heads, front + low : front + high]
                after[heads, front + low : front + high] = np.minimum(kept, value, out=value)
            if len(self._outside):
                after[:, front + self._outside] = np.inf
            here = after
        closed = here[:, front:] + member.ends[:, None]
        return np.asarray(closed.min(axis=0) + self._ends(slopes))

    def _empty(self) -> list[Floats]:
        """Return a table in which only the beginning is reached; columns outside the windows are never written to."""
        columns = self._front + self._width
        states = [self.member.days[0].before, *(arcs.after for arcs in self.member.days)]
        tables = [np.full((number, columns), np.inf) for number in states]
        tables[0][self.member.start, self._front] = 0.0
        return tables

    def _per_weekend(self, slopes: Floats) -> Floats | None:
        """Return what a worked weekend costs by the day that completes it; None where it costs nothing."""
        found: Floats | None = None
        for number in self._others:
            tally = self.member.tallies[number]
            if tally.weekends and slopes[number]:
                own: Floats = float(slopes[number]) * tally.weights[:, 0].astype(float)
                found = own if found is None else np.add(found, own)
        return found

    def _step_costs(self, day: int, bundle: Bundle) -> Floats:
        step: Floats = self._cells[day, bundle.duty] + bundle.penalty
        return step if self._weekend is None else np.add(step, self._weekend[day] * bundle.weekends)

    def back(self, number: int) -> Line:
        """Return a cheapest calendar that ends with the sums of a flat index."""
        at = self._front + number
        state = int((self._reached[-1][:, at] + self.member.ends).argmin())
        line: list[int] = []
        for day in range(len(self._days) - 1, -1, -1):
            tails, offsets, duties, penalties, weekends = self._days[day][1].arcs[state]
            step = self._reached[day][tails, at - offsets] + self._cells[day, duties] + penalties
            if self._weekend is not None:
                step = step + self._weekend[day] * weekends
            best = int(step.argmin())
            state, at = int(tails[best]), at - int(offsets[best])
            line.append(int(duties[best]))
        return tuple(reversed(line))

    def through(self, slopes: Floats) -> Floats:
        """Return the least cost of a calendar through each cell; asked for after `forward`."""
        member, front, width = self.member, self._front, self._width
        found = np.full(self._cells.shape, np.inf)
        onward = np.full((len(member.ends), width + front), np.inf)
        onward[:, :width] = self._ends(slopes) + member.ends[:, None]
        for day in range(len(self._days) - 1, -1, -1):
            here = self._reached[day]
            before = np.full((here.shape[0], width + front), np.inf)
            for bundle in self._days[day][0]:
                heads = np.repeat(bundle.heads, np.diff(np.r_[bundle.first, len(bundle.source)]))
                rest = onward[heads, bundle.offset : bundle.offset + width]
                rest = rest + self._step_costs(day, bundle)[:, None]
                whole = (best_of_sets(bundle, here[:, front:])[bundle.source] + rest).min(axis=1)
                np.minimum.at(found[day], bundle.duty, whole)
                by_set = np.full((len(bundle.tails[0]), width), np.inf)
                np.minimum.at(by_set, bundle.source, rest)
                for tails in bundle.tails:
                    np.minimum.at(before[:, :width], tails, by_set[: len(tails)])
            before[:, self._outside] = np.inf
            onward = before
        return found
