"""
The weeks of a rotation in an order that keeps averages in a short calendar, too.

A calendar shows each person a few of a rotation's lines only, and long weeks in a row there may be more than the
contract allows on average, although the whole circuit keeps it. Where a walk comes back to the same state, the ways
round between may be walked in another order: the weeks are the same, and so are cover, hours and soft rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice

from roster.domain.outcome import Rotation
from roster.domain.rules import AverageHours
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow
from roster.engine.rotation.patching import spelled

MOST_ORDERS = 20_000
"""Orders looked at for one rotation."""

Turn = Sequence[int]
"""Numbers of turns of the ring, in the order in which they are walked."""


def in_even_orders(
    flows: Mapping[str, Flow], rotations: Sequence[Rotation], weeks: int
) -> Iterator[Rotation]:
    """
    Yield rotations, each in an even order; equal ones of equal types are looked at once. See `in_even_order`.

    Parameters
    ----------
    flows, rotations : The flow of each type, and the lawful rotations of them.
    weeks : Length of the calendar.
    """
    done: dict[object, Rotation] = {}
    for rotation in rotations:
        flow = flows[rotation.type]
        key = flow.arcs, flow.staff.rules, flow.staff.calendar_minutes, rotation.lines
        if key not in done:
            done[key] = in_even_order(flow, rotation, weeks)
        yield replace(rotation, lines=done[key].lines)


def in_even_order(flow: Flow, rotation: Rotation, weeks: int) -> Rotation:
    """
    Return a rotation with its weeks in an order in which fewer hours are above the contract in a short calendar.

    Parameters
    ----------
    flow : The type's flow, round whole weeks; its graph says after which weeks the walk is in the same state.
    rotation : A lawful rotation of that type.
    weeks : Length of the calendar; people begin it on the first week of the ring.
    """
    staff = flow.staff
    if flow.days % WEEK_DAYS or not any(isinstance(rule, AverageHours) for rule in staff.rules):
        return rotation
    turns = [rotation.lines[at : at + rotation.weeks] for at in range(0, len(rotation.lines), rotation.weeks)]
    minutes = [[sum(duty.work_minutes for duty in line) for line in turn] for turn in turns]
    states = _states(flow, rotation)
    most = staff.calendar_minutes * weeks

    def rank(order: Turn) -> tuple[int, int]:
        """Return the minutes above the contract, and how uneven calendars are: on the way to none that shows where."""
        lines = [line for turn in order for line in minutes[turn]]
        windows = [
            sum(lines[(begin + week) % len(lines)] for week in range(weeks))
            for begin in range(0, len(lines), rotation.weeks)
        ]
        return sum(max(0, window - most) for window in windows), sum(window**2 for window in windows)

    best = list(range(len(turns)))
    least, looked = rank(best), MOST_ORDERS
    while least[0] and looked > 0:
        for order in islice(_others(best, states), looked):
            looked -= 1
            if (found := rank(order)) < least:
                best, least = order, found
                break
        else:
            break
    return replace(rotation, lines=tuple(line for turn in best for line in turns[turn]))


def _states(flow: Flow, rotation: Rotation) -> list[int]:
    """Return the state of the walk at the beginning of each turn of the ring."""
    (word,) = spelled(flow, [rotation])
    begun = flow.graph.read_round(word)
    if begun is None:
        raise ValueError("a rotation that the graph does not allow")
    states, state, days = [], begun[0], WEEK_DAYS * rotation.weeks
    for at in range(0, len(word), days):
        states.append(state)
        read = flow.graph.read(word[at : at + days], 0, state)
        assert read is not None, "the whole word was read"
        state = read[0]
    return states


def _others(order: list[int], states: Sequence[int]) -> Iterator[list[int]]:
    """Yield the orders in which two ways between the same two states, or from one state back to it, change places."""
    at = [states[turn] for turn in order] + [states[order[0]]]
    for one, two, three in combinations(range(len(at)), 3):
        if at[one] == at[two] == at[three]:
            yield order[:one] + order[two:three] + order[one:two] + order[three:]
    for one, two, three, four in combinations(range(len(at)), 4):
        if at[one] == at[three] and at[two] == at[four]:
            yield order[:one] + order[three:four] + order[two:three] + order[one:two] + order[four:]
