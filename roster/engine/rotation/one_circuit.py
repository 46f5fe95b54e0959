"""
One rotation for each staff type, type by type: the others' days stay, its own are free to become better.

For each type the cheapest circulation in one connected part is searched: everybody of the type then shares every line,
and limits on averages hold for each because they hold for the sum. Types take turns, so that shifts which no post
needs disappear and what one type leaves another may take up. As in the search
for published instances, the cheapest days in however many parts are tied together where that costs nothing, or else
their parts are cut off; a tree over all nodes is asked for only where a few such rounds are not enough.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.domain.outcome import Status
from roster.engine.flows.circulation import nodes_of
from roster.engine.flows.connecting_rows import forbid_apart, sides
from roster.engine.integer_program import Smaller, Terms, restricted, worth
from roster.engine.rotation.average_cuts import broken_parts
from roster.engine.rotation.model import Flow, RotationModel
from roster.engine.rotation.patching import joined
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search

MEND_SECONDS = 5.0
"""Wall time at most for bringing one type into one rotation when it must be."""

CUTS_SHARE = 0.5
"""Share of a turn's time for one part by cuts; the rest is for a tree, where that was not enough."""

CUT_ROUNDS = 8
"""Times that parts are cut off before a tree is asked for: where those were not enough, hundreds may not be."""


@dataclass(frozen=True, slots=True)
class TypeStep:
    """What one type's turn works on: the model with soft rules, its objective, and how long it may take."""

    model: RotationModel
    objective: Terms
    search: Search
    seconds: float


def polish(step: TypeStep, values: Sequence[int]) -> list[int]:
    """
    Return a solution in which types have one rotation each wherever that was found.

    Parts are tied together first, which is quick; a type that stays apart, or pays for the seams, has its turn in what
    is left of the wall time.
    """
    best = list(values)
    waiting = []
    for flow in step.model.flows.values():
        before = worth(flow.penalty, best)
        amounts = joined(flow, flow.amounts(best))
        best = flow.with_amounts(best, amounts)
        if len(flow.parts(amounts)) > 1 or worth(flow.penalty, best) > before:
            waiting.append(flow)
    ends = time.monotonic() + step.seconds
    for at, flow in enumerate(waiting):
        share = (ends - time.monotonic()) / (len(waiting) - at)
        best = one_type_alone(step, flow, best, min(share, step.search.seconds_left))
    return best


def mend(model: RotationModel, values: Sequence[int], search: Search) -> list[int]:
    """
    Return the solution with types whose parts break an average gone round in one rotation, where that was found.

    Parameters
    ----------
    model, values : The rotation, and a solution of it, one value a variable.
    search : Deadline and settings.
    """
    best = list(values)
    program = model.program.copy()
    if model.shortages:
        program.at_most(model.empty_cost, worth(model.empty_cost, values), "empty posts")
    step = TypeStep(replace(model, program=program), [], search, MEND_SECONDS)
    for flow in model.flows.values():
        if not any(True for _ in broken_parts(flow, flow.amounts(best))):
            continue
        best = flow.with_amounts(best, joined(flow, flow.amounts(best)))
        if any(True for _ in broken_parts(flow, flow.amounts(best))):
            best = one_type_alone(step, flow, best, min(MEND_SECONDS, search.seconds_left))
    return best


def made_lawful(model: RotationModel, values: Sequence[int], search: Search) -> tuple[int, ...] | None:
    """
    Return a solution if every part of it keeps the limits on averages, or as mended if then; None if neither does.

    Parameters
    ----------
    model, values : The rotation, and a solution of it, one value a variable.
    search : Deadline and settings.
    """
    if lawful(model, values):
        return tuple(values)
    mended = mend(model, values, search)
    return tuple(mended) if lawful(model, mended) else None


def lawful(model: RotationModel, values: Sequence[int]) -> bool:
    """Whether every part of every type keeps the limits on averages."""
    return not any(True for flow in model.flows.values() for _ in broken_parts(flow, flow.amounts(values)))


def one_type_alone(step: TypeStep, flow: Flow, values: list[int], seconds: float) -> list[int]:
    """
    Return the solution with the best connected rotation of one type that was found; that given where none was.

    Parameters
    ----------
    step, flow : What the turn works on, and the type's flow in it.
    values : A solution, one value a variable.
    seconds : Time limit.
    """
    if seconds <= 0:
        return values
    ends = time.monotonic() + seconds
    small = restricted(step.model.program, values, step.model.free_with(flow.staff.name))
    found = _by_cuts(step, flow, small, values, seconds * CUTS_SHARE)
    return found or _by_tree(step, flow, small, values, ends - time.monotonic())


def _by_cuts(
    step: TypeStep, flow: Flow, small: Smaller, values: list[int], seconds: float
) -> list[int] | None:
    """
    Return the best days of a type in one part; those given where there are none, None where time was too short.

    The best days in however many parts, tied together where that costs nothing; where it does, their parts are cut off.
    """
    search = step.search.within(seconds)
    program, numbers = small.program.copy(), small.numbers
    flows = [numbers[variable] for variable in flow.variables]
    for _ in range(CUT_ROUNDS):
        found = branch_and_bound(program, small.own(step.objective), search.seconds_left)
        if found.status is Status.INFEASIBLE:
            return values
        if found.status is not Status.OPTIMAL:
            return None
        best = small.set_in(values, found.values[: len(small.kept)])
        tied = flow.with_amounts(best, joined(flow, flow.amounts(best)))
        whole = len(flow.parts(flow.amounts(tied))) == 1
        if whole and worth(step.objective, tied) <= worth(step.objective, best):
            return tied
        for part in flow.parts(flow.amounts(best)):
            nodes = nodes_of(flow.tails, flow.heads, part)
            forbid_apart(program, flows, sides(flow.tails, flow.heads, nodes))
    return None


def _by_tree(step: TypeStep, flow: Flow, small: Smaller, values: list[int], seconds: float) -> list[int]:
    """Return the best days of a type in one part, by a tree over its nodes; those given where none were found."""
    # Half a second of import that most plans never need.
    from ortools.sat.python import cp_model

    from roster.engine.flows.spanning_tree import require_connected
    from roster.engine.solvers.cpsat import cp_model_of, solved

    number = small.numbers
    model, variables = cp_model_of(small.program)
    people = values[flow.headcount]
    require_connected(model, flow.tails, flow.heads, [variables[number[v]] for v in flow.variables], people)
    terms = small.own(step.objective)
    model.minimize(cp_model.LinearExpr.weighted_sum([variables[v] for v, _ in terms], [f for _, f in terms]))
    if len(flow.parts(flow.amounts(values))) == 1:
        for variable, before in zip(variables, small.kept, strict=True):
            model.add_hint(variable, values[before])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = step.search.options.workers
    solver.parameters.random_seed = step.search.options.seed
    solver.parameters.max_time_in_seconds = seconds
    if solved(solver, model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return values
    return small.set_in(values, [solver.value(variable) for variable in variables])
