"""
The bound in exact arithmetic: prices as whole numbers of 1024ths, everybody's shortest walk recomputed at them.

Costs are whole numbers of a unit and prices of its 1024ths, so that every sum is exact in double precision as long as
it stays below 2**43. No solver is needed to believe the bound: any prices give one.
"""

from __future__ import annotations

import numpy as np

from roster.engine.columns.generate import cover_bound, priced_cells
from roster.engine.columns.master import Duals
from roster.engine.columns.pricing import Plans, Pricer
from roster.engine.columns.team import Team

PART = 1024
LARGEST = 2.0**43


def whole(duals: Duals) -> Duals:
    """Return prices rounded to 1024ths; a price that is 0 or on one side of 0 stays so."""
    return Duals(
        np.rint(duals.rows * PART) / PART,
        tuple(np.rint(slopes * PART) / PART for slopes in duals.slopes),
        duals.people,
    )


def exact_bound(team: Team, duals: Duals, pricers: list[Pricer] | None = None) -> float:
    """
    Return what no calendar of a team costs less than, exactly; minus infinity where sums grow too large to be
    exact.

    Parameters
    ----------
    team : The people with their costs.
    duals : Whole prices (see `whole`).
    pricers : Everybody's pricing problem, where it is made already.
    """
    plans: Plans = {}
    rewards = team.rewards(duals.rows)
    total = cover_bound(team, duals)
    for number, member in enumerate(team.members):
        pricer = pricers[number] if pricers is not None else Pricer(member, plans)
        total += pricer.shortest(priced_cells(member, rewards), duals.slopes[number], 1).cost
    return total if abs(total) < LARGEST else -np.inf
