"""What is left out of the ways into a stretch of days takes nothing from what these days can be, or cost."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from roster.engine.calendar.paths import Layer, worth_entering

DAYS, NODES = 3, 4


def by_chance(chance: random.Random) -> list[Layer]:
    """Steps into nodes, some days on which few duties may follow from a node, and what each end costs."""
    entered = [((False, int(node > 1)), node) for node in range(NODES)]
    layers: list[Layer] = [[entered]]
    for _ in range(DAYS):
        allowed = [chance.sample(range(3), chance.choice((1, 2, 2, 3))) for _ in range(NODES)]
        layers.append([[((True, duty), chance.randrange(NODES)) for duty in sorted(own)] for own in allowed])
    layers.append([[((False, chance.randrange(2)), 0)] for _ in range(NODES)])
    return layers


def costs(layers: Sequence[Layer], place: int = 0, node: int = 0) -> dict[tuple[int, ...], int]:
    """Return what each sequence of duties that may follow costs at least."""
    if place == len(layers):
        return {(): 0}
    found: dict[tuple[int, ...], int] = {}
    for (free, label), after in layers[place][node]:
        for rest, cost in costs(layers, place + 1, after).items():
            word, total = ((label, *rest), cost) if free else (rest, cost + label)
            found[word] = min(total, found.get(word, total))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_what_the_days_can_be_stays(seed: int) -> None:
    layers = by_chance(random.Random(seed))
    kept = worth_entering(layers)
    assert costs([[kept], *layers[1:]]) == costs(layers)
    assert set(kept) <= set(layers[0][0])


def test_much_is_left_out() -> None:
    every = [by_chance(random.Random(seed)) for seed in range(40)]
    assert sum(len(worth_entering(layers)) for layers in every) < 40 * NODES * 0.9
