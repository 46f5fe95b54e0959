"""
Which cells to free: those of people who pay more than they need at the bound's prices, and of those who could help.

The distance of a calendar from the bound is the sum of everybody's regret and of what each piece of the cover costs
beyond its price. A piece is drawn by that, and those who could mend it most cheaply are freed, and some with regret.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roster.engine.columns.state import Prices, State, regrets
from roster.engine.columns.team import Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Chosen:
    """Free cells, people by days; what kind of neighbourhood it is."""

    cells: Flags
    kind: str


def urgent(state: State, prices: Prices) -> bool:
    """Whether a place is empty, or crowded, that need not be at the prices: it is mended before all else."""
    return bool(_amiss(state, prices).max(initial=0.0) > state.team.usual / 2)


def choose(state: State, prices: Prices, size: float) -> Chosen:
    """
    Free a share of all cells: some people on all days, or more people for a stretch of days.

    Parameters
    ----------
    state : The search, with its best calendar and random numbers.
    prices : Those of the bound; who pays more than they need is freed first.
    size : Share of all cells, 0 to 1.
    """
    number, days = len(state.team.members), state.team.days
    cells = np.zeros((number, days), bool)
    if state.random.random() < 0.5 or urgent(state, prices):
        people, _ = _people(state, prices, max(2, round(size * number)))
        cells[people] = True
        return Chosen(cells, "people")
    span = min(days, max(4, round(days * min(1.0, size**0.5))))
    people, around = _people(state, prices, max(2, round(number * min(1.0, size * days / span))))
    low, high = -span // 3, max(-span // 3, days - span + span // 3)
    first = int(state.random.integers(low, high + 1))
    if around is not None:
        first = min(max(around - int(state.random.integers(0, span)), low), high)
    stretch = np.arange(max(0, first), min(days, first + span))
    cells[np.ix_(people, stretch)] = True
    return Chosen(cells, "stretch")


def _people(state: State, prices: Prices, wanted: int) -> tuple[Ints, int | None]:
    """Draw people, and the day around which they could mend something."""
    random, number = state.random, len(state.team.members)
    regret = regrets(state, prices)
    rank = random.exponential(size=number) / (regret + 0.3 * max(float(regret.mean()), 0.1))
    order = np.argsort(rank)
    amiss = _amiss(state, prices)
    if amiss.sum() > 1e-6 and (amiss.max() > state.team.usual / 2 or random.random() < 0.6):
        at = int(random.choice(len(amiss), p=amiss / amiss.sum()))
        where = state.cover.presences(at)
        if len(where):
            near = _near(state, prices, where)
            first = near[: max(1, wanted // 2)]
            rest = [person for person in order if person not in set(first.tolist())]
            people = np.array([*first, *rest[: max(0, wanted - len(first))]], int)
            return people, int(where[0]) // state.team.places
    return order[:wanted], None


def _near(state: State, prices: Prices, where: Ints) -> Ints:
    """Return everybody, those first who could most cheaply be present (or be no longer) at some presence."""
    places, cost = state.team.places, []
    scale = max(1.0, 2.0 * state.team.unit)
    for number, member in enumerate(state.team.members):
        cells = [
            float(prices.above[number][day, duty])
            for day, place in zip((where // places).tolist(), (where % places).tolist(), strict=True)
            for duty in np.flatnonzero(member.place == place).tolist()
        ]
        cost.append(min(cells, default=1e9))
    return np.argsort(np.array(cost) + state.random.exponential(scale, len(cost)))


def _amiss(state: State, prices: Prices) -> Floats:
    """Return what each piece of the cover costs beyond its price."""
    counts = state.team.counts(state.lines)
    found = np.zeros(len(state.team.pieces))
    at = 0
    for number, piece in enumerate(state.team.pieces):
        cost = state.cover.of_piece(number, counts)
        for row in piece.rows:
            price = float(prices.duals.rows[at])
            if price:
                has = sum(factor * int(counts[where]) for where, factor in row.present)
                cost -= price * ((row.lower if price > 0 else row.upper) - has)
            at += 1
        found[number] = cost
    return np.maximum(found, 0.0)
