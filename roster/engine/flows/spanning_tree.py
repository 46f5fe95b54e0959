"""
Constraints that keep a circulation in one piece, for CP-SAT.

Balance alone allows a flow that falls into parts, and no single walk covers two parts. `require_connected` asks for
a tree from one node to every node in use, whose size grows with the nodes and neighbouring pairs of the graph, not
with the flow.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model


def require_connected(
    model: cp_model.CpModel,
    tails: Sequence[int],
    heads: Sequence[int],
    flows: Sequence[cp_model.IntVar],
    total_upper: int,
    *,
    root: int | None = None,
) -> None:
    """
    Require that the arcs with a positive flow form one connected part.

    Every node in use but the root has one neighbour before it, over a pair of nodes with flow between them, and
    counts one more than that neighbour: such a chain of neighbours cannot close on itself, so it ends at the root.
    A balanced flow is connected either way along its arrows, so only arcs from the neighbour to the node count.

    Parameters
    ----------
    model : What gets the constraints.
    tails, heads : The graph, one node an arc.
    flows : One variable an arc, at least 0; the caller sees to their balance.
    total_upper : No flow of an arc exceeds it.
    root : A node known to be in use, where there is one: the tree is smaller then.
    """
    pairs: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for tail, head, flow in zip(tails, heads, flows, strict=True):
        pairs.setdefault((tail, head), []).append(flow)
    nodes = sorted({node for pair in pairs for node in pair})
    used = {node: model.new_bool_var(f"used {node}") for node in nodes}
    order = {node: model.new_int_var(0, len(nodes) - 1, f"order {node}") for node in nodes}
    first = {node: model.new_bool_var(f"root {node}") for node in nodes}
    into: dict[int, list[cp_model.IntVar]] = {node: [first[node]] for node in nodes}
    for (tail, head), between in pairs.items():
        for flow in between:
            model.add(flow <= total_upper * used[tail])
            model.add(flow <= total_upper * used[head])
        if tail == head:
            continue
        step = model.new_bool_var(f"step {tail} {head}")
        model.add(cp_model.LinearExpr.sum(between) >= step)
        model.add(order[head] >= order[tail] + 1 - len(nodes) * (1 - step))
        into[head].append(step)
    for node in nodes:
        model.add(cp_model.LinearExpr.sum(into[node]) == used[node])
        touching = [flow for pair, between in pairs.items() if node in pair for flow in between]
        model.add(cp_model.LinearExpr.sum(touching) >= used[node])
    _root(model, nodes, used, first, root)


def _root(
    model: cp_model.CpModel,
    nodes: list[int],
    used: dict[int, cp_model.IntVar],
    first: dict[int, cp_model.IntVar],
    root: int | None,
) -> None:
    """Let the tree grow from the lowest node in use, or from the one named."""
    if root is not None:
        model.add(used[root] == 1)
    for at, node in enumerate(nodes):
        if root is not None:
            model.add(first[node] == (1 if node == root else 0))
            continue
        lower = cp_model.LinearExpr.sum([used[other] for other in nodes[:at]]) if at else 0
        model.add(lower <= len(nodes) * (1 - first[node]))
    model.add(cp_model.LinearExpr.sum(list(first.values())) <= 1)
