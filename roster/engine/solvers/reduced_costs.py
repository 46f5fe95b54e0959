"""
Whole solutions from a linear relaxation: its value is the bound, its reduced costs say which variables may move.

For calendars the relaxation is nearly always tight, often whole, and GLOP's dual simplex solves it in 0.04 s where
HiGHS takes 0.25 for the same. What is a fraction is branched on; what that does not settle is searched for with HiGHS,
upwards from the bound, among the few variables that could move without costing more.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms, restricted, worth
from roster.engine.solvers.diving import branched
from roster.engine.solvers.dual_simplex import Relaxed, WarmRelaxation
from roster.engine.solvers.mip import AS_IT_IS, HIGHS_SETTINGS, branch_and_bound, minimise
from roster.engine.solvers.search import Search, Solution

STEPS = 4
"""How many values above the relaxation's are tried among few variables, before all may move."""

HALF = 0.5
"""From so much on an unwanted variable is used."""

UNDECIDED = Solution(Status.UNKNOWN, (), None, None)


def least(program: Program, objective: Terms, search: Search, unwanted: Sequence[int] = ()) -> Solution:
    """
    Return a solution of the least objective: by the relaxation, with HiGHS, or where that ends early with
    CP-SAT.

    Parameters
    ----------
    program, objective : The program, and the terms that are to be least.
    search : Deadline and settings.
    unwanted : Variables; where the relaxation uses one, only its bound is returned, and nothing whole is searched for.
    """
    if search.seconds_left <= 0:
        return UNDECIDED
    if any(row.never for row in program.rows):
        return Solution(Status.INFEASIBLE, (), None, None)
    warm = WarmRelaxation(program, objective)
    relaxed = warm.solve(search.seconds_left)
    if relaxed.status is Status.INFEASIBLE:
        return Solution(Status.INFEASIBLE, (), None, None)
    if relaxed.status is Status.OPTIMAL:
        if sum(relaxed.values[variable] for variable in unwanted) > HALF:
            return Solution(Status.UNKNOWN, (), None, relaxed.bound)
        return above(warm, objective, relaxed, search)
    found = branch_and_bound(program, objective, search.seconds_left * 0.7, settings=AS_IT_IS)
    if found.status is Status.UNKNOWN and search.seconds_left > 0:
        return minimise(program, objective, search)
    return found


def above(warm: WarmRelaxation, objective: Terms, relaxed: Relaxed, search: Search) -> Solution:
    """
    Return the best whole solution, searched for upwards from the value of the relaxation.

    Parameters
    ----------
    warm, objective : The relaxation, and the terms that are to be least.
    relaxed : What the relaxation came to.
    search : Its deadline is kept.
    """
    if not relaxed.whole:
        found = branched(warm, objective, relaxed, search)
        if found is not None:
            return found
        relaxed = warm.solve(search.seconds_left)  # the reduced costs are those of the last branch
        if relaxed.status is not Status.OPTIMAL:
            return UNDECIDED
    bound, rounded = relaxed.bound, relaxed.rounded
    if relaxed.whole:
        value = worth(objective, rounded)
        return Solution(Status.OPTIMAL, rounded, value, min(value, bound))
    for most in range(bound, bound + STEPS):
        movable = warm.movable(most - relaxed.value)
        found = _among(warm.program, objective, rounded, (movable, most), search)
        if found.status is not Status.INFEASIBLE:
            return found if found.bound is None else _with_bound(found, most)
    found = branch_and_bound(warm.program, objective, search.seconds_left * 0.7, settings=HIGHS_SETTINGS)
    if found.status is Status.UNKNOWN and search.seconds_left > 0:
        return minimise(warm.program, objective, search)
    return found


def _with_bound(found: Solution, bound: int) -> Solution:
    """Return a solution with the bound that the values tried before leave."""
    status = Status.OPTIMAL if found.objective == bound else found.status
    return Solution(status, found.values, found.objective, bound)


def _among(
    program: Program,
    objective: Terms,
    rounded: Sequence[int],
    allowed: tuple[Sequence[int], int],
    search: Search,
) -> Solution:
    """Search for the best solution in which only some variables move, worth at most so much."""
    movable, most = allowed
    small = restricted(program, rounded, movable)
    if any(row.never for row in small.program.rows):
        return Solution(Status.INFEASIBLE, (), None, None)
    terms, kept = small.own(objective), set(small.kept)
    settled = worth([term for term in objective if term[0] not in kept], rounded)
    small.program.at_most(terms, most - settled, "objective")
    found = branch_and_bound(small.program, terms, search.seconds_left, settings=HIGHS_SETTINGS)
    if not found.found:
        return found
    values = small.set_in(rounded, found.values)
    return Solution(found.status, tuple(values), worth(objective, values), most)
