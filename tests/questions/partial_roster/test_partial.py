"""Where not everything can be held: the best roster all the same, against a list of all, and in every format."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from roster.checker import check_roster, gaps_of
from roster.checker import coverage as cover_of
from roster.cli import main
from roster.domain import rules
from roster.domain.posts_and_seats import weights
from roster.domain.problem import Person, Pin, Problem, Seat
from roster.output.examined_roster import examine
from roster.output.words.gaps import empty_posts
from roster.questions.partial_roster.answer import PresentTeam, best_partial, team
from tests.small import MONDAY, ONE_WORKER, duty, post, roster, staff, world

QUICK = replace(ONE_WORKER, time_limit_s=10.0)
LIMITS = (rules.MinRest(minutes=11 * 60), rules.WorkBlock(longest=4), rules.MaxNights(nights=2))


def two(day: int, night: int, *, weekly: int = 40) -> Problem:
    """Two people, a day post and a night post of these priorities: no two can hold all of it."""
    return world(
        staff("a", "DN", *LIMITS, weekly_minutes=weekly * 60, net_minutes=weekly * 60),
        posts=(post("day", 8, 8, "a", priority=day), post("night", 22, 8, "a", priority=night)),
        people=(Person("Li", "a"), Person("Wang", "a")),
    )


@cache
def shapes(weekly: int) -> list[tuple[int, int]]:
    """Every week that one person may work, as the days and the nights that it has: a bit for each date."""
    problem, found = two(1, 1, weekly=weekly), set()
    for letters in product("-DN", repeat=7):
        if sum(letter != "-" for letter in letters) * 8 > weekly or "ND" in "".join(letters):
            continue  # too long, or 2 h of rest: spared a check for the sake of time
        week = tuple(duty(letter) for letter in letters)
        if not [one for one in check_roster(problem, roster(problem, [week])) if one.person is not None]:
            found.add(tuple(sum(1 << at for at, one in enumerate(letters) if one == each) for each in "DN"))
    return sorted(found)  # type: ignore[arg-type]


def empty_of(problem: Problem, pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[int, int]:
    """What stays empty of a week: weighed by priority, and in all."""
    weight = weights(problem.posts)
    (days, nights), (more_days, more_nights) = pair
    day, night = (480 * (7 - both.bit_count()) for both in (days | more_days, nights | more_nights))
    return weight["day"] * day + weight["night"] * night, day + night


@pytest.mark.parametrize(("day", "night", "weekly"), [(1, 1, 40), (2, 1, 40), (1, 2, 24)])
def test_no_roster_of_all_there_are_leaves_less_empty(day: int, night: int, weekly: int) -> None:
    problem = two(day, night, weekly=weekly)
    pairs = combinations_with_replacement(shapes(weekly), 2)
    weighed, least = (
        min(column) for column in zip(*(empty_of(problem, pair) for pair in pairs), strict=True)
    )
    found = best_partial(problem, PresentTeam(problem.people), QUICK)
    assert found is not None
    assert {one.rule for one in check_roster(problem, found.roster)} == {"post"}
    gaps = gaps_of(problem, cover_of(problem, found.roster))
    weight = weights(problem.posts)
    assert sum(gap.minutes * weight[gap.post] for gap in gaps) == weighed
    assert 0 < found.bound <= least
    assert found.proven
    if day == night:
        assert found.bound == least == sum(gap.minutes for gap in gaps)


def test_where_no_roster_keeps_the_rules_there_is_none() -> None:
    problem = two(1, 1)
    pins = (
        Pin("Li", "N", MONDAY, MONDAY),
        Pin("Li", "D", MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)),
    )
    assert best_partial(replace(problem, pins=pins), PresentTeam(problem.people), QUICK) is None


def test_a_seat_and_people_that_help_nothing_are_not_taken() -> None:
    seats = (Seat("desk", "day", 9, maximum=2), Seat("idle", "day", 9))
    problem = world(
        staff("a", "N", *LIMITS, weekly_minutes=24 * 60, net_minutes=24 * 60, maximum=2),
        staff("b", "D", *LIMITS, maximum=9),
        posts=(post("day", 8, 8, "b", vendor=True), post("night", 22, 8, "a")),
        seats=seats,
    )
    found = best_partial(problem, team(problem, {"a": 2, "b": 0}), QUICK)
    assert found is not None
    assert sum(use.number for use in found.roster.seats) == 1
    found = best_partial(problem, team(problem, {"a": 2, "b": 9}), QUICK)
    assert found is not None
    assert not found.roster.seats or len({one.type for one in found.roster.people}) == 1
    (gap,) = empty_posts(examine(problem, found.roster))
    assert gap.post.name == "night"


SCENARIO = """
name: two_nurses
calendar: {start: 2027-03-01, weeks: 1, time_zone: Asia/Shanghai}
employers: {h: {regime: cn_public_institution}}
roles: {op: {}}
shifts:
  D: {title: Day, start: 08:00, length: 8h}
  N: {title: Night, start: 22:00, length: 8h}
posts:
  desk: {title: The desk, role: op, window: 08:00-16:00, priority: 1}
  ward: {title: The ward, role: op, window: 22:00+8h, priority: 2}
staff_types:
  op: {title: Operator, skills: op}
people: {Li: op, Wang: op}
"""


def test_what_stays_empty_is_marked_in_every_format_and_read_back(tmp_path: Path) -> None:
    scenario, out = tmp_path / "s.yaml", tmp_path / "out"
    scenario.write_text(SCENARIO)

    def run(*args: object) -> str:
        result = CliRunner().invoke(main, ["--lang", "en", *map(str, args)])
        assert result.exit_code == 1, result.output
        return result.stdout

    document = json.loads(run("plan", scenario, "--out", out, "--json", "--time-limit", 10))
    assert document["status"] == "infeasible"
    assert document["explain"]
    partial = document["partial"]
    assert partial["other_violations"] == []
    gaps = [(gap["date"], one["post"]) for one in partial["empty"] for gap in one["gaps"]]
    assert gaps
    assert (
        sum(one["empty_minutes"] for one in partial["empty"]) == partial["empty_minutes"] == 480 * len(gaps)
    )
    assert partial["bound_minutes"] <= partial["empty_minutes"]
    with (out / "roster.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["type"] == "empty"]
    assert sorted((row["date"], row["posts"]) for row in rows) == sorted(gaps)
    assert not any(row["person"] for row in rows)
    posts = {post for _, post in gaps}
    grid = (out / "grid.csv").read_text(encoding="utf-8-sig")
    assert grid.count("8 h") == len(gaps)
    sheet = load_workbook(out / "roster.xlsx").worksheets[0]
    marked = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("∑ empty: ")]
    assert len(marked) == len(posts)
    assert [value for row in marked for value in row[2:] if value] == [8] * len(gaps)
    calendar = (out / "roster.ics").read_text(encoding="utf-8")
    assert calendar.count("SUMMARY:empty: ") == len(gaps)
    assert not list((out / "calendars").glob("*empty*"))
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count('<td class="gap">8</td>') == len(gaps)
    for name in ("roster.csv", "grid.csv", "roster.xlsx"):
        read = json.loads(run("check", scenario, out / name, "--json"))
        assert read["empty"] == partial["empty"]
        assert {one["rule"] for one in read["violations"]} == {"post"}
    terminal = run("plan", scenario, "--time-limit", 10)
    assert "The best that can be done" in terminal
    assert "Every rule holds; only posts stay empty" in terminal
