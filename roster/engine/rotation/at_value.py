"""The best lawful rota at one value of what the scenario makes least first: people, in-house people, or cost."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.outcome import Status
from roster.domain.problem import Goal
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.average_cuts import forbid_broken_parts
from roster.engine.rotation.first_rota import first, first_rota, of_few_shifts
from roster.engine.rotation.model import RotationModel
from roster.engine.rotation.one_circuit import made_lawful
from roster.engine.rotation.orders import settle_orders, settled_already
from roster.engine.rotation.search_run import SearchRun, hurried
from roster.engine.solvers.search import Solution

CHOICE_SHARE = 0.4
"""Share of the time left for choosing people by whole shifts, which takes long where many types are alike."""


def goal_of(model: RotationModel) -> Terms:
    """Return what the scenario makes least first."""
    if model.problem.goal is Goal.COST:
        return model.cost
    return model.in_house if model.problem.goal is Goal.IN_HOUSE else model.people


def scale_of(model: RotationModel) -> int:
    """Return what the goal's terms are multiplied by: money is summed over the weeks of a ring."""
    return model.turns if model.problem.goal is Goal.COST else 1


def at_value(model: RotationModel, program: Program, value: int, run: SearchRun) -> Solution:
    """
    Look for the best lawful rota at a value of the goal: fewest vendors, then least cost.

    First what the relaxation would choose, at its cost: if that can be kept, nothing is cheaper. Where a part of a
    rotation breaks an average, its type is brought into one rotation; where that fails, the part is cut off for good
    in `program` and the search goes on. Status `optimal` means the best, `feasible` found, `infeasible` proven that
    there is none.

    Parameters
    ----------
    model, program : The rotation, and its program with the rows that are asked beside it.
    value : Of the goal: people, or money.
    run : The time there is.
    """
    while True:
        found = _once(model, program, value, run)
        if not found.found:
            return found
        if values := made_lawful(model, found.values, run.search):
            return replace(found, values=values)
        if not forbid_broken_parts(model, program, found.values) or run.left() <= 0:
            return Solution(Status.UNKNOWN, (), None, None)


def _once(model: RotationModel, program: Program, value: int, run: SearchRun) -> Solution:
    settled, scale = program.copy(), scale_of(model)
    settled.between(goal_of(model), (value - 1) * scale + 1, value * scale, "goal")
    for few in of_few_shifts(model, settled) if settled_already(model, settled) else ():
        found = first(few, run.left())
        if found.found:
            return found
    chosen, ordered = settle_orders(model, settled, hurried(run, CHOICE_SHARE).search, model.settled_first)
    if chosen.status is Status.INFEASIBLE:
        return chosen
    if not chosen.found:
        return Solution(Status.UNKNOWN, (), None, None)
    if chosen.status is Status.OPTIMAL:
        found = first_rota(model, ordered, chosen.values, run.search, otherwise=[ordered])
        if found.found:
            return found
    return settle_orders(model, settled, run.search, None)[0]


def kept(model: RotationModel, found: Solution, run: SearchRun) -> Solution:
    """
    Return what was found in time if its parts are lawful or can be made so; else nothing.

    Parameters
    ----------
    model, found : The rotation, and a solution of it.
    run : The time there is.
    """
    if found.found and (values := made_lawful(model, found.values, run.search)):
        return replace(found, values=values)
    return Solution(Status.UNKNOWN, (), None, None)
