"""People with people as rows of a calendar's program."""

from __future__ import annotations

from collections.abc import Sequence

from roster.domain.duty import Duty
from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.engine.calendar.pairing_sums import Days, Someone, bond_rows
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import PersonDays
from roster.engine.integer_program import Program, Terms

Leave = dict[tuple[str, int], list[int]]
"""The rows that say nothing while somebody is on leave on a day: by person and day."""


def pair(
    program: Program, problem: Problem, wanted: Roster, walks: Sequence[tuple[DutyPath, PersonDays]]
) -> Leave:
    """
    Add what is asked of people with one another; return the rows that somebody's leave takes away.

    Parameters
    ----------
    program : What gets the rows.
    problem, wanted : The scenario with its pairings, and the roster whose people and days before are meant.
    walks : Each person's path, and what it was made from.
    """
    if not problem.pairings:
        return {}
    eves = [wanted.history(index)[-1:] for index in range(len(walks))]
    team = [_someone(*pair, eve) for pair, eve in zip(walks, eves, strict=True)]
    leave: Leave = {}
    carried_in = bool(wanted.before) and all(wanted.before)
    for row in bond_rows(problem, team, wanted.horizon.days, carried_in=carried_in):
        for place in row.leave:
            leave.setdefault(place, []).append(len(program.rows))
        terms, known = list[tuple[int, int]](), 0
        loose: set[int] = set()
        for one in row.terms:
            found, sure, count = _on(walks[one.who][0], eves[one.who], one)
            terms += found
            known += sure
            loose |= count
        # Each kept day that changes after all takes off what it may.
        program.at_most([*terms, *((count, -1) for count in loose)], row.most - known, row.why)
    return leave


def _someone(walk: DutyPath, course: PersonDays, eve: Sequence[Duty]) -> Someone:
    def choices(day: int) -> Sequence[Duty]:
        if day < 0:
            return list(eve)
        if day in walk.kept:
            return [walk.kept[day]]
        return [walk.graph.duties[number] for number in walk.chosen[day]]

    return Someone(walk.person.name, course.staff, range(-len(eve), len(walk.chosen)), course.away, choices)


def _on(walk: DutyPath, eve: Sequence[Duty], asked: Days) -> tuple[Terms, int, set[int]]:
    """Return whether a day has one of some duties: terms, what is known, and what counts it as changed after all."""
    day, factor = asked.day, asked.factor
    if day < 0:
        return [], factor * (eve[0] in asked.duties), set()
    if day in walk.kept:
        loose = {walk.elsewhere} if day in walk.loose and walk.elsewhere is not None else set()
        return [], factor * (walk.kept[day] in asked.duties), loose
    worth = [factor * (duty in asked.duties) for duty in walk.graph.duties]
    return walk.worth(day, worth), 0, set()
