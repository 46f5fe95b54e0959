"""
The calendar of a plan whose people have names: the rota on its dates, unless it leaves something to wish.

A rota is even after a whole circuit, not within a month; it knows no requests, and soft posts only of ordinary weeks.
Where everybody is within one unit of a fair share and nothing is left open, or where it goes on from the last period,
it stays. Else the calendar is searched on its own, the rota on its dates being the first one: nothing gets worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

from roster.checker import check_roster
from roster.domain.fairness import Account, Share, unit_of
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Problem
from roster.engine.rotation.minimum import Clock
from roster.points import had, terms
from roster.questions.calendar import Answer, best_calendar, next_ledger, shares_of
from roster.questions.dates.lay_out import LaidOut

SECONDS = 12.0
"""Wall time for a calendar better than the rota's; all that is left where the rota gives none."""


@dataclass(frozen=True, slots=True)
class Named:
    """The calendar, what the search says of it (None: the rota stays), and everybody's account after it."""

    laid: LaidOut
    answer: Answer | None = None
    ledger: tuple[Account, ...] = ()


def for_named(problem: Problem, laid: LaidOut, people: Roster, clock: Clock, *, goes_on: bool) -> Named:
    """
    Return the calendar of people with names.

    Parameters
    ----------
    laid
        The rota on its dates, repaired; or why there is none.
    people
        Who is in it, with the seats that are taken.
    goes_on
        Whether the rota is that of the last period.
    """
    # Where the repair has proven that there is none, no search finds one.
    if not problem.people or laid.status is Status.INFEASIBLE:
        return Named(laid)
    shares = shares_of(problem, people)
    if laid.roster is not None and (goes_on or content(problem, laid.roster, shares)):
        return Named(laid, None, next_ledger(problem, laid.roster, shares))
    left = clock.search.deadline - monotonic()
    if left <= 0:
        return Named(laid, None, () if laid.roster is None else next_ledger(problem, laid.roster, shares))
    first = laid.roster if laid.roster is not None else replace(people, duties=())
    answer = _found(problem, first, clock, min(left, SECONDS))
    if laid.roster is None and not _complete(problem, answer) and left > SECONDS:
        answer = _found(problem, answer.roster or first, clock, left - SECONDS)
    roster = answer.roster
    if roster is None or not _complete(problem, answer):
        return Named(laid, None, () if laid.roster is None else next_ledger(problem, laid.roster, shares))
    return Named(LaidOut(Status.OPTIMAL, roster), answer, answer.ledger)


def _found(problem: Problem, first: Roster, clock: Clock, seconds: float) -> Answer:
    return best_calendar(problem, replace(clock.search.options, time_limit_s=seconds), clock.tell, first)


def _complete(problem: Problem, answer: Answer) -> bool:
    """Whether a calendar was found that holds every hard post and keeps every rule."""
    return answer.roster is not None and not answer.empty_minutes and not check_roster(problem, answer.roster)


def content(problem: Problem, roster: Roster, shares: Sequence[Share]) -> bool:
    """Whether a calendar grants every wish, holds every soft post, and gives nobody more than a unit above a share."""
    if any(term.kind in ("wish", "empty") for term in terms(problem, roster, shares)):
        return False
    place = {person.name: at for at, person in enumerate(roster.people)}
    away = ((had(problem, roster, place[s.person], s.measure) - s.target, unit_of(s.measure)) for s in shares)
    return all(abs(distance) <= unit for distance, unit in away)
