"""People with people, as `roster.domain.pairing` says: apart, together, somebody only beside somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from roster.checker.person import leave_days
from roster.checker.rules.breach import Breach, OnDay
from roster.checker.rules.timeline import Timeline
from roster.domain.horizon import known_presence
from roster.domain.outcome import Roster
from roster.domain.pairing import Bond, Pairing
from roster.domain.problem import DAY, Problem
from roster.language import tr

Stay = tuple[int, int, int]
"""A stretch at work: the day its shift begins on, and its minutes [start, end) since the midnight of day 0."""


def bound(problem: Problem, roster: Roster, pairing: Pairing) -> Iterator[tuple[str, Breach]]:
    """
    Yield where a roster breaks what is asked of people with one another, each with the person it is said of.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    pairing : What is asked of whom.
    """
    lines = {
        person.name: Timeline(roster.duties[index], roster.horizon, roster.history(index))
        for index, person in enumerate(roster.people)
    }
    carried_in = bool(roster.before) and all(roster.before)
    who = _people(problem, roster, pairing.who)
    if pairing.bond is Bond.APART:
        for one, other in combinations(who, 2):
            yield from _apart(one, other, lines)
    elif pairing.bond is Bond.TOGETHER:
        yield from _together(problem, who, lines)
    else:
        by = _people(problem, roster, pairing.by)
        for name in who:
            others = [other for other in by if other != name]
            types = [problem.type[person.type] for person in roster.people if person.name in others]
            judged = known_presence(problem, types, roster.horizon.days, carried_in=carried_in)
            for day in _alone(lines[name], [lines[other] for other in others], judged):
                figures = {"day": OnDay(day), "by": tr("rules.either").join(pairing.by)}
                yield name, Breach("supervised", (day,), figures=figures)


def _people(problem: Problem, roster: Roster, names: Sequence[str]) -> list[str]:
    """Return the people of a roster that names of people or roles mean."""
    found = []
    for person in roster.people:
        staff = problem.type.get(person.type)
        roles = staff.skills if staff is not None else frozenset[str]()
        if person.name in names or not roles.isdisjoint(names):
            found.append(person.name)
    return found


def _stays(line: Timeline) -> list[Stay]:
    found = []
    # What began before the eve has ended by the first day.
    for day in range(max(line.first_known, -1), line.horizon.days):
        shift = line.sure(day).shift
        for start, end in shift.stretches if shift is not None else ():
            found.append((day, day * DAY + start, day * DAY + end))
    return found


def _apart(one: str, other: str, lines: dict[str, Timeline]) -> Iterator[tuple[str, Breach]]:
    days = sorted(
        {
            max(day, later)
            for day, start, end in _stays(lines[one])
            for later, begin, stop in _stays(lines[other])
            if start < stop and begin < end and max(day, later) >= 0
        }
    )
    for day in days:
        yield one, Breach("apart", (day,), figures={"other": other, "day": OnDay(day)})


def _together(
    problem: Problem, who: Sequence[str], lines: dict[str, Timeline]
) -> Iterator[tuple[str, Breach]]:
    if not who:
        return
    first, horizon = who[0], lines[who[0]].horizon
    away = {day for name in who for day in leave_days(problem, name, horizon)}
    for other in who[1:]:
        for day in (day for day in range(horizon.days) if day not in away):
            ours, theirs = lines[first].sure(day), lines[other].sure(day)
            if (ours.shift, ours.site) != (theirs.shift, theirs.site):
                figures = {"other": other, "duty": ours.name, "instead": theirs.name, "day": OnDay(day)}
                yield first, Breach("together", (day,), figures=figures)


def _alone(line: Timeline, beside: Sequence[Timeline], judged: tuple[int, int]) -> Iterator[int]:
    """Yield the days whose shift has a judged minute at which nobody is beside."""
    there = sorted((start, end) for other in beside for _, start, end in _stays(other))
    found = set()
    for day, start, end in _stays(line):
        reached, until = max(start, judged[0]), min(end, judged[1])
        for begin, stop in there:
            if begin <= reached < stop:
                reached = stop
        if reached < until and day >= 0:
            found.add(day)
    yield from sorted(found)
