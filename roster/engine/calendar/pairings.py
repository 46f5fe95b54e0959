"""People with people as rows of a calendar: apart, together, somebody only beside somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from roster.domain.duty import DAY, Duty
from roster.domain.horizon import known_presence
from roster.domain.outcome import Roster
from roster.domain.pairing import Bond
from roster.domain.problem import Problem
from roster.engine.calendar.paths import Walk
from roster.engine.calendar.person_days import Course
from roster.engine.program import Program, Terms

Leave = dict[tuple[str, int], list[int]]
"""The rows that say nothing while somebody is on leave on a day: by person and day."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """Terms, what kept days add, and the walks whose kept days might change after all."""

    terms: Terms
    known: int
    loose: frozenset[int] = frozenset()

    def plus(self, other: _Sum, factor: int = 1) -> _Sum:
        """Return the sum of both, the other so many times."""
        terms = [*self.terms, *((variable, factor * by) for variable, by in other.terms)]
        return _Sum(terms, self.known + factor * other.known, self.loose | other.loose)


class _Someone:
    """One person's days: the walk, what was done on the eve, and the days of leave."""

    def __init__(self, walk: Walk, course: Course, before: Sequence[Duty]) -> None:
        self.name, self.away = walk.person.name, course.away
        self.roles = course.staff.skills
        self.type = course.staff
        self._walk, self._eve = walk, before[-1:]
        self.days = range(-len(self._eve), len(walk.chosen))

    def choices(self, day: int) -> list[Duty]:
        """Return the duties that a day may have."""
        if day < 0:
            return list(self._eve)
        if day in self._walk.kept:
            return [self._walk.kept[day]]
        return [self._walk.graph.duties[number] for number in self._walk.chosen[day]]

    def on(self, day: int, duties: Sequence[Duty]) -> _Sum:
        """Return whether a day has one of some duties."""
        if day < 0:
            return _Sum([], int(self._eve[0] in duties))
        if day in self._walk.kept:
            loose = {self._walk.elsewhere} if day in self._walk.loose else set()
            return _Sum([], int(self._walk.kept[day] in duties), frozenset(v for v in loose if v is not None))
        worth = [int(duty in duties) for duty in self._walk.graph.duties]
        return _Sum(self._walk.worth(day, worth), 0)


def pair(program: Program, problem: Problem, wanted: Roster, walks: Sequence[tuple[Walk, Course]]) -> Leave:
    """Add what is asked of people with one another; return the rows that somebody's leave takes away."""
    everybody = [_Someone(walk, course, wanted.history(index)) for index, (walk, course) in enumerate(walks)]
    leave: Leave = {}
    for pairing in problem.pairings:
        who = [one for one in everybody if one.name in pairing.who or not one.roles.isdisjoint(pairing.who)]
        if pairing.bond is Bond.APART:
            for one, other in combinations(who, 2):
                _apart(program, one, other)
        elif pairing.bond is Bond.TOGETHER:
            _together(program, who, leave)
        else:
            by = [one for one in everybody if one.name in pairing.by or not one.roles.isdisjoint(pairing.by)]
            _supervise(program, problem, wanted, (who, by))
    return leave


def _apart(program: Program, one: _Someone, other: _Someone) -> None:
    for day in one.days:
        alike: dict[tuple[tuple[int, int], ...], list[Duty]] = {}
        for duty in one.choices(day):
            if duty.shift is not None:
                alike.setdefault(duty.shift.stretches, []).append(duty)
        for stretches, duties in alike.items():
            for later in range(day - 1, day + 2):
                if later not in other.days or max(day, later) < 0:
                    continue
                meets = [duty for duty in other.choices(later) if _meet(stretches, duty, (later - day) * DAY)]
                if meets:
                    both = one.on(day, duties).plus(other.on(later, meets))
                    _at_most(program, both, 1, f"apart {one.name} {other.name}")


def _meet(stretches: tuple[tuple[int, int], ...], duty: Duty, moved: int) -> bool:
    """Whether a duty, so many minutes later, has a minute at work in one of some stretches."""
    return duty.shift is not None and any(
        start < stop + moved and begin + moved < end
        for start, end in stretches
        for begin, stop in duty.shift.stretches
    )


def _at_most(program: Program, sum_: _Sum, most: int, why: str) -> None:
    """Add a row; each kept day that changes after all takes off what it may."""
    program.at_most([*sum_.terms, *((count, -1) for count in sum_.loose)], most - sum_.known, why)


def _together(program: Program, who: Sequence[_Someone], leave: Leave) -> None:
    for other in who[1:]:
        first = who[0]
        for day in range(first.days.stop):
            if any(day in one.away for one in who):
                continue
            shifts = {(duty.shift, duty.site) for one in (first, other) for duty in one.choices(day)}
            for shift, site in sorted(shifts, key=lambda pair: (str(pair[0] and pair[0].name), str(pair[1]))):
                ours, theirs = (
                    one.on(day, [d for d in one.choices(day) if (d.shift, d.site) == (shift, site)])
                    for one in (first, other)
                )
                for more, less in ((ours, theirs), (theirs, ours)):
                    for one in who:
                        leave.setdefault((one.name, day), []).append(len(program.rows))
                    _at_most(program, more.plus(less, -1), 0, f"together {first.name} {other.name}")


def _supervise(
    program: Program,
    problem: Problem,
    wanted: Roster,
    people: tuple[Sequence[_Someone], Sequence[_Someone]],
) -> None:
    who, by = people
    carried_in = bool(wanted.before) and all(wanted.before)
    for one in who:
        beside = [other for other in by if other is not one]
        types = {other.type.name: other.type for other in beside}
        judged = known_presence(problem, types.values(), wanted.horizon.days, carried_in=carried_in)
        for day in range(one.days.stop):
            for stretches, duties in _by_stretches(one.choices(day)).items():
                for start, end in _pieces(stretches, beside, day):
                    if max(start + day * DAY, judged[0]) >= min(end + day * DAY, judged[1]):
                        continue
                    there = _Sum([], 0)
                    for other in beside:
                        there = _beside(other, there, day, (start, end))
                    alone = one.on(day, duties).plus(there, -1)
                    _at_most(program, alone, 0, f"supervised {one.name} {day}")


def _by_stretches(choices: Sequence[Duty]) -> dict[tuple[tuple[int, int], ...], list[Duty]]:
    alike: dict[tuple[tuple[int, int], ...], list[Duty]] = {}
    for duty in choices:
        if duty.shift is not None:
            alike.setdefault(duty.shift.stretches, []).append(duty)
    return alike


def _beside(other: _Someone, there: _Sum, day: int, piece: tuple[int, int]) -> _Sum:
    for near in range(day - 1, day + 2):
        if near in other.days:
            present = [duty for duty in other.choices(near) if _meet((piece,), duty, (near - day) * DAY)]
            if present or near in range(other.days.stop):
                there = there.plus(other.on(near, present))
    return there


def _pieces(
    stretches: tuple[tuple[int, int], ...], beside: Sequence[_Someone], day: int
) -> Iterator[tuple[int, int]]:
    """Yield the pieces of stretches between the minutes at which somebody comes or goes."""
    turns = {
        minute + (near - day) * DAY
        for other in beside
        for near in range(day - 1, day + 2)
        if near in other.days
        for duty in other.choices(near)
        if duty.shift is not None
        for stretch in duty.shift.stretches
        for minute in stretch
    }
    for start, end in stretches:
        inner = sorted({start, end, *(minute for minute in turns if start < minute < end)})
        yield from pairwise(inner)
