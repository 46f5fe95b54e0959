"""
Rows that keep a flow in one piece, made from the parts into which a solution fell.

Each part shows a set of nodes that the answer may have to leave: flow both inside the set and wholly outside it, with
nothing between, is what a row forbids. Every flow in one piece keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from roster.engine.integer_program import Program, Terms

Sides = tuple[list[int], list[int], list[int]]
"""Arcs inside a set of nodes, wholly outside it, and leaving it."""


def sides(tails: Sequence[int], heads: Sequence[int], nodes: AbstractSet[int]) -> Sides:
    """
    Return the arcs inside a set of nodes, wholly outside it, and leaving it.

    Parameters
    ----------
    tails, heads : The graph, one node an arc.
    nodes : The set.
    """
    inside, outside, leaving = [], [], []
    for arc, (tail, head) in enumerate(zip(tails, heads, strict=True)):
        if tail in nodes and head in nodes:
            inside.append(arc)
        elif tail in nodes:
            leaving.append(arc)
        elif head not in nodes:
            outside.append(arc)
    return inside, outside, leaving


def forbid_apart(
    program: Program, flows: Sequence[int], cut: Sides, conditions: tuple[bool, bool] = (True, True)
) -> None:
    """
    Add rows that forbid flow both inside a set of nodes and wholly outside it with nothing between.

    As much leaves the set as enters it, so one row serves both. Where it is known that flow must be inside, or outside,
    the row needs no condition on that, and the linear relaxation feels more of it.

    Parameters
    ----------
    program, flows : What gets the rows, and its variable of each arc.
    cut : The arcs by the sides of the set.
    conditions : Whether nothing may be inside, and outside.
    """
    inside, outside, leaving = cut
    terms: Terms = [(flows[arc], 1) for arc in leaving]
    for arcs, conditional in zip((inside, outside), conditions, strict=True):
        if conditional:
            in_use = program.variable(0, 1)
            for flow in (flows[arc] for arc in arcs):
                program.at_least([(in_use, program.upper[flow]), (flow, -1)], 0, "part in use")
            terms.append((in_use, -1))
    program.at_least(terms, 1 - sum(conditions), "one piece")
