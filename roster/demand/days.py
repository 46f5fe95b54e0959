"""Which kind each date of the data is, and how many hours of each kind and hour of the day it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from roster.domain.horizon import DayKind, day_kind
from roster.domain.problem import DateRange

MONDAY = 0


class KindOfDay(StrEnum):
    """What a day is for work; Mondays only where they are told apart."""

    WORKDAY = "workday"
    MONDAY = "monday"
    RESTDAY = "restday"
    HOLIDAY = "holiday"


KINDS = {
    DayKind.WORKDAY: KindOfDay.WORKDAY,
    DayKind.RESTDAY: KindOfDay.RESTDAY,
    DayKind.HOLIDAY: KindOfDay.HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class DayKinds:
    """Days of the data in order: the number of the first, each one's kind, and whether it is a Monday at work."""

    first: int
    kinds: tuple[KindOfDay, ...]
    mondays: tuple[bool, ...]
    hours: tuple[tuple[float, ...], ...]
    """Hours of the clock that each day has at each hour: 1, and 0 or 2 where clocks change."""

    @property
    def weeks(self) -> float:
        """How many weeks they are."""
        return len(self.kinds) / 7

    def kind(self, day: int) -> KindOfDay | None:
        """Return what a day is, by its number among all dates; None outside, or where it is left out."""
        at = day - self.first
        return self.kinds[at] if 0 <= at < len(self.kinds) else None


def calendar(dates: DateRange, first: date, last: date, skip: Callable[[date], bool]) -> DayKinds:
    """
    Return the days from a first to a last date.

    Parameters
    ----------
    dates : Public holidays, made-up working days and the time zone.
    first, last : Dates of the data.
    skip : Whether a date is left out: it then has no hours.
    """
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    kinds = tuple(KINDS[day_kind(dates, on)] for on in every)
    none = (0.0,) * 24
    hours = tuple(none if skip(on) else _hours(on, dates.time_zone) for on in every)
    mondays = tuple(
        on.weekday() == MONDAY and kind is KindOfDay.WORKDAY for on, kind in zip(every, kinds, strict=True)
    )
    return DayKinds(first.toordinal(), kinds, mondays, hours)


_WHOLE = (1.0,) * 24


def _hours(on: date, zone: str) -> tuple[float, ...]:
    """Return how often each hour of the clock comes on a date: 0 or 2 where clocks change."""
    tz = ZoneInfo(zone)
    start = datetime(on.year, on.month, on.day, tzinfo=tz)
    after = on + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=tz)
    if start.utcoffset() == end.utcoffset():
        return _WHOLE
    found = [0.0] * 24
    moment = start.astimezone(UTC)
    while moment < end.astimezone(UTC):
        found[moment.astimezone(tz).hour] += 0.25
        moment += timedelta(minutes=15)
    return tuple(found)
