"""
The calendar of a plan whose people have names: the rota on its dates, unless it leaves something to wish.

A rota is even after a whole circuit, not within a month; it knows no requests, and soft posts only of ordinary weeks.
Where everybody is less than a unit from a fair share and nothing is left open, it stays. Else the calendar is searched
on its own, the rota on its dates being the first one: nothing gets worse. Where the rota goes on from the last period,
each change has a price, so that as few as will do are made for requests, soft posts and who is not even by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from time import monotonic

from roster.checker import check_roster
from roster.domain.fairness import Account, Share, shares_of_had, unit_of
from roster.domain.likeness import Likeness
from roster.domain.outcome import Roster, SeatUse, Status
from roster.domain.problem import Problem
from roster.engine.columns import Aims
from roster.engine.rotation import SearchRun
from roster.penalties import amounts, terms
from roster.questions.calendar import CalendarAnswer, Longer, best_calendar, next_ledger, shares_of
from roster.questions.dates import GoingOn, LaidOut, lay_out, unrolled

ROTA_SECONDS, ROTA_SHARE = 2.0, 0.3
"""How long a rota is repaired where a calendar can be searched instead; what share of what is left after that."""

LIKE = 2
"""
Points of each day on which a calendar departs from a rota that goes on, where the scenario does not say.

Few enough for nights and weekends to be even after each period: the second unit away from a fair share costs 20.
"""

SOON, LEAST, MOST, LONGER = 15.0, 4.5, 12.0, 15.0
"""The first search ends so many seconds after the question was asked; it has so long at least, and at most; and so
much longer where somebody is still a unit or more away from a fair share."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The rota on its dates, whether it is that of the last period, and whether this is the last search there is."""

    rota: Roster
    goes_on: bool
    last: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """
    The calendar, what the search says of it (None: the rota stays), and everybody's account after it.

    `begun` is what a search without a calendar has come to: another can go on from there.
    """

    laid: LaidOut
    answer: CalendarAnswer | None = None
    ledger: tuple[Account, ...] = ()
    begun: Roster | None = None


def calendar_of(
    problem: Problem, ahead: GoingOn, seats: tuple[SeatUse, ...], run: SearchRun
) -> tuple[LaidOut, Named]:
    """
    Return the rota on its dates; for people with names the best calendar, where the rota leaves a wish.

    A rota that needs much repair is put off: a calendar is sooner searched than repaired. People without names keep
    their rota wherever it can be repaired.

    Parameters
    ----------
    problem, ahead : The scenario with its dates, and the rotations with who walks them.
    seats : The vendor seats that are taken.
    run : The time there is.
    """
    planned = unrolled(problem, ahead, seats)
    named = Named(LaidOut(Status.UNKNOWN, None))
    first = (ROTA_SECONDS, 1.0) if problem.people else (inf, ROTA_SHARE)
    for last, (seconds, share) in enumerate((first, (inf, ROTA_SHARE))):
        now = monotonic()
        early = min(now + seconds, now + share * (run.search.deadline - now))
        search = replace(run.search, deadline=early)
        laid = lay_out(problem, ahead, seats, replace(run, search=search))
        begun = replace(planned, duties=()) if named.begun is None else named.begun
        named = for_named(problem, laid, begun, run, Pace(planned, bool(ahead.walkers), last=bool(last)))
        if named.laid.roster is not None or laid.status is Status.INFEASIBLE:
            break
    return named.laid, named


def for_named(problem: Problem, laid: LaidOut, people: Roster, run: SearchRun, pace: Pace) -> Named:
    """
    Return the calendar of people with names.

    Parameters
    ----------
    problem : The scenario with its dates.
    laid : The rota on its dates, repaired; or why there is none.
    people : Who is in it, with the seats that are taken; its days are no more than a beginning.
    run, pace : The time there is, and how it is shared out.
    """
    # Where the repair has proven that there is none, no search finds one.
    if laid.status is Status.INFEASIBLE or (laid.roster is not None and not problem.people):
        return Named(laid)
    shares = shares_of(problem, people)
    stays = Named(laid, None, () if laid.roster is None else next_ledger(problem, laid.roster, shares))
    if laid.roster is not None and _content(problem, laid.roster, shares):
        return stays
    seconds = _seconds(run, everything=pace.last and laid.roster is None)
    if seconds <= 0:
        return stays
    first = people if laid.roster is None else laid.roster
    # The command's clock runs on: this search has its own.
    options = replace(run.search.options, time_limit_s=seconds, until=None)
    like = Likeness.to(laid.roster or pace.rota, problem.likeness or (LIKE if pace.goes_on else 0))
    left = run.search.deadline - monotonic() - seconds
    longer = (
        Longer(min(LONGER, left), lambda roster: not _even(problem, roster, shares)) if left > 0 else None
    )
    answer = best_calendar(problem, options, run.tell, first, Aims(shares, like=like), longer)
    if answer.empty_minutes and answer.empty_proven:
        # No calendar of these people on these dates holds every post: the search has proven what the repair could not.
        return Named(LaidOut(Status.INFEASIBLE, None))
    if answer.roster is None or not _complete(problem, answer):
        return replace(stays, begun=answer.roster)
    return Named(LaidOut(Status.OPTIMAL, answer.roster), answer, answer.ledger if problem.people else ())


def _seconds(run: SearchRun, *, everything: bool) -> float:
    """Return how long to search: soon enough for somebody who waits, or all that is left."""
    now = monotonic()
    soon = min(MOST, max(LEAST, run.began + SOON - now))
    return run.search.deadline - now if everything else min(run.search.deadline - now, soon)


def _complete(problem: Problem, answer: CalendarAnswer) -> bool:
    """Whether a calendar was found that holds every hard post and keeps every rule."""
    return answer.roster is not None and not answer.empty_minutes and not check_roster(problem, answer.roster)


def _content(problem: Problem, roster: Roster, shares: Sequence[Share]) -> bool:
    """Whether a calendar grants every wish, has all and no more than wanted on posts, and is even."""
    asked = (term.kind in ("wish", "empty", "over") for term in terms(problem, roster, shares))
    return not any(asked) and _even(problem, roster, shares)


def _even(problem: Problem, roster: Roster, shares: Sequence[Share]) -> bool:
    """Whether everybody is less than a unit from a fair share, so that no two are more than one apart."""
    has = amounts(problem, roster, shares)
    fair = shares_of_had(shares, has)
    return all(abs(has[s.person, s.measure] - s.target) < unit_of(s.measure) for s in fair)
