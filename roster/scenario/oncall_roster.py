"""A roster out of times on call: for each person and day the duty that fits what a tool has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from roster.domain.horizon import Horizon, calendar
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, OFF, Duty, Person, Problem
from roster.errors import Fault, Faults
from roster.language import tr
from roster.rosters.files import FoundRoster
from roster.rosters.people import everybody, known_person, plain_name
from roster.scenario.oncall_read import OnCall
from roster.suggestions import did_you_mean

Span = tuple[int, int]
"""Minutes since the midnight that starts day 0."""


def roster_on_call(
    problem: Problem, entries: Iterable[OnCall], users: Mapping[str, str], path: Path
) -> FoundRoster:
    """
    Return the roster that times on call describe; raises Faults for people who are not known.

    `users` gives the user of a tool for each person's name. A duty is taken for a day where its times fit best; time
    that no duty fits is told.
    """
    horizon = calendar(problem.dates)
    spans: dict[str, list[Span]] = {}
    people: dict[str, Person] = {}
    for one in entries:
        person = _person(problem, one, users)
        if person is None:
            continue
        people.setdefault(person.name, person)
        start, end = (_minute(horizon, at) for at in (one.start, one.end))
        spans.setdefault(person.name, []).append((max(start, 0), min(end, (horizon.days + 1) * DAY)))
    if strangers := _strangers(problem, entries, users):
        raise Faults(str(path), strangers)
    placed = everybody(problem, people)
    lines, left = [], 0
    for person in placed:
        duties, over = _duties(problem, person, _joined(spans.get(person.name, [])), horizon)
        lines.append(duties)
        left += over
    remarks = (tr("import.unmatched", hours=round(left / 60, 1)),) if left else ()
    roster = Roster(placed, horizon, tuple(lines), before=problem.before(placed))
    return FoundRoster(roster, remarks=remarks)


def _person(problem: Problem, one: OnCall, users: Mapping[str, str]) -> Person | None:
    by_user = {plain_name(user): name for name, user in users.items()}
    for text in one.who:
        named = by_user.get(plain_name(text), text)
        if (person := known_person(problem, named, "")) is not None:
            return person
    return None


def _strangers(problem: Problem, entries: Iterable[OnCall], users: Mapping[str, str]) -> list[Fault]:
    names = [person.name for person in problem.people]
    found: dict[str, Fault] = {}
    for one in entries:
        if one.who and _person(problem, one, users) is None:
            name = one.who[0]
            way_out = did_you_mean(name, names)
            found.setdefault(name, Fault(None, name, tr("import.stranger", value=name, way_out=way_out)))
    return list(found.values())


def _minute(horizon: Horizon, at: datetime) -> int:
    return horizon.number(at.date()) * DAY + at.hour * 60 + at.minute


def _joined(spans: Iterable[Span]) -> list[Span]:
    """
    Return spans of time without overlaps, those that touch as one.

    >>> _joined([(60, 90), (0, 60), (80, 100), (200, 210), (5, 5)])
    [(0, 100), (200, 210)]
    """
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _duties(
    problem: Problem, person: Person, spans: list[Span], horizon: Horizon
) -> tuple[tuple[Duty, ...], int]:
    """Return the duty of each day, and the minutes that none of them takes."""
    staff = problem.type[person.type]
    # People who serve several sites are on call from home, or at the first of them.
    choices = [duty for duty in problem.duties(staff) if not duty.is_off]
    free, found = list(spans), []
    for day in range(horizon.days):
        best, gain = OFF, 0
        for duty in choices:
            parts = [(day * DAY + part.start, day * DAY + part.end) for part in duty.parts]
            taken = sum(_overlap(part, span) for part in parts for span in free)
            over = sum(end - start for start, end in parts) - taken
            if taken - over > gain:
                best, gain = duty, taken - over
        found.append(best)
        for part in best.parts:
            free = [
                piece
                for span in free
                for piece in _without(span, (day * DAY + part.start, day * DAY + part.end))
            ]
    last = horizon.days * DAY
    return tuple(found), sum(min(end, last) - start for start, end in free if start < last)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _without(span: Span, taken: Span) -> list[Span]:
    pieces = [(span[0], min(span[1], taken[0])), (max(span[0], taken[1]), span[1])]
    return [piece for piece in pieces if piece[0] < piece[1]]
