"""
The longest run of days off for somebody who goes away: a run that touches a day of leave is never too long.

Whether a run touches leave depends on dates, so the arcs of weekdays become arcs of dates: beside the state of the
other rules stands how long the present run of days off is, and whether it touches leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roster.engine.columns.team import DayArcs, Flags, Floats

EXCUSED = -1
"""The length of a run that touches a day of leave: it does not matter."""


@dataclass(frozen=True, slots=True)
class LongestOff:
    """The most days off in a row, and what each day beyond costs; no price: none may."""

    days: int
    price: int | None


def with_leave(
    days: Sequence[DayArcs],
    start: int,
    works: Flags,
    away: frozenset[int],
    rules: Sequence[LongestOff],
    before: int,
) -> tuple[tuple[DayArcs, ...], int, Floats]:
    """
    Return arcs that also judge runs of days off, their first state, and what ending in each state costs.

    Parameters
    ----------
    days, start : The person's arcs, and the state before day 0.
    works : For each duty whether it is a working day.
    away : Days of leave.
    rules : The limits, each with its price.
    before : Days off with which the days carried in end.
    """

    def charge(run: int) -> int | None:
        beyond = [(max(0, run - rule.days), rule.price) for rule in rules]
        if any(more and price is None for more, price in beyond):
            return None
        return sum(more * (price or 0) for more, price in beyond)

    most = max(rule.days for rule in rules) + len(days)
    numbers: dict[tuple[int, int], int] = {(start, min(before, most)): 0}
    made = []
    for day, arcs in enumerate(days):
        following: dict[tuple[int, int], int] = {}
        found = []
        for (state, run), number in numbers.items():
            for duty, head, penalty, weekends in _out(arcs, state):
                after, cost = _next(run, bool(works[duty]), day in away, most), 0
                if works[duty] and run > 0:
                    ended = charge(run)
                    if ended is None:
                        continue
                    cost = ended
                at = following.setdefault((head, after), len(following))
                found.append((number, at, duty, penalty + cost, weekends))
        columns = list(zip(*found, strict=True)) or [()] * 5
        tail, head_, duty_, cost_, weekends_ = (np.array(column, int) for column in columns)
        made.append(DayArcs(tail, head_, duty_, cost_, weekends_, len(numbers), max(1, len(following))))
        numbers = following
    ends = np.full(max(1, len(numbers)), np.inf)
    for (_, run), number in numbers.items():
        ended = charge(run) if run > 0 else 0
        if ended is not None:
            ends[number] = ended
    return tuple(made), 0, ends


def _out(arcs: DayArcs, state: int) -> list[tuple[int, int, int, int]]:
    return [
        (duty, head, penalty, weekends)
        for (tail, duty), (head, penalty, weekends) in arcs.step.items()
        if tail == state
    ]


def _next(run: int, works: bool, away: bool, most: int) -> int:
    if works:
        return 0
    if away or run == EXCUSED:
        return EXCUSED
    return min(run + 1, most)
