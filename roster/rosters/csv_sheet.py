"""A roster's CSV file as rows of named cells, however a spreadsheet saved it; and back, safe to open in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from roster.errors import Fault, Faults, FileFault, reason
from roster.language import tr
from roster.rosters.encodings import decoded
from roster.whole_files import write_text

COLUMNS = ("date", "weekday", "person", "type", "employer", "duty", "presence", "start", "end", "posts")
REQUIRED = ("date", "person", "duty")
ALIASES = {
    **dict.fromkeys(("日期",), "date"),
    **dict.fromkeys(("星期", "周几"), "weekday"),
    **dict.fromkeys(("姓名", "人员", "员工", "值班人", "name", "employee", "staff"), "person"),
    **dict.fromkeys(("类别", "人员类别"), "type"),
    **dict.fromkeys(("班次", "班", "值守", "班别", "shift"), "duty"),
    **dict.fromkeys(("岗位", "post"), "posts"),
}
"""What other programs call the columns."""

DELIMITERS = (",", ";", "\t", "|")
LARGEST = 50_000_000
"""Bytes; 1,200 people over a year make about 45 MB."""

HEAD_LINES = 40
"""Lines at the top of a file by which its delimiter is told."""

_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """
    A row of the file: its line, and its cells by column; a column the file lacks is an empty cell.

    `places` say where cells stand that come from elsewhere than a column of that name.
    """

    line: int
    cells: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        """Return how people find a cell of the row."""
        return self.places.get(column, column)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def guarded(text: str) -> str:
    """
    Return a cell that no spreadsheet takes for a formula; `unguarded` undoes it exactly.

    >>> guarded("=1+1"), guarded("'=1"), guarded("Li Na")
    ("'=1+1", "''=1", 'Li Na')
    """
    return f"'{text}" if text.lstrip("' ").startswith(_STARTERS) else text


def unguarded(text: str) -> str:
    """
    Return what a guarded cell says.

    >>> unguarded("'=1+1"), unguarded("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return text[1:] if text.startswith("'") and text.lstrip("' ").startswith(_STARTERS) else text


def column_called(cell: str) -> str:
    """
    Return the column of ours that a head names; empty where it is none.

    >>> column_called(" Person"), column_called("班次"), column_called("remark")
    ('person', 'duty', '')
    """
    name = cell.strip(" \u3000").lower()
    return name if name in COLUMNS else ALIASES.get(name, "")


@dataclass(frozen=True, slots=True)
class Records:
    """The lines of a CSV file with their cells, empty lines among them."""

    path: Path
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def head(self) -> tuple[int, tuple[str, ...]] | None:
        """The first line that says anything."""
        return next(((line, cells) for line, cells in self.lines if any(map(str.strip, cells))), None)

    def rows(self) -> list[SheetRow]:
        """Return the rows under the head that say anything; raises Faults for missing columns, FileFault for none."""
        if self.head is None:
            raise FileFault(tr("rosterfile.empty", file=self.path))
        start, head = self.head
        columns = _columns(self.path, head, start)
        rows = [
            SheetRow(
                line, {n: unguarded(c.strip(" \u3000")) for n, c in zip(columns, cells, strict=False) if n}
            )
            for line, cells in self.lines
            if line > start and any(map(str.strip, cells))
        ]
        if not rows:
            raise FileFault(tr("rosterfile.no_rows", file=self.path))
        return rows


def read_records(path: Path, names: Iterable[str] = ()) -> Records:
    """
    Return the lines of a CSV file, in whatever common encoding and with whatever delimiter a spreadsheet saved it.

    `names` are words that it is likely to hold: they tell encodings apart. Raises FileFault for what is no such file.
    """
    text = read_text(path, names)
    lines = text.split("\n", 1)
    skipped = 0
    if lines[0].strip().strip('"').lower().startswith("sep=") and len(lines) > 1:
        text, skipped = lines[1], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    found, line = [], skipped + 1
    try:
        for cells in reader:
            found.append((line, tuple(cells)))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise FileFault(tr("rosterfile.not_csv", file=path, line=line, why=error)) from error
    return Records(path, tuple(found))


def _delimiter(text: str) -> str:
    """Return the sign between cells: under which the heads of our columns appear, or else most cells in one line."""

    def found(mark: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark)
        known = widest = 0
        try:
            for cells in islice(reader, HEAD_LINES):
                known = max(known, sum(bool(column_called(cell)) for cell in cells))
                widest = max(widest, len(cells))
        except csv.Error:
            pass
        return (known if known > 1 else 0), widest

    return max(DELIMITERS, key=found)


def read_text(path: Path, names: Iterable[str] = ()) -> str:
    """Return the text of a file in any common encoding, told by `names` where bytes do not; raises FileFault."""
    try:
        if path.is_dir():
            raise FileFault(tr("rosterfile.folder", file=path))
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise FileFault(tr("rosterfile.unreadable", file=path, why=reason(error))) from error
    if len(raw) > LARGEST:
        raise FileFault(tr("rosterfile.huge", file=path, limit=LARGEST // 1_000_000))
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileFault(tr("rosterfile.workbook", file=path))
    text = decoded(raw, names)
    if text is None:
        raise FileFault(tr("rosterfile.binary", file=path))
    return text


def _columns(path: Path, cells: Sequence[str], line: int) -> list[str]:
    """Return the name of each column, empty where it is none of ours."""
    columns = [column_called(cell) for cell in cells]
    found = ", ".join(cell.strip() for cell in cells)[:200]
    faults = [
        Fault(line, name, tr("rosterfile.no_column", column=name, found=found))
        for name in REQUIRED
        if name not in columns
    ]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    faults += [Fault(line, name, tr("rosterfile.column_twice", column=name)) for name in twice]
    if faults:
        raise Faults(str(path), faults)
    return columns


def write_sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as a roster file, UTF-8 with a byte-order mark, whole or not at all; raises FileFault."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(row[column]) for column in COLUMNS] for row in rows)
    write_text(path, stream.getvalue(), mark=True)
