"""`roster export` on the command line: what is written, what is refused, and what is left alone."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

import roster.scenario
from roster.cli import export as command
from roster.domain.problem import OFF, Problem
from roster.errors import FileFault
from roster.output.folders import roster as output
from roster.output.formats import REPORT
from roster.rosters.files import read_roster
from roster.rosters.rows import write_roster
from tests.cli.conftest import Run
from tests.output import sample

NAMES = ("Li Na", "Li Wei", "Wang Fang", "赵敏", "Chen", "Sun", "Zhou", "Wu")
HOSTILE = (
    "=cmd|'/c calc'!A1", "<script>alert(1)</script>", "-1+1\tx", "@SUM(1)", "\u202eevil/../x", "a\x07b\x1b[31m",
    "长" * 200, "👩‍⚕️ \"Ann\", {{ 7*7 }}",
)  # fmt: skip
EVERYTHING = {
    "roster.csv", "coverage.csv", "hours.csv", "grid.csv", "roster.xlsx", "roster.ics", "calendars", "oncall",
    REPORT, "roster.json",
}  # fmt: skip


@pytest.fixture
def problem(monkeypatch: pytest.MonkeyPatch) -> Problem:
    found = sample.problem(NAMES)
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: found)
    return found


@pytest.fixture
def csv_file(problem: Problem, tmp_path: Path) -> Path:
    write_roster(problem, sample.roster(problem), tmp_path / "in" / "roster.csv")
    return tmp_path / "in" / "roster.csv"


@pytest.fixture
def broken_file(problem: Problem, tmp_path: Path) -> Path:
    """A roster in which the first evening is nobody's."""
    lawful = sample.roster(problem)
    index = next(at for at, line in enumerate(lawful.duties) if line[0].name == "E")
    rows = list(lawful.duties)
    rows[index] = (OFF, *rows[index][1:])
    write_roster(problem, replace(lawful, duties=tuple(rows)), tmp_path / "broken.csv")
    return tmp_path / "broken.csv"


def test_every_format_is_written_and_named_on_stderr(run: Run, csv_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("export", "a.yaml", csv_file, "--out", out)
    assert result.exit_code == 0, result.output
    assert {file.name for file in out.iterdir()} == EVERYTHING
    assert result.stdout == ""
    assert all(name in result.stderr for name in EVERYTHING)


def test_the_formats_named_in_the_help_are_those_there_are() -> None:
    assert tuple(output.FORMATS) == command.FORMATS
    assert set(output.MAIN) == set(command.FORMATS) - set(command.IN_FOLDERS)


def test_only_the_formats_asked_for_are_written(run: Run, csv_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("export", "a.yaml", csv_file, "--format", "grid, XLSX", "--out", out, "-q").stderr == ""
    assert {file.name for file in out.iterdir()} == {"grid.csv", "roster.xlsx"}


@pytest.mark.parametrize("form", [*command.USUAL, "terraform"])
def test_one_format_without_a_folder_goes_to_stdout(run: Run, csv_file: Path, form: str) -> None:
    before = sorted(csv_file.parent.rglob("*"))
    result = run("export", "a.yaml", csv_file, "--format", form)
    assert result.exit_code == 0, result.output
    starts = {
        "csv": b"date,",
        "grid": b"person,",
        "xlsx": b"PK",
        "ics": b"BEGIN:V",
        "html": b"<!DOC",
        "json": b"{",
        "terraform": b"{",
    }
    assert result.stdout_bytes.startswith(starts[form])
    assert sorted(csv_file.parent.rglob("*")) == before


def test_the_document_has_the_duties_and_what_the_check_says(
    run: Run, csv_file: Path, problem: Problem
) -> None:
    document = json.loads(run("export", "a.yaml", csv_file, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(csv_file.read_text(encoding="utf-8-sig"))))
    assert [row["duty"] for row in document["duties"]] == [row["duty"] for row in rows]
    assert document["violations"] == []
    assert document["calendar"] == {
        "start": "2027-02-01",
        "weeks": 4,
        "days": 28,
        "time_zone": "Asia/Shanghai",
    }


def test_with_a_folder_the_document_names_the_files(run: Run, csv_file: Path, tmp_path: Path) -> None:
    result = run("export", "a.yaml", csv_file, "--format", "grid,ics", "--out", tmp_path / "out", "--json")
    assert [Path(name).name for name in json.loads(result.stdout)["files"]] == [
        "calendars", "grid.csv", "oncall", "roster.ics",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv,xlsx", "csv,grid,xlsx,ics,html,json"])
def test_several_formats_without_a_folder_are_bad_input(run: Run, csv_file: Path, form: str) -> None:
    result = run("export", "a.yaml", csv_file, "--format", form)
    assert result.exit_code == 2
    assert "--out" in result.stderr


def test_an_unknown_format_is_bad_input_with_a_way_out(run: Run, csv_file: Path) -> None:
    result = run("export", "a.yaml", csv_file, "--format", "xslx")
    assert result.exit_code == 2
    assert "Did you mean 'xlsx'?" in result.stderr
    assert run("export", "a.yaml", csv_file, "--format", " , ").exit_code == 2


def test_a_roster_that_breaks_rules_is_refused(run: Run, broken_file: Path, tmp_path: Path) -> None:
    result = run("export", "a.yaml", broken_file, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()
    assert result.stderr.startswith("1 violation.\n  ")
    assert "--force" in result.stderr


def test_a_roster_that_breaks_rules_is_written_when_asked_with_a_warning(
    run: Run, broken_file: Path, tmp_path: Path
) -> None:
    result = run("export", "a.yaml", broken_file, "--force", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "1 violation." in result.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == EVERYTHING


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx"])
def test_what_the_roster_was_read_from_is_never_written_over(run: Run, csv_file: Path, name: str) -> None:
    assert run("export", "a.yaml", csv_file, "--format", "xlsx", "--out", csv_file.parent).exit_code == 0
    source = csv_file.parent / name
    if name == "roster.csv":
        source.write_bytes(source.read_bytes().replace(b"posts\r\n", b"posts,remark\r\n"))
    before = source.read_bytes()
    result = run("export", "a.yaml", source, "--out", csv_file.parent)
    assert result.exit_code == 0, result.output
    assert source.read_bytes() == before
    assert f"read from it: {name}" in result.stderr
    assert {file.name for file in csv_file.parent.iterdir()} == EVERYTHING


def test_an_edited_workbook_exports_what_was_edited(
    run: Run, csv_file: Path, problem: Problem, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    run("export", "a.yaml", csv_file, "--format", "xlsx", "--out", tmp_path / "a")
    book = load_workbook(tmp_path / "a" / "roster.xlsx")
    grid = book.worksheets[0]
    row = next(row for row in range(1, 40) if grid.cell(row, 1).value == "Wu")
    day = next(column for column in range(3, 31) if grid.cell(row, column).value == "D")
    grid.cell(row, day).value = "."
    book.save(tmp_path / "edited.xlsx")
    result = run(
        "export", "a.yaml", tmp_path / "edited.xlsx", "--force", "--format", "csv", "--out", tmp_path / "b"
    )
    assert result.exit_code == 0, result.output
    before = read_roster(problem, csv_file)
    after = read_roster(problem, tmp_path / "b" / "roster.csv")
    assert [
        (person.name, number)
        for person, old, new in zip(before.people, before.duties, after.duties, strict=True)
        for number, pair in enumerate(zip(old, new, strict=True))
        if pair[0] != pair[1]
    ] == [("Wu", day - 3)]


def test_exporting_again_updates_the_calendars(
    run: Run, csv_file: Path, broken_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("export", "a.yaml", csv_file, "--format", "ics", "--out", out)
    first = (out / "roster.ics").read_bytes()
    run("export", "a.yaml", csv_file, "--format", "ics", "--out", out)
    assert (out / "roster.ics").read_bytes() == first
    run("export", "a.yaml", broken_file, "--force", "--format", "ics", "--out", out)
    events = Calendar.from_ical((out / "roster.ics").read_bytes()).walk("VEVENT")
    assert [str(event["STATUS"]) for event in events if int(event["SEQUENCE"])] == ["CANCELLED"]


def test_one_format_that_fails_leaves_nothing_of_the_others(
    run: Run, csv_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out"
    run("export", "a.yaml", csv_file, "--out", out)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    monkeypatch.setitem(output.FORMATS, "json", full)
    result = run("export", "a.yaml", csv_file, "--out", out, "--lang", "zh")
    assert result.exit_code == 2
    assert "磁盘空间不足" in result.stderr
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_a_calendar_that_cannot_be_replaced_puts_everything_back(
    run: Run, csv_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("export", "a.yaml", csv_file, "--format", "grid", "--out", out)
    before = (out / "grid.csv").read_bytes()
    (out / "oncall").write_text("mine", encoding="utf-8")
    result = run("export", "a.yaml", csv_file, "--out", out)
    assert result.exit_code == 2
    assert {file.name for file in out.iterdir()} == {"grid.csv", "oncall"}
    assert (out / "grid.csv").read_bytes() == before


def test_a_format_on_stdout_that_cannot_be_made_is_a_fault(
    csv_file: Path, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    from roster.output.examined_roster import examine

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(output.FORMATS, "xlsx", full)
    given = output.Export(examine(problem, sample.roster(problem)), Path("a.yaml"), csv_file.parent, csv_file)
    with pytest.raises(FileFault, match="No space left"):
        output.as_bytes(given, "xlsx")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_names_pass_through_every_format(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    problem = sample.problem(HOSTILE)
    monkeypatch.setattr(roster.scenario, "load", lambda *_, **__: problem)
    source = tmp_path / "in.csv"
    write_roster(problem, sample.roster(problem), source)
    out = tmp_path / "deep" / "out"
    result = run("export", "a.yaml", source, "--out", out, "--lang", language)
    assert result.exit_code == 0, result.output
    assert {file.name for file in out.iterdir()} == EVERYTHING
    assert {file.name for file in tmp_path.iterdir()} == {"in.csv", "deep"}
    for file in out.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    for name in ("roster.csv", "roster.xlsx"):
        assert read_roster(problem, out / name) == sample.roster(problem)
    assert "<script>alert" not in (out / REPORT).read_text(encoding="utf-8")
    assert len(list((out / "calendars").iterdir())) == len(HOSTILE)
    assert json.loads((out / "roster.json").read_text(encoding="utf-8"))["people"][0]["name"] == HOSTILE[0]
