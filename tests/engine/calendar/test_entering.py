"""What is left out of the ways into a stretch of days takes nothing from what these days can be, or cost."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import pytest

from roster.engine.calendar.paths import Layer, PathStep, worth_entering

DAYS, NODES = 3, 4
OUTSIDE: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ()),
    (1, ()),
    (1, ("a",)),
    (1, ("b",)),
    (1, ("a", "b")),
    (2, ()),
)
"""Changes that a step over kept days takes, and types of which somebody else has to change as well."""


def by_chance(chance: random.Random) -> list[Layer]:
    """Steps into nodes, some days on which few duties may follow from a node, and what each end costs."""
    entered = [((False, *chance.choice(OUTSIDE[:2] if node < 2 else OUTSIDE)), node) for node in range(NODES)]
    layers: list[Layer] = [[entered]]
    for _ in range(DAYS):
        allowed = [chance.sample(range(3), chance.choice((1, 2, 2, 3))) for _ in range(NODES)]
        layers.append(
            [[((True, duty, ()), chance.randrange(NODES)) for duty in sorted(own)] for own in allowed]
        )
    layers.append([[((False, *chance.choice(OUTSIDE)), 0)] for _ in range(NODES)])
    return layers


def costs(
    layers: Sequence[Layer], place: int = 0, node: int = 0
) -> dict[tuple[int, ...], set[tuple[PathStep, ...]]]:
    """Return for each sequence of duties that may follow the steps over kept days that it can take."""
    if place == len(layers):
        return {(): {()}}
    found: dict[tuple[int, ...], set[tuple[PathStep, ...]]] = defaultdict(set)
    for step, after in layers[place][node]:
        for rest, taken in costs(layers, place + 1, after).items():
            if step[0]:
                found[step[1], *rest] |= taken
            else:
                found[rest] |= {(step, *each) for each in taken}
    return found


def as_good(one: PathStep, other: PathStep) -> bool:
    """Whether one step takes no more changes than another, and nobody's help, or that of more types."""
    (_, changes, helpers), (_, most, whose) = one, other
    return changes <= most and (helpers == () or (whose != () and set(helpers) >= set(whose)))


@pytest.mark.parametrize("seed", range(60))
def test_what_the_days_can_be_stays(seed: int) -> None:
    layers = by_chance(random.Random(seed))
    kept = worth_entering(layers)
    left, every = costs([[kept], *layers[1:]]), costs(layers)
    assert left.keys() == every.keys()
    for word, ways in every.items():
        for way in ways:
            assert any(all(map(as_good, other, way)) for other in left[word])
    assert set(kept) <= set(layers[0][0])


def test_much_is_left_out() -> None:
    every = [by_chance(random.Random(seed)) for seed in range(40)]
    assert sum(len(worth_entering(layers)) for layers in every) < 40 * NODES * 0.9
