"""The answers of a sweep as files: one table, timings apart, a page for the region, a summary."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from roster.domain.outcome import scope_of
from roster.language import counted, listed, optional, tr
from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text, versions
from roster.output.folders.whole_folder import whole_folder
from roster.output.html.page import render
from roster.sweep.jobs import AnswerRow, How
from roster.sweep.source import left_out

TABLE, TIMES, PARQUET, INDEX, SUMMARY = (
    "answers.csv",
    "timings.csv",
    "answers.parquet",
    "index.html",
    "sweep.json",
)
NAMED = 5
"""How many of those left out are named in the headline; the document names all."""

FIRST = ("name", "title", "answered", "yes")


@dataclass(frozen=True, slots=True)
class RegionCell:
    """A cell of the region's page: what it says, and whether it counts."""

    text: str
    number: bool


def write_sweep(folder: Path, source: Path, rows: Sequence[AnswerRow], how: How) -> list[str]:
    """
    Write the files of a sweep together; return their names.

    Parameters
    ----------
    folder, source : Where they go, and where the scenarios came from.
    rows, how : Answers in the order of the scenarios, and what was asked.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    columns = columns_of(rows)
    texts = {
        TABLE: sheet(columns, [[_of(row, column) for column in columns] for row in rows]),
        TIMES: sheet(("name", "seconds"), [(row.name, row.seconds) for row in rows]),
    }
    with whole_folder(folder) as new:
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        pages = {INDEX: _region_page(source, rows, how), SUMMARY: as_text(sweep_document(source, rows, how))}
        for name, text in pages.items():
            (new / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")
        parquet = _write_parquet(new / PARQUET, columns, rows)
    return [TABLE, *([PARQUET] if parquet else []), TIMES, INDEX, SUMMARY]


def columns_of(rows: Sequence[AnswerRow]) -> tuple[str, ...]:
    """Return the columns of the table: those of every row, the figures of any, what was wrong, and the page."""
    figures = dict.fromkeys(name for row in rows for name, _ in row.figures)
    return (*FIRST, *figures, "fault", "page")


def _of(row: AnswerRow, column: str) -> Any:
    fixed = {
        "name": row.name,
        "title": row.title,
        "answered": row.answered,
        "yes": row.yes if row.answered else None,
    }
    fixed |= {"fault": row.fault or None, "page": row.page or None}
    return fixed[column] if column in fixed else dict(row.figures).get(column)


def _write_parquet(file: Path, columns: Sequence[str], rows: Sequence[AnswerRow]) -> bool:
    """Write the table as Parquet where pyarrow is installed; return whether it is."""
    try:
        from pyarrow import Table, parquet
    except ImportError:
        return False
    values = {column: [_of(row, column) for row in rows] for column in columns}
    mixed = {name for name, cells in values.items() if len({type(c) for c in cells if c is not None}) > 1}
    for name in mixed:
        numbers = all(isinstance(cell, int | float) for cell in values[name] if cell is not None)
        values[name] = [None if c is None else float(c) if numbers else str(c) for c in values[name]]
    parquet.write_table(Table.from_pydict(values), file)
    return True


def sweep_document(source: Path, rows: Sequence[AnswerRow], how: How) -> Document:
    """
    Return the answer as a document with stable keys.

    Parameters
    ----------
    source : Where the scenarios came from.
    rows, how : Answers in the order of the scenarios, and what was asked.
    """
    return {
        "source": str(source),
        "ask": how.ask.value,
        "scenarios": len(rows),
        "left_out": list(_left_out(source, rows)),
        "failed": sum(not row.answered for row in rows),
        "no": sum(row.answered and not row.yes for row in rows),
        "time_limit": how.time_limit_s,
        "seed": how.seed,
        "rows": [{column: _of(row, column) for column in columns_of(rows)} for row in rows],
        "seconds": round(sum(row.seconds for row in rows), 3),
        "versions": versions(),
    }


def headline(source: Path, rows: Sequence[AnswerRow]) -> str:
    """
    Return the answer in one line: how many answers there are, and what was not asked.

    Parameters
    ----------
    source, rows : Where the scenarios came from, and the answers.
    """
    failed = sum(not row.answered for row in rows)
    said = [counted("sweep.headline", len(rows), answered=len(rows) - failed)]
    said += [counted("sweep.failed", failed)] if failed else []
    bases = _left_out(source, rows)
    said += [counted("sweep.left_out", len(bases), names=listed(bases[:NAMED]))] if bases else []
    return " ".join(said)


def _left_out(source: Path, rows: Sequence[AnswerRow]) -> tuple[str, ...]:
    return left_out(source, (row.name for row in rows))


def _region_page(source: Path, rows: Sequence[AnswerRow], how: How) -> str:
    """Return the page of the region: a row a scenario, each with a link to its report."""
    columns = [name for name in columns_of(rows) if name not in (*FIRST, "fault", "page")]
    shown = [
        (
            row.title or row.name,
            row.name,
            quote(row.page),
            tr("sweep.yes" if row.yes else "sweep.no") if row.answered else tr("sweep.not_answered"),
            [_cell(column, _of(row, column)) for column in columns],
            row.fault,
        )
        for row in rows
    ]
    return render(
        "region.html.jinja",
        title=tr("sweep.region", source=source.name),
        span=tr("sweep.asked", ask=how.ask.value),
        answer={
            "figure": {"value": str(len(rows)), "unit": tr("sweep.unit")},
            "sentence": headline(source, rows),
            "status": "optimal" if all(row.answered for row in rows) else "unknown",
            "reasons": (),
        },
        columns=[_head(column) for column in columns],
        rows=shown,
        faults=[(row.name, row.fault) for row in rows if row.fault],
    )


def _head(column: str) -> str:
    """Return what people call a column; files keep its name."""
    return optional(f"sweep.column_{column}") or column


def _cell(column: str, value: object) -> RegionCell:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is None:
        return RegionCell("", number)
    if isinstance(value, bool):
        return RegionCell(tr("sweep.yes_word" if value else "sweep.no_word"), number)
    if isinstance(value, int):
        return RegionCell(f"{value:,}", number)
    if column == "by_type":
        people = json.loads(str(value))
        return RegionCell(listed(f"{name} {many}" for name, many in people.items() if many), number)
    if column == "scope" and str(value) != scope_of(None):
        weeks = int("".join(filter(str.isdigit, str(value))))
        return RegionCell(tr("sweep.rotas_of", weeks=counted("common.weeks", weeks)), number)
    return RegionCell(optional(f"sweep.word_{str(value).replace(' ', '_')}") or str(value), number)
