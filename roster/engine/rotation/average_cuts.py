"""Limits on averages where a type's rotation falls into parts: each part has to keep them, and is cut off if not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roster.engine.flows.circulation import nodes_of
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.model import Flow, RotationModel


def broken_parts(flow: Flow, amounts: Sequence[int]) -> Iterator[tuple[str, list[int], set[int]]]:
    """
    Yield the parts of a type's flow that break a limit on averages which its sum keeps.

    A rotation that falls into parts is several rotations, and each must keep the limit. Each part comes with the rule,
    what every arc adds above its share, and the nodes of the part.
    """
    for part in flow.parts(amounts):
        for rule, worth in flow.excess():
            if sum(amounts[arc] * worth[arc] for arc in part) > 0:
                yield rule, worth, nodes_of(flow.tails, flow.heads, part)


def forbid_broken_parts(model: RotationModel, program: Program, values: Sequence[int]) -> int:
    """
    Cut off the broken parts of a solution; return how many.

    For the nodes of a broken part: either some flow leaves them, or what runs inside them keeps the limit. Every
    lawful solution satisfies that.

    Parameters
    ----------
    model, program : The rotation, and the program that gets the cuts.
    values : A solution of it.
    """
    cut = 0
    for flow in model.flows.values():
        for rule, worth, nodes in broken_parts(flow, flow.amounts(values)):
            _cut(program, flow, nodes, worth, rule)
            cut += 1
    return cut


def _cut(program: Program, flow: Flow, nodes: set[int], worth: Sequence[int], rule: str) -> None:
    most = flow.days * flow.staff.maximum * max(0, *worth)
    terms: Terms = []
    for arc, variable, excess in zip(flow.arcs, flow.variables, worth, strict=True):
        if arc.tail in nodes:
            terms.append((variable, excess if arc.head in nodes else -most))
    program.at_most(terms, 0, f"{rule} {flow.staff.name} part")
