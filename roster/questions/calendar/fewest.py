"""Who is never needed: how few of the people of a calendar could hold its posts on these dates."""

from __future__ import annotations

import time
from dataclasses import replace

from roster.checker import check_roster
from roster.domain.problem import Problem
from roster.engine.columns import Aims, Deadline, State, compile_team, fewest_people, result, run
from roster.questions.calendar.answer import CalendarAnswer, FewestPeople
from roster.questions.calendar.people import skeleton

SECONDS = 4.0
"""Wall time for a calendar of as few as the bound says."""


def fewest_needed(answer: CalendarAnswer, seed: int = 1) -> FewestPeople | None:
    """Return how few people do, of those of a calendar that holds every post; None where that is not known."""
    problem, roster = answer.problem, answer.roster
    if roster is None or answer.empty_minutes or roster.people != problem.people:
        return None
    known = fewest_people(compile_team(problem, skeleton(problem), Aims(quality=False)))
    if known is None:
        return None
    bound, chosen = known
    idle = tuple(
        person.name
        for person, line in zip(roster.people, roster.duties, strict=True)
        if all(duty.is_off for duty in line)
    )
    busy = len(roster.people) - len(idle)
    if bound >= busy:
        return FewestPeople(bound, busy, idle)
    names = {problem.people[number].name for number in chosen}
    if len(names) < busy and not problem.pairings and _enough(problem, names, seed):
        gone = tuple(person.name for person in problem.people if person.name not in names)
        return FewestPeople(bound, len(names), gone)
    return FewestPeople(bound, busy, idle)


def with_fewest(answer: CalendarAnswer, seed: int = 1) -> CalendarAnswer:
    """Return an answer that says how few of the people do, too."""
    return replace(answer, fewest=fewest_needed(answer, seed))


def _enough(problem: Problem, names: set[str], seed: int) -> bool:
    """Whether a calendar of some people that holds every post that must be held is found."""
    fewer = replace(problem, people=tuple(one for one in problem.people if one.name in names))
    compiled = compile_team(fewer, skeleton(fewer), Aims(quality=False, duty=0))
    state = State(compiled.team, seed, Deadline(time.monotonic() + SECONDS), lambda *_: None)
    run(state, SECONDS)
    lines = result(state).lines
    return bool(lines) and not check_roster(fewer, compiled.read(lines))
