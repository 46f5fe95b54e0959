"""The fewest days of leave that would have to be given back for everything to be held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from roster.engine.calendar import build
from roster.engine.calendar_cover import Around
from roster.engine.linear import Terms
from roster.engine.offruns import apart
from roster.engine.solver import Search
from roster.engine.whole import least
from roster.plan import Roster, Status
from roster.problem import Problem

Cell = tuple[str, int]
"""A person and a day."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """The cells of leave that are worked; None where not even all of them help."""

    cells: frozenset[Cell] | None


def recalled(
    problem: Problem, wanted: Roster, leave: Collection[Cell], frozen: frozenset[int], search: Search
) -> Recalled | None:
    """
    Return the fewest cells of leave on which somebody works so that every hard post is held; None out of time.

    It is a bound: hours are limited as if nobody went away, and pauses of those who do are not. `problem` is the one
    without the leave.
    """
    away = {person for person, _ in leave}
    around = Around(frozen, sparing=True)
    model = build(*apart(problem, wanted, away), elastic=False, free=None, around=around)
    worked: dict[Cell, Terms] = {}
    changed: Terms = []
    for walk, original, duties in zip(model.walks, wanted.people, wanted.duties, strict=True):
        for day, changes in enumerate(walk.changes(duties)):
            if (original.name, day) in leave:
                at_work = (
                    terms for duty, terms in walk.chosen[day].items() if not walk.graph.duties[duty].is_off
                )
                worked[original.name, day] = [term for terms in at_work for term in terms]
            else:
                changed += changes
    # Fewest changes come second. They also tell the simplex where to begin: without them it takes ten times longer.
    weight = len(wanted.people) * wanted.horizon.days + 1
    objective = [(variable, weight) for terms in worked.values() for variable, _ in terms] + changed
    found = least(model.program, objective, search)
    if not found.found:
        return Recalled(None) if found.status is Status.INFEASIBLE else None
    used = (cell for cell, terms in worked.items() if any(found.values[variable] for variable, _ in terms))
    return Recalled(frozenset(used))
