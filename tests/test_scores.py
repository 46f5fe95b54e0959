"""Reported figures, each worked out by hand in a comment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from roster.domain import rules
from roster.domain.costs import monthly_cost
from roster.domain.outcome import Headcount, SeatUse
from roster.domain.problem import Ban, Control, Post, Presence, Problem, Restriction, Seat
from roster.scores import PersonScore, score, score_rotation
from tests.checker.worlds import MONDAY, roster_of, rota, staff, world

H = 60


def person(text: str, *some: rules.Rule, before: tuple[str, ...] = (), **other: object) -> PersonScore:
    problem = world(staff(*some), weeks=max(1, len(text.split() if " " in text else text) // 7), **other)  # type: ignore[arg-type]
    return score(problem, roster_of(problem, text, before=before)).people[0]


def test_hours_nights_and_days() -> None:
    one = person("DDLNN--DDD----")  # 8+8+12+8+8 + 24 = 68 h in two weeks
    assert (one.minutes, one.week_minutes, one.week_minutes_limit) == (68 * H, 34 * H, 40 * H)
    assert (one.working_days, one.nights) == (8, 2)
    assert (one.longest_work, one.longest_nights) == (5, 2)


def test_hours_are_averaged_over_weeks_present() -> None:
    away = Restriction("P1", Ban.DUTY, MONDAY, MONDAY + timedelta(days=6))
    one = person("-------DDDD---", restrictions=(away,))
    assert (one.leave_days, one.week_minutes) == (7, 32 * H)
    always = person("-------", restrictions=(away,))
    assert (always.leave_days, always.week_minutes) == (7, 0)


def test_weekends_are_free_by_the_minute() -> None:
    # Friday's A ends at 22:00 and leaves its weekend free; Friday's N does not; standby spoils the third.
    one = person("- - - - A - - - - - - N - - - - - - - s - - - - - - - -")
    assert (one.weekends, one.free_weekends) == (4, 2)


def test_standby_is_counted_in_days() -> None:
    one = person("s Ds - - - - -", rules.StandbyShare(percent=25))
    assert (one.standby_days, one.standby_days_limit) == (2, 2)
    assert one.standby_share == pytest.approx(200 / 7)


def test_single_days_and_quick_returns() -> None:
    one = person("-D-AD-D")  # single on: Tue; single off: Wed, Sat; A 22:00 to D 08:00 is 10 h
    assert (one.single_days_on, one.single_days_off, one.quick_returns) == (1, 2, 1)
    assert person("D------", before=("A",)).quick_returns == 1


def test_single_days_are_those_that_cost_points() -> None:
    """What was before the calendar tells whether its first day is a single one."""
    for line, before, singles in (
        ("-DD----", "D", (0, 1)),
        ("-DD----", "-", (0, 0)),
        ("D------", "-", (1, 0)),
    ):
        one = person(line, before=(before,))
        assert (one.single_days_on, one.single_days_off) == singles


def test_statutory_holidays_count_the_morning_after_a_night() -> None:
    problem = world()
    days = frozenset({MONDAY + timedelta(days=2), MONDAY + timedelta(days=5)})
    dates = replace(problem.dates, statutory=days)
    assert person("-N-----", dates=dates).statutory_days == 1
    assert person("-A---s-".replace("", " ").strip(), dates=dates).statutory_days == 0
    assert person("--D--L-", dates=dates).statutory_days == 2


def test_limits_stand_beside_the_figures() -> None:
    one = person(
        "-------",
        rules.WorkBlock(longest=5),
        rules.MaxNights(nights=3),
        rules.FreeWeekends(one_in=2),
        rules.MaxNights(nights=1, price=5),
    )
    assert (one.longest_work_limit, one.longest_nights_limit, one.free_weekends_limit) == (5, 3, 2)
    assert one.standby_days_limit is None
    assert person("-------", rules.MaxNights(nights=1, price=5)).longest_nights_limit is None


def office() -> Problem:
    posts = (
        Post("desk", ("ops",), 8 * H, 8 * H, vendor=True),
        Post("extra", ("ops",), 8 * H, 4 * H, hard=False, price=30),
        Post("call", ("ops",), 16 * H, 4 * H, presence=Presence.STANDBY),
    )
    types = (
        staff(cost=1000),
        staff(name="boss", cost=2005),
        staff(name="hired", employer="vendor", cost=700),
    )
    seats = (Seat("bought", "desk", 5000, maximum=2),)
    return world(*types, posts=posts, seats=seats, control=Control(10, None))


def test_heads_and_money() -> None:
    problem = office()
    roster = roster_of(
        problem, *["D------"] * 4, types=("boss", "ops", "hired", "ops"), seats=(SeatUse("bought", 1),)
    )
    found = score(problem, roster)
    assert found.headcount == Headcount(3, 1, {"ops": 2, "boss": 1, "hired": 1}, (SeatUse("bought", 1),))
    assert list(found.headcount.by_type) == ["ops", "boss", "hired"]
    # 2·1000 + 2005 + 700; one seat; a tenth of the cheapest coordinator (1000) for each of two.
    assert (found.cost.people, found.cost.seats, found.cost.control) == (4705, 5000, 200)
    assert found.cost.total == 9905
    dear = replace(
        problem, types=(staff(cost=1000, skills=frozenset()), *problem.types[1:]), control=Control(3, "ops")
    )
    assert monthly_cost(dear, found.headcount).control == 122  # 2 · 60.15 (3 % of 2005), each rounded up


def test_soft_posts_left_empty_have_a_price() -> None:
    problem = office()
    found = score(problem, roster_of(problem, "DDDDDDD"))
    desk, extra, call = found.posts
    assert (desk.wanted, desk.held, desk.empty) == (56 * H, 56 * H, 0)
    assert (extra.empty, extra.price) == (28 * H, 28 * 30)
    assert (call.empty, call.price) == (28 * H, 0)
    assert found.empty_price == 840


def test_rotations_in_figures() -> None:
    problem = office()
    problem = replace(
        problem,
        types=(staff(rules.MaxNights(nights=1, price=2), rules.MaxNights(nights=0)), *problem.types[1:]),
        quality=(rules.FreeWeekends(one_in=2, price=7), rules.OffBlock(shortest=2, price=1)),
    )
    found = score_rotation(problem, [rota("DDDDD--/NN-D--D")], [SeatUse("bought", 2)])
    one = found.rotations[0]
    assert (one.people, one.week_minutes, one.week_minutes_limit) == (2, 36 * H, 40 * H)
    assert (one.weekends, one.free_weekends, one.nights, one.standby_share) == (2, 1, 2, 0)
    assert [(quality.breaches, quality.points) for quality in one.quality] == [(1, 2), (0, 0), (1, 1)]
    assert found.points == 3
    assert found.headcount == Headcount(2, 0, {"ops": 2}, (SeatUse("bought", 2),))
    # On site wanted: 7 days of 8 h desk and 4 h extra; supplied: nine shifts of 8 h.
    assert (found.demanded, found.supplied) == (84 * H, 72 * H)
    # The desk is the seats'; D holds the extra desk Monday to Friday and Sunday: Saturday's 4 h are empty.
    assert found.posts[1].empty == 4 * H
    assert found.empty_price == 120
    assert score_rotation(problem, []).headcount.total == 0
