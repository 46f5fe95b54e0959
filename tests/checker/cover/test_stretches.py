"""Posts held minute by minute: one person on one post, loads, levels, seats, sites, holidays, the edges of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roster.checker import check_roster, check_rotation, coverage, coverage_of_rotation, posts_held
from roster.domain.outcome import Roster, SeatUse
from roster.domain.problem import Days, Post, Presence, Problem, Seat
from roster.domain.rules import clock
from tests.checker.worlds import BY_LETTER, MONDAY, roster_of, rota, shift, staff, word, world

H = 60


def post(name: str, start: float, length: float, **other: object) -> Post:
    base = Post(name, ("ops",), round(start * H), round(length * H))
    return replace(base, **other)  # type: ignore[arg-type]


def gaps(problem: Problem, roster: Roster) -> list[tuple[int, str, str, str]]:
    return [
        (row.day, row.post, clock(row.start), clock(row.end))
        for row in coverage(problem, roster)
        if row.held < row.required
    ]


def test_a_day_post_needs_somebody_every_minute() -> None:
    problem = world(posts=(post("desk", 8, 8),))
    assert gaps(problem, roster_of(problem, "DDDDDDD")) == []
    assert gaps(problem, roster_of(problem, "MDDDDDD")) == [(0, "desk", "14:00", "16:00")]
    assert gaps(problem, roster_of(problem, "DDD-DDD")) == [(3, "desk", "08:00", "16:00")]


def test_two_shifts_hold_one_post_together() -> None:
    problem = world(posts=(post("desk", 8, 12),))
    assert gaps(problem, roster_of(problem, "MMMMMMM", "AAAAAAA")) == []


def test_the_first_morning_is_not_judged_and_the_last_night_is() -> None:
    problem = world(posts=(post("desk", 0, 24),))
    three = roster_of(problem, "MMMMMMM", "AAAAAAA", "NNNNNNN")
    assert gaps(problem, three) == []
    unmanned = roster_of(problem, "MMMMMMM", "AAAAAAA", "NNNNNN-")
    assert gaps(problem, unmanned) == [(6, "desk", "22:00", "24:00")]


def test_the_first_morning_is_judged_when_the_day_before_is_known() -> None:
    problem = world(posts=(post("desk", 0, 24),))
    words = ("MMMMMMM", "AAAAAAA", "NNNNNNN")
    assert gaps(problem, roster_of(problem, *words, before=("M", "A", "N"))) == []
    early = [(0, "desk", "00:00", "06:00")]
    assert gaps(problem, roster_of(problem, *words, before=("M", "A", "-"))) == early


def test_a_night_post_runs_on_after_the_last_midnight() -> None:
    problem = world(posts=(post("night", 22, 8),), shifts=tuple(BY_LETTER.values()))
    problem = world(posts=(post("night", 22, 8),), shifts=(*problem.shifts, shift("E", 22, 2)))
    short = replace(
        roster_of(problem, "NNNNNN-"),
        duties=((*word("NNNNNN"), replace(word("N")[0], shift=shift("E", 22, 2))),),
    )
    assert gaps(problem, short) == [(6, "night", "24:00", "06:00")]
    assert gaps(problem, roster_of(problem, "NNNNNNN")) == []


def test_what_only_the_next_days_duties_could_hold_is_not_judged() -> None:
    problem = world(posts=(post("desk", 20, 12),))  # to 08:00; M begins at 06:00
    assert gaps(problem, roster_of(problem, "NNNNNNN", "AAAAAAA", "MMMMMMM")) == []


def test_sundays_night_covers_monday_morning_on_the_ring() -> None:
    problem = world(posts=(post("desk", 22, 8),))
    assert check_rotation(problem, [rota("NNNNNNN")]) == []
    found = check_rotation(problem, [rota("NNNNNN-")])
    assert [v.sentence for v in found] == [
        "Post desk (level 1) has 0 of 1 person on Sun from 22:00 to 06:00 the next day"
    ]
    problem = world(posts=(post("desk", 0, 6),))
    assert [v.sentence for v in check_rotation(problem, [rota("NNNNNN-")])] == [
        "Post desk (level 1) has 0 of 1 person on Mon from 00:00 to 06:00"
    ]


def test_sunday_nights_person_is_on_the_next_line_on_monday() -> None:
    # X of line 1 ends on Monday 08:00 on line 2; M of line 1 is another person's, so two are there from 06:00.
    problem = world(posts=(post("desk", 6, 2, people=2, days=Days(weekdays=frozenset({0}))),))
    assert check_rotation(problem, [rota("M-----X/-------")]) == []


def test_all_lines_of_all_rotations_are_in_force_at_once() -> None:
    problem = world(posts=(post("desk", 8, 8, people=2),))
    parts = [rota("DDDDDDD"), replace(rota("DDD----/---DDDD"), name="b")]
    assert check_rotation(problem, parts) == []
    assert [row.by for row in coverage_of_rotation(problem, parts)][:4] == [
        ("ops-1", "ops/b-1"),
        ("ops-1", "ops/b-1"),
        ("ops-1", "ops/b-1"),
        ("ops-1", "ops/b-2"),
    ]


def test_five_billing_and_three_technical_posts_need_eight_flexible_people() -> None:
    # Toolkits that count a person in each skill at once call five enough.
    posts = (post("billing", 8, 8, people=5), post("technical", 8, 8, people=3))
    problem = world(posts=posts)
    assert gaps(problem, roster_of(problem, *["DDDDDDD"] * 8)) == []
    found = check_roster(problem, roster_of(problem, *["DDDDDDD"] * 7))
    assert [v.sentence for v in found] == [
        "Post technical (level 1) has 2 of 3 people on Mon 2027-01-04 to Sun 2027-01-10 from 08:00 to 16:00"
    ]
    five = [row for row in coverage(problem, roster_of(problem, *["DDDDDDD"] * 5)) if row.day == 0]
    assert [(row.post, row.held) for row in five] == [("billing", 5), ("technical", 0)]


@pytest.mark.parametrize(
    ("loads", "enough"), [((50, 50), True), ((60, 50), False), ((40, 60), True), ((100, 1), False)]
)
def test_one_person_holds_posts_up_to_the_whole_of_the_attention(
    loads: tuple[int, int], enough: bool
) -> None:
    problem = world(posts=(post("monitor", 8, 8, load=loads[0]), post("first_ops", 8, 8, load=loads[1])))
    assert (gaps(problem, roster_of(problem, "DDDDDDD")) == []) is enough


def test_one_person_counts_once_for_a_post() -> None:
    problem = world(posts=(post("desk", 8, 8, people=2, load=50),))
    assert len(gaps(problem, roster_of(problem, "DDDDDDD"))) == 7
    assert gaps(problem, roster_of(problem, "DDDDDDD", "DDDDDDD")) == []


def test_levels_of_a_chain_are_different_people() -> None:
    first = post("first", 8, 8, chain="ops", level=1, load=10)
    second = post("second", 8, 8, chain="ops", level=2, load=10)
    other = post("other", 8, 8, chain="net", level=2, load=10)
    assert gaps(world(posts=(first, other)), roster_of(world(), "DDDDDDD")) == []
    problem = world(posts=(first, second))
    assert len(gaps(problem, roster_of(problem, "DDDDDDD"))) == 7
    assert gaps(problem, roster_of(problem, "DDDDDDD", "DDDDDDD")) == []
    same = replace(second, level=1)
    assert gaps(world(posts=(first, same)), roster_of(world(), "DDDDDDD")) == []


@pytest.mark.parametrize(
    ("response", "duties", "enough"),
    [(30, "s", True), (29, "s", False), (None, "s", True), (10, "L", False), (10, "X", True)],
)
def test_standby_posts(response: int | None, duties: str, enough: bool) -> None:
    desk = post("call", 20, 4, presence=Presence.STANDBY, response=response)
    problem = world(posts=(desk,))
    assert (gaps(problem, roster_of(problem, duties * 7)) == []) is enough


def test_standby_never_holds_a_post_on_site() -> None:
    problem = world(posts=(post("desk", 20, 4),))
    assert len(gaps(problem, roster_of(problem, "sssssss"))) == 7


def test_skills_sites_and_vendors_decide_who_may_hold() -> None:
    desk = post("desk", 8, 8)
    other = staff(name="other", skills=frozenset({"net"}))
    assert len(gaps(world(other, posts=(desk,)), roster_of(world(other), "DDDDDDD"))) == 7
    vendor = staff(name="vendor", employer="vendor")
    assert len(gaps(world(vendor, posts=(desk,)), roster_of(world(vendor), "DDDDDDD"))) == 7
    lent = world(vendor, posts=(replace(desk, vendor=True),))
    assert gaps(lent, roster_of(lent, "DDDDDDD")) == []
    east = world(staff(sites=("e", "w")), posts=(replace(desk, site="e"),))
    there, elsewhere = " ".join(["D@e"] * 7), " ".join(["D@w"] * 7)
    assert gaps(east, roster_of(east, there)) == []
    assert len(gaps(east, roster_of(east, elsewhere))) == 7


def seated(number: int = 1, **other: object) -> tuple[Problem, Roster]:
    offer = replace(Seat("night desk", "desk", 1000, maximum=2), **other)  # type: ignore[arg-type]
    problem = world(posts=(post("desk", 8, 12, vendor=True),), seats=(offer,))
    return problem, roster_of(problem, "-------", seats=(SeatUse("night desk", number),))


def test_a_seat_fills_a_place() -> None:
    problem, roster = seated()
    assert gaps(problem, roster) == []
    assert coverage(problem, roster)[0].by == ("night desk #1",)


def test_a_seat_fills_its_own_window_and_days_only() -> None:
    problem, roster = seated(start=8 * H, length=4 * H)
    assert gaps(problem, roster)[0] == (0, "desk", "12:00", "20:00")
    problem, roster = seated(days=Days(restdays=True))
    assert [gap[0] for gap in gaps(problem, roster)] == [0, 1, 2, 3, 4]


def test_a_seat_after_midnight_lies_in_the_posts_window() -> None:
    offer = Seat("small hours", "night", 1000, start=0, length=6 * H)
    problem = world(posts=(post("night", 22, 8, vendor=True),), seats=(offer,))
    roster = roster_of(problem, "-------", seats=(SeatUse("small hours", 1),))
    assert gaps(problem, roster) == [(day, "night", "22:00", "24:00") for day in range(7)]
    found = check_rotation(
        world(posts=problem.posts, seats=(offer,), control=replace(problem.control, percent=0)),
        [],
        roster.seats,
    )
    assert [v.days for v in found] == [tuple(range(7))]


def test_seats_not_on_offer_and_too_many() -> None:
    problem, roster = seated(number=3)
    assert [v.rule for v in check_roster(problem, roster)] == ["seat"]
    problem, roster = seated()
    stranger = replace(roster, seats=(SeatUse("day desk", 1),))
    assert [v.rule for v in check_roster(problem, stranger)] == ["seat", "post"]


def test_a_seat_holds_no_post_that_vendors_may_not() -> None:
    problem, roster = seated()
    problem = replace(problem, posts=(replace(problem.posts[0], vendor=False),))
    assert len(gaps(problem, roster)) == 7


def test_holidays_and_made_up_weekends_decide_the_day() -> None:
    problem = world(
        posts=(post("desk", 8, 8, days=Days(workdays=True)), post("hall", 8, 8, days=Days(holidays=True)))
    )
    dates = replace(
        problem.dates, holidays=frozenset({MONDAY}), workdays=frozenset({MONDAY + timedelta(days=5)})
    )
    problem = replace(problem, dates=dates)
    assert [(gap[0], gap[1]) for gap in gaps(problem, roster_of(problem, "-------"))] == [
        (0, "hall"), (1, "desk"), (2, "desk"), (3, "desk"), (4, "desk"), (5, "desk"),
    ]  # fmt: skip


def test_soft_posts_may_be_empty_and_hard_ones_come_first() -> None:
    soft = post("soft", 8, 8, hard=False)
    hard = post("hard", 8, 8, priority=3)
    problem = world(posts=(soft, hard))
    roster = roster_of(problem, "DDDDDDD")
    assert check_roster(problem, roster) == []
    assert {row.post: row.held for row in coverage(problem, roster)} == {"soft": 0, "hard": 1}


def test_the_more_important_post_is_held_first() -> None:
    problem = world(posts=(post("second", 8, 8, priority=2), post("first", 8, 8, priority=1)))
    found = check_roster(problem, roster_of(problem, "DDDDDDD"))
    assert [v.sentence.split()[1] for v in found] == ["second"]


def test_people_stay_on_their_posts_through_a_duty() -> None:
    problem = world(posts=(post("one", 6, 10), post("two", 6, 10)))
    problem = replace(problem, posts=(*problem.posts, post("noon", 11, 1)))
    roster = roster_of(problem, *["MMMMMMM", "DDDDDDD"] * 2, "LLLLLLL")
    rows = [row for row in coverage(problem, roster) if row.day == 0]
    for name in ("one", "two"):
        holders = [row.by for row in rows if row.post == name]
        assert len(holders) == len(set(holders)) == 2
        assert [(row.start, row.end) for row in rows if row.post == name] == [
            (6 * H, 14 * H),
            (14 * H, 16 * H),
        ]


def test_who_leaves_is_replaced_without_moving_the_others() -> None:
    problem = world(posts=(post("one", 8, 12), post("two", 8, 12)))
    rows = coverage(problem, roster_of(problem, "MMMMMMM", "LLLLLLL", "AAAAAAA"))
    assert [(row.post, row.by) for row in rows if row.day == 0] == [
        ("one", ("P1",)),
        ("one", ("P3",)),
        ("two", ("P2",)),
    ]


def test_posts_held_are_filed_by_part() -> None:
    posts = (post("desk", 8, 8), post("call", 16, 16, presence=Presence.STANDBY, response=30))
    problem = world(posts=posts)
    roster = roster_of(problem, "Ds - - - - - -")
    assert posts_held(problem, roster) == {(0, 0, 0): ("desk",), (0, 0, 1): ("call",)}


def test_the_carried_in_night_is_filed_under_the_day_before() -> None:
    problem = world(posts=(post("desk", 0, 6),))
    roster = roster_of(problem, "-------", before=("N",))
    assert posts_held(problem, roster) == {(0, -1, 0): ("desk",)}


def test_sentences_name_the_post_the_day_and_the_hours() -> None:
    problem = world(posts=(post("monitor_seat", 0, 24),), weeks=4)
    days = ["MMMMMMM" * 4, "AAAAAAA" * 4, "NNN-NNN" + "NNNNNNN" * 3]
    assert [v.sentence for v in check_roster(problem, roster_of(problem, *days)) if v.rule == "post"] == [
        "Post monitor_seat (level 1) has 0 of 1 person on Thu 2027-01-07 from 22:00 to 24:00",
        "Post monitor_seat (level 1) has 0 of 1 person on Fri 2027-01-08 from 00:00 to 06:00",
    ]
    empty = check_roster(problem, roster_of(problem, "-" * 28))
    assert len(empty) == 2  # the first day's morning is not judged
    assert empty[1].days == tuple(range(1, 28))


def test_a_person_in_two_duties_at_once_still_counts_once() -> None:
    problem = world(posts=(post("desk", 6, 2, people=2),))
    early = [gap for gap in gaps(problem, roster_of(problem, "XMXMXM-")) if gap[0] in (1, 3)]
    assert early == [(1, "desk", "06:00", "08:00"), (3, "desk", "06:00", "08:00")]


def test_twelve_hundred_people_are_no_trouble() -> None:
    problem = world(
        posts=(post("desk", 0, 24, people=280), post("noon", 10, 4, people=1, priority=2)), weeks=2
    )
    words = ["M" * 14, "A" * 14, "N" * 14, "-" * 14]
    roster = roster_of(problem, *(words[number % 4] for number in range(1200)))
    found = [v for v in check_roster(problem, roster) if v.rule == "post"]
    assert found == []


def test_dates_are_those_of_the_calendar() -> None:
    problem = world(posts=(post("desk", 8, 8),), start=date(2027, 1, 6))
    found = check_roster(problem, roster_of(problem, "D-DDDDD"))
    assert found[0].sentence.endswith("on Thu 2027-01-07 from 08:00 to 16:00")
    assert found[0].days == (1,)
