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

from roster.checker import check_roster
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
KNOWN = 42
"""Most days carried into days that are looked at by themselves."""

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
                broken |= self._sums(asked, moved, at, days) | self._rules(asked, moved, at, (days, case))
        broken |= self._posts(asked, moved, range(max(0, days.start - 1), days.stop + 1), case)
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
        return self._said(
            key, lambda: (_ruled(asked, lambda rule: isinstance(rule, SUMS)), only(moved, asked, [person]))
        )

    def _rules(
        self, asked: Problem, moved: Roster, person: int, where: tuple[range, AbsenceCase]
    ) -> frozenset[str]:
        """Return what somebody breaks of the other rules on some days."""
        changed, case = where
        days = _remembered(asked.type_of(moved.people[person]), moved, changed)
        cut = _cut(only(moved, asked, [person]), days)
        # Sums and posts alone ask whether a date is a holiday: far from any, or near, the other rules say the same.
        dates = _edges(self.published, days), cut.horizon.weekday(0)
        key = "rules", dates, _row(cut, 0, days, case)
        return self._said(key, lambda: (_ruled(asked, lambda rule: not isinstance(rule, SUMS)), cut))

    def _posts(self, asked: Problem, moved: Roster, days: range, case: AbsenceCase) -> frozenset[str]:
        """Return whether posts are empty on some days."""
        days = range(days.start, min(days.stop, moved.horizon.days))
        cut = _cut(moved, days)
        everybody = sorted(_row(cut, at, days, case) for at in range(len(cut.people)))
        key = "posts", _dates(cut, self.published, days), tuple(everybody)
        return self._said(key, lambda: (_ruled(asked, lambda _: False, posts=True), cut))

    def _said(self, key: object, asked: Callable[[], tuple[Problem, Roster]]) -> frozenset[str]:
        """Return the keys of the rules that the check finds broken."""
        if key not in self._verdicts:
            self._verdicts[key] = frozenset(violation.rule for violation in check_roster(*asked()))
        return self._verdicts[key]


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


def _row(cut: Roster, person: int, days: range, case: AbsenceCase) -> tuple[object, ...]:
    """Return what a check may know of somebody on some days: type, duties, those carried in, and leave."""
    who = cut.people[person]
    away = (case.first - days.start, case.length) if who.name in case.people else ()
    return who.type, _names(cut.duties[person]), _names(cut.history(person)), away


def _names(duties: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(duty.name for duty in duties)


def _ruled(problem: Problem, wanted: Callable[[Rule], bool], *, posts: bool = False) -> Problem:
    """Return a problem with some of its rules, and without posts where they are not wanted."""
    types = tuple(
        replace(staff, rules=tuple(rule for rule in staff.rules if wanted(rule))) for staff in problem.types
    )
    ruled = replace(problem, types=types)
    return ruled if posts else replace(ruled, posts=(), seats=())


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


def _remembered(staff: StaffType, published: Roster, days: range) -> range:
    """Return whole weeks around some days, as far as the rules of a type remember."""
    rules = [rule for rule in staff.rules if rule.hard and not isinstance(rule, SUMS)]
    memory, weekday = max(map(_remembers, rules), default=0), published.horizon.weekday
    first, stop = days.start - memory, days.stop + memory
    return range(max(0, first - weekday(first)), min(published.horizon.days, stop + 7 - weekday(stop)))


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


def _cut(roster: Roster, days: range) -> Roster:
    """Return some days of a roster as one of its own, the days before carried in."""
    since = max(0, days.start - KNOWN)
    known = [
        (*(() if since else roster.history(at)), *row[since : days.start])
        for at, row in enumerate(roster.duties)
    ]
    return replace(
        roster,
        horizon=roster.horizon.part(days.start, days.stop),
        duties=tuple(row[days.start : days.stop] for row in roster.duties),
        before=tuple(row[-KNOWN:] for row in known),
    )
