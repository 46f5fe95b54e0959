"""
Every single absence tried on a roster.

Whether a lawful roster exists without somebody depends on who is there and not on the roster published before,
because a repair may change any day. So people of a type with the same restrictions are tried once, and one longer
absence answers for all that lie within it: what covers it covers them.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace

from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem
from roster.engine.calendar import covered
from roster.engine.rotation import AbsenceGap, SearchRun
from roster.engine.solvers.search import Search
from roster.questions.absences import Absence, LeaveCase, shares

WIDER = 7
"""Start dates beyond the first that one longer absence is to answer at once."""

WIDE_SECONDS, CASE_SECONDS = 10.0, 30.0
"""Wall time at most for an absence that answers several start dates, and for one that must be answered."""


@dataclass(frozen=True, slots=True)
class AbsenceVerdict:
    """What testing one person's absences came to: the first that is not covered, if any; `sure` if that is proven."""

    gap: AbsenceGap | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class TrialScope:
    """Where and how long absences are tried: so many days, within the clock, on the executor's threads."""

    days: int
    run: SearchRun
    executor: Executor


def tried(part: Problem, roster: Roster, trial: TrialScope) -> list[AbsenceVerdict]:
    """
    Try the absences of everybody with a duty, those who are alike once.

    Parameters
    ----------
    part, roster : A part of the scenario, and its roster.
    trial : Length of the absences, time and workers.
    """
    first: dict[object, Person] = {}
    for person, duties in zip(roster.people, roster.duties, strict=True):
        bans = tuple(replace(ban, person="") for ban in part.restrictions if ban.person == person.name)
        if any(not duty.is_off for duty in duties):
            first.setdefault((person.type, bans), person)
    search = replace(trial.run.search, report=None)
    waiting = [
        trial.executor.submit(_try, part, roster, person, trial.days, search) for person in first.values()
    ]
    return [one.result() for one in waiting]


def _try(part: Problem, roster: Roster, person: Person, days: int, search: Search) -> AbsenceVerdict:
    """
    Return the first absence of a person that is not covered.

    All start dates are tried at once, then some at once, then halves of those where that is too much to cover.
    """
    last = max(0, roster.horizon.days - days)
    pieces = [(first, min(first + WIDER, last)) for first in range(0, last + 1, WIDER + 1)]
    todo = [(0, last)]
    while todo:
        first, stop = todo.pop(0)
        gap = AbsenceGap(person.type, first, min(stop + days, roster.horizon.days))
        answer = _answer(
            part, roster, person, gap, search.within(WIDE_SECONDS if first < stop else CASE_SECONDS)
        )
        if answer:
            continue
        if first == stop or search.seconds_left <= 0:
            return AbsenceVerdict(gap, sure=answer is False and first == stop)
        middle = (first + stop) // 2
        halves = [(first, middle), (middle + 1, stop)]
        todo = [*(pieces if stop - first > WIDER else halves), *todo]
    return AbsenceVerdict()


def _answer(part: Problem, roster: Roster, person: Person, gap: AbsenceGap, search: Search) -> bool | None:
    """Return whether an absence can be covered; None where that is not known in time."""
    absence = Absence(person.name, roster.horizon.on(gap.first), roster.horizon.on(gap.stop - 1))
    answers = [covered(share.ask, search) for share in shares(LeaveCase(part, roster, (absence,)))]
    return False if False in answers else None if None in answers else True


def cases_of(roster: Roster) -> int:
    """Return how many single absences there are: everybody with a duty, from every date."""
    return sum(any(not duty.is_off for duty in duties) for duties in roster.duties) * roster.horizon.days
