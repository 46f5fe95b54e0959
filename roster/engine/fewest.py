"""
The fewest people for one problem: bound first, then a search at the bound, then one above until one is found.

What counts first is the goal's number (in-house people, all people, or cost), then vendors, then cost. The bound is
the better of arithmetic and the linear relaxation; where neither reaches the answer, two solvers that share no code
must both find that one fewer is impossible.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from roster.engine.averages import forbid_broken_parts
from roster.engine.bounds import Sums, by_arithmetic
from roster.engine.linear import Program, Terms, worth
from roster.engine.polish import lawful, mend
from roster.engine.rotation import RotationModel, build
from roster.engine.shortfall import shortfall
from roster.engine.solver import SECOND, SOLVER, Search, Solution, branch_and_bound, minimise
from roster.language import tr
from roster.plan import Progress, Proof, ProofKind, Status
from roster.problem import Goal, Problem

NEAR = 2
"""How far from the relaxation whole numbers are looked for first; measured in BENCHMARKS.md."""

MANY_PEOPLE = 100
"""Above so many the relaxation is asked before the sums are tried: shared loads rarely leave them tight."""

SUMS_SECONDS = 2.0
"""Wall time that the sums get in any case."""

ANY = "output_flag=false,mip_rel_gap=1e9,mip_heuristic_run_feasibility_jump=false"
"""Settings for the first solution met, however far from the best."""

CONFIRM_SECONDS = 10.0
"""Wall time at most for confirming an impossibility a second way."""


@dataclass(frozen=True, slots=True)
class Clock:
    """
    When the question began, when it must end, and whom to tell how it goes.

    `settled` is the number of people and its bound, once they are found: they are told in later stages as well.
    """

    began: float
    search: Search
    tell: Callable[[Progress], None]
    settled: tuple[int | None, int | None] = (None, None)

    def report(self, stage: str, best: int | None, bound: int | None) -> None:
        """Pass on a sign of life; the stage is one of `search`, `quality`, `calendar`."""
        if best is None and bound is None:
            best, bound = self.settled
        self.tell(Progress(tr(f"engine.stage_{stage}"), best, bound, time.monotonic() - self.began))

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


def fewest(problem: Problem, clock: Clock, model: RotationModel | None = None) -> Fewest:
    """
    Find the fewest people for a problem, with proof; see the module.

    `model` where it has been built before, and more was asked of it.
    """
    model = model or build(problem)
    goal = goal_of(model)
    sums = _sums(problem, clock)
    if sums is None:
        return _impossible(problem, clock, ProofKind.ARITHMETIC)
    bound = sums.bound
    proof = Proof(ProofKind.ARITHMETIC, sums.reason or tr("engine.minimum", people=bound))
    program = model.program.copy()
    found = _at(model, program, goal, bound, clock) if bound <= MANY_PEOPLE else None
    if found is None or found.status is Status.INFEASIBLE:
        higher = program.copy()
        higher.at_least(goal, bound if found is None else bound + 1, "goal")
        relaxed = branch_and_bound(higher, goal, clock.left(), model.settled_first)
        if relaxed.status is Status.INFEASIBLE:
            return _impossible(problem, clock, ProofKind.RELAXATION)
        if (relaxed.bound or 0) > bound:
            bound = relaxed.bound or 0
            proof = Proof(ProofKind.RELAXATION, _said(problem, "relaxation", bound))
        found = _at(model, program, goal, bound, clock)
    clock.report("search", None, bound)
    if found.status is Status.INFEASIBLE:
        bound, found, confirmed = _above(model, program, goal, bound, clock)
        if found.status is Status.INFEASIBLE:
            return _impossible(problem, clock, ProofKind.SEARCH, confirmed)
        proof = Proof(ProofKind.SEARCH, _said(problem, "search", bound), confirmed)
    if not found.found:
        return Fewest(Status.UNKNOWN, None, bound, proof)
    value = worth(goal, found.values)
    clock.report("search", value, bound)
    named = Status.OPTIMAL if value == bound else Status.FEASIBLE
    return Fewest(named, value, bound, proof, model, found.values)


def _said(problem: Problem, key: str, bound: int) -> str:
    """Word a bound: of people, or of money where cost is the goal."""
    kind = "_cost" if problem.goal is Goal.COST else ""
    return tr(f"engine.{key}{kind}", bound=f"{bound:,}", fewer=bound - 1, currency=problem.currency)


def _impossible(problem: Problem, clock: Clock, kind: ProofKind, confirmed: str = "") -> Fewest:
    sentence = f"{tr('engine.impossible')} {shortfall(problem, clock.left())}".strip()
    return Fewest(Status.INFEASIBLE, None, None, Proof(kind, sentence, confirmed))


def goal_of(model: RotationModel) -> Terms:
    """Return what the scenario makes least first."""
    if model.problem.goal is Goal.COST:
        return model.cost
    return model.in_house if model.problem.goal is Goal.IN_HOUSE else model.people


def _sums(problem: Problem, clock: Clock) -> Sums | None:
    if problem.goal is Goal.COST:
        return Sums(0, "")
    count_all = problem.goal is Goal.PEOPLE
    weights = {staff.name: int(count_all or not problem.is_vendor(staff)) for staff in problem.types}
    # The sums are a matter of milliseconds, so even a question out of time hears what they say.
    enough = max(clock.search.deadline, time.monotonic() + SUMS_SECONDS)
    return by_arithmetic(problem, weights, replace(clock.search, deadline=enough))


def _at(model: RotationModel, program: Program, goal: Terms, value: int, clock: Clock) -> Solution:
    """
    Look for the best lawful rota at a value of the goal: fewest vendors, then least cost.

    First what the relaxation would choose, at its cost: if that can be kept, nothing is cheaper. Where a part of a
    rotation breaks an average, its type is brought into one rotation; where that fails, the part is cut off for good
    in `program` and the search goes on. Status `optimal` means the best, `feasible` found, `infeasible` proven that
    there is none.
    """
    while True:
        found = _once(model, program, goal, value, clock)
        if not found.found or lawful(model, found.values):
            return found
        mended = mend(model, found.values, clock.search)
        if lawful(model, mended):
            return replace(found, values=tuple(mended))
        if not forbid_broken_parts(model, program, found.values) or clock.left() <= 0:
            return Solution(Status.UNKNOWN, (), None, None)


def _once(model: RotationModel, program: Program, goal: Terms, value: int, clock: Clock) -> Solution:
    at_value = program.copy()
    at_value.equal(goal, value, "goal")
    chosen, ordered = _ordered(model, at_value, clock, model.settled_first)
    if chosen.status is Status.INFEASIBLE:
        return chosen
    if chosen.status is Status.OPTIMAL:
        same_people = ordered.copy()
        for variable in (*(flow.headcount for flow in model.flows.values()), *model.seats.values()):
            same_people.lower[variable] = same_people.upper[variable] = chosen.values[variable]
        for attempt in (same_people.near(chosen.values, NEAR), same_people, ordered):
            found = first(attempt, clock.left())
            if found.found:
                return found
    return _ordered(model, at_value, clock, None)[0]


def first(program: Program, seconds: float) -> Solution:
    """
    Return the first solution met, where it is settled what it may be worth.

    Asked for little of everything, the relaxation has a corner with few fractions where without any aim it has none
    to choose by: half the time, over the shipped scenarios and profiles.
    """
    little = [(variable, 1) for variable in range(len(program.lower))]
    return branch_and_bound(program, little, seconds, settings=ANY)


def _ordered(
    model: RotationModel, program: Program, clock: Clock, whole: frozenset[int] | None
) -> tuple[Solution, Program]:
    """
    Make vendors fewest, then the cost least; return the last solution, and the program with each order kept.

    `feasible` where time ends in between.
    """
    best: Solution | None = None
    program = program.copy()
    for terms in (model.vendor, model.cost):
        if not any(factor for _, factor in terms) or not _open(program, terms):
            continue
        better = branch_and_bound(program, terms, clock.left(), whole)
        if better.status is not Status.OPTIMAL:
            return (better if best is None else replace(best, status=Status.FEASIBLE)), program
        best = better
        program.at_most(terms, better.objective or 0, "order")
    return best or branch_and_bound(program, [], clock.left(), whole), program


def _above(
    model: RotationModel, program: Program, goal: Terms, bound: int, clock: Clock
) -> tuple[int, Solution, str]:
    """Search from a value that proved impossible upward; confirm with another solver that one fewer cannot do."""
    reached = bound
    while True:
        higher = program.copy()
        higher.at_least(goal, reached + 1, "goal")
        least = branch_and_bound(higher, goal, clock.left())
        if least.status is Status.INFEASIBLE:
            return bound, least, confirm(program, goal, None, clock)
        if least.status is not Status.OPTIMAL:
            return max(reached + 1, least.bound or 0), _kept(model, least, clock), ""
        reached = least.objective or 0
        best = _at(model, program, goal, reached, clock)
        if best.status is not Status.INFEASIBLE:
            return reached, best, confirm(program, goal, reached - 1, clock)


def _kept(model: RotationModel, found: Solution, clock: Clock) -> Solution:
    """Return what was found in time if its parts are lawful or can be made so; else nothing."""
    if found.found:
        mended = mend(model, found.values, clock.search)
        if lawful(model, mended):
            return replace(found, values=tuple(mended))
    return Solution(Status.UNKNOWN, (), None, None)


def confirm(program: Program, goal: Terms, value: int | None, clock: Clock) -> str:
    """Ask CP-SAT whether a value is impossible; say whether it agreed within the time."""
    program = program.copy()
    if value is not None:
        program.at_most(goal, value, "goal")
    deadline = min(clock.search.deadline, time.monotonic() + CONFIRM_SECONDS)
    answer = minimise(program, [], replace(clock.search, deadline=deadline, report=None))
    if answer.status is Status.INFEASIBLE:
        return tr("engine.confirmed", solver=SOLVER)
    return tr("engine.not_confirmed", solver=SECOND)


def _open(program: Program, terms: Terms) -> bool:
    """Whether terms can still take different values, as far as bounds tell."""
    return any(program.lower[variable] < program.upper[variable] for variable, _ in terms)
