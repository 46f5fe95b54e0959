"""
Which dates a row of days stands for: worked out from its cells, weekdays beside them, titles and the calendar.

Nothing is guessed: every reading that agrees with all that is written is listed, those that meet the calendar go
first, and where two are left the user is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from roster.rosters.dates import month_named
from roster.rosters.day_heads import DayMark, Order

LONGEST_GAP = 7
"""Days between two neighbours of a row of day numbers; working days alone leave three, and a holiday a few more."""

Month = tuple[int | None, int]
"""A year, where it is known, and a month."""

_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?!\d)")
_MONTH_ALONE = re.compile(r"(?<![\d年])\s*(\d{1,2})\s*月(?!\s*\d)")
_NAMED = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s,]*(\d{4})?(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The dates that a roster is looked for in, both included; readings that meet it go before others."""

    first: date
    last: date

    def __contains__(self, on: date) -> bool:
        return self.first <= on <= self.last

    def months(self) -> list[Month]:
        """
        Return every month that the frame touches.

        >>> Frame(date(2026, 12, 28), date(2027, 1, 24)).months()
        [(2026, 12), (2027, 1)]
        """
        number, last = (on.year * 12 + on.month - 1 for on in (self.first, self.last))
        return [(at // 12, at % 12 + 1) for at in range(number, last + 1)]


def months_named(text: str) -> list[Month]:
    """
    Return the months that a title names, those with a year first.

    >>> months_named("信息科2026年9月值班表"), months_named("Rota Sept 2026"), months_named("9月")
    ([(2026, 9)], [(2026, 9)], [(None, 9)])
    >>> months_named("Mayor")
    []
    """
    plain = unicodedata.normalize("NFKC", text)
    found: list[Month] = [(int(year), int(month)) for year, month in _YEAR_MONTH.findall(plain)]
    for match in _NAMED.finditer(plain):
        whole = match.group(0).rstrip(" ,.0123456789")
        if match[2] or len(whole) == 3 or whole.lower() in _FULL:
            found.append((int(match[2]) if match[2] else None, month_named(match[1])))
    if not found:
        found = [(None, int(month)) for month in _MONTH_ALONE.findall(plain)]
    return [(year, month) for year, month in dict.fromkeys(found) if 1 <= month <= 12]


_FULL = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "sept", "september"),
    *("october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Clues:
    """
    What helps to tell which dates are meant.

    `asked` is the month that the user names and `titles` those that the file does; `weekdays` and `months` are
    written beside the cells, by place.
    """

    frame: Frame
    asked: Month | None = None
    titles: tuple[Month, ...] = ()
    weekdays: Mapping[int, int] | None = None
    months: Mapping[int, Month] | None = None

    def starts(self, *, dated: bool, first: Collection[int] = ()) -> list[Month]:
        """
        Return the months that a first day may be in; for cells with a month of their own only the years matter.

        `first` are the months that the first cell may name: a title with one of them tells the year.
        """
        if self.asked is not None:
            return [self.asked]
        years = sorted({year for year, _ in self.frame.months() if year is not None})
        years = list(dict.fromkeys([*years, years[0] - 1, years[-1] + 1]))
        told = [(year, month) for year, month in self.titles if year is not None]
        if told and not dated:
            return list(told)
        same: list[Month] = [(year, 1) for year, month in told if month in first]
        if dated and same:
            return same
        if dated:
            return [(year, 1) for year in dict.fromkeys([*(year for year, _ in told), *years])]
        if self.titles:
            return [(year, month) for year in years for _, month in self.titles]
        return self.frame.months()


Marks = Sequence[tuple[int, DayMark]]
Reading = tuple[tuple[int, date], ...]
"""A date for each place that has a mark."""


def readings(marks: Marks, clues: Clues) -> list[Reading]:
    """
    Return every way to read the marks that contradicts nothing written, those that meet the frame best.

    >>> frame = Frame(date(2027, 3, 1), date(2027, 3, 28))
    >>> days = [(n, DayMark(n + 1)) for n in range(28)]
    >>> [found[-1] for found in readings(days, Clues(frame))]
    [(27, datetime.date(2027, 3, 28))]
    """
    dated = all(mark.month is not None for _, mark in marks)
    shown = {mark.order for _, mark in marks}
    orders: list[Order] = [order for order in (Order.DAY_FIRST, Order.MONTH_FIRST) if order in shown]
    if not orders:
        orders = [Order.DAY_FIRST, Order.MONTH_FIRST] if Order.EITHER in shown else [Order.NONE]
    first = (
        {number for number in (marks[0][1].month, marks[0][1].day) if number is not None} if marks else set()
    )
    found: dict[Reading, None] = {}
    for order in orders:
        for start in clues.starts(dated=dated, first=first):
            dates = _walk(marks, order, start, clues)
            if dates is not None:
                found.setdefault(tuple(dates))
    if not found:
        return []
    return _best(found, clues)


def _best(found: Iterable[Reading], clues: Clues) -> list[Reading]:
    def inside(reading: Reading) -> int:
        return sum(on in clues.frame for _, on in reading)

    def breaks(reading: Reading) -> int:
        dates = [on for _, on in reading]
        return sum(abs((b - a).days) > LONGEST_GAP for a, b in pairwise(dates))

    ranked = list(found)
    most = max(map(inside, ranked))
    ranked = [reading for reading in ranked if inside(reading) == most]
    fewest = min(map(breaks, ranked))
    return [reading for reading in ranked if breaks(reading) == fewest]


def _walk(marks: Marks, order: Order, start: Month, clues: Clues) -> list[tuple[int, date]] | None:
    """Return the dates of the marks from a first month on; None where they contradict themselves or a weekday."""
    found: list[tuple[int, date]] = []
    before: date | None = None
    for place, mark in marks:
        year, month, day = mark.read(order)
        beside = (clues.months or {}).get(place)
        if month is None and beside is not None:
            year, month = beside
        on = _next(before, (year, month, day), start)
        if on is None or not _fits(on, mark.weekday, (clues.weekdays or {}).get(place)):
            return None
        found.append((place, on))
        before = on
    return found


def _next(before: date | None, parts: tuple[int | None, int | None, int], start: Month) -> date | None:
    year, month, day = parts
    try:
        if month is not None:
            if year is not None:
                return date(year, month, day)
            on = date(start[0] or 0, month, day)
            # The year turns once within a roster.
            return date(on.year + 1, month, day) if before and (before - on).days > 183 else on
        if before is None:
            return date(start[0] or 0, start[1], day)
        on = before.replace(day=1)
        if day <= before.day:
            if day == before.day:
                return None
            on = (on + timedelta(days=31)).replace(day=1)
        on = on.replace(day=day)
    except ValueError:
        return None
    return on if (on - before).days <= LONGEST_GAP else None


def _fits(on: date, *weekdays: int | None) -> bool:
    return all(weekday is None or weekday == on.weekday() for weekday in weekdays)


def in_words(reading: Reading) -> str:
    """Return a reading as people see it: its first and its last date."""
    dates = [on for _, on in reading]
    return f"{min(dates)}..{max(dates)}"


def pairs(marks: Iterable[tuple[int, DayMark | None]]) -> Iterator[tuple[int, DayMark]]:
    """Yield the places that have a mark."""
    for place, mark in marks:
        if mark is not None:
            yield place, mark
