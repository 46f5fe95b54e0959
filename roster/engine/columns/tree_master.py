"""The restricted master problem inside a node of the tree: its rows, extras and cells within the node's limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from roster.engine.columns.generate import tallies_bound
from roster.engine.columns.master import Duals, Master
from roster.engine.columns.team import Flags, Floats, Team

ARTIFICIAL = 10.0
"""What it costs to break a row, in the dearest price of all: only the linear program may, never a bound."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What is left of a team in a node.

    Parameters
    ----------
    allowed : For each person the duties left on each day, days by duties.
    rows, extras : The least and the most of some rows and extras, narrower than in the whole team.
    """

    allowed: tuple[Flags, ...]
    rows: Mapping[int, Span] = field(default_factory=dict)
    extras: Mapping[int, Span] = field(default_factory=dict)


class TreeMaster(Master):
    """A master problem whose limits move from node to node; every row may be broken at a price, so it has an answer."""

    def __init__(self, team: Team) -> None:
        self._spans: list[Span] = [(row.lower, row.upper) for row in team.rows]
        self._ranges: list[Span] = [(0.0, float(extra.most)) for extra in team.extras]
        self._whole: tuple[list[Span], list[Span]] = (list(self._spans), list(self._ranges))
        self._now: list[Flags] = [np.ones(member.own.shape, bool) for member in team.members]
        prices = [extra.price for extra in team.extras]
        self._artificial = ARTIFICIAL * max(100.0, *prices) if prices else 1000.0
        self._factors = np.zeros((len(team.rows), len(team.extras)))
        for at, row in enumerate(team.rows):
            for extra, factor in row.extras:
                self._factors[at, extra] += factor
        self._prices = np.array(prices)
        super().__init__(team)

    def _build(self) -> None:
        super()._build()
        for row, span in zip(self._rows, self._spans, strict=True):
            row.SetBounds(*span)
            for factor in (1, -1):
                row.SetCoefficient(self._extra(self._solver.infinity(), self._artificial), factor)
        for extra, span in zip(self._extras, self._ranges, strict=True):
            extra.SetBounds(*span)

    def enter(self, limits: Limits) -> None:
        """Move to other limits."""
        for number, allowed in enumerate(limits.allowed):
            self.allow(number, allowed)
        for at, span in enumerate(self._whole[0]):
            self.row(at, limits.rows.get(at, span))
        for at, span in enumerate(self._whole[1]):
            self.extra(at, limits.extras.get(at, span))

    def row(self, at: int, span: Span) -> None:
        """Let a row lie between two bounds."""
        if self._spans[at] != span:
            self._spans[at] = span
            self._rows[at].SetBounds(*span)
            self._shutting = True

    def extra(self, at: int, span: Span) -> None:
        """Let an extra lie between two bounds."""
        if self._ranges[at] != span:
            self._ranges[at] = span
            self._extras[at].SetBounds(*span)
            self._shutting = True

    def allow(self, number: int, allowed: Flags) -> None:
        """Leave a person some duties on each day: columns with others are shut."""
        before = self._now[number]
        if allowed is before or np.array_equal(allowed, before):
            return
        self._now[number] = allowed
        own = self.known[number]
        if not own:
            return
        fits = allowed[np.arange(self.team.days), np.array(list(own))].all(axis=1)
        for fit, at in zip(fits.tolist(), own.values(), strict=True):
            if fit and at in self.shut:
                self._open(at)
            elif not fit and at not in self.shut:
                self._shut(at)

    def cells(self) -> dict[tuple[int, int, int], float]:
        """Return how much of each duty everybody does on each day, by person, day and duty."""
        found: dict[tuple[int, int, int], float] = {}
        for column, share in zip(self.columns, self.shares().tolist(), strict=True):
            if share > 1e-9:
                for day, duty in enumerate(column.line):
                    key = column.member, day, duty
                    found[key] = found.get(key, 0.0) + share
        return found

    def taken(self) -> Floats:
        """Return how much of each extra is taken."""
        return np.array([variable.solution_value() for variable in self._extras])

    def cover_bound(self, limits: Limits, duals: Duals) -> float:
        """Return the part of a bound that is not anybody's walk, within the limits; exact at whole prices."""
        rows, extras = _arrays(self._whole[0], limits.rows), _arrays(self._whole[1], limits.extras)
        prices = duals.rows
        on = prices != 0
        total = self.team.constant
        total += float((prices[on] * np.where(prices[on] > 0, rows[on, 0], rows[on, 1])).sum())
        reduced = self.reduced_extras(duals)
        total += float(np.where(reduced > 0, reduced * extras[:, 0], reduced * extras[:, 1]).sum())
        return total + tallies_bound(self.team, duals)

    def reduced_extras(self, duals: Duals) -> Floats:
        """Return the reduced cost of each extra."""
        return np.asarray(self._prices - duals.rows @ self._factors)


def _arrays(whole: Sequence[Span], narrower: Mapping[int, Span]) -> Floats:
    found = np.array(whole, float).reshape(-1, 2)
    for at, span in narrower.items():
        found[at] = span
    return found
