"""
Whether a scenario can be held at all, as yes, no, or not known in time; and the smallest part of it that cannot.

A rota that repeats each week is a yes, and so is one that repeats after more weeks. A no holds of every roster: the
relaxation of one week in which only people and seats are whole has no solution. What lies between is not known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

from roster.domain.outcome import Status
from roster.domain.problem import Goal, Problem
from roster.engine.certificate import certified
from roster.engine.integer_program import Program, Terms, summed
from roster.engine.rotation.average_cuts import forbid_broken_parts
from roster.engine.rotation.decompose import split
from roster.engine.rotation.first_rota import NEAR, first, first_rota
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.one_circuit import made_lawful
from roster.engine.rotation.ring_lengths import LONGEST, ring_lengths, rings
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.reduced_costs import UNDECIDED
from roster.engine.solvers.search import Search, Solution
from roster.proof import Leaf, Ordinary, Part

SMALL = 1000
"""Up to so many variables a complete search is tried at once: most take a tenth of a second."""

SMALL_SECONDS = 1.5

RING_SECONDS = 2.0
"""Wall time for each ring of more than a week."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on what the scenario makes least: in-house people, all people, or money a month."""

    goal: Goal
    most: int


def capped(model: RotationModel, cap: Cap | None) -> Program:
    """Return a model's program with the limit in it."""
    program = model.program.copy()
    if cap is not None:
        turns = model.turns if cap.goal is Goal.COST else 1
        program.at_most(counted(model, cap.goal), cap.most * turns, "cap")
    return program


def counted(model: RotationModel, goal: Goal) -> Terms:
    """Return what a goal counts in a model."""
    if goal is Goal.COST:
        return model.cost
    return model.in_house if goal is Goal.IN_HOUSE else model.people


def holdable(problem: Problem, cap: Cap | None, search: Search) -> bool | None:
    """
    Return whether some roster that goes on for ever holds every hard post; None where that is not known in time.

    Parameters
    ----------
    problem : The scenario.
    cap : A limit on people or money; None for none.
    search : Deadline and settings.
    """
    if search.seconds_left <= 0:
        return None
    week = build(problem)
    found = _lawful_rota(week, capped(week, cap), cap, search)
    if found.status is Status.OPTIMAL:
        return True
    if found.status is not Status.INFEASIBLE:
        return None
    if refused(problem, cap, search):
        return False
    lengths = takewhile(lambda days: days <= LONGEST, ring_lengths(problem))
    for model, slice_ in rings(lambda days: build(problem, days=days), lengths, search, RING_SECONDS):
        found = _lawful_rota(model, capped(model, cap), cap, slice_)
        if found.status is Status.OPTIMAL:
            return True
    return None


def cheapest(problem: Problem, cap: Cap, search: Search) -> dict[str, int]:
    """
    Return the cheapest mix of people found who hold every hard post within a limit, by type; empty without one.

    Parameters
    ----------
    problem, cap : The scenario, and the limit on people or money.
    search : Deadline and settings.
    """
    if search.seconds_left <= 0:
        return {}
    model = build(problem)
    found = _lawful_rota(model, capped(model, cap), cap, search, any_mix=False)
    return {name: found.values[flow.headcount] for name, flow in model.flows.items()} if found.found else {}


def _lawful_rota(
    model: RotationModel, program: Program, cap: Cap | None, search: Search, *, any_mix: bool = True
) -> Solution:
    """Return a rota each of whose parts is lawful (`optimal`), that there is none, or that none was found in time."""
    # The cheapest mix of people is found sooner to have a rota than any mix is.
    goal = summed([*model.cost, *counted(model, cap.goal if cap else model.problem.goal)])
    while search.seconds_left > 0:
        found = _found(model, program, goal, search, any_mix=any_mix)
        if not found.found:
            return found
        if values := made_lawful(model, found.values, search):
            return replace(found, status=Status.OPTIMAL, values=values)
        if not forbid_broken_parts(model, program, found.values):
            break
    return UNDECIDED


def refused(problem: Problem, cap: Cap | None, search: Search) -> bool:
    """
    Whether the relaxation with whole people and seats shows that no roster at all holds every hard post.

    Parameters
    ----------
    problem : The scenario.
    cap : A limit on people or money; None for none.
    search : Deadline and settings.
    """
    if search.seconds_left <= 0:
        return False
    model = build(problem)
    found = branch_and_bound(capped(model, cap), [], search.seconds_left, model.bodies)
    return found.status is Status.INFEASIBLE


def _found(model: RotationModel, program: Program, goal: Terms, search: Search, *, any_mix: bool) -> Solution:
    """Look for any rota: of a small program at once; else near what the relaxation chooses, then everywhere."""
    if any_mix and len(program.lower) <= SMALL:
        found = branch_and_bound(program, [], min(SMALL_SECONDS, search.seconds_left))
        if found.status is not Status.UNKNOWN:
            return found
    chosen = branch_and_bound(program, goal, search.seconds_left, model.settled_first)
    if chosen.status is Status.INFEASIBLE:
        return chosen
    if chosen.status is Status.OPTIMAL:
        found = first_rota(model, program, chosen.values, search)
        if found.found:
            return found
    return (
        branch_and_bound(program, [] if any_mix else goal, search.seconds_left)
        if search.seconds_left
        else UNDECIDED
    )


def agreed(problem: Problem, cap: Cap | None, search: Search) -> bool:
    """
    Whether exact arithmetic, which knows nothing of solvers, shows it to be impossible too, in the time given.

    Parameters
    ----------
    problem : The scenario.
    cap : A limit on people or money; None for none.
    search : Its deadline is kept.
    """
    if cap is not None:
        problem = replace(problem, goal=cap.goal)
    week, reached = Ordinary.of(problem), 0
    for part in split(problem):
        types, posts, seats = (
            tuple(one.name for one in each) for each in (part.types, part.posts, part.seats)
        )
        shown = certified(week, Part(types, posts, seats, 0, Leaf(())), None, search.deadline)
        if shown is None:
            continue
        if shown.bound is None:
            return True
        reached += shown.bound
    return cap is not None and reached > cap.most


def minimum_value(problem: Problem, search: Search) -> tuple[Status, int | None]:
    """
    Return the proven fewest of what the scenario makes least.

    `infeasible` where no number will do, `unknown` where nothing was proven in time: then there is no number.
    """
    if problem.goal is not Goal.COST:
        problem = replace(problem, types=tuple(replace(staff, cost=0) for staff in problem.types))
    total = 0
    for part in split(problem):
        found = fewest(part, SearchRun(time.monotonic(), search, lambda _: None))
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
        found = fewest(part, SearchRun(time.monotonic(), search, lambda _: None))
        if found.model is None or not found.values:
            return None
        for name, flow in found.model.flows.items():
            by_type[name] = found.values[flow.headcount]
    everybody = problem.goal is Goal.PEOPLE
    people = sum(n for name, n in by_type.items() if everybody or not problem.is_vendor(problem.type[name]))
    return people, by_type


GapKey = tuple[str, int, int, int]
"""A post, from which minute of the week to which, and how many people are missing."""


class Emptying:
    """A problem in which a single hard post may stay empty."""

    def __init__(self, problem: Problem, cap: Cap | None, search: Search) -> None:
        self._model = build(problem, elastic=True)
        self._program, self._search = capped(self._model, cap), search

    def _alone(self, post: str) -> tuple[Program, Terms]:
        alone, minutes = self._program.copy(), []
        for (name, start, end), variable in self._model.shortages.items():
            if name == post:
                minutes.append((variable, end - start))
            elif self._model.problem.post[name].hard:
                alone.upper[variable] = 0
        return alone, minutes

    def at_least(self, post: str) -> int | None:
        """Return minutes a week that a post stays empty at least if only it may; None where that does not help."""
        program, minutes = self._alone(post)
        found = branch_and_bound(program, minutes, self._search.seconds_left, self._model.bodies)
        return None if found.status is Status.INFEASIBLE else max(0, found.bound or 0)

    def least(self, post: str) -> list[GapKey]:
        """Return the least that stays empty if only this post may; nothing where that was not proven in time."""
        if self._search.seconds_left <= 0:
            return []
        program, minutes = self._alone(post)
        bound = branch_and_bound(program, minutes, self._search.seconds_left, self._model.bodies)
        if bound.status is not Status.OPTIMAL:
            return []
        at_best = program.near(bound.values, NEAR)
        at_best.at_most(minutes, bound.objective or 0, "empty")
        left = self._search.seconds_left
        solved = first(at_best, left) if left > 0 else UNDECIDED
        if not solved.found and self._search.seconds_left > 0:
            solved = branch_and_bound(program, minutes, self._search.seconds_left)
        if solved.status not in (Status.OPTIMAL, Status.FEASIBLE):
            return []
        values = made_lawful(self._model, solved.values, self._search) or ()
        every = self._model.shortages.items() if values else ()
        return [(*key, values[v]) for key, v in every if key[0] == post and values[v]]


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
    groups : What cannot hold together; a group that can go as a whole goes at once, the first groups first.
    holds : Whether a set can hold together; None where not known in time.
    ahead : Told of sets that are likely to be asked about next, so that they can be solved side by side.

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
