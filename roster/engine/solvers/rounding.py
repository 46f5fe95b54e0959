"""
Whole values for some variables by rounding a warm relaxation: a third of what is nearest at a time, then a few pivots.

Where the sums of many teams' days are looked for, a relaxation is whole but for some dozens of sums, and little is
lost by rounding them. Thirty relaxations gone on with take a second where HiGHS, whose heuristics begin anew, takes
ten. What a few corners of the relaxation do not lead to is left to it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from math import ceil, floor

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.dual_simplex import NEAR_WHOLE, Relaxed, WarmRelaxation

SHARE = 0.3
"""Share of the fractions that are rounded at once."""

FEWER = 4
"""By how much fewer are, where rounding so many leaves nothing."""

CORNERS = 4
"""Corners of the relaxation that are begun from: one of little of everything, then by prices drawn at random."""

STEPS = 200
"""Relaxations solved from one corner at most."""


def roundings(program: Program, whole: frozenset[int], seconds: float) -> Iterator[tuple[int, ...]]:
    """
    Yield values that keep a program's rows, for some variables whole and for others rounded for reading.

    Parameters
    ----------
    program : The program.
    whole : The variables that must be whole.
    seconds : Wall time at most.
    """
    ends = time.monotonic() + seconds
    for prices in _prices(len(program.lower)):
        if found := _from_corner(WarmRelaxation(program, prices), whole, ends):
            yield tuple(map(round, found.values))


def _prices(variables: int) -> Iterator[Terms]:
    draw = random.Random(1)
    yield [(variable, 1) for variable in range(variables)]
    for _ in range(1, CORNERS):
        yield [(variable, draw.randrange(50, 150)) for variable in range(variables)]


def _from_corner(warm: WarmRelaxation, whole: frozenset[int], ends: float) -> Relaxed | None:
    """Round until nothing is left to round; None where that leads nowhere."""
    found, share = warm.solve(ends - time.monotonic()), SHARE
    for _ in range(STEPS):
        left = ends - time.monotonic()
        if found.status is not Status.OPTIMAL or left <= 0:
            return None
        nearest = _nearest(found, whole)
        if not nearest:
            return found
        some = nearest[: max(1, int(len(nearest) * share))]
        before = [(v, warm.program.lower[v], warm.program.upper[v]) for v in some]
        _round(warm, found, some)
        step = warm.solve(left)
        if step.status is Status.OPTIMAL:
            found, share = step, SHARE
            continue
        for variable, lower, upper in before:
            warm.limit(variable, upper, lower)
        if len(some) > 1:
            share /= FEWER
            continue
        _round(warm, found, some, over=True)
        found, share = warm.solve(left), SHARE
    return None


def _nearest(found: Relaxed, whole: Iterable[int]) -> list[int]:
    """Return the variables that are not whole yet, those nearest to a whole number first."""
    off = ((abs(found.values[v] - round(found.values[v])), v) for v in whole)
    return [v for far, v in sorted(off) if far > NEAR_WHOLE]


def _round(warm: WarmRelaxation, found: Relaxed, some: Iterable[int], *, over: bool = False) -> None:
    """Bring variables to the nearest whole number or beyond it; `over` for the whole number on their other side."""
    for variable in some:
        value, lower, upper = (
            found.values[variable],
            warm.program.lower[variable],
            warm.program.upper[variable],
        )
        if (value - floor(value) > 0.5) != over:
            lower = ceil(value)
        else:
            upper = floor(value)
        warm.limit(variable, upper, lower)
