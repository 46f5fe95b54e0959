"""
Parts of a circulation joined by exchanging the rest of two blocks, so that nobody's cover changes.

Two people of different parts who are on the same weekday in the middle of a block may exchange everything that follows,
if both blocks so formed are lawful. The duties of every day stay the same, and the two closed walks become one: most
flows that fall into parts are mended in a few such exchanges, without another search.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.engine.blocks import Walks, Word
from roster.engine.circulation import parts

Lawful = dict[tuple[int, int, Word], int]
"""Arc number by tail, head and duties."""


def joined(walks: Walks, flows: Sequence[int]) -> list[int]:
    """Return a flow with the same cover in as few parts as exchanges between two blocks can make it."""
    flows = list(flows)
    lawful = {
        (tail, head, word): arc
        for arc, (tail, head, word) in enumerate(zip(walks.tails, walks.heads, walks.words, strict=True))
    }
    while exchange := _first_exchange(walks, lawful, parts(walks.tails, walks.heads, flows)):
        before, after = exchange
        for arc in before:
            flows[arc] -= 1
        for arc in after:
            flows[arc] += 1
    return flows


Exchange = tuple[tuple[int, int], tuple[int, int]]
"""Two arcs and the two they become."""


def _first_exchange(walks: Walks, lawful: Lawful, found: list[list[int]]) -> Exchange | None:
    for at, part in enumerate(found):
        for other in found[at + 1 :]:
            for one in part:
                for two in other:
                    if after := _exchanged(walks, lawful, one, two):
                        return (one, two), after
    return None


def _exchanged(walks: Walks, lawful: Lawful, one: int, two: int) -> tuple[int, int] | None:
    """Return the arcs that two arcs become when they exchange what follows some weekday; None if no weekday will do."""
    first, second = walks.words[one], walks.words[two]
    for days in range(len(first) + 1):
        others = (walks.weekdays[one] + days - walks.weekdays[two]) % 7
        if others > len(second):
            continue
        new = lawful.get((walks.tails[one], walks.heads[two], first[:days] + second[others:]))
        if new is None:
            continue
        newer = lawful.get((walks.tails[two], walks.heads[one], second[:others] + first[days:]))
        if newer is not None:
            return new, newer
    return None
