"""
All staffings worth having when what is bought is settled: from the fewest in-house people to the lowest cost.

The fewest in-house people first, at the lowest cost that goes with them; then the fewest whose cost is lower, and so
on, until a bound shows that nothing is cheaper. Seats are taken exactly as settled, and cost nothing here: their price
is added by whoever knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roster.domain.outcome import ProofKind, Status
from roster.domain.problem import Goal, Problem
from roster.engine.integer_program import worth
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.mip import branch_and_bound

MOST_STEPS = 12
"""Staffings looked for at most; each is cheaper than the one before."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """People of each type, with their cost and that of directing vendors; seats cost nothing here."""

    people: Mapping[str, int]
    cost: int
    kind: ProofKind


@dataclass(frozen=True, slots=True)
class Staffings:
    """
    Staffings in order of in-house people, each cheaper than the one before.

    `optimal`: these are all, each proven; `infeasible`: proven that there is none; otherwise time ran out.
    """

    status: Status
    found: tuple[Staffing, ...] = ()


def staffings(problem: Problem, run: SearchRun) -> Staffings:
    """Find all staffings worth having; every seat of the problem is taken `maximum` times."""
    free = replace(problem, goal=Goal.IN_HOUSE, seats=tuple(replace(seat, cost=0) for seat in problem.seats))
    found: list[Staffing] = []

    def made(days: int) -> RotationModel:
        model = build(free, days=days)
        for variable in model.seats.values():
            model.program.lower[variable] = model.program.upper[variable]
        if found:
            model.program.at_most(model.cost, (found[-1].cost - 1) * model.turns, "cheaper")
        return model

    while len(found) < MOST_STEPS and run.left() > 0:
        best = fewest(free, run, made)
        if best.status is not Status.OPTIMAL or best.model is None:
            return _ended(best.status, found)
        cost = -(-worth(best.model.cost, best.values) // best.model.turns)
        people = {name: best.values[flow.headcount] for name, flow in best.model.flows.items()}
        found.append(Staffing(people, cost, best.proof.kind))
        if _impossible(made(WEEK_DAYS), run):
            return _ended(Status.INFEASIBLE, found)
    return Staffings(Status.UNKNOWN, tuple(found))


def _ended(status: Status, found: list[Staffing]) -> Staffings:
    """Return what was found: all, where it ended because nothing cheaper is possible."""
    if status is Status.INFEASIBLE:
        return Staffings(Status.OPTIMAL if found else Status.INFEASIBLE, tuple(found))
    return Staffings(Status.UNKNOWN, tuple(found))


def _impossible(model: RotationModel, run: SearchRun) -> bool:
    """Whether no roster at all keeps a model's rows; this is seen before any other question is asked of it."""
    return branch_and_bound(model.program, [], run.left(), model.bodies).status is Status.INFEASIBLE
