"""The fewest people for a rotation and the absences asked of it, and the rotation of exactly so many."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from roster.domain.outcome import Status
from roster.domain.problem import Problem
from roster.engine.rotation.absence_flows import HeadcountVariables
from roster.engine.rotation.at_value import goal_of
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Solution


@dataclass(frozen=True, slots=True)
class Least:
    """People of each type and seats; `bound` is what the goal cannot go below. Empty where none or none in time."""

    status: Status
    people: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    bound: int | None = None


def minimum_staffing(model: RotationModel, variables: HeadcountVariables, run: SearchRun) -> Least:
    """
    Return the people and seats that a model cannot go below: the goal's number, then vendors, then cost.

    Ordinary days may be shared out in fractions: the average of any roster over its weeks is counted. The days around
    an absence happen once, so what settles those is whole.

    Parameters
    ----------
    model, variables : The rotation with the flows of absences in it, and its variables of people and seats.
    run : The time there is.
    """
    program, best = model.program.copy(), Solution(Status.UNKNOWN, (), None, None)
    bound = None
    for order, terms in enumerate((goal_of(model), model.vendor, model.cost)):
        if order and not terms:
            continue
        better = branch_and_bound(program, terms, run.left(), model.bodies | model.deciding)
        if order == 0:
            bound = better.bound
        if better.found:
            best = better
            program.at_most(terms, better.objective or 0, "order")
        if better.status is not Status.OPTIMAL:
            break
    if not best.found:
        return Least(Status.INFEASIBLE if better.status is Status.INFEASIBLE else Status.UNKNOWN, bound=bound)
    people = {name: best.values[variable] for name, variable in variables.people.items()}
    seats = {name: best.values[variable] for name, variable in variables.seats.items()}
    return Least(Status.OPTIMAL, people, seats, bound)


def rotation_of(problem: Problem, chosen: Least, run: SearchRun) -> Fewest:
    """
    Return a rotation of exactly these people and seats.

    Parameters
    ----------
    problem : The scenario.
    chosen : Numbers of people of each type, and of seats.
    run : The time there is.
    """
    exactly = replace(
        problem,
        types=tuple(
            replace(staff, minimum=chosen.people[staff.name], maximum=chosen.people[staff.name])
            for staff in problem.types
        ),
    )

    def made(days: int) -> RotationModel:
        model = build(exactly, headcount=chosen.people, days=days)
        for name, variable in model.seats.items():
            model.program.lower[variable] = model.program.upper[variable] = chosen.seats[name]
        return model

    return fewest(exactly, run, made)
