"""The files of a plan, read back."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Outcome, SolveOptions, Status
from roster.domain.problem import Problem
from roster.errors import FileFault
from roster.output.documents.plan import plan_document
from roster.output.examined_roster import examine
from roster.output.folders import whole_folder
from roster.output.folders.plan import FILES, stale, write_results
from roster.rosters.files import read_roster
from tests.output import sample

HOSTILE = ("=cmd|'/c calc'!A1", "Li, Na", "two\nlines", "👩‍⚕️ Ann", "שלום עולם", "@SUM(1)", '"quoted"', "-1+1")


def written(folder: Path, problem: Problem, outcome: Outcome) -> Path:
    examined = examine(problem, outcome.plan.roster) if outcome.plan else None
    document = plan_document(Path("a.yaml"), problem, outcome, SolveOptions(), [])
    write_results(
        folder, document, outcome.plan, examined, {"report.html": "<!DOCTYPE html>\n", "proof.json": "{}\n"}
    )
    return folder


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    problem = sample.problem()
    return written(tmp_path / "result", problem, sample.outcome(problem))


def test_every_file_is_there_and_only_those(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == sorted(FILES)


def test_tables_have_a_byte_order_mark_and_the_summary_has_none(folder: Path) -> None:
    files = [file for file in folder.iterdir() if file.is_file()]
    marked = {file.name for file in files if file.read_bytes().startswith(b"\xef\xbb\xbf")}
    assert marked == {name for name in FILES if name.endswith(".csv")}


def test_the_roster_comes_back_as_it_was(folder: Path) -> None:
    problem = sample.problem()
    assert read_roster(problem, folder / "roster.csv") == sample.roster(problem)


def test_the_grid_has_a_column_a_date(folder: Path) -> None:
    grid = rows(folder / "grid.csv")
    assert list(grid[0])[:3] == ["person", "type", "2027-02-01"]
    assert len(grid[0]) == 30
    assert "".join(grid[0].values())[len("OPS-1OPS") :][:7] == "...EEEE"
    assert grid[5]["2027-02-01"] == "Ds"


def test_the_rotation_has_a_row_a_line(folder: Path) -> None:
    assert list(rows(folder / "rotation.csv")[0]) == [
        "type",
        "line",
        "week",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]
    assert [row["sat"] for row in rows(folder / "rotation.csv")] == ["E", ".", ".", "N", "D", "w", ".", "."]


def test_the_coverage_names_holders_in_local_time(folder: Path) -> None:
    first = next(row for row in rows(folder / "coverage.csv") if row["post"] == "apps-call")
    assert first == {
        "date": "2027-02-01",
        "start": "2027-02-01T16:00+08:00",
        "end": "2027-02-02T08:00+08:00",
        "post": "apps-call",
        "level": "1",
        "required": "1",
        "held": "1",
        "by": "APP-1",
    }


def test_hours_stand_beside_their_limits(folder: Path) -> None:
    last = rows(folder / "hours.csv")[5]
    expected = {
        "person": "APP-1",
        "type": "APP",
        "employer": "hospital",
        "hours": "160",
        "week_hours": "40",
        "week_hours_limit": "40",
        "standby_days": "14",
        "standby_days_limit": "14",
        "standby_percent": "50.0",
        "longest_nights_limit": "4",
        "free_weekends_one_in": "",
    }
    assert {key: last[key] for key in expected} == expected


def test_the_summary_is_one_document(folder: Path) -> None:
    document = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert document["headcount"] == {
        "total": 8,
        "in_house": 8,
        "vendor": 0,
        "by_type": {"OPS": 5, "APP": 3},
        "seats": {"desktop-seat": 1},
    }
    assert document["cost"] == 112200
    assert document["proof"]["kind"] == "arithmetic"


def test_hostile_names_start_no_formula_and_come_back(tmp_path: Path) -> None:
    problem = sample.problem(HOSTILE)
    folder = written(tmp_path, problem, sample.outcome(problem))
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    read = read_roster(problem, folder / "roster.csv")
    assert read == sample.roster(problem)
    assert check_roster(problem, read) == []
    assert [row["person"].lstrip("'") for row in rows(folder / "hours.csv")] == list(HOSTILE)


def test_without_a_plan_only_summary_and_proof_are_written_and_older_files_are_named(tmp_path: Path) -> None:
    problem = sample.problem()
    written(tmp_path, problem, sample.outcome(problem))
    roster = (tmp_path / "roster.csv").read_bytes()
    written(tmp_path, problem, sample.outcome(problem, Status.INFEASIBLE))
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["status"] == "infeasible"
    assert (tmp_path / "roster.csv").read_bytes() == roster
    fresh = ("report.html", "plan.json", "proof.json")
    assert stale(tmp_path, fresh) == [name for name in FILES if name not in fresh]


def test_when_one_file_fails_none_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = sample.problem()
    folder = written(tmp_path / "result", problem, sample.outcome(problem))
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_folder, "write_texts", full)
    other = sample.problem(("A", "B", "C", "D", "E", "F", "G", "H"))
    with pytest.raises(FileFault, match="No space left"):
        written(folder, other, sample.outcome(other))
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_rotations_of_one_type_are_told_apart_by_their_lines(tmp_path: Path) -> None:
    problem = sample.problem()
    outcome = sample.outcome(problem)
    assert outcome.plan is not None
    named = (replace(sample.DESK, name="OPS a"), replace(sample.SUPPORT, name="APP"))
    folder = written(tmp_path, problem, replace(outcome, plan=replace(outcome.plan, rotations=named)))
    lines = [(row["type"], row["line"]) for row in rows(folder / "rotation.csv")]
    assert lines[3:7] == [("OPS", "a4"), ("OPS", "a5"), ("APP", "1"), ("APP", "2")]
