"""
The work of resilience, in batches of absences of the same people.

A batch starts from a program of its own, so that its answers depend on nothing but the batch: any executor, any order
of finishing and any interruption give the same.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.checker import check_roster
from roster.domain.outcome import Roster, SolveOptions, Status
from roster.domain.problem import Problem
from roster.engine.calendar import Repaired, Sweep
from roster.engine.rotation import split
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.questions.absences import Absence, granted, only
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, Outcome
from roster.questions.what_if import merged_gaps

BATCH = 24
"""Most cases of a batch: what is lost at most when a run is interrupted."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One person with one role more."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Absences of the same people; with `skill`, of a team in which somebody has learned something.

    `days` are those around them, from the first to before the last, that are searched first; all where not given.
    """

    cases: tuple[AbsenceCase, ...]
    skill: Skill | None = None
    days: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """What it is called in the file of answers."""
        first = self.cases[0]
        skill = [self.skill.role, self.skill.person] if self.skill else []
        around = list(self.days) if self.days else []
        return json.dumps([*first.people, first.first, first.length, len(self.cases), *skill, *around])


def in_batches(cases: Sequence[AbsenceCase], skill: Skill | None = None) -> Iterator[Batch]:
    """Cut the cases of the same people into batches."""
    for start in range(0, len(cases), BATCH):
        yield Batch(tuple(cases[start : start + BATCH]), skill)


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
    if batch.days is not None and batch.skill is None:
        return tuple(_around(batch, part, search))
    sweep = Sweep(part.problem, part.published, people)
    if batch.skill is not None:
        return tuple(_held(batch, published.horizon.days, sweep, search))
    return tuple(_answered(case, part, sweep, search) for case in batch.cases)


def _answered(case: AbsenceCase, part: RosterPart, sweep: Sweep, search: Search) -> CaseAnswer:
    """Answer one case; the roster that it rests on passes the independent check."""
    if search.seconds_left <= 0:
        return CaseAnswer(case, Outcome.UNKNOWN)
    found = sweep.repaired(dict.fromkeys(case.people, case.days), search)
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
    near, whole = Sweep(part.problem, part.published, people, range(*batch.days)), None
    for case in batch.cases:
        found = near.repaired(dict.fromkeys(case.people, case.days), search)
        if found is not None and found.status is not Status.UNKNOWN:
            yield replace(_judged(case, part, found), basis=Basis.AROUND)
            continue
        whole = whole or Sweep(part.problem, part.published, people)
        yield _answered(case, part, whole, search)


def _judged(case: AbsenceCase, part: RosterPart, found: Repaired) -> CaseAnswer:
    """Return the answer that a roster found is; it passes the independent check."""
    if found.roster is None:
        return CaseAnswer(case, Outcome.UNKNOWN if found.status is Status.UNKNOWN else Outcome.BREAKS)
    _must_pass(case, part, found)
    outcome = Outcome.BREAKS if found.empty else Outcome.SURVIVES
    return CaseAnswer(case, outcome, found.changed, found.bound, merged_gaps(found.empty))


def _must_pass(case: AbsenceCase, part: RosterPart, found: Repaired) -> None:
    """Raise EngineError where a roster breaks more, or less, than it is known to."""
    assert found.roster is not None
    on = part.published.horizon.on
    first, last = on(case.first), on(case.first + case.length - 1)
    gone = (granted(part.problem, part.published, Absence(name, first, last)) for name in case.people)
    asked = part.problem.with_leave(gone)
    broken = list(check_roster(asked, found.roster))
    posts = [violation for violation in broken if violation.rule == "post"]
    if len(posts) < len(broken) or bool(posts) is not bool(found.empty):
        raise EngineError("; ".join(violation.sentence for violation in broken[:5]) or "no post is empty")


def _held(batch: Batch, days: int, sweep: Sweep, search: Search) -> Iterator[CaseAnswer]:
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
        known[case] = _follows(case, known) or _holds(case, sweep, search)
    for case in batch.cases:
        yield CaseAnswer(case, known[case])


def _follows(case: AbsenceCase, known: Mapping[AbsenceCase, Outcome]) -> Outcome | None:
    for other, outcome in known.items():
        if outcome is Outcome.SURVIVES and case.within(other):
            return outcome
        if outcome is Outcome.BREAKS and other.within(case):
            return outcome
    return None


def _holds(case: AbsenceCase, sweep: Sweep, search: Search) -> Outcome:
    if search.seconds_left <= 0:
        return Outcome.UNKNOWN
    holds = sweep.holds(dict.fromkeys(case.people, case.days), search)
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
