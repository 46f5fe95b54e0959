"""A post with a demand curve asks, at every minute of every kind of day, for just the people of the curve."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.horizon import DayKind, calendar
from roster.domain.problem import DAY, Problem
from roster.errors import Faults
from roster.scenario import load

HEAD = """
name: curve
calendar: {{start: 2026-09-28, weeks: 3, country: CN}}
employers: {{own: {{regime: cn_enterprise_standard}}}}
roles: {{ops: {{}}, other: {{}}}}
shifts: {{A: {{start: 00:00, length: 8h}}, B: {{start: 08:00, length: 8h}}, C: {{start: 16:00, length: 8h}}}}
posts:
  desk: {{role: ops, demand: {demand}}}
  late: {{role: other, days: [ordinary_weekends, holidays], window: 08:00-16:00}}
staff_types: {{all: {{skills: [ops, other]}}}}
"""


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reader(demand: str) -> Problem:
        (tmp_path / "s.yaml").write_text(HEAD.format(demand=demand), encoding="utf-8")
        return load(tmp_path / "s.yaml", held=False)

    return reader


def wanted(problem: Problem, day: int, minute: int) -> int:
    """People wanted on a day, by its own windows and those of the day before that cross midnight."""
    days = calendar(problem.dates)
    return sum(
        post.people
        for post in problem.posts
        if "ops" in post.roles
        for back in (0, 1)
        if day - back >= 0
        and days.needs(post.days, day - back)
        and post.start <= minute + back * DAY < post.end
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_minute_asks_for_the_curve(read, seed: int) -> None:  # type: ignore[no-untyped-def]
    """Three weeks with made-up working days, public holidays in the week and at weekends, random curves."""
    draw = random.Random(seed)
    kinds = ("weekdays", "weekends", "holidays")
    numbers = {kind: [draw.choice((0, 0, 1, 2, 3)) for _ in range(24)] for kind in kinds}
    numbers["weekdays"][9] += 1
    more = [draw.choice((0, 1, 4)) for _ in range(24)] if seed % 2 else None
    text = ", ".join(f"{kind}: {values}" for kind, values in numbers.items())
    problem = read(f"{{{text}{f', mon: {more}' if more else ''}}}")
    days = calendar(problem.dates)
    words = {DayKind.WORKDAY: "weekdays", DayKind.RESTDAY: "weekends", DayKind.HOLIDAY: "holidays"}
    assert {days.kind(day) for day in range(days.days)} == set(words)
    for day in range(days.days):
        monday = more and days.weekday(day) == 0 and days.kind(day) is not DayKind.HOLIDAY
        for hour in range(24):
            number = numbers[words[days.kind(day)]][hour]
            number = max(number, more[hour]) if monday and more else number
            for minute in (0, 59):
                assert wanted(problem, day, 60 * hour + minute) == number, (days.on(day), hour)


def test_windows_files_and_single_numbers_say_the_same(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = [(kind, hour, people) for kind, people in (("workday", 3), ("restday", 1)) for hour in range(24)]
    lines = [f"{kind},{hour},{people if 8 <= hour < 18 else 1},ops" for kind, hour, people in rows]
    lines += [f"workday,{hour},9,else" for hour in range(24)]
    (tmp_path / "d.csv").write_text("\n".join(["kind,hour,people,role", *lines]), encoding="utf-8")
    by_file = read("d.csv").posts
    by_window = read("{weekdays: {08:00-18:00: 3, 18:00-08:00: 1}, weekends: 1}").posts
    by_hour = read(f"{{daily: 1, weekdays: {[3 if 8 <= hour < 18 else 1 for hour in range(24)]}}}").posts
    assert by_file == by_window == by_hour
    assert [(post.name, post.people, post.start, post.length) for post in by_file[:-1]] == [
        ("desk-1", 1, 0, 1440),
        ("desk-2", 2, 480, 600),
    ]
    assert read("{daily: 2}").posts[0].name == "desk"


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        ("7", r"line 8  posts.desk.demand: 7 is no demand curve"),
        ("{weekday: 2}", r"posts.desk.demand.weekday: .*weekday is no kind of day.*did you mean 'weekdays'"),
        ("{daily: [1, 2]}", r"a day has 24 hours, this list 2 numbers"),
        ("{daily: {08:00-12:00: 1, 11:00-13:00: 2}}", r"11:00-13:00: 11:00 stands in another window"),
        ("{daily: {08:00-12:00: many}}", r"many is no number of people"),
        ("{daily: {8-12: 1}}", r"posts.desk.demand.daily.8-12"),
        ("{daily: 0}", r"asks for nobody"),
        ("none.csv", r"none.csv"),
        ("../d.csv", r"posts.desk.demand"),
        ("{daily: 1}, people: 2", r"posts.desk.people: a post with demand says people by it"),
        ("{daily: 1}, lode: 2", r"line 8  posts.desk.lode"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(read, demand: str, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Faults, match=said) as fault:
        read(demand)
    assert len(fault.value.faults) == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["kind,time", "workday,1"], "no columns kind, hour and people"),
        (["kind,hour,people", "workday,24,1"], "line 2: a row says"),
        (["kind,hour,people", "workday,1,1", "workday,1,2"], "line 3: weekdays 1:00 stands there twice"),
        (["kind,hour,people", "workday,1,1"], "weekdays has 1 of 24 hours"),
    ],
)
def test_a_wrong_table_is_told(read, tmp_path: Path, rows: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "d.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(Faults, match=said):
        read("d.csv")


def test_engine_and_checker_hold_a_curve(read) -> None:  # type: ignore[no-untyped-def]
    """The roster planned keeps the curve; with one duty less, the checker names the hour that is short."""
    from dataclasses import replace

    from roster.domain.outcome import SolveOptions
    from roster.domain.problem import OFF
    from roster.questions.plan.answer import plan_headcount

    problem = read("{weekdays: {08:00-16:00: 2}, weekends: {08:00-16:00: 1}}")
    outcome = plan_headcount(problem, SolveOptions(20, 8, 1))
    assert outcome.plan is not None
    roster = outcome.plan.roster
    assert not list(check_roster(problem, roster))
    on = next(day for day in range(7) if roster.horizon.kind(day) is DayKind.WORKDAY)
    who = next(at for at, days in enumerate(roster.duties) if days[on].works)
    row = [*roster.duties[who][:on], OFF, *roster.duties[who][on + 1 :]]
    worse = replace(
        roster, duties=tuple(tuple(row) if at == who else days for at, days in enumerate(roster.duties))
    )
    found = list(check_roster(problem, worse))
    assert found
    assert roster.horizon.on(on) == problem.dates.start + timedelta(days=on)
