"""Whole values by rounding: what is found keeps every row, and rounding that leads nowhere is taken back."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, worth
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.rounding import roundings


def rounded(program: Program, whole: frozenset[int], seconds: float = 10) -> tuple[int, ...]:
    return next(roundings(program, whole, seconds), ())


def sums(seed: int) -> Program:
    """Twelve sums within random rows, most of which leave little to spare."""
    draw = random.Random(seed)
    program = Program([0] * 12, [9] * 12)
    for _ in range(6):
        some = draw.sample(range(12), 5)
        least = draw.randint(5, 40)
        program.between([(v, draw.randint(1, 4)) for v in some], least, least + draw.randint(1, 4), "row")
    return program


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_keeps_every_row(seed: int) -> None:
    program = sums(seed)
    values = rounded(program, frozenset(range(12)))
    for row in program.rows if values else ():
        assert (row.lower or 0) <= worth(row.terms, values) <= (row.upper or 0)
    if branch_and_bound(program, [], 10).status is Status.INFEASIBLE:
        assert values == ()


def test_most_of_what_can_be_found_is() -> None:
    asked = [sums(seed) for seed in range(40)]
    there = [program for program in asked if branch_and_bound(program, [], 10).found]
    found = [program for program in there if rounded(program, frozenset(range(12)))]
    assert 0 < len(there) < len(asked)
    assert len(found) > 0.6 * len(there)


def test_only_what_must_be_whole_is() -> None:
    program = Program([0, 0], [5, 5])
    program.equal([(0, 2), (1, 2)], 3, "half")
    assert rounded(program, frozenset({0, 1})) == ()
    whole, rest = rounded(program, frozenset({0}))
    assert abs(Fraction(3, 2) - whole - rest) == Fraction(1, 2)


def test_nothing_is_begun_without_time() -> None:
    assert rounded(sums(0), frozenset(range(12)), 0.0) == ()
