"""Walks round circulations, and the constraint that keeps them in one piece, against enumeration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from roster.engine.flows.circulation import circuit, nodes_of, parts
from roster.engine.flows.spanning_tree import require_connected

Arcs = tuple[list[int], list[int]]

closed_walks = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=8), min_size=1, max_size=4)


def balanced(tails: Sequence[int], heads: Sequence[int], flows: Sequence[int]) -> bool:
    """Whether as much flows into every node as out of it."""
    excess: dict[int, int] = {}
    for tail, head, flow in zip(tails, heads, flows, strict=True):
        excess[tail] = excess.get(tail, 0) - flow
        excess[head] = excess.get(head, 0) + flow
    return not any(excess.values())


def from_walks(walks: list[list[int]]) -> tuple[list[int], list[int], list[int]]:
    """Return the circulation that adds up closed walks, each given by its nodes."""
    count = Counter(pair for walk in walks for pair in zip(walk, walk[1:] + walk[:1], strict=True))
    pairs = sorted(count)
    return [tail for tail, _ in pairs], [head for _, head in pairs], [count[pair] for pair in pairs]


@given(closed_walks)
def test_each_part_is_walked_in_one_circuit_that_takes_every_arc_as_often_as_its_flow(
    walks: list[list[int]],
) -> None:
    tails, heads, flows = from_walks(walks)
    assert balanced(tails, heads, flows)
    taken: Counter[int] = Counter()
    for part in parts(tails, heads, flows):
        walk = circuit(tails, heads, flows, part)
        assert walk[0] == part[0]
        for arc, after in zip(walk, walk[1:] + walk[:1], strict=True):
            assert heads[arc] == tails[after]
        taken.update(walk)
    assert taken == Counter(dict(enumerate(flows)))


@given(closed_walks)
def test_parts_touch_nowhere(walks: list[list[int]]) -> None:
    tails, heads, flows = from_walks(walks)
    sets = [nodes_of(tails, heads, part) for part in parts(tails, heads, flows)]
    assert sum(map(len, sets)) == len(set().union(*sets))


def test_a_walk_of_many_copies_needs_no_recursion() -> None:
    assert len(circuit([0, 1, 1], [1, 0, 1], [20_000, 20_000, 5], [0, 1, 2])) == 40_005


def test_the_walk_begins_with_the_arc_named_first() -> None:
    assert circuit([0, 1, 0], [1, 0, 0], [1, 1, 1], [1, 0, 2])[0] == 1


@pytest.mark.parametrize(
    ("tails", "heads", "flows"),
    [([0, 1], [1, 0], [2, 1]), ([0, 1], [0, 1], [1, 1]), ([0], [1], [1])],
    ids=["unbalanced", "two parts", "open"],
)
def test_what_is_no_connected_circulation_is_refused(
    tails: list[int], heads: list[int], flows: list[int]
) -> None:
    with pytest.raises(ValueError, match="not one connected"):
        circuit(tails, heads, flows, list(range(len(flows))))


class Collect(cp_model.CpSolverSolutionCallback):
    def __init__(self, flows: list[cp_model.IntVar]) -> None:
        super().__init__()
        self.flows = flows
        self.found: set[tuple[int, ...]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.value(flow) for flow in self.flows))


def accepted(tails: list[int], heads: list[int], upper: int, how: str) -> set[tuple[int, ...]]:
    """Return every circulation that a model with a connectivity constraint accepts."""
    model = cp_model.CpModel()
    flows = [model.new_int_var(0, upper, "") for _ in tails]
    for node in set(tails) | set(heads):
        into = [flow for flow, head in zip(flows, heads, strict=True) if head == node]
        out = [flow for flow, tail in zip(flows, tails, strict=True) if tail == node]
        model.add(cp_model.LinearExpr.sum(into) == cp_model.LinearExpr.sum(out))
    if how == "tree":
        require_connected(model, tails, heads, flows, upper)
    else:
        require_connected(model, tails, heads, flows, upper, root=0)
    solver, collect = cp_model.CpSolver(), Collect(flows)
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    solver.solve(model, collect)
    return collect.found


edges = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(edges, st.sampled_from(["tree", "tree from 0"]))
def test_the_constraint_accepts_exactly_the_connected_circulations(
    arcs: list[tuple[int, int]], how: str
) -> None:
    tails, heads = [tail for tail, _ in arcs], [head for _, head in arcs]
    if how == "tree from 0" and 0 not in tails + heads:
        return
    wanted = set()
    for flows in product(range(3), repeat=len(arcs)):
        if balanced(tails, heads, flows) and len(parts(tails, heads, flows)) <= 1:
            used = nodes_of(tails, heads, [arc for arc, flow in enumerate(flows) if flow])
            if how != "tree from 0" or 0 in used:
                wanted.add(flows)
    assert accepted(tails, heads, 2, how) == wanted
