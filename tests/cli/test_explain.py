"""`roster explain` on the command line: exit codes, the document, places in files, both languages, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.cli import main
from roster.questions.conflict import find as conflict
from roster.questions.explain import answer as explain
from tests.cli.conftest import Run

DESK = """\
name: desk
calendar: {start: 2027-03-01, weeks: 2}
employers: {clinic: {title: Clinic, regime: cn_public_institution}}
roles: {watch: {title: Watch}, data: {title: Data}}
shifts:
  D: {start: 08:00, length: 8h}
posts:
  seat: {title: Seat, role: watch, days: weekdays, window: 08:00-16:00}
staff_types:
  guard: {title: Guards, skills: watch, cost: 9000}
"""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "SECONDS", 100.0)
    monkeypatch.setattr(conflict, "EACH_SECONDS", 50.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, DESK)


def written(folder: Path, text: str) -> Path:
    path = folder / "desk.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_too_few_people_exit_1_with_the_conflict_and_where_it_stands(run: Run, file: Path) -> None:
    result = run("explain", file, "--headcount", "1", "--json")
    assert result.exit_code == 1, result.output
    document = json.loads(result.stdout)
    assert document["status"] == "infeasible"
    places = {one["kind"]: one["where"] for one in document["conflict"]}
    assert places == {
        "people": "--headcount 1",
        "hours": "regimes/cn_public_institution.yaml:4",
        "post": f"{file}:8",
    }
    assert all(one["needed"] for one in document["conflict"])
    assert document["minimal"] is True
    assert "40 h a week" in document["arithmetic"][0]
    assert {way["kind"] for way in document["ways_out"]} >= {"hire", "soft"}
    hired = next(way for way in document["ways_out"] if way["kind"] == "hire")
    assert (hired["cost"], hired["headcount"]) == (9000, 2)


def test_what_can_be_held_exits_0_and_says_why_not_fewer(run: Run, file: Path) -> None:
    result = run("explain", file)
    assert result.exit_code == 0, result.output
    assert "2 people are the proven minimum" in result.stdout
    assert "Why not 1?" in result.stdout
    assert "What binds" in result.stdout


def test_numbers_by_type_are_named_as_given(run: Run, file: Path) -> None:
    document = json.loads(run("explain", file, "--by-type", "guard=1", "--json").stdout)
    assert "--by-type guard=1" in {one["where"] for one in document["conflict"]}


def test_a_post_that_nobody_can_hold_is_explained_and_not_refused(run: Run, tmp_path: Path) -> None:
    bad = written(tmp_path, DESK.replace("role: watch", "role: data"))
    assert run("plan", bad).exit_code == 2
    result = run("explain", bad)
    assert result.exit_code == 1, result.output
    assert "Seat needs Data, and nobody can do that." in " ".join(result.stdout.split())
    assert f"{bad}:4" in "".join(result.stdout.split())


def test_an_impossible_plan_explains_itself(run: Run, tmp_path: Path) -> None:
    bad = written(tmp_path, DESK.replace("cost: 9000", "cost: 9000, count: 1"))
    result = run("plan", bad)
    assert result.exit_code == 1, result.output
    assert "What cannot hold together" in result.stdout
    assert "Guards: at most 1 person." in result.stdout
    document = json.loads(run("plan", bad, "--json").stdout)
    assert {"conflict", "arithmetic", "ways_out"} <= set(document["explain"])
    assert document["proof"]["kind"] == "arithmetic"


def test_leave_of_everybody_is_explained(run: Run, tmp_path: Path) -> None:
    named = written(tmp_path, DESK + "people: {Li: guard, Wang: guard}\n")
    assert run("plan", named, "--out", tmp_path / "out").exit_code == 0
    leaves = [f"--leave={name}:2027-03-02..2027-03-03" for name in ("Li", "Wang")]
    result = run("explain", named, "--roster", tmp_path / "out" / "roster.csv", *leaves, "--json")
    assert result.exit_code == 1, result.output
    document = json.loads(result.stdout)
    assert document["about"] == "leave"
    assert sorted(one["kind"] for one in document["conflict"]) == ["leave", "leave", "post"]
    can = run("explain", named, "--roster", tmp_path / "out" / "roster.csv", leaves[0], "--quiet")
    assert (can.exit_code, can.stdout[:25]) == (0, "This leave can be covered")


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--by-type", "guards=1"), "did you mean 'guard'?"),
        (("--by-type", "guard"), "not of the form TYPE=NUMBER"),
        (("--leave", "Li:2027-03-02"), "--roster and --leave go together"),
    ],
)
def test_bad_input_is_one_clear_message(run: Run, file: Path, flags: tuple[str, ...], words: str) -> None:
    result = run("explain", file, *flags)
    assert result.exit_code == 2
    assert words in result.stderr


def test_chinese_is_spoken_throughout(file: Path) -> None:
    result = CliRunner().invoke(main, ["--lang", "zh", "explain", str(file), "--headcount", "1"])
    assert "缺一不可" in result.stdout
    assert "增加 1 人" in result.stdout
    for word in ("people", "week", "hold", "person"):
        assert word not in result.stdout


def test_leave_that_cannot_be_covered_explains_itself(run: Run, tmp_path: Path) -> None:
    named = written(tmp_path, DESK + "people: {Li: guard, Wang: guard}\n")
    assert run("plan", named, "--out", tmp_path / "out").exit_code == 0
    leaves = [f"--leave={name}:2027-03-02..2027-03-03" for name in ("Li", "Wang")]
    asked = ("what-if", named, tmp_path / "out" / "roster.csv", *leaves)
    result = run(*asked, "--out", tmp_path / "no")
    assert result.exit_code == 1, result.output
    assert result.stdout.count("Ways out") == 1
    said = " ".join(result.stdout.split())
    assert "On 2027-03-02, Seat needs 1 of the 2 people who can hold it. Away: Li, Wang. Left: 0." in said
    assert "What cannot hold together" in said
    document = json.loads((tmp_path / "no" / "what-if.json").read_text(encoding="utf-8"))
    assert sorted(one["kind"] for one in document["explain"]["conflict"]) == ["leave", "leave", "post"]
    assert document["explain"]["minimal"] is True
    page = (tmp_path / "no" / "report.html").read_text(encoding="utf-8")
    assert "What cannot hold together" in page
    assert "Left: 0." in page
    assert "explain" not in json.loads(run(*asked[:-1], "--json").stdout)


@pytest.mark.parametrize(
    ("crowd", "where"),
    [
        (("--headcount", "1"), "--headcount 1"),
        (("--by-type", "guard=1"), "--by-type guard=1"),
        (("--people", "Li"), "--people Li"),
        ((), "{file}:11"),
    ],
)
def test_a_service_in_part_explains_itself(
    run: Run, tmp_path: Path, crowd: tuple[str, ...], where: str
) -> None:
    named = written(tmp_path, DESK + "people: {Li: guard}\n")
    document = json.loads(run("service", named, *crowd, "--json").stdout)
    people = [one for one in document["explain"]["conflict"] if one["kind"] == "people"]
    assert [one["where"] for one in people] == [where.format(file=named)]
    assert "short by" in document["explain"]["arithmetic"][0]


def test_a_service_held_in_full_explains_nothing(run: Run, file: Path) -> None:
    assert "explain" not in json.loads(run("service", file, "--headcount", "2", "--json").stdout)
    assert "What cannot hold together" in run("service", file, "--headcount", "1").stdout


def test_the_page_of_an_impossible_plan_says_why_and_what_would_help(run: Run, tmp_path: Path) -> None:
    bad = written(tmp_path, DESK.replace("cost: 9000", "cost: 9000, count: 1"))
    assert run("plan", bad, "--out", tmp_path / "no", "--quiet").exit_code == 1
    page = (tmp_path / "no" / "report.html").read_text(encoding="utf-8")
    assert "Guards: at most 1 person." in page
    assert f"{bad}:10" in page
    assert "Ways out" in page
    assert "CNY 9,000 a month" in page


def test_the_minimum_is_that_of_every_rota_where_one_of_some_length_is_wished_for(
    run: Run, tmp_path: Path
) -> None:
    """A seat in turns of four on and four off: two people hold it; eight if each week must be like the last."""
    seat = """\
name: depot
calendar: {start: 2027-01-04, weeks: 2}
employers: {firm: {regime: eu_directive}}
roles: {driver: {}}
shifts:
  D: {start: 06:00, length: 12h}
posts: {seat: {role: driver, window: 06:00-18:00}}
staff_types: {driver: {skills: driver, weekly_hours: 42, count: {max: 9}}}
absence: gross
rules: {weekly_rest: off, work_block: {shortest: 4, longest: 4}, off_block: {shortest: 4, longest: 4}}
rotation: {weeks: 1}
"""
    for more in ([], ["--headcount", "3"]):
        said = run("explain", str(written(tmp_path, seat)), *more, "--quiet").output
        assert "It can be held: 2 people are the proven minimum. That is of rotas of any length" in said
