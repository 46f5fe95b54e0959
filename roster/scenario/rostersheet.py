"""A roster's CSV file as rows of named cells, however a spreadsheet saved it; and back, safe to open in one."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.errors import Fault, Faults, FileFault, reason
from roster.language import tr

COLUMNS = ("date", "weekday", "person", "type", "employer", "duty", "presence", "start", "end", "posts")
REQUIRED = ("date", "person", "duty")
DELIMITERS = (",", ";", "\t")
LARGEST = 50_000_000
"""Bytes; 1,200 people over a year make about 45 MB."""

_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its line, and its cells by column; a column the file lacks is an empty cell."""

    line: int
    cells: Mapping[str, str]

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


def read_sheet(path: Path) -> list[Row]:
    """
    Return the rows of a roster file that say anything.

    Accepts UTF-8 with or without byte-order mark, UTF-16 with one, and GBK; commas, semicolons or tabs; columns in any
    order and any number of others. Raises FileFault for what is not such a file, Faults for missing columns.
    """
    text = read_text(path)
    lines = text.split("\n", 1)
    skipped = 0
    if lines[0].strip().strip('"').lower().startswith("sep=") and len(lines) > 1:
        text, skipped = lines[1], 1
    delimiter = max(DELIMITERS, key=lambda mark: len(_known(_first(text, mark))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] | None = None
    rows, line = [], skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if columns is None:
                    columns = _columns(path, cells, line)
                else:
                    named = {
                        n: unguarded(c.strip(" \u3000")) for n, c in zip(columns, cells, strict=False) if n
                    }
                    rows.append(Row(line, named))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise FileFault(tr("rosterfile.not_csv", file=path, line=line, why=error)) from error
    if not rows:
        raise FileFault(tr("rosterfile.no_rows" if columns else "rosterfile.empty", file=path))
    return rows


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, UTF-16 with a mark, or GBK; raises FileFault for what is none."""
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
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileFault(tr("rosterfile.binary", file=path))


def _first(text: str, delimiter: str) -> list[str]:
    """Return the cells of the first row that says anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
    except csv.Error:
        return []


def _known(cells: Iterable[str]) -> list[str]:
    return [name for cell in cells if (name := cell.strip().lower()) in COLUMNS]


def _columns(path: Path, cells: Sequence[str], line: int) -> list[str]:
    """Return the name of each column, empty where it is none of ours."""
    known = _known(cells)
    faults = [
        Fault(
            line,
            name,
            tr("rosterfile.no_column", column=name, found=", ".join(c.strip() for c in cells)[:200]),
        )
        for name in REQUIRED
        if name not in known
    ]
    twice = sorted({name for name in known if known.count(name) > 1})
    faults += [Fault(line, name, tr("rosterfile.column_twice", column=name)) for name in twice]
    if faults:
        raise Faults(str(path), faults)
    return [name if (name := cell.strip().lower()) in COLUMNS else "" for cell in cells]


def write_sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as a roster file, UTF-8 with a byte-order mark, whole or not at all; raises FileFault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".roster-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(COLUMNS)
                writer.writerows([guarded(row[column]) for column in COLUMNS] for row in rows)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileFault(tr("rosterfile.unwritable", file=path, why=reason(error))) from error
