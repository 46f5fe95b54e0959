"""The fewest days of leave that would have to be given back for everything to be held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import gcd

from roster.domain.outcome import Roster, Status
from roster.domain.problem import Problem, StaffType
from roster.domain.rules import AverageHours
from roster.engine.automata import apart
from roster.engine.calendar.cover import OutsideDays
from roster.engine.calendar.leave_hours import minutes_before, most_minutes, taken
from roster.engine.calendar.model import build
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import bans_of, leave_of
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.reduced_costs import least
from roster.engine.solvers.search import Search

LeaveCell = tuple[str, int]
"""A person and a day."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """The cells of leave that are given back; None where not even all of them help."""

    cells: frozenset[LeaveCell] | None


def recalled(
    problem: Problem, wanted: Roster, leave: Collection[LeaveCell], frozen: frozenset[int], search: Search
) -> Recalled | None:
    """
    Return the fewest cells of leave to give back for every hard post to be held; None out of time.

    A day given back may be worked, and gives the hours of its duty to the calendar. It is a bound: pauses of
    those who go away are not limited.

    Parameters
    ----------
    problem, wanted : The scenario without the leave, and the published roster.
    leave : Cells (person, day) of the leave asked for.
    frozen : Numbers of the days that never change.
    search : Deadline and settings.
    """
    away = {person for person, _ in leave}
    around = OutsideDays(frozen, sparing=True)
    model = build(*apart(problem, wanted, away), elastic=False, free=None, around=around)
    back: dict[LeaveCell, int] = {}
    changed: Terms = []
    everybody = zip(model.walks, wanted.people, wanted.duties, strict=True)
    for index, (walk, original, duties) in enumerate(everybody):
        bans = bans_of(problem, original.name)
        anyway = leave_of(bans, wanted.horizon)
        own = {day for name, day in leave if name == original.name} - anyway
        for day, changes in enumerate(walk.changes(duties)):
            if day in own:
                back[original.name, day] = _given_back(model.program, walk, day)
            else:
                changed += changes
        if own:
            staff, hers = problem.type_of(original), sorted(own)
            on = wanted.horizon.on
            given = [(back[original.name, day], problem.minutes(staff, on(day), duties[day])) for day in hers]
            gone = taken(bans, wanted.horizon, staff)
            used = minutes_before(problem, staff, wanted.horizon, wanted.history(index))
            most = most_minutes(staff, len(duties), gone, used)
            _limit_hours(model.program, walk, staff, most, given)
    # Fewest changes come second. They also tell the simplex where to begin: without them it takes ten times longer.
    weight = len(wanted.people) * wanted.horizon.days + 1
    objective = [(variable, weight) for variable in back.values()] + changed
    found = least(model.program, objective, search)
    if not found.found:
        return Recalled(None) if found.status is Status.INFEASIBLE else None
    return Recalled(frozenset(cell for cell, variable in back.items() if found.values[variable]))


def _given_back(program: Program, walk: DutyPath, day: int) -> int:
    """Add whether a day of leave is given back, which it has to be where somebody works on it."""
    back = program.variable(0, 1)
    for used in (walk.at_work([day]), walk.running_into([day])):
        program.at_least([(back, 1), *((variable, -1) for variable in used)], 0, "given back")
    return back


def _limit_hours(program: Program, walk: DutyPath, staff: StaffType, most: int, back: Terms) -> None:
    """Add the limit on hours of somebody away, to which each day given back adds what it had taken."""
    if not any(isinstance(rule, AverageHours) for rule in staff.rules):
        return
    every = walk.hours()
    left = most - every.kept - sum(minutes for _, minutes in back)
    terms = [*every.terms, *((v, -minutes) for v, minutes in back if minutes)]
    unit = gcd(*(factor for _, factor in terms)) or 1
    program.at_most(
        [(v, factor // unit) for v, factor in terms], left // unit, f"hours while away {staff.name}"
    )
