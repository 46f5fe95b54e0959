"""`roster check`: the verdict on a roster that somebody has touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import roster.scenario
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.output import sample


@pytest.fixture
def csv_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: sample.problem())
    problem = sample.problem()
    write_roster(problem, sample.roster(problem), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


def without_a_row(file: Path) -> None:
    """Take away the first row: somebody's evening at the desk."""
    head, _, rest = file.read_text(encoding="utf-8-sig").partition("\n")
    file.write_text(head + "\n" + rest.partition("\n")[2], encoding="utf-8")


def test_a_lawful_roster_passes(run: Run, csv_file: Path) -> None:
    result = run("check", "a.yaml", csv_file)
    assert result.exit_code == 0
    assert "No rule broken." in result.stdout
    assert "people: 8" in result.stdout


def test_a_missing_duty_is_named(run: Run, csv_file: Path) -> None:
    without_a_row(csv_file)
    result = run("check", "a.yaml", csv_file)
    assert result.exit_code == 1
    assert "Posts not held" in result.stdout
    assert "2027-02-01" in result.stdout


def test_json_has_violations_with_dates(run: Run, csv_file: Path) -> None:
    assert json.loads(run("check", "a.yaml", csv_file, "--json").stdout)["violations"] == []
    without_a_row(csv_file)
    result = run("check", "a.yaml", csv_file, "--json")
    assert result.exit_code == 1
    (violation,) = json.loads(result.stdout)["violations"]
    assert set(violation) == {"rule", "person", "dates", "sentence", "limits"}
    assert (violation["rule"], violation["person"], violation["dates"]) == ("post", None, ["2027-02-01"])


def test_quiet_is_one_line(run: Run, csv_file: Path) -> None:
    assert run("check", "a.yaml", csv_file, "--quiet").stdout == "No rule broken.\n"
    without_a_row(csv_file)
    assert run("check", "a.yaml", csv_file, "--quiet").stdout == "1 violation.\n"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"date,person\n", b"nonsense"])
def test_what_is_no_roster_is_bad_input(run: Run, csv_file: Path, content: bytes) -> None:
    csv_file.write_bytes(content)
    result = run("check", "a.yaml", csv_file)
    assert result.exit_code == 2
    assert str(csv_file) in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_bad_input(run: Run, csv_file: Path) -> None:
    assert run("check", "a.yaml", csv_file.parent / "none.csv").exit_code == 2
