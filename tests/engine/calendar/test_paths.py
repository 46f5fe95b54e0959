"""A stretch of free days with the others open at a price: the price is the fewest days that must change, by listing."""

from __future__ import annotations

import random
from itertools import product

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.rules import MaxNights, MinRest, OffBlock, WorkBlock
from roster.engine.calendar.model import OutsideDays, build
from roster.engine.solvers.mip import branch_and_bound
from tests.small import H, cut, staff, word, world
from tests.small import Person as Somebody

DAYS = 7
PROBLEM = world(
    staff(
        "a",
        "DN",
        MinRest(minutes=12 * H),
        WorkBlock(longest=3, shortest=2),
        OffBlock(longest=3),
        MaxNights(nights=2),
    ),
    people=(Somebody("Li", "a"),),
)
EVERY = list(product(word("-DN"), repeat=DAYS))


def given(line: tuple[object, ...]) -> Roster:
    return Roster(PROBLEM.people, cut(PROBLEM, DAYS), (line,))  # type: ignore[arg-type]


LAWFUL = [line for line in EVERY if not check_roster(PROBLEM, given(line))]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("free", [range(2, 5), range(0, 3), range(4, 7)], ids=str)
def test_the_price_of_what_is_not_free_is_the_fewest_days_that_change(seed: int, free: range) -> None:
    chance = random.Random(seed)
    wanted, frozen = chance.choice(LAWFUL), frozenset(chance.sample(sorted(set(range(DAYS)) - set(free)), 1))
    around = OutsideDays(frozen, open_ended=True)
    model = build(PROBLEM, given(wanted), elastic=False, free=frozenset(free), around=around)
    walk = model.walks[0]
    outside = [day for day in range(DAYS) if day not in free]
    seen = set()
    for inside in chance.sample(list(product(word("-DN"), repeat=len(free))), 12):
        prices = [
            sum(line[day] != wanted[day] for day in outside)
            for line in LAWFUL
            if line[free.start : free.stop] == inside and all(line[day] == wanted[day] for day in frozen)
        ]
        program = model.program.copy()
        for day, duty in zip(free, inside, strict=True):
            number = walk.graph.duties.index(duty)
            for other, terms in walk.chosen[day].items():
                for variable, _ in terms if other != number else ():
                    program.upper[variable] = 0
        assert walk.elsewhere is not None
        found = branch_and_bound(program, [(walk.elsewhere, 1)], 10.0)
        expected = min(prices, default=None)
        assert (found.status is Status.INFEASIBLE) is (expected is None)
        assert found.objective == expected
        seen.add(expected)
    assert len(seen) > 1
