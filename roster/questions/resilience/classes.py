"""
Absences in a long calendar, by classes of equal cases: same line, same weekday, same surroundings.

In a rota that comes round, somebody's absence in one week asks just what somebody else's asks in another. Absences of
a person that begin in the same week are a batch, asked of the days around them (the rest of the calendar may change at
the price of a change, so the answer is one of the whole calendar). Batches are equal where all that their program is
made of is: the duties of everybody in their part over those days and as far beyond as rules remember, what the dates
are, and hours and standby to spare as far as they could matter. Of equal batches one is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from roster.domain.counts import Count
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Problem
from roster.domain.rules import (
    AverageHours,
    MinRest,
    RestAfterNights,
    Rule,
    StandbyShare,
    WeeklyRest,
    limit_fields,
)
from roster.engine.rotation import split
from roster.questions.resilience.batches import Batch, in_batches
from roster.questions.resilience.cases import AbsenceCase, Basis, CaseAnswer, ResilienceRequest

LONG = 8 * 7
"""Days of a calendar from which classes are looked for; a shorter one is answered whole."""
SIDE = 14
"""Days on either side of absences that may change at no other price than their own."""
MEMORY = 35
"""Most days that a rule may remember for absences to be alike: no free weekend in five weeks."""

Key = tuple[object, ...]


def batches(asked: ResilienceRequest) -> tuple[list[Batch], dict[Batch, Batch]]:
    """Return the batches of all single absences, and for each the equal one that is answered for it."""
    found: list[Batch] = []
    answered_by: dict[Batch, Batch] = {}
    first: dict[Key, Batch] = {}
    for problem in split(asked.problem):
        people = [at for at, person in enumerate(asked.published.people) if person.type in problem.type]
        alike = _may_be_alike(problem, people, asked.published)
        for at in people:
            for batch in _of_person(asked, at):
                key = _key(asked, problem, people, at, batch) if alike else (at, batch.days)
                found.append(batch)
                answered_by[batch] = first.setdefault(key, batch)
    return found, answered_by


def _of_person(asked: ResilienceRequest, person: int) -> list[Batch]:
    """Return the absences of a person, those that begin in the same week together."""
    horizon, name = asked.published.horizon, asked.published.people[person].name
    by_week: dict[int, list[AbsenceCase]] = {}
    for case in asked.singles(name):
        by_week.setdefault((case.first + horizon.weekday(0)) // 7, []).append(case)
    found = []
    for week in sorted(by_week):
        for batch in in_batches(by_week[week]):
            first = min(case.first for case in batch.cases)
            stop = max(case.first + case.length for case in batch.cases)
            days = (max(0, first - SIDE), min(horizon.days, stop + SIDE))
            found.append(replace(batch, days=days))
    return found


def _may_be_alike(problem: Problem, people: Sequence[int], published: Roster) -> bool:
    """Whether nothing is asked that depends on names or dates: leave, what is settled, counts over months."""
    names = {published.people[at].name for at in people}
    named = {one.person for one in problem.restrictions} | {pin.person for pin in problem.pins}
    rules = [rule for staff in problem.types for rule in staff.rules if rule.hard]
    return not (
        problem.pairings
        or problem.dates.changes
        or not names.isdisjoint(named)
        or any(isinstance(rule, Count) and not rule.by_sequence for rule in rules)
        or any(isinstance(rule, AverageHours) and rule.over for rule in rules)
        or any(_remembers(rule) > MEMORY for rule in rules)
        or any(post.days.singled_out for post in problem.posts)
    )


def _memory(problem: Problem) -> int:
    """Return how many days beyond those that may change can matter: as far as rules remember, and whole weeks."""
    rules = [rule for staff in problem.types for rule in staff.rules if rule.hard]
    return 7 + max((_remembers(rule) for rule in rules), default=0)


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


def _key(asked: ResilienceRequest, problem: Problem, people: Sequence[int], away: int, batch: Batch) -> Key:
    """Return all that the answers of a batch depend on, days counted from the first that may change."""
    horizon, (first, stop) = asked.published.horizon, batch.days or (0, 0)
    memory = _memory(problem)
    low, high = max(0, first - memory), min(horizon.days, stop + memory)
    everybody = sorted(
        (
            person.type,
            at == away,
            tuple(duty.name for duty in asked.published.duties[at][low:high]),
            _spare(problem, asked.published, at, range(first, stop)),
            tuple(duty.name for duty in asked.published.history(at)) if low == 0 else (),
            sorted(asked.published.forgiven[at]) if asked.published.forgiven else [],
        )
        for at in people
        for person in [asked.published.people[at]]
    )
    days = [*(post.days for post in problem.posts), *(seat.days for seat in problem.seats)]
    dates = tuple(tuple(horizon.needs(each, day) for each in days) for day in range(low, high))
    cases = tuple((case.first - first, case.length) for case in batch.cases)
    edges = (first - low, stop - first, high - stop, low == 0, high == horizon.days, horizon.weekday(low))
    return problem.name, tuple(post.name for post in problem.posts), cases, edges, dates, repr(everybody)


def _spare(problem: Problem, published: Roster, person: int, days: range) -> tuple[int, int]:
    """
    Return minutes and standbys that somebody has to spare, no more than the days that may change could take.

    Leave takes as much of the limit as of the work, so that who has that much to spare is never bound.
    """
    duties, staff = published.duties[person], problem.type_of(published.people[person])
    longest = max(duty.work_minutes for duty in problem.duties(staff))
    could = len(days) * longest - sum(duties[day].work_minutes for day in days)
    minutes = floor(staff.calendar_minutes * len(duties) / 7) - sum(duty.work_minutes for duty in duties)
    shares = [rule.percent for rule in staff.rules if isinstance(rule, StandbyShare)]
    most = min((ceil(len(duties) * share / 100) for share in shares), default=len(duties))
    standby = most - sum(duty.standby is not None for duty in duties)
    return min(minutes, could), min(standby, len(days) - sum(duties[day].standby is not None for day in days))


def as_in(batch: Batch, other: Batch, answers: Sequence[CaseAnswer]) -> tuple[CaseAnswer, ...]:
    """
    Return the answers of a batch from those of an equal one, moved to its people and days.

    Parameters
    ----------
    batch, other : The batch that is answered, and one like it.
    answers : Those of the other, case by case.
    """
    assert batch.days is not None
    assert other.days is not None
    later = batch.days[0] - other.days[0]
    return tuple(
        replace(
            answer,
            case=case,
            basis=Basis.ALIKE,
            empty=tuple(
                (post, start + later * DAY, end + later * DAY, n) for post, start, end, n in answer.empty
            ),
        )
        for case, answer in zip(batch.cases, answers, strict=True)
    )
