"""Several requests answered together: as many as can be are granted, all in one lawful roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.questions.swap.answer import Option, SwapAnswer, swaps
from roster.questions.swap.options import SwapRequest

MOST_ORDERS = 24
"""Orders in which requests are tried: all of four; of more only the first so many."""


@dataclass(frozen=True, slots=True)
class Together:
    """Each request with what was done for it, None where nothing could be, and the roster after all of them."""

    granted: tuple[tuple[SwapRequest, Option | None, SwapAnswer | None], ...]
    roster: Roster

    @property
    def number(self) -> int:
        """How many are granted."""
        return sum(option is not None for _, option, _ in self.granted)


def swap_together(problem: Problem, roster: Roster, requests: Sequence[SwapRequest]) -> Together:
    """
    Return the requests granted one after the other, in the order that grants most of those tried.

    Each step is lawful by itself, so the whole is; that no other order grants more is not claimed.

    Parameters
    ----------
    problem, roster : The scenario, and the published roster.
    requests : In the order given.
    """
    best: Together | None = None
    for number, order in enumerate(permutations(range(len(requests)))):
        if number >= MOST_ORDERS or (best is not None and best.number == len(requests)):
            break
        found = _in_order(problem, roster, [(at, requests[at]) for at in order])
        if best is None or found.number > best.number:
            best = found
    return best or Together((), roster)


def _in_order(problem: Problem, roster: Roster, requests: Sequence[tuple[int, SwapRequest]]) -> Together:
    found: dict[int, tuple[SwapRequest, Option | None, SwapAnswer | None]] = {}
    now = roster
    for at, request in requests:
        names = [person.name for person in now.people]
        if now.duties[names.index(request.person)][request.day].is_off:
            # Somebody else's request has taken the duty away already.
            found[at] = request, None, None
            continue
        answer = swaps(problem, now, request)
        option = answer.best
        found[at] = request, option, answer
        if option is not None:
            now = option.roster
    return Together(tuple(found[at] for at in sorted(found)), now)
