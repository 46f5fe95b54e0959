"""
Rows that keep a flow in one piece (`flows.apart`), as tight as the demand allows.

Where the linear relaxation proves that neither the inside nor the outside of a set of nodes can hold the demand alone,
some flow must leave it, and one plain row says so: such rows are what closes the hard cases at the least number of
people.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.domain.outcome import Status
from roster.engine.exact_demand.model import ExactModel
from roster.engine.flows.connecting_rows import forbid_apart, sides
from roster.engine.integer_program import Program, Row
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
    arcs = range(len(walks.tails))
    inside, outside, _ = sides(walks.tails, walks.heads, nodes)
    conditions = (_can_hold(model, outside), _can_hold(model, inside))
    size = 7 * walks.width
    images = [
        frozenset((node + weekday * walks.width) % size for node in nodes)
        for weekday in range(7 if model.flat else 1)
    ]
    for image in dict.fromkeys(images):
        if image not in done:
            done.add(image)
            forbid_apart(program, arcs, sides(walks.tails, walks.heads, image), conditions)


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
