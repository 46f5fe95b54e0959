"""
Rows that keep a flow in one piece, made from the parts into which a solution fell.

Each part shows a set of nodes that the answer may have to leave. Where the linear relaxation proves that neither the
inside nor the outside of the set can hold the demand alone, some flow must leave it, and one plain row says so: such
rows are what closes the hard cases at the least number of people.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.domain.outcome import Status
from roster.engine.exact_demand.block_graph import Walks
from roster.engine.exact_demand.model import ExactModel
from roster.engine.integer_program import Program, Row, Terms
from roster.engine.solvers.mip import relaxed


def cut_off(model: ExactModel, program: Program, done: set[frozenset[int]], nodes: frozenset[int]) -> None:
    """
    Cut off a set of nodes, and where every weekday asks the same its images on the other weekdays too.

    Parameters
    ----------
    model : What the demand is judged by.
    program : What the rows are added to: a copy of the model's that has grown.
    done : Sets cut off before; those cut off now are added.
    nodes : The set.
    """
    walks = model.walks
    inside, outside, _ = _sides(walks, nodes)
    conditions = (_can_hold(model, outside), _can_hold(model, inside))
    size = 7 * walks.width
    images = [
        frozenset((node + weekday * walks.width) % size for node in nodes)
        for weekday in range(7 if model.flat else 1)
    ]
    for image in dict.fromkeys(images):
        if image not in done:
            done.add(image)
            _forbid(program, _sides(walks, image), conditions)


Sides = tuple[list[int], list[int], list[int]]
"""Arcs inside a set of nodes, wholly outside it, and leaving it."""


def _sides(walks: Walks, nodes: frozenset[int]) -> Sides:
    """Return the arcs inside a set of nodes, wholly outside it, and leaving it."""
    inside, outside, leaving = [], [], []
    for arc, (tail, head) in enumerate(zip(walks.tails, walks.heads, strict=True)):
        if tail in nodes and head in nodes:
            inside.append(arc)
        elif tail in nodes:
            leaving.append(arc)
        elif head not in nodes:
            outside.append(arc)
    return inside, outside, leaving


def _forbid(program: Program, sides: Sides, conditions: tuple[bool, bool]) -> None:
    """
    Add rows that forbid flow both inside a set of nodes and wholly outside it with nothing between.

    As much leaves the set as enters it, so one row serves both. Where the demand cannot be held outside alone, nor
    inside alone, flow must leave: the row needs no condition, and the linear relaxation feels all of it.
    """
    inside, outside, leaving = sides
    terms: Terms = [(arc, 1) for arc in leaving]
    for arcs, conditional in zip((inside, outside), conditions, strict=True):
        if conditional:
            in_use = program.variable(0, 1)
            for arc in arcs:
                program.at_least([(in_use, program.upper[arc]), (arc, -1)], 0, "part in use")
            terms.append((in_use, -1))
    program.at_least(terms, 1 - sum(conditions), "one piece")


def _can_hold(model: ExactModel, arcs: Sequence[int]) -> bool:
    """Return whether these arcs alone may hold the demand, as far as sums and the linear relaxation can tell."""
    program = model.program
    numbers = {arc: number for number, arc in enumerate([*arcs, model.headcount])}
    small = Program([program.lower[v] for v in numbers], [program.upper[v] for v in numbers])
    for row in program.rows:
        terms = [(numbers[variable], factor) for variable, factor in row.terms if variable in numbers]
        most = sum(f * (small.upper[v] if f > 0 else small.lower[v]) for v, f in terms)
        if row.lower is not None and most < row.lower:
            return False
        if terms:
            small.rows.append(Row(terms, row.lower, row.upper, row.why))
    return relaxed(small, [])[0] is not Status.INFEASIBLE
