"""Requests to be rid of a duty, as people write them: names and dates of a roster, understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.errors import Fault
from roster.language import tr
from roster.rosters.dates import parse_date
from roster.rosters.people import same_name
from roster.suggestions import did_you_mean

Understood = tuple[str, int, str | None, int | None]
"""Who, on which day, with whom and for which day."""


def parse_requests(
    problem: Problem, roster: Roster, rows: Iterable[tuple[int | None, Mapping[str, str]]]
) -> tuple[list[Understood], list[Fault]]:
    """
    Return the requests whose names and dates lead to a duty, and what is wrong with the others.

    Parameters
    ----------
    problem, roster : The scenario, and the published roster.
    rows : Each request by column, with its line in the file; None where it has none.
    """
    found: list[Understood] = []
    faults: list[Fault] = []
    for line, row in rows:
        wrong: list[tuple[str, str]] = []
        person = _name(roster, row.get("person", ""), wrong)
        partner = _name(roster, row["with"], wrong) if row.get("with") else None
        day = _day(problem, roster, row.get("date", ""), wrong)
        back = _day(problem, roster, row["for"], wrong) if row.get("for") else None
        if person is not None and partner == person:
            wrong.append((person, tr("swap.oneself", person=person)))
        if person is not None and day is not None and not wrong:
            index = [each.name for each in roster.people].index(person)
            if roster.duties[index][day].is_off:
                wrong.append((person, tr("swap.no_duty", person=person, day=roster.horizon.on(day))))
            found.append((person, day, partner, back))
        faults += [Fault(line, key, message) for key, message in wrong]
    return found, faults


def _name(roster: Roster, given: str, wrong: list[tuple[str, str]]) -> str | None:
    names = [person.name for person in roster.people]
    meant = same_name(given, names)
    if meant is None:
        wrong.append((given, tr("what_if.unknown", value=given, way_out=did_you_mean(given, names))))
    return meant


def _day(problem: Problem, roster: Roster, text: str, wrong: list[tuple[str, str]]) -> int | None:
    try:
        on = parse_date(text, problem.dates)
    except ValueError as error:
        wrong.append((text, str(error)))
        return None
    day = roster.horizon.number(on)
    if 0 <= day < roster.horizon.days:
        return day
    first, last = roster.horizon.on(0), roster.horizon.on(roster.horizon.days - 1)
    wrong.append((text, tr("swap.outside", value=on, start=first, last=last)))
    return None
