"""Rows against the parts of a flow, held against every flow of small graphs."""

from __future__ import annotations

from itertools import product

import pytest

from roster.engine.flows.circulation import nodes_of, parts
from roster.engine.flows.connecting_rows import forbid_apart, sides
from roster.engine.integer_program import Program
from roster.engine.solvers.mip import branch_and_bound

TWO_RINGS = ((0, 1, 2, 3, 1, 2), (1, 0, 3, 2, 2, 1))
"""Two rings of two nodes each, and a way between them there and back."""

THREE_LOOPS = ((0, 1, 2, 0, 1, 2), (0, 1, 2, 1, 2, 0))
"""A loop at each of three nodes, and a ring through all."""


def balanced(tails: tuple[int, ...], heads: tuple[int, ...], flows: tuple[int, ...]) -> bool:
    return all(
        sum(flow for flow, tail in zip(flows, tails, strict=True) if tail == node)
        == sum(flow for flow, head in zip(flows, heads, strict=True) if head == node)
        for node in {*tails, *heads}
    )


@pytest.mark.parametrize(("tails", "heads"), [TWO_RINGS, THREE_LOOPS], ids=["rings", "loops"])
@pytest.mark.parametrize("nodes", [{0}, {0, 1}, {2}], ids=str)
def test_what_is_cut_off_is_flow_inside_and_outside_with_nothing_between(
    tails: tuple[int, ...], heads: tuple[int, ...], nodes: set[int]
) -> None:
    for flows in product(range(3), repeat=len(tails)):
        if not balanced(tails, heads, flows):
            continue
        program = Program()
        variables = [program.variable(0, 2) for _ in flows]
        forbid_apart(program, variables, sides(tails, heads, nodes))
        for variable, flow in zip(variables, flows, strict=True):
            program.lower[variable] = program.upper[variable] = flow
        touched = [nodes_of(tails, heads, part) for part in parts(tails, heads, flows)]
        inside, outside = (any(part <= side for part in touched) for side in (nodes, {0, 1, 2, 3} - nodes))
        between = any(part & nodes and part - nodes for part in touched)
        assert branch_and_bound(program, [], 10.0).found is not (inside and outside and not between)
