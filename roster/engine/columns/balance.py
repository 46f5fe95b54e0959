"""
A first calendar in one pass: everybody takes a cheap walk that keeps to how many of their kind should be where.

How many should be where, and the prices, come from `relaxation`. Who has had a duty leaves one less of it to the
others; what is left over is mended by best responses.
"""

from __future__ import annotations

import numpy as np

from roster.engine.columns.generate import priced_cells
from roster.engine.columns.one_person_program import alone
from roster.engine.columns.relaxation import Relaxed
from roster.engine.columns.state import State
from roster.engine.columns.team import Line

DRAWN = 0.02
"""What a cell that nobody of the kind should have costs more than one that all should have, in prices of a place."""

TAKEN = 0.1
"""What a cell costs more for each person of the kind who is there already beyond the number wanted."""


def balance(state: State, relaxed: Relaxed) -> list[Line] | None:
    """Return a calendar near the numbers wanted, different each time; None where somebody has no lawful one."""
    team = state.team
    usual = team.usual
    rewards = team.rewards(relaxed.duals.rows)
    lines: list[Line | None] = [None] * len(team.members)
    days = np.arange(team.days)
    for kind, wanted in zip(team.kinds, relaxed.wanted, strict=True):
        rest, left = wanted.copy(), len(kind.members)
        for number in state.random.permutation(np.array(kind.members)).tolist():
            bias = DRAWN * usual * (1 - rest / left) + TAKEN * usual * np.maximum(0.0, 0.5 - rest)
            cells = priced_cells(team.members[number], rewards) + bias
            walks = state.generator.pricers[number].shortest(cells, relaxed.duals.slopes[number])
            line = walks.lines[0] if walks.lines else None
            if line is None and np.isfinite(walks.cost):
                line = alone(team.members[number], cells)
            if line is None:
                return None
            lines[number] = line
            rest[days, list(line)] -= 1
            left -= 1
    return [line for line in lines if line is not None]
