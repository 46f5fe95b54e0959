"""Rosters out of workbooks: what is written is read back, edits count, and every refusal names its cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from xlsxwriter.workbook import Workbook

from roster.domain.outcome import Roster, SeatUse, StandIn
from roster.domain.problem import Person, Problem
from roster.errors import Faults, FileFault
from roster.language import speaking
from roster.output.examined_roster import examine
from roster.output.xlsx import write_book
from roster.rosters import workbook as rosterbook
from roster.rosters.files import read_roster
from tests.checker.worlds import roster_of, word
from tests.rosters.test_files import desk, rosters

DATES = tuple(datetime(2027, 1, 4 + day) for day in range(7))
HEAD = ("person", "type", *DATES)


def saved(path: Path, *rows: tuple[object, ...], sheet: str = "Sheet1", lead: int = 0) -> Path:
    """A workbook as somebody makes it by hand: each row a tuple, dates as dates."""
    book = Workbook(str(path / "hand.xlsx"))
    made = book.add_worksheet(sheet)
    dated = book.add_format({"num_format": "d"})
    for at, row in enumerate(rows, start=lead):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                made.write_datetime(at, column, cell, dated)
            elif cell is not None:
                made.write(at, column, cell)
    book.close()
    return path / "hand.xlsx"


def refused(problem: Problem, path: Path) -> str:
    with pytest.raises(Faults) as caught:
        read_roster(problem, path)
    return str(caught.value)


@settings(derandomize=True, deadline=None, max_examples=10)
@given(rosters())
def test_what_is_written_is_read_back(case: tuple[Problem, Roster]) -> None:
    problem, roster = case
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_book(path, examine(problem, roster))
        assert read_roster(problem, path) == roster


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_book_is_read_whatever_language_is_spoken(tmp_path: Path, language: str) -> None:
    problem = desk()
    roster = roster_of(problem, "Ds - N - D s -", seats=(SeatUse("bought desk", 2),))
    roster = replace(roster, people=(Person("ops-1", "ops"),))
    with speaking(language):
        write_book(tmp_path / "roster.xlsx", examine(problem, roster))
    assert read_roster(problem, tmp_path / "roster.xlsx") == roster


def test_somebody_whose_name_looks_like_a_row_of_sums_is_a_person(tmp_path: Path) -> None:
    problem = desk("∑ Li", "Wang")
    roster = replace(roster_of(problem, "D------", "-N-----"), people=problem.people)
    write_book(tmp_path / "roster.xlsx", examine(problem, roster))
    assert read_roster(problem, tmp_path / "roster.xlsx") == roster


def test_people_whom_a_vendor_sends_for_single_days_are_rows_of_their_own(tmp_path: Path) -> None:
    problem = desk("Li Na")
    sent = (StandIn("call", 1), StandIn("desk", 2, 2), StandIn("desk", 5))
    roster = replace(roster_of(problem, "D------", stand_ins=sent), people=problem.people)
    write_book(tmp_path / "roster.xlsx", examine(problem, roster))
    assert read_roster(problem, tmp_path / "roster.xlsx") == roster


def test_a_grid_made_by_hand_is_read(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        ("Our rota",),
        ("姓名", None, *(on.date().isoformat() for on in DATES)),
        ("ops-1", None, "d", "", "n", "-", ".", "D+s", "Ｄs"),
        ("ops-2", None, "off"),
        lead=2,
    )
    roster = read_roster(desk(), path)
    assert roster.duties == (word("D - N - - Ds Ds"), word("-------"))


def test_columns_may_stand_in_any_order_and_others_beside_them(tmp_path: Path) -> None:
    shuffled = (DATES[3], "remark", "type", *DATES[4:], "person", *DATES[:3])
    path = saved(tmp_path, shuffled, ("D", "new", "net", "", "", "", "李娜", "N", "", ""))
    roster = read_roster(desk(), path)
    assert roster.people == (Person("李娜", "net"),)
    assert roster.duties == (word("N--D---"),)


def test_numbers_as_names_and_letters_are_what_they_look_like(tmp_path: Path) -> None:
    assert rosterbook.as_text(12.0) == "12"
    assert rosterbook.as_text(1.5) == "1.5"
    assert rosterbook.as_text(date(2027, 1, 4)) == "2027-01-04"
    path = saved(tmp_path, HEAD, (12, "net", "D"))
    assert read_roster(desk(), path).people == (Person("12", "net"),)


def test_rows_as_in_roster_csv_are_read_from_a_workbook_too(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        ("date", "person", "duty", "start"),
        (DATES[0], "ops-1", "D", "8:00"),
        (DATES[1], "ops-1", "N", ""),
    )
    assert read_roster(desk(), path).duties == (word("DN-----"),)
    path = saved(tmp_path, ("date", "person", "duty"), (DATES[0], "ops-1", "Q"), (DATES[1], "ops-1", "N"))
    assert "line 2  duty: 'Q' is not a duty of ops" in refused(desk(), path)


def test_all_faults_come_at_once_with_sheet_column_and_row(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        HEAD,
        ("Li Na", "ops", "D", "Q", "", "E"),
        ("Li Naa", "ops"),
        ("Li Na", "ops", "D"),
        (None, None, "D"),
        ("Wang", "nurse", "D"),
        ("Wang", "net", "D"),
        ("Zhao #1", "seat", "x"),
        ("∑ at work",),
        ("Zhao", "ops", "D"),
        sheet="Rota 1",
    )
    message = refused(desk("Li Na", "Wang", "Zhao"), path)
    for words in (
        "line 2  Rota 1!D2: 'Q' is not a duty of ops; allowed: ",
        "line 2  Rota 1!F2: 'E' is not a duty of ops",
        "line 3  Rota 1!A3: 'Li Naa' is not a person of the scenario; did you mean 'Li Na'?",
        "line 4  Rota 1!A4: Li Na has row 2 already; delete one of the rows",
        "line 5  Rota 1!A5: person is empty; fill it in or delete the row",
        "line 6  Rota 1!B6: 'nurse' is not a staff type of the scenario",
        "line 7  Rota 1!A7: Wang has row 6 already",
        "line 8  Rota 1!A8: 'Zhao #1' is not the name and number of a vendor seat on offer",
        "line 10  Rota 1!A10: Zhao stands below the sums; move the row up among the people",
    ):
        assert words in message
    assert message.startswith(f"{path}: 9 faults")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (HEAD[:-1], "1 dates of the scenario's calendar have no column, 2027-01-10 to 2027-01-10"),
        ((*HEAD, datetime(2027, 1, 11)), "Sheet1!J1: 2027-01-11 is outside the scenario's calendar"),
        ((*HEAD, datetime(2027, 1, 4)), "Sheet1!J1: 2027-01-04 has two columns; delete one"),
    ],
)
def test_dates_that_are_not_the_calendars_are_refused(
    tmp_path: Path, head: tuple[object, ...], words: str
) -> None:
    assert words in refused(desk(), saved(tmp_path, head, ("ops-1", "ops", "D")))


def test_a_grid_without_people_is_refused(tmp_path: Path) -> None:
    assert "nobody is listed below the dates" in refused(desk(), saved(tmp_path, HEAD))


def test_a_workbook_without_a_roster_names_its_sheets(tmp_path: Path) -> None:
    path = saved(tmp_path, ("budget", 2027), sheet="Budget")
    with pytest.raises(FileFault, match=r"no sheet has a row of dates .* \(sheets: Budget\)"):
        read_roster(desk(), path)


def test_what_is_no_workbook_inside_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    for raw in (b"PK\x03\x04 cut short", packed.getvalue(), b"\xd0\xcf\x11\xe0 cut short"):
        path.write_bytes(raw)
        with pytest.raises(FileFault, match="cannot be read as a workbook"):
            read_roster(desk(), path)


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rosterbook, "LARGEST_UNPACKED", 1_000_000)
    path = tmp_path / "roster.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 2_000_000)
    assert path.stat().st_size < 10_000
    with pytest.raises(FileFault, match="larger than 1 MB"):
        read_roster(desk(), path)


def test_a_sheet_formatted_to_its_last_row_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rosterbook, "MOST_ROWS", 3)
    path = saved(tmp_path, HEAD, ("ops-1", "ops", "D"), lead=5)
    with pytest.raises(FileFault, match="the sheet Sheet1 is far larger than any roster"):
        read_roster(desk(), path)
