"""What the head of a column or row may mean as a day: a date, a day and month, or a day of some month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from roster.rosters.dates import EPOCHS, OTHER_WEEKDAYS, month_named, parse_weekday

_NAME = r"[A-Za-z]{3,9}\.?"
_WEEKDAY = re.compile(
    r"(?:周|星期|礼拜|週)[一二三四五六日天]|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    rf"|\b(?:{'|'.join(OTHER_WEEKDAYS)})\b"
    r"|(?<=[日号])[一二三四五六日天]$|(?<=[\s\d])[一二三四五六天]$|^[一二三四五六日天](?=[\s\d])",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})\.?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_NAMED_DAY = re.compile(rf"(\d{{1,2}})[-/. ]*({_NAME})(?:[-/., ]+(\d{{4}}|\d{{2}}))?")
_NAMED_MONTH = re.compile(rf"({_NAME})[-/. ]*(\d{{1,2}})(?:[-/., ]+(\d{{4}}))?")
_DAY = re.compile(r"0?(\d{1,2})\s*(?:[日号.]|st|nd|rd|th)?")
_SERIAL = re.compile(r"[34]\d{4}")


class Order(StrEnum):
    """Which of two numbers is the day, as a mark shows it; `either` leaves it open, `none` has no such numbers."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    EITHER = "either"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DayMark:
    """
    A day as it is written: year and month where they are given, and the weekday that stands beside it.

    Where the order is open, `month` is the number that stands first.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    order: Order = Order.NONE

    @property
    def strength(self) -> int:
        """How surely it is a day: 3 a whole date, 2 a day and month, 1 a number that may be a day."""
        return 1 + (self.month is not None) + (self.year is not None)

    def read(self, order: Order) -> tuple[int | None, int | None, int]:
        """Return year, month and day, read in one order where both are possible."""
        if self.order is Order.EITHER and order is Order.DAY_FIRST:
            return self.year, self.day, self.month or 0
        return self.year, self.month, self.day


@lru_cache(maxsize=4096)
def day_mark(text: str) -> DayMark | None:
    """
    Return the day that a cell names; None where it names none.

    >>> day_mark("9月1日"), day_mark("4日(一)") == day_mark("4 Mon") == DayMark(4, weekday=0)
    (DayMark(day=1, month=9, year=None, weekday=None, order=<Order.NONE: 'none'>), True)
    >>> day_mark("Mo 28.") == day_mark("28 Mo") == DayMark(28, weekday=0), day_mark("So, 3.1.2027").weekday
    (True, 6)
    >>> str(day_mark("3/1/2027").order), str(day_mark("13/1").order), day_mark("2027-02-30"), day_mark("40")
    ('either', 'day_first', None, None)
    """
    if not text or len(text) > 40:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = re.sub(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?$", "", plain)
    weekday = None
    bare = re.sub(r"[()（）\[\],，]", " ", plain).strip()
    if found := _WEEKDAY.search(bare):
        weekday = weekday_of(found.group(0))
        bare = f"{bare[: found.start()]} {bare[found.end() :]}".strip(" .,-/")
    for year, month, day, order in _forms(bare):
        if _possible(year, month, day):
            return DayMark(day, month, year, weekday, order)
    return None


def weekday_of(text: str) -> int | None:
    """
    Return the weekday that a cell names, also in one Chinese sign; None where it names none.

    >>> weekday_of("二"), weekday_of("Fri"), weekday_of("D")
    (1, 4, None)
    """
    plain = text.strip().replace("週", "周")
    return parse_weekday(f"周{plain}" if len(plain) == 1 and plain in "一二三四五六日天" else plain)


Form = tuple[int | None, int | None, int, Order]


def _forms(text: str) -> Iterator[Form]:
    """Yield year, month, day and the order they show, for each way in which a text can be read."""
    if found := _YEAR_FIRST.fullmatch(text):
        yield int(found[1]), int(found[2]), int(found[3]), Order.NONE
    elif found := _YEAR_LAST.fullmatch(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        yield from _either(year, int(found[1]), int(found[2]))
    elif found := _MONTH_DAY.fullmatch(text):
        yield None, int(found[1]), int(found[2]), Order.NONE
    elif found := _DAY.fullmatch(text):
        yield None, None, int(found[1]), Order.NONE
    elif found := _DAY_MONTH.fullmatch(text):
        yield from _either(None, int(found[1]), int(found[2]))
    elif _SERIAL.fullmatch(text):
        on = EPOCHS[0] + timedelta(days=int(text))
        yield on.year, on.month, on.day, Order.NONE
    elif found := _NAMED_DAY.fullmatch(text):
        yield _year(found[3]), month_named(found[2]), int(found[1]), Order.NONE
    elif found := _NAMED_MONTH.fullmatch(text):
        yield _year(found[3]), month_named(found[1]), int(found[2]), Order.NONE


def _either(year: int | None, first: int, second: int) -> Iterator[Form]:
    both = _possible(year, first, second) and _possible(year, second, first)
    yield (
        year,
        first,
        second,
        (Order.EITHER if first != second else Order.NONE) if both else Order.MONTH_FIRST,
    )
    yield year, second, first, Order.DAY_FIRST


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _possible(year: int | None, month: int | None, day: int) -> bool:
    if year is not None and not 1990 <= year <= 2200:
        return False
    try:
        date(year or 2000, month if month is not None else 1, day)
    except ValueError:
        return False
    return True
