"""What is left out to keep models small changes no answer: each reduction with and without it, on random worlds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from roster.checker import check_rotation
from roster.domain import rules
from roster.domain.problem import Days, Presence, Problem
from roster.domain.rules import Rule
from roster.engine.rotation import lawful_days
from roster.engine.rotation.decompose import split
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, post, staff, world

SHIFTS = "EDANZstu"
"""Shifts and standbys of the random worlds; hardly any post needs all of them."""

RULES: tuple[Callable[[random.Random], Rule], ...] = (
    lambda _: rules.MinRest(minutes=11 * H),
    lambda _: rules.RestAfterNights(minutes=24 * H),
    lambda draw: rules.MaxNights(nights=draw.choice((1, 2))),
    lambda draw: rules.WorkBlock(shortest=draw.choice((1, 2, 3)), longest=draw.choice((3, 5, None))),
    lambda draw: rules.OffBlock(shortest=draw.choice((1, 2, 3)), longest=draw.choice((3, 5, None))),
    lambda draw: rules.Succession(
        first=draw.choice("DAN"), second=draw.choice("DE"), days_off=draw.choice((0, 1))
    ),
    lambda draw: rules.ShiftRun(shift=draw.choice("DNst"), shortest=draw.choice((1, 2)), longest=3),
    lambda _: rules.FreeWeekends(one_in=2),
    lambda draw: rules.WeekHours(minutes=draw.choice((24, 40)) * H),
    lambda _: rules.WeeklyRest(minutes=35 * H),
    lambda draw: rules.StandbyShare(percent=draw.choice((30, 60))),
    lambda _: rules.NoStandbyBefore(start=9 * H),
)

POSTS = (
    post("day", 8, 8),
    post("late", 14, 8),
    post("night", 22, 8),
    post("call", 16, 8, presence=Presence.STANDBY, response=30),
    post("short", 9, 3),
)


def drawn(seed: int) -> Problem:
    """Return one or two types with some shifts and rules, and one or two posts on some days."""
    draw = random.Random(seed)
    types = []
    for name in "ab"[: draw.choice((1, 1, 2))]:
        letters = "".join(draw.sample(SHIFTS, k=draw.choice((3, 4))))
        own = tuple(make(draw) for make in draw.sample(RULES, k=3))
        hours = draw.choice((20, 36, 60)) * H
        types.append(
            staff(name, letters, *own, net_minutes=hours, maximum=5, skills=frozenset({"a"}), minimum=0)
        )
    days = (frozenset({0, 2}), frozenset({5, 6}), frozenset(range(7)), frozenset(range(5)))
    posts = [
        replace(one, days=Days(weekdays=draw.choice(days)))
        for one in draw.sample(POSTS, k=draw.choice((1, 2)))
    ]
    # Weekly rotas only: every reduction is one of the graph, and the search ends at once.
    return world(*types, posts=posts, rotation_weeks=1)


def answered(problem: Problem) -> Fewest:
    now = time.monotonic()
    found = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 60), lambda _: None))
    if found.model is not None:
        assert check_rotation(problem, rotations(found.model, found.values)) == []
    return found


def verdict(found: Fewest) -> tuple[str, int | None]:
    return found.status.value, found.value


@pytest.mark.parametrize("seed", range(40))
def test_no_answer_depends_on_duties_left_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(seed)
    small = verdict(answered(problem))
    monkeypatch.setattr("roster.engine.automata.alphabet._spared", lambda *_: False)
    assert verdict(answered(problem)) == small


@pytest.mark.parametrize("seed", range(40, 55))
def test_no_answer_depends_on_states_merged(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(seed)
    small = verdict(answered(problem))
    lawful_days._compiled.cache_clear()
    monkeypatch.setattr("roster.engine.automata.product.minimised", lambda graph: graph)
    try:
        assert verdict(answered(problem)) == small
    finally:
        lawful_days._compiled.cache_clear()


@pytest.mark.parametrize("seed", range(55, 70))
def test_no_answer_depends_on_parts_solved_apart(seed: int) -> None:
    one, other = drawn(seed), drawn(seed + 1000)
    apart = replace(
        one,
        types=(
            *(replace(each, name=f"x{each.name}", skills=frozenset({"x"})) for each in one.types),
            *(replace(each, name=f"y{each.name}", skills=frozenset({"y"})) for each in other.types),
        ),
        posts=(
            *(replace(each, name=f"x{each.name}", roles=("x",)) for each in one.posts),
            *(replace(each, name=f"y{each.name}", roles=("y",)) for each in other.posts),
        ),
        shifts=tuple(dict.fromkeys((*one.shifts, *other.shifts))),
    )
    parts = split(apart)
    assert len(parts) >= 2
    found = [answered(part) for part in parts]
    whole = answered(apart)
    values = [part.value for part in found]
    assert whole.value == (None if None in values else sum(value or 0 for value in values))
