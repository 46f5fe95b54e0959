"""Moments and lengths of time as exports write them: one format a column, told once and read fast."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from roster.demand.kinds import UNITS

DAY_S = 86_400
EPOCH = date(1970, 1, 1).toordinal()
ORDERS = ("ymd", "dmy", "mdy")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_DATE = re.compile(r"(\d{1,4})[-/. 年](\d{1,2}|[A-Za-z]{3,9})[-/. 月](\d{1,4})日?")
_TIME = re.compile(r"(\d{1,2})[:.时](\d{2})(?:[:.分](\d{2})秒?)?(?:[.,]\d+)?分?\s*([AaPp][Mm])?")
_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2}|\s*UTC|\s*GMT)$")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?")
_MILLIS = re.compile(r"\d{13}")
EMPTY = frozenset({"", "?", "-", "n/a", "null", "none", "0001-01-01t00:00:00z", "0", "(empty)"})


class BadTime(ValueError):
    """A cell that is no moment in the format of its column."""


@dataclass(frozen=True, slots=True)
class Format:
    """
    How a column writes moments.

    `order` is which of day, month and year comes first; `unix` are seconds (1) or thousandths (1000) since 1970, else
    0. `zoned` moments say their own offset.
    """

    order: str = "ymd"
    unix: int = 0
    zoned: bool = False


def is_empty(text: str) -> bool:
    """Return whether a cell says nothing: `?` in the public log, year 1 in alerts that go on."""
    return text.strip().lower() in EMPTY


def format_of(cells: Iterable[str]) -> tuple[Format | None, frozenset[str]]:
    """
    Return the format of a column, and which orders of day and month fit it; None where no cell is a moment.

    >>> format_of(["29/2/2016 01:16", "2/3/2016 04:40"])[0].order, sorted(format_of(["3/4/2026 10:00"])[1])
    ('dmy', ['dmy', 'mdy'])
    """
    fits: set[str] = set(ORDERS)
    unix, zoned, seen = 0, False, False
    for cell in cells:
        text = cell.strip()
        if is_empty(text):
            continue
        if _MILLIS.fullmatch(text) or _SECONDS.fullmatch(text):
            unix, seen = (1000 if _MILLIS.fullmatch(text) else 1), True
            continue
        found = _DATE.match(text)
        if found is None:
            continue
        seen = True
        zoned = zoned or bool(_ZONE.search(text[found.end() :]))
        # Dates with dots are written day first wherever they are written.
        dotted = found.group(0).count(".") == 2 and len(found[1]) < 4
        fits &= {"dmy"} if dotted else _orders(found[1], found[2]) or fits
    if not seen:
        return None, frozenset()
    if unix:
        return Format(unix=unix, zoned=True), frozenset({"ymd"})
    order = next((order for order in ORDERS if order in fits), "ymd")
    return Format(order, 0, zoned), frozenset(fits)


def _orders(first: str, second: str) -> set[str]:
    """Return the orders that a date can have which begins with two parts."""
    if len(first) == 4:
        return {"ymd"}
    if not second.isdigit():
        return {"dmy"}
    a, b = int(first), int(second)
    return {
        order for order, day, month in (("dmy", a, b), ("mdy", b, a)) if 1 <= day <= 31 and 1 <= month <= 12
    }


def order_named(said: str) -> str:
    """
    Return the order that a map asks for: `day first`, `month first`, or a pattern such as `%d/%m/%Y %H:%M`.

    >>> order_named("%Y/%m/%d %H:%M"), order_named("day first"), order_named("later")
    ('ymd', 'dmy', '')
    """
    text = said.strip().lower().replace("-", " ")
    words = {"year first": "ymd", "day first": "dmy", "month first": "mdy"}
    heads = {"%y": "ymd", "%d": "dmy", "%m": "mdy", "%b": "mdy"}
    return words.get(text) or heads.get(text[:2], "")


def reader(form: Format, zone: str, read_as: str = "") -> Callable[[str], int]:
    """
    Return what reads a cell as local seconds since the beginning of dates.

    The reader raises BadTime. What a date and what a time of day says is looked up after its first time, so that
    200,000 rows take a fraction of a second.

    Parameters
    ----------
    form : The column's format.
    zone : Time zone in which work is planned.
    read_as : Time zone of moments without an offset; empty: the same.
    """
    days: dict[str, int] = {}
    clocks: dict[str, tuple[int, int | None]] = {}
    shift = _shifter(zone)
    foreign = _shifter(read_as) if read_as and read_as != zone else None

    def read(cell: str) -> int:
        text = cell.strip()
        if form.unix:
            try:
                return shift(int(float(text) / form.unix) + EPOCH * DAY_S)
            except ValueError:
                raise BadTime(text) from None
        cut = text.find("T") if "T" in text else text.find(" ")
        head, tail = (text[:cut], text[cut + 1 :]) if cut > 0 else (text, "")
        day = days.get(head)
        if day is None:
            found = _DATE.match(text)
            if found is None:
                raise BadTime(text)
            if found.end() != len(head):
                head, tail = text[: found.end()], text[found.end() :].lstrip("T ")
            day = days[head] = _day(found, form.order, text)
        known = clocks.get(tail)
        if known is None:
            known = clocks[tail] = _clock(tail, text)
        seconds, offset = known
        moment = day * DAY_S + seconds
        if offset is not None:
            return shift(moment - offset)
        return shift(_to_utc(moment, read_as)) if foreign else moment

    return read


def _day(found: re.Match[str], order: str, text: str) -> int:
    parts = dict(zip(order, found.groups(), strict=True))
    month = parts["m"]
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    if not parts["y"].isdigit() or not parts["d"].isdigit():
        raise BadTime(text)
    year = int(parts["y"]) + (2000 if len(parts["y"]) <= 2 else 0)
    try:
        return date(year, number, int(parts["d"])).toordinal()
    except ValueError:
        raise BadTime(text) from None


def _clock(tail: str, text: str) -> tuple[int, int | None]:
    """Return the seconds of a time of day, and its offset from UTC where it says one."""
    if not tail.strip():
        return 0, None
    zone = _ZONE.search(tail)
    found = _TIME.fullmatch(tail[: zone.start()].strip() if zone else tail.strip())
    if found is None:
        raise BadTime(text)
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    if hour > 23 or minute > 59 or second > 60:
        raise BadTime(text)
    seconds = hour * 3600 + minute * 60 + min(second, 59)
    if zone is None:
        return seconds, None
    said = zone[1].strip()
    if said[0] not in "+-":
        return seconds, 0
    digits = said[1:].replace(":", "")
    return seconds, (1 if said[0] == "+" else -1) * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)


def _shifter(zone: str) -> Callable[[int], int]:
    """Return what turns seconds of UTC into local ones; offsets are looked up once an hour."""
    offsets: dict[int, int] = {}
    tz = ZoneInfo(zone) if zone else None

    def shift(moment: int) -> int:
        hour = moment // 900
        offset = offsets.get(hour)
        if offset is None:
            offset = 0
            if tz is not None:
                at = datetime.fromtimestamp(hour * 900 - EPOCH * DAY_S, UTC).astimezone(tz)
                offset = int((at.utcoffset() or timedelta()).total_seconds())
            offsets[hour] = offset
        return moment + offset

    return shift


def _to_utc(moment: int, zone: str) -> int:
    """Return the UTC seconds of local ones; of an hour that comes twice, the first."""
    at = datetime.fromtimestamp(moment - EPOCH * DAY_S, UTC).replace(tzinfo=ZoneInfo(zone))
    return moment - int((at.utcoffset() or timedelta()).total_seconds())


_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
"""`1,5` is one and a half; `1,234` is a thousand and more."""

_LENGTH = re.compile(
    r"(?:(\d+)\s*(?:d(?:ays?)?|天))?\s*(?:(\d+(?:\.\d+)?)\s*(?:h(?:ours?|rs?)?|小时))?\s*"
    r"(?:(\d+(?:\.\d+)?)\s*(?:m(?:in(?:ute)?s?)?|分钟?))?\s*(?:(\d+(?:\.\d+)?)\s*(?:s(?:ec(?:ond)?s?)?|秒))?"
)


def length(text: str, unit: str) -> float:
    """
    Return the seconds of a length of time: a number in the column's unit, `1:30:00`, or `1h 30min`.

    >>> length("90", "min"), length("1:30:00", "s"), length("1,5", "h"), length("1,234", "s")
    (5400.0, 5400.0, 5400.0, 1234.0)
    """
    said = _DECIMAL_COMMA.sub(".", text.strip()).replace(",", "")
    try:
        return float(said) * UNITS[unit]
    except ValueError:
        pass
    parts = said.split(":")
    if 2 <= len(parts) <= 3 and all(part.replace(".", "", 1).isdigit() for part in parts):
        hours, minutes, *rest = map(float, parts)
        return hours * 3600 + minutes * 60 + (rest[0] if rest else 0)
    found = _LENGTH.fullmatch(said)
    if found is None or not any(found.groups()):
        raise BadTime(text)
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * DAY_S + hours * 3600 + minutes * 60 + seconds
