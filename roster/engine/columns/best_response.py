"""Best responses: everybody in turn takes the cheapest calendar beside the others', as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from roster.engine.columns.cover_value import Margins
from roster.engine.columns.generate import Deadline, priced_cells
from roster.engine.columns.one_person_program import alone
from roster.engine.columns.state import State
from roster.engine.columns.team import Floats, Line, Member


def respond(state: State, lines: Sequence[Line | None], passes: int, deadline: Deadline) -> list[Line] | None:
    """
    Return what a few passes of best responses lead to; None where somebody has no lawful calendar.

    Presences beside the others count at what the first of them would change: a post that still needs one, needs one.

    Parameters
    ----------
    state : The search, with its team and random numbers.
    lines : Everybody's calendar to begin with; None for who has none yet.
    passes : How often each person has a turn.
    deadline : Ends the passes early, once everybody has a calendar.
    """
    team, found = state.team, list(lines)
    margins = Margins(state.cover, team.counts(found))
    before = np.inf
    for _ in range(passes):
        for number in state.random.permutation(len(team.members)):
            member, line = team.members[number], found[number]
            if deadline.passed and line is not None:
                continue
            if line is not None:
                margins.come(team.presences(member, line), -1)
            rewards = -margins.costs
            slopes = _slopes(member, line)
            walks = state.generator.pricers[number].shortest(priced_cells(member, rewards), slopes, 1)
            if walks.lines and (
                line is None or _cost(member, walks.lines[0], rewards) < _cost(member, line, rewards)
            ):
                line = walks.lines[0]
            if line is None and np.isfinite(walks.cost):
                line = alone(member, priced_cells(member, rewards))
            if line is None:
                return None
            found[number] = line
            margins.come(team.presences(member, line), 1)
        whole = [line for line in found if line is not None]
        value = state.value(whole)
        if value >= before:
            break
        before = value
    return [line for line in found if line is not None]


def _cost(member: Member, line: Line, rewards: Floats) -> float:
    """Return what a calendar costs less what its presences are worth."""
    priced = member.price(line)
    if priced is None:
        return np.inf
    places = member.place[list(line)]
    days = np.flatnonzero(places >= 0)
    return priced.cost - float(rewards[days, places[days]].sum())


def _slopes(member: Member, line: Line | None) -> Floats:
    """Return what one more of each tally costs near a calendar, for those that are not charged to it."""
    slopes = np.zeros(len(member.tallies))
    priced = member.price(line) if line is not None else None
    for number, tally in enumerate(member.tallies):
        if tally.prices is None or tally.charged or len(tally.prices) < 2:
            continue
        at = priced.sums[number] if priced is not None else int(tally.prices.argmin())
        here = min(max(at, 0), len(tally.prices) - 2)
        slopes[number] = float(tally.prices[here + 1] - tally.prices[here]) if priced is not None else 0.0
    return slopes
