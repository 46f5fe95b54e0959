"""Ways out when leave cannot be covered, each found by solving: a shorter leave, other dates, one more person."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from roster.engine.repair import coverable
from roster.engine.solver import Search
from roster.language import tr
from roster.problem import OFF, Person
from roster.questions.absence import Absence, Case, shares

FARTHEST = 14
"""Most days that a leave is moved."""

SECONDS = 8.0
"""Wall time for all ways out; what is not decided by then is left out."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A change after which everything can be covered: `shorter`, `moved` or `hire`; whom it concerns, in a sentence."""

    kind: str
    person: str
    sentence: str
    absence: Absence | None = None


def ways_out(case: Case, posts: set[str], search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a case whose posts stay empty, those that could be decided in time."""
    short = replace(search, deadline=min(search.deadline, time.monotonic() + SECONDS))

    hopeless = [case.absences]

    def works(other: Case) -> bool:
        same = other.published is case.published
        if short.seconds_left <= 0 or (same and any(_within(known, other) for known in hopeless)):
            return False
        answers = [coverable(share.ask, short) for share in shares(other)]
        if False in answers and same:
            hopeless.append(other.absences)
        return all(answers)

    found = [*_shorter(case, works), *_hired(case, posts, works), *_moved(case, works)]
    return tuple(found)


Works = Callable[[Case], bool]


def _within(known: tuple[Absence, ...], other: Case) -> bool:
    """Whether a case asks for all the leave, or more, of one that is known to fail with the same people."""
    return all(
        one.person == more.person and more.first <= one.first and one.last <= more.last
        for one, more in zip(known, other.absences, strict=True)
    )


def _with(case: Case, at: int, absence: Absence) -> Case:
    return replace(case, absences=(*case.absences[:at], absence, *case.absences[at + 1 :]))


def _shorter(case: Case, works: Works) -> Iterator[WayOut]:
    """Yield the longest beginning and the longest end of each leave that can be covered."""
    for at, absence in enumerate(case.absences):
        for beginning in (True, False):
            longest = _longest(case, at, works, beginning=beginning)
            if longest:
                left = _part(absence, longest, beginning=beginning)
                words = {"person": left.person, "first": left.first, "last": left.last}
                sentence = tr("leave.way_shorter", days=longest, all=absence.length, **words)
                yield WayOut("shorter", left.person, sentence, left)


def _longest(case: Case, at: int, works: Works, *, beginning: bool) -> int:
    """Halve the lengths: a leave that can be covered can be covered in part."""
    low, high = 0, case.absences[at].length - 1
    while low < high:
        middle = (low + high + 1) // 2
        if works(_with(case, at, _part(case.absences[at], middle, beginning=beginning))):
            low = middle
        else:
            high = middle - 1
    return low


def _part(absence: Absence, days: int, *, beginning: bool) -> Absence:
    if beginning:
        return replace(absence, last=absence.first + timedelta(days=days - 1))
    return replace(absence, first=absence.last - timedelta(days=days - 1))


def _moved(case: Case, works: Works) -> Iterator[WayOut]:
    """Yield for each leave the nearest dates on which it can be covered."""
    steps = [sign * step for step in range(1, FARTHEST + 1) for sign in (1, -1)]
    for at, absence in enumerate(case.absences):
        for step in steps:
            moved = absence.moved(step)
            if _fits(case, at, moved) and works(_with(case, at, moved)):
                words = {"person": moved.person, "first": moved.first, "last": moved.last}
                key = "leave.way_later" if step > 0 else "leave.way_earlier"
                yield WayOut("moved", moved.person, tr(key, days=abs(step), **words), moved)
                break


def _fits(case: Case, at: int, moved: Absence) -> bool:
    """Whether moved leave lies in the part of the calendar that may change, apart from that person's other leave."""
    horizon = case.published.horizon
    first, last = horizon.number(moved.first), horizon.number(moved.last)
    earliest = 0 if case.frozen_until is None else case.frozen_until + 1
    others = (one for number, one in enumerate(case.absences) if number != at and one.person == moved.person)
    return (
        earliest <= first
        and last < horizon.days
        and all(one.last < moved.first or moved.last < one.first for one in others)
    )


def _hired(case: Case, posts: set[str], works: Works) -> Iterator[WayOut]:
    """Yield the staff types of which one more person is enough; nothing of theirs is frozen but days gone by."""
    for staff in case.problem.types:
        here = [person.name for person in case.published.people if person.type == staff.name]
        able = any(case.problem.can_hold(staff, case.problem.post[post]) for post in posts)
        if not able or len(here) >= staff.maximum:
            continue
        name = next(
            f"{staff.name}-{number}" for number in range(1, 10_000) if f"{staff.name}-{number}" not in here
        )
        roster = case.published
        hired = replace(
            roster,
            people=(*roster.people, Person(name, staff.name)),
            duties=(*roster.duties, (OFF,) * roster.horizon.days),
            before=(*roster.before, ()) if roster.before else (),
        )
        if works(replace(case, published=hired)):
            sentence = tr("leave.way_hire", type=staff.title or staff.name, person=name)
            yield WayOut("hire", name, sentence)
