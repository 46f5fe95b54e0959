"""The nights in which clocks change: from the data of time zones to the dates of a scenario, and what is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from roster.domain.elapsed import MEMORY, ClockChange, day_clock
from roster.domain.problem import DAY, DateRange, Shift
from roster.domain.rule import hours
from roster.language import listed, tr

AFTER = 2
"""How many days after a calendar changes are looked for: its last night goes on."""


def with_changes(
    dates: DateRange, zones: Iterable[str | None], shifts: Sequence[Shift]
) -> tuple[DateRange, list[str]]:
    """
    Return dates that know when clocks change, and what the reader must know of it.

    Parameters
    ----------
    dates : The range with its time zone.
    zones : Time zones of the sites; the calendar's where there is None.
    shifts : All shifts, of which those that lie over a change are named.
    """
    every = dict.fromkeys((dates.time_zone, *(zone for zone in zones if zone)))
    first, last = dates.start - timedelta(days=MEMORY), dates.last + timedelta(days=AFTER)
    changes = tuple(change for zone in every for change in _changes(zone, first, last))
    told = [_said(dates, change, shifts) for change in changes if dates.start <= change.on <= dates.last]
    return (dates if dates.by_clock else replace(dates, changes=changes)), told


def _changes(zone: str, first: date, last: date) -> Iterator[ClockChange]:
    """Yield the changes of a zone from one date to another."""
    here = ZoneInfo(zone)
    days = [first + timedelta(days=day) for day in range((last - first).days + 2)]
    for (on, before), (_, after) in pairwise((on, _offset(here, on, 0)) for on in days):
        if before != after:
            low, high = 0, DAY
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if _offset(here, on, middle) == after else (middle, high)
            by = after - before
            yield ClockChange(zone, on, high - max(by, 0), by)


def _offset(zone: ZoneInfo, on: date, minute: int) -> int:
    """Return the minutes by which clocks are ahead of UTC; those of before a change for minutes that come twice."""
    ahead = (datetime(on.year, on.month, on.day, tzinfo=zone) + timedelta(minutes=minute)).utcoffset()
    return round((ahead or timedelta()).total_seconds() / 60)


def _said(dates: DateRange, change: ClockChange, shifts: Sequence[Shift]) -> str:
    """Return which shifts are longer or shorter for a change, and how hours and rest are counted."""
    nights = []
    for on in (change.on - timedelta(days=1), change.on):
        clock = day_clock([change], change.zone, on)
        nights += [
            tr("scenario.changed_night", shift=shift.name, date=on, hours=hours(real))
            for shift in shifts
            if shift.on_site and (real := clock.shift(shift).minutes) != shift.minutes
        ]
    return tr(
        "scenario.note_clocks_forward" if change.by > 0 else "scenario.note_clocks_back",
        date=change.on,
        zone=change.zone,
        hours=hours(abs(change.by)),
        nights=listed(nights) if nights else tr("scenario.no_changed_night"),
        counted=tr("scenario.hours_by_clock" if dates.by_clock else "scenario.hours_elapsed"),
    )
