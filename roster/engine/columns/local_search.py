"""
Local search: from a good calendar to better ones, until time is up or nothing better is possible.

Some cells are freed and dived on again or searched exactly, two people's days are annealed, branch and price gets its
share of the time: whichever gains more is drawn more often.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from roster.engine.columns.anneal import SMALL, heats
from roster.engine.columns.branch_and_price import Tree
from roster.engine.columns.cooling import MOST_COOLING, Cooling, anneal_for
from roster.engine.columns.dive import Pace, dive, free_all
from roster.engine.columns.fewest_empty import least_of_posts
from roster.engine.columns.fix_and_optimise import fill, improve
from roster.engine.columns.generate import Deadline
from roster.engine.columns.large import improve_part, take
from roster.engine.columns.neighbourhood import choose, urgent
from roster.engine.columns.relaxation import Relaxed
from roster.engine.columns.state import NARROW, Prices, State

WHOLE_AFTER = ((0.0, 10.0), (60.0, 60.0))
"""After how many seconds a small team is searched whole, and for how long; later, the more cells there are."""

WHOLE_SHARE = 0.3
"""The most of what time is left that such a search gets: in a short one the small steps gain more."""

SQUARED = 1 / 8000
"""Seconds for each square of the number of cells: how long the small steps gain more."""

PART = 40
"""People of a part that is searched as a team of its own."""

TRUST = 3.0
"""Seconds after which what a neighbourhood has gained tells more than what all have."""

SLICE, SHORT = 4.0, 0.1
"""Seconds of one exact search on few cells, and of branch and price at a time; the most of what time is left that such
a piece of branch and price gets, and the quick dive of a small team: in a short search other ways gain more."""

BRANCHING, OFTEN_UP_TO = (0.5, 0.25), 1200
"""Share of the time that branch and price gets while it is not at its end: up to so many people times days, and beyond,
where each of its steps takes longer."""

FILLING, FILLING_AFTER = (0.6, 10.0), 0.1
"""Share of the time left and most seconds of an exact search by posts alone, where most of a wide gap is theirs; and
after what share of the time that ways which know all prices have had."""

SELDOM, TINY = 0.05, 200
"""The share of branch and price in a wide gap, and how many people times days are few enough to be searched whole
whatever the gap."""


@dataclass(slots=True)
class Sizes:
    """
    How much is freed at once, adapted to what comes of it; whether the whole was searched.

    `gains`, `spent` and `times` are what diving again, exact searches and annealing have gained so far, in how many
    seconds and times; `branching` are the seconds of branch and price, `cooling` is how the next annealing goes.
    """

    columns: float
    exact: float
    cooling: Cooling
    fails: int = 0
    wholes: int = 0
    gains: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    spent: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    times: list[int] = field(default_factory=lambda: [0, 0, 0])
    branching: float = 0.0

    def drawn(self, state: State) -> int:
        """Return the number of a way to go on: each gets the more time, the more it gains in it."""
        usual = max(1e-9, sum(self.gains)) / max(1e-9, sum(self.spent))
        gains, spent = np.array(self.gains), np.array(self.spent)
        rates = (gains + TRUST * usual) / (spent + TRUST)
        chances = rates * (np.array(self.times) + 1) / (spent + 1)
        return int(state.random.choice(len(rates), p=chances / chances.sum()))


def search_around(
    state: State, prices: Prices, begun: float, relaxed: Relaxed | None = None, tree: Tree | None = None
) -> None:
    """
    Search on until the state's deadline, or until its calendar is proven best.

    Parameters
    ----------
    state : Holds a calendar and what is known; without a calendar there are dives for one.
    prices : What the bound says of each cell.
    begun : When the whole search began.
    relaxed : For teams too large to dive on as a whole: how many of each kind should be where.
    tree : Branch and price, where the bound is one to begin from.
    """
    number, days, improving = len(state.team.members), state.team.days, time.monotonic()
    sizes = Sizes(
        min(1.0, max(0.05, min(0.3, 12 / number))),
        min(0.2, 200 / (number * days)),
        Cooling.of(state.team),
    )
    if relaxed is not None:
        anneal_for(state, MOST_COOLING, heats(state.team).good)
    filling = improving + FILLING_AFTER * state.deadline.left
    while not state.deadline.passed:
        state.exchange()
        if state.done:
            return
        narrow = state.narrow
        small = number * days <= (SMALL if narrow else TINY) and sizes.wholes < len(WHOLE_AFTER)
        share = BRANCHING[number * days > OFTEN_UP_TO] if narrow else SELDOM
        since = time.monotonic() - begun - SQUARED * (number * days) ** 2
        if not state.lines:
            free_all(state)
            take(state, dive(state, Pace(noise=0.2), state.deadline), "dive")
            if not state.lines:
                return
        elif time.monotonic() > filling:
            filling = np.inf
            _fill(state)
        elif (
            tree is not None and not tree.closed and sizes.branching <= share * (time.monotonic() - improving)
        ):
            at = time.monotonic()
            tree.run(Deadline(min(state.deadline.at, at + min(SLICE, SHORT * state.deadline.left))))
            sizes.branching += time.monotonic() - at
        elif small and state.bounding and since > WHOLE_AFTER[sizes.wholes][0]:
            _whole(state, min(WHOLE_AFTER[sizes.wholes][1], WHOLE_SHARE * state.deadline.left))
            sizes.wholes += 1
        else:
            _drawn(state, prices, sizes, relaxed)


def _fill(state: State) -> None:
    """Search for a calendar that holds more of the posts, where most of a wide gap is what they lack."""
    team = state.team
    if not state.lines or len(state.lines) * team.days > SMALL:
        return
    gap, lacking = state.best - max(0.0, state.rounded), state.cover.of(team.counts(state.lines))
    if gap > NARROW * team.unit and lacking > gap / 2:
        least = least_of_posts(team)
        if lacking - least > max(team.unit, gap / 2):
            seconds = min(FILLING[1], FILLING[0] * state.deadline.left)
            take(state, fill(state, seconds, ceil(least)), "filled")


def _drawn(state: State, prices: Prices, sizes: Sizes, relaxed: Relaxed | None) -> None:
    """Free some cells and dive again, search them exactly, or anneal: whichever has been of more use."""
    way, before, since = sizes.drawn(state), state.best, time.monotonic()
    if relaxed is not None and (way == 0 or urgent(state, prices)):
        way = 0
        _team_part(state, prices, relaxed)
    elif way == 0:
        _again(state, prices, sizes)
    elif way == 1:
        _part(state, prices, sizes)
    else:
        sizes.cooling.run(state)
    sizes.gains[way] += before - state.best
    sizes.spent[way] += time.monotonic() - since
    sizes.times[way] += 1


def _whole(state: State, seconds: float) -> None:
    """Search everything at once."""
    free = np.ones((len(state.team.members), state.team.days), bool)
    found = improve(state, free, seconds, whole=True)
    if found.lines is not None:
        state.offer(found.lines, "whole")
    if np.isfinite(found.bound):
        state.raise_bound(min(found.bound, state.best))


def _again(state: State, prices: Prices, sizes: Sizes) -> None:
    """Free some cells and dive again; the dive stops where nothing better is left."""
    generator, before = state.generator, state.best
    chosen = choose(state, prices, sizes.columns)
    for number, line in enumerate(state.lines):
        generator.master.add(number, line)
        generator.settle(number, tuple(np.where(chosen.cells[number], -1, line).tolist()))
    pace = Pace(0.15, 4, 0.1, better(state))
    found = dive(state, pace, state.deadline)
    if found is not None:
        state.offer(found, f"dive again, {chosen.kind}")
    if state.best < before:
        sizes.fails = 0
        return
    sizes.fails += 1
    if sizes.fails > 8:
        sizes.columns, sizes.fails = min(1.0, sizes.columns * 1.3), 0


def _team_part(state: State, prices: Prices, relaxed: Relaxed) -> None:
    """Search a part of the people as a team of its own."""
    chosen = choose(state, prices, min(0.4, PART / len(state.team.members)))
    found = improve_part(state, relaxed, chosen.cells, state.deadline)
    if found is not None:
        take(state, found, f"part, {chosen.kind}")


def _part(state: State, prices: Prices, sizes: Sizes) -> None:
    """Free some cells and search them exactly."""
    begun = time.monotonic()
    chosen = choose(state, prices, sizes.exact)
    seed = int(state.random.integers(1 << 20))
    found = improve(state, chosen.cells, SLICE, whole=False, seed=seed)
    if found.lines is not None:
        state.offer(found.lines, f"exact search, {chosen.kind}")
    if found.proven and time.monotonic() - begun < SLICE / 3:
        sizes.exact = min(1.0, sizes.exact * 1.05)
    elif not found.proven:
        sizes.exact = max(0.02, sizes.exact * 0.93)


def better(state: State) -> float:
    """Return what a better calendar costs at most."""
    return state.best - state.team.unit + 1e-6
