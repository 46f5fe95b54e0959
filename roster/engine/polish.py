"""
One rotation for each staff type: with the shifts of every day settled, the best way for its people to go round them.

How many people of each type are on which duty of which weekday is known by now, so types no longer depend on each
other. For each the cheapest circulation in one connected part is searched: everybody of the type then shares every
line, and limits on averages hold for each because they hold for the sum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from roster.engine.circulation import parts
from roster.engine.connectivity import require_connected
from roster.engine.rotation import Flow, broken_parts, rotations_of
from roster.engine.solver import Search
from roster.plan import Rotation


@dataclass(frozen=True, slots=True)
class Polished:
    """The rotations of one type; `lawful` is False where a part of them breaks an average."""

    rotations: tuple[Rotation, ...]
    lawful: bool


def polish(flow: Flow, amounts: Sequence[int], search: Search, seconds: float) -> Polished:
    """
    Return one rotation with the same duties on each weekday, as cheap in points as the time allows.

    Parameters
    ----------
    flow, amounts
        A type's graph with soft rules in it, and how many people take each of its arcs.
    seconds
        Wall time. Where none connected is found, what was given comes back.
    """
    found = _connected(flow, amounts, search, min(seconds, search.seconds_left))
    best = found if found is not None else list(amounts)
    return Polished(tuple(rotations_of(flow, best)), not any(True for _ in broken_parts(flow, best)))


def _connected(flow: Flow, amounts: Sequence[int], search: Search, seconds: float) -> list[int] | None:
    if not any(amounts) or seconds <= 0:
        return None
    tails = [arc.tail for arc in flow.arcs]
    heads = [arc.head for arc in flow.arcs]
    model = cp_model.CpModel()
    people = sum(amount for arc, amount in zip(flow.arcs, amounts, strict=True) if arc.weekday == 0)
    wanted: Counter[tuple[int, int]] = Counter()
    for arc, amount in zip(flow.arcs, amounts, strict=True):
        wanted[arc.weekday, arc.duty] += amount
    flows = [model.new_int_var(0, wanted[arc.weekday, arc.duty], "") for arc in flow.arcs]
    same: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    balance: dict[int, list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
    for arc, variable in zip(flow.arcs, flows, strict=True):
        same[arc.weekday, arc.duty].append(variable)
        balance[arc.tail].append((variable, -1))
        balance[arc.head].append((variable, 1))
    for key, variables in same.items():
        model.add(cp_model.LinearExpr.sum(variables) == wanted[key])
    for terms in balance.values():
        model.add(cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [f for _, f in terms]) == 0)
    in_one_part = len(parts(tails, heads, list(amounts))) == 1
    open_arcs = [number for number, arc in enumerate(flow.arcs) if wanted[arc.weekday, arc.duty]]
    require_connected(
        model,
        [tails[number] for number in open_arcs],
        [heads[number] for number in open_arcs],
        [flows[number] for number in open_arcs],
        people,
    )
    model.minimize(cp_model.LinearExpr.weighted_sum(flows, [arc.penalty for arc in flow.arcs]))
    if in_one_part:
        for variable, amount in zip(flows, amounts, strict=True):
            model.add_hint(variable, amount)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = search.options.workers
    solver.parameters.random_seed = search.options.seed
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [solver.value(variable) for variable in flows]
