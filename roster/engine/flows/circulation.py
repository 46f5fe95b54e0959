"""
Circulations: integer flows on the arcs of a graph, with as much flowing into each node as out of it.

A graph is two parallel lists, the tail and the head of each arc; nodes are numbers of the caller's choosing, and a
flow counts how many people take each arc. Because as much flows in as out, the arcs in use fall into parts that touch
nowhere, and each part can be walked round in one closed circuit that takes every arc as often as its flow says
(Euler). A rotation is such a walk. Nothing here knows shifts, days or solvers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise


def parts(tails: Sequence[int], heads: Sequence[int], flows: Sequence[int]) -> list[list[int]]:
    """
    Return the arcs in use, part by part: the connected components of the arcs with a positive flow.

    Parts come in the order of their lowest arc, arcs in ascending order. In a circulation a part that hangs together
    at all can be walked along the arrows from anywhere to anywhere.

    Parameters
    ----------
    tails, heads, flows : The circulation, one number an arc.

    >>> parts([0, 1, 2, 1], [1, 0, 2, 2], [1, 1, 4, 0])
    [[0, 1], [2]]
    """
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        root = node
        while leader.setdefault(root, root) != root:
            root = leader[root]
        while leader[node] != root:
            leader[node], node = root, leader[node]
        return root

    used = [arc for arc, flow in enumerate(flows) if flow > 0]
    for arc in used:
        leader[find(tails[arc])] = find(heads[arc])
    found: dict[int, list[int]] = {}
    for arc in used:
        found.setdefault(find(tails[arc]), []).append(arc)
    return list(found.values())


def nodes_of(tails: Sequence[int], heads: Sequence[int], arcs: Iterable[int]) -> set[int]:
    """
    Return the nodes that these arcs touch.

    Parameters
    ----------
    tails, heads : The graph, one node an arc.
    arcs : Numbers of arcs.
    """
    return {node for arc in arcs for node in (tails[arc], heads[arc])}


def circuit(
    tails: Sequence[int], heads: Sequence[int], flows: Sequence[int], arcs: Sequence[int]
) -> list[int]:
    """
    Return a closed walk that takes each of these arcs as often as its flow says, as arcs in order.

    Hierholzer's method without recursion: time and memory grow with the sum of the flows.

    Parameters
    ----------
    tails, heads, flows : The circulation.
    arcs : One of its `parts`; the walk begins with the first arc named here that has a flow.

    Raises
    ------
    ValueError
        The arcs do not form one balanced, connected part.

    Examples
    --------
    >>> circuit([0, 1, 0], [1, 0, 0], [2, 2, 1], [0, 1, 2])
    [0, 1, 0, 1, 2]
    """
    left = {arc: flows[arc] for arc in arcs if flows[arc] > 0}
    if not left:
        return []
    leaving: dict[int, list[int]] = {}
    for arc in reversed(list(left)):
        leaving.setdefault(tails[arc], []).append(arc)
    total = sum(left.values())
    first = next(iter(left))
    open_walk: list[tuple[int, int]] = [(tails[first], -1)]
    walk: list[int] = []
    while open_walk:
        node, arrived_by = open_walk[-1]
        choices = leaving.get(node)
        if not choices:
            open_walk.pop()
            walk.append(arrived_by)
            continue
        arc = choices[-1]
        left[arc] -= 1
        if not left[arc]:
            choices.pop()
        open_walk.append((heads[arc], arc))
    walk.pop()  # the start, at which no arc arrived
    walk.reverse()
    return _begun_with(first, _closed(tails, heads, walk, total))


def _closed(tails: Sequence[int], heads: Sequence[int], walk: list[int], total: int) -> list[int]:
    """Return the walk if it is closed, unbroken and complete; raises ValueError if not."""
    unbroken = all(heads[arc] == tails[after] for arc, after in pairwise(walk))
    if len(walk) != total or not unbroken or heads[walk[-1]] != tails[walk[0]]:
        raise ValueError("the arcs are not one connected circulation")
    return walk


def _begun_with(first: int, walk: list[int]) -> list[int]:
    """Return a closed walk turned so that it begins with an arc."""
    at = walk.index(first)
    return walk[at:] + walk[:at]
