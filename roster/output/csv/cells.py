"""Cells of CSV files: no text may start a formula when a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from roster.rosters.csv_sheet import guarded


def cell(value: object) -> str:
    """
    Return a value as a cell that a spreadsheet takes for text or a number, never for a formula.

    >>> cell("=HYPERLINK(1)"), cell("Li"), cell(34.5), cell(None)
    ("'=HYPERLINK(1)", 'Li', '34.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return guarded(str(value).replace("\x00", ""))


def sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """
    Return a CSV file as text, without the byte-order mark.

    >>> sheet(["person", "nights"], [["Li, Na", 3]])
    'person,nights\\r\\n"Li, Na",3\\r\\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(column) for column in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()
