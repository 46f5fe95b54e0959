"""
Two rotations of a type made one without changing any shifts: cut both open on one day of the ring, and tie the ends.

The duties of every day stay the same in number, so cover, hours and standby do too; only the two seams are new, and
reading the longer word round says whether it is lawful and what it costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from roster.domain.outcome import Rotation
from roster.engine.automata import node_numbers, ring_node
from roster.engine.rotation.model import Flow
from roster.engine.rotation.read import Word, words_of

MOST_SEAMS = 2000
"""Pairs of cuts tried for two rotations; long ones offer many equal ones."""


def spelled(flow: Flow, rotations: Sequence[Rotation]) -> list[Word]:
    """Return rotations as duty numbers of a type's graph."""
    numbers = {duty: number for number, duty in enumerate(flow.graph.duties)}
    return [tuple(numbers[duty] for duty in rotation.word) for rotation in rotations]


def walked(flow: Flow, words: Sequence[Word]) -> list[int]:
    """
    Return how many people take each arc of a type's graph when words are walked round.

    Raises ValueError where a word is not lawful in the graph.
    """
    place = {(arc.tail, arc.duty): at for at, arc in enumerate(flow.arcs)}
    numbers = node_numbers(flow.graph)
    layers = len(flow.graph.steps)
    amounts = [0] * len(flow.arcs)
    for word in words:
        begun = flow.graph.read_round(word)
        if begun is None:
            raise ValueError("a rotation that the graph does not allow")
        state = begun[0]
        for day, duty in enumerate(word):
            node = ring_node(flow.graph, numbers, day % flow.days, state)
            amounts[place[node, duty]] += 1
            state = flow.graph.steps[day % layers][state][duty][0]
    return amounts


def joined(flow: Flow, amounts: Sequence[int]) -> list[int]:
    """
    Return a type's flow with as many of its parts tied together as can be, each time at the least price.

    The sums of every day's duties are those of the flow given.
    """
    words = words_of(flow, amounts)
    if len(words) < 2:
        return list(amounts)
    apart: list[Word] = []
    while words:
        word = words.pop(0)
        better = [(found, other) for other in words if (found := _tied(flow, word, other)) is not None]
        if better:
            (_, longer), other = min(better, key=lambda choice: choice[0])
            words.remove(other)
            words.insert(0, longer)
        else:
            apart.append(word)
    return walked(flow, apart)


def _tied(flow: Flow, one: Word, other: Word) -> tuple[int, Word] | None:
    """Return the cheapest lawful word made of two, with its price; None where no seam is lawful."""
    best: tuple[int, Word] | None = None
    for longer in _seams(one, other, flow.days):
        read = flow.graph.read_round(longer)
        if read is not None and (best is None or read[1] < best[0]):
            best = (read[1], longer)
    return best


def _seams(one: Word, other: Word, days: int) -> Iterator[Word]:
    """Yield the words that come of cutting both on one day of the ring; each begins on its day 0."""
    cuts = product(range(days), range(0, len(one), days), range(0, len(other), days))
    for day, turn, other_turn in islice(cuts, MOST_SEAMS):
        here, there = turn + day, other_turn + day
        round_trip = one[here:] + one[:here] + other[there:] + other[:there]
        back = (days - day) % days
        yield round_trip[back:] + round_trip[:back]
