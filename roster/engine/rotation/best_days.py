"""
The days of all types that cost the fewest points, people settled: all types at once, or one after the other.

The relaxation shows where to look, and when to stop: what is within a few percent of it is not searched. Round
several weeks all types at once are slow, and type after type, each solved in tenths of a second, is most of the way.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from roster.engine.integer_program import Terms, restricted, worth
from roster.engine.rotation.first_rota import NEAR
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import RotationModel
from roster.engine.solvers.mip import branch_and_bound

GAP = 0.05
"""How far above the relaxation days are good enough, as a share of their points."""

GOOD_ENOUGH = f"output_flag=false,mip_rel_gap={GAP},mip_heuristic_run_feasibility_jump=false"
"""Settings for days whose points need no proof: the search may stop so far above its bound."""

AT_ONCE_SHARE = 0.8
"""Share of the time left for all types at once; the rest is for one after the other where that finds nothing."""


@dataclass(frozen=True, slots=True)
class SoftRuleProblem:
    """A model with soft rules, the points to make least, and the monotonic time at which the search has to end."""

    model: RotationModel
    objective: Terms
    ends: float

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.ends - time.monotonic()

    def close(self, values: Sequence[int], bound: int) -> bool:
        """Whether a solution is so close to a bound that searching on gains little."""
        return worth(self.objective, values) * (1 - GAP) <= bound


def best_days(wanted: SoftRuleProblem, begun: Sequence[int]) -> tuple[int, ...]:
    """
    Return the days of all types that cost the fewest points, whether or not each type goes round in one rotation.

    Parameters
    ----------
    begun : A solution to begin with; what is found costs no more, unless it is not within the limits of the model.

    Returns
    -------
    Nothing where nothing better than `begun` was found.
    """
    model, best = wanted.model, tuple(begun)
    relaxed = branch_and_bound(model.program, wanted.objective, wanted.left, frozenset())
    if not relaxed.found or relaxed.bound is None or wanted.close(best, relaxed.bound):
        return ()
    if model.days > WEEK_DAYS:
        best = one_after_the_other(wanted, best)
    if not wanted.close(best, relaxed.bound):
        for program in (model.program.near(relaxed.values, NEAR), model.program):
            seconds = wanted.left * AT_ONCE_SHARE
            found = branch_and_bound(program, wanted.objective, seconds, settings=GOOD_ENOUGH)
            if found.found:
                return min(found.values, best, key=lambda values: worth(wanted.objective, values))
    if best == tuple(begun):
        best = one_after_the_other(wanted, best)
    return best if best != tuple(begun) else ()


def one_after_the_other(wanted: SoftRuleProblem, begun: tuple[int, ...]) -> tuple[int, ...]:
    """Return days in which no type's own can be much better while the others' stay as they are."""
    best, model = list(begun), wanted.model
    unchanged = 0
    while unchanged < len(model.flows) and wanted.left > 0:
        for name in model.flows:
            before = worth(wanted.objective, best)
            small = restricted(model.program, best, model.free_with(name))
            points = small.own(wanted.objective)
            found = branch_and_bound(small.program, points, wanted.left, settings=GOOD_ENOUGH)
            better = small.set_in(best, found.values) if found.found else best
            unchanged += 1
            if worth(wanted.objective, better) < before:
                best, unchanged = better, 1
            if unchanged >= len(model.flows):
                break
    return tuple(best)
