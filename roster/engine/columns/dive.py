"""
The diving heuristic: from the linear program to a calendar, cell by cell, with columns added on the way.

Each round settles every cell that the linear program is sure of, and for the people nearest to whole one cell more
each; then two or three rounds of columns at the prices that follow. Columns that say otherwise are shut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roster.engine.columns.best_response import respond
from roster.engine.columns.generate import Deadline
from roster.engine.columns.state import State
from roster.engine.columns.team import Floats, Line

SURE = 0.999
LIKELY = 0.55

ON_TIME, FASTER, FASTEST = 0.9, 1.2, 0.5
"""What share of the cells, for each of the time, is settled in a dive that ends in time; how much faster it goes else,
and how fast at most: where everybody is settled at once, posts stay empty."""


@dataclass(frozen=True, slots=True)
class Pace:
    """
    How fast to settle.

    `share` of the people who are not whole get one more cell each round, after `rounds` of columns; `noise` makes dives
    differ; `limit`: a dive stops where the linear program passes it.
    """

    share: float = 0.08
    rounds: int = 3
    noise: float = 0.0
    limit: float = np.inf
    columns: int = 2


def free_all(state: State) -> None:
    """Settle nothing."""
    for number in range(len(state.team.members)):
        state.generator.settle(number, (-1,) * state.team.days)


def dive(state: State, pace: Pace, deadline: Deadline) -> list[Line] | None:
    """
    Settle cells until everybody is whole, from where the generator stands.

    Returns None where the linear program passes the limit, or time ran out in a dive with a limit; without one, what
    is left when time runs out is filled by everybody's heaviest columns and best responses.

    Parameters
    ----------
    state : The search; its generator's settled cells and columns are where the dive begins.
    pace : How fast cells are settled, and at what value of the linear program the dive ends.
    deadline : Ends the dive.
    """
    generator, begun = state.generator, deadline.left
    while True:
        loose = [int(n) for n in np.flatnonzero((generator.settled < 0).any(axis=1))]
        for turn in range(pace.rounds + 1):
            duals = generator.master.solve()
            if not loose or deadline.passed or turn == pace.rounds:
                break
            _, added = generator.add_columns(loose, duals, duals, pace.columns)
            if not added:
                break
        if generator.master.value > pace.limit:
            return None
        if not loose:
            return [tuple(int(duty) for duty in cells) for cells in generator.settled]
        if deadline.passed:
            return None if np.isfinite(pace.limit) else finish(state)
        if not np.isfinite(pace.limit):
            settled = float((generator.settled >= 0).mean())
            pace = in_time(pace, settled, 1 - deadline.left / begun if begun else 1.0)
        _settle(state, pace, loose)


def in_time(pace: Pace, settled: float, used: float) -> Pace:
    """
    Return a faster pace where less is settled than should be after a part of the time; cells come faster later.

    Parameters
    ----------
    pace : How fast cells are settled now.
    settled, used : Shares of the cells that are settled, and of the time that is gone, 0 to 1.
    """
    if settled >= ON_TIME * used - 0.1:
        return pace
    return Pace(max(pace.share, min(FASTEST, FASTER * pace.share)), 1, pace.noise, pace.limit, 1)


def _settle(state: State, pace: Pace, loose: list[int]) -> None:
    generator = state.generator
    shares = _cells(state, loose)
    best: dict[int, tuple[float, int, int]] = {}
    fresh: dict[int, dict[int, int]] = {}
    for number, cells in shares.items():
        open_days = np.flatnonzero(generator.settled[number] < 0)
        top = cells[open_days].max(axis=1)
        duties = cells[open_days].argmax(axis=1)
        for day, share, duty in zip(open_days.tolist(), top.tolist(), duties.tolist(), strict=True):
            if share > SURE:
                fresh.setdefault(number, {})[day] = duty
                continue
            weight = share + (pace.noise * float(state.random.random()) if share > 0.3 else 0.0)
            if weight > best.get(number, (SMALLEST, 0, 0))[0]:
                best[number] = (weight, day, duty)
    order = sorted(best, key=lambda number: -best[number][0])
    for rank, number in enumerate(order[: max(1, int(pace.share * len(loose)))]):
        weight, day, duty = best[number]
        if rank and weight < LIKELY and fresh:
            break
        fresh.setdefault(number, {})[day] = duty
    for number, cells_of in fresh.items():
        settled = generator.settled[number].copy()
        for day, duty in cells_of.items():
            settled[day] = duty
        generator.settle(number, tuple(settled.tolist()))


SMALLEST = 1e-6
"""Shares below are rounding."""


def _cells(state: State, loose: list[int]) -> dict[int, Floats]:
    """Return how sure the linear program is of each duty on each day, for people who are not whole."""
    master, team = state.generator.master, state.team
    found = {number: np.zeros(team.members[number].own.shape) for number in loose}
    days = np.arange(team.days)
    for column, share in zip(master.columns, master.shares().tolist(), strict=True):
        if share > 1e-9 and column.member in found:
            found[column.member][days, list(column.line)] += share
    return found


def finish(state: State) -> list[Line] | None:
    """Return everybody's heaviest open column, and two passes of best responses: what to do when time is up."""
    master = state.generator.master
    top: dict[int, tuple[float, Line]] = {}
    for at, (column, share) in enumerate(zip(master.columns, master.shares().tolist(), strict=True)):
        if at not in master.shut and share > top.get(column.member, (-1.0, ()))[0]:
            top[column.member] = (share, column.line)
    free_all(state)
    lines: list[Line | None] = [
        top[number][1] if number in top else (state.lines[number] if state.lines else None)
        for number in range(len(state.team.members))
    ]
    return respond(state, lines, 2, Deadline(state.deadline.at + 10))
