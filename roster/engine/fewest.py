"""
The fewest people for one problem: bound first, then a search at the bound, then one above until one is found.

What counts first is the goal's number (in-house people, all people, or cost), then vendors, then cost. The bound is
the better of arithmetic and the linear relaxation; where neither reaches the answer, two solvers that share no code
must both find that one fewer is impossible.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from roster.engine.bounds import Sums, by_arithmetic
from roster.engine.linear import Program, Terms
from roster.engine.rotation import RotationModel, build, forbid_broken_parts
from roster.engine.solver import SECOND, SOLVER, Search, Solution, minimise, relaxed, second_opinion
from roster.language import tr
from roster.plan import Progress, Proof, ProofKind, Status
from roster.problem import Goal, Problem

COST_UNIT = 6000
"""The model counts cost 6000-fold; see `RotationModel.cost`."""

CONFIRM_SECONDS = 20.0
"""Wall time at most for confirming an impossibility a second way."""


@dataclass(frozen=True, slots=True)
class Clock:
    """When the question began, when it must end, and whom to tell how it goes."""

    began: float
    search: Search
    tell: Callable[[Progress], None]

    def report(self, stage: str, best: int | None, bound: int | None) -> None:
        """Pass on a sign of life."""
        self.tell(Progress(stage, best, bound, time.monotonic() - self.began))

    def left(self) -> float:
        """Seconds left."""
        return self.search.seconds_left


@dataclass(frozen=True, slots=True)
class Fewest:
    """
    The answer for one problem: the goal's number, its bound and proof, and the solution in the model's variables.

    `value` and `values` are None and empty where nothing was found.
    """

    status: Status
    value: int | None
    bound: int | None
    proof: Proof
    model: RotationModel | None = None
    values: tuple[int, ...] = ()


def fewest(problem: Problem, clock: Clock) -> Fewest:
    """Find the fewest people for a problem, with proof; see the module."""
    model = build(problem)
    goal = _goal(model)
    sums = _sums(problem, clock)
    status, value = relaxed(model.program, goal)
    if sums is None or status is Status.INFEASIBLE:
        return Fewest(Status.INFEASIBLE, None, None, Proof(ProofKind.RELAXATION, tr("engine.impossible")))
    linear = math.ceil(value - 1e-6) if status is Status.OPTIMAL else 0
    bound = max(sums.bound, linear)
    proof = _first_proof(sums, linear, value)
    clock.report("search", None, _shown(problem, bound))
    found = _at(model, goal, bound, clock)
    confirmed = ""
    if found.status is Status.INFEASIBLE:
        bound, found, confirmed = _above(model, goal, bound, clock)
        if found.status is Status.INFEASIBLE:
            return Fewest(
                Status.INFEASIBLE, None, None, Proof(ProofKind.SEARCH, tr("engine.impossible"), confirmed)
            )
        proof = Proof(ProofKind.SEARCH, tr("engine.search", fewer=_shown(problem, bound) - 1), confirmed)
    if not found.found:
        return Fewest(Status.UNKNOWN, None, bound, proof)
    value_found = _worth(goal, found.values)
    best = _cheapest(model, goal, found, clock) if found.status is Status.OPTIMAL else found
    clock.report("search", _shown(problem, value_found), _shown(problem, bound))
    named = Status.OPTIMAL if value_found == bound else Status.FEASIBLE
    return Fewest(named, value_found, bound, proof, model, best.values)


def _goal(model: RotationModel) -> Terms:
    if model.problem.goal is Goal.COST:
        return model.cost
    return model.in_house if model.problem.goal is Goal.IN_HOUSE else model.people


def _shown(problem: Problem, value: int) -> int:
    return -(-value // COST_UNIT) if problem.goal is Goal.COST else value


def _worth(terms: Terms, values: tuple[int, ...]) -> int:
    return sum(values[variable] * factor for variable, factor in terms)


def _sums(problem: Problem, clock: Clock) -> Sums | None:
    if problem.goal is Goal.COST:
        return Sums(0, "")
    count_all = problem.goal is Goal.PEOPLE
    weights = {staff.name: int(count_all or not problem.is_vendor(staff)) for staff in problem.types}
    return by_arithmetic(problem, weights, clock.search)


def _first_proof(sums: Sums, linear: int, value: float) -> Proof:
    if sums.bound >= linear:
        return Proof(ProofKind.ARITHMETIC, sums.reason or tr("engine.minimum", people=sums.bound))
    return Proof(ProofKind.RELAXATION, tr("engine.relaxation", value=f"{value:.2f}", people=linear))


def _at(model: RotationModel, goal: Terms, value: int, clock: Clock) -> Solution:
    """
    Look for a lawful rota at a value of the goal; parts that break an average are cut off until none is left.

    Status `optimal` means found, `infeasible` proven that there is none.
    """
    program = model.program.copy()
    program.at_most(goal, value, "goal")
    return _without_broken_parts(model, program, [], clock)


def _without_broken_parts(model: RotationModel, program: Program, objective: Terms, clock: Clock) -> Solution:
    while True:
        found = second_opinion(program, objective, clock.left())
        if not found.found or not forbid_broken_parts(model, program, found.values):
            return found


def _above(model: RotationModel, goal: Terms, bound: int, clock: Clock) -> tuple[int, Solution, str]:
    """Search from a value that proved impossible upward; confirm with another solver that one fewer cannot do."""
    program = model.program.copy()
    program.at_least(goal, bound + 1, "goal")
    found = _without_broken_parts(model, program, goal, clock)
    if found.status is Status.INFEASIBLE:
        return bound, found, _confirm(model, goal, None, clock)
    if not found.found:
        return bound + 1, found, ""
    value = _worth(goal, found.values)
    reached = value if found.status is Status.OPTIMAL else max(bound + 1, found.bound or 0)
    return reached, found, _confirm(model, goal, reached - 1, clock)


def _confirm(model: RotationModel, goal: Terms, value: int | None, clock: Clock) -> str:
    """Ask CP-SAT whether a value is impossible; return its name if it agrees, nothing if time runs out."""
    program = model.program.copy()
    if value is not None:
        program.at_most(goal, value, "goal")
    deadline = min(clock.search.deadline, time.monotonic() + CONFIRM_SECONDS)
    answer = minimise(program, [], replace(clock.search, deadline=deadline, report=None))
    if answer.status is Status.INFEASIBLE:
        return tr("engine.confirmed", solver=SOLVER)
    return tr("engine.not_confirmed", solver=SECOND)


def _cheapest(model: RotationModel, goal: Terms, found: Solution, clock: Clock) -> Solution:
    """Keep the goal's value; make vendors fewest, then the cost least."""
    program = model.program.copy()
    program.equal(goal, _worth(goal, found.values), "goal")
    best = found
    for terms in (model.vendor, model.cost):
        if not any(factor for _, factor in terms) or not _open(program, terms):
            continue
        better = _without_broken_parts(model, program, terms, clock)
        if better.status is not Status.OPTIMAL:
            return best
        best = better
        program.equal(terms, _worth(terms, best.values), "order")
    return best


def _open(program: Program, terms: Terms) -> bool:
    """Whether terms can still take different values, as far as bounds tell."""
    return any(program.lower[variable] < program.upper[variable] for variable, _ in terms)
