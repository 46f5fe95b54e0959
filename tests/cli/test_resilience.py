"""`roster resilience` on the command line: verdict, exit codes, documents, files, and everything that is bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import roster.scenario
from roster.domain.problem import Person, Problem
from roster.questions.resilience.answer import ResilienceRequest, State
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.small import duty, post, staff, word, world
from tests.small import roster as drawn

TEAM = world(
    staff("a", "D"),
    staff("b", "D"),
    posts=(post("left", 8, 8, "a"), post("right", 8, 8, "b")),
    people=(Person("Li", "a"), Person("Zhao", "b"), Person("Wang", "a")),
)
LAWFUL = drawn(TEAM, [word("D-D-D--"), word("DDDDDDD"), word("-D-D-DD")]).duties
HERE = ("--workers", "1")


@pytest.fixture
def problem(monkeypatch: pytest.MonkeyPatch) -> Problem:
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: TEAM)
    return TEAM


@pytest.fixture
def csv_file(problem: Problem, tmp_path: Path) -> Path:
    write_roster(problem, drawn(problem, LAWFUL), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


def test_a_roster_that_breaks_exits_1_with_the_verdict_first(run: Run, csv_file: Path) -> None:
    result = run("resilience", "a.yaml", csv_file, "--days", "1,2", *HERE)
    assert result.exit_code == 1, result.output
    assert result.stdout.splitlines()[2].strip() == (
        "Does not survive every single absence: 13 of 39 cases break."
    )
    assert "Teach b to one of a" in result.stdout


def test_the_document_has_its_keys(run: Run, csv_file: Path) -> None:
    document = json.loads(run("resilience", "a.yaml", csv_file, "--days", "1,2", *HERE, "--json").stdout)
    assert {"survives", "cases", "broken", "map", "cross_training", "single_points", "calendar"} <= set(
        document
    )
    assert (document["survives"], document["cases"], len(document["broken"])) == (False, 39, 13)
    first = document["broken"][0]
    assert (first["people"], first["from"], first["to"], first["post"]) == (
        ["Zhao"],
        "2027-03-01",
        "2027-03-01",
        "right",
    )
    assert first["empty"] == [{"post": "right", "date": "2027-03-01", "start": 480, "end": 960, "people": 1}]
    assert document["calendar"][0] == {
        "date": "2027-03-01",
        "can_be_away": 2,
        "needed": ["Zhao"],
        "undecided": [],
    }
    assert document["cross_training"][0]["gone"] == 13


def test_files_are_written_and_what_was_kept_is_gone(run: Run, csv_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("resilience", "a.yaml", csv_file, "--days", "1,2", *HERE, "--out", out).exit_code == 1
    assert {file.name for file in out.iterdir()} == {
        "cases.csv",
        "map.csv",
        "days.csv",
        "report.html",
        "resilience.json",
    }
    cases, weeks, days = (
        list(csv.DictReader((out / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()))
        for name in ("cases", "map", "days")
    )
    assert len(cases) == 39
    assert cases[0]["result"] == "survives"
    assert cases[0]["changes"] == cases[0]["bound"] == "1"
    assert {row["posts"] for row in cases if row["result"] == "breaks"} == {"right"}
    assert [(row["person"], row["2027-03-01"]) for row in weeks] == [
        ("Li", "1"),
        ("Zhao", "1d!"),
        ("Wang", "2"),
    ]
    assert [row["can_be_away"] for row in days] == ["2"] * 7


def test_without_open_cases_the_verdict_is_one_line(run: Run, csv_file: Path) -> None:
    result = run("resilience", "a.yaml", csv_file, "--days", "1", "--absences", "2", *HERE, "--quiet")
    assert result.exit_code == 1
    assert result.stdout == (
        "Does not survive every single absence: 7 of 21 cases break, and 21 of 21 pairs.\n"
    )


def test_out_of_time_exits_3_and_says_how_to_go_on(run: Run, csv_file: Path, tmp_path: Path) -> None:
    ask = ("resilience", "a.yaml", csv_file, *HERE, "--days", "1", "--time-limit", "0.000001")
    result = run(*ask)
    assert result.exit_code == 3
    assert "Give --out DIR" in result.stdout
    assert "21 of 21 cases" in result.stdout
    assert run(*ask, "--out", tmp_path).exit_code == 3
    assert (tmp_path / "resilience.progress.jsonl").exists()


def test_a_roster_that_breaks_rules_exits_1_untried(run: Run, problem: Problem, tmp_path: Path) -> None:
    rows = [(duty("-"),) * 7, *LAWFUL[1:]]
    write_roster(problem, drawn(problem, rows), tmp_path / "broken.csv")
    result = run("resilience", "a.yaml", tmp_path / "broken.csv", *HERE)
    assert result.exit_code == 1
    assert "no absence was tried" in result.stdout
    assert "Mend it first" in result.stdout


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("x", "not a list of days"),
        ("0", "not a list of days"),
        ("1,,2", "not a list of days"),
        ("8,9", "2 faults"),
    ],
)
def test_bad_lengths_are_said(run: Run, csv_file: Path, days: str, words: str) -> None:
    result = run("resilience", "a.yaml", csv_file, "--days", days)
    assert result.exit_code == 2
    assert words in result.stderr


def test_answers_to_another_question_are_refused_until_restarted(
    run: Run, csv_file: Path, problem: Problem, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    State(ResilienceRequest(problem, drawn(problem, LAWFUL), (3,)), out / "resilience.progress.jsonl")
    ask = ("resilience", "a.yaml", csv_file, *HERE, "--days", "1", "--out", out, "--quiet")
    refused = run(*ask)
    assert refused.exit_code == 2
    assert "--restart" in refused.stderr
    assert run(*ask, "--restart").exit_code == 1


def test_chinese_is_spoken(run: Run, csv_file: Path) -> None:
    result = run("resilience", "a.yaml", csv_file, *HERE, "--days", "1", "--lang", "zh")
    assert "种情形中有 7 种顶不住" in result.stdout
    assert "absence" not in result.stdout


def test_a_short_calendar_is_asked_for_the_lengths_it_has(run: Run, csv_file: Path) -> None:
    document = json.loads(run("resilience", "a.yaml", csv_file, *HERE, "--json").stdout)
    assert document["lengths"] == [1, 7]
