"""
Branch and price: the linear program's answers in between are ruled out one by one, until nothing better is left.

Each node is a part of all calendars. Its bound is that of column generation within its limits, at prices of 1024ths and
so in exact arithmetic; nodes whose bound is no better than the best calendar are gone. At first, what cannot stand in a
calendar within the target is ruled out for good: duties and extras whose reduced cost is above the gap.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, replace

import numpy as np

from roster.engine.columns.branching import branch, totals, with_sums
from roster.engine.columns.exact_bound import whole
from roster.engine.columns.generate import SMALL, Deadline, priced_cells
from roster.engine.columns.master import Duals
from roster.engine.columns.state import TOLERANCE, Prices, State, weigh
from roster.engine.columns.tree_master import Limits, TreeMaster
from roster.errors import EngineError

COLUMNS = 3
"""Columns a person and round at most."""

CLOSE = 1e-3
"""How near the bound of a node comes to its linear program."""

TIGHTENING = 0.15
"""Share of the time left that may go before the first target."""

FURTHER = 1.5
"""How much further from the bound of column generation the next target is, where the last one is out of reach."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of all calendars: its limits, a bound and the prices that gave it, how deep it lies."""

    limits: Limits
    bound: float
    duals: Duals
    depth: int = 0


class Tree:
    """
    Branch and price with a target that rises from the bound: is there any calendar that costs no more?

    The nearer the target, the more is ruled out at first. Goes on from where it stopped.
    """

    def __init__(self, state: State, prices: Prices, bound: float) -> None:
        """
        Begin with the bound as the target.

        Parameters
        ----------
        state : The search; its columns are the first ones here.
        prices : Whole prices with what they say of each cell.
        bound : The bound that they give.
        """
        self.state = state
        team, self._first = with_sums(state.team)
        self.team = team
        self._sums = range(len(state.team.rows), len(team.rows))
        self.master = TreeMaster(team)
        for column in state.generator.master.columns:
            self.master.add(column.member, column.line)
        self._prices, self._root = prices, bound
        rows = np.concatenate([prices.duals.rows, np.zeros(len(self._sums))])
        self._duals = Duals(rows, prices.duals.slopes, prices.duals.people)
        self._limits = Limits(tuple(np.isfinite(member.own) for member in team.members))
        self._tight = False
        self._count = 0
        self._open: list[tuple[float, int, int, Node]] = []
        self._broken = False
        self._begin(state.round_up(bound))

    @property
    def cut(self) -> float:
        """What a bound must pass to leave nothing within the target, or better than the best calendar."""
        return min(self.target, self.state.best - self.state.team.unit) + TOLERANCE

    @property
    def bound(self) -> float:
        """What no calendar costs less than, the best one so far apart."""
        within = min((node.bound for *_, node in self._open), default=np.inf)
        return min(within, self.target + self.state.team.unit)

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do here."""
        return self._broken or self.state.done

    def run(self, deadline: Deadline) -> None:
        """Go through nodes, those with the least bound first and of them the deepest, until time is up."""
        while not deadline.passed and not self.closed:
            if not self._tight:
                self._tighten(
                    Deadline(max(deadline.at, time.monotonic() + TIGHTENING * self.state.deadline.left))
                )
            elif not self._open:
                self.state.raise_bound(min(self.bound, self.state.best))
                further = self.state.round_up(self._root + FURTHER * (self.target - self._root))
                self._begin(max(self.target + self.state.team.unit, further))
            else:
                self._next(deadline)
        self.state.raise_bound(min(self.bound, self.state.best))

    def _next(self, deadline: Deadline) -> None:
        """Take the next node."""
        self._fix()
        node = heapq.heappop(self._open)[-1]
        if node.bound > self.cut:
            return
        try:
            self._through(node, deadline)
        except EngineError:
            self._push(node)
            self._broken = True

    def _tighten(self, deadline: Deadline) -> None:
        """
        Rule out what sums of extras in all cannot be in anything better than the best calendar.

        What holds without a target holds for all: prices and bound of what is left are where all targets begin.
        """
        self._tight = True
        self.target = np.inf
        node, again = Node(self._limits, self._root, self._duals), True
        while again and not deadline.passed and not self.state.done:
            node, solved = self._solve(node, deadline)
            sides = totals(self.master, node.limits, self._sums[: self._first]) if solved else ()
            found = [self._solve(replace(node, limits=limits), deadline)[0] for limits in sides]
            left = [side for side in found if side.bound <= self.cut]
            again = len(left) == 1 and len(sides) == 2
            if again:
                node = left[0]
        if node.bound > self._root:
            self._limits, self._root, self._duals = node.limits, node.bound, node.duals
            self._prices = weigh(self.state, node.duals)
        self.state.raise_bound(min(node.bound, self.state.best))
        self._begin(self.state.round_up(self._root))

    def _begin(self, target: float) -> None:
        """Begin anew with a target."""
        self.target, self._gap = target, np.inf
        self._fixed = self._limits.allowed
        self._fix()
        limits = replace(self._limits, allowed=self._fixed, extras=self._few())
        self._open = []
        self._push(Node(limits, self._root, self._duals))

    def _push(self, node: Node) -> None:
        self._count += 1
        heapq.heappush(self._open, (self.state.round_up(node.bound), -node.depth, self._count, node))

    def _through(self, node: Node, deadline: Deadline) -> None:
        """Solve a node; push its parts, or itself where time ran out."""
        allowed = tuple(a & b for a, b in zip(node.limits.allowed, self._fixed, strict=True))
        node = replace(node, limits=replace(node.limits, allowed=allowed))
        node, solved = self._solve(node, deadline)
        if node.bound > self.cut:
            return
        if not solved:
            self._push(node)
            return
        parts = branch(self.master, node.limits, self._sums, self._first, deadline)
        if not parts:
            self._whole(node)
        for limits in parts:
            self._push(Node(limits, node.bound, node.duals, node.depth + 1))

    def _whole(self, node: Node) -> None:
        """Offer the calendar that a node's linear program is; where its bound is lower still, that is remembered."""
        lines: list[list[int]] = [[0] * self.team.days for _ in self.team.members]
        for (number, day, duty), share in self.master.cells().items():
            if share > 0.5:
                lines[number][day] = duty
        self.state.offer([tuple(line) for line in lines], "branch and price")
        if self.state.round_up(node.bound) < self.state.best - TOLERANCE:
            self._push(node)
            self._broken = True

    def _solve(self, node: Node, deadline: Deadline) -> tuple[Node, bool]:
        """Generate columns within the limits of a node; return it with its bound, and whether that is its end."""
        master, state = self.master, self.state
        master.enter(node.limits)
        bound, near = node.bound, node.duals
        while True:
            real = whole(master.solve())
            added = 0
            for at in (whole(near.mixed(real, 0.5)), real):
                value, added = self._price(node.limits, at, real)
                if value > bound:
                    bound, near = value, at
                if added or bound > self.cut:
                    break
            node = replace(node, bound=bound, duals=near)
            if bound > self.cut or not added:
                return node, True
            if deadline.passed:
                return node, False
            if master.value - bound < CLOSE or state.round_up(bound) >= state.round_up(master.value):
                master.solve()
                return node, True

    def _price(self, limits: Limits, at: Duals, real: Duals) -> tuple[float, int]:
        """Return the bound of some prices, and how many columns are new that help at the real ones."""
        team, master = self.team, self.master
        rewards, own = team.rewards(at.rows), team.rewards(real.rows)
        total, added = master.cover_bound(limits, at), 0
        for number, member in enumerate(team.members):
            cost = np.where(limits.allowed[number], priced_cells(member, rewards), np.inf)
            walks = self.state.generator.pricers[number].shortest(cost, at.slopes[number], COLUMNS)
            total += walks.cost
            if not np.isfinite(walks.cost):
                return np.inf, 0
            for line in walks.lines:
                if line not in master.known[number] and master.reduced(number, line, real, own) < -SMALL:
                    added += master.add(number, line)
        return total, added

    def _fix(self) -> None:
        """Rule out the duties that cannot stand in a calendar within the target and better than the best so far."""
        gap = self.cut - self._root
        if gap < self._gap:
            self._gap = gap
            pairs = zip(self._fixed, self._prices.above, strict=True)
            self._fixed = tuple(fixed & (above <= gap) for fixed, above in pairs)

    def _few(self) -> dict[int, tuple[float, float]]:
        """Return the extras of which so many as there could be would pass the gap."""
        found = {}
        all_reduced = self.master.reduced_extras(self._duals).tolist()
        for at, (reduced, extra) in enumerate(zip(all_reduced, self.team.extras, strict=True)):
            if reduced > 0 and self._gap // reduced < extra.most:
                found[at] = (0.0, max(0.0, self._gap // reduced))
        return found
