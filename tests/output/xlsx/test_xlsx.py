"""The workbook, read again by another library, and its formulas worked out again by a spreadsheet."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Problem, Restriction
from roster.language import speaking
from roster.output.csv.cells import sheet
from roster.output.csv.grid import grid_columns, grid_rows
from roster.output.csv.hours import HOURS_COLUMNS, hours_rows
from roster.output.examined_roster import Examined, examine
from roster.output.xlsx import Changed, write_book
from roster.rosters.files import read_roster
from roster.scenario.build.clock_changes import with_changes
from tests.output import sample

NAMES = ("李娜", "Wang Wei", "欧阳小明", "Zhao", "Qian", "Sun", "Zhou", "Wu")
HOSTILE = (
    "=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(1)", "\u202eevil", "a\x07b\x1b[31m", "<b>&amp;\"x\"</b>", "👩‍⚕️" * 40,
)  # fmt: skip


def book_of(folder: Path, examined: Examined, *changes: Changed) -> Workbook:
    write_book(folder / "roster.xlsx", examined, changes)
    return load_workbook(folder / "roster.xlsx")


def head_row(grid: Worksheet) -> int:
    return next(row for row in range(1, 30) if isinstance(grid.cell(row, 3).value, datetime))


def table(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def lively(problem: Problem) -> Roster:
    """A roster that breaks most rules: every figure of the hours has something to count."""
    base = sample.roster(problem)
    rows = []
    for index, person in enumerate(base.people):
        duties = problem.duties(problem.type[person.type])
        turns = cycle((*duties[1:], duties[0], *duties[::-2], duties[index % len(duties)]))
        rows.append(tuple(next(turns) for _ in range(base.horizon.days)))
    always = problem.duties(problem.type["OPS"])[1]
    never = problem.duties(problem.type["OPS"])[0]
    rows[0], rows[1] = (always,) * len(rows[0]), (never,) * len(rows[0])
    return replace(base, duties=tuple(rows))


def busy_problem(*, closed: bool = False) -> Problem:
    """The sample with statutory days, the first and last day among them, and somebody on leave."""
    problem = sample.problem(NAMES)
    statutory = frozenset({date(2027, 2, 1), date(2027, 2, 5), date(2027, 2, 28)})
    away = Restriction("Zhao", Ban.DUTY, date(2027, 2, 8), date(2027, 2, 9))
    dates = replace(problem.dates, statutory=statutory)
    return replace(problem, dates=replace(dates, closed=closed)).with_restrictions([away])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_grid_equals_grid_csv_cell_by_cell(tmp_path: Path, language: str) -> None:
    problem = sample.problem(NAMES)
    roster = sample.roster(problem)
    with speaking(language):
        grid = book_of(tmp_path, examine(problem, roster)).worksheets[0]
    expected = table(sheet(grid_columns(roster), grid_rows(roster)))
    head = head_row(grid)
    dates = [grid.cell(head, column).value for column in range(3, 31)]
    assert [on.date().isoformat() for on in dates if isinstance(on, datetime)] == expected[0][2:]
    found = [
        [grid.cell(row, column).value for column in range(1, 31)] for row in range(head + 1, head + 1 + 8)
    ]
    assert found == expected[1:]
    assert grid.cell(head + 1 + 8, 1).value == "desktop-seat #1"


@pytest.mark.parametrize("closed", [False, True])
def test_the_hours_equal_hours_csv_and_are_formulas(tmp_path: Path, closed: bool) -> None:
    problem = busy_problem(closed=closed)
    examined = examine(problem, lively(problem))
    formulas = book_of(tmp_path, examined).worksheets[1]
    values = load_workbook(tmp_path / "roster.xlsx", data_only=True).worksheets[1]
    assert shown(values) == stated(examined)
    by_column = {
        name: [formulas.cell(row, column).value for row in range(5, 13)]
        for column, name in enumerate(HOURS_COLUMNS, start=1)
    }
    counted = {name for name, cells in by_column.items() if all(_is_formula(cell) for cell in cells)}
    assert counted == {
        "hours", "week_hours", "working_days", "nights", "longest_nights", "longest_work", "free_weekends",
        "standby_days", "standby_percent", "statutory_days", "single_days_off", "single_days_on", "quick_returns",
    }  # fmt: skip


def _is_formula(cell: object) -> bool:
    return isinstance(cell, ArrayFormula) or (isinstance(cell, str) and cell.startswith("="))


def shown(hours: Worksheet) -> list[list[str]]:
    """The figures as a sheet shows them: to two decimals."""
    rows = hours.iter_rows(min_row=5, max_col=len(HOURS_COLUMNS), values_only=True)
    return [[_figure(cell) for cell in row] for row in rows if row[0] is not None]


def stated(examined: Examined) -> list[list[str]]:
    rows = hours_rows(examined.problem, examined.scores.people)
    return [[_figure(cell) for cell in row] for row in rows]


def _figure(cell: object) -> str:
    try:
        return "" if cell is None else f"{float(str(cell)):.2f}"
    except ValueError:
        return str(cell)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that works out every formula of what it opens, whatever values the file brings."""
    if shutil.which("soffice") is None:
        pytest.skip("no soffice here: formulas were not worked out by a second program")
    profile = tmp_path_factory.mktemp("office")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>',
        encoding="utf-8",
    )
    return profile


def converted(profile: Path, file: Path, form: str) -> Path:
    """What a headless spreadsheet makes of a workbook."""
    out = file.parent / "converted"
    options = ("--headless", "--convert-to", form, "--outdir", str(out), str(file))
    command = ("soffice", f"-env:UserInstallation={profile.as_uri()}", *options)
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{file.stem}.{form}"


def test_a_spreadsheet_works_the_hours_out_again_as_hours_csv_has_them(tmp_path: Path, office: Path) -> None:
    """The grid is edited after the formulas were written, so that no value kept in the file can be right."""
    problem = busy_problem()
    # A calendar that starts within a weekend, and letters that differ in case alone.
    shifts = tuple(replace(shift, letter="d") if shift.name == "S" else shift for shift in problem.shifts)
    dates = replace(problem.dates, start=date(2027, 2, 6))
    problem = replace(problem, shifts=shifts, dates=dates)
    edited = lively(problem)
    plain = replace(edited, duties=(*edited.duties[1:], edited.duties[0]))
    book = book_of(tmp_path, examine(problem, plain))
    grid = book.worksheets[0]
    head = head_row(grid)
    for index, duties in enumerate(edited.duties):
        for day, duty in enumerate(duties):
            grid.cell(head + 1 + index, 3 + day).value = "" if duty.is_off else duty.letters
    book.save(tmp_path / "edited.xlsx")
    assert stated(examine(problem, edited)) != stated(examine(problem, plain))
    found = load_workbook(converted(office, tmp_path / "edited.xlsx", "xlsx"), data_only=True)
    assert shown(found.worksheets[1]) == stated(examine(problem, edited))
    at_work = [found.worksheets[0].cell(head + 1 + 9, 3 + day).value for day in range(28)]
    assert at_work == [sum(row[day].works for row in edited.duties) for day in range(28)]
    assert read_roster(problem, tmp_path / "edited.xlsx") == edited


def test_what_the_spreadsheet_saved_is_read_back(tmp_path: Path, office: Path) -> None:
    problem = sample.problem(NAMES)
    roster = sample.roster(problem)
    write_book(tmp_path / "roster.xlsx", examine(problem, roster))
    assert read_roster(problem, converted(office, tmp_path / "roster.xlsx", "ods")) == roster


def test_days_carried_in_and_travel_leave_values_where_formulas_would_be_wrong(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    carried = replace(
        sample.roster(problem), before=tuple((row[0],) for row in sample.roster(problem).duties)
    )
    hours = book_of(tmp_path, examine(problem, carried)).worksheets[1]
    values = {
        name: hours.cell(5, column).value
        for column, name in enumerate(HOURS_COLUMNS, start=1)
        if not _is_formula(hours.cell(5, column).value)
    }
    reaching_back = {"longest_nights", "longest_work", "free_weekends", "quick_returns"}
    assert reaching_back | {"single_days_off", "single_days_on"} <= set(values)
    assert not {"hours", "nights", "standby_days", "statutory_days"} & set(values)
    travelling = replace(problem, travel=(("a", "b", 30),))
    hours = book_of(tmp_path, examine(travelling, sample.roster(problem))).worksheets[1]
    quick, nights = (HOURS_COLUMNS.index(name) + 1 for name in ("quick_returns", "nights"))
    assert not _is_formula(hours.cell(5, quick).value)
    assert _is_formula(hours.cell(5, nights).value)
    clocks = with_changes(replace(problem.dates, time_zone="America/New_York", extra=14), (), ())[0]
    longer = replace(problem, dates=clocks)
    base = sample.roster(problem)
    duties = tuple((*row, *row[:14]) for row in base.duties)
    changed = replace(base, horizon=calendar(clocks), duties=duties)
    hours = book_of(tmp_path, examine(longer, changed)).worksheets[1]
    assert "-60*EXACT(" in hours.cell(5, HOURS_COLUMNS.index("hours") + 1).value
    assert not _is_formula(hours.cell(5, quick).value)


def test_the_grid_is_ready_for_screen_and_paper(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    grid = book_of(tmp_path, examine(problem, sample.roster(problem))).worksheets[0]
    head = head_row(grid)
    assert grid.freeze_panes == f"C{head + 1}"
    assert grid.page_setup.orientation == "landscape"
    assert grid.sheet_properties.pageSetUpPr.fitToPage
    assert (grid.page_setup.fitToWidth or 1, grid.page_setup.fitToHeight) == (1, 0)
    assert grid.print_title_rows == f"$1:${head}"
    assert grid.print_title_cols == "$A:$B"
    fills = [grid.cell(head + 1, column).fill.start_color.rgb for column in (3 + 1, 3 + 4, 3 + 12)]
    assert len(set(fills)) == 3, "a working day, a public holiday and a weekend look different"
    assert grid.column_dimensions["A"].width >= 10


def test_changes_have_a_sheet_and_a_frame(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    change = Changed("Sun", 19, ".", "D", ("apps",), "Saturday worked in exchange.")
    book = book_of(tmp_path, examine(problem, sample.roster(problem)), change)
    rows = list(book["Changes"].iter_rows(min_row=5, values_only=True))
    assert rows == [(datetime(2027, 2, 20), "Sat", "Sun", ".", "D", "apps", "Saturday worked in exchange.")]
    grid = book.worksheets[0]
    row = next(row for row in range(1, 30) if grid.cell(row, 1).value == "Sun")
    assert grid.cell(row, 3 + 19).border.top.style == "medium"
    assert grid.cell(row, 3 + 18).border.top.style == "thin"


def test_a_roster_that_breaks_rules_says_so_in_the_book(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    examined = examine(problem, lively(problem))
    book = book_of(tmp_path, examined)
    assert book.worksheets[0]["A3"].value == f"{len(examined.violations)} violations."
    sentences = [row[2] for row in book["Findings"].iter_rows(min_row=5, values_only=True)]
    assert sentences == [violation.sentence for violation in examined.violations]
    assert "Findings" not in book_of(tmp_path, examine(problem, sample.roster(problem))).sheetnames


def test_the_cover_counts_what_is_needed_and_held(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    roster = sample.roster(problem)
    index = next(at for at, line in enumerate(roster.duties) if line[0].name == "E")
    rows = list(roster.duties)
    rows[index] = (problem.duties(problem.types[0])[0], *rows[index][1:])
    cover = book_of(tmp_path, examine(problem, replace(roster, duties=tuple(rows)))).worksheets[2]
    evening = next(row for row in cover.iter_rows(min_row=5, values_only=True) if row[0] == "监控台中班")
    assert evening[4:9] == (224, 216, 8, -8, "✓")


def test_hostile_names_are_texts_and_come_back(tmp_path: Path) -> None:
    problem = sample.problem(HOSTILE)
    roster = sample.roster(problem)
    book = book_of(tmp_path, examine(problem, roster), Changed(HOSTILE[0], 0, "=1", "@2", ("+3",), "-4"))
    for made in book.worksheets:
        for row in made.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    assert made.title in ("Roster", "Hours"), "only our own formulas"
                    assert "cmd" not in cell.value
    assert read_roster(problem, tmp_path / "roster.xlsx") == roster


def test_names_that_no_xml_can_hold_do_not_spoil_the_book(tmp_path: Path) -> None:
    problem = sample.problem(("\ufffe\uffffLi", "\ud800Wu", "x" * 40_000, *NAMES[3:]))
    grid = book_of(tmp_path, examine(problem, sample.roster(problem))).worksheets[0]
    names = [grid.cell(row, 1).value for row in range(head_row(grid) + 1, head_row(grid) + 4)]
    assert names == ["Li", "Wu", "x" * 32_767]


def test_equal_rosters_make_equal_books(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    for name in ("a.xlsx", "b.xlsx"):
        write_book(tmp_path / name, examine(problem, sample.roster(problem)))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_cell_brings_what_a_spreadsheet_warns_of(tmp_path: Path) -> None:
    """No links, no macros, no parts from elsewhere; every formula closes its brackets and is short enough."""
    problem = busy_problem()
    book = book_of(tmp_path, examine(problem, lively(problem)))
    with zipfile.ZipFile(tmp_path / "roster.xlsx") as packed:
        names = packed.namelist()
    assert not [name for name in names if "external" in name.lower() or name.endswith(".bin")]
    for made in book.worksheets:
        for row in made.iter_rows():
            for cell in row:
                text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                if isinstance(text, str) and _is_formula(cell.value):
                    assert text.count("(") == text.count(")")
                    assert len(text) < 8192


def test_a_long_calendar_goes_over_several_sheets_of_paper(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    problem = replace(problem, dates=replace(problem.dates, weeks=13))
    grid = book_of(tmp_path, examine(problem, sample.roster(problem))).worksheets[0]
    assert [mark.id for mark in grid.col_breaks.brk] == [2 + 42, 2 + 84]
    assert not grid.sheet_properties.pageSetUpPr or not grid.sheet_properties.pageSetUpPr.fitToPage


def test_people_of_a_type_are_offered_its_duties(tmp_path: Path) -> None:
    problem = sample.problem(NAMES)
    grid = book_of(tmp_path, examine(problem, sample.roster(problem))).worksheets[0]
    offered = {
        str(one.sqref).split(":")[0]: set(one.formula1.strip('"').split(","))
        for one in grid.data_validations.dataValidation
    }
    head = head_row(grid)
    assert offered == {f"C{head + 1}": {".", "N", "D", "E"}, f"C{head + 6}": {".", "D", "s", "w", "Ds"}}
