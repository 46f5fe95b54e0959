"""A solution read back: the rotations of each type along its flow, in whole weeks, and the seats that are taken."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from roster.domain.outcome import Rotation, SeatUse
from roster.engine.flows.circulation import circuit
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow, RotationModel


def rotations(model: RotationModel, values: Sequence[int]) -> list[Rotation]:
    """Read the rotations of all types along their flows."""
    return [
        rotation for flow in model.flows.values() for rotation in rotations_of(flow, flow.amounts(values))
    ]


Word = tuple[int, ...]
"""Duty numbers of a type's graph, day after day from day 0 of the ring, for a whole number of rounds."""


def words_of(flow: Flow, amounts: Sequence[int]) -> list[Word]:
    """Return the closed walk of each connected part of a type's flow, the largest part first."""
    tails, heads = flow.tails, flow.heads
    found = []
    for part in sorted(flow.parts(amounts), key=lambda arcs: -sum(amounts[arc] for arc in arcs)):
        first_days_first = sorted(part, key=lambda arc: flow.arcs[arc].day != 0)
        walk = circuit(tails, heads, amounts, first_days_first)
        found.append(tuple(flow.arcs[arc].duty for arc in walk))
    return found


def in_weeks(word: Word, days: int) -> list[Word]:
    """
    Return a walk round a ring of any days as walks round a ring of whole weeks, the shortest there is.

    People stand `days` apart on the walk. After as many days as make whole weeks, everybody stands where another stood,
    so the walk is gone on with there until it comes back.

    >>> in_weeks((0, 0, 1, 1), 2) == [(0, 0, 1, 1) * 7]
    True
    """
    people, step = len(word) // days, WEEK_DAYS // gcd(days, WEEK_DAYS)
    found = []
    for first in range(gcd(people, step)):
        begin = first * days
        length = days * step * people // gcd(people, step)
        found.append(tuple(word[(begin + day) % len(word)] for day in range(length)))
    return found


def rotations_of(flow: Flow, amounts: Sequence[int]) -> list[Rotation]:
    """Read the rotations of a type: one closed walk a connected part, cut into weeks, Monday first."""
    words = [week for word in words_of(flow, amounts) for week in in_weeks(word, flow.days)]
    weeks, name = flow.days // gcd(flow.days, WEEK_DAYS), flow.staff.name
    found = []
    for number, word in enumerate(words):
        duties = [flow.graph.duties[duty] for duty in word]
        lines = tuple(tuple(duties[at : at + WEEK_DAYS]) for at in range(0, len(duties), WEEK_DAYS))
        label = name if len(words) == 1 else f"{name} {chr(ord('a') + number % 26)}"
        found.append(Rotation(name, lines, label, weeks))
    return found


def seats_taken(model: RotationModel, values: Sequence[int]) -> tuple[SeatUse, ...]:
    """Return the vendor seats that are taken."""
    return tuple(SeatUse(name, values[v]) for name, v in model.seats.items() if values[v])
