"""The graph of lawful days closed into a ring: weekdays merged where they make no difference, and what lies on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roster.engine.automata.product import StateGraph, Transitions, numbered


def without_weekdays(graph: StateGraph) -> StateGraph | None:
    """
    Return the graph with all weekdays merged into one layer; None where a rule tells weekdays apart.

    The graph must have been compiled for a start on every weekday. States of all weekdays are told apart together: if
    the starts of all weekdays are then one state, whatever may follow one of them may follow any.
    """
    starts = [state for state in graph.start if state is not None]
    if len(starts) < len(graph.steps):
        return None
    offset = node_numbers(graph)
    nodes = [
        {duty: (offset[(day + 1) % len(graph.steps)] + to, penalty) for duty, (to, penalty) in step.items()}
        for day, layer in enumerate(graph.steps)
        for step in layer
    ]
    classes = numbered(tuple((duty, penalty) for duty, (_, penalty) in step.items()) for step in nodes)
    count = 0
    while (refined := max(classes, default=-1) + 1) != count:
        count = refined
        classes = numbered(
            (own, *(classes[to] for to, _ in step.values())) for own, step in zip(classes, nodes, strict=True)
        )
    if len({classes[offset[day] + state] for day, state in enumerate(starts)}) > 1:
        return None
    layer: dict[int, Transitions] = {}
    for number, step in zip(classes, nodes, strict=True):
        layer.setdefault(number, {duty: (classes[to], penalty) for duty, (to, penalty) in step.items()})
    return StateGraph(graph.duties, (classes[starts[0]],), (tuple(layer[n] for n in range(len(layer))),))


@dataclass(frozen=True, slots=True)
class RingArc:
    """One duty done on a day of a ring, from a node to a node; nodes are numbered over all days of the ring."""

    day: int
    tail: int
    head: int
    duty: int
    penalty: int


def node_numbers(graph: StateGraph) -> list[int]:
    """Return for each weekday the number of its first node; state s of weekday w is node `numbers[w] + s`."""
    numbers = [0]
    for layer in graph.steps:
        numbers.append(numbers[-1] + len(layer))
    return numbers


def ring_node(graph: StateGraph, numbers: Sequence[int], day: int, state: int) -> int:
    """
    Return the node of a state on a day of a ring; `numbers` are the graph's `node_numbers`.

    Parameters
    ----------
    graph, numbers : The graph, and its `node_numbers`.
    day, state : A day of the ring from 0 on, and a state on it.
    """
    turn, layer = divmod(day, len(graph.steps))
    return turn * numbers[-1] + numbers[layer] + state


def ring_arcs(graph: StateGraph, days: int = 7) -> list[RingArc]:
    """
    Return the arcs that lie on a closed walk round a ring of days: all that a rotation can use.

    Only arcs within one strongly connected part are kept, for no closed walk leaves its part. `days` is a multiple of
    the graph's layers.
    """
    numbers = node_numbers(graph)
    layers = len(graph.steps)

    def node(day: int, state: int) -> int:
        return numbers[day % layers] + state

    arcs = [
        RingArc(day, node(day, state), node(day + 1, to), duty, cost)
        for day, layer in enumerate(graph.steps)
        for state, step in enumerate(layer)
        for duty, (to, cost) in step.items()
    ]
    part = strong_parts(numbers[-1], [(arc.tail, arc.head) for arc in arcs])
    kept = [arc for arc in arcs if part[arc.tail] == part[arc.head]]
    # A closed walk of the graph, gone round often enough, closes in a longer ring too: no further arc falls away.
    turns = days // layers
    return [
        replace(
            arc,
            day=turn * layers + arc.day,
            tail=turn * numbers[-1] + arc.tail,
            head=(turn + (arc.day == layers - 1)) % turns * numbers[-1] + arc.head,
        )
        for turn in range(turns)
        for arc in kept
    ]


def strong_parts(nodes: int, arcs: Iterable[tuple[int, int]]) -> list[int]:
    """
    Return for each node the number of its strongly connected part (Kosaraju, without recursion).

    >>> strong_parts(3, [(0, 1), (1, 0), (1, 2)])
    [0, 0, 1]
    """
    ahead: dict[int, list[int]] = defaultdict(list)
    behind: dict[int, list[int]] = defaultdict(list)
    for tail, head in arcs:
        ahead[tail].append(head)
        behind[head].append(tail)
    order: list[int] = []
    seen = [False] * nodes
    for root in range(nodes):
        if seen[root]:
            continue
        seen[root] = True
        stack = [(root, iter(ahead[root]))]
        while stack:
            node, following = stack[-1]
            step = next((n for n in following if not seen[n]), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen[step] = True
                stack.append((step, iter(ahead[step])))
    part = [-1] * nodes
    count = 0
    for root in reversed(order):
        if part[root] >= 0:
            continue
        part[root] = count
        todo = [root]
        while todo:
            for node in behind[todo.pop()]:
                if part[node] < 0:
                    part[node] = count
                    todo.append(node)
        count += 1
    return part
