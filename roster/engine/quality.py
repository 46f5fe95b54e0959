"""
The best rota at a settled headcount: soft rules priced, standby spread evenly over types, no needless shifts.

The graphs are compiled again with the soft rules in them, and the search starts from the rota that proved the
headcount. What is found is never worse than that start; how far from the best it can be is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roster.engine.fewest import Clock
from roster.engine.graph import node_numbers
from roster.engine.linear import Terms
from roster.engine.rotation import Flow, RotationModel, build, forbid_broken_parts, rotations
from roster.engine.solver import Report, minimise
from roster.plan import Rotation, Status

NEEDLESS = 1
"""Points for each shift: equal for rotas that only fill posts, so it drops the shifts that fill none."""

SPREAD_SCALE = 10
"""Standby is compared between types in tenths of a day a week and person."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The rota chosen, its points, the fewest points not excluded, and how far that goes."""

    rotations: tuple[Rotation, ...]
    points: int
    bound: int | None
    status: Status


def improve(found: RotationModel, values: Sequence[int], clock: Clock, seconds: float) -> Quality:
    """
    Look for a better rota with the people, seats and empty places that were settled.

    Parameters
    ----------
    found, values
        The model and solution that settled the headcount.
    seconds
        Wall time to spend, within the time left.
    """
    start = rotations(found, values)
    headcount = {name: values[flow.headcount] for name, flow in found.flows.items()}
    model = build(found.problem, quality=True, headcount=headcount)
    program = model.program
    for name, seat in model.seats.items():
        program.lower[seat] = program.upper[seat] = values[found.seats[name]]
    if model.shortages:
        worth = sum(values[v] * f for v, f in found.empty_cost)
        program.at_most(model.empty_cost, worth, "empty posts")
    objective = _objective(model, headcount)
    hint = _hint(model, start)
    deadline = min(clock.search.deadline, clock.search.deadline - clock.left() + seconds)
    search = replace(clock.search, deadline=deadline, hint=hint, report=_report(clock))
    while True:
        solved = minimise(program, objective, search)
        if not solved.found:
            return Quality(tuple(start), 0, None, Status.UNKNOWN)
        if not forbid_broken_parts(model, program, solved.values):
            points = solved.objective or 0
            return Quality(tuple(rotations(model, solved.values)), points, solved.bound, solved.status)


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
