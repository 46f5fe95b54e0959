"""
The small notations of scenario values: durations, times of day, windows, dates, days, shares, names.

Each is a function from what YAML gave to what the program uses, raising ValueError with a sentence for the user;
`fields` makes types of the schema from them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from roster.domain.problem import DAY
from roster.language import tr
from roster.readable import show
from roster.suggestions import did_you_mean

PERIODS = ("week", "month", "year", "calendar")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DURATION = re.compile(r"(?:(\d{1,5}(?:\.\d{1,4})?)\s*h)?\s*(?:(\d{1,6})\s*min)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"(\d{1,3})\s*(days?|weeks?)")
_PERCENT = re.compile(r"(\d{1,3})\s*%")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def duration(value: object) -> int:
    """
    Return the minutes of a duration with its unit.

    >>> duration("8h"), duration("15min"), duration("1h 30min"), duration("7.5h")
    (480, 15, 90, 450)
    """
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else None
    found = None if text is None else _DURATION.fullmatch(text)
    if found is None or found.group(0) == "":
        key = "number_without_unit" if _is_number(value) else "bad_duration"
        raise ValueError(tr(f"scenario.{key}", value=show(value)))
    minutes = float(found.group(1) or 0) * 60 + int(found.group(2) or 0)
    if abs(minutes - round(minutes)) > 1e-6:
        raise ValueError(tr("scenario.not_whole_minutes", value=show(value)))
    return round(minutes)


def weekly_hours(value: object) -> int:
    """
    Return the minutes of a number of hours, or of a duration.

    >>> weekly_hours(40), weekly_hours(37.5), weekly_hours("35h")
    (2400, 2250, 2100)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return duration(value)
    if value < 0:
        raise ValueError(tr("scenario.negative", value=show(value)))
    if value > 10**6 or abs(value * 60 - round(value * 60)) > 1e-6:
        raise ValueError(tr("scenario.not_whole_minutes", value=show(value)))
    return round(value * 60)


def clock(value: object) -> int:
    """
    Return minutes after midnight of a time of day; 24:00 is the end of the day.

    >>> clock("08:00"), clock("24:00")
    (480, 1440)
    """
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(tr("scenario.bad_clock", value=show(value)))
    hour, minute = int(found.group(1)), int(found.group(2))
    if minute > 59 or hour * 60 + minute > DAY:
        raise ValueError(tr("scenario.no_such_time", value=show(value)))
    return hour * 60 + minute


def window(value: object) -> tuple[int, int]:
    """
    Return start and length of a window of the day, in minutes; it may cross midnight.

    >>> window("08:00-16:00"), window("22:00-06:00"), window("08:00+24h")
    ((480, 480), (1320, 480), (480, 1440))
    """
    if not isinstance(value, str):
        raise ValueError(tr("scenario.bad_window", value=show(value)))
    text = value.replace("–", "-")
    if "+" in text:
        first, _, second = text.partition("+")
        start, length = clock(first), duration(second)
    else:
        first, dash, second = text.partition("-")
        if not dash:
            raise ValueError(tr("scenario.bad_window", value=show(value)))
        start, end = clock(first), clock(second)
        if start == end:
            raise ValueError(tr("scenario.empty_window", value=show(value), start=first.strip()))
        length = end - start if end > start else end + DAY - start
    if start == DAY:
        raise ValueError(tr("scenario.window_from_midnight", value=show(value)))
    if not 1 <= length <= DAY:
        raise ValueError(tr("scenario.window_length", value=show(value)))
    return start, length


def day(value: object) -> date:
    """
    Return a date, as people write it where only one can be meant: day first before full stops, else by a day above 12.

    >>> day("2027-01-04") == day("2027年1月4日") == day("04.01.2027")
    True
    >>> day("3/14/2027") == day("14/3/2027")
    True
    """
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if (found := _YEAR_LAST.fullmatch(text)) and (meant := _month_and_day(found)):
            return date(int(found.group(4)), *meant)
    except ValueError:
        raise ValueError(tr("scenario.no_such_date", value=show(value))) from None
    raise ValueError(tr("scenario.either_date" if found else "scenario.bad_date", value=show(value)))


def _month_and_day(found: re.Match[str]) -> tuple[int, int] | None:
    """Return month and day of a date with its year last; None where it may be either way round."""
    first, sign, second, _ = found.groups()
    one, other = int(first), int(second)
    if sign == "." or one > 12 or one == other:
        return other, one
    return (one, other) if other > 12 else None


def span(value: object) -> tuple[date, date]:
    """
    Return the first and the last date of a stretch, or one date twice.

    >>> span("2027-01-04..2027-01-05")
    (datetime.date(2027, 1, 4), datetime.date(2027, 1, 5))
    """
    first, dots, last = value.partition("..") if isinstance(value, str) else (value, "", "")
    start = day(first)
    end = day(last) if dots else start
    if end < start:
        raise ValueError(tr("scenario.ends_before_start", value=show(value)))
    return start, end


def months(value: object) -> tuple[date, date]:
    """
    Return the first and the last date of a month, or of months on end.

    >>> months("2028-02"), months("2027-04..2027-05")[1]
    ((datetime.date(2028, 2, 1), datetime.date(2028, 2, 29)), datetime.date(2027, 5, 31))
    """
    first, dots, last = value.partition("..") if isinstance(value, str) else ("", "", "")
    found = [_MONTH.fullmatch(text.strip()) for text in ((first, last) if dots else (first, first))]
    if not all(found):
        raise ValueError(tr("scenario.bad_month", value=show(value)))
    (year, month), (until, ending) = ([int(part) for part in one.groups()] for one in found if one)
    if not (1 <= month <= 12 and 1 <= ending <= 12 and year >= 1 and until < 9999):
        raise ValueError(tr("scenario.no_such_date", value=show(value)))
    after = date(until + ending // 12, ending % 12 + 1, 1)
    start, end = date(year, month, 1), after - timedelta(days=1)
    if end < start:
        raise ValueError(tr("scenario.ends_before_start", value=show(value)))
    return start, end


def whole(value: object) -> object:
    """
    Return the whole number that a text in quotes means; everything else unchanged.

    >>> whole("4"), whole("four")
    (4, 'four')
    """
    return int(value) if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*", value) else value


def span_or_weekday(value: object) -> tuple[date, date] | int:
    """
    Return a stretch of dates, or the number of a weekday.

    >>> span_or_weekday("wed"), span_or_weekday("2027-01-04")[0]
    (2, datetime.date(2027, 1, 4))
    """
    return WEEKDAYS.index(value) if isinstance(value, str) and value in WEEKDAYS else span(value)


def listed(value: object) -> object:
    """Return a single value as a list of one; lists and everything else unchanged."""
    return [value] if isinstance(value, str) else value


def share(value: object) -> int:
    """
    Return a share in percent, from a fraction or a percentage.

    >>> share(0.25), share("25%"), share(1)
    (25, 25, 100)
    """
    if isinstance(value, str) and re.fullmatch(r"\d{1,4}(\.\d{1,6})?\s*%", value.strip()):
        percent = float(value.strip()[:-1])
    elif _is_number(value) and isinstance(value, int | float):
        percent = float(value) * 100
    else:
        raise ValueError(tr("scenario.bad_share", value=show(value)))
    if not 0 <= percent <= 100:
        raise ValueError(tr("scenario.share_range", value=show(value)))
    if abs(percent - round(percent)) > 1e-6:
        raise ValueError(tr("scenario.not_whole_percent", value=show(value)))
    return round(percent)


def part(value: object) -> int:
    """Return a share in percent that is more than nothing."""
    percent = share(value)
    if percent == 0:
        raise ValueError(tr("scenario.share_zero", value=show(value)))
    return percent


def fraction(value: object) -> float:
    """Return a weight between 0 and 1, from a fraction or a percentage."""
    if isinstance(value, str):
        return share(value) / 100
    if not _is_number(value) or not isinstance(value, int | float):
        raise ValueError(tr("scenario.bad_share", value=show(value)))
    if not 0 <= value <= 1:
        raise ValueError(tr("scenario.share_range", value=show(value)))
    return float(value)


def pair(value: object) -> tuple[str, str, int]:
    """
    Return a forbidden pair of shifts and the days off between them.

    >>> pair("N D"), pair("E - D")
    (('N', 'D', 0), ('E', 'D', 1))
    """
    words = value.split() if isinstance(value, str) else []
    if len(words) == 2 and "-" not in words:
        return words[0], words[1], 0
    if len(words) == 3 and words[1] == "-" and "-" not in (words[0], words[2]):
        return words[0], words[2], 1
    raise ValueError(tr("scenario.bad_pair", value=show(value)))


def period(value: object) -> tuple[str, int]:
    """
    Return over what is counted: a word, or any so many days in a row.

    >>> period("month"), period("14 days"), period("4 weeks")
    (('month', 0), ('days', 14), ('days', 28))
    """
    if isinstance(value, str) and value in PERIODS:
        return value, 0
    found = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(tr("scenario.bad_period", value=show(value)) + did_you_mean(show(value), PERIODS))
    days = int(found.group(1)) * (7 if found.group(2).startswith("w") else 1)
    if not 1 <= days <= 366:
        raise ValueError(tr("scenario.period_length", value=show(value)))
    return "days", days


def amount(value: object) -> tuple[str, int]:
    """
    Return how much: a number, minutes of a duration, or percent.

    >>> amount(3), amount("16h"), amount("80%")
    (('number', 3), ('minutes', 960), ('percent', 80))
    """
    if isinstance(value, str) and value.strip().endswith("%"):
        found = _PERCENT.fullmatch(value.strip())
        if found is None:
            raise ValueError(tr("scenario.not_whole_percent", value=show(value)))
        return "percent", int(found.group(1))
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= 10_000:
            raise ValueError(tr("scenario.amount_range", value=show(value)))
        return "number", value
    return "minutes", duration(value)


def gap_days(value: object) -> int:
    """Return the days of a gap; 0 for `even`."""
    if value == "even":
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 366:
        raise ValueError(tr("scenario.bad_gap", value=show(value)))
    return value


def count_range(value: object) -> object:
    """
    Return a count given as one number or as [min, max] in the form of the schema.

    >>> count_range("2")
    {'min': 2, 'max': 2}
    """
    value = whole(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return {"min": value, "max": value}
    if isinstance(value, list) and len(value) == 2:
        return {"min": value[0], "max": value[1]}
    return value


def name(value: str) -> str:
    """Check a name: seen in files and tables, so short, one line and free of the signs that separate names there."""
    if not value or value != value.strip() or len(value) > 60:
        raise ValueError(tr("scenario.bad_name", value=show(value)))
    if any(unicodedata.category(sign).startswith("C") for sign in value) or value[0] in "=+-@":
        raise ValueError(tr("scenario.bad_name", value=show(value)))
    for sign in ';#,+@"':
        if sign in value:
            raise ValueError(tr("scenario.name_sign", value=show(value), sign=sign))
    return value


def person_name(value: str) -> str:
    """
    Check a person's name: as any name, and a comma may part surname and given name.

    >>> person_name("O'Connor, Seán")
    "O'Connor, Seán"
    """
    if value.startswith(",") or value.endswith(",") or ",," in value.replace(" ", ""):
        raise ValueError(tr("scenario.bad_name", value=show(value)))
    name(value.replace(",", " "))
    return value


def shift_name(value: str) -> str:
    """Check a shift's name: as any name, without blanks, and not the word for a day off."""
    if value in ("off", "-") or any(sign.isspace() for sign in value):
        raise ValueError(tr("scenario.bad_shift_name", value=show(value)))
    return name(value)


def letter(value: object) -> str:
    """Check a letter of the grid."""
    if not isinstance(value, str) or len(value) != 1 or value in "-@=+;,'\"" or not value.isprintable():
        raise ValueError(tr("scenario.bad_letter", value=show(value)))
    if value.isspace():
        raise ValueError(tr("scenario.bad_letter", value=show(value)))
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
