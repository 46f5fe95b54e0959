"""
The best rota at a settled headcount: soft rules priced, standby spread evenly over types, no needless shifts.

The graphs are compiled again with the soft rules in them, and the search starts from the rota that proved the
headcount. What is found is never worse than that start; how far from the best it can be is reported.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.engine.fewest import Clock
from roster.engine.graph import node_numbers
from roster.engine.linear import Terms
from roster.engine.polish import polish
from roster.engine.rotation import Flow, RotationModel, build, rotations
from roster.engine.solver import Report, minimise
from roster.plan import Rotation

NEEDLESS = 1
"""Points for each shift: equal for rotas that only fill posts, so it drops the shifts that fill none."""

SPREAD_SCALE = 10
"""Standby is compared between types in tenths of a day a week and person."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The rota chosen, and whether every part of it keeps the averages."""

    rotations: tuple[Rotation, ...]
    lawful: bool


def improve(found: RotationModel, values: Sequence[int], clock: Clock, seconds: float) -> Quality:
    """
    Look for a better rota with the people, seats and empty places that were settled.

    First which shifts of each day go to which type, over all types at once; then type by type the way its people go
    round them, in one connected rotation.

    Parameters
    ----------
    found, values
        The model and solution that settled the headcount.
    seconds
        Wall time to spend, within the time left; half of it on each step.
    """
    headcount = {name: values[flow.headcount] for name, flow in found.flows.items()}
    model = build(found.problem, quality=True, headcount=headcount)
    program = model.program
    for name, seat in model.seats.items():
        program.lower[seat] = program.upper[seat] = values[found.seats[name]]
    if model.shortages:
        worth = sum(values[v] * f for v, f in found.empty_cost)
        program.at_most(model.empty_cost, worth, "empty posts")
    start = _hint(model, rotations(found, values))
    deadline = min(clock.search.deadline, time.monotonic() + seconds / 2)
    search = replace(clock.search, deadline=deadline, hint=start, report=_report(clock))
    solved = minimise(program, _objective(model, headcount), search)
    chosen = solved.values if solved.found else start
    return _polished(model, chosen, clock, seconds / 2)


def _polished(model: RotationModel, values: Sequence[int], clock: Clock, seconds: float) -> Quality:
    kept: list[Rotation] = []
    lawful = True
    walking = [flow for flow in model.flows.values() if any(flow.amounts(values))]
    for flow in walking:
        done = polish(flow, flow.amounts(values), clock.search, seconds / len(walking))
        kept += done.rotations
        lawful = lawful and done.lawful
    return Quality(tuple(kept), lawful)


def _report(clock: Clock) -> Report:
    return lambda best, bound: clock.report("quality", best, bound)


def _objective(model: RotationModel, headcount: dict[str, int]) -> Terms:
    terms: Terms = [term for flow in model.flows.values() for term in flow.penalty]
    for flow in model.flows.values():
        terms += [(v, NEEDLESS) for v, _ in flow.minutes]
    spread = model.problem.standby_spread
    sharing = [flow for name, flow in model.flows.items() if headcount[name] and flow.standby_days]
    if spread and len(sharing) > 1:
        highest = model.program.variable(0, 7 * SPREAD_SCALE)
        for flow in sharing:
            days = [(v, SPREAD_SCALE * f) for v, f in flow.standby_days]
            model.program.at_most([*days, (highest, -headcount[flow.staff.name])], 0, "spread")
        terms.append((highest, spread))
    return terms


def _hint(model: RotationModel, start: Sequence[Rotation]) -> tuple[int, ...]:
    """Return the flow of a rota in the variables of a model whose graphs are larger; 0 for what follows from it."""
    values = [0] * len(model.program.lower)
    for rotation in start:
        flow = model.flows[rotation.type]
        for variable in _walked(flow, rotation):
            values[variable] += 1
    for flow in model.flows.values():
        values[flow.headcount] = model.program.lower[flow.headcount]
    return tuple(values)


def _walked(flow: Flow, rotation: Rotation) -> list[int]:
    """Return the variables of the arcs that a rotation takes."""
    numbers = {duty: number for number, duty in enumerate(flow.graph.duties)}
    word = [numbers[duty] for duty in rotation.word]
    begun = flow.graph.read_round(word)
    if begun is None:
        return []
    variable = {(arc.tail, arc.duty): v for arc, v in zip(flow.arcs, flow.variables, strict=True)}
    nodes, state, taken = node_numbers(flow.graph), begun[0], []
    for day, duty in enumerate(word):
        weekday = day % 7
        taken.append(variable[nodes[weekday] + state, duty])
        state = flow.graph.steps[weekday][state][duty][0]
    return taken
