"""
One rotation for each staff type, type by type: the others' days stay, its own are free to become better.

For each type the cheapest circulation in one connected part is searched: everybody of the type then shares every line,
and limits on averages hold for each because they hold for the sum. Types take turns, so that shifts which no post
needs disappear and what one type leaves another may take up.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.engine.flows.circulation import parts
from roster.engine.integer_program import Terms, restricted, worth
from roster.engine.rotation.average_cuts import broken_parts
from roster.engine.rotation.model import Flow, RotationModel
from roster.engine.rotation.patching import joined
from roster.engine.solvers.search import Search

MEND_SECONDS = 5.0
"""Wall time at most for bringing one type into one rotation when it must be."""


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
        tails, heads = [arc.tail for arc in flow.arcs], [arc.head for arc in flow.arcs]
        amounts = joined(flow, flow.amounts(best))
        for variable, amount in zip(flow.variables, amounts, strict=True):
            best[variable] = amount
        if len(parts(tails, heads, amounts)) > 1 or worth(flow.penalty, best) > before:
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
        for variable, amount in zip(flow.variables, joined(flow, flow.amounts(best)), strict=True):
            best[variable] = amount
        if any(True for _ in broken_parts(flow, flow.amounts(best))):
            best = one_type_alone(step, flow, best, min(MEND_SECONDS, search.seconds_left))
    return best


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
    # Half a second of import that most plans never need.
    from ortools.sat.python import cp_model

    from roster.engine.flows.spanning_tree import require_connected
    from roster.engine.solvers.cpsat import cp_model_of, solved

    small = restricted(step.model.program, values, step.model.free_with(flow.staff.name))
    number = {variable: at for at, variable in enumerate(small.kept)}
    model, variables = cp_model_of(small.program)
    tails, heads = [arc.tail for arc in flow.arcs], [arc.head for arc in flow.arcs]
    people = values[flow.headcount]
    require_connected(model, tails, heads, [variables[number[v]] for v in flow.variables], people)
    terms = [(variables[number[v]], f) for v, f in step.objective if v in number]
    model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [f for _, f in terms]))
    if len(parts(tails, heads, flow.amounts(values))) == 1:
        for variable, before in zip(variables, small.kept, strict=True):
            model.add_hint(variable, values[before])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = step.search.options.workers
    solver.parameters.random_seed = step.search.options.seed
    solver.parameters.max_time_in_seconds = seconds
    if solved(solver, model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return values
    found = list(values)
    for variable, before in zip(variables, small.kept, strict=True):
        found[before] = solver.value(variable)
    return found
