"""Any rota of settled people: what makes it lawful is settled, so the first one met will do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from roster.domain.outcome import Status
from roster.engine.integer_program import Program
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow, RotationModel
from roster.engine.solvers.mip import branch_and_bound, priced
from roster.engine.solvers.reduced_costs import UNDECIDED
from roster.engine.solvers.search import Search, Solution

NEAR = 2
"""How far from the relaxation whole numbers are looked for first; measured in BENCHMARKS.md."""

ANY = "output_flag=false,mip_rel_gap=1e9,mip_heuristic_run_feasibility_jump=false"
"""Settings for the first solution met, however far from the best."""

MANY_SHIFTS = 6
"""Different shifts of a type from which on a few of them are tried first."""

ROUNDS = 2
"""Rounds in which the shifts used least become dearer: more leave as many as the second."""

DEAR, LITTLE, NONE = 1000, 0.2, 1e-6
"""Price of a shift that is worked once, what is added to its use before it divides that, and no use at all."""

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
    for attempt in (*of_few_shifts(model, same), same.near(chosen, NEAR), same, *otherwise):
        found = first(attempt, search.seconds_left, settings)
        if found.found:
            return found
    return UNDECIDED


def of_few_shifts(model: RotationModel, program: Program) -> Iterator[Program]:
    """
    Yield the program with a few of the shifts only, where types have many: pairs of two are what makes it large.

    Of a shift that the relaxation uses little each is made dear, until few are left (Candès, Wakin and Boyd,
    Enhancing sparsity by reweighted l1 minimization, 2008).
    """
    many = [flow for flow in model.flows.values() if _shifts(flow) >= MANY_SHIFTS]
    works = [work for flow in many for work in _works(flow)]
    used = fewest_used(program, works) if many else None
    if used is None:
        return
    few = program.copy()
    for variable, key in works:
        if key not in used:
            few.upper[variable] = 0
    yield few


def fewest_used(
    program: Program, works: Sequence[tuple[int, tuple[str, int]]]
) -> set[tuple[str, int]] | None:
    """
    Return a few of some kinds of duty with which the relaxation of a program can do; None where it cannot at all.

    Parameters
    ----------
    program : The program.
    works : Variables that count somebody's duty, and of which kind it is.
    """
    price: dict[tuple[str, int], float] = defaultdict(lambda: 1.0)
    used: dict[tuple[str, int], float] = {}
    for _ in range(ROUNDS):
        found = priced(program, [(variable, round(DEAR * price[key])) for variable, key in works])
        if found.status is not Status.OPTIMAL:
            return None
        used = defaultdict(float)
        for variable, key in works:
            used[key] += found.values[variable]
        price.update({key: 1 / (amount + LITTLE) for key, amount in used.items()})
    return {key for key, amount in used.items() if amount >= NONE}


def _shifts(flow: Flow) -> int:
    return len({tuple(part.stretches for part in duty.parts) for duty in flow.graph.duties if duty.parts})


def _works(flow: Flow) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield the variable of each arc with a duty, and whose duty it is."""
    for arc, variable in zip(flow.arcs, flow.variables, strict=True):
        if not flow.graph.duties[arc.duty].is_off:
            yield variable, (flow.staff.name, arc.duty)


def first(
    program: Program, seconds: float, settings: str = ANY, whole: frozenset[int] | None = None
) -> Solution:
    """
    Return the first solution met, where it is settled what it may be worth.

    Asked for little of everything, the relaxation has a corner with few fractions where without any aim it has none
    to choose by: half the time, over the shipped scenarios and profiles.

    Parameters
    ----------
    program : The program.
    seconds : Time limit.
    settings : Of HiGHS.
    whole : The variables that must be whole; all where not given.
    """
    little = [(variable, 1) for variable in range(len(program.lower))]
    return branch_and_bound(program, little, seconds, whole, settings)
