"""What the checker reports: restrictions, control, headcount, sentences in both languages, and no exception ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.checker import breaches, check_roster, check_rotation, find, hard_rules
from roster.checker.rules.timeline import PersonCase, Timeline
from roster.domain import rules
from roster.domain.horizon import Horizon, ring
from roster.domain.outcome import Roster, Rotation, SeatUse, Violation
from roster.domain.problem import Ban, Control, Duty, Person, Post, Problem, Restriction, Seat
from roster.domain.rules import Rule
from roster.language import LANGUAGES, speaking
from tests.checker.worlds import MONDAY, SHIFTS, dated, roster_of, rota, staff, word, world

H = 60

KEPT_AND_BROKEN: dict[type[Rule], tuple[Rule, str, str]] = {
    rules.NoOverlap: (rules.NoOverlap(), "XD-----", "XM-----"),
    rules.MinRest: (rules.MinRest(minutes=11 * H), "DD-----", "AD-----"),
    rules.RestAfterNights: (rules.RestAfterNights(minutes=48 * H), "N--M---", "N-M----"),
    rules.MaxNights: (rules.MaxNights(nights=2), "NN-----", "NNN----"),
    rules.WorkBlock: (rules.WorkBlock(shortest=2, longest=5), "-DDDDD-", "-D-DDDD"),
    rules.OffBlock: (rules.OffBlock(shortest=2), "D--DD--", "D-DDD--"),
    rules.ShiftRun: (rules.ShiftRun(shift="D", longest=2), "DDADD--", "DDD----"),
    rules.Succession: (rules.Succession(first="N", second="A"), "N-A----", "NA-----"),
    rules.FreeWeekends: (rules.FreeWeekends(one_in=1), "DDDDD--", "-----D-"),
    rules.WeekHours: (rules.WeekHours(minutes=40 * H), "DDDDD--", "DDDDDD-"),
    rules.WeeklyRest: (rules.WeeklyRest(minutes=24 * H), "DDDDDD-", "DDDDDDD"),
    rules.NoStandbyBefore: (rules.NoStandbyBefore(start=8 * H), "s D - - - - -", "s M - - - - -"),
    rules.NoStandbyAfterNights: (rules.NoStandbyAfterNights(), "N - s - - - -", "N s - - - - -"),
    rules.Handover: (rules.Handover(first="N", second="A"), "NNA----", "NN-A---"),
    rules.Count: (rules.Count(of=rules.Counted.NIGHTS, per=rules.Per.WEEK, most=2), "NN-----", "NN-N---"),
    rules.Gap: (rules.Gap(of=rules.Counted.NIGHTS, days=2), "N--N---", "N-N----"),
    rules.WholeWeekends: (rules.WholeWeekends(), "D----DD", "D----D-"),
    rules.ShiftLength: (rules.ShiftLength(minutes=8 * H), "D------", "L------"),
    rules.AverageHours: (rules.AverageHours(), "DDDDD--", "DDDDDD-"),
    rules.StandbyShare: (rules.StandbyShare(percent=25), "s - - - - - -", "s s s - - - -"),
}


def test_every_rule_is_read_here() -> None:
    assert set(KEPT_AND_BROKEN) == set(rules.RULES)
    assert set(rules.RULES) <= set(find.registry)


@pytest.mark.parametrize("kind", rules.RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_kept_and_broken_on_both_horizons_in_words(kind: type[Rule], language: str) -> None:
    rule, kept, broken = KEPT_AND_BROKEN[kind]
    problem = world(staff(rule))
    with speaking(language):
        assert check_roster(problem, roster_of(problem, kept)) == []
        assert check_rotation(problem, [Rotation("ops", (word(kept),))]) == []
        on_dates = [v for v in check_roster(problem, roster_of(problem, broken)) if v.rule == rule.key]
        on_ring = check_rotation(problem, [Rotation("ops", (word(broken),))])
        for violation in (on_dates[0], next(v for v in on_ring if v.rule == rule.key)):
            assert violation.sentence.startswith(violation.person or "?")
            assert "{" not in violation.sentence


def test_a_rule_without_a_reading_is_an_error_not_a_pass() -> None:
    with pytest.raises(TypeError, match="no reading of Rule"):
        breaches(Rule(), PersonCase(world(), Timeline(word("D------"), dated(7))))


def test_soft_rules_are_no_violations() -> None:
    problem = world(staff(rules.MaxNights(nights=0, price=3)))
    assert check_roster(problem, roster_of(problem, "NNN----")) == []
    assert rules.NoOverlap() in hard_rules(problem.types[0])


def sentences(found: list[Violation]) -> list[str]:
    return [violation.sentence for violation in found]


def test_a_sentence_says_who_when_what_and_the_limit() -> None:
    problem = world(staff(rules.MinRest(minutes=11 * H)))
    named = replace(roster_of(problem, "-AD----"), people=(Person("Li Na", "ops"),))
    assert sentences(check_roster(problem, named)) == [
        "Li Na: 10 h rest between Tue 2027-01-05 22:00 and Wed 2027-01-06 08:00; at least 11 h"
    ]
    assert check_roster(problem, named)[0].days == (1, 2)
    with speaking("zh"):
        assert sentences(check_roster(problem, named)) == [
            "Li Na：2027-01-05（周二） 22:00 至 2027-01-06（周三） 08:00 之间只休息 10 小时，至少应休息 11 小时"
        ]


def test_a_rotation_is_told_by_line_and_weekday() -> None:
    problem = world(staff(rules.MinRest(minutes=11 * H)))
    assert sentences(check_rotation(problem, [rota("D------/------A")])) == [
        "ops: 10 h rest between line 2 Sun 22:00 and line 1 Mon 08:00; at least 11 h"
    ]


def test_the_same_finding_on_many_days_is_said_once() -> None:
    problem = world(staff(rules.MinRest(minutes=11 * H)), weeks=4)
    found = check_roster(problem, roster_of(problem, "AD-----" * 4))
    assert sentences(found) == [
        "P1: 10 h rest between Mon 2027-01-04 22:00 and Tue 2027-01-05 08:00; at least 11 h; the same 3 more times: "
        "Tue 2027-01-12, Tue 2027-01-19, Tue 2027-01-26"
    ]
    assert found[0].days == (0, 1, 7, 8, 14, 15, 21, 22)


def given_ban(ban: Ban, first: int, last: int, text: str, weeks: int = 1) -> list[Violation]:
    dates = (MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
    problem = world(weeks=weeks, restrictions=(Restriction("P1", ban, *dates, reason="doctor"),))
    return check_roster(problem, roster_of(problem, text))


@pytest.mark.parametrize(
    ("ban", "first", "last", "text", "days"),
    [
        (Ban.NIGHTS, 2, 2, "N - - N - - -", ()),
        (Ban.NIGHTS, 1, 2, "N - - N - - -", (0,)),  # runs into the first day of the ban
        (Ban.NIGHTS, 1, 2, "- N - - - - -", (1,)),
        (Ban.NIGHTS, 1, 2, "- - N - - - -", (2,)),
        (Ban.NIGHTS, 0, 6, "A L M - - - -", ()),  # A ends 22:00, M starts 06:00
        (Ban.NIGHTS, 0, 6, "- s w - - - -", (2,)),  # only the working standby
        (Ban.STANDBY, 1, 2, "s - - - - - -", (0,)),
        (Ban.DUTY, 1, 2, "N - - N - - -", (0,)),
        (Ban.DUTY, 1, 2, "L - - N - - -", ()),
        (Ban.STANDBY, 0, 1, "s D s - - - -", (0,)),
        (Ban.STANDBY, 0, 1, "- Ds - - - - -", (1,)),
        (Ban.DUTY, 2, 9, "D D - - - - -", ()),
        (Ban.DUTY, 2, 9, "- - s - - - D", (2, 6)),
        (Ban.DUTY, -9, 0, "s - - - - - -", (0,)),
        (Ban.OVERTIME, 0, 0, "D L - - - - -", ()),
        (Ban.OVERTIME, 0, 0, "L - - - - - -", (0,)),
    ],
)
def test_restrictions(ban: Ban, first: int, last: int, text: str, days: tuple[int, ...]) -> None:
    found = given_ban(ban, first, last, text)
    assert {v.rule for v in found} == ({ban.value} if days else set())
    assert tuple(sorted(day for v in found for day in v.days)) == days
    assert all("(doctor)" in v.sentence for v in found)


def test_no_overtime_also_means_no_long_week() -> None:
    assert given_ban(Ban.OVERTIME, 0, 6, "DDDDD--") == []
    found = given_ban(Ban.OVERTIME, 0, 6, "DDDDDD-")
    assert sentences(found) == [
        "P1: 48 h of work in the week of Mon 2027-01-04; at most 40 h, no overtime (doctor)"
    ]
    assert given_ban(Ban.OVERTIME, 1, 6, "DDDDDD-") == []
    assert given_ban(Ban.OVERTIME, 0, 13, "--DDDDDDDDDD--", weeks=2) == []


@pytest.mark.parametrize(("weekly", "kept"), [(60 * H, True), (59 * H, False)])
def test_no_overtime_means_a_fifth_of_the_week_a_day(weekly: int, kept: bool) -> None:
    ban = Restriction("P1", Ban.OVERTIME, MONDAY, MONDAY)
    problem = world(staff(weekly_minutes=weekly), restrictions=(ban,))
    assert (check_roster(problem, roster_of(problem, "L------")) == []) is kept


def test_restrictions_are_for_the_person_named() -> None:
    problem = world(restrictions=(Restriction("P2", Ban.DUTY, MONDAY, MONDAY),))
    found = check_roster(problem, roster_of(problem, "D------", "D------"))
    assert [v.person for v in found] == ["P2"]


def test_leave_lowers_the_hours_a_calendar_may_have() -> None:
    away = Restriction("P1", Ban.DUTY, MONDAY, MONDAY + timedelta(days=6))
    problem = world(staff(rules.AverageHours()), restrictions=(away,), weeks=2)
    assert check_roster(problem, roster_of(problem, "-------DDDDD--")) == []
    assert sentences(check_roster(problem, roster_of(problem, "-------DDDDDD-"))) == [
        "P1: 48 h of work in 1 weeks present; at most 40 h (40 h a week)"
    ]


def test_duties_and_types_that_are_not_the_scenarios() -> None:
    problem = world(staff(shifts=("D",)))
    assert sentences(check_roster(problem, roster_of(problem, "DNDN---"))) == [
        "P1: duty N on Tue 2027-01-05 is not one that ops may be given; the same 1 more times: Thu 2027-01-07"
    ]
    assert [v.rule for v in check_rotation(problem, [rota("N------")])] == ["unknown_duty"]
    stranger = roster_of(problem, "D------", types=("boss",))
    assert [v.rule for v in check_roster(problem, stranger)] == ["unknown_type"]
    assert [v.rule for v in check_rotation(problem, [replace(rota("D------"), type="boss")])] == [
        "unknown_type"
    ]


def test_control_takes_the_time_of_those_who_can_coordinate() -> None:
    boss = staff(name="boss", skills=frozenset({"coordinator"}), net_minutes=44 * H)
    hired = staff(name="hired", employer="vendor")
    problem = world(staff(), boss, hired, control=Control(10, "coordinator"))
    own = [replace(rota("DDDDD--"), type="boss"), rota("-------")]
    vendor = replace(rota("-------"), type="hired")
    assert check_rotation(problem, [*own, vendor]) == []
    found = check_rotation(problem, [*own, vendor, replace(vendor, name="b")])
    assert [v.rule for v in found] == ["control"]
    assert found[0].sentence == (
        "2 vendor people and seats take 8 h a week of in-house coordination; 4 h are left"
    )
    anybody = replace(problem, control=Control(10, None))
    assert check_rotation(anybody, [*own, vendor, replace(vendor, name="b")]) == []
    assert [v.rule for v in check_rotation(problem, [vendor])] == ["control"]


def test_seats_take_control_too() -> None:
    desk = Post("desk", ("ops",), 8 * H, 8 * H, vendor=True)
    problem = world(
        staff(net_minutes=25), posts=(desk,), seats=(Seat("bought", "desk", 1),), control=Control(1)
    )
    assert check_rotation(problem, [rota("-------")], [SeatUse("bought", 1)]) == []
    fewer = replace(problem, types=(staff(net_minutes=23),))
    assert [v.rule for v in check_rotation(fewer, [rota("-------")], [SeatUse("bought", 1)])] == ["control"]


@pytest.mark.parametrize(
    ("minimum", "maximum", "kept"), [(2, 2, True), (3, 9, False), (0, 1, False), (0, 2, True)]
)
def test_headcount_keeps_to_the_types_numbers(minimum: int, maximum: int, kept: bool) -> None:
    problem = world(staff(minimum=minimum, maximum=maximum))
    assert (check_rotation(problem, [rota("-------/-------")]) == []) is kept


def test_a_roster_out_of_shape_is_told_not_raised() -> None:
    problem = world(posts=(Post("desk", ("ops",), 0, 24 * H),))
    whole = roster_of(problem, "DDDDDDD", "NNNNNNN")
    for broken in (
        replace(whole, duties=whole.duties[:1]),
        replace(whole, duties=(whole.duties[0][:3], whole.duties[1] * 2)),
        replace(whole, duties=(*whole.duties, whole.duties[0])),
        replace(whole, people=(whole.people[0], whole.people[0])),
    ):
        assert "shape" in {v.rule for v in check_roster(problem, broken)}
    short = Rotation("ops", (word("DDD"), word("DDDDDDDDD"), ()))
    assert "shape" in {v.rule for v in check_rotation(problem, [short])}


ODD_DUTIES = st.builds(
    Duty,
    st.sampled_from((None, *SHIFTS)),
    st.sampled_from((None, *SHIFTS)),
    st.sampled_from((None, "e", "nowhere")),
)
ODD_ROSTERS = st.builds(
    Roster,
    st.lists(st.builds(Person, st.text(max_size=3), st.sampled_from(("ops", "boss"))), max_size=3).map(tuple),
    st.sampled_from(
        (dated(7), dated(0), dated(3), ring(2), Horizon(5), Horizon(9, first=MONDAY, kinds=(None,)))
    ),  # type: ignore[arg-type]
    st.lists(st.lists(ODD_DUTIES, max_size=9).map(tuple), max_size=4).map(tuple),
    st.lists(st.builds(SeatUse, st.sampled_from(("bought", "?")), st.integers(-2, 10**12)), max_size=2).map(
        tuple
    ),
    st.lists(st.lists(ODD_DUTIES, max_size=3).map(tuple), max_size=4).map(tuple),
)


def everything() -> Problem:
    posts = (
        Post("desk", ("ops",), 0, 24 * H, people=2, load=60, chain="a", vendor=True),
        Post("more", ("ops",), 20 * H, 12 * H, load=40, chain="a", level=2),
    )
    some = staff(*(rule for rule, _, _ in KEPT_AND_BROKEN.values()))
    ban = Restriction("", Ban.OVERTIME, MONDAY, MONDAY + timedelta(days=9))
    return world(some, posts=posts, seats=(Seat("bought", "desk", 1),), restrictions=(ban,))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ODD_ROSTERS)
def test_no_roster_makes_the_checker_raise(roster: Roster) -> None:
    for violation in check_roster(everything(), roster):
        assert violation.sentence
        assert all(0 <= day < roster.horizon.days for day in violation.days)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.lists(st.lists(ODD_DUTIES, max_size=8).map(tuple), max_size=3).map(tuple), max_size=3))
def test_no_rotation_makes_the_checker_raise(lines: list[tuple[tuple[Duty, ...], ...]]) -> None:
    rotations = [Rotation("ops", each, str(number)) for number, each in enumerate(lines)]
    assert all(violation.sentence for violation in check_rotation(everything(), rotations))
