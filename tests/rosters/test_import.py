"""What exists elsewhere goes in: leave, a first scenario, a roster judged."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from roster.domain.problem import Problem
from roster.errors import Faults, FileFault, InputError
from roster.output.examined_roster import examine
from roster.rosters.draft import draft
from roster.rosters.files import read_roster
from roster.rosters.leave_table import leave_fragment, read_leave
from roster.scenario import load
from tests.cli.conftest import Run, run
from tests.rosters import sheets

__all__ = ["run"]

TODAY = date(2026, 8, 20)
SCENARIO = """name: ward
calendar: {start: 2026-09-01, weeks: 4}
employers: {h: {regime: cn_comprehensive}}
roles: {op: {}}
shifts:
  D: {start: 08:00, length: 12h}
  N: {start: 20:00, length: 12h}
posts:
  seat: {role: op, window: 08:00+24h}
staff_types: {op: {skills: op}}
people: {张伟: {type: op, leave: [2026-09-02], no_nights: 2026-09-20}, 李娜: op, Seán O'Connor: op, Ann: op, Bob: op}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    (tmp_path / "my.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path / "my.yaml"


@pytest.fixture
def problem(scenario: Path) -> Problem:
    return load(scenario)


LEAVE = [
    ["HR export", "", ""],
    ["姓名", "开始日期", "结束日期", "请假类型", "天数"],
    ["张 伟", "2026/9/3", "2026-09-05", "年休", "3"],
    ["O'Connor, Seán", "2026年9月10日", "", "病假", "0.5"],
    [],
]


def test_leave_out_of_a_table_becomes_a_scenario_that_loads(tmp_path: Path, problem: Problem) -> None:
    for path in (
        sheets.text(tmp_path / "l.csv", LEAVE, "gb18030", ";"),
        sheets.book(tmp_path / "l.xlsx", LEAVE),
    ):
        found = read_leave(problem, path)
        assert "1 half days" in found.remarks[0]
        (tmp_path / "leave.yaml").write_text(
            leave_fragment(problem, found.leave, "my.yaml"), encoding="utf-8"
        )
        again = load(tmp_path / "leave.yaml").restrictions
        away = {(one.person, one.first.day, one.last.day) for one in again if one.ban == "leave"}
        # What the scenario had stays, and what follows on it is one stretch.
        assert away == {("张伟", 2, 5), ("Seán O'Connor", 10, 10)}
        assert any(one.ban == "no_nights" for one in again)


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//
BEGIN:VEVENT
UID:1
DTSTAMP:20260801T000000Z
SUMMARY:{summary}
DTSTART;VALUE=DATE:20260903
DTEND;VALUE=DATE:20260905
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("summary", ["李娜 - annual leave", "年休（李娜）", "李娜", "AL: 李娜"])
def test_leave_out_of_a_calendar(tmp_path: Path, problem: Problem, summary: str) -> None:
    (tmp_path / "l.ics").write_text(CALENDAR.replace("{summary}", summary), encoding="utf-8")
    (one,) = read_leave(problem, tmp_path / "l.ics").leave
    assert (one.person, one.first, one.last) == ("李娜", date(2026, 9, 3), date(2026, 9, 4))


def test_an_entry_of_one_day_that_ends_where_it_starts_is_that_day(tmp_path: Path, problem: Problem) -> None:
    text = CALENDAR.replace("{summary}", "李娜").replace("20260905", "20260903")
    (tmp_path / "l.ics").write_text(text, encoding="utf-8")
    (one,) = read_leave(problem, tmp_path / "l.ics").leave
    assert (one.first, one.last) == (date(2026, 9, 3), date(2026, 9, 3))


@pytest.mark.parametrize(
    ("times", "says"),
    [
        (("VALUE=DATE:20260903", "VALUE=DATE:20260901"), "from 2026-09-03 00:00 to 2026-09-01 00:00"),
        (("VALUE=DATE-TIME:20260903T220000", "VALUE=DATE-TIME:20260903T060000"), "2026-09-03 06:00"),
    ],
)
def test_an_entry_that_ends_before_it_starts_is_a_fault_and_not_lost(
    tmp_path: Path, problem: Problem, times: tuple[str, str], says: str
) -> None:
    text = CALENDAR.replace("{summary}", "李娜")
    for old, new in zip(("VALUE=DATE:20260903", "VALUE=DATE:20260905"), times, strict=True):
        text = text.replace(old, new)
    (tmp_path / "l.ics").write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as caught:
        read_leave(problem, tmp_path / "l.ics")
    (fault,) = caught.value.faults
    assert fault.key == "李娜"
    assert says in fault.message


def test_leave_that_cannot_be_names_its_cell(tmp_path: Path, problem: Problem) -> None:
    rows = [LEAVE[1], ["Annn", "2026-09-01"], ["Ann", "soon"], ["Bob", "2026-09-05", "2026-09-01"]]
    with pytest.raises(Faults) as caught:
        read_leave(problem, sheets.text(tmp_path / "l.csv", rows))
    message = str(caught.value)
    for words in ("l.csv!A2: 'Annn'", "did you mean 'Ann'", "l.csv!B3: 'soon' is not a date", "l.csv!C4: "):
        assert words in message
    with pytest.raises(FileFault, match="has no columns person, from and to"):
        read_leave(problem, sheets.text(tmp_path / "l.csv", [["a", "b"], ["c", "d"]]))


def roster_rows(first: str = "9月1日") -> list[list[sheets.Cell]]:
    lines = ("DDNN------" * 3, "--DDNN----" * 3, "----DDNN--" * 3, "------DDNN" * 3, "NN------DD" * 3)
    head: list[sheets.Cell] = ["姓名", *(f"9月{day}日" for day in range(1, 29))]
    names = ("张伟", "李娜", "O'Connor, Seán", "Ann", "Bob")
    rows: list[list[sheets.Cell]] = [["信息科2026年9月值班表"], head]
    rows += [
        [name, *(sign.replace("-", "休") for sign in line[:28])]
        for name, line in zip(names, lines, strict=True)
    ]
    return [*rows, [], ["备注：D 08:00-20:00，N 20:00-08:00，休=休息"], ["合计", *[2] * 28]]


def test_a_draft_has_the_rosters_people_times_and_cover(tmp_path: Path) -> None:
    path = sheets.book(tmp_path / "own.xlsx", roster_rows())
    text = draft(path, None, TODAY)
    assert text.startswith("# DRAFT made from own.xlsx")
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    problem = load(tmp_path / "draft.yaml")
    assert [person.name for person in problem.people] == ["张伟", "李娜", "Seán O'Connor", "Ann", "Bob"]
    assert {(s.name, s.start, s.length) for s in problem.shifts} == {("D", 480, 720), ("N", 1200, 720)}
    assert {(post.name, post.people) for post in problem.posts} == {("D", 1), ("N", 1)}
    found = examine(problem, read_roster(problem, path))
    assert not [one for one in found.violations if one.rule == "post"]


def test_letters_without_times_and_rare_ones_are_marked(tmp_path: Path) -> None:
    rows = roster_rows()[:-2]
    rows[2][1], rows[2][2], rows[3][1] = "学习", "年休", "a b"
    text = draft(sheets.book(tmp_path / "own.xlsx", rows), None, TODAY)
    assert text.count("← set start and length") == 4
    assert text.count("← seen 1 times only") == 2
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    problem = load(tmp_path / "draft.yaml")
    assert "年休" not in problem.shift
    assert read_roster(problem, tmp_path / "own.xlsx").duties[1][0].name == "a_b"


def test_a_draft_asks_for_the_month_where_nothing_says_it(tmp_path: Path) -> None:
    rows = [["姓名", *range(1, 29)], ["张伟", *"DDNN", *[""] * 24]]
    path = sheets.book(tmp_path / "own.xlsx", rows)
    with pytest.raises(Faults, match="name the month with --month"):
        draft(path, None, TODAY)
    assert "start: 2026-02-01" in draft(path, (2026, 2), TODAY)
    with pytest.raises(InputError, match="neither the columns"):
        draft(sheets.text(tmp_path / "a.csv", [["a"], ["b"]]), None, TODAY)


def test_a_roster_is_imported_written_and_judged(run: Run, tmp_path: Path, scenario: Path) -> None:
    path = sheets.book(tmp_path / "own.xlsx", roster_rows())
    result = run("import", path, "--as", "roster", "--scenario", scenario, "--out", tmp_path / "r.csv")
    assert result.exit_code == 1, result.output
    assert result.stdout.startswith("56 duties of 5 people read; 1 rule broken.")
    again = run("check", scenario, tmp_path / "r.csv", "--json")
    document = json.loads(run("import", path, "--as", "roster", "--scenario", scenario, "--json").stdout)
    assert document["violations"] == json.loads(again.stdout)["violations"]
    assert "合计" in document["remarks"][0]


def test_init_makes_a_draft_and_says_what_it_needs(run: Run, tmp_path: Path) -> None:
    path = sheets.book(tmp_path / "own.xlsx", roster_rows())
    assert run("init", "--from", path, tmp_path / "my.yaml").exit_code == 0
    assert load(tmp_path / "my.yaml").people
    result = run("init", tmp_path / "other.yaml")
    assert result.exit_code == 2
    assert "--from" in result.output
