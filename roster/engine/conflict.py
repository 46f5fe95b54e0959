"""
Whether a scenario can be held at all, as yes, no, or not known in time; and the smallest part of it that cannot.

The relaxation over people, seats and whole shifts answers most "no" in milliseconds; a rota found with the people it
chooses answers most "yes". Only what is left goes to the complete search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

from roster.engine.fewest import NEAR, Clock, fewest
from roster.engine.linear import Program, Terms
from roster.engine.polish import lawful, mend
from roster.engine.rotation import RotationModel, build, forbid_broken_parts
from roster.engine.solver import Search, Solution, branch_and_bound, minimise
from roster.engine.split import split
from roster.plan import Status
from roster.problem import Goal, Problem

SMALL = 1000
"""Up to so many variables a complete search is tried at once: most take a tenth of a second."""

SMALL_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on what the scenario makes least: in-house people, all people, or money a month."""

    goal: Goal
    most: int


def capped(model: RotationModel, cap: Cap | None) -> Program:
    """Return a model's program with the limit in it."""
    program = model.program.copy()
    if cap is not None:
        program.at_most(counted(model, cap.goal), cap.most, "cap")
    return program


def counted(model: RotationModel, goal: Goal) -> Terms:
    """Return what a goal counts in a model."""
    if goal is Goal.COST:
        return model.cost
    return model.in_house if goal is Goal.IN_HOUSE else model.people


def holdable(problem: Problem, cap: Cap | None, search: Search) -> bool | None:
    """Return whether some rota of an ordinary week holds every hard post; None where time ran out."""
    if search.seconds_left <= 0:
        return None
    model = build(problem)
    program = capped(model, cap)
    goal = counted(model, cap.goal if cap else problem.goal)
    while True:
        found = _found(model, program, goal, search)
        if found.status is Status.INFEASIBLE:
            return False
        if not found.found:
            return None
        if lawful(model, found.values) or lawful(model, mend(model, found.values, search)):
            return True
        if not forbid_broken_parts(model, program, found.values) or search.seconds_left <= 0:
            return None


def _found(model: RotationModel, program: Program, goal: Terms, search: Search) -> Solution:
    """Look for any rota: of a small program at once; else near what the relaxation chooses, then everywhere."""
    if len(program.lower) <= SMALL:
        found = branch_and_bound(program, [], min(SMALL_SECONDS, search.seconds_left))
        if found.status is not Status.UNKNOWN:
            return found
    chosen = branch_and_bound(program, goal, search.seconds_left, model.settled_first)
    if chosen.status is Status.INFEASIBLE:
        return chosen
    if chosen.status is Status.OPTIMAL:
        same = program.copy()
        for variable in (*(flow.headcount for flow in model.flows.values()), *model.seats.values()):
            same.lower[variable] = same.upper[variable] = chosen.values[variable]
        for attempt in (same.near(chosen.values, NEAR), same):
            found = branch_and_bound(attempt, [], search.seconds_left)
            if found.found:
                return found
    return branch_and_bound(program, [], search.seconds_left)


def agreed(problem: Problem, cap: Cap | None, search: Search) -> bool:
    """Whether the other solver finds it impossible too, in the time given."""
    program = capped(build(problem), cap)
    return minimise(program, [], replace(search, report=None)).status is Status.INFEASIBLE


def least(problem: Problem, search: Search) -> tuple[Status, int | None]:
    """
    Return the proven fewest of what the scenario makes least.

    `infeasible` where no number will do, `unknown` where nothing was proven in time: then there is no number.
    """
    if problem.goal is not Goal.COST:
        problem = replace(problem, types=tuple(replace(staff, cost=0) for staff in problem.types))
    total = 0
    for part in split(problem):
        found = fewest(part, Clock(time.monotonic(), search, lambda _: None))
        if found.status is Status.INFEASIBLE:
            return Status.INFEASIBLE, None
        if found.status is not Status.OPTIMAL or found.value is None:
            return Status.UNKNOWN, None
        total += found.value
    return Status.OPTIMAL, total


def mix(problem: Problem, search: Search) -> tuple[int, dict[str, int]] | None:
    """Return the fewest people whom the scenario counts, and the number of each type at the least cost."""
    by_type: dict[str, int] = {}
    for part in split(problem):
        found = fewest(part, Clock(time.monotonic(), search, lambda _: None))
        if found.model is None or not found.values:
            return None
        for name, flow in found.model.flows.items():
            by_type[name] = found.values[flow.headcount]
    everybody = problem.goal is Goal.PEOPLE
    people = sum(n for name, n in by_type.items() if everybody or not problem.is_vendor(problem.type[name]))
    return people, by_type


Gap = tuple[str, int, int, int]
"""A post, from which minute of the week to which, and how many people are missing."""


def least_empty(problem: Problem, cap: Cap | None, posts: Sequence[str], search: Search) -> list[list[Gap]]:
    """Return for each of some posts the least that stays empty if only that one may; nothing where that is no help."""
    model = build(problem, elastic=True)
    program = capped(model, cap)
    found: list[list[Gap]] = []
    for post in posts:
        alone = program.copy()
        for (name, _, _), variable in model.shortages.items():
            if name != post and problem.post[name].hard:
                alone.upper[variable] = 0
        own = [(key, variable) for key, variable in model.shortages.items() if key[0] == post]
        minutes = [(variable, key[2] - key[1]) for key, variable in own]
        solved = branch_and_bound(alone, minutes, search.seconds_left)
        lawful_one = solved.found and solved.status is Status.OPTIMAL and lawful(model, solved.values)
        found.append([(*key, solved.values[v]) for key, v in own if solved.values[v]] if lawful_one else [])
    return found


T = TypeVar("T")


def shrink(
    groups: Sequence[Sequence[T]],
    holds: Callable[[Sequence[T]], bool | None],
    ahead: Callable[[Sequence[Sequence[T]]], None] = lambda _: None,
) -> tuple[list[T], list[T]]:
    """
    Return a smallest set that cannot hold together, and those of it whose need could not be shown in time.

    Without any single one of the set, the others hold together.

    Parameters
    ----------
    groups
        What cannot hold together; a group that can go as a whole goes at once, the first groups first.
    holds
        Whether a set can hold together; None where not known in time.
    ahead
        Told of sets that are likely to be asked about next, so that they can be solved side by side.

    >>> shrink([[1, 2, 3], [4, 5]], lambda some: not {2, 5} <= set(some))
    ([2, 5], [])
    """
    every = [one for group in groups for one in group]
    kept: set[int] = set(range(len(every)))
    unsure: set[int] = set()

    def without(some: Sequence[int]) -> list[T]:
        return [every[number] for number in sorted(kept.difference(some))]

    def rid(some: list[int], needed: bool) -> bool:
        """Leave out what can be; `needed` where not all of it can. Return whether all of it went."""
        if not needed:
            answer = holds(without(some))
            if answer is False:
                kept.difference_update(some)
                return True
            if answer is None and len(some) == 1:
                unsure.update(some)
            needed = answer is True
        if len(some) > 1:
            middle = len(some) // 2
            first = rid(some[:middle], False)
            rid(some[middle:], needed and first)
        return False

    start, announced = 0, 0
    for at, group in enumerate(groups):
        if len(group) == 1 and at >= announced:
            run = list(takewhile(lambda one: len(one) == 1, groups[at:]))
            ahead([without([start + step]) for step in range(len(run))])
            announced = at + len(run)
        if group:
            rid(list(range(start, start + len(group))), False)
        start += len(group)
    return [every[n] for n in sorted(kept)], [every[n] for n in sorted(kept & unsure)]
