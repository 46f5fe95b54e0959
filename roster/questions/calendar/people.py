"""The people of a calendar before anybody has a duty."""

from __future__ import annotations

from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem


def skeleton(problem: Problem, people: tuple[Person, ...] | None = None) -> Roster:
    """Return the roster of a problem's people before anybody has a duty."""
    horizon = calendar(problem.dates)
    who = problem.people if people is None else people
    return Roster(who, horizon, (), (), problem.before(who))
