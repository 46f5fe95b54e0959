"""
The best rota at a settled headcount: soft rules priced, standby spread evenly over types, no needless shifts.

The graphs are compiled again with the soft rules in them, and the search starts from the rota that proved the
headcount. What is found is never worse than that start; how far from the best it can be is reported.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

from roster.domain.outcome import Rotation
from roster.engine.program import Terms, worth
from roster.engine.rotation.minimum import MOST_VARIABLES, NEAR, Clock
from roster.engine.rotation.model import WEEK_DAYS, RotationModel, build, rotations
from roster.engine.rotation.one_circuit import Turn, lawful, polish
from roster.engine.rotation.patching import spelled, walked
from roster.engine.solvers.mip import branch_and_bound

NEEDLESS = 3
"""Points for each shift and standby: equal for rotas that only fill posts, so it drops those that fill none."""

POLISH_SHARE = 0.25
"""Share of the time kept for bringing types into one rotation."""

GOOD_ENOUGH = "output_flag=false,mip_rel_gap=0.05"
"""Settings for days whose points need no proof: the search may stop five percent above its bound."""

LAWFUL_SECONDS = 0.15
"""Seconds that polishing gets at most where the rota is lawful as it is."""

MOST_HURRIED = 0.2
"""Seconds that polishing gets even when time is up: without it a rota may be unlawful."""

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

    First the best days of all types at once; then type by type, the others' days fixed, its people brought into one
    connected rotation.

    Parameters
    ----------
    found, values
        The model and solution that settled the headcount.
    seconds
        Wall time to spend, within the time left.
    """
    headcount = {name: values[flow.headcount] for name, flow in found.flows.items()}
    days = lcm(found.days, WEEK_DAYS)
    model = build(found.problem, quality=True, headcount=headcount, days=days)
    if len(model.program.lower) > MOST_VARIABLES:
        return Quality(tuple(rotations(found, values)), lawful(found, values))
    program = model.program
    for name, seat in model.seats.items():
        program.lower[seat] = program.upper[seat] = values[found.seats[name]]
    if model.shortages:
        empty = worth(found.empty_cost, values) * (days // found.days)
        program.at_most(model.empty_cost, empty, "empty posts")
    start = list(_hint(model, rotations(found, values), found, values))
    objective = _objective(model, headcount)
    start += program.upper[len(start) :]
    ends = time.monotonic() + min(seconds, clock.left())
    clock.report("quality", None, None)
    turn = Turn(model, objective, clock.search, 0.0)
    for begin in (_best_days(model, objective, ends - POLISH_SHARE * seconds), start):
        if begin:
            left = max(ends - time.monotonic(), MOST_HURRIED)
            most = min(left, LAWFUL_SECONDS) if lawful(model, begin) else left
            polished = polish(replace(turn, seconds=most), begin)
            if lawful(model, polished):
                return Quality(tuple(rotations(model, polished)), lawful=True)
    return Quality(tuple(rotations(model, start)), lawful(model, start))


def _best_days(model: RotationModel, objective: Terms, ends: float) -> tuple[int, ...]:
    """
    Return the days of all types that cost the fewest points, whether or not each type goes round in one rotation.

    The relaxation with whole people shows where to look; nothing where time ends first.
    """
    relaxed = branch_and_bound(model.program, objective, ends - time.monotonic(), model.settled_first)
    if not relaxed.found:
        return ()
    for program in (model.program.near(relaxed.values, NEAR), model.program):
        found = branch_and_bound(program, objective, ends - time.monotonic(), settings=GOOD_ENOUGH)
        if found.found:
            return found.values
    return ()


def _objective(model: RotationModel, headcount: dict[str, int]) -> Terms:
    terms: Terms = [term for flow in model.flows.values() for term in flow.penalty]
    for flow in model.flows.values():
        terms += [(v, NEEDLESS) for v, _ in (*flow.minutes, *flow.standby_days)]
    spread = model.problem.standby_spread
    sharing = [flow for name, flow in model.flows.items() if headcount[name] and flow.standby_days]
    if spread and len(sharing) > 1:
        highest = model.program.variable(0, model.days * SPREAD_SCALE)
        for flow in sharing:
            days = [(v, SPREAD_SCALE * f) for v, f in flow.standby_days]
            model.program.at_most([*days, (highest, -headcount[flow.staff.name])], 0, "spread")
        terms.append((highest, spread))
    return terms


def _hint(
    model: RotationModel, start: Sequence[Rotation], found: RotationModel, values: Sequence[int]
) -> tuple[int, ...]:
    """
    Return a rota in the variables of a model whose graphs are larger.

    What follows from the flows is read off the rows that define it; who holds what, and what is empty, has the same
    variables in the same order at the end of both models.
    """
    hint = [0] * len(model.program.lower)
    for name, flow in model.flows.items():
        words = spelled(flow, [rotation for rotation in start if rotation.type == name])
        for variable, amount in zip(flow.variables, walked(flow, words), strict=True):
            hint[variable] = amount
    for name, flow in model.flows.items():
        hint[flow.headcount] = values[found.flows[name].headcount]
    for name, seat in model.seats.items():
        hint[seat] = values[found.seats[name]]
    for variable, terms in model.program.sums.items():
        hint[variable] = sum(hint[other] * factor for other, factor in terms)
    held = len(found.program.lower) - found.holding
    if held == len(hint) - model.holding:
        hint[model.holding :] = values[found.holding : found.holding + held]
    return tuple(hint)
