"""
Days on which clocks change: how long they are, and how long a duty that lies over the change really is.

By the clock every day has 1440 minutes. Where clocks go forward an hour a day has 1380, and a night over that moment is
an hour shorter than its times say; where they go back it is an hour longer. A minute of the clock that comes twice is
the first one, and one that never comes is counted from before the change, as calendars do (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from roster.domain.duty import DAY, Duty, Shift


@dataclass(frozen=True, slots=True)
class ClockChange:
    """
    Clocks of a time zone jump on a date.

    Parameters
    ----------
    at : Minutes after midnight that clocks show when they jump.
    by : Minutes they go forward; negative where they go back.
    """

    zone: str
    on: date
    at: int
    by: int


@dataclass(frozen=True, slots=True)
class DayClock:
    """
    How the minutes of one day, and of the next that its duties reach into, differ from those of the clock.

    Parameters
    ----------
    length : Minutes from its midnight to the next.
    earlier : Minutes by which clocks have gone forward since the Monday of its week.
    changes : What duties of the day may lie over: (minutes after its midnight that clocks show, minutes forward).
    last : Whether runs of days end with it, as no other follows.
    """

    length: int = DAY
    earlier: int = 0
    changes: tuple[tuple[int, int], ...] = ()
    last: bool = False

    def real(self, minute: int) -> int:
        """
        Return how many minutes after the day's midnight a minute of the clock comes.

        >>> night = DayClock(changes=((25 * 60, 60),))
        >>> night.real(24 * 60), night.real(30 * 60)
        (1440, 1740)
        """
        return minute - sum(by for at, by in self.changes if minute >= at + max(by, 0))

    def shift(self, shift: Shift) -> Shift:
        """Return a shift as long as it really is; the same one where it lies over no change."""
        start, end = self.real(shift.start), self.real(shift.end)
        stretches = [(self.real(first), self.real(last)) for first, last in shift.stretches]
        there = sum(max(0, last - first) for first, last in stretches)
        if (start, end, there) == (shift.start, shift.end, shift.minutes):
            return shift
        pauses = tuple((self.real(first), self.real(last)) for first, last in shift.pauses)
        work = shift.work_minutes
        if work and (shift.breaks or work == shift.minutes):
            work += there - shift.minutes
        elif work:
            work = round(work * there / shift.minutes)
        length = max(0, end - start)
        return replace(shift, start=start, length=length, pauses=pauses, work_minutes=max(0, work))


PLAIN = DayClock()
"""A day without changes."""

MEMORY = 400
"""How many days before a calendar changes of clocks are known: what is carried in may be a year."""

Clocks = tuple[tuple[int, int, DayClock], ...]
"""The days of a calendar, and before it, that are not plain: day, weekday, clock."""


@lru_cache(maxsize=4096)
def real_duty(duty: Duty, clock: DayClock) -> Duty:
    """Return a duty as long as it really is on a day with this clock."""
    if clock == PLAIN or duty.is_off:
        return duty
    return replace(
        duty,
        shift=None if duty.shift is None else clock.shift(duty.shift),
        standby=None if duty.standby is None else clock.shift(duty.standby),
    )


@lru_cache(maxsize=256)
def changed_days(changes: tuple[ClockChange, ...], zone: str, start: date, days: range) -> Clocks:
    """
    Return the days, counted from a date, that are not plain in a time zone.

    Parameters
    ----------
    changes : Every change of clocks that is known.
    zone : Name of the time zone.
    start, days : A date, and the numbers of days counted from it; negative ones lie before.
    """
    every = ((day, start + timedelta(days=day)) for day in days)
    found = ((day, on.weekday(), day_clock(changes, zone, on)) for day, on in every)
    return tuple(one for one in found if one[2] != PLAIN)


def day_clock(changes: Iterable[ClockChange], zone: str, on: date) -> DayClock:
    """
    Return the clock of a date in a time zone.

    Parameters
    ----------
    changes : Every change of clocks that is known.
    zone, on : Name of the time zone, and the date.
    """
    near = [change for change in changes if change.zone == zone and -7 < (change.on - on).days < 2]
    if not near:
        return PLAIN
    monday = on - timedelta(days=on.weekday())
    return DayClock(
        DAY - sum(change.by for change in near if change.on == on),
        sum(change.by for change in near if monday <= change.on < on),
        tuple(((change.on - on).days * DAY + change.at, change.by) for change in near if change.on >= on),
    )
