"""
The independent check of a roster that differs from a checked one on few days: of what those days can break.

The published roster has passed the check. Of one with other duties on some days, these can be broken: the posts of the
days from the eve of the first to the morrow of the last; sums over the calendar of whoever's duties are others; and
their rules, as far as they remember. So the same checker is asked of these days and people alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from roster.checker import check_person, coverage
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Duty, Problem, StaffType
from roster.domain.rules import (
    AverageHours,
    MinRest,
    RestAfterNights,
    Rule,
    StandbyShare,
    WeeklyRest,
    limit_fields,
)
from roster.questions.absences import Absence, granted, only
from roster.questions.resilience.cases import AbsenceCase, CaseAnswer

SUMS = (AverageHours, StandbyShare)
"""Rules on sums over the calendar."""
Moves = tuple[tuple[str, int, str], ...]
"""Cells that differ: person, day, name of the duty."""


def moves_between(published: Roster, other: Roster, later: int) -> Moves:
    """
    Return the cells in which a roster differs from the published one.

    Parameters
    ----------
    published, other : The rosters, of the same days.
    later : The number of their first day.
    """
    return tuple(
        (person.name, day + later, given.name)
        for person, old, new in zip(published.people, published.duties, other.duties, strict=True)
        for day, (known, given) in enumerate(zip(old, new, strict=True))
        if known != given
    )


def with_absence(case: AbsenceCase, problem: Problem, published: Roster) -> Problem:
    """
    Return a problem with an absence granted.

    Parameters
    ----------
    case : Who is away, and when.
    problem, published : The scenario, and the roster.
    """
    on = published.horizon.on
    first, last = on(case.first), on(case.first + case.length - 1)
    return problem.with_leave(granted(problem, published, Absence(name, first, last)) for name in case.people)


@dataclass(frozen=True)
class LocalCheck:
    """
    The check of rosters that differ on few days from one that has passed it.

    What was asked is kept with its verdict: equal days of equal people on equal dates are not judged twice.
    """

    problem: Problem
    published: Roster
    _verdicts: dict[object, frozenset[str]] = field(default_factory=dict)

    def passes(self, answer: CaseAnswer) -> bool:
        """Whether the roster of an answer keeps all rules, and leaves posts empty just where it breaks."""
        case, moved = answer.case, with_moves(answer.moves, self.problem, self.published)
        asked = with_absence(case, self.problem, self.published)
        other = [day for _, day, _ in answer.moves] + [case.first, case.first + case.length - 1]
        days = range(min(other), max(other) + 1)
        touched = {*case.people, *(name for name, *_ in answer.moves)}
        broken: set[str] = set()
        for at, person in enumerate(self.published.people):
            if person.name in touched:
                away = case if person.name in case.people else None
                broken |= self._sums(asked, moved, at, days) | self._rules(moved, at, days, (away, asked))
        broken |= self._posts(moved, range(max(0, days.start - 1), days.stop + 1))
        return broken == ({"post"} if answer.breaks else set())

    @cached_property
    def _published_sums(self) -> tuple[tuple[int, int], ...]:
        """Minutes and days on call of everybody, in the whole calendar as it is published."""
        return tuple(_counted(duties) for duties in self.published.duties)

    def _sums(self, asked: Problem, moved: Roster, person: int, changed: range) -> frozenset[str]:
        """Return what somebody breaks of the rules on sums: equal sums break the same."""
        who, (minutes, on_call) = moved.people[person], self._published_sums[person]
        gone = sum(one.minutes or 0 for one in asked.restrictions if one.person == who.name)
        old, new = (
            _counted(roster.duties[person][changed.start : changed.stop])
            for roster in (self.published, moved)
        )
        counted = minutes + new[0] - old[0], on_call + new[1] - old[1]
        key = "sums", who.type, counted, gone, moved.history(person)
        return self._said(key, lambda: _broken_by(self._ruled(asked, sums=True), moved, person))

    def _rules(
        self, moved: Roster, person: int, changed: range, leave: tuple[AbsenceCase | None, Problem]
    ) -> frozenset[str]:
        """Return what somebody, who may be away, breaks of the other rules on some days."""
        away, asked = leave
        memory = self._memory[moved.people[person].type]
        days = _whole_weeks(self.published, range(changed.start - memory, changed.stop + memory))
        cut = _cut(only(moved, asked, [person]), days, memory)
        # Sums and posts alone ask whether a date is a holiday: far from any, or near, the other rules say the same.
        dates = _edges(self.published, days), cut.horizon.weekday(0)
        key = "rules", dates, _row(cut, 0), away and (away.first - days.start, away.length)
        return self._said(
            key, lambda: _broken_by(self._ruled(asked if away else self.problem, sums=False), cut, 0)
        )

    @cached_property
    def _memory(self) -> dict[str, int]:
        """How many days back the rules of each type can look, those on sums left out."""
        return {staff.name: _remembered(staff) for staff in self.problem.types}

    @cached_property
    def _types(self) -> dict[bool, tuple[StaffType, ...]]:
        """The types with their rules on sums alone, and with the others."""
        return {
            sums: tuple(
                replace(staff, rules=tuple(rule for rule in staff.rules if isinstance(rule, SUMS) is sums))
                for staff in self.problem.types
            )
            for sums in (False, True)
        }

    def _ruled(self, asked: Problem, *, sums: bool) -> Problem:
        """Return a problem with its rules on sums alone, or with the others."""
        return replace(asked, types=self._types[sums])

    def _posts(self, moved: Roster, days: range) -> frozenset[str]:
        """
        Return whether posts are empty on some days.

        Every two days in a row are looked at by themselves: a post of the first ends on the second, and who could hold
        it depends on nothing but who is there.
        """
        found: frozenset[str] = frozenset()
        days = range(days.start, min(days.stop, moved.horizon.days))
        for day in range(days.start, max(days.start + 1, days.stop - 1)):
            found |= self._empty(moved, range(day, min(day + 2, days.stop)))
        return found

    def _empty(self, moved: Roster, days: range) -> frozenset[str]:
        """Return whether posts are empty on some days, whatever went before."""
        cut = _cut(moved, days, 1)
        everybody = sorted(_row(cut, at) for at in range(len(cut.people)))
        key = "posts", _dates(cut, self.published, days), tuple(everybody)
        return self._said(key, lambda: _empty_by(self.problem, cut))

    def _said(self, key: object, asked: Callable[[], frozenset[str]]) -> frozenset[str]:
        """Return the keys of the rules that the check finds broken."""
        if key not in self._verdicts:
            self._verdicts[key] = asked()
        return self._verdicts[key]


def _broken_by(asked: Problem, roster: Roster, person: int) -> frozenset[str]:
    """Return the keys of the rules that somebody breaks, by the check."""
    return frozenset(violation.rule for violation in check_person(asked, roster, person))


def _empty_by(problem: Problem, roster: Roster) -> frozenset[str]:
    """Return whether hard posts are empty, by the check."""
    rows = (row for row in coverage(problem, roster) if problem.post[row.post].hard)
    return frozenset({"post"} if any(row.held < row.required for row in rows) else ())


def _counted(duties: Sequence[Duty]) -> tuple[int, int]:
    """Return the minutes of work and the days on call of some days."""
    return sum(duty.work_minutes for duty in duties), sum(duty.standby is not None for duty in duties)


def _dates(cut: Roster, published: Roster, days: range) -> object:
    """Return what a check may know of the dates of some days."""
    horizon = cut.horizon
    return _edges(published, days), horizon.weekday(0), horizon.days, horizon.kinds, horizon.elsewhere


def _edges(published: Roster, days: range) -> tuple[bool, bool]:
    """Return whether some days are the first and the last of the calendar."""
    return days.start == 0, days.stop == published.horizon.days


def _row(cut: Roster, person: int) -> tuple[object, ...]:
    """Return what a check may know of somebody on some days, leave aside: type, duties, and those carried in."""
    return cut.people[person].type, _names(cut.duties[person]), _names(cut.history(person))


def _names(duties: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(duty.name for duty in duties)


def with_moves(moves: Moves, problem: Problem, published: Roster) -> Roster:
    """
    Return a roster with some cells changed.

    Parameters
    ----------
    moves : The cells.
    problem, published : The scenario, and the roster.
    """
    changed: dict[str, dict[int, str]] = defaultdict(dict)
    for name, day, duty in moves:
        changed[name][day] = duty
    rows = list(published.duties)
    for at, person in enumerate(published.people):
        if own := changed.get(person.name):
            known = {duty.name: duty for duty in problem.duties(problem.type_of(person))}
            row = list(rows[at])
            for day, name in own.items():
                row[day] = known[name]
            rows[at] = tuple(row)
    return replace(published, duties=tuple(rows))


def _whole_weeks(published: Roster, days: range) -> range:
    """Return the weeks that some days are in, as far as the calendar has them."""
    weekday = published.horizon.weekday
    first, stop = days.start - weekday(days.start), days.stop + 7 - weekday(days.stop)
    return range(max(0, first), min(published.horizon.days, stop))


def _remembered(staff: StaffType) -> int:
    """Return how many days back the rules of a type look, those on sums left out."""
    rules = [rule for rule in staff.rules if rule.hard and not isinstance(rule, SUMS)]
    return max(map(_remembers, rules), default=0)


def _remembers(rule: Rule) -> int:
    """
    Return how many days back a rule of a sequence can look, at most.

    >>> from roster.domain.rules import FreeWeekends, WorkBlock
    >>> _remembers(WorkBlock(longest=6)), _remembers(FreeWeekends(one_in=3))
    (6, 21)
    """
    if isinstance(rule, WeeklyRest):
        return 14
    told = limit_fields(rule)
    days = [told.get(name) or 0 for name in ("longest", "shortest", "days", "nights")]
    weeks = told.get("one_in") or 0
    rest = (told.get("minutes") or 0) if isinstance(rule, MinRest | RestAfterNights) else 0
    return max(
        *(each for each in days if isinstance(each, int)), 7 * int(str(weeks)), int(str(rest)) // DAY + 1
    )


def _cut(roster: Roster, days: range, known: int) -> Roster:
    """Return some days of a roster as one of its own, so many days before carried in."""
    since = max(0, days.start - known)
    before = [
        (*(() if since else roster.history(at)), *row[since : days.start])
        for at, row in enumerate(roster.duties)
    ]
    return replace(
        roster,
        horizon=roster.horizon.part(days.start, days.stop),
        duties=tuple(row[days.start : days.stop] for row in roster.duties),
        before=tuple(row[-known:] for row in before),
    )
