"""What could change hands for a duty: somebody free takes it, two exchange a day, or each takes one of the other's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roster.domain.outcome import Roster
from roster.domain.problem import OFF, Duty

FURTHEST = 31
"""Days between the two duties of an exchange, where no date is asked for."""


@dataclass(frozen=True, slots=True)
class SwapRequest:
    """Somebody who wants to be rid of a duty: whose, on which day; with whom and for which day, where that is asked."""

    person: str
    day: int
    partner: str | None = None
    partner_day: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """
    What changes hands: cells as (index of the person, day, duty before, duty after).

    `partner_day` is the day that the person takes in return; None where nothing is taken. A `chain` is over more than
    two people or days: its cells say all of it.
    """

    partner: int
    partner_day: int | None
    cells: tuple[tuple[int, int, Duty, Duty], ...]
    chain: bool = False

    def applied(self, roster: Roster) -> Roster:
        """Return the roster after it."""
        lines = [list(line) for line in roster.duties]
        for index, day, _, after in self.cells:
            lines[index][day] = after
        return replace(roster, duties=tuple(map(tuple, lines)))


def moves(roster: Roster, request: SwapRequest) -> Iterator[Move]:
    """Yield everything that could change hands, those with fewest cells first."""
    names = [person.name for person in roster.people]
    own = names.index(request.person)
    others = [at for at, name in enumerate(names) if at != own and request.partner in (None, name)]
    if request.partner_day in (None, request.day):
        mine = roster.duties[own][request.day]
        different = [other for other in others if roster.duties[other][request.day] != mine]
        yield from (_same_day(roster, own, other, request.day) for other in different)
    for other in others:
        yield from _two_days(roster, own, other, request)


def _same_day(roster: Roster, own: int, other: int, day: int) -> Move:
    mine, theirs = roster.duties[own][day], roster.duties[other][day]
    cells = ((own, day, mine, theirs), (other, day, theirs, mine))
    return Move(other, None if theirs.is_off else day, cells)


def _two_days(roster: Roster, own: int, other: int, request: SwapRequest) -> Iterator[Move]:
    """
    Yield exchanges over two days, on each of which one of the two is off.

    Where the day taken in return is asked for, both may be at work on both: then they exchange their duties on each.
    """
    day = request.day
    mine, instead = roster.duties[own][day], roster.duties[other][day]
    for back, theirs in enumerate(roster.duties[other]):
        kept = roster.duties[own][back]
        near = request.partner_day is None and abs(back - day) <= FURTHEST and instead.is_off and kept.is_off
        if (
            back == day
            or theirs in (OFF, kept)
            or instead == mine
            or not (near or request.partner_day == back)
        ):
            continue
        cells = (
            (own, day, mine, instead),
            (other, day, instead, mine),
            (own, back, kept, theirs),
            (other, back, theirs, kept),
        )
        yield Move(other, back, cells)
