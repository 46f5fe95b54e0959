"""Of solutions worth the same the relaxation takes one that uses nothing it is to avoid; worths stay what they were."""

from __future__ import annotations

import pytest

from roster.domain.outcome import Status
from roster.engine.integer_program import Program
from roster.engine.solvers.dual_simplex import WarmRelaxation
from roster.engine.solvers.reduced_costs import above
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER


@pytest.mark.parametrize("avoided", [0, 1])
@pytest.mark.parametrize("price", [1, 2, 3])
def test_what_is_avoided_is_used_only_where_it_is_worth_it(avoided: int, price: int) -> None:
    program, kept = Program(), 1 - avoided
    both = [program.variable(0, 9), program.variable(0, 9)]
    program.at_least([(one, 1) for one in both], 9, "nine of either")
    objective = [(both[avoided], 2), (both[kept], price)]
    warm = WarmRelaxation(program, objective, [both[avoided]], 9)
    relaxed = warm.solve(60.0)
    assert relaxed.whole
    assert relaxed.rounded[avoided] == (9 if price > 2 else 0)
    assert relaxed.bound == 9 * min(price, 2)


def test_what_is_avoided_hides_nothing_that_is_worth_less() -> None:
    """The relaxation costs 2.5 and a little more, the best whole solution 3, with the one avoided; 4 without it."""
    program = Program()
    first, second, avoided = (program.variable(0, 1) for _ in range(3))
    for pair in ((first, second), (second, avoided), (first, avoided)):
        program.at_least([(one, 1) for one in pair], 1, "one of two")
    objective = [(first, 2), (second, 2), (avoided, 1)]
    warm = WarmRelaxation(program, objective, [avoided], 1)
    relaxed = warm.solve(60.0)
    assert not relaxed.whole
    assert relaxed.bound == 3
    found = above(warm, objective, relaxed, Search(ONE_WORKER, float("inf")))
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 3, 3)
