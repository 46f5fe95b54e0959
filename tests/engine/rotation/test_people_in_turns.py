"""Equal types of one size: fewer people in longer turns, where other spreads and shorter rings lose too many shifts."""

from __future__ import annotations

import time

import pytest

from roster.checker import check_roster
from roster.domain import rules
from roster.domain.outcome import Status
from roster.domain.problem import Presence, Problem
from roster.engine.rotation import taking_turns
from roster.engine.rotation.at_value import goal_of
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.orders import settle_merged
from roster.engine.rotation.people_in_turns import TURNS, enough_whole_shifts, of_one_size, spreads
from roster.engine.rotation.taking_turns import REPEAT, places
from roster.engine.solvers.search import Search
from roster.questions.plan import plan_headcount
from tests.small import ONE_WORKER, H, post, staff, world

CAMPUSES = ("a", "b", "c", "d", "e")
NET = 2066
"""Minutes a week: 4.304 shifts of eight hours, 43.04 in ten weeks."""


def tied(percent: int, calls: int) -> Problem:
    """Five campuses with a desk each, and calls at night that any of them or a pool answers."""
    share = rules.StandbyShare(percent=percent)
    types = [
        staff(name, duties, share, net_minutes=NET, weekly_minutes=40 * H)
        for name, duties in ((*((name, "Ds") for name in CAMPUSES), ("pool", "s")))
    ]
    desks = [post(f"desk {name}", 8, 8, name) for name in CAMPUSES]
    every = (*CAMPUSES, "pool")
    asked = [post(f"call {n}", 16, 16, *every, presence=Presence.STANDBY, response=30) for n in range(calls)]
    return world(*types, posts=(*desks, *asked), weeks=4)


def chosen(week: RotationModel, people: int) -> tuple[dict[str, int], int, int] | None:
    """Return what `of_one_size` says of a number of people, for whom no other spread does in short rings."""
    program = week.program.copy()
    program.between(goal_of(week), people, people, "goal")
    settled = settle_merged(week, program, Search(ONE_WORKER, time.monotonic() + 60))
    assert not any(enough_whole_shifts(week, spread, TURNS) for spread in spreads(week, settled.values))
    return of_one_size(week, program, settled.values)


def of(campus: int, pool: int) -> dict[str, int]:
    return {**dict.fromkeys(CAMPUSES, campus), "pool": pool}


@pytest.mark.parametrize(
    ("percent", "calls", "campus", "pool", "weeks"),
    [
        # All 14 calls a week are a fifth of all days: two keep 14 days of 14 in five weeks, but 11 of 11.2 in four.
        (20, 2, 2, 0, 10),
        # Of 28 calls a week campuses keep 3.75 each, in four weeks, and the pool 9.25. In a ring of four weeks the
        # fifth campus and the pool do the same every week, 3 and 9.
        (27, 4, 2, 5, 8),
    ],
)
def test_all_equal_types_have_as_many_people_in_the_fewest_weeks_that_whole_shifts_allow(
    percent: int, calls: int, campus: int, pool: int, weeks: int
) -> None:
    week, people = build(tied(percent, calls)), of(campus, pool)
    assert chosen(week, 5 * campus + pool) == (people, weeks, REPEAT)
    assert enough_whole_shifts(week, people, (*TURNS, 8, 10)) == [weeks]


def test_where_equal_types_cannot_have_as_many_people_none_are_named() -> None:
    # Of 35 calls a week 18 people may answer 35.28, of which every size loses more to whole days.
    assert chosen(build(tied(28, 5)), 18) is None


def test_longer_turns_of_one_size_are_proven_and_lawful_on_the_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_turns, "LARGE", 0)
    monkeypatch.setattr(taking_turns, "HOPELESS", 0)
    problem = tied(27, 4)
    planned = plan_headcount(problem, ONE_WORKER, ladder=False)
    assert planned.plan is not None
    assert (planned.status, planned.plan.headcount.in_house, planned.bound) == (Status.OPTIMAL, 15, 15)
    assert {rotation.weeks for rotation in planned.plan.rotations} == {8}
    assert check_roster(problem, planned.plan.roster) == []


def test_as_many_types_as_can_take_one_turn_do_and_the_rest_take_shorter_ones() -> None:
    assert [period for _, _, period in places(13, 10)] == [*[10] * 10, *[2] * 2, 2]
    assert [leader for leader, _, _ in places(13, 10)] == [*[0] * 10, *[10] * 2, 12]
