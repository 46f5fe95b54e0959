"""
The scenarios shipped: each loads, ends proven, passes the independent check, and takes the people it says it takes.

The recommended ranges are those of the article on hospital operations teams that the tiers come from: 2-3 people for a
county hospital, 4-6 for a city hospital of the second level, 8-15 for a tertiary one, 15 and more for a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from roster.checker import check_roster, check_rotation
from roster.domain.outcome import Outcome, SolveOptions, Status
from roster.domain.problem import DAY, Days, Problem
from roster.language import speaking
from roster.output.examined_roster import Examined
from roster.output.html.plan import plan_page
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load
from roster.scores import score
from tests.output.pages import duties_shown, sound

WORKDAYS = Days(workdays=True)
FOLDER = Path(__file__).parents[1] / "scenarios"
COUNTY, CITY, TERTIARY, GROUP, SEAT = (2, 3), (4, 6), (8, 15), (15, None), (5, 5)
TWO_SITES = (8, 8)
NET_HOURS = 34.4
"""A week of one person: 1984 h a year, less 10 days of leave, 40 h of sickness and 68 h of training."""


@dataclass(frozen=True)
class Answer:
    """
    What a scenario comes to.

    Parameters
    ----------
    in_house, vendor, seats
        Fewest people of one's own; vendor people and vendor seats beside them.
    recommended
        The range that its tier recommends, without upper end where it is open.
    outside
        Why the proven minimum does not lie in the range; empty where it does.
    """

    in_house: int
    recommended: tuple[int, int | None]
    vendor: int = 0
    seats: int = 0
    outside: str = ""


ANSWERS = {
    # Two weekday posts: 80 h of 34.4 h each.
    "county_hospital": Answer(3, COUNTY),
    # One weekday post: 40 h; nobody can be on call on all days.
    "county_two_people": Answer(2, COUNTY),
    # 168 h awake take 5, and the two engineers stay.
    "county_onsite_24x7": Answer(7, COUNTY, outside="2-3 people cannot hold a seat of 168 h a week on site"),
    # 152 h of weekday, security and weekend posts, everybody with two trades.
    "city_secondary": Answer(5, CITY),
    # 40 h of each of three trades take two people each; security one.
    "city_secondary_single_skill": Answer(
        7, CITY, outside="without a second trade each daily post takes two"
    ),
    # 360 h shared take 11; 40 h of an exclusive role take 2.
    "city_tertiary": Answer(13, TERTIARY),
    # The seat's 5, and remainders of each trade that nobody else can use.
    "tertiary_seat_inhouse": Answer(14, TERTIARY),
    # 208 h and 4 h of control in whole shifts by trade take 7; security 2.
    "tertiary_seat_outsourced": Answer(9, TERTIARY, seats=1),
    "tertiary_lean_no_ai_av": Answer(8, TERTIARY, seats=1),
    # 416 h take 13; security 2.
    "tertiary_full_ai_av": Answer(15, TERTIARY),
    # 168 h take 5 however long the shifts are.
    "tertiary_12h": Answer(14, TERTIARY),
    # 365 h of seat, operations, coordination and campuses beside 3 residents' 103 h take 11, with a rota of two weeks:
    # a resident works 4.3 shifts a week on average. 9 for 280 h; 3 for 80 h of security.
    "hospital_group": Answer(23, GROUP, vendor=3),
    "hospital_group_spring": Answer(23, GROUP, vendor=3),
    "hospital_group_outsourced": Answer(17, GROUP, vendor=5, seats=1),
    # 168 h of 34.4 h each; of 34.9 h each with European leave.
    "desk_24x7": Answer(5, SEAT),
    "desk_eu": Answer(5, SEAT),
    # Two sites of 84 and 91 h a week, 34.9 h each; days of 8 h and 12 h windows take a fourth person at either.
    "follow_the_sun": Answer(8, TWO_SITES),
}

every_scenario = pytest.mark.parametrize("name", ANSWERS)


def text_of(name: str) -> str:
    """Return a shipped scenario file as it is written."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def planned(name: str) -> tuple[Problem, Outcome]:
    """Return a shipped scenario and its answer."""
    problem = load(FOLDER / f"{name}.yaml")
    return problem, plan_headcount(problem, SolveOptions())


def test_every_shipped_scenario_has_its_expected_answer_here() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(ANSWERS)


@every_scenario
@pytest.mark.parametrize("language", ["en", "zh"])
def test_loads_without_faults_under_its_own_name(name: str, language: str) -> None:
    with speaking(language):
        problem = load(FOLDER / f"{name}.yaml")
    assert problem.name == name
    assert all(thing.title for thing in (*problem.posts, *problem.types, *problem.roles, *problem.shifts))
    assert all(staff.cost > 0 for staff in problem.types)


@every_scenario
def test_nights_are_answered_first_and_security_next_where_people_are_short(name: str) -> None:
    posts = load(FOLDER / f"{name}.yaml").posts
    urgent = {post.name for post in posts if post.level in (1, 2) or post.length == DAY}
    assert all((post.priority == 1) == (post.name in urgent) for post in posts if post.chain)
    assert {post.priority for post in posts if "security" in post.roles} <= {2}
    assert all(post.priority > 2 for post in posts if post.days == WORKDAYS and "security" not in post.roles)


@every_scenario
def test_takes_the_people_it_says_with_proof(name: str) -> None:
    expected = ANSWERS[name]
    _, outcome = planned(name)
    assert outcome.status is Status.OPTIMAL, outcome.reason
    assert outcome.plan is not None
    found = outcome.plan.headcount
    assert found.in_house == outcome.bound == expected.in_house
    assert found.vendor == expected.vendor
    assert sum(use.number for use in found.seats) == expected.seats
    assert outcome.proof.reason


@every_scenario
def test_passes_the_independent_check(name: str) -> None:
    problem, outcome = planned(name)
    plan = outcome.plan
    assert plan is not None
    assert check_rotation(problem, plan.rotations, plan.headcount.seats) == []
    assert check_roster(problem, plan.roster) == []


@every_scenario
def test_is_shown_whole_on_its_page(name: str) -> None:
    problem, outcome = planned(name)
    assert outcome.plan is not None
    roster = outcome.plan.roster
    root = sound(plan_page(problem, outcome, Examined(problem, roster, (), (), score(problem, roster))), "en")
    assert root.id("figure").attributes["value"] == str(ANSWERS[name].in_house)
    assert duties_shown(root) == sum(not duty.is_off for line in roster.duties for duty in line)
    lines = [line for table in root.all("table", "rota") for line in table.one("tbody").all("tr")]
    assert len(lines) == sum(len(rotation.lines) for rotation in outcome.plan.rotations)
    assert sum(rotation.people for rotation in outcome.plan.rotations) == outcome.plan.headcount.total
    assert outcome.proof.reason in root.text


@every_scenario
def test_absence_never_lowers_the_headcount(name: str) -> None:
    _, outcome = planned(name)
    steps = {rung.name: rung.headcount for rung in outcome.ladder if rung.status is Status.OPTIMAL}
    assert steps["net"] == ANSWERS[name].in_house
    assert steps.get("bare", 0) <= steps["net"]


@every_scenario
def test_lies_in_the_recommended_range_or_says_why_not(name: str) -> None:
    expected = ANSWERS[name]
    least, most = expected.recommended
    inside = least <= expected.in_house and (most is None or expected.in_house <= most)
    assert inside is not bool(expected.outside)


@every_scenario
def test_comments_state_the_range_and_the_proven_number(name: str) -> None:
    expected, text = ANSWERS[name], text_of(name)
    stated = re.search(r"^# .*证明(?:本院)? (\d+) 人", text, re.MULTILINE)
    assert stated
    assert int(stated[1]) == expected.in_house
    least, most = expected.recommended
    if expected.recommended not in (SEAT, TWO_SITES):
        assert (f"推荐 {least}–{most} 人" if most else f"推荐 {least} 人以上") in text
    assert ("超出推荐范围" in text or "做不到" in text) is bool(expected.outside)


def test_two_or_three_people_cannot_hold_a_seat_on_site() -> None:
    problem, outcome = planned("county_onsite_24x7")
    seat = problem.post["duty_seat"]
    hours = 7 * seat.length / 60
    assert hours / NET_HOURS > max(COUNTY)
    assert outcome.bound is not None
    assert outcome.bound > max(COUNTY)


@pytest.mark.parametrize(
    ("cheaper", "dearer"),
    [
        ("city_secondary", "city_secondary_single_skill"),
        ("city_tertiary", "tertiary_seat_inhouse"),
        ("tertiary_seat_outsourced", "city_tertiary"),
        ("tertiary_lean_no_ai_av", "tertiary_seat_outsourced"),
        ("city_tertiary", "tertiary_full_ai_av"),
        ("hospital_group_outsourced", "hospital_group"),
    ],
)
def test_second_trades_sharing_and_outsourcing_save_people(cheaper: str, dearer: str) -> None:
    few, many = planned(cheaper)[1].bound, planned(dearer)[1].bound
    assert few is not None
    assert many is not None
    assert few < many


def test_twelve_hour_shifts_save_nobody() -> None:
    assert planned("tertiary_12h")[1].bound == planned("tertiary_seat_inhouse")[1].bound


def test_spring_festival_drops_posts_and_says_so() -> None:
    problem, outcome = planned("hospital_group_spring")
    assert outcome.plan is not None
    holidays = {on.day for on in problem.dates.statutory if (on.year, on.month) == (2027, 2)}
    assert holidays == {5, 6, 7, 8}
    assert outcome.plan.repairs
    assert all(repair.why for repair in outcome.plan.repairs)
