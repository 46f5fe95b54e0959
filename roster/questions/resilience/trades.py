"""
Days on which one person can leave a standby to another, so that a share of standby is kept.

What an absence costs may hang on that: who stands by for somebody away is at the limit of the whole calendar's share,
and leaves a standby of any other day to somebody else. The program of a few days knows how many, and not on which
days. Here days are found, and the check says whether the roster made so is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from roster.domain.problem import Duty
from roster.questions.resilience.cases import AbsenceCase, CaseAnswer, Outcome
from roster.questions.resilience.local_check import LocalCheck, Moves

APART = 8
"""Days from which two such days, or one and the absence, have nothing to do with each other for most rules."""


@dataclass(frozen=True)
class Trades:
    """The standbys that may be left to others, on each day by itself; what was asked is kept."""

    check: LocalCheck
    _known: dict[tuple[str, str, int], Moves | None] = field(default_factory=dict)

    def found(self, answer: CaseAnswer, days: range) -> CaseAnswer | None:
        """
        Return an answer with the cells of the days on which standbys are left to others; None where none are found.

        Parameters
        ----------
        answer : Says who leaves standbys to whom, and what changes on the days around.
        days : These days: on others such days are looked for.
        """
        moves, used = answer.moves, list[int]()
        for giver, taker in answer.traded:
            # Where posts stay empty anyway the check cannot tell whether one beside the days around does so, too.
            for apart in (APART, 2 if answer.breaks else 1):
                day = next(self._days(giver, taker, days, (used, apart)), None)
                if day is not None:
                    break
            else:
                return None
            used.append(day)
            moves += self._left(giver, taker, day) or ()
        return replace(answer, moves=moves)

    def _days(self, giver: str, taker: str, days: range, free: tuple[list[int], int]) -> Iterator[int]:
        """Yield days on which one can leave a standby to the other, nearest first, so far apart from those used."""
        used, apart = free
        after, before = range(days.stop - 1 + apart, self._last + 1), range(days.start - apart, -1, -1)
        for day in sorted((*after, *before), key=lambda day: max(days.start - day, day - days.stop + 1)):
            if all(abs(day - other) >= apart for other in used) and self._left(giver, taker, day):
                yield day

    @property
    def _last(self) -> int:
        return self.check.published.horizon.days - 1

    def _left(self, giver: str, taker: str, day: int) -> Moves | None:
        """Return the cells of a day on which one leaves a standby to the other; None where that is not lawful."""
        key = giver, taker, day
        if key not in self._known:
            nobody = AbsenceCase((), day, 1)
            tried = (
                moves
                for moves in self._ways(giver, taker, day)
                if not self.check.broken(CaseAnswer(nobody, Outcome.SURVIVES, moves=moves), sums=False)
            )
            self._known[key] = next(tried, None)
        return self._known[key]

    def _ways(self, giver: str, taker: str, day: int) -> Iterator[Moves]:
        """Yield cells in which a standby goes from one to the other, their shifts kept, or exchanged as well."""
        problem, published = self.check.problem, self.check.published
        at = {person.name: index for index, person in enumerate(published.people)}
        given, kept = (published.duties[at[name]][day] for name in (giver, taker))
        if given.standby is None or kept.standby is not None:
            return
        may = [problem.duties(problem.type_of(published.people[at[name]])) for name in (giver, taker)]
        without, more = replace(given, standby=None), replace(kept, standby=given.standby)
        for one, other in ((_bare(without), more), (kept, given)):
            if one in may[0] and other in may[1]:
                yield (giver, day, one.name), (taker, day, other.name)


def _bare(duty: Duty) -> Duty:
    """Return a duty without a place where nothing is done there."""
    return duty if duty.works else Duty()
