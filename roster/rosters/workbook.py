"""
Rosters out of workbooks: whatever Excel, WPS or LibreOffice saved, as sheets of plain texts.

A workbook holds either a grid (people down, dates across, as `roster.xlsx` has it) or rows as in `roster.csv`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from roster.errors import FileFault, reason
from roster.language import tr
from roster.rosters.csv_sheet import LARGEST, REQUIRED, SheetRow, column_called
from roster.rosters.formulas import unknown_results

_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What zipped workbooks and those of old Excel begin with."""

LARGEST_UNPACKED = 600_000_000
"""Bytes; a workbook of 200 people over a year unpacks to about 10 MB."""

MOST_ROWS, MOST_COLUMNS = 200_000, 2_000
MOST_MERGED = 200_000
"""Cells of merged areas that are looked at in a sheet."""

HEAD_ROWS = 40
"""Rows at the top of a sheet among which the heads are looked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A sheet as texts: `cells[r][c]` is row r + 1, dates as 2027-01-04.

    `merged` leads from each other cell of a merged area to the one that says what it holds. `unknown` are formulas
    whose result the file does not hold. `turned` sheets have rows and columns exchanged; places are as in the file.
    `weekly` ones name weekdays alone, whose dates were worked out.
    """

    name: str
    cells: tuple[tuple[str, ...], ...]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    unknown: frozenset[tuple[int, int]] = frozenset()
    turned: bool = False
    weekly: bool = False

    def place(self, row: int, column: int) -> str:
        """
        Return how a spreadsheet calls a cell; both count from 0.

        >>> Sheet("Roster", ()).place(4, 29)
        'Roster!AD5'
        """
        if self.turned:
            row, column = column, row
        return f"{self.name}!{column_name(column)}{row + 1}"

    def line(self, row: int, column: int) -> int:
        """Return the line of a cell in the file, from 1."""
        return (column if self.turned else row) + 1

    def text(self, row: int, column: int | None) -> str:
        """Return what a cell says, merged ones what their area does; empty beyond the row's end."""
        if column is None:
            return ""
        row, column = self.merged.get((row, column), (row, column))
        cells = self.cells[row] if row < len(self.cells) else ()
        return cells[column] if column < len(cells) else ""

    def across(self) -> Sheet:
        """Return the sheet with rows and columns exchanged."""
        width = max(map(len, self.cells), default=0)
        columns = tuple(
            tuple(cells[at] if at < len(cells) else "" for cells in self.cells) for at in range(width)
        )
        merged = {(column, row): (b, a) for (row, column), (a, b) in self.merged.items()}
        unknown = frozenset((column, row) for row, column in self.unknown)
        return Sheet(self.name, columns, merged, unknown, not self.turned)


def column_name(column: int) -> str:
    """
    Return the letters of a column counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def is_book(path: Path) -> bool:
    """Whether a file is a workbook, by its first bytes; False where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) in _SIGNATURES
    except OSError:
        return False


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook; raises FileFault for what is none, or too large."""
    # Imported here: the command line reads CSV without it.
    from python_calamine import CalamineError, CalamineWorkbook

    raw = _bytes(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                raise FileFault(tr("rosterfile.book_huge", file=path, sheet=name))
            rows = sheet.to_python(skip_empty_area=False)
            cells = tuple(tuple(as_text(cell) for cell in row) for row in rows)
            unknown = unknown_results(raw, name) if raw.startswith(_SIGNATURES[0]) else frozenset()
            sheets.append(Sheet(name, cells, _merged(sheet.merged_cell_ranges), unknown))
    except (CalamineError, ValueError, OverflowError, zipfile.BadZipFile, zlib.error) as error:
        raise FileFault(tr("rosterfile.not_book", file=path, why=error)) from error
    return sheets


Corner = tuple[int, int]


def _merged(ranges: Iterable[tuple[Corner, Corner]] | None) -> dict[Corner, Corner]:
    """Return for each cell of a merged area, but its first, where that first one is; of so many cells and no more."""
    areas = (
        ((row, column), first)
        for first, last in ranges or ()
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
        if (row, column) != first
    )
    return dict(islice(areas, MOST_MERGED))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise FileFault(tr("rosterfile.unreadable", file=path, why=reason(error))) from error
    if len(raw) > LARGEST:
        raise FileFault(tr("rosterfile.huge", file=path, limit=LARGEST // 1_000_000))
    if raw.startswith(_SIGNATURES[0]):
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                size = sum(entry.file_size for entry in packed.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise FileFault(tr("rosterfile.not_book", file=path, why=error)) from error
        if size > LARGEST_UNPACKED:
            raise FileFault(tr("rosterfile.huge", file=path, limit=LARGEST_UNPACKED // 1_000_000))
    return raw


def as_text(cell: str | float | bool | date | datetime | time | timedelta | None) -> str:
    """
    Return what a cell says as it would stand in a CSV file.

    >>> as_text(7.0), as_text(datetime(2027, 1, 4)), as_text(datetime(2027, 1, 4, 8)), as_text(" Li ")
    ('7', '2027-01-04', '2027-01-04T08:00', 'Li')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip(" \u3000")
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def listed_rows(sheets: Iterable[Sheet]) -> list[SheetRow]:
    """Return the rows of the first sheet with the columns of `roster.csv`; none where no sheet has them."""
    for sheet in sheets:
        for at, cells in enumerate(sheet.cells[:HEAD_ROWS]):
            names = [column_called(cell) for cell in cells]
            if not set(REQUIRED) <= set(names):
                continue
            below = enumerate(sheet.cells[at + 1 :], start=at + 2)
            return [
                SheetRow(line, {name: cell for name, cell in zip(names, row, strict=False) if name})
                for line, row in below
                if any(row)
            ]
    return []
