"""The choice solved: a bound for every roster and every choice, then choices that reach it, the simplest first."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

from roster.domain.outcome import ProofKind, Status
from roster.domain.problem import Problem
from roster.engine.design.shift_program import Week, week_program
from roster.engine.integer_program import Terms, worth
from roster.engine.solvers.mip import branch_and_bound, relaxed
from roster.engine.solvers.search import Solution

TOLERANCE = 1e-6
IDLE_SECONDS = 10.0
KNOWN_SHARE = 0.5
"""Of the time, what the fewest kinds at a known bound may take before the goal is looked for by itself."""

ROOM = 3
"""Percent of the people's time that a roomy choice leaves over."""


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


def choices(problem: Problem, at_most: int, deadline: float, known: int | None = None) -> Iterator[Choice]:
    """
    Yield choices of kinds by which a week can be held on average, of the least value of the goal that can be.

    The first has the fewest kinds, and of these the fewest minutes at work; further ones leave out each that was tried.

    Parameters
    ----------
    problem : With the candidates to choose from.
    at_most : Kinds that may be used.
    deadline : On the monotonic clock.
    known : A bound of the goal: where a week can be held at it, nothing less has to be looked for first.
    """
    tried: list[tuple[str, ...]] = []
    value: int | None = None
    while (left := deadline - time.monotonic()) > 0:
        week = week_program(problem, at_most=at_most)
        for names in tried:
            # Not these kinds alone again: at least one other.
            others = [(variable, 1) for name, variable in week.used.items() if name not in names]
            week.program.at_least(others, 1, "another choice")
        if len(tried) == 1 and value is not None:
            # Where the simplest choice leaves a roster no room, the one with the least idle time may.
            found = _least_idle(week, value, left)
        else:
            found = _simplest(week, left, known)
        if found is None:
            return
        value = found.value
        yield found
        tried.append(found.kinds)


def _simplest(week: Week, seconds: float, known: int | None = None) -> Choice | None:
    """Return the choice of least goal, then of fewest kinds, then of least minutes."""
    until = time.monotonic() + seconds
    kinds = [(variable, 1) for variable in week.used.values()]
    first = second = _at_bound(week, kinds, KNOWN_SHARE * seconds, known)
    value = known
    if not second.found:
        first = branch_and_bound(week.program, week.goal, max(0.1, until - time.monotonic()), week.whole)
        if not first.found or first.objective is None:
            return None
        value = first.objective
        week.program.at_most(week.goal, value, "goal")
        second = branch_and_bound(week.program, kinds, max(0.1, until - time.monotonic()), week.whole)
    assert value is not None
    best = second if second.found else first
    names = _names(week, best.values)
    for name, variable in week.used.items():
        week.program.upper[variable] = int(name in names)
    third = branch_and_bound(week.program, week.minutes, max(0.1, until - time.monotonic()), week.whole)
    last = third if third.found else best
    proven = first.status is Status.OPTIMAL and second.status is Status.OPTIMAL
    return Choice(names, value, proven, _slack(week, last))


def _at_bound(week: Week, kinds: Terms, seconds: float, known: int | None) -> Solution:
    """Return the fewest kinds with the goal at its bound; the program is left as it was where there are none."""
    if known is None:
        return Solution(Status.UNKNOWN, (), None, None)
    week.program.at_most(week.goal, known, "goal")
    found = branch_and_bound(week.program, kinds, seconds, week.whole)
    if not found.found:
        week.program.rows.pop()
    return found


def roomy(problem: Problem, at_most: int, seconds: float, known: int | None = None) -> Choice | None:
    """
    Return the simplest choice that leaves the people some of their time: a roster of it is soon found.

    Parameters
    ----------
    problem : With the candidates to choose from.
    at_most : Kinds that may be used.
    seconds : Wall time.
    known : A bound of the goal, as for `choices`.
    """
    week = week_program(problem, at_most=at_most)
    left = [*((v, f * (100 - ROOM)) for v, f in week.supply), *((v, -100 * f) for v, f in week.minutes)]
    week.program.at_least(left, 0, "room")
    return _simplest(week, seconds, known)


def _least_idle(week: Week, value: int, seconds: float) -> Choice | None:
    """Return a choice of that goal with few minutes at work, whatever its number of kinds."""
    week.program.at_most(week.goal, value, "goal")
    found = branch_and_bound(week.program, week.minutes, min(seconds, IDLE_SECONDS), week.whole)
    if not found.found or found.objective is None:
        return _simplest(week, seconds)
    return Choice(_names(week, found.values), value, False, _slack(week, found))


def _slack(week: Week, found: Solution) -> float:
    """Return the share of what the people may work that is left over."""
    minutes = found.objective if found.objective is not None else worth(week.minutes, found.values)
    return 1 - minutes / max(1, worth(week.supply, found.values))


def _names(week: Week, values: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(name for name, variable in week.used.items() if values[variable])
