"""
Calendars of many people: from the relaxation whose size does not grow with them, to a whole one, and to better parts.

The relaxation gives prices and numbers wanted. Calendars that keep to the numbers are the first columns of the master
problem: it starts near its optimum, and a few rounds more are enough for a dive. A part of the people is searched as a
team of its own, with everybody else as they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from roster.engine.columns.balance import balance
from roster.engine.columns.best_response import respond
from roster.engine.columns.dive import Pace, dive
from roster.engine.columns.exact_bound import exact_bound, whole
from roster.engine.columns.generate import Deadline, cover_bound
from roster.engine.columns.relaxation import Relaxed
from roster.engine.columns.state import State
from roster.engine.columns.subteam import part_of, subteam
from roster.engine.columns.team import Flags, Floats, Line, StaffKind

STARTS = 4
"""Calendars made from the relaxation at first: they differ, and the best is the first."""

DRAWS = 20
"""Calendars near the numbers wanted, whose columns are those that the master problem starts from."""

ROUNDS = 8
"""Rounds of columns before a dive: more bring little, for the prices are good already."""


def begin(state: State, relaxed: Relaxed, deadline: Deadline) -> None:
    """
    Take over the bound of the relaxation's prices, and the best of some calendars near its numbers.

    Parameters
    ----------
    state : The search.
    relaxed : Prices and numbers wanted of the relaxation.
    deadline : Ends the drawing of calendars.
    """
    state.bound.duals = relaxed.duals
    state.bound.value = exact_bound(state.team, whole(relaxed.duals), state.generator.pricers)
    state.prove()
    for turn in range(STARTS):
        if turn and deadline.passed:
            return
        draw(state, relaxed, 1)
        found = balance(state, relaxed)
        if found is None:
            return
        take(state, respond(state, list(found), 4, state.deadline), "best responses")


def take(state: State, lines: list[Line] | None, how: str) -> None:
    """
    Offer a calendar, and let everybody's be a column.

    Parameters
    ----------
    state : The search.
    lines : Everybody's calendar; None for nothing.
    how : What found it, as the log tells it.
    """
    if lines is None:
        return
    state.offer(lines, how)
    for number, line in enumerate(lines):
        state.generator.master.add(number, line)


def draw(state: State, relaxed: Relaxed, number: int) -> None:
    """
    Add the columns of calendars near the numbers wanted.

    Parameters
    ----------
    state, relaxed : The search, and the numbers wanted.
    number : How many calendars.
    """
    for _ in range(number):
        if state.deadline.passed:
            return
        take(state, balance(state, relaxed), "numbers wanted")


def rounds(state: State, number: int, deadline: Deadline) -> None:
    """
    Add everybody's columns at prices between the best ones and those of the master problem.

    Parameters
    ----------
    state : The search.
    number : How many rounds.
    deadline : Ends them.
    """
    generator = state.generator
    everyone = range(len(state.team.members))
    for _ in range(number):
        if deadline.passed or state.bound.duals is None:
            return
        at = state.bound.duals.mixed(generator.master.solve(), 0.5)
        walks, added = generator.add_columns(everyone, at, at, 4)
        value = walks + cover_bound(state.team, at)
        if value > state.bound.value:
            state.bound.value, state.bound.duals = value, at
        if not added:
            return


def improve_part(state: State, relaxed: Relaxed, free: Flags, deadline: Deadline) -> list[Line] | None:
    """
    Return a calendar in which only free cells change, None where none is better.

    Parameters
    ----------
    state, relaxed : The search with its best calendar, and prices and numbers wanted.
    free : The cells that may change, people by days.
    deadline : Ends it.
    """
    team, people = subteam(state.team, state.lines, free)
    kinds, wanted = _kinds(state, relaxed, people)
    inner = State(replace(team, kinds=kinds), int(state.random.integers(1 << 20)), deadline)
    mine = Relaxed(part_of(relaxed.duals, people), wanted)
    inner.bound.duals = mine.duals
    take(inner, [state.lines[number] for number in people], "as it is")
    before = inner.best
    draw(inner, mine, DRAWS // 2)
    rounds(inner, ROUNDS // 2, deadline)
    found = dive(inner, Pace(0.4, 1, 0.1, before - team.unit + 1e-6), deadline)
    if found is not None:
        inner.offer(found, "dive")
    if inner.best >= before:
        return None
    lines = list(state.lines)
    for number, line in zip(people, inner.lines, strict=True):
        lines[number] = line
    return lines


def _kinds(
    state: State, relaxed: Relaxed, people: tuple[int, ...]
) -> tuple[tuple[StaffKind, ...], tuple[Floats, ...]]:
    """Return who of a part is of which kind, and the numbers wanted of them beside everybody else."""
    place = {number: at for at, number in enumerate(people)}
    days = np.arange(state.team.days)
    kinds, numbers = [], []
    for kind, wanted in zip(state.team.kinds, relaxed.wanted, strict=True):
        own = tuple(place[number] for number in kind.members if number in place)
        if not own:
            continue
        rest = wanted.copy()
        for number in kind.members:
            if number not in place:
                rest[days, list(state.lines[number])] -= 1
        kinds.append(replace(kind, members=own))
        numbers.append(np.maximum(rest, 0.0))
    return tuple(kinds), tuple(numbers)
