"""
The work of resilience, in batches of absences of the same people.

A batch starts from a program of its own, so that its answers depend on nothing but the batch: any executor, any order
of finishing and any interruption give the same.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.checker import check_roster
from roster.domain.outcome import Roster, SolveOptions, Status
from roster.domain.problem import DAY, Problem
from roster.engine.calendar import LeaveResolver, Repaired, Stretch, Surroundings, Ways, surroundings
from roster.engine.rotation import split
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.questions.absences import only
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.resilience.local_check import LocalCheck, moves_between, with_absence, with_moves
from roster.questions.resilience.trades import Trades
from roster.questions.what_if import merged_gaps

BATCH = 24
"""Most cases of a batch: what is lost at most when a run is interrupted."""
PARTS = 8
"""Parts of which a process keeps what it asks with."""
SIDES = (1, 3, 6, 12, 42)
"""Days on either side of absences that may change first, and next; then the whole calendar."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One person with one role more."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Absences of the same people; with `skill`, of a team in which somebody has learned something.

    `days` are those around them, from the first to before the last, that are searched first; all where not given. With
    `side` they are absences of any people, and of so many days on either side of them is asked: where `widening`, then
    of ever more, else those that these days do not decide are left. With `given` there are answers carried over from
    absences like them, to be checked; those that do not pass are left. `ways` are how everybody may come into the days
    around and go on from them, where these are more than are published: what is found is a bound then, and an answer
    where it passes the check.
    """

    cases: tuple[AbsenceCase, ...]
    skill: Skill | None = None
    days: tuple[int, int] | None = None
    side: int | None = None
    widening: bool = False
    given: tuple[CaseAnswer, ...] = ()
    ways: tuple[Ways, ...] = ()

    @property
    def key(self) -> str:
        """What it is called in the file of answers."""
        first = self.cases[0]
        skill = [self.skill.role, self.skill.person] if self.skill else []
        around: list[object] = list(self.days or ())
        if self.side is not None:
            given = zlib.crc32(repr(self.given).encode())
            around = [f"side {self.side}", self.widening, given, bool(self.ways)]
        return json.dumps([*first.people, first.first, first.length, len(self.cases), *skill, *around])


def days_around(cases: Sequence[AbsenceCase], side: int, days: int) -> range:
    """
    Return the days from the first of some absences to the last, and so many on either side.

    Parameters
    ----------
    cases, side : The absences, and how many days.
    days : Length of the calendar.
    """
    first, stop = min(case.first for case in cases), max(case.first + case.length for case in cases)
    return range(max(0, first - side), min(days, stop + side))


def in_batches(cases: Sequence[AbsenceCase]) -> Iterator[Batch]:
    """Cut the cases of the same people into batches."""
    for start in range(0, len(cases), BATCH):
        yield Batch(tuple(cases[start : start + BATCH]))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker knows: the scenario, the roster, and until when (seconds of `time.time`) it may search."""

    problem: Problem
    published: Roster
    seed: int
    until: float

    def search(self) -> Search:
        """Return how to search; alone, so that equal runs take equal paths."""
        seconds = self.until - time.time()
        return Search(SolveOptions(max(seconds, 0.001), 1, self.seed), time.monotonic() + seconds)


@dataclass(frozen=True, slots=True)
class RosterPart:
    """A part of a problem that shares nobody with the rest, and its own part of the roster."""

    problem: Problem
    published: Roster


def _part_of(problem: Problem, published: Roster, people: Sequence[str]) -> RosterPart:
    """Return the parts in which some people are, as one."""
    types = {person.type for person in published.people if person.name in people}
    parts = [part for part in split(problem) if types & part.type.keys()]
    whole = parts[0]
    for part in parts[1:]:
        whole = replace(
            whole,
            types=(*whole.types, *part.types),
            posts=(*whole.posts, *part.posts),
            seats=(*whole.seats, *part.seats),
        )
    among = tuple(index for index, person in enumerate(published.people) if person.type in whole.type)
    return RosterPart(whole, only(published, whole, among))


def solve(batch: Batch, setting: Setting) -> tuple[CaseAnswer, ...]:
    """Answer the cases of a batch, one after the other."""
    search, people = setting.search(), batch.cases[0].people
    if search.seconds_left <= 0:
        return tuple(CaseAnswer(case, Outcome.UNKNOWN) for case in batch.cases)
    problem, published = setting.problem, setting.published
    if batch.skill is not None:
        problem, published = with_skill(problem, published, batch.skill)
    part = _part_of(problem, published, people)
    if batch.side is not None:
        near = _near(part)
        if batch.given:
            return tuple(near.carried(answer) for answer in batch.given)
        if batch.widening:
            found = near.climb(batch.cases, batch.side, search)
        else:
            found = near.decided(batch.cases, batch.side, search, batch.ways)
        left = {case: CaseAnswer(case, Outcome.UNKNOWN, side=batch.side) for case in batch.cases}
        return tuple((left | found).values())
    if batch.days is not None and batch.skill is None:
        return tuple(_around(batch, part, search))
    resolver = LeaveResolver(part.problem, part.published, people)
    if batch.skill is not None:
        return tuple(_held(batch, published.horizon.days, resolver, search))
    return tuple(_answered(case, part, resolver, search) for case in batch.cases)


def _answered(case: AbsenceCase, part: RosterPart, resolver: LeaveResolver, search: Search) -> CaseAnswer:
    """Answer one case; the roster that it rests on passes the independent check."""
    if search.seconds_left <= 0:
        return CaseAnswer(case, Outcome.UNKNOWN)
    found = resolver.repaired(dict.fromkeys(case.people, case.days), search)
    assert found is not None, "the program is one of the whole calendar"
    return _judged(case, part, found)


def _around(batch: Batch, part: RosterPart, search: Search) -> Iterator[CaseAnswer]:
    """
    Answer cases from the days around them; where the other days could help, from the whole calendar.

    Other days may change in the program of the days around at the price of a change: an answer that does without holds
    whatever they are.
    """
    assert batch.days is not None
    people = batch.cases[0].people
    near, whole = LeaveResolver(part.problem, part.published, people, range(*batch.days)), None
    for case in batch.cases:
        found = near.repaired(dict.fromkeys(case.people, case.days), search)
        if found is not None and found.status is not Status.UNKNOWN:
            yield replace(_judged(case, part, found), basis=Basis.AROUND)
            continue
        whole = whole or LeaveResolver(part.problem, part.published, people)
        yield _answered(case, part, whole, search)


@dataclass(frozen=True, slots=True)
class _Near:
    """What absences of a part are asked with from the days around them."""

    part: RosterPart
    around: Surroundings
    check: LocalCheck
    trades: Trades

    def climb(self, cases: Sequence[AbsenceCase], side: int, search: Search) -> dict[AbsenceCase, CaseAnswer]:
        """Answer absences from ever more days around them, in the end from the whole calendar."""
        found = dict[AbsenceCase, CaseAnswer]()
        for wider in (each for each in SIDES if each >= side):
            if left := [case for case in cases if case not in found]:
                decided = self.decided(left, wider, search).items()
                found |= {case: answer for case, answer in decided if not answer.left}
        if left := [case for case in cases if case not in found]:
            whole = LeaveResolver(self.part.problem, self.part.published, _names(left))
            found |= {case: _answered(case, self.part, whole, search) for case in left}
        return found

    def decided(
        self, cases: Sequence[AbsenceCase], side: int, search: Search, ways: Sequence[Ways] = ()
    ) -> dict[AbsenceCase, CaseAnswer]:
        """
        Return the answers that the days around some absences decide, of all of them together; of others a bound.

        One program serves them all. It is quickest where each absence has nearly the days of the last one.
        """
        found, whole = dict[AbsenceCase, CaseAnswer](), self.part.published.horizon.days
        days = days_around(cases, side, whole)
        if len(days) == whole:
            return found
        stretch = self.around.stretch(days, ways)
        resolver = LeaveResolver(self.part.problem, stretch.roster, _names(cases), stretch.days, stretch)
        for case in cases:
            away = range(case.first - stretch.first, case.first - stretch.first + case.length)
            one = resolver.decided(dict.fromkeys(case.people, away), search)
            found[case] = CaseAnswer(case, Outcome.UNKNOWN, bound=one.bound, side=side)
            if one.roster is not None:
                answer = self._read(case, one, stretch, side)
                if self._passes(answer, days):
                    found[case] = answer
                elif ways or one.traded:
                    found[case] = replace(found[case], changed=one.changed)
                else:
                    roster = with_moves(answer.moves, self.part.problem, self.part.published)
                    _must_pass(case, self.part, roster, empty=answer.breaks)
                    found[case] = answer
        return found

    def _read(self, case: AbsenceCase, found: Repaired, stretch: Stretch, side: int) -> CaseAnswer:
        """Return the answer that a roster of a stretch is."""
        assert found.roster is not None
        later = stretch.first * DAY
        return CaseAnswer(
            case,
            Outcome.BREAKS if found.empty else Outcome.SURVIVES,
            found.changed,
            found.bound,
            tuple((post, begin + later, end + later, n) for post, begin, end, n in merged_gaps(found.empty)),
            Basis.AROUND,
            side,
            moves_between(stretch.roster, found.roster, stretch.first),
            found.traded,
        )

    def _passes(self, answer: CaseAnswer, days: range) -> bool:
        """Whether the roster of an answer passes the check, with days found on which standbys are left to others."""
        whole = self.trades.found(answer, days) if answer.traded else answer
        return whole is not None and self.check.passes(whole)

    def carried(self, answer: CaseAnswer) -> CaseAnswer:
        """Return an answer carried over if it passes the check, else that its absence is left."""
        if self._passes(
            answer, days_around((answer.case,), answer.side or 0, self.part.published.horizon.days)
        ):
            return answer
        return CaseAnswer(answer.case, Outcome.UNKNOWN, side=answer.side)


def _names(cases: Iterable[AbsenceCase]) -> list[str]:
    """Return who goes away, each once."""
    return list(dict.fromkeys(name for case in cases for name in case.people))


_AROUND: list[tuple[RosterPart, Surroundings | None]] = []
"""Surroundings of the parts that this process was asked about lately."""
_KNOWN: list[_Near] = []
"""What this process has asked with lately, one a part."""


def surroundings_of(problem: Problem, published: Roster) -> Surroundings | None:
    """
    Return the surroundings of a part, made once; None where it has none.

    Parameters
    ----------
    problem, published : The part.
    """
    part = RosterPart(problem, published)
    for known, around in _AROUND:
        if known == part:
            return around
    _AROUND[PARTS:] = []
    _AROUND.insert(0, (part, surroundings(problem, published)))
    return _AROUND[0][1]


def _near(part: RosterPart) -> _Near:
    """Return what absences of a part are asked with, made once."""
    for known in _KNOWN:
        if known.part == part:
            return known
    around = surroundings_of(part.problem, part.published)
    assert around is not None, "only parts with surroundings are asked so"
    check = LocalCheck(part.problem, part.published)
    _KNOWN[PARTS:] = []
    _KNOWN.insert(0, _Near(part, around, check, Trades(check)))
    return _KNOWN[0]


def _judged(case: AbsenceCase, part: RosterPart, found: Repaired) -> CaseAnswer:
    """Return the answer that a roster found is; it passes the independent check."""
    if found.roster is None:
        return CaseAnswer(case, Outcome.UNKNOWN if found.status is Status.UNKNOWN else Outcome.BREAKS)
    _must_pass(case, part, found.roster, empty=bool(found.empty))
    outcome = Outcome.BREAKS if found.empty else Outcome.SURVIVES
    return CaseAnswer(case, outcome, found.changed, found.bound, merged_gaps(found.empty))


def _must_pass(case: AbsenceCase, part: RosterPart, roster: Roster, *, empty: bool) -> None:
    """Raise EngineError where a roster breaks more, or less, than it is known to."""
    broken = list(check_roster(with_absence(case, part.problem, part.published), roster))
    posts = [violation for violation in broken if violation.rule == "post"]
    if len(posts) < len(broken) or bool(posts) is not empty:
        raise EngineError("; ".join(violation.sentence for violation in broken[:5]) or "no post is empty")


def _held(batch: Batch, days: int, resolver: LeaveResolver, search: Search) -> Iterator[CaseAnswer]:
    """
    Answer only whether the posts can be held, in the order of the cases.

    An absence is survived with every longer one that contains it, and breaks the roster with every shorter one in it:
    what follows from an answer is not solved again. So absences much longer than those asked for come first, then the
    shortest, then the longest.
    """
    known: dict[AbsenceCase, Outcome] = {}
    people, shortest = batch.cases[0].people, min(case.length for case in batch.cases)
    wide = [
        AbsenceCase(people, *window)
        for window in ((0, days), (0, 3 * days // 4), (days // 4, days - days // 4))
    ]
    rest = sorted(batch.cases, key=lambda case: (case.length != shortest, -case.length, case.first))
    for case in (*wide, *rest):
        known[case] = _follows(case, known) or _holds(case, resolver, search)
    for case in batch.cases:
        yield CaseAnswer(case, known[case])


def _follows(case: AbsenceCase, known: Mapping[AbsenceCase, Outcome]) -> Outcome | None:
    for other, outcome in known.items():
        if outcome is Outcome.SURVIVES and case.within(other):
            return outcome
        if outcome is Outcome.BREAKS and other.within(case):
            return outcome
    return None


def _holds(case: AbsenceCase, resolver: LeaveResolver, search: Search) -> Outcome:
    if search.seconds_left <= 0:
        return Outcome.UNKNOWN
    holds = resolver.holds(dict.fromkeys(case.people, case.days), search)
    return Outcome.UNKNOWN if holds is None else Outcome.SURVIVES if holds else Outcome.BREAKS


def with_skill(problem: Problem, published: Roster, skill: Skill) -> tuple[Problem, Roster]:
    """
    Return a problem and a roster in which one person has one role more; the shifts of the contract stay.

    Parameters
    ----------
    problem, published : The scenario, and the roster.
    skill : Who learns which role.
    """
    people = list(published.people)
    index = next(at for at, person in enumerate(people) if person.name == skill.person)
    staff = problem.type_of(people[index])
    name = f"{staff.name} + {skill.role}"
    taught = replace(staff, name=name, skills=staff.skills | {skill.role})
    people[index] = replace(people[index], type=name)
    return replace(problem, types=(*problem.types, taught)), replace(published, people=tuple(people))
