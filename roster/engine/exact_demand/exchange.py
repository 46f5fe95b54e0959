"""
Parts of a circulation joined by exchanging the rest of two blocks, so that nobody's cover changes.

Two people of different parts who are on the same weekday in the middle of a block may exchange everything that follows,
if both blocks so formed are lawful. The duties of every day stay the same, and the two closed walks become one: most
flows that fall into parts are mended in a few such exchanges, without another search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from roster.engine.exact_demand.block_graph import Walks, Word
from roster.engine.flows.circulation import parts

Lawful = dict[tuple[int, int, Word], int]
"""Arc number by tail, head and duties."""


def exchanged(walks: Walks, flows: Sequence[int]) -> list[int]:
    """Return a flow with the same cover in as few parts as exchanges between blocks can make it."""
    flows = list(flows)
    lawful = {
        (tail, head, word): arc
        for arc, (tail, head, word) in enumerate(zip(walks.tails, walks.heads, walks.words, strict=True))
    }
    found = parts(walks.tails, walks.heads, flows)
    while len(found) > 1:
        better = _one_step(walks, lawful, flows, found) or _two_steps(walks, lawful, flows, found)
        if better is None:
            break
        flows = better
        found = parts(walks.tails, walks.heads, flows)
    return flows


Pair = tuple[int, int]


def _one_step(walks: Walks, lawful: Lawful, flows: list[int], found: list[list[int]]) -> list[int] | None:
    """Return the flow after an exchange between two parts; None where there is none."""
    for part, other in combinations(found, 2):
        for pair in product(part, other):
            for after in _exchanges(walks, lawful, pair):
                return _after(flows, pair, after)
    return None


def _two_steps(walks: Walks, lawful: Lawful, flows: list[int], found: list[list[int]]) -> list[int] | None:
    """Return the flow after an exchange inside a part that makes one between two parts possible; None if none does."""
    for part in found:
        fresh: dict[int, tuple[Pair, Pair]] = {}
        for pair in combinations(part, 2):
            for after in _exchanges(walks, lawful, pair):
                for arc in after:
                    if not flows[arc]:
                        fresh.setdefault(arc, (pair, after))
        others = [arc for other in found if other is not part for arc in other]
        for (arc, (pair, after)), other in product(fresh.items(), others):
            for last in _exchanges(walks, lawful, (arc, other)):
                better = _after(_after(flows, pair, after), (arc, other), last)
                if len(parts(walks.tails, walks.heads, better)) < len(found):
                    return better
    return None


def _after(flows: Sequence[int], before: Pair, after: Pair) -> list[int]:
    changed = list(flows)
    for arc in before:
        changed[arc] -= 1
    for arc in after:
        changed[arc] += 1
    return changed


def _exchanges(walks: Walks, lawful: Lawful, pair: Pair) -> Iterator[Pair]:
    """Yield the arcs that two arcs can become by exchanging what follows some weekday."""
    one, two = pair
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
            yield new, newer
