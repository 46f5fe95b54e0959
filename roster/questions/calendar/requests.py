"""
Requests that are not granted: what granting each would cost, and what stands against it most.

The cell is forced, and the days around it searched exactly, with the calendar as it is elsewhere: what is told is the
cheapest way found, and granting may cost less where more is changed. Where that leaves more of hard posts empty, the
bound on empty hours says whether it must; if not, everything may change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from roster.domain.fairness import POINT, Share
from roster.domain.outcome import Roster
from roster.domain.problem import Wish
from roster.engine.columns import Compiled, Deadline, State, fewest_empty, improve
from roster.penalties import Term, empty_hard, terms

MOST = 10
"""Requests looked at; more would take long and be read by nobody."""

SECONDS = 2.0
REACH, OTHERS = 7, 3
"""Days on either side that may change: of the person, and of everybody."""


@dataclass(frozen=True, slots=True)
class Refused:
    """
    A date of a wish that is not granted.

    `points` is what granting it costs beside the wish itself, None where no way was found nearby; `forbidden`: proven
    that there is none, for a rule forbids it as the days around are.
    `against` is the term that grows most; `empty` the person-minutes of hard posts that would stay empty beyond those
    that do, `empty_proven` whether every calendar that grants it leaves so many empty.
    """

    wish: Wish
    day: int
    points: float | None
    empty: int = 0
    against: Term | None = None
    forbidden: bool = False
    empty_proven: bool = False


def refused(
    compiled: Compiled, state: State, roster: Roster, shares: tuple[Share, ...]
) -> tuple[Refused, ...]:
    """
    Return the requests that a calendar does not grant, each with what granting it would cost.

    Parameters
    ----------
    compiled, state : The team that was searched, and what the search knows.
    roster, shares : The calendar found, and everybody's fair shares.
    """
    found: list[Refused] = []
    for wish, number, day in _missed(compiled, roster):
        if len(found) == MOST:
            break
        forced = _forced(compiled, number, (wish, day))
        given, forbidden = _nearby(forced, state, number, day)
        one = Refused(wish, day, None, forbidden=forbidden)
        if given is not None:
            one = _cost(one, compiled, (roster, given), shares)
        if one.empty:
            one = _of_empty(one, forced, state, (roster, shares))
        found.append(one)
    return tuple(found)


def _cost(
    one: Refused, compiled: Compiled, rosters: tuple[Roster, Roster], shares: tuple[Share, ...]
) -> Refused:
    """Return what a calendar that grants a request costs beside the one that does not."""
    problem, (roster, given) = compiled.problem, rosters
    before, after = (_by_term(terms(problem, each, shares, compiled.like)) for each in rosters)
    grown = {
        key: parts - before[key] for key, parts in after.items() if parts > before[key] and key[0] != "spared"
    }
    worst = max(grown, key=lambda key: grown[key], default=None)
    against = None if worst is None else Term(*worst, 0, grown[worst])
    empty = empty_hard(problem, given) - empty_hard(problem, roster)
    cost = (sum(after.values()) - sum(before.values())) / POINT + one.wish.price
    return replace(one, points=cost, empty=max(0, empty), against=against)


def _of_empty(
    one: Refused, forced: Compiled, state: State, known: tuple[Roster, tuple[Share, ...]]
) -> Refused:
    """Say whether the hours that stay empty nearby must; if not, let everything change."""
    roster, shares = known
    must = fewest_empty(forced) - empty_hard(forced.problem, roster)
    if must >= one.empty:
        return replace(one, empty_proven=True)
    trial = _trial(forced, state)
    found = improve(trial, np.ones((len(trial.lines), forced.team.days), bool), SECONDS, whole=True)
    if found.lines is None:
        return one
    wider = _cost(one, forced, (roster, forced.read(found.lines)), shares)
    return replace(wider if wider.empty < one.empty else one, empty_proven=0 < wider.empty <= must)


def _missed(compiled: Compiled, roster: Roster) -> Iterator[tuple[Wish, int, int]]:
    place = {person.name: at for at, person in enumerate(roster.people)}
    number = roster.horizon.number
    for wish in (wish for wish in compiled.problem.wishes if wish.person in place):
        at = place[wish.person]
        for day in range(max(0, number(wish.first)), min(roster.horizon.days, number(wish.last) + 1)):
            if not wish.granted(roster.duties[at][day].name):
                yield wish, at, day


def _by_term(found: tuple[Term, ...]) -> Counter[tuple[str, str, str]]:
    parts: Counter[tuple[str, str, str]] = Counter()
    for term in found:
        parts[term.kind, term.what, term.person] += term.parts
    return parts


def _forced(compiled: Compiled, number: int, cell: tuple[Wish, int]) -> Compiled:
    """Return the team in which somebody has what was wished for."""
    wish, day = cell
    own = compiled.team.members[number].own.copy()
    own[day, [at for at, duty in enumerate(compiled.duties[number]) if not wish.granted(duty.name)]] = np.inf
    members = tuple(
        replace(one, own=own) if at == number else one for at, one in enumerate(compiled.team.members)
    )
    return replace(compiled, team=replace(compiled.team, members=members))


def _trial(forced: Compiled, state: State) -> State:
    trial = State(forced.team, 1, Deadline(state.deadline.at + MOST * SECONDS))
    trial.lines = state.lines
    return trial


def _nearby(forced: Compiled, state: State, number: int, day: int) -> tuple[Roster | None, bool]:
    """Return the cheapest calendar found near a day; whether there is proven none."""
    trial = _trial(forced, state)
    free = np.zeros((len(trial.lines), forced.team.days), bool)
    free[:, max(0, day - OTHERS) : day + OTHERS + 1] = True
    free[number, max(0, day - REACH) : day + REACH + 1] = True
    found = improve(trial, free, SECONDS, whole=True)
    return (None, found.proven) if found.lines is None else (forced.read(found.lines), False)
