"""Numbers of people on single dates, and best numbers: what they make of a post, and how calendars are held to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from operator import attrgetter
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.horizon import calendar, ring
from roster.domain.outcome import SeatUse, SolveOptions
from roster.domain.posts_and_seats import DAILY, Days
from roster.domain.problem import Problem
from roster.penalties import empty_hard, terms
from roster.proof import fingerprint
from roster.questions.calendar import best_calendar, skeleton
from roster.rosters.rows import roster_rows
from tests.scenario.helpers import changed, faults, loaded
from tests.small import roster, word

PLAIN = """
name: desk
calendar: {start: 2027-03-01, weeks: 1}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts:
  day: {role: nurse, window: 08:00-16:00%s}
staff_types: {nurse: {skills: nurse}}
people: {Ann: nurse, Bob: nurse, Cid: nurse}
absence: gross
quality: {free_weekends: off, single_days_off: off, single_days_on: off, even_weeks: off}
rules: {work_block: off, weekly_rest: off}
fairness: []
"""
ON = ", on: [{dates: [2027-03-03, 2027-03-06..2027-03-07], people: 2}, {dates: 2027-03-05, people: 0}]"


def made(folder: Path, more: str) -> Problem:
    return loaded(folder, PLAIN % more)


def test_dates_with_another_number_are_a_post_of_their_own(tmp_path: Path) -> None:
    usual, special = made(tmp_path, ON).posts
    dates = frozenset(date(2027, 3, day) for day in (3, 6, 7))
    assert (usual.name, usual.people, usual.days.but) == ("day", 1, dates | {date(2027, 3, 5)})
    assert (special.name, special.people, special.days) == ("day@2027-03-03", 2, Days(dates=dates))
    assert special.title == "day, 2027-03-03, 2027-03-06..2027-03-07"


def test_a_rota_knows_ordinary_weeks_alone(tmp_path: Path) -> None:
    problem, plain = made(tmp_path, ON), made(tmp_path, "")
    usual, special = problem.posts
    on_dates = calendar(problem.dates)
    assert [on_dates.needs(usual.days, day) for day in range(7)] == [
        True,
        True,
        False,
        True,
        False,
        False,
        False,
    ]
    assert [on_dates.needs(special.days, day) for day in range(7)] == [
        False,
        False,
        True,
        False,
        False,
        True,
        True,
    ]
    week = ring()
    assert all(week.needs(usual.days, day) and not week.needs(special.days, day) for day in range(7))
    assert fingerprint(problem) == fingerprint(plain), "the headcount is the same"
    assert any("day want other numbers" in note for note in problem.notes)
    assert not any("want other numbers" in note for note in plain.notes)


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (("DDD----", "--D--DD", "---D-DD"), None),
        (
            ("DDD----", "---D-DD", "-----DD"),
            "day, 2027-03-03, 2027-03-06..2027-03-07 (level 1) has 1 of 2 people on Wed 2027-03-03",
        ),
        (("DDD----", "--D--DD", "-----DD"), "day (level 1) has 0 of 1 person on Thu 2027-03-04"),
    ],
)
def test_the_check_wants_as_many_as_the_date_says(
    tmp_path: Path, lines: tuple[str, ...], missing: str | None
) -> None:
    problem = made(tmp_path, ON)
    broken = check_roster(problem, roster(problem, [word(line) for line in lines]))
    assert len(broken) == (missing is not None), broken
    assert missing is None or missing in broken[0].sentence


def test_below_the_best_each_person_missing_costs_and_above_it_each_too_many(tmp_path: Path) -> None:
    problem = made(tmp_path, ", best: 2, best_price: 5, over_price: 3")
    least, more = problem.posts
    assert (least.people, least.hard, least.beside, least.days) == (1, True, 1, DAILY)
    assert (more.name, more.people, more.hard, more.price, more.title) == (
        "day+",
        1,
        False,
        5,
        "day, up to 2",
    )
    given = roster(problem, [word("DDDDDDD"), word("-DDD---"), word("--D----")])
    assert not [one for one in check_roster(problem, given) if one.person is None]
    found = {(term.kind, term.what): (term.number, term.points) for term in terms(problem, given)}
    assert found["empty", "day+"] == (4 * 480, 4 * 8 * 5)
    assert found["over", "day"] == (480, 8 * 3)
    assert ("empty", "day") not in found


def test_single_dates_may_have_a_best_number_of_their_own(tmp_path: Path) -> None:
    problem = made(
        tmp_path, ", best: 2, on: [{dates: 2027-03-06, people: 1, best: 3}, {dates: 2027-03-07, people: 2}]"
    )
    numbers = [(post.name, post.people, post.beside) for post in problem.posts]
    assert numbers == [
        ("day", 1, 1),
        ("day+", 1, 0),
        ("day@2027-03-06", 1, 2),
        ("day@2027-03-06+", 2, 0),
        ("day@2027-03-07", 2, 0),
    ]


def test_several_faults_of_one_list_are_told_once_each_and_nothing_else(tmp_path: Path) -> None:
    text = changed(
        "hard: false, price: 40",
        "on: [{people: 1}, {dates: 2026-09-15, people: -1}, {dates: soon, people: 1}, {dates: []}]",
    )
    told = [key for _, key, _ in faults(tmp_path, text)]
    assert set(told) == {
        f"posts.guard.on[{at}].{key}"
        for at, key in ((0, "dates"), (1, "people"), (2, "dates"), (3, "dates"), (3, "people"))
    }
    assert len(told) == 5


@pytest.mark.parametrize("people", [True, False])
def test_what_only_calendars_of_named_people_know_is_said_where_nobody_has_a_name(
    tmp_path: Path, people: bool
) -> None:
    text = PLAIN % ", over_price: 3" + "rotation: {likeness: 5}\n"
    problem = loaded(tmp_path, text if people else text.replace("people: {", "letters: {}\n# {"))
    said = [note for note in problem.notes if "posts.day.over_price, rotation.likeness" in note]
    assert len(said) == (not people)


def test_a_vendor_seat_fills_its_place_on_single_dates_too(tmp_path: Path) -> None:
    """Every roster of two people, beside a seat on working days and without: the best of them is the one found."""
    more = ", vendor: true" + ON
    text = (PLAIN % more).replace("employers: {", "employers: {firm: {regime: eu_directive, vendor: true}, ")
    text = text.replace("Bob: nurse, Cid: nurse", "Bob: nurse").replace("weeks: 1", "days: 5")
    text = text.replace("{skills: nurse}", "{skills: nurse, employer: ward}").replace(
        "people: 2}", "people: 3}"
    )
    seats = "vendor_seats: {guard: {post: day, cost: 100, days: weekdays, employer: firm}}\n"
    problem = loaded(tmp_path, text + seats)
    assert problem.seats[0].posts == ("day", "day@2027-03-03")
    empty = skeleton(problem)
    lines = list(product(word("-D"), repeat=5))
    found = {}
    for number in (0, 1):
        first = replace(empty, seats=(SeatUse("guard", number),) if number else ())
        every = (replace(first, duties=pair) for pair in product(lines, repeat=2))
        lawful = (one for one in every if all(each.person is None for each in check_roster(problem, one)))
        least = min(
            (empty_hard(problem, one), sum(map(attrgetter("parts"), terms(problem, one)))) for one in lawful
        )
        answer = best_calendar(problem, SolveOptions(time_limit_s=20.0, workers=1), None, first)
        assert answer.roster is not None
        found[number] = answer.empty_minutes
        assert (answer.empty_minutes, sum(term.parts for term in answer.terms)) == least
        days = {row["date"] for row in roster_rows(problem, answer.roster) if row["duty"] == "guard"}
        assert len(days) == 4 * number
        assert ("2027-03-03" in days) is bool(number)
        assert "2027-03-05" not in days
    assert found == {0: 480, 1: 0}
