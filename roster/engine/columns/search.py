"""
The search for the best calendar: a first one, the bound, a dive, then neighbourhoods until time is up or it is optimal.

It stops at any moment with the best calendar so far and the bound reached.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from roster.engine.columns.anneal import anneal
from roster.engine.columns.best_response import respond
from roster.engine.columns.branch_and_price import Tree
from roster.engine.columns.dive import Pace, dive, free_all
from roster.engine.columns.fewest_empty import least_of_posts
from roster.engine.columns.fix_and_optimise import fill, improve
from roster.engine.columns.generate import Deadline, explore, generate
from roster.engine.columns.large import DRAWS, ROUNDS, begin, draw, improve_part, rounds, take
from roster.engine.columns.master import Duals
from roster.engine.columns.neighbourhood import choose, urgent
from roster.engine.columns.relaxation import Relaxed, relax
from roster.engine.columns.state import BetterCalendar, Prices, State, TellCalendar, weigh
from roster.engine.columns.team import Line, Team

SMALL = 600
"""People times days up to which everything is also searched at once."""

WHOLE_AFTER = ((0.0, 10.0), (60.0, 60.0))
"""After how many seconds a small team is searched whole, and for how long; later, the more cells there are."""

WHOLE_SHARE = 0.3
"""The most of what time is left that such a search gets: in a short one the small steps gain more."""

SQUARED = 1 / 8000
"""Seconds for each square of the number of cells: how long the small steps gain more."""

QUICK, CAREFUL = Pace(0.3, 2), 8.0
"""The first dive of all; a careful one follows where so many times what it took is left."""

MANY, HURRIED, SOON = 7, 20, 15.0
"""People beyond which the relaxation is asked first, and beyond which, without one, a dive in a hurry comes first: of
more than `MANY` where nothing is known to begin from and the search is shorter than `SOON` seconds."""

DIVE_ALL, MASTER = 100, 60
"""People up to whom a dive settles everybody at once, and the master problem is solved to its end in any case."""

MASTER_SECONDS = 0.008
"""Seconds for each square of the number of people from which it is for more: 150 take 46 s to its end, 30 to a dive."""

PART = 40
"""People of a part that is searched as a team of its own."""

FIRST_COOLING, FIRST_SHARE = 2.0, 0.05
"""Seconds of annealing before anything else is solved, and the most of the whole time."""

COOLING, MOST_COOLING, SHORTEST_COOLING = 0.006, 0.25, 0.2
"""Seconds of annealing for each of the people times days; the most of what is left that it takes at once; the least
of its seconds, below which it is of no use."""

BRIEF = 1.0
"""Seconds of annealing at a time where the gap is narrow: there other ways gain more."""

WARM, COLD, HOT, WARMER = 0.1, 0.01, 0.3, 1.7
"""How hot annealing begins: from a first calendar, and of a small team in any case, which is soon cooled again; from a
good one of more people, which great heat would undo; the most, and how much hotter it begins after a cooling that has
gained nothing. At the most it is slower by as much."""

TRUST = 3.0
"""Seconds after which what a neighbourhood has gained tells more than what all have."""

SLICE, SHORT = 4.0, 0.1
"""Seconds of one exact search on few cells, and of branch and price at a time; the most of what time is left that such
a piece of branch and price gets, and a quick dive from the master problem: in a short search other ways gain more."""

BRANCHING, OFTEN_UP_TO = (0.5, 0.25), 1200
"""Share of the time that branch and price gets while it is not at its end: up to so many people times days, and beyond,
where each of its steps takes longer."""

FILLING, FILLING_AFTER = (0.6, 10.0), 0.1
"""Share of the time left and most seconds of an exact search by posts alone, where most of a wide gap is theirs; and
after what share of the time that ways which know all prices have had."""

NARROW, SELDOM, TINY = 50, 0.05, 200
"""How many steps of value a gap may have for exact searches of everything to close it step by step; the share of branch
and price in a wider one; and how many people times days are few enough to be searched whole whatever the gap."""


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


def run(state: State, seconds: float, first: Sequence[Line] = ()) -> None:
    """
    Search until the state's deadline; the state holds what was found even if this is interrupted.

    Parameters
    ----------
    state : Holds the team, the deadline and what is found.
    seconds : The whole time of the search, which is shared out among its parts.
    first : Everybody's calendar, where one is known.
    """
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
    anneal(state, min(FIRST_COOLING, FIRST_SHARE * seconds), WARM)
    if len(state.team.members) > (MANY if seconds < SOON and not first else HURRIED):
        _hurry(state, begun, seconds)
    _whole_dive(state, begun, seconds)


def _whole_dive(state: State, begun: float, seconds: float) -> None:
    """Solve the master problem to its end, or for most of the time; settle everybody from there, and go on."""
    generate(state.generator, Deadline(begun + 0.5 * seconds), boxes(state.team), state.bound)
    state.prove()
    if state.done or state.deadline.passed:
        return
    prices = weigh(state, state.prices or state.generator.master.solve())
    tree = _tree(state, prices)
    dived = time.monotonic()
    ends = min(begun + 0.9 * seconds, dived + SHORT * state.deadline.left)
    before, found = state.best, dive(state, QUICK, Deadline(ends))
    take(state, found, "quick dive")
    lines = found or ()
    if state.best < before and state.deadline.left > CAREFUL * (time.monotonic() - dived) and not state.done:
        free_all(state)
        found = dive(state, Pace(limit=_better(state)), Deadline(begun + 0.9 * seconds))
        take(state, found, "dive")
    if not state.done:
        _anneal(state, FIRST_SHARE, COLD, lines=lines if state.best >= before else ())
    _improve(state, prices, begun, tree=tree)


def _tree(state: State, prices: Prices) -> Tree | None:
    """Return the tree of branch and price; None where the bound is not that of the prices."""
    return None if state.prices is None or state.searched else Tree(state, prices, state.proven)


def _narrow(state: State) -> bool:
    """Whether the gap is narrow enough to be closed step by step."""
    return state.best - state.rounded <= NARROW * state.team.unit


def _better(state: State) -> float:
    """Return what a better calendar costs at most."""
    return state.best - state.team.unit + 1e-6


def _large(state: State, relaxed: Relaxed, begun: float, seconds: float) -> None:
    """Search for a calendar of many people: a dive of all where that is quick enough, then of parts."""
    number = len(state.team.members)
    begin(state, relaxed, Deadline(begun + 0.15 * seconds))
    anneal(state, min(FIRST_COOLING, FIRST_SHARE * seconds), WARM)
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
        _improve(state, weigh(state, state.bound.duals or relaxed.duals), begun, relaxed)


def _hurry(state: State, begun: float, seconds: float) -> None:
    """Dive as soon as there are columns at all: a first calendar, long before the bound."""
    explore(state.generator, Deadline(begun + 0.2 * seconds), state.bound)
    found = dive(state, Pace(0.3, 1, columns=1), Deadline(begun + 0.4 * seconds))
    take(state, found, "dive in a hurry")
    free_all(state)


def go_on(state: State, seconds: float) -> None:
    """
    Search on from what a search has come to.

    Parameters
    ----------
    state : Holds what was found, a calendar at least; its deadline is moved.
    seconds : How long.
    """
    now = time.monotonic()
    state.deadline = Deadline(now + seconds)
    free_all(state)
    prices = weigh(state, state.prices or state.generator.master.solve())
    _improve(state, prices, now, tree=_tree(state, prices))


def boxes(team: Team) -> tuple[float, ...]:
    """Return how dear an empty place may be, in growing boxes."""
    prices = sorted({extra.price for extra in team.extras if extra.price > 0})
    if not prices:
        return (np.inf,)
    usual = team.usual
    return (*(share * usual for share in (0.05, 0.2, 1.0) if share * usual < prices[-1]), np.inf)


@dataclass(slots=True)
class Sizes:
    """
    How much is freed at once, adapted to what comes of it; whether the whole was searched.

    `gains`, `spent` and `times` are what diving again, exact searches and annealing have gained so far, in how many
    seconds and times; `branching` are the seconds of branch and price, `hot` how hot annealing begins, and `slower` how
    many times slower it cools than at first.
    """

    columns: float
    exact: float
    fails: int = 0
    wholes: int = 0
    gains: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    spent: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    times: list[int] = field(default_factory=lambda: [0, 0, 0])
    branching: float = 0.0
    hot: float = COLD
    slower: float = 1.0

    def drawn(self, state: State) -> int:
        """Return the number of a way to go on: each gets the more time, the more it gains in it."""
        usual = max(1e-9, sum(self.gains)) / max(1e-9, sum(self.spent))
        gains, spent = np.array(self.gains), np.array(self.spent)
        rates = (gains + TRUST * usual) / (spent + TRUST)
        chances = rates * (np.array(self.times) + 1) / (spent + 1)
        return int(state.random.choice(len(rates), p=chances / chances.sum()))


def _improve(
    state: State, prices: Prices, begun: float, relaxed: Relaxed | None = None, tree: Tree | None = None
) -> None:
    number, days, improving = len(state.team.members), state.team.days, time.monotonic()
    sizes = Sizes(
        min(1.0, max(0.05, min(0.3, 12 / number))),
        min(0.2, 200 / (number * days)),
        hot=WARM if number * days <= SMALL else COLD,
    )
    if relaxed is not None:
        _anneal(state, MOST_COOLING, COLD)
    filling = improving + FILLING_AFTER * state.deadline.left
    while not state.deadline.passed and not state.done:
        narrow = _narrow(state)
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
        elif small and since > WHOLE_AFTER[sizes.wholes][0]:
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


def _anneal(state: State, share: float, hot: float, slower: float = 1.0, lines: Sequence[Line] = ()) -> bool:
    """Anneal for as long as so many people and days take, at most for a share of the time left; whether it helped."""
    before, left = state.best, state.deadline.left
    seconds = slower * COOLING * len(state.team.members) * state.team.days
    if _narrow(state):
        seconds = min(seconds, BRIEF)
    # What is left in the end is better one cooling than many in a hurry.
    seconds = min(seconds, left if left < seconds else max(share * left, SHORTEST_COOLING * seconds))
    anneal(state, seconds, hot, lines)
    return state.best < before


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
    elif not _anneal(state, MOST_COOLING, sizes.hot, sizes.slower):
        sizes.slower *= WARMER if sizes.hot == HOT else 1.0
        sizes.hot = min(HOT, WARMER * sizes.hot)
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
    pace = Pace(0.15, 4, 0.1, _better(state))
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
