"""
Weeks that name only their weekdays: the dates are those of a label beside or above, or all those of the calendar.

`Week of 28.12.2026 | Mon | Tue | …` is dated by its label, `第1周` by the number of the week. Without labels weekdays
must be as many as the calendar has days, and begin where it begins: anything else would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from roster.rosters.day_axis import Frame
from roster.rosters.day_heads import DayMark, Order, day_mark, weekday_of
from roster.rosters.workbook import Sheet

FEWEST = 5
"""Fewer weekdays in a row are no head."""

NEAR = 7
"""Days before or after the calendar in which a week may begin."""

_DATE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?\.?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?"
    r"|\d{1,2}\.?\s*[A-Za-z]{3,9}(?:\s*\d{4})?|[A-Za-z]{3,9}\.?\s*\d{1,2}(?:,?\s*\d{4})?"
)
_WEEK = re.compile(
    r"第\s*(\d{1,2})\s*[周週]|\b(?:KW|CW|W|Week|Woche)\s*\.?\s*(\d{1,2})\b(?![./-]\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    weekdays: dict[int, int]

    @property
    def first(self) -> int:
        """The weekday of the first column."""
        return next(iter(self.weekdays.values()))


def with_dates(sheet: Sheet, frame: Frame) -> Sheet | None:
    """Return a sheet whose heads of weekdays are dates; None where it has none, or nothing tells their dates."""
    heads = list(_heads(sheet))
    if not heads:
        return None
    found = [_labelled(sheet, head, frame) for head in heads]
    if not any(found):
        found = _whole(heads, frame)
    if not all(found):
        return None
    cells = [list(row) for row in sheet.cells]
    for head, start in zip(heads, found, strict=True):
        assert start is not None
        for at, column in enumerate(head.weekdays):
            cells[head.row][column] = (start + timedelta(days=at)).isoformat()
    return replace(sheet, cells=tuple(map(tuple, cells)), weekly=True)


def _heads(sheet: Sheet) -> Iterator[_Head]:
    """Yield the rows that name weekdays one after the other and have no days beside them."""
    for row, cells in enumerate(sheet.cells):
        named = [(at, weekday_of(cell)) for at, cell in enumerate(cells) if cell]
        run = {at: day for at, day in named if day is not None}
        days = list(run.values())
        if len(run) < FEWEST or any((b - a) % 7 != 1 for a, b in pairwise(days)):
            continue
        around = (sheet.cells[at] for at in (row - 1, row + 1) if 0 <= at < len(sheet.cells))
        if any(sum(day_mark(cell) is not None for cell in near) >= FEWEST for near in around):
            return
        yield _Head(row, run)


def _labelled(sheet: Sheet, head: _Head, frame: Frame) -> date | None:
    """Return the date of the first weekday, from what stands in the head's row or the one above."""
    texts = [
        cell
        for row in (head.row, head.row - 1)
        if row >= 0
        for column, cell in enumerate(sheet.cells[row])
        if cell and not (row == head.row and column in head.weekdays)
    ]
    for text in texts:
        possible = {on for on in _dates(text, frame) if on.weekday() == head.first}
        if len(possible) == 1:
            return possible.pop()
    return None


def _dates(text: str, frame: Frame) -> Iterator[date]:
    """Yield the days near the calendar that a label may mean; of two the first."""
    for found in _DATE.finditer(text):
        mark = day_mark(found.group(0))
        if mark is not None and mark.month is not None:
            near = [on for on in _readings(mark, frame) if _near(on, frame)]
            if near:
                yield from near
                return
    for found in _WEEK.finditer(text):
        number = int(found[1] or found[2])
        for year in range(frame.first.year - 1, frame.last.year + 2):
            try:
                on = date.fromisocalendar(year, number, 1)
            except ValueError:
                continue
            if _near(on, frame):
                yield on


def _readings(mark: DayMark, frame: Frame) -> Iterator[date]:
    for order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        year, month, day = mark.read(order)
        years = [year] if year is not None else range(frame.first.year - 1, frame.last.year + 2)
        for each in years:
            try:
                yield date(each, month or 1, day)
            except ValueError:
                continue


def _near(on: date, frame: Frame) -> bool:
    return frame.first - timedelta(days=NEAR) <= on <= frame.last + timedelta(days=NEAR)


def _whole(heads: Sequence[_Head], frame: Frame) -> list[date | None]:
    """Return the first dates of heads that together are exactly the calendar's days."""
    said = [day for head in heads for day in head.weekdays.values()]
    days = [frame.first + timedelta(days=at) for at in range((frame.last - frame.first).days + 1)]
    if said != [on.weekday() for on in days]:
        return [None] * len(heads)
    starts, at = [], 0
    for head in heads:
        starts.append(days[at])
        at += len(head.weekdays)
    return list(starts)
