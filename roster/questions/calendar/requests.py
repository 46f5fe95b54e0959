"""
Requests that are not granted: what granting each would cost, and what stands against it most.

The cell is forced, and the days around it searched exactly, with the calendar as it is elsewhere: what is told is the
cheapest way found, and granting may cost less where more is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from roster.domain.fairness import POINT, Share
from roster.domain.outcome import Roster
from roster.domain.problem import Wish
from roster.engine.columns.compile_team import Compiled
from roster.engine.columns.fix_and_optimise import improve
from roster.engine.columns.generate import Deadline
from roster.engine.columns.state import State
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
    `against` is the term that grows most; `empty` the person-minutes of hard posts that would stay empty.
    """

    wish: Wish
    day: int
    points: float | None
    empty: int = 0
    against: Term | None = None
    forbidden: bool = False


def refused(
    compiled: Compiled, state: State, roster: Roster, shares: tuple[Share, ...]
) -> tuple[Refused, ...]:
    """Return the requests that a calendar does not grant, each with what granting it would cost."""
    before = _by_term(terms(compiled.problem, roster, shares))
    found: list[Refused] = []
    for wish, number, day in _missed(compiled, roster):
        if len(found) == MOST:
            break
        given, forbidden = _forced(compiled, state, number, (wish, day))
        if given is None:
            found.append(Refused(wish, day, None, forbidden=forbidden))
            continue
        after = _by_term(terms(compiled.problem, given, shares))
        grown = {key: parts - before[key] for key, parts in after.items() if parts > before[key]}
        worst = max(grown, key=lambda key: grown[key], default=None)
        against = None if worst is None else Term(*worst, 0, grown[worst])
        empty = empty_hard(compiled.problem, given) - empty_hard(compiled.problem, roster)
        cost = (sum(after.values()) - sum(before.values())) / POINT + wish.price
        found.append(Refused(wish, day, cost, max(0, empty), against))
    return tuple(found)


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


def _forced(
    compiled: Compiled, state: State, number: int, cell: tuple[Wish, int]
) -> tuple[Roster | None, bool]:
    """Return the cheapest calendar found in which somebody has what was wished for; whether there is proven none."""
    wish, day = cell
    member = compiled.team.members[number]
    own = member.own.copy()
    own[day, [at for at, duty in enumerate(compiled.duties[number]) if not wish.granted(duty.name)]] = np.inf
    members = tuple(
        replace(one, own=own) if at == number else one for at, one in enumerate(compiled.team.members)
    )
    trial = State(replace(compiled.team, members=members), 1, Deadline(state.deadline.at + MOST * SECONDS))
    trial.lines = state.lines
    free = np.zeros((len(members), compiled.team.days), bool)
    free[:, max(0, day - OTHERS) : day + OTHERS + 1] = True
    free[number, max(0, day - REACH) : day + REACH + 1] = True
    found = improve(trial, free, SECONDS, whole=True)
    return (None, found.proven) if found.lines is None else (compiled.read(found.lines), False)
