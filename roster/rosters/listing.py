"""A roster file as rows, whatever form it has: rows as in `roster.csv`, or a grid; in CSV or a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from roster.domain.problem import Problem
from roster.errors import Fault, FileFault
from roster.language import tr
from roster.rosters.cell_words import CellWords
from roster.rosters.csv_sheet import Records, SheetRow, column_called, read_records, unguarded
from roster.rosters.dates import year_last
from roster.rosters.day_axis import Clues, Frame, pairs, readings
from roster.rosters.day_heads import day_mark, weekday_of
from roster.rosters.grid import calendar_faults, grid_rows
from roster.rosters.grid_finder import Grid, SheetContext, find_grid
from roster.rosters.notation import Notation
from roster.rosters.people import known_person
from roster.rosters.workbook import MOST_ROWS, Sheet, is_book, listed_rows, read_sheets


@dataclass(frozen=True, slots=True)
class Listing:
    """
    The rows of a roster file.

    `grid` says that they come from one; its `faults` are found already, and `days` are those that it has. `dates` are
    those that cells mean which could be read with day and month either way round. `remarks` say how the file was read.
    """

    path: Path
    rows: tuple[SheetRow, ...]
    grid: bool = False
    dates: Mapping[str, date] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


def read_listing(
    problem: Problem, path: Path, notation: Notation, frame: tuple[date, date], *, whole: bool = True
) -> Listing:
    """
    Return the rows of a file.

    Parameters
    ----------
    problem, path : The scenario, and the file.
    notation : What is known of its letters and its month beforehand.
    frame : First and last date that it is expected to be about.
    whole : Whether a grid must have all of these dates and no others.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or has no rows of a roster.
    """
    if is_book(path):
        sheets = read_sheets(path)
        grid = _grid(problem, sheets, path, notation, frame)
        if grid is None:
            rows = listed_rows(sheets)
            if not rows:
                names = ", ".join(sheet.name for sheet in sheets)
                raise FileFault(tr("rosterfile.book_nothing", file=path, sheets=names))
            return Listing(path, tuple(rows), dates=_open_dates(rows, frame))
    else:
        records = read_records(path, _words(problem))
        head = records.head
        grid = None
        if head is not None and not _is_list(records):
            grid = _grid(problem, [_sheet(records)], path, notation, frame)
        if grid is None:
            if head is not None and not any(map(column_called, head[1])):
                raise FileFault(tr("rosterfile.nothing", file=path))
            rows = records.rows()
            return Listing(path, tuple(rows), dates=_open_dates(rows, frame))
    found = grid_rows(problem, grid, CellWords(problem, notation.letters))
    faults = list(found.faults) + (calendar_faults(grid, problem.dates, *frame) if whole else [])
    remarks = [tr("rosterfile.left_out", rows=", ".join(found.left_out))] if found.left_out else []
    return Listing(
        path, tuple(found.rows), True, faults=tuple(faults), remarks=tuple(remarks), days=tuple(found.dates)
    )


def _words(problem: Problem) -> list[str]:
    """Return words that a roster of a problem is likely to hold."""
    return [
        *(person.name for person in problem.people),
        *(shift.title for shift in problem.shifts),
        *problem.shift,
    ]


def _is_list(records: Records) -> bool:
    return any({"date", "duty"} <= set(map(column_called, cells)) for _, cells in records.lines[:5])


def _sheet(records: Records) -> Sheet:
    if len(records.lines) > MOST_ROWS:
        raise FileFault(tr("rosterfile.book_huge", file=records.path, sheet=records.path.name))
    cells = tuple(tuple(unguarded(cell.strip(" \u3000")) for cell in line) for _, line in records.lines)
    return Sheet(records.path.name, cells)


def _grid(
    problem: Problem, sheets: list[Sheet], path: Path, notation: Notation, frame: tuple[date, date]
) -> Grid | None:
    posts = {*problem.post, *(post.title for post in problem.posts)}
    asked = SheetContext(
        Frame(*frame),
        notation.month,
        lambda text: bool(text) and text not in posts and known_person(problem, text, "") is not None,
        frozenset(problem.type),
    )
    return find_grid(sheets, asked, str(path))


def _open_dates(rows: Iterable[SheetRow], frame: tuple[date, date]) -> dict[str, date]:
    """
    Return the dates of cells with the year last, where one order of day and month fits them all.

    What tells is the calendar, the weekday beside, and days above 12.
    """
    said = {row["date"]: row for row in rows if year_last(row["date"])}
    texts = [text for text in said if day_mark(text) is not None]
    marks = list(pairs((at, day_mark(text)) for at, text in enumerate(texts)))
    if not marks:
        return {}
    days = {
        at: day for at, text in enumerate(texts) if (day := weekday_of(said[text]["weekday"])) is not None
    }
    found = readings(marks, Clues(Frame(*frame), weekdays=days))
    return {texts[at]: on for at, on in found[0]} if len(found) == 1 else {}
