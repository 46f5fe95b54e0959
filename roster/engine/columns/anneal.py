"""
Simulated annealing: days swapped between two people, and single duties changed, some although it costs more.

Each change is weighed by the days it touches alone, so that hundreds of thousands are tried a second. What is cheaper
only after several changes is found so, where an exact search frees too little. How readily dearer ones are accepted
falls while time passes (Kirkpatrick, Gelatt and Vecchi 1983), in shares of what a swap usually costs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from statistics import median

from roster.engine.columns.cover_value import Present
from roster.engine.columns.state import TOLERANCE, State
from roster.engine.columns.team import Line, Team
from roster.engine.columns.walk import Change, Walk

SMALL = 600
"""People times days of a small team."""

USUAL = 50
"""Dearer swaps after which it is known what they usually cost; until then none is accepted."""

SINGLE, APART = 0.1, 0.3
"""Shares of the changes that are of one person alone, and swaps among all instead of those who do the same."""

LONGER, LONGEST = 0.6, 0.1
"""Chance that a stretch of days goes on for another day, and that it is of any length."""

LOOK = 256
"""Changes between two looks at the clock."""

Move = list[tuple[int, list[int]]]
"""Who gets which duties, from one day on."""


@dataclass(frozen=True, slots=True)
class Heats:
    """
    What is accepted once in e times, in shares of what a swap usually costs.

    `first` from a first calendar, `good` from a good one, which great heat would undo, `most` where that has gained
    nothing, `end` when the time is up.
    """

    first: float
    good: float
    most: float
    end: float


OF_SMALL, OF_LARGE = Heats(0.06, 0.06, 0.1, 0.04), Heats(0.1, 0.01, 0.3, 0.005)
"""A small team finds what is better while it is mild, and the best on the way is kept."""


def heats(team: Team) -> Heats:
    """Return how hot a team is annealed."""
    return OF_SMALL if team.days * len(team.members) <= SMALL else OF_LARGE


@dataclass(slots=True)
class Heat:
    """
    How readily dearer changes are accepted: a change of `degrees` once in e times; 0 never.

    It begins at `hot` and ends at `cold`, in shares of what a swap usually costs, which is the middle of those `seen`.
    """

    hot: float
    cold: float
    degrees: float = 0.0
    seen: list[float] = field(default_factory=list)
    usual: float = 0.0

    def cool(self, used: float) -> None:
        """Set the degrees after a share of the time, 0 to 1."""
        if not self.usual and len(self.seen) >= USUAL:
            self.usual = median(self.seen)
        self.degrees = self.usual * self.hot * (self.cold / self.hot) ** used


class Annealing:
    """Everybody's calendar while it changes, what the posts cost then, and the best calendar on the way."""

    def __init__(self, state: State, lines: Sequence[Line], hot: float) -> None:
        team = state.team
        self.random = random.Random(int(state.random.integers(1 << 30)))
        self.walks = [Walk(member, line) for member, line in zip(team.members, lines, strict=True)]
        self.present = Present(state.cover, team.counts(lines))
        self.value = self.best = state.value(lines)
        self.lines: list[Line] | None = None
        self.heat = Heat(hot, heats(team).end)
        self._days, self._places = team.days, team.places
        self._place = [member.place.tolist() for member in team.members]
        alike: dict[object, list[int]] = {}
        for number, member in enumerate(team.members):
            alike.setdefault((member.meaning, member.place.tobytes()), []).append(number)
        self._alike = [[0]] * len(team.members)
        for group in alike.values():
            for number in group:
                self._alike[number] = group
        self._meanings = [dict(zip(m.meaning, range(len(m.place)), strict=True)) for m in team.members]
        self._meaning = [member.meaning for member in team.members]

    def step(self) -> None:
        """Try one change."""
        drawn = self.random.random
        number, first = int(drawn() * len(self.walks)), int(drawn() * self._days)
        kind = drawn()
        if kind < SINGLE:
            duty = int(drawn() * len(self._place[number]))
            if duty != self.walks[number].line[first]:
                self._weigh(first, [(number, [duty])])
            return
        others = range(len(self.walks)) if kind < SINGLE + APART else self._alike[number]
        other = others[int(drawn() * len(others))]
        mine, theirs = self.walks[number].line, self.walks[other].line
        if self._meaning[number][mine[first]] == self._meaning[other][theirs[first]]:
            return
        end = first + 1 if drawn() >= LONGEST else first + 1 + int(drawn() * (self._days - first))
        while drawn() < LONGER and end < self._days:
            end += 1
        move = self._swap(number, other, (mine[first:end], theirs[first:end]))
        if move is not None:
            self._weigh(first, move)

    def _swap(self, one: int, other: int, duties: tuple[list[int], list[int]]) -> Move | None:
        """Return what two people get of each other; None where one of them never does it."""
        if self._alike[one] is self._alike[other]:
            return [(one, duties[1]), (other, duties[0])]
        move = []
        for who, whose, given in ((one, other, duties[1]), (other, one, duties[0])):
            own = self._meanings[who]
            mine = [own.get(self._meaning[whose][duty], -1) for duty in given]
            if -1 in mine:
                return None
            move.append((who, mine))
        return move

    def _weigh(self, first: int, move: Move) -> None:
        """Make a change where it is lawful and, as hot as it is, accepted."""
        changes: list[tuple[int, Change]] = []
        more = 0.0
        for number, duties in move:
            change = self.walks[number].tried(first, duties)
            if change is None:
                return
            changes.append((number, change))
            more += change.cost
        moved = self._moved(first, move)
        if moved:
            more += self.present.move(moved)
        elif more > 0 and not self.heat.usual:
            self.heat.seen.append(more)
        if more > 0 and not (
            self.heat.degrees and self.random.random() < exp(max(-700.0, -more / self.heat.degrees))
        ):
            if moved:
                self.present.move([(where, -people) for where, people in moved])
            return
        for number, change in changes:
            self.walks[number].take(change)
        self.value += more
        if self.value < self.best - 1e-6:
            self.best, self.lines = self.value, [tuple(walk.line) for walk in self.walks]

    def _moved(self, first: int, move: Move) -> list[tuple[int, int]]:
        """Return where how many more or fewer people would be present; nothing where two swap the same presences."""
        if len(move) == 2 and self._alike[move[0][0]] is self._alike[move[1][0]]:
            return []
        moved = []
        for number, duties in move:
            place, line = self._place[number], self.walks[number].line
            for day, duty in enumerate(duties, first):
                gone, come = place[line[day]], place[duty]
                if gone != come:
                    moved += [(day * self._places + gone, -1)] if gone >= 0 else []
                    moved += [(day * self._places + come, 1)] if come >= 0 else []
        return moved


def anneal(state: State, seconds: float, hot: float, lines: Sequence[Line] = ()) -> None:
    """
    Anneal a calendar, and offer the search what comes of it; no longer than until it is proven best.

    Parameters
    ----------
    state : The search; nothing is done where there is no calendar.
    seconds : How long; less where the search ends sooner.
    hot : What is accepted once in e times at first, in shares of what a swap usually costs.
    lines : Everybody's calendar to begin with; by default the best.
    """
    lines, seconds = lines or state.lines, min(seconds, state.deadline.left)
    if not lines or not seconds:
        return
    begun, annealing, least = time.monotonic(), Annealing(state, lines, hot), state.rounded + TOLERANCE
    while annealing.best > least and (used := (time.monotonic() - begun) / seconds) < 1:
        annealing.heat.cool(used)
        for _ in range(LOOK):
            annealing.step()
    if annealing.lines is not None:
        state.offer(annealing.lines, "annealing")
