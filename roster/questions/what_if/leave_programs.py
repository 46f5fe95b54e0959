"""
The programs of a published roster's calendar in which leaves are bounds, each made once for all that is asked of it.

The first is of the days around the leave, which nearly always is enough; the next of the whole calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.engine.calendar import Away, LeaveResolver
from roster.engine.solvers.search import Search
from roster.questions.absences import Absence, LeaveCase, Share, shares
from roster.questions.conflict import FeasibilityQuestion, holds

CELLS = 700
"""
Cells (people times days) up to which the whole calendar is one program in which leaves are bounds.

With more, a question that the days around do not settle has a program of its own.
"""

REACH = 6
"""Days on either side of a leave that may change in the first program."""

PROGRAMS = 16
"""How many are kept: those of one roster's people, asked one after the other."""


def programs(case: LeaveCase, share: Share) -> Iterator[LeaveResolver]:
    """
    Yield the programs in which a share's leaves are bounds, narrow first.

    None where more is asked than leave; not the whole calendar where it is large.
    """
    wanted = share.ask.wanted
    days, names = wanted.horizon.days, {person.name for person in wanted.people}
    plain = case.frozen_until is None and not case.mend and not case.allow and not wanted.stand_ins
    if not plain or not all(one.whole for one in case.absences):
        return
    gone = tuple(dict.fromkeys(one.person for one in case.absences if one.person in names))
    part = replace(share.ask.problem, restrictions=case.problem.restrictions, pins=case.problem.pins)
    first, last = max(0, min(share.ask.days) - REACH), min(days, max(share.ask.days) + REACH + 1)
    if (last - first) * 10 <= days * 8:
        yield _made(part, wanted, gone, range(first, last))
    if len(names) * days <= CELLS:
        yield _made(part, wanted, gone, range(days))


def away_in(case: LeaveCase, resolver: LeaveResolver) -> Away:
    """Return who of a program's people is away when."""
    here = {person.name for person in resolver.published.people}
    days: dict[str, set[int]] = {}
    for one in case.absences:
        if one.person in here:
            days.setdefault(one.person, set()).update(one.days(case.published.horizon))
    return {name: sorted(gone) for name, gone in days.items()}


def covered(case: LeaveCase, absences: tuple[Absence, ...], search: Search) -> bool | None:
    """
    Return whether other absences of a case's people can be covered; None where time ran out.

    Parameters
    ----------
    case, absences : The case, whose programs are used, and the leave asked about instead.
    search : Deadline and settings.
    """
    other = replace(case, absences=absences)
    answers = [_told(case, share, other, search) for share in shares(case)]
    if False in answers:
        return False
    if None not in answers:
        return True
    return holds(FeasibilityQuestion(case.problem, case=other), search) if search.seconds_left > 0 else None


def _told(case: LeaveCase, share: Share, other: LeaveCase, search: Search) -> bool | None:
    """Ask the programs of a share of a case of other absences of the same people; None where they do not tell."""
    for resolver in programs(case, share):
        away = away_in(other, resolver)
        if all(
            day in resolver.days and max(day - 1, 0) in resolver.days
            for days in away.values()
            for day in days
        ):
            answer = resolver.holds(away, search)
            if answer is not None:
                return answer
    return None


@lru_cache(maxsize=PROGRAMS)
def _made(problem: Problem, wanted: Roster, people: tuple[str, ...], days: range) -> LeaveResolver:
    return LeaveResolver(problem, wanted, people, days)
