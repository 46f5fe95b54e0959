"""
The independent check of a roster that differs from a checked one on few days: of what those days can break.

The published roster has passed the check. Of one with other duties on some days, these can be broken: the posts of the
days from the eve of the first to the morrow of the last; sums over the calendar of whoever's duties are others; and
their rules, as far as they remember. So the same checker is asked of these days and people alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
SUMMED = 0
"""Stands for them where the others go by how many weeks they remember."""
Moves = tuple[tuple[str, int, str], ...]
"""Cells that differ: person, day, name of the duty."""
Row = tuple[str, ...]
"""Names of duties, day by day."""


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
        if known is not given and known != given
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
class _Other:
    """The roster of an answer, and what is asked with its absence granted; made where a check asks for it."""

    answer: CaseAnswer
    problem: Problem
    published: Roster

    @cached_property
    def roster(self) -> Roster:
        return with_moves(self.answer.moves, self.problem, self.published)

    @cached_property
    def asked(self) -> Problem:
        return with_absence(self.answer.case, self.problem, self.published)


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
        if not all(0 <= day < self.published.horizon.days for _, day, _ in answer.moves):
            return False
        return self.broken(answer) == ({"post"} if answer.breaks else set())

    def broken(self, answer: CaseAnswer, *, sums: bool = True) -> set[str]:
        """
        Return the keys of the rules that the roster of an answer breaks.

        Parameters
        ----------
        answer : Its absence, and its cells that differ.
        sums : Whether rules on sums over the calendar are judged, too.
        """
        other = _Other(answer, self.problem, self.published)
        cells: dict[int, dict[int, str]] = {self._place[name]: {} for name in answer.case.people}
        for name, day, duty in answer.moves:
            cells.setdefault(self._place[name], {})[day] = duty
        rows, broken = list(self._rows), set[str]()
        for at, own in cells.items():
            rows[at] = self._row(at, own)
            away = answer.case if self.published.people[at].name in answer.case.people else None
            if sums:
                broken |= self._sums(other, at, own, away)
            for weeks in self._memory[self.published.people[at].type]:
                broken |= self._rules(other, rows[at], at, (weeks, _hull(own, away)), away)
        days, last = {day for own in cells.values() for day in own}, max(0, self.published.horizon.days - 2)
        for day in {min(max(0, day - back), last) for day in days for back in (0, 1)}:
            broken |= self._posts(other, rows, day)
        return broken

    @cached_property
    def _place(self) -> dict[str, int]:
        return {person.name: at for at, person in enumerate(self.published.people)}

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """Names of the duties of everybody as they are published, with those carried in in front."""
        return tuple(
            tuple(duty.name for duty in (*self.published.history(at), *duties))
            for at, duties in enumerate(self.published.duties)
        )

    def _row(self, person: int, cells: Mapping[int, str]) -> Row:
        """Return somebody's row with some days changed."""
        row, carried = list(self._rows[person]), len(self.published.history(person))
        for day, name in cells.items():
            row[carried + day] = name
        return tuple(row)

    def _seen(self, row: Row, person: int, days: range, known: int) -> tuple[Row, Row]:
        """Return the days of a row up to so many before some days, and those days."""
        first = len(self.published.history(person)) + days.start
        return row[max(0, first - known) : first], row[first : first + len(days)]

    @cached_property
    def _worth(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Minutes and days on call of each duty of each type."""
        return {
            staff.name: {duty.name: _counted([duty]) for duty in self.problem.duties(staff)}
            for staff in self.problem.types
        }

    @cached_property
    def _published_sums(self) -> tuple[tuple[int, int], ...]:
        """Minutes and days on call of everybody, in the whole calendar as it is published."""
        return tuple(_counted(duties) for duties in self.published.duties)

    def _sums(
        self, other: _Other, person: int, cells: Mapping[int, str], away: AbsenceCase | None
    ) -> frozenset[str]:
        """Return what somebody breaks of the rules on sums: equal sums break the same, less what leave takes."""
        published, (minutes, on_call) = self.published, self._published_sums[person]
        staff, row = published.people[person].type, published.duties[person]
        for day, name in cells.items():
            old, new = _counted(row[day : day + 1]), self._worth[staff][name]
            minutes, on_call = minutes + new[0] - old[0], on_call + new[1] - old[1]
        gone: object = None
        if away is not None:
            # What leave takes are the minutes of its days and of what runs into them, on these dates.
            taken = self._seen(self._rows[person], person, range(away.first, away.first + away.length), 1)
            gone = taken, bool(away.first), away.first if self.problem.dates.changes else None
        carried = len(published.history(person))
        key = "sums", staff, minutes, on_call, gone, self._rows[person][:carried]

        def asked() -> frozenset[str]:
            ruled = replace(other.asked if away else self.problem, types=self._types[SUMMED])
            return _broken_by(ruled, other.roster, person)

        return self._said(key, asked)

    def _rules(
        self,
        other: _Other,
        row: Row,
        person: int,
        changed: tuple[int, range],
        away: AbsenceCase | None,
    ) -> frozenset[str]:
        """Return what somebody, who may be away, breaks on some days of the rules that remember so many weeks."""
        weeks, near = changed
        staff = self.published.people[person].type
        memory = self._memory[staff][weeks]
        days = _whole_weeks(self.published, range(near.start - memory, near.stop + memory))
        # Sums and posts alone ask whether a date is a holiday: far from any, or near, the other rules say the same.
        dates = _edges(self.published, days), self.published.horizon.weekday(days.start)
        leave = away and (away.first - days.start, away.length)
        key = "rules", weeks, staff, dates, self._seen(row, person, days, memory), leave

        def asked() -> frozenset[str]:
            ruled = replace(other.asked if away else self.problem, types=self._types[weeks])
            return _broken_by(ruled, _cut(only(other.roster, ruled, [person]), days, memory), 0)

        return self._said(key, asked)

    @cached_property
    def _memory(self) -> dict[str, dict[int, int]]:
        """How many days back the rules of each type look at most, by weeks begun; those on sums left out."""
        found: dict[str, dict[int, int]] = {}
        for staff in self.problem.types:
            own = found[staff.name] = {1: 1}
            for rule in (rule for rule in staff.rules if rule.hard and not isinstance(rule, SUMS)):
                weeks = _weeks(rule)
                own[weeks] = max(own.get(weeks, 0), _remembers(rule))
        return found

    @cached_property
    def _types(self) -> dict[int, tuple[StaffType, ...]]:
        """The types with their rules on sums alone, and with those that remember so many weeks."""
        kinds = {SUMMED, *(weeks for own in self._memory.values() for weeks in own)}
        return {
            kind: tuple(
                replace(staff, rules=tuple(rule for rule in staff.rules if _weeks(rule) == kind))
                for staff in self.problem.types
            )
            for kind in kinds
        }

    def _posts(self, other: _Other, rows: Sequence[Row], day: int) -> frozenset[str]:
        """
        Return whether posts are empty on a day and the next, whatever went before.

        Every two days in a row are looked at by themselves: a post of the first ends on the second, and who could hold
        it depends on nothing but who is there.
        """
        days = range(day, min(day + 2, self.published.horizon.days))
        types = (person.type for person in self.published.people)
        everybody = sorted(
            (staff, *self._seen(row, at, days, 1))
            for at, (staff, row) in enumerate(zip(types, rows, strict=True))
        )
        key = "posts", _dates(self.published, days), tuple(everybody)
        return self._said(key, lambda: _empty_by(self.problem, _cut(other.roster, days, 1)))

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


def _dates(published: Roster, days: range) -> object:
    """Return what a check may know of the dates of some days."""
    horizon = published.horizon
    kinds = horizon.kinds[days.start : days.stop]
    elsewhere = tuple((country, own[days.start : days.stop]) for country, own in horizon.elsewhere)
    return _edges(published, days), horizon.weekday(days.start), len(days), kinds, elsewhere


def _edges(published: Roster, days: range) -> tuple[bool, bool]:
    """Return whether some days are the first and the last of the calendar."""
    return days.start == 0, days.stop == published.horizon.days


def _hull(cells: Iterable[int], away: AbsenceCase | None) -> range:
    """Return the days from the first of some and of an absence to the last."""
    days = [*cells, *((away.first, away.first + away.length - 1) if away else ())]
    return range(min(days), max(days) + 1)


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


def _weeks(rule: Rule) -> int:
    """Return how many weeks, the last one begun, a rule can look back; `SUMMED` of one on sums."""
    return SUMMED if isinstance(rule, SUMS) else max(1, -(-_remembers(rule) // 7))


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
