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
from roster.engine.program import worth
from roster.engine.rotation.minimum import Clock, fewest
from roster.engine.rotation.model import RotationModel, build
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


def staffings(problem: Problem, clock: Clock) -> Staffings:
    """Find all staffings worth having; every seat of the problem is taken `maximum` times."""
    free = replace(problem, goal=Goal.IN_HOUSE, seats=tuple(replace(seat, cost=0) for seat in problem.seats))
    model = build(free)
    for variable in model.seats.values():
        model.program.lower[variable] = model.program.upper[variable]
    found: list[Staffing] = []
    while len(found) < MOST_STEPS and clock.left() > 0:
        best = fewest(free, clock, model)
        if best.status is not Status.OPTIMAL:
            return _ended(best.status, found)
        cost = worth(model.cost, best.values)
        people = {name: best.values[flow.headcount] for name, flow in model.flows.items()}
        found.append(Staffing(people, cost, best.proof.kind))
        cheapest = _lowest_cost(model, cost, clock)
        if cheapest is None or cheapest >= cost:
            return _ended(Status.UNKNOWN if cheapest is None else Status.INFEASIBLE, found)
        model.program.at_most(model.cost, cost - 1, "cheaper")
    return Staffings(Status.UNKNOWN, tuple(found))


def _ended(status: Status, found: list[Staffing]) -> Staffings:
    """Return what was found: all, where it ended because nothing cheaper is possible."""
    if status is Status.INFEASIBLE:
        return Staffings(Status.OPTIMAL if found else Status.INFEASIBLE, tuple(found))
    return Staffings(Status.UNKNOWN, tuple(found))


def _lowest_cost(model: RotationModel, cost: int, clock: Clock) -> int | None:
    """
    Return a lower bound on the cost that reaches what was found, or else the lowest cost of the model.

    None where time ran out.
    """
    for whole in (model.settled_first, None):
        least = branch_and_bound(model.program, model.cost, clock.left(), whole)
        if least.status is not Status.OPTIMAL or least.bound is None:
            return None
        if least.bound >= cost:
            return cost
    return least.objective
