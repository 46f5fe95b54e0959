"""A roster out of times on call: for each person and day the duty that fits what a tool has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from roster.domain.horizon import Horizon, calendar
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, OFF, Duty, Person, Presence, Problem, Shift
from roster.errors import Fault, Faults
from roster.language import tr
from roster.rosters.files import FoundRoster
from roster.rosters.oncall_files import OnCall
from roster.rosters.people import everybody, known_person, plain_name
from roster.suggestions import did_you_mean

Span = tuple[int, int]
"""Minutes since the midnight that starts day 0."""


def roster_on_call(
    problem: Problem, entries: Iterable[OnCall], users: Mapping[str, str], path: Path
) -> FoundRoster:
    """
    Return the roster that times on call describe.

    A duty is taken for a day where its times fit best; time that no duty fits is told.

    Parameters
    ----------
    problem, entries : The scenario, and who is on call when.
    users, path : The tool's user for each person's name, and the file that faults name.

    Raises
    ------
    Faults
        People are not known.
    """
    horizon = calendar(problem.dates)
    spans: dict[str, dict[Presence | None, list[Span]]] = {}
    people: dict[str, Person] = {}
    asked = schedules_of(problem)
    for one in entries:
        person = _person(problem, one, users)
        if person is None:
            continue
        people.setdefault(person.name, person)
        start, end = (_minute(horizon, at) for at in (one.start, one.end))
        span = max(start, 0), min(end, (horizon.days + 1) * DAY)
        spans.setdefault(person.name, {}).setdefault(asked.get(one.schedule), []).append(span)
    if strangers := _strangers(problem, entries, users):
        raise Faults(str(path), strangers)
    placed = everybody(problem, people)
    lines, left = [], 0
    for person in placed:
        own = [
            _Time(*span, kind)
            for kind, known in spans.get(person.name, {}).items()
            for span in _joined(known)
        ]
        duties, over = _duties(problem, person, own, horizon)
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


def schedules_of(problem: Problem) -> dict[str, Presence]:
    """Return what presence the schedules ask for that `roster export` names: a chain's level, or a post."""
    return {
        f"{post.chain}-{post.level}" if post.chain else post.name: post.presence for post in problem.posts
    }


@dataclass(frozen=True, slots=True)
class _Time:
    """Time on call, and the presence that its schedule asks for, where that is known."""

    start: int
    end: int
    presence: Presence | None

    def worth(self, part: Shift, day: int) -> float:
        """Return the minutes that a part of a duty on a day takes of it; presence on site answers standby too."""
        minutes = max(0, min(self.end, day * DAY + part.end) - max(self.start, day * DAY + part.start))
        if self.presence is None or self.presence is part.presence:
            return minutes
        return 0.9 * minutes if part.on_site else 0

    def without(self, part: Shift, day: int) -> list[_Time]:
        """Return what is left of it beside a part of a duty."""
        if not self.worth(part, day):
            return [self]
        start, end = day * DAY + part.start, day * DAY + part.end
        pieces = ((self.start, min(self.end, start)), (max(self.start, end), self.end))
        return [replace(self, start=first, end=last) for first, last in pieces if first < last]


def _duties(
    problem: Problem, person: Person, times: list[_Time], horizon: Horizon
) -> tuple[tuple[Duty, ...], int]:
    """Return the duty of each day, and the minutes that none of them takes."""
    choices = [duty for duty in problem.duties(problem.type[person.type]) if not duty.is_off]
    free, found = list(times), []
    for day in range(horizon.days):
        best, gain = OFF, 0.0
        for duty in choices:
            taken = sum(time.worth(part, day) for part in duty.parts for time in free)
            length = sum(part.length for part in duty.parts)
            # What is asked of nobody counts against a duty: the closest fit is the one meant.
            if 2 * taken - length > gain:
                best, gain = duty, 2 * taken - length
        found.append(best)
        for part in best.parts:
            free = [piece for time in free for piece in time.without(part, day)]
    last = horizon.days * DAY
    return tuple(found), sum(min(time.end, last) - time.start for time in free if time.start < last)
