"""One team after another: what is found keeps every row, and nothing is found where nothing is."""

from __future__ import annotations

import random

import pytest

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, worth
from roster.engine.rotation.team_by_team import team_by_team
from roster.engine.solvers.mip import branch_and_bound


def teams(seed: int) -> tuple[Program, list[frozenset[int]]]:
    """Three teams alike of four variables each, tied by one row, with three more that no team has."""
    draw = random.Random(seed)
    program = Program([0] * 15, [6] * 15)
    own = [([draw.randint(-2, 3) for _ in range(4)], draw.randint(0, 9)) for _ in range(2)]
    for first in range(0, 12, 4):
        for factors, least in own:
            program.at_least([(first + at, f) for at, f in enumerate(factors)], least, "own")
    together = [draw.randint(0, 2) for _ in range(4)]
    most = draw.randint(5, 40)
    program.between([(v, together[v % 4]) for v in range(12)], most - 3, most, "tied")
    for held in range(12, 15):
        program.at_least([(held, 1), (held - 12, -1)], 0, "held")
    return program, [frozenset(range(first, first + 4)) for first in range(0, 12, 4)]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_keeps_every_row(seed: int) -> None:
    program, own = teams(seed)
    values = team_by_team(program, own, frozenset({0, 4, 8}), 10)
    if branch_and_bound(program, [], 10).status is Status.INFEASIBLE:
        assert values == ()
    for variable, value in enumerate(values):
        assert program.lower[variable] <= value <= program.upper[variable]
    for row in program.rows if values else ():
        came = worth(row.terms, values)
        assert row.lower is None or came >= row.lower
        assert row.upper is None or came <= row.upper


def test_most_of_what_can_be_found_is() -> None:
    asked = [teams(seed) for seed in range(40)]
    there = [pair for pair in asked if branch_and_bound(pair[0], [], 10).found]
    found = [pair for pair in there if team_by_team(*pair, frozenset(), 10)]
    assert 0 < len(there) < len(asked)
    assert len(found) > 0.8 * len(there)
