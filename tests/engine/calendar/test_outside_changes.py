"""Whoever gives up on days outside a stretch what nobody is to spare for needs somebody else to change a day, too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.domain.outcome import Roster
from roster.domain.problem import Days, Person, Problem
from roster.domain.rules import WorkBlock
from roster.engine.calendar.leave_resolver import LeaveResolver
from roster.engine.calendar.outside_changes import joined
from roster.engine.calendar.person_days import Ways
from roster.engine.calendar.surroundings import Surroundings, surroundings
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, post, roster, staff, word, world

FOREVER = Search(ONE_WORKER, float("inf"))
WEEKS, THURSDAY = 5, 2 * 7 + 3


def thursdays(monday: tuple[str, ...], mondays: str) -> tuple[Problem, Roster]:
    """Wang alone can stand in for Li on Thursdays, and works the three days before, which is the most in a row."""
    kinds = (staff("l", "D"), staff("a", "D", WorkBlock(longest=3)), staff("w", "D"))
    posts = (
        post("thursday", 8, 8, "l", "a", days=Days(weekdays=frozenset({3}))),
        post("middle", 8, 8, "a", days=Days(weekdays=frozenset({1, 2}))),
        post("monday", 8, 8, *monday, days=Days(weekdays=frozenset({0}))),
    )
    people = tuple(Person(*one) for one in (("Li", "l"), ("Wang", "a"), ("Ma", "w")))
    problem = world(*kinds, posts=posts, people=people, weeks=WEEKS)
    rows = ("---D---", "DDD----", f"{mondays}------")
    return problem, roster(problem, [word(row * WEEKS) for row in rows])


def fewest(problem: Problem, around: Surroundings, ways: tuple[Ways, ...]) -> int | None:
    """The fewest changes that the days beside a Thursday on which Li is away do not exclude."""
    stretch = around.stretch(range(THURSDAY - 1, THURSDAY + 2), ways)
    names = [person.name for person in stretch.roster.people]
    resolver = LeaveResolver(problem, stretch.roster, names, stretch.days, stretch)
    found = resolver.decided({"Li": range(2, 3)}, FOREVER)
    assert found.roster is None
    return found.bound


@pytest.mark.parametrize(
    ("monday", "mondays", "helped", "alone"),
    [
        (("a", "w"), "-", 3, 2),  # Ma can take the Monday that Wang gives up, and has to
        (("a", "w"), "D", 2, 2),  # Ma is there anyway
        (("a",), "-", 3, 2),  # nobody can: if Wang changes two days, that may be another matter
    ],
)
def test_somebody_else_changes_where_nobody_is_to_spare(
    monday: tuple[str, ...], mondays: str, helped: int, alone: int
) -> None:
    problem, given = thursdays(monday, mondays)
    around = surroundings(problem, given)
    assert around is not None
    days = range(THURSDAY - 1, THURSDAY + 2)
    ways = tuple(around.ways(person, days) for person in range(len(given.people)))
    unhelped = tuple(
        replace(
            each,
            eased_into=dict.fromkeys(each.eased_into, ()),
            eased_onward=dict.fromkeys(each.eased_onward, ()),
        )
        for each in ways
    )
    assert (fewest(problem, around, ways), fewest(problem, around, unhelped)) == (helped, alone)


def test_of_several_ways_the_easiest_is_told() -> None:
    def ways(into: dict[int, tuple[str, ...]], spare: int) -> Ways:
        return Ways(frozenset({spare}), frozenset(), into, {}, spare, 0)

    every = joined([ways({1: (), 2: ("a",), 3: ("a",)}, 5), ways({1: ("a",), 3: ("b",), 4: ("b",)}, 7)])
    assert every == Ways(
        frozenset({5, 7}), frozenset(), {1: (), 2: ("a",), 3: ("a", "b"), 4: ("b",)}, {}, 7, 0
    )
