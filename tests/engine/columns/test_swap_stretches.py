"""Stretches swapped between two people: every swap there is, made by hand, is dearer in the end."""

from __future__ import annotations

from itertools import combinations

import pytest

from roster.benchmark.calendar.teams import team
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.generate import Deadline
from roster.engine.columns.large import begin
from roster.engine.columns.relaxation import relax
from roster.engine.columns.state import State
from roster.engine.columns.swap_stretches import swap_stretches
from roster.engine.columns.team import Line
from roster.questions.calendar import shares_of, skeleton


def begun(seed: int) -> State:
    """The search for a made-up team with a first calendar."""
    problem = team(12, seed)
    roster = skeleton(problem)
    given = compile_team(problem, roster, Aims(shares_of(problem, roster)))
    state, relaxed = State(given.team, seed, Deadline(1e12)), relax(given.team)
    assert relaxed is not None
    begin(state, relaxed, Deadline(0))
    return state


def swapped(lines: list[Line], one: int, other: int, stretch: slice) -> list[Line]:
    """A calendar in which two people have each other's days of a stretch."""
    found = [list(line) for line in lines]
    found[one][stretch], found[other][stretch] = found[other][stretch], found[one][stretch]
    return [tuple(line) for line in found]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_swap_is_cheaper_in_the_end_and_every_post_is_held_as_before(seed: int) -> None:
    state = begun(seed)
    before, value = state.team.counts(state.lines), state.best
    swap_stretches(state, range(12), Deadline(1e12))
    assert state.best < value
    assert (state.team.counts(state.lines) == before).all()
    lines, days = list(state.lines), state.team.days
    tried = 0
    for one, other in combinations(range(12), 2):
        if state.team.members[one].place.tobytes() == state.team.members[other].place.tobytes():
            for first in range(0, days, 3):
                for end in range(first + 1, min(days, first + 8) + 1):
                    tried += 1
                    assert state.value(swapped(lines, one, other, slice(first, end))) >= state.best
    assert tried > 500


def test_without_time_the_calendar_stays() -> None:
    state = begun(1)
    before = state.lines
    swap_stretches(state, range(12), Deadline(0))
    assert state.lines == before
