"""Whose calendar it is: the people whom the scenario names, before anybody has a duty."""

from __future__ import annotations

from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem
from roster.errors import Fault, Faults
from roster.language import tr


def skeleton(problem: Problem, people: tuple[Person, ...] | None = None) -> Roster:
    """Return the roster of a problem's people before anybody has a duty."""
    horizon = calendar(problem.dates)
    who = problem.people if people is None else people
    return Roster(who, horizon, (), (), problem.before(who))


def must_name_people(problem: Problem, source: str) -> None:
    """Raise Faults where a scenario, read from `source`, names nobody."""
    if not problem.people:
        raise Faults(source, [Fault(None, "people", tr("calendar.nobody"))])
