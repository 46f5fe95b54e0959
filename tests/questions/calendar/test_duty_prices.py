"""Duties cost something so that nobody is on one that nobody needs; what holds a wished post is no dearer for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.domain.fairness import HOURS, Share
from roster.domain.posts_and_seats import Days
from roster.domain.problem import Person, Problem
from roster.domain.rules import OffBlock, WorkBlock
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.search import search
from roster.penalties import terms
from tests.small import cut, post, roster, staff, word, world


def solved(problem: Problem, days: int, shares: tuple[Share, ...] = ()) -> tuple[list[str], dict[str, int]]:
    """The proven best calendar, a word a person, and how much of what costs points."""
    horizon = cut(problem, days)
    empty = replace(roster(problem, [word("-" * days)] * len(problem.people)), duties=(), horizon=horizon)
    compiled = compile_team(problem, empty, Aims(shares))
    found = search(compiled.team, 20.0)
    assert found.optimal
    made = compiled.read(found.lines)
    numbers: dict[str, int] = {}
    for term in terms(problem, made, shares):
        numbers[term.kind] = numbers.get(term.kind, 0) + term.number
    return ["".join(duty.letters or "-" for duty in line) for line in made.duties], numbers


@pytest.mark.parametrize(("start", "hours"), [(8, 1), (8, 8), (0, 16)])
def test_a_post_of_the_lowest_price_is_held_by_who_has_nothing_dearer_to_do(start: int, hours: int) -> None:
    problem = world(
        staff("a", "DE"),
        posts=(post("second", start, hours, "a", hard=False, price=1),),
        people=tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao", "Qian", "Sun")),
    )
    lines, numbers = solved(problem, 6)
    assert "empty" not in numbers
    assert numbers["duty"] == sum(len(line.replace("-", "")) for line in lines) == 6 * -(-hours // 8)


def test_a_gap_is_never_filled_by_a_duty_that_nobody_needs() -> None:
    problem = world(
        staff("a", "D"),
        posts=(post("desk", 8, 8, "a", days=Days(weekdays=frozenset({0, 2}))),),
        people=(Person("Li", "a"),),
        quality=(OffBlock(shortest=2, price=300), WorkBlock(shortest=2, price=200)),
    )
    lines, numbers = solved(problem, 5, (Share("Li", HOURS, 5 * 480, 5 * 480, 10),))
    assert lines == ["D-D--"]
    assert numbers["duty"] == 2
