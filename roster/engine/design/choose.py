"""The choice solved: a bound for every roster and every choice, then choices that reach it, the simplest first."""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass, replace

from roster.domain.outcome import ProofKind, Status
from roster.domain.problem import Problem
from roster.engine.design.shift_program import WeekProgram, week_program
from roster.engine.integer_program import worth
from roster.engine.solvers.mip import branch_and_bound, priced, relaxed
from roster.engine.solvers.reduced_costs import UNDECIDED
from roster.engine.solvers.search import Solution

TOLERANCE = 1e-6

KERNELS = (12, 24, 48)
"""So many kinds, those of which the relaxation makes most use, are looked at before all: measured in BENCHMARKS.md."""

KERNEL_SHARE = 0.4
"""Of the time left, what each of them may take."""

KINDS_SHARE = 0.6
"""Of the time left, what the fewest kinds may take; the rest is for the fewest minutes."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least that any choice of shifts can do with; None where time ran out. `kind` is what it rests on."""

    status: Status
    value: int | None
    kind: ProofKind


@dataclass(frozen=True, slots=True)
class Choice:
    """
    Kinds of shift with which a week can be held on average.

    `value` of the goal; `fewest_kinds`: fewer of the candidates looked at are proven impossible at this value;
    `slack` is the share of the people's time that is left over.
    """

    kinds: tuple[str, ...]
    value: int
    fewest_kinds: bool
    slack: float


def bound(problem: Problem, seconds: float, at_most: int | None = None) -> Bound:
    """
    Return a bound for every roster with any of the candidates; only people, and kinds, are whole.

    Parameters
    ----------
    problem : With all candidates.
    seconds : Wall time.
    at_most : How many kinds may be used; None: however many, which is soon found and mostly enough.
    """
    week = week_program(problem, at_most=at_most)
    status, value = relaxed(week.program, week.goal)
    if status is Status.INFEASIBLE:
        return Bound(Status.INFEASIBLE, None, ProofKind.RELAXATION)
    found = branch_and_bound(week.program, week.goal, seconds, week.whole)
    if found.status is Status.INFEASIBLE:
        return Bound(Status.INFEASIBLE, None, ProofKind.SEARCH)
    floor = math.ceil(value - TOLERANCE) if status is Status.OPTIMAL else 0
    if found.bound is None or found.bound <= floor:
        return Bound(Status.OPTIMAL, floor, ProofKind.RELAXATION)
    return Bound(Status.OPTIMAL, found.bound, ProofKind.SEARCH)


def simplest(
    problem: Problem,
    at_most: int,
    seconds: float,
    known: int | None = None,
    without: Collection[tuple[str, ...]] = (),
) -> Choice | None:
    """
    Return a choice of least goal, then of fewest kinds, then of fewest minutes at work; None where none was found.

    Parameters
    ----------
    problem : With the candidates to choose from.
    at_most : Kinds that may be used.
    seconds : Wall time.
    known : A bound of the goal: where a week can be held at it, nothing less has to be looked for.
    without : Choices that will not do again, nor a part of one.
    """
    found = _simplest(_week(problem, at_most, without), seconds, known)
    return found if found is None or not without else replace(found, fewest_kinds=False)


def roomy(problem: Problem, at_most: int, room: int, seconds: float) -> Choice | None:
    """
    Return the simplest choice that leaves people some of their time: a roster of it is soon found.

    Parameters
    ----------
    problem, at_most, seconds : As for `simplest`.
    room : Percent of the people's time that is left.
    """
    week = week_program(problem, at_most=at_most)
    left = [*((v, f * (100 - room)) for v, f in week.supply), *((v, -100 * f) for v, f in week.minutes)]
    week.program.at_least(left, 0, "room")
    found = _simplest(week, seconds, None)
    return found and replace(found, fewest_kinds=False)


def least_idle(problem: Problem, at_most: int, value: int, seconds: float) -> Choice | None:
    """
    Return a choice with few minutes at work, whatever its number of kinds.

    Parameters
    ----------
    problem, at_most, seconds : As for `simplest`.
    value : What the goal may come to.
    """
    week = week_program(problem, at_most=at_most)
    week.program.at_most(week.goal, value, "goal")
    found = branch_and_bound(week.program, week.minutes, seconds, week.whole)
    if not found.found:
        return None
    return Choice(_names(week, found), value, False, _slack(week, found, found.objective))


def _week(problem: Problem, at_most: int, without: Collection[tuple[str, ...]]) -> WeekProgram:
    week = week_program(problem, at_most=at_most)
    for names in without:
        others = [(variable, 1) for name, variable in week.used.items() if name not in names]
        week.program.at_least(others, 1, "another choice")
    return week


def _simplest(week: WeekProgram, seconds: float, known: int | None) -> Choice | None:
    until = time.monotonic() + seconds
    first = _least_goal(week, until, known)
    if first.objective is None:
        return None
    week.program.at_most(week.goal, first.objective, "goal")
    kinds = [(variable, 1) for variable in week.used.values()]
    second = branch_and_bound(week.program, kinds, KINDS_SHARE * (until - time.monotonic()), week.whole)
    best = second if second.found else first
    names = _names(week, best)
    for name, variable in week.used.items():
        week.program.upper[variable] = int(name in names)
    third = branch_and_bound(week.program, week.minutes, until - time.monotonic(), week.whole)
    proven = first.status is Status.OPTIMAL and second.status is Status.OPTIMAL
    last = third if third.found else best
    return Choice(names, first.objective, proven, _slack(week, last, third.objective))


def _least_goal(week: WeekProgram, until: float, known: int | None) -> Solution:
    """
    Return the least goal: among the kinds of which the relaxation makes most use first, among all of them last.

    With hundreds of kinds the solver may find nothing for long; with two dozen it finds the best of them in a second.
    """
    use = priced(week.program, week.goal).values
    names = sorted(week.used, key=lambda name: -use[week.used[name]]) if use else list(week.used)
    best = UNDECIDED
    for size in (*(size for size in KERNELS if size < len(names)), len(names)):
        program = week.program.copy()
        for name in names[size:]:
            program.upper[week.used[name]] = 0
        if best.objective is not None:
            program.at_most(week.goal, best.objective - 1, "goal")
        share = 1 if size == len(names) else KERNEL_SHARE
        found = branch_and_bound(program, week.goal, share * (until - time.monotonic()), week.whole)
        if found.found:
            best = found
        if found.status in (Status.OPTIMAL, Status.INFEASIBLE) and size == len(names):
            return replace(best, status=Status.OPTIMAL) if best.found else found
        if best.objective is not None and best.objective == known:
            return replace(best, status=Status.OPTIMAL)
    return replace(best, status=Status.FEASIBLE) if best.found else best


def _slack(week: WeekProgram, found: Solution, minutes: int | None) -> float:
    """Return the share of what the people may work that is left over."""
    minutes = worth(week.minutes, found.values) if minutes is None else minutes
    return 1 - minutes / max(1, worth(week.supply, found.values))


def _names(week: WeekProgram, found: Solution) -> tuple[str, ...]:
    return tuple(name for name, variable in week.used.items() if found.values[variable])
