"""The relief factor, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from roster.domain.outcome import SeatUse
from roster.domain.problem import Days, Presence, Seat
from roster.questions.plan.relief_factor import relief
from tests.small import H, post, staff, world

DESK = world(staff("a", "MDN", net_minutes=35 * H), posts=(post("p", 0, 24),))


def test_one_seat_round_the_clock_is_a_week_over_net_hours() -> None:
    found = relief(DESK)
    assert found is not None
    assert (found.factor, found.seat, found.people) == (Fraction(168, 35), Fraction(168, 35), 5)
    assert found.minutes == 168 * H


def test_posts_count_by_load_people_and_days_and_wishes_not_at_all() -> None:
    days = Days(weekdays=frozenset({0, 2}))
    posts = (post("p", 8, 8, load=50, people=3, days=days), post("q", 8, 8, hard=False))
    found = relief(replace(DESK, posts=posts))
    assert found is not None
    assert found.minutes == 2 * 8 * H * 3 // 2


def test_standby_counts_as_far_as_it_is_work() -> None:
    free = world(
        staff("a", "Dsw", net_minutes=35 * H),
        posts=(post("p", 8, 8), post("c", 20, 8, presence=Presence.STANDBY)),
    )
    found = relief(free)
    assert found is not None
    assert found.minutes == 7 * 8 * H
    work = replace(free, types=(replace(free.types[0], shifts=("D", "w")),))
    found = relief(work)
    assert found is not None
    assert found.minutes == 7 * 8 * H + 7 * 8 * H * Fraction(2, 8)


def test_seats_take_their_hours_off_and_each_type_has_its_own() -> None:
    seat = Seat("s", "p", 1, days=Days(restdays=True))
    two = world(
        staff("a", "D", net_minutes=35 * H),
        staff("b", "D", net_minutes=20 * H),
        posts=(post("p", 8, 8), post("q", 8, 8, "b")),
        seats=(seat,),
    )
    found = relief(two, (SeatUse("s", 1),))
    assert found is not None
    assert found.net == (20 * H, 35 * H)
    assert found.factor == Fraction(5 * 8, 35) + Fraction(7 * 8, 20)


def test_nobody_has_no_factor() -> None:
    assert relief(replace(DESK, posts=(post("p", 8, 8, "z"),))) is None
