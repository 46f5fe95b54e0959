"""Programs with what is alike made one: the same bound in fractions, and never one above what whole numbers reach."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms, worth
from roster.engine.rotation.model import build
from roster.engine.rotation.taking_turns import equal_types
from roster.engine.solvers.merged import merged
from roster.engine.solvers.mip import branch_and_bound, relaxed
from tests.small import H, post, staff, world


def campuses(number: int, seed: int) -> tuple[Program, Terms]:
    """So many times the same random rows of four variables, and one random row over all of them."""
    draw = random.Random(seed)
    program = Program([0] * (4 * number), [9] * (4 * number))
    own = [([draw.randint(0, 3) for _ in range(4)], draw.randint(1, 9)) for _ in range(3)]
    for first in range(0, 4 * number, 4):
        for factors, least in own:
            program.at_least([(first + at, f) for at, f in enumerate(factors)], least, "own")
    tied = [draw.randint(0, 2) for _ in range(4)]
    program.at_least([(v, tied[v % 4]) for v in range(4 * number)], draw.randint(1, 20), "tied")
    prices = [draw.randint(1, 5) for _ in range(4)]
    return program, [(v, prices[v % 4]) for v in range(4 * number)]


@pytest.mark.parametrize("seed", range(25))
def test_fractions_have_the_same_bound_and_whole_sums_none_too_high(seed: int) -> None:
    program, aim = campuses(3, seed)
    small = merged(program, [aim])
    assert len(small.program.lower) <= 4
    status, value = relaxed(program, aim)
    fewer, same = relaxed(small.program, small.sum_of(aim))
    assert (fewer, same) == (status, pytest.approx(value))
    found = branch_and_bound(program, aim, 10)
    if found.status is Status.OPTIMAL:
        bound = branch_and_bound(small.program, small.sum_of(aim), 10)
        assert bound.status is Status.OPTIMAL
        assert (bound.bound or 0) <= worth(aim, found.values)


def test_what_an_aim_or_a_bound_tells_apart_stays_apart() -> None:
    program = Program([0, 0, 0, 1], [5, 5, 5, 5])
    program.at_least([(v, 1) for v in range(4)], 3, "all")
    assert len(merged(program, []).program.lower) == 2
    assert len(merged(program, [[(0, 2), (1, 1), (2, 1)]]).program.lower) == 3
    assert len(merged(program, [], frozenset({1})).program.lower) == 3
    assert len(merged(program, [], kinds={0: 0, 1: 1}).program.lower) == 4


def test_a_sum_is_spread_evenly_and_without_loss() -> None:
    program = Program([0, 0, 0, 1], [5, 5, 5, 5])
    program.at_least([(v, 1) for v in range(4)], 3, "all")
    small = merged(program, [])
    values = [0, 0]
    values[small.number[0]], values[small.number[3]] = 7, 4
    assert small.spread(values) == (3, 2, 2, 4)


def test_equal_campuses_make_a_program_no_larger_than_fewer_of_them() -> None:
    sizes = []
    for number in (6, 9):
        names = [f"c{at}" for at in range(number)]
        posts = [post(f"desk {name}", 8, 8, name) for name in names]
        call = post("call", 16, 8, *names, people=number)
        model = build(world(*(staff(name, "DE", net_minutes=40 * H) for name in names), posts=(*posts, call)))
        assert [len(group) for group in equal_types(model)] == [number]
        sizes.append(len(merged(model.program, [model.people], model.bodies).program.lower))
    assert sizes[0] == sizes[1]


def test_a_program_without_variables_stays_impossible() -> None:
    program = Program()
    program.at_least([], 1, "nobody")
    assert branch_and_bound(merged(program, []).program, [], 10).status is Status.INFEASIBLE


class Blind:
    """Draws that tell nothing apart at first."""

    def __init__(self, seed: int) -> None:
        self.draws, self.asked = np.random.Generator(np.random.PCG64(seed)), 0

    def integers(self, low: int, high: int, size: int, dtype: type[np.uint64]) -> Any:
        self.asked += 1
        return np.zeros(size, dtype) if self.asked <= 2 else self.draws.integers(low, high, size, dtype)


def test_what_draws_leave_together_by_chance_is_told_apart_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, aim = campuses(3, 1)
    program.at_most([(0, 2), (5, 1)], 8, "two of them")
    told = merged(program, [aim])
    monkeypatch.setattr(np.random, "default_rng", Blind)
    assert merged(program, [aim]) == told
    assert len(told.program.lower) > 4
