"""Each thing that could change hands, judged by the independent check and ranked: lawful, few cells, even hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roster.checker import check_roster, worked_minutes
from roster.domain.outcome import Roster, Violation
from roster.domain.problem import Problem
from roster.questions.swap.chain import chain
from roster.questions.swap.options import Move, SwapRequest, moves
from roster.scores import PersonScore, score_people

MOST_LAWFUL = 12
"""Lawful options that are judged in full and listed."""

MOST_UNLAWFUL = 5


@dataclass(frozen=True, slots=True)
class Option:
    """
    A move judged: what it newly breaks, the figures of the two before and after, and the spread of hours.

    `spread` is the most minutes less the fewest among the people of both types, before and after.
    """

    move: Move
    roster: Roster
    broken: tuple[Violation, ...]
    figures: tuple[tuple[PersonScore, PersonScore], ...]
    spread: tuple[int, int]

    @property
    def lawful(self) -> bool:
        """Whether nothing is broken that was not before."""
        return not self.broken


@dataclass(frozen=True, slots=True)
class SwapAnswer:
    """The options for a request, the best first; `tried` counts all ways, `more` those not judged in full."""

    request: SwapRequest
    options: tuple[Option, ...]
    tried: int
    more: int = 0

    @property
    def best(self) -> Option | None:
        """The best lawful option; None where there is none."""
        return next((option for option in self.options if option.lawful), None)


def swaps(problem: Problem, roster: Roster, request: SwapRequest) -> SwapAnswer:
    """
    Return who could take a duty or exchange it: lawful first, then fewest cells, then the most even hours.

    Where no two people can settle it, and nobody is asked for, the shortest chain of changes over more is looked for.

    Parameters
    ----------
    problem, roster : The scenario, and the published roster.
    request : Who wants to be rid of which duty, for what and with whom.
    """
    found = list(moves(roster, request))
    judge = _Judge(problem, roster)
    passing = [move for move in found if not judge.people(move)]
    lawful: list[Option] = []
    unlawful: list[Option] = []
    ranked = sorted(passing, key=lambda move: (len(move.cells), judge.unevenness(move)))
    left = 0
    for at, move in enumerate(ranked):
        if len(lawful) >= MOST_LAWFUL:
            left = len(ranked) - at
            break
        option = judge.option(move)
        (lawful if option.lawful else unlawful).append(option)
    if not lawful and request.partner is None:
        # Over three people or more, only where two cannot settle it: one's own duty is nobody else's business.
        longer = chain(problem, roster, request)
        lawful += [judged for judged in [judge.option(longer)] if judged.lawful] if longer is not None else []
    if len(lawful) < MOST_UNLAWFUL:
        nearest = sorted(
            (move for move in found if move not in passing), key=lambda move: len(judge.people(move))
        )
        unlawful += [judge.option(move) for move in nearest[:MOST_UNLAWFUL]]
    unlawful.sort(key=lambda option: (len(option.broken), len(option.move.cells)))
    return SwapAnswer(request, (*lawful, *unlawful[:MOST_UNLAWFUL]), len(found), left)


class _Judge:
    """A roster and what it breaks already, so that only what a move adds counts."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem, self.roster = problem, roster
        self.known = {violation.sentence for violation in check_roster(problem, roster)}
        self.scores = score_people(problem, roster)
        # Without posts, two people are checked in a moment: their rules, leave and settled duties.
        self.bare = replace(problem, posts=(), seats=())
        self._people: dict[Move, list[Violation]] = {}

    def people(self, move: Move) -> list[Violation]:
        """Return what a move newly breaks for the two whom it touches, posts left aside."""
        if move not in self._people:
            pair = tuple(dict.fromkeys(index for index, *_ in move.cells))
            after = move.applied(self.roster)
            before = tuple(after.before[index] for index in pair) if after.before else ()
            forgiven = tuple(after.forgiven[index] for index in pair) if after.forgiven else ()
            two = replace(
                after,
                people=tuple(after.people[index] for index in pair),
                duties=tuple(after.duties[index] for index in pair),
                before=before,
                forgiven=forgiven,
                seats=(),
                stand_ins=(),
            )
            self._people[move] = self._new(check_roster(self.bare, two))
        return self._people[move]

    def _new(self, violations: Iterable[Violation]) -> list[Violation]:
        return [violation for violation in violations if violation.sentence not in self.known]

    def option(self, move: Move) -> Option:
        """Return a move judged in full."""
        after = move.applied(self.roster)
        broken = tuple(self._new(check_roster(self.problem, after)))
        scores = score_people(self.problem, after)
        pair = dict.fromkeys(index for index, *_ in move.cells)
        figures = tuple((self.scores[index], scores[index]) for index in pair)
        types = {self.roster.people[index].type for index in pair}
        spread = _spread(self.scores, types), _spread(scores, types)
        return Option(move, after, broken, figures, spread)

    def unevenness(self, move: Move) -> int:
        """Return how uneven the hours of the two become, in minutes squared: ranks moves before they are judged."""
        minutes = {index: self.scores[index].minutes for index, *_ in move.cells}
        for index, day, before, after in move.cells:
            staff = self.problem.type_of(self.roster.people[index])
            more, less = (
                worked_minutes(self.problem, staff, self.roster.horizon, day, duty)
                for duty in (after, before)
            )
            minutes[index] += more - less
        mean = sum(score.minutes for score in self.scores) // max(1, len(self.scores))
        return sum((value - mean) ** 2 for value in minutes.values())


def _spread(scores: Sequence[PersonScore], types: set[str]) -> int:
    minutes = [score.minutes for score in scores if score.type in types]
    return max(minutes) - min(minutes) if minutes else 0
