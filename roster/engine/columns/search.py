"""
The search for the best calendar: a first one, the bound, a dive, then neighbourhoods until time is up or it is optimal.

It stops at any moment with the best calendar so far and the bound reached.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from roster.engine.columns.anneal import anneal, heats
from roster.engine.columns.beside import Beside
from roster.engine.columns.best_response import respond
from roster.engine.columns.branch_and_price import Tree
from roster.engine.columns.cooling import anneal_for
from roster.engine.columns.dive import Pace, dive, free_all
from roster.engine.columns.generate import Deadline, explore, generate
from roster.engine.columns.large import DRAWS, ROUNDS, begin, draw, rounds, take
from roster.engine.columns.local_search import SHORT, better, search_around
from roster.engine.columns.master import Duals
from roster.engine.columns.relaxation import Relaxed, relax
from roster.engine.columns.state import BetterCalendar, Prices, State, TellCalendar, nothing, weigh
from roster.engine.columns.team import Line, Team

QUICK, CAREFUL = Pace(0.3, 2), 8.0
"""The first dive of all; a careful one follows where so many times what it took is left."""

MANY, HURRIED, SOON = 7, 20, 15.0
"""People beyond which the relaxation is asked first, and beyond which, without one, a dive in a hurry comes first: of
more than `MANY` where nothing is known to begin from and the search is shorter than `SOON` seconds."""

DIVE_ALL, MASTER = 100, 60
"""People up to whom a dive settles everybody at once, and the master problem is solved to its end in any case."""

MASTER_SECONDS = 0.008
"""Seconds for each square of the number of people from which it is for more: 150 take 46 s to its end, 30 to a dive."""

FIRST_COOLING, FIRST_SHARE = 2.0, 0.05
"""Seconds of annealing before anything else is solved, and the most of the whole time."""

CLOSING, CLOSING_SHARE = 0.002, 0.4
"""Seconds of annealing for each of the people times days, and the most of what is left, before a dive of more than
`MANY` where the gap is a few steps: 33 people of four weeks are mostly there in 2 s, and a dive takes as long."""


@dataclass(frozen=True, eq=False)
class Result:
    """
    The best calendar (empty without one), its value, the bound, and how it came.

    `prices` are whole ones that give the bound; `searched`: an exact search has raised it beyond theirs.
    """

    lines: tuple[Line, ...]
    value: float
    bound: float
    trace: tuple[BetterCalendar, ...]
    columns: int
    prices: Duals | None = None
    searched: bool = False

    @property
    def optimal(self) -> bool:
        """Whether nothing better is possible."""
        return bool(self.lines) and self.value <= self.bound + 1e-6


def search(
    team: Team, seconds: float, seed: int = 1, first: Sequence[Line] = (), tell: TellCalendar | None = None
) -> Result:
    """
    Search for the cheapest calendar of a team.

    Parameters
    ----------
    team : The people with their costs.
    seconds : Wall time.
    seed : Of the random choices.
    first : A lawful calendar to be no worse than; none where not given.
    tell : Takes what is better, with the value and the bound so far.
    """
    state = State(team, seed, Deadline(time.monotonic() + seconds), tell)
    run(state, seconds, first)
    return result(state)


def result(state: State) -> Result:
    """Return what a search has come to."""
    columns = len(state.generator.master.columns)
    return Result(
        state.lines,
        state.best,
        state.rounded,
        tuple(state.trace),
        columns,
        state.prices,
        state.searched,
    )


def run(state: State, seconds: float, first: Sequence[Line] = (), workers: int = 1) -> None:
    """
    Search until the state's deadline; the state holds what was found even if this is interrupted.

    Parameters
    ----------
    state : Holds the team, the deadline and what is found.
    seconds : The whole time of the search, which is shared out among its parts.
    first : Everybody's calendar, where one is known.
    workers : Processes at work at most, this one included.
    """
    with _beside(state, workers):
        _run(state, seconds, first)


@contextmanager
def _beside(state: State, workers: int) -> Iterator[None]:
    """Let other processes search as well, from the first exchange with them to the end of a search."""
    if workers < 2:
        yield
        return
    others = Beside(workers - 1)

    def exchange() -> None:
        others.begin(state)
        others.exchange(state)

    state.exchange = exchange
    try:
        yield
    finally:
        state.exchange = nothing
        others.end(state)


def _run(state: State, seconds: float, first: Sequence[Line]) -> None:
    begun = time.monotonic()
    if first:
        take(state, list(first), "first")
    many = len(state.team.members) > MANY
    relaxed = relax(state.team, 0.3 * seconds) if many else None
    if relaxed is None and not first:
        nobody = [None] * len(state.team.members)
        take(
            state, respond(state, nobody, 1 if len(nobody) > HURRIED else 3, state.deadline), "best responses"
        )
    if relaxed is not None:
        _large(state, relaxed, begun, seconds)
        return
    _first_cooling(state, seconds)
    if len(state.team.members) > (MANY if seconds < SOON and not first else HURRIED):
        _hurry(state, begun, seconds)
    _whole_dive(state, begun, seconds)


def _first_cooling(state: State, seconds: float) -> None:
    anneal(state, min(FIRST_COOLING, FIRST_SHARE * seconds), heats(state.team).first)
    state.exchange()


def _whole_dive(state: State, begun: float, seconds: float) -> None:
    """Solve the master problem to its end, or for most of the time; settle everybody from there, and go on."""
    generate(state.generator, Deadline(begun + 0.5 * seconds), boxes(state.team), state.bound)
    state.prove()
    if state.done or state.deadline.passed:
        return
    good = heats(state.team).good
    if len(state.team.members) > MANY and state.narrow:
        closing = CLOSING * len(state.team.members) * state.team.days
        anneal(state, min(closing, CLOSING_SHARE * state.deadline.left), good)
        if state.done:
            return
    prices = weigh(state, state.prices or state.generator.master.solve())
    tree = _tree(state, prices)
    dived = time.monotonic()
    ends = begun + 0.9 * seconds
    if len(state.team.members) <= HURRIED:
        ends = min(ends, dived + SHORT * state.deadline.left)
    before, found = state.best, dive(state, QUICK, Deadline(ends))
    take(state, found, "quick dive")
    lines = found or ()
    if state.best < before and state.deadline.left > CAREFUL * (time.monotonic() - dived) and not state.done:
        free_all(state)
        found = dive(state, Pace(limit=better(state)), Deadline(begun + 0.9 * seconds))
        take(state, found, "dive")
    if not state.done:
        anneal_for(state, FIRST_SHARE, good, lines=lines if state.best >= before else ())
    search_around(state, prices, begun, tree=tree)


def _tree(state: State, prices: Prices) -> Tree | None:
    """Return the tree of branch and price; None where the bound is not that of the prices."""
    return (
        None
        if state.prices is None or state.searched or not state.bounding
        else Tree(state, prices, state.proven)
    )


def _large(state: State, relaxed: Relaxed, begun: float, seconds: float) -> None:
    """Search for a calendar of many people: a dive of all where that is quick enough, then of parts."""
    number = len(state.team.members)
    begin(state, relaxed, Deadline(begun + 0.15 * seconds))
    _first_cooling(state, seconds)
    if number <= MASTER or seconds >= MASTER_SECONDS * number**2:
        _whole_dive(state, begun, seconds)
        return
    if number <= DIVE_ALL:
        draw(state, relaxed, DRAWS)
        rounds(state, ROUNDS, Deadline(begun + 0.4 * seconds))
        pace = Pace(min(0.6, max(0.3, number / 250)), 1)
        take(state, dive(state, pace, Deadline(begun + 0.9 * seconds)), "dive")
        free_all(state)
    state.prove()
    if not state.done and not state.deadline.passed:
        search_around(state, weigh(state, state.bound.duals or relaxed.duals), begun, relaxed)


def _hurry(state: State, begun: float, seconds: float) -> None:
    """Dive as soon as there are columns at all: a first calendar, long before the bound."""
    explore(state.generator, Deadline(begun + 0.2 * seconds), state.bound)
    found = dive(state, Pace(0.3, 1, columns=1), Deadline(begun + 0.4 * seconds))
    take(state, found, "dive in a hurry")
    free_all(state)


def go_on(state: State, seconds: float, workers: int = 1) -> None:
    """
    Search on from what a search has come to.

    Parameters
    ----------
    state : Holds what was found, a calendar at least; its deadline is moved.
    seconds : How long.
    workers : Processes at work at most, this one included.
    """
    now = time.monotonic()
    state.deadline = Deadline(now + seconds)
    free_all(state)
    prices = weigh(state, state.prices or state.generator.master.solve())
    with _beside(state, workers):
        search_around(state, prices, now, tree=_tree(state, prices))


def boxes(team: Team) -> tuple[float, ...]:
    """Return how dear an empty place may be, in growing boxes."""
    prices = sorted({extra.price for extra in team.extras if extra.price > 0})
    if not prices:
        return (np.inf,)
    usual = team.usual
    return (*(share * usual for share in (0.05, 0.2, 1.0) if share * usual < prices[-1]), np.inf)
