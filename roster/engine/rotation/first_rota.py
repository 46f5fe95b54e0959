"""Any rota of settled people: what makes it lawful is settled, so the first one met will do."""

from __future__ import annotations

from collections.abc import Sequence

from roster.engine.integer_program import Program
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import RotationModel
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.reduced_costs import UNDECIDED
from roster.engine.solvers.search import Search, Solution

NEAR = 2
"""How far from the relaxation whole numbers are looked for first; measured in BENCHMARKS.md."""

ANY = "output_flag=false,mip_rel_gap=1e9,mip_heuristic_run_feasibility_jump=false"
"""Settings for the first solution met, however far from the best."""

ANY_LONGER = f"{ANY},mip_root_presolve_only=true"
"""The same round several weeks: presolving again in the search takes half of its time there."""


def first_rota(
    model: RotationModel,
    program: Program,
    chosen: Sequence[int],
    search: Search,
    otherwise: Sequence[Program] = (),
) -> Solution:
    """
    Return a rota of the people and seats that a relaxation chose; `unknown` where none was found.

    Parameters
    ----------
    model, program : The rotation, and its program with what was settled.
    chosen : The relaxation's values: what is near them is looked at first, then everything with its people.
    search : Deadline and settings.
    otherwise : Programs to look at last.
    """
    same = model.with_people_of(program, chosen)
    settings = ANY if model.days <= WEEK_DAYS else ANY_LONGER
    for attempt in (same.near(chosen, NEAR), same, *otherwise):
        found = first(attempt, search.seconds_left, settings)
        if found.found:
            return found
    return UNDECIDED


def first(program: Program, seconds: float, settings: str = ANY) -> Solution:
    """
    Return the first solution met, where it is settled what it may be worth.

    Asked for little of everything, the relaxation has a corner with few fractions where without any aim it has none
    to choose by: half the time, over the shipped scenarios and profiles.

    Parameters
    ----------
    program : The program.
    seconds : Time limit.
    settings : Of HiGHS.
    """
    little = [(variable, 1) for variable in range(len(program.lower))]
    return branch_and_bound(program, little, seconds, settings=settings)
