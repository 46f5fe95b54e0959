"""Exports of any layout as one kind of table: a head, and rows of texts with the line each stands on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.rosters.csv_sheet import read_records, read_text
from roster.rosters.workbook import is_book, read_sheets

HEAD_ROWS = 40
"""Rows at the top among which the head is looked for: exports have title rows."""

MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """
    A file as rows: `head` names the columns, `line` is the head's own, `rows` are lines with their cells.

    `sheet` is a workbook's sheet.
    """

    file: str
    head: tuple[str, ...]
    line: int
    rows: tuple[tuple[int, Sequence[str]], ...]
    sheet: str = ""

    def column(self, name: str) -> int | None:
        """Return where a column stands, its name in any case; None where there is none."""
        wanted = plain_name(name)
        names = [plain_name(head) for head in self.head]
        if wanted in names:
            return names.index(wanted)
        # A unit in brackets is no part of the name: `effort (min)`.
        return next(
            (at for at, head in enumerate(names) if re.sub(r"\s*[(（].*[)）]$", "", head) == wanted), None
        )

    def cells(self, at: int) -> Iterator[str]:
        """Yield the cells of a column."""
        return (cells[at] if at < len(cells) else "" for _, cells in self.rows)


def plain_name(head: str) -> str:
    """
    Return a column's name as it is compared: case and outer signs do not count.

    >>> plain_name(" Opened_At "), plain_name("Issue key")
    ('opened_at', 'issue key')
    """
    return head.strip(" \u3000\ufeff\"'").lower()


def read_table(path: Path, known: frozenset[str]) -> Table:
    """
    Return a file as a table; raises FileFault or Faults.

    Parameters
    ----------
    path : CSV in any common encoding, a workbook, a JSON list, or one JSON document a line.
    known : Names of columns by which the head is found under title rows.
    """
    if is_book(path):
        return _of_book(path, known)
    if path.suffix.lower() in (".json", ".ndjson", ".jsonl", ".log"):
        text = read_text(path)
        if text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
            return _of_json(path, text)
    lines = read_records(path).lines
    return _of_rows(str(path), [(line, cells) for line, cells in lines if any(map(str.strip, cells))], known)


def _of_book(path: Path, known: frozenset[str]) -> Table:
    found: list[Table] = []
    for sheet in read_sheets(path):
        rows = [(at, cells) for at, cells in enumerate(sheet.cells, start=1) if any(cells)]
        if rows:
            table = _of_rows(str(path), rows, known)
            found.append(Table(table.file, table.head, table.line, table.rows, sheet.name))
    if not found:
        raise FileFault(tr("demand.no_rows", file=path))
    return max(found, key=lambda table: (_matches(table.head, known), len(table.rows)))


def _matches(cells: Sequence[str], known: frozenset[str]) -> int:
    return sum(plain_name(cell) in known for cell in cells)


def _of_rows(file: str, rows: list[tuple[int, tuple[str, ...]]], known: frozenset[str]) -> Table:
    """Return a table whose head is the row, of the first ones, with most known names; else the first of the fullest."""
    if not rows:
        raise FileFault(tr("demand.no_rows", file=file))
    first = rows[:HEAD_ROWS]
    full = [sum(bool(cell.strip()) for cell in cells) for _, cells in first]
    # A title row has few cells: where no name is known, the map to fill in names the columns of the head all the same.
    at = max(range(len(first)), key=lambda row: (_matches(first[row][1], known), full[row], -row))
    line, head = rows[at]
    return Table(file, tuple(cell.strip(" \u3000\ufeff") for cell in head), line, tuple(rows[at + 1 :]))


def _of_json(path: Path, text: str) -> Table:
    documents: list[tuple[int, dict[str, str]]] = []
    faults: list[Fault] = []
    for line, value in _documents(path, text, faults):
        for record in _records(value):
            if isinstance(record, dict):
                documents.append((line, dict(_flat("", record))))
            elif len(faults) < MOST_FAULTS:
                faults.append(Fault(line, "", tr("demand.not_a_record")))
    if faults:
        raise Faults(str(path), faults)
    documents = _with_recoveries(documents)
    if not documents:
        raise FileFault(tr("demand.no_rows", file=path))
    head = tuple(dict.fromkeys(key for _, record in documents for key in record))
    rows = tuple((line, [record.get(key, "") for key in head]) for line, record in documents)
    return Table(str(path), head, 1, rows)


def _documents(path: Path, text: str, faults: list[Fault]) -> Iterator[tuple[int, object]]:
    """Yield the values of a JSON file with their lines: of a list, line by line where it has several, else 1."""
    try:
        yield 1, json.loads(text)
    except json.JSONDecodeError as whole:
        lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if len(lines) < 2 or text.lstrip()[0] == "[":
            raise Faults(str(path), [Fault(whole.lineno, "", tr("demand.not_json", why=whole.msg))]) from None
        for at, line in lines:
            try:
                yield at, json.loads(line)
            except json.JSONDecodeError as error:
                if len(faults) < MOST_FAULTS:
                    faults.append(Fault(at, "", tr("demand.not_json", why=error.msg)))


def _records(value: object) -> Iterator[object]:
    """Yield the records of a document: those of a list, of a webhook's `alerts`, of an answer's `incidents`."""
    if isinstance(value, list):
        for one in value:
            yield from _records(one)
        return
    if isinstance(value, dict):
        for key in ("alerts", "incidents", "data", "result", "results"):
            if isinstance(value.get(key), list):
                yield from _records(value[key])
                return
    yield value


def _flat(start: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the plain values of a record by dotted path; of long lists the first few."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(f"{start}.{key}" if start else str(key), one)
    elif isinstance(value, list):
        for at, one in enumerate(value[:3]):
            yield from _flat(f"{start}.{at}", one)
    elif value is not None:
        yield start.lower(), str(value)


def _with_recoveries(documents: list[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    """Give each Zabbix problem the moment of its recovery (`value: 0` with `p_eventid`); give alerts a number."""
    ended = {one["p_eventid"]: one.get("clock", "") for _, one in documents if one.get("p_eventid")}
    kept = [(line, one) for line, one in documents if not (one.get("value") == "0" and one.get("p_eventid"))]
    for _, one in kept:
        if one.get("eventid") in ended:
            one["recovered"] = ended[one["eventid"]]
        if "fingerprint" in one and "startsat" in one:
            one.setdefault("id", f"{one['fingerprint']} {one['startsat']}")
    return kept
