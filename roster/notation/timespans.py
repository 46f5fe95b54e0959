"""Dates with times: `2027-03-02 08:00..12:00`, for leave of part of a day; and dates that never end: `always`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from roster.domain.problem import DAY
from roster.language import tr
from roster.notation.day_words import meant
from roster.notation.values import WEEKDAYS, clock, day, span, weekly_hours
from roster.readable import show

ALWAYS = "always"
_MOMENT = re.compile(r"(.*[\d日号])(?:T|\s+)(\d{1,2}:\d{2})(?::00)?")
BARE_TIME = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """From a minute of one date to a minute of another; `minutes` of working time it takes, where that is said."""

    first: date
    last: date
    start: int = 0
    end: int = DAY
    minutes: int | None = None


def split_moment(text: str) -> tuple[str, str]:
    """
    Return the date and the time of a text, the time empty where there is none.

    >>> split_moment("2027-03-02 08:00"), split_moment("2027-03-02T08:00"), split_moment("2027-03-02")
    (('2027-03-02', '08:00'), ('2027-03-02', '08:00'), ('2027-03-02', ''))
    """
    found = _MOMENT.fullmatch(text.strip())
    return (found.group(1).strip(), found.group(2)) if found else (text.strip(), "")


def time_span(value: object) -> TimeSpan:
    """
    Return a stretch of dates, or of times on dates.

    >>> time_span("2027-03-02 08:00..12:00").start, time_span("2027-03-02..2027-03-04").end
    (480, 1440)
    """
    if not isinstance(value, str) or ":" not in value:
        return TimeSpan(*span(value))
    first, dots, last = value.partition("..")
    if not dots:
        raise ValueError(tr("scenario.time_without_end", value=show(value)))
    on, begins = split_moment(first)
    until, ends = (on, last.strip()) if BARE_TIME.fullmatch(last.strip()) else split_moment(last)
    found = TimeSpan(day(on), day(until), clock(begins) if begins else 0, clock(ends) if ends else DAY)
    if (found.last, found.end) <= (found.first, found.start):
        raise ValueError(tr("scenario.ends_before_start", value=show(value)))
    return found


@dataclass(frozen=True, slots=True)
class WeekdayTime:
    """From a minute of every such weekday, 0 Monday, to another; the end may lie on the day after."""

    weekday: int
    start: int = 0
    end: int = DAY


def weekday_time(value: object) -> WeekdayTime:
    """
    Return a weekday, or a time of it; a time that ends before it starts ends on the day after.

    >>> weekday_time("wed").weekday, weekday_time("tue 17:00..22:00").start, weekday_time("fri 22:00..6:00").end
    (2, 1020, 1800)
    """
    word, _, time = value.strip().partition(" ") if isinstance(value, str) else ("", "", "")
    if word not in WEEKDAYS:
        raise ValueError(tr("scenario.bad_weekdays", value=show(value)) + meant(word, WEEKDAYS))
    if not time.strip():
        return WeekdayTime(WEEKDAYS.index(word))
    begins, ends = (part.strip() for part in (*time.split("..", 1), "")[:2])
    if not (BARE_TIME.fullmatch(begins) and BARE_TIME.fullmatch(ends)) or begins == "24:00":
        raise ValueError(tr("scenario.bad_weekday_time", value=show(value), word=word))
    start, end = clock(begins), clock(ends)
    return WeekdayTime(WEEKDAYS.index(word), start, end if end > start else end + DAY)


def leave_span(value: object) -> TimeSpan:
    """
    Return a leave: a stretch, or a mapping of `dates` and the `hours` that it takes.

    >>> leave_span({"dates": "2027-03-02", "hours": 12}).minutes
    720
    """
    if not isinstance(value, dict):
        return time_span(value)
    unknown = set(value) - {"dates", "hours"}
    if unknown or "dates" not in value:
        raise ValueError(
            tr("scenario.bad_leave", value=show(sorted(map(str, unknown))[0] if unknown else ""))
        )
    found = time_span(value["dates"])
    if "hours" not in value:
        return found
    return TimeSpan(found.first, found.last, found.start, found.end, weekly_hours(value["hours"]))


def leave_spans(value: object) -> object:
    """Return one leave as a list of one; lists and everything else unchanged."""
    return [value] if isinstance(value, str | dict) else value


def ban_span(value: object) -> tuple[date, date]:
    """
    Return a stretch of dates, `always` from the first date there is to the last.

    >>> ban_span("always")[0].year
    1
    """
    if value == ALWAYS:
        return date.min, date.max
    try:
        return span(value)
    except ValueError as error:
        raise ValueError(tr("scenario.or_always", fault=error)) from error
