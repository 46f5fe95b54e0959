"""The arcs of the graph of lawful days as arrays, a day at a time, with worked weekends counted along the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from roster.domain.elapsed import DayClock
from roster.domain.rules import FreeWeekends
from roster.engine.automata import StateGraph, Transitions
from roster.engine.columns.team import DayArcs

WEEKEND = 1 << 40
"""A worked weekend in a penalty: far more than any sum of prices of one day."""

COUNTER = FreeWeekends(one_in=1, price=WEEKEND)
"""Compiled in beside the rules it counts worked weekends, for every one of them breaks it."""


def weekday_arcs(graph: StateGraph) -> tuple[DayArcs, ...]:
    """Return the arcs of each weekday of a graph."""
    return tuple(_arcs(graph, weekday, layer) for weekday, layer in enumerate(graph.steps))


def changed_arcs(graph: StateGraph) -> dict[tuple[int, DayClock], DayArcs]:
    """Return the arcs of weekdays near a change of clocks, by weekday and clock."""
    return {(weekday, clock): _arcs(graph, weekday, layer) for weekday, clock, layer in graph.variants}


def _arcs(graph: StateGraph, weekday: int, layer: Sequence[Transitions]) -> DayArcs:
    arcs = [
        (tail, head, duty, penalty % WEEKEND, penalty // WEEKEND)
        for tail, step in enumerate(layer)
        for duty, (head, penalty) in step.items()
    ]
    columns: Sequence[Sequence[int]] = list(zip(*arcs, strict=True)) or [()] * 5
    tail, head, duty, penalty, weekends = (np.array(column, int) for column in columns)
    after = len(graph.steps[(weekday + 1) % 7])
    return DayArcs(tail, head, duty, penalty, weekends, len(layer), after)
