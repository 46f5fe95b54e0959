"""
Whole solutions by branching on a warm relaxation: each step is a bound changed, and a few pivots of the dual simplex.

For calendars the relaxation's value is nearly always reached. A dive that follows its largest fractions then ends
after a dozen steps at most, of some milliseconds each, where HiGHS takes a tenth of a second and more to set out. What
is not settled within some steps is left to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain.outcome import Status
from roster.engine.integer_program import Terms, worth
from roster.engine.solvers.dual_simplex import NEAR_WHOLE, Relaxed, WarmRelaxation
from roster.engine.solvers.search import Search, Solution

STEPS, VARIABLES = 16, 200_000
"""
How many relaxations are solved before the search is left to others: so many, or more where all of them together have no
more than so many variables. What is settled at all takes twelve at most on the tertiary hospital.
"""


@dataclass(slots=True)
class _Tree:
    """The best whole solution so far, the value that it need not beat, and what may still be spent."""

    warm: WarmRelaxation
    objective: Terms
    bound: int
    search: Search
    steps: int
    values: tuple[int, ...] = ()
    value: int | None = None

    @property
    def spent(self) -> bool:
        return self.steps <= 0 or self.search.seconds_left <= 0


def branched(warm: WarmRelaxation, objective: Terms, relaxed: Relaxed, search: Search) -> Solution | None:
    """
    Return the best whole solution of a relaxation that is solved; None where it was not settled in some steps.

    The relaxation's bounds are afterwards as they were.

    Parameters
    ----------
    warm, objective : The relaxation, and the terms that are to be least.
    relaxed : What the relaxation came to.
    search : Its deadline is kept.
    """
    tree = _Tree(warm, objective, relaxed.bound, search, max(STEPS, VARIABLES // len(relaxed.values)))
    settled = _below(tree, relaxed)
    if tree.value is None:
        return Solution(Status.INFEASIBLE, (), None, None) if settled else None
    if settled or tree.value == relaxed.bound:
        return Solution(Status.OPTIMAL, tree.values, tree.value, tree.value)
    return None


def _below(tree: _Tree, relaxed: Relaxed) -> bool:
    """Search below a relaxation; return whether everything better than the best was looked at."""
    if relaxed.status is Status.INFEASIBLE:
        return True
    if relaxed.status is not Status.OPTIMAL:
        return False
    if tree.value is not None and relaxed.bound >= tree.value:
        return True
    branch = _largest_fraction(relaxed.values)
    if branch is None:
        tree.values = relaxed.rounded
        tree.value = worth(tree.objective, tree.values)
        return True
    lower, upper = tree.warm.program.lower[branch], tree.warm.program.upper[branch]
    floor = math.floor(relaxed.values[branch])
    settled = True
    for least, most in ((floor + 1, upper), (lower, floor)):
        if tree.spent:
            return False
        tree.steps -= 1
        tree.warm.limit(branch, most, least)
        settled &= _below(tree, tree.warm.solve(tree.search.seconds_left))
        tree.warm.limit(branch, upper, lower)
        if tree.value == tree.bound:
            return True
    return settled


def _largest_fraction(values: Sequence[float]) -> int | None:
    """Return the variable that is nearest below a whole number without being one; None where all are whole."""
    best, branch = NEAR_WHOLE, None
    for variable, value in enumerate(values):
        over = value - math.floor(value)
        if best < over < 1 - NEAR_WHOLE:
            best, branch = over, variable
    return branch
