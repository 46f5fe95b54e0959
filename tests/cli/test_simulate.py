"""`roster simulate` on the command line: documents, files, both languages, bad input."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import roster.scenario
from roster.domain.problem import DateRange, Person
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.small import MONDAY, post, staff, word, world
from tests.small import roster as drawn

TEAM = world(
    staff("a", "D"),
    posts=(post("desk", 8, 8, "a", people=2, chain="calls"),),
    people=(Person("Li", "a"), Person("Zhao", "a"), Person("Wang", "a")),
)
HERE = ("--workers", "1", "--years", "3")


@pytest.fixture
def csv_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: TEAM)
    rows = [word("DDDDDDD"), word("DDDDDDD"), word("-------")]
    write_roster(TEAM, drawn(TEAM, rows), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


def test_the_report_says_hours_and_what_they_rest_on(run: Run, csv_file: Path) -> None:
    result = run("simulate", "a.yaml", csv_file, *HERE)
    assert result.exit_code == 0, result.output
    for text in (
        "With 3 people, posts stay empty for",
        "2: one fewer of a",
        "Labour Contract Law",
        "calls, level 1",
    ):
        assert text in result.stdout


def test_document_and_files_say_the_same(run: Run, csv_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    document = json.loads(run("simulate", "a.yaml", csv_file, *HERE, "--json", "--out", out).stdout)
    assert [each["staffing"] for each in document["staffings"]] == ["fewer", "as_is", "more"]
    assert {file.name for file in out.iterdir()} == {
        "staffings.csv",
        "years.csv",
        "report.html",
        "simulate.json",
    }
    rows = list(csv.DictReader((out / "staffings.csv").read_text(encoding="utf-8-sig").splitlines()))
    told = {row["staffing"]: float(row["mean"]) for row in rows if row["figure"] == "hours_empty"}
    assert told == {each["staffing"]: each["hours_empty"]["mean"] for each in document["staffings"]}
    years = list(csv.DictReader((out / "years.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [float(row["hours_empty_fewer"]) for row in years] == document["staffings"][0]["by_year"]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count('class="year"') == 9
    again = json.loads(run("simulate", "a.yaml", csv_file, *HERE, "--json").stdout)
    assert again["staffings"] == document["staffings"]


def test_chinese_is_spoken(run: Run, csv_file: Path) -> None:
    result = run("simulate", "a.yaml", csv_file, *HERE, "--lang", "zh")
    assert "3 人时，各岗一年共空岗" in result.stdout
    assert "empty" not in result.stdout


def test_a_roster_that_breaks_rules_exits_1(run: Run, csv_file: Path, tmp_path: Path) -> None:
    rows = [word("DDDDDDD"), word("-------"), word("-------")]
    write_roster(TEAM, drawn(TEAM, rows), tmp_path / "broken.csv")
    result = run("simulate", "a.yaml", tmp_path / "broken.csv", *HERE, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "nothing was simulated" in result.stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--allow", "magic"), "none of overtime, vendor, nothing"),
        (("--executor", "ray"), "neither processes nor dask://HOST:PORT"),
        (("--executor", "dask://nowhere"), "neither processes nor dask://HOST:PORT"),
        (("--years", "0"), "--years"),
    ],
)
def test_bad_input_exits_2_with_the_way_out(
    run: Run, csv_file: Path, options: tuple[str, ...], words: str
) -> None:
    result = run("simulate", "a.yaml", csv_file, "--workers", "1", *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_calendar_without_a_whole_week_is_refused(
    run: Run, csv_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(TEAM, dates=DateRange(MONDAY, 0, extra=3))
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: short)
    write_roster(short, drawn(short, [word("DDD"), word("DDD"), word("---")]), csv_file)
    result = run("simulate", "a.yaml", csv_file, *HERE)
    assert result.exit_code == 2
    assert "no whole week" in result.stderr
