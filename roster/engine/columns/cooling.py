"""How long and how hot annealing is: cold and quick from a good one, hotter and slower where that gains nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.engine.columns.anneal import anneal, heats
from roster.engine.columns.state import State
from roster.engine.columns.team import Line, Team

COOLING, MOST_COOLING, SHORTEST_COOLING = 0.006, 0.25, 0.2
"""Seconds of annealing for each of the people times days; the most of what is left that it takes at once; the least
of its seconds, below which it is of no use."""

BRIEF = 1.0
"""Seconds of annealing at a time where the gap is narrow: there other ways gain more."""

WARMER = 1.7
"""How much hotter it begins after one that has gained nothing; at the most it is slower by as much."""


@dataclass(slots=True)
class Cooling:
    """How hot the next annealing begins, how hot it may at most, and how many times slower than usual it cools."""

    hot: float
    most: float
    slower: float = 1.0

    @classmethod
    def of(cls, team: Team) -> Cooling:
        """Return how the first annealing of a good calendar goes."""
        return cls(heats(team).good, heats(team).most)

    def run(self, state: State) -> None:
        """Anneal the best calendar, and take the next time from what comes of it."""
        if not anneal_for(state, MOST_COOLING, self.hot, self.slower):
            self.slower *= WARMER if self.hot == self.most else 1.0
            self.hot = min(self.most, WARMER * self.hot)


def anneal_for(
    state: State, share: float, hot: float, slower: float = 1.0, lines: Sequence[Line] = ()
) -> bool:
    """
    Anneal for as long as so many people and days take; return whether it helped.

    Parameters
    ----------
    state : The search.
    share : The most of the time left that it takes.
    hot, slower : How hot it begins, and how many times slower than usual it cools.
    lines : Everybody's calendar to begin with; by default the best.
    """
    before, left = state.best, state.deadline.left
    seconds = slower * COOLING * len(state.team.members) * state.team.days
    if state.narrow:
        seconds = min(seconds, BRIEF)
    # What is left in the end is better one cooling than many in a hurry.
    seconds = min(seconds, left if left < seconds else max(share * left, SHORTEST_COOLING * seconds))
    anneal(state, seconds, hot, lines)
    return state.best < before
