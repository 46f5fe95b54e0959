"""The best days of a type in one part: as cheap by cuts as by a tree."""

from __future__ import annotations

import time

import pytest

from roster.domain import rules
from roster.engine.integer_program import worth
from roster.engine.rotation import one_circuit
from roster.engine.rotation.model import Flow, build
from roster.engine.rotation.one_circuit import TypeStep, one_type_alone
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, post, staff, world

POSTS = (post("day", 8, 8), post("early", 0, 8))
HARD = (rules.WorkBlock(longest=5), rules.OffBlock(longest=4))
CHANGES = tuple(
    rules.Succession(first=one, second=other, days_off=off, price=3)
    for one, other in ("DE", "ED")
    for off in (0, 1, 2)
)
"""Cheapest where nobody ever changes shifts: then a type falls into parts, and no seam is free."""

BLOCKS = (rules.WorkBlock(shortest=3, price=2), rules.OffBlock(shortest=2, price=2))
"""A seam has a price, and days that hang together anyway have none."""
NEVER = (
    *(
        rules.Succession(first=one, second=other, days_off=off)
        for one, other in ("DE", "ED")
        for off in range(5)
    ),
    rules.WorkBlock(shortest=2, price=2),
)
"""Nobody can change shifts: there is no rotation in one part."""


def turn(quality: tuple[rules.Rule, ...]) -> tuple[Flow, TypeStep, list[int]]:
    hard = [rule for rule in quality if rule.hard]
    problem = world(
        staff("a", "DE", *HARD, *hard, minimum=4, maximum=4),
        posts=POSTS,
        quality=tuple(rule for rule in quality if not rule.hard),
    )
    model = build(problem, quality=True, headcount={"a": 4})
    begun = branch_and_bound(model.program, [], 20.0)
    assert begun.found
    flow = model.flows["a"]
    return (
        flow,
        TypeStep(model, flow.penalty, Search(ONE_WORKER, time.monotonic() + 60.0), 60.0),
        [*begun.values],
    )


@pytest.mark.parametrize("quality", [BLOCKS, CHANGES], ids=["blocks", "changes"])
def test_one_part_is_lawful_and_as_cheap_by_cuts_as_by_a_tree(
    quality: tuple[rules.Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    flow, step, begun = turn(quality)
    monkeypatch.setattr(one_circuit, "_by_cuts", lambda *_: None)
    tree = one_type_alone(step, flow, begun, 60.0)
    monkeypatch.undo()
    monkeypatch.setattr(one_circuit, "_by_tree", lambda *_: pytest.fail("the cuts were not enough"))
    cuts = one_type_alone(step, flow, begun, 60.0)
    for found in (tree, cuts):
        assert len(flow.parts(flow.amounts(found))) == 1
        for row in step.model.program.rows:
            assert row.lower is None or worth(row.terms, found) >= row.lower
            assert row.upper is None or worth(row.terms, found) <= row.upper
    assert worth(step.objective, cuts) == worth(step.objective, tree)


def test_where_no_rotation_is_in_one_part_the_one_given_stays() -> None:
    flow, step, begun = turn(NEVER)
    assert one_type_alone(step, flow, begun, 60.0) == begun
