"""
The arcs of a day sorted for the dynamic program: those that add the same to every sum, and those that lead to a state.

Many states are reached from the same set of states before, so the least of each set is looked for once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from roster.engine.columns.team import DayArcs, Floats, Ints

WIDE = 64
"""Sums from which on rows are compared one by one: a call for all of them takes three times as long on wide rows."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """
    Arcs of a day that add the same to every axis, `offset` columns of the table.

    Many states are reached from the same set of states before. The sets are sorted by size, the largest first;
    `tails[j]` holds the j-th state of each that has so many. Pair k leads from the best of set `source[k]` by `duty[k]`
    to a head; pairs are sorted by head, and `first` says where those of each of `heads` begin. `layers[j]` holds the
    j-th pair of each of the heads `ranked` that has so many.
    """

    offset: int
    tails: tuple[Ints, ...]
    source: Ints
    duty: Ints
    penalty: Floats
    weekends: Floats
    first: Ints
    heads: Ints
    layers: tuple[Ints, ...]
    ranked: Ints


@dataclass(frozen=True, eq=False)
class Into:
    """The arcs into each state, from all bundles: tails, offsets, duties and what they cost, by head."""

    arcs: dict[int, tuple[Ints, Ints, Ints, Floats, Floats]]


def bundles(arcs: DayArcs, offsets: Ints) -> tuple[Bundle, ...]:
    """Sort the arcs of a day into bundles."""
    return tuple(_bundle(arcs, offset, np.flatnonzero(offsets == offset)) for offset in np.unique(offsets))


def _bundle(arcs: DayArcs, offset: int, chosen: Ints) -> Bundle:
    tails: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)
    for number in chosen.tolist():
        pair = (arcs.head[number], arcs.duty[number], arcs.penalty[number], arcs.weekends[number])
        tails[tuple(int(part) for part in pair)].append(int(arcs.tail[number]))  # type: ignore[index]
    sets = sorted({tuple(sorted(own)) for own in tails.values()}, key=lambda own: (-len(own), own))
    number = {own: at for at, own in enumerate(sets)}
    pairs = [(*pair, number[tuple(sorted(own))]) for pair, own in sorted(tails.items())]
    head, duty, penalty, weekends, source = (np.array(column, int) for column in zip(*pairs, strict=True))
    first = np.flatnonzero(np.r_[True, head[1:] != head[:-1]])
    many = np.diff(np.r_[first, len(head)])
    rank = np.argsort(-many, kind="stable")
    return Bundle(
        int(offset),
        tuple(np.array([own[at] for own in sets if len(own) > at]) for at in range(len(sets[0]))),
        source,
        duty,
        penalty.astype(float),
        weekends.astype(float),
        first,
        head[first],
        tuple(first[rank][many[rank] > at] + at for at in range(int(many.max()))),
        head[first][rank],
    )


def into(arcs: DayArcs, offsets: Ints) -> Into:
    """Sort the arcs of a day by where they lead."""
    found = {}
    for head in np.unique(arcs.head).tolist():
        own = np.flatnonzero(arcs.head == head)
        columns = (arcs.tail[own], offsets[own], arcs.duty[own])
        found[head] = (*columns, arcs.penalty[own].astype(float), arcs.weekends[own].astype(float))
    return Into(found)


def best_of_sets(bundle: Bundle, reached: Floats) -> Floats:
    """Return the least of each set of states of a bundle."""
    best = reached[bundle.tails[0]]
    for tails in bundle.tails[1:]:
        few = best[: len(tails)]
        np.minimum(few, reached[tails], out=few)
    return best


def least_by_head(bundle: Bundle, best: Floats, costs: Floats) -> tuple[Ints, Floats]:
    """
    Return the heads of a bundle, and the least that leads to each from the best of its sets.

    Parameters
    ----------
    bundle : Arcs of one day.
    best : The least cost of each set of states, sets by sums.
    costs : The cost of each arc of the bundle.
    """
    if best.shape[1] < WIDE:
        value = best[bundle.source]
        value += costs[:, None]
        if len(bundle.heads) < len(bundle.source):
            value = np.minimum.reduceat(value, bundle.first, axis=0)
        return bundle.heads, value
    layer = bundle.layers[0]
    value = best[bundle.source[layer]]
    value += costs[layer][:, None]
    for layer in bundle.layers[1:]:
        more = best[bundle.source[layer]]
        more += costs[layer][:, None]
        few = value[: len(layer)]
        np.minimum(few, more, out=few)
    return bundle.ranked, value
