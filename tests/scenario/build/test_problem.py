"""What a scenario becomes: every value where the problem keeps it, in minutes and percent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from roster.domain.problem import DAILY, Ban, Control, Days, Goal, Presence, Problem, Restriction
from roster.domain.rules import (
    AverageHours,
    FreeWeekends,
    MaxNights,
    MinRest,
    NoOverlap,
    OffBlock,
    Origin,
    Rule,
    ShiftLength,
    ShiftRun,
    Succession,
    WeekHours,
    WorkBlock,
)
from roster.scenario import load
from roster.scenario.build.net_hours import supply
from roster.scenario.build.regimes import RegimeFigure, regime
from roster.scenario.schema.sections import Absence
from tests.scenario.helpers import GOOD, GOOD_FILE, changed, loaded


@pytest.fixture(scope="module")
def clinic() -> Problem:
    return load(GOOD_FILE)


def of(rules: tuple[Rule, ...], kind: type[Rule]) -> list[Rule]:
    return [rule for rule in rules if isinstance(rule, kind)]


def test_shifts_are_minutes_and_nights_are_told_by_the_night_window(clinic: Problem) -> None:
    found = [(s.name, s.letter, s.start, s.length, s.work_minutes, s.night) for s in clinic.shifts]
    assert found == [
        ("D", "D", 480, 480, 480, False),
        ("E", "E", 960, 480, 480, False),
        ("N", "N", 0, 480, 480, True),
        ("S", "s", 960, 960, 0, False),
    ]
    assert (clinic.shift["S"].presence, clinic.shift["S"].response) == (Presence.STANDBY, 15)


@pytest.mark.parametrize(
    ("new", "work", "night"),
    [
        ("letter: D, work: 7h 30min}", 450, False),
        ("letter: D, weight: 0.5}", 240, False),
        ("letter: D, night: true}", 480, True),
    ],
)
def test_working_time_and_night_may_be_stated(tmp_path: Path, new: str, work: int, night: bool) -> None:
    shift = loaded(tmp_path, changed("letter: D}", new)).shift["D"]
    assert (shift.work_minutes, shift.night) == (work, night)


def test_an_end_not_later_than_the_start_is_the_next_days(tmp_path: Path) -> None:
    shift = loaded(tmp_path, changed("end: 24:00", "end: 00:00")).shift["E"]
    assert (shift.start, shift.end) == (960, 1440)
    standby = loaded(tmp_path, changed("start: 16:00, length: 16h", "start: 16:00, end: 16:00")).shift["S"]
    assert (standby.start, standby.length) == (960, 1440)


def test_posts_keep_window_days_presence_and_load(clinic: Problem) -> None:
    seat, desk, call, guard = clinic.posts
    assert (seat.start, seat.length, seat.days, seat.vendor, seat.chain) == (
        480,
        1440,
        DAILY,
        True,
        "incident",
    )
    assert (desk.roles, desk.days, desk.load) == (("ops", "audit"), Days(workdays=True), 50)
    assert (call.presence, call.response, call.level, call.end) == (Presence.STANDBY, 30, 2, 1920)
    assert (guard.days, guard.hard, guard.price) == (Days(weekdays=frozenset({1, 3})), False, 40)
    assert (desk.hard, desk.price) == (True, 0)


def test_a_list_of_days_adds_up(tmp_path: Path) -> None:
    post = loaded(tmp_path, changed("days: [tue, thu]", "days: [weekends, holidays, mon]")).post["guard"]
    assert post.days == Days(restdays=True, holidays=True, weekdays=frozenset({0}))


def test_numbers_come_from_names_hire_or_count(clinic: Problem) -> None:
    assert {t.name: (t.minimum, t.maximum) for t in clinic.types} == {
        "ops": (2, 2),  # two are named
        "both": (0, 4),  # stated
        "guard": (0, 1),  # nobody named, one may be hired
        "resident": (0, 2),
    }


@pytest.mark.parametrize(
    ("new", "numbers"),
    [
        ("hire: 3", (2, 5)),
        ("count: 4", (4, 4)),
        ("count: {max: 6}", (2, 6)),
        ("count: {min: 0, max: 6}", (0, 6)),
        ("count: {min: 1}, hire: 1", (1, 3)),
        ("count: {min: 1}", (1, 1000)),
    ],
)
def test_named_people_are_there_and_more_may_come(tmp_path: Path, new: str, numbers: tuple[int, int]) -> None:
    staff = loaded(tmp_path, changed("cost: 12000", new)).type["ops"]
    assert (staff.minimum, staff.maximum) == numbers


def test_without_names_or_count_there_is_no_limit_that_matters(tmp_path: Path) -> None:
    staff = loaded(tmp_path, changed(", count: [0, 4]", "")).type["both"]
    assert (staff.minimum, staff.maximum) == (0, 1000)


def test_one_person_supplies_contract_hours_less_absence(clinic: Problem) -> None:
    # 1984 - 10 x 8 - 40 - 68 = 1796 h; x 7 / 365 = 34.44 h a week
    assert (clinic.type["ops"].weekly_minutes, clinic.type["ops"].net_minutes) == (2400, 2066)
    assert (clinic.type["both"].weekly_minutes, clinic.type["both"].net_minutes) == (1200, 1033)


@pytest.mark.parametrize("written", ["weekly_hours: 30", "share: 75%"])
def test_a_shorter_contract_supplies_in_proportion_however_it_is_written(
    tmp_path: Path, written: str
) -> None:
    staff = loaded(tmp_path, changed("cost: 12000", written)).type["ops"]
    # (1984 - 80 - 40 - 68) x 30 / 40 = 1347 h; x 7 / 365 = 25.833 h
    assert (staff.weekly_minutes, staff.net_minutes) == (1800, 1549)


def test_gross_supplies_the_contract_and_net_never_exceeds_it(tmp_path: Path) -> None:
    row = "absence: {annual_leave_days: 10, sick_hours: 40, training_hours: 68}"
    gross = loaded(tmp_path, changed(row, "absence: gross")).type["ops"]
    assert gross.net_minutes == gross.weekly_minutes == 2400
    none = loaded(tmp_path, changed(row, "absence: {annual_leave_days: 0, sick_hours: 0, training_hours: 0}"))
    assert (
        none.type["ops"].net_minutes == 2282
    )  # 1984 x 60 x 7 / 365: public holidays are off the year already


def test_nobody_supplies_more_than_the_contract() -> None:
    long_year = replace(regime("eu_directive"), annual=RegimeFigure(2400 * 60, Origin.POLICY, ""))
    none = Absence(annual_leave_days=0, sick_hours=0, training_hours=0)
    assert supply(none, long_year, 2400, 100) == (2400, 2400)


def test_rules_come_in_layers(clinic: Problem, tmp_path: Path) -> None:
    rules = clinic.type["ops"].rules
    assert isinstance(rules[0], NoOverlap)
    assert [type(rule) for rule in rules].count(AverageHours) == 1
    assert of(rules, MinRest) == [
        MinRest(minutes=660, origin=Origin.POLICY, source=of(rules, MinRest)[0].source)
    ]
    assert of(rules, WeekHours)[0].origin is Origin.LAW
    assert of(rules, FreeWeekends) == [FreeWeekends(one_in=4, price=30)]
    layered = GOOD.replace("rules:\n", "rules:\n  max_nights: 2\n  min_rest: 12h\n", 1)
    layered = layered.replace(
        "cn_public_institution}", "cn_public_institution, rules: {min_rest: 13h, max_nights: off}}"
    )
    layered = layered.replace("cost: 12000", "rules: {min_rest: {value: 14h, source: 约定}}")
    problem = loaded(tmp_path, layered)
    assert of(problem.type["ops"].rules, MinRest) == [MinRest(minutes=840, source="约定")]
    assert of(problem.type["both"].rules, MinRest) == [MinRest(minutes=720)]
    assert of(problem.type["both"].rules, MaxNights) == [MaxNights(nights=2)]


def test_a_soft_rule_stands_beside_the_inherited_hard_one(tmp_path: Path) -> None:
    text = changed("rules:\n", "rules:\n  max_nights: {value: 2, price: 5}\n")
    nights = of(loaded(tmp_path, text).type["ops"].rules, MaxNights)
    assert [rule.origin for rule in nights if rule.hard] == [Origin.POLICY]
    assert MaxNights(nights=2, price=5) in nights


def test_rules_on_shifts_a_type_never_does_are_left_out(clinic: Problem) -> None:
    assert of(clinic.type["ops"].rules, ShiftRun) == [ShiftRun(shift="N", shortest=1, longest=3)]
    assert of(clinic.type["ops"].rules, Succession) == [
        Succession(first="N", second="D", days_off=0),
        Succession(first="E", second="D", days_off=1, price=2, source="科室约定"),
    ]
    assert of(clinic.type["guard"].rules, ShiftRun) == []
    assert of(clinic.type["guard"].rules, Succession) == []


@pytest.mark.parametrize(("word", "left"), [("forbidden: off", 0), ("forbidden: ['D N']", 3)])
def test_forbidden_pairs_add_up_unless_dropped(tmp_path: Path, word: str, left: int) -> None:
    problem = loaded(tmp_path, changed("cost: 12000", f"rules: {{{word}}}"))
    assert len(of(problem.type["ops"].rules, Succession)) == left


def test_quality_becomes_soft_rules_that_know_forward_from_backward(clinic: Problem) -> None:
    prices = {type(rule): rule.price for rule in clinic.quality}
    assert prices == {FreeWeekends: 10, OffBlock: 2, WorkBlock: 2, MinRest: 7, WeekHours: 3, Succession: 3}
    pairs = {(r.first, r.days_off, r.second) for r in clinic.quality if isinstance(r, Succession)}
    assert pairs == {("E", 0, "D"), ("E", 1, "D"), ("N", 0, "D"), ("N", 0, "E")}
    assert clinic.standby_spread == 3


def test_a_night_from_22_is_as_late_as_one_from_midnight(tmp_path: Path) -> None:
    text = changed("N: {start: 00:00, end: 08:00}", "N: {start: 22:00, end: 06:00}")
    text = text.replace("E: {start: 16:00, end: 24:00}", "E: {start: 14:00, end: 22:00}")
    text = text.replace("D: {title: 白班, start: 08:00", "D: {title: 白班, start: 06:00")
    text = text.replace("08:00-16:00", "06:00-14:00")
    pairs = {r.subject for r in loaded(tmp_path, text).quality if isinstance(r, Succession)}
    assert pairs == {"succession.E.0.D", "succession.E.1.D", "succession.N.0.D", "succession.N.0.E"}


def test_quality_can_be_switched_off(tmp_path: Path) -> None:
    off = (
        "free_weekends: off, forward_rotation: 0, single_days_off: 0, single_days_on: off, quick_returns: off, "
        "long_weeks: 0"
    )
    assert (
        loaded(
            tmp_path, changed("quality: {standby_spread: 3, quick_returns: 7}", f"quality: {{{off}}}")
        ).quality
        == ()
    )


def test_people_and_their_dates(clinic: Problem) -> None:
    assert [(person.name, person.type) for person in clinic.people] == [("张伟", "ops"), ("李娜", "ops")]
    assert clinic.restrictions == (
        Restriction("张伟", Ban.NIGHTS, date(2026, 9, 1), date(2026, 12, 1), "孕期"),
        Restriction("张伟", Ban.DUTY, date(2026, 9, 14), date(2026, 9, 14), "孕期"),
        Restriction("张伟", Ban.DUTY, date(2026, 9, 20), date(2026, 9, 22), "孕期"),
    )


def test_a_seat_by_the_hour_costs_its_hours_of_a_month(clinic: Problem, tmp_path: Path) -> None:
    (seat,) = clinic.seats
    # 2 days x 12 h x 365/84 weeks a month x 100
    assert (seat.cost, seat.start, seat.length, seat.days) == (10429, 1200, 720, Days(restdays=True))
    month = loaded(tmp_path, changed("cost_per_hour: 100", "cost: 42000")).seats[0]
    assert month.cost == 42000


def test_the_rest_of_the_file(clinic: Problem) -> None:
    assert (clinic.name, clinic.title, clinic.currency) == ("clinic", "诊所", "CNY")
    assert clinic.goal is Goal.COST
    assert clinic.control == Control(10, "ops")
    assert clinic.travel_minutes[("east", "hub")] == 40
    assert [(site.name, site.letter) for site in clinic.sites] == [("hub", "h"), ("east", "e")]
    assert [(role.name, role.exclusive, role.in_house) for role in clinic.roles][2] == (
        "security",
        True,
        True,
    )
    assert clinic.type["both"].sites == ("hub", "east")


def test_every_limit_is_listed_once_with_its_source(clinic: Problem) -> None:
    keys = [(limit.employer, limit.key) for limit in clinic.limits]
    assert len(keys) == len(set(keys))
    of_hospital = {limit.key: limit for limit in clinic.limits if limit.employer == "hospital"}
    assert {"min_rest", "weekly_rest", "shift_length", "week_hours", "average_hours", "annual_leave"} <= set(
        of_hospital
    )
    assert all(limit.source for limit in clinic.limits if limit.origin != "scenario")
    assert "wish, 30 points" in of_hospital["free_weekends"].sentence


def test_a_types_own_limit_is_listed_for_it(tmp_path: Path) -> None:
    problem = loaded(tmp_path, changed("cost: 12000", "rules: {shift_length: 10h}"))
    own = [limit for limit in problem.limits if limit.employer == "hospital / ops"]
    assert [(limit.key, limit.origin) for limit in own] == [(ShiftLength.key, "scenario")]


def test_notes_say_what_was_assumed(clinic: Problem, tmp_path: Path) -> None:
    notes = "\n".join(clinic.notes)
    assert "not legal advice" in notes
    assert "34.4 h a week" in notes
    assert "resident: 44 h a week is above standard hours (40 h)" in notes
    assert "劳务派遣" in notes
    eu = loaded(tmp_path, changed("cn_public_institution", "eu_directive"))
    assert any("Standby S answers within 15 min" in note for note in eu.notes)
    assert not any("Standby S answers" in note for note in clinic.notes)
    busy = loaded(tmp_path, changed("weekly_hours: 44", "weekly_hours: 60"))
    assert any("above the most that may be planned, 48 h" in note for note in busy.notes)


def test_a_soft_post_that_nobody_can_hold_is_a_note_not_a_fault(tmp_path: Path) -> None:
    text = changed("role: [ops, audit], days: weekdays", "role: audit, hard: false, days: weekdays")
    assert any("Post desk is soft" in note for note in loaded(tmp_path, text).notes)
