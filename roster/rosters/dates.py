"""Dates and times as people and spreadsheets write them into a roster file."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from roster.domain.problem import DAY, DateRange
from roster.language import tr
from roster.notation.values import WEEKDAYS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T ]+0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_NAMED = re.compile(r"(\d{1,2})[- /.]+([A-Za-z]{3,9})\.?[- /.,]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_TIME = re.compile(r"(?:(.*?\d)(?:T|\s+))??(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))
"""Day 0 of a spreadsheet's date numbers: as Windows counts them, and as old Macintosh files do."""

_WEEKDAY_SIGNS = ("一", "二", "三", "四", "五", "六", "日")
OTHER_WEEKDAYS = {
    word: number
    for words in (
        "mo tu we th fr sa su",
        "mo di mi do fr sa so",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    )
    for number, word in enumerate(words.split())
} | {"sonnabend": 5}
"""Weekdays by two letters, English and German, and the German names."""


def parse_date(text: str, dates: DateRange) -> date:
    """
    Return the date of a cell; raises ValueError with a sentence.

    >>> from datetime import date
    >>> dates = DateRange(date(2027, 1, 4), 4)
    >>> parse_date("2027年1月4日", dates) == parse_date("4-Jan-2027", dates) == parse_date("2027/1/4", dates)
    True
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _YEAR_FIRST.fullmatch(plain):
        return _date(text, *(int(part) for part in found.groups()))
    if found := _NAMED.fullmatch(plain):
        day, name, year = found.groups()
        return _date(text, int(year) + (2000 if len(year) == 2 else 0), month_named(name), int(day))
    if found := _SERIAL.fullmatch(plain):
        return _serial(text, int(found.group(1)), dates)
    key = "date_year_last" if year_last(text) else "date_unknown"
    raise ValueError(tr(f"rosterfile.{key}", value=text))


def year_last(text: str) -> bool:
    """
    Whether a date is written so that day and month may be either way round.

    >>> year_last("3/1/2027"), year_last("2027-01-03")
    (True, False)
    """
    return _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def either_way(text: str, dates: DateRange) -> date | None:
    """
    Return what a date with its year last means, where that is plain: None where it is not, or it has no year last.

    Days come first before full stops, and where they are above 12; else the date inside the calendar is meant.

    >>> dates = DateRange(date(2027, 3, 1), 4)
    >>> str(either_way("04.03.2027", dates)), str(either_way("3/14/2027", dates)), either_way("3/3/2027", dates).day
    ('2027-03-04', '2027-03-14', 3)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not year_last(plain):
        return None
    first, second, year = (int(part) for part in re.split(r"[-/.]", plain))
    year += 2000 if year < 100 else 0
    ways = [(second, first)] if "." in plain else [(second, first), (first, second)]
    meant = {date(year, month, day) for month, day in ways if month <= 12 and day <= _days_in(year, month)}
    inside = {on for on in meant if dates.start <= on <= dates.last}
    left = inside if len(meant) > 1 else meant
    return left.pop() if len(left) == 1 else None


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1] if month else 0


def month_named(name: str) -> int:
    """
    Return the number of an English month, from its first three letters; 0 where it is none.

    >>> month_named("Sept."), month_named("Smarch")
    (9, 0)
    """
    return next((number for number, start in enumerate(_MONTHS, 1) if name.lower().startswith(start)), 0)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(tr("rosterfile.date_none", value=text)) from None


def _serial(text: str, number: int, dates: DateRange) -> date:
    """Return the date a spreadsheet's number means, where only one way of counting falls into the calendar."""
    meant = [epoch + timedelta(days=number) for epoch in EPOCHS]
    inside = [on for on in meant if 0 <= (on - dates.start).days < dates.days]
    if len(inside) != 1:
        raise ValueError(tr("rosterfile.date_serial", value=text))
    return inside[0]


def parse_time(text: str, on: date, zone: str = "") -> int:
    """
    Return the minutes after the midnight of a date that a cell names: a time, or a date and time.

    A moment with another offset than the zone has then is one elsewhere: it is taken on the zone's own clock.

    Parameters
    ----------
    text, on : The cell, and the date.
    zone : Name of the time zone; none where clocks do not matter.

    Raises
    ------
    ValueError
        It names no time.

    >>> from datetime import date
    >>> parse_time("2027-01-05T06:00+08:00", date(2027, 1, 4)), parse_time("8:30", date(2027, 1, 4))
    (1800, 510)
    """
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or int(found.group(2)) > 24 or int(found.group(3)) > 59:
        raise ValueError(tr("rosterfile.time_unknown", value=text))
    minutes = int(found.group(2)) * 60 + int(found.group(3))
    if not found.group(1):
        return minutes
    minutes += (parse_date(found.group(1), DateRange(on, 1)) - on).days * DAY
    return minutes + _elsewhere(stamp(on, minutes), found.group(4), zone)


def _elsewhere(wall: datetime, offset: str | None, zone: str) -> int:
    """Return the minutes by which a zone's clock is ahead of a wall clock with an offset; 0 for its own."""
    if not offset or not zone:
        return 0
    given = (
        timedelta() if offset == "Z" else datetime.fromisoformat(f"{wall.isoformat()}{offset}").utcoffset()
    )
    own = {wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
    if given is None or given in own:
        return 0
    local = (wall - given).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return round((local - wall).total_seconds() / 60)


def parse_weekday(text: str) -> int | None:
    """
    Return the weekday that a cell names, 0 Monday; None where it names none.

    >>> parse_weekday("Tuesday"), parse_weekday("周日"), parse_weekday("Do."), parse_weekday("?")
    (1, 6, 3, None)
    """
    plain = text.strip().lower().rstrip(".")
    if plain in OTHER_WEEKDAYS:
        return OTHER_WEEKDAYS[plain]
    for number, start in enumerate(WEEKDAYS):
        if plain.startswith(start):
            return number
    if plain.startswith(("周", "星期", "礼拜")):
        last = plain[-1].replace("天", "日")
        return _WEEKDAY_SIGNS.index(last) if last in _WEEKDAY_SIGNS else None
    return None


def stamp(on: date, minute: int) -> datetime:
    """Return the wall clock so many minutes after the midnight of a date."""
    return datetime(on.year, on.month, on.day) + timedelta(minutes=minute)
