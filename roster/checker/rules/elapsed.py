"""
Time as it passes: moments of a calendar by the world's clock, and how long duties really are.

Clocks of a time zone that change make a day of 23 or 25 hours, and a night an hour shorter or longer. Read here from
the data of time zones, moment by moment; a rotation has no dates, and a scenario that counts by the clock no changes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from roster.checker.rules.timeline import PersonCase
from roster.domain.horizon import Horizon
from roster.domain.problem import DAY, Duty, Problem, Shift, StaffType


@lru_cache(maxsize=4096)
def _ahead(zone: str, on: date, minute: int) -> int:
    """Return the minutes by which a zone is ahead of UTC at a time of a date, the first one where it comes twice."""
    wall = datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)
    ahead = wall.utcoffset()
    return 0 if ahead is None else round(ahead.total_seconds() / 60)


@lru_cache(maxsize=1024)
def _steady(zone: str, first: date, days: int) -> bool:
    """Whether clocks of a zone change on none of some days."""
    return len({_ahead(zone, first + timedelta(days=day), 0) for day in range(days + 1)}) == 1


class Elapsed:
    """Minutes that pass on the dates of a horizon, where people of a type are."""

    def __init__(
        self, problem: Problem, staff: StaffType | None, horizon: Horizon, earliest: int = 0
    ) -> None:
        self._first, zone = horizon.first, problem.dates.time_zone
        if staff is not None:
            zone = problem.zone_of_type(staff)
        self._zone: str | None = zone
        if (
            self._first is None
            or problem.dates.by_clock
            or _steady(zone, self._first + timedelta(days=earliest - 1), horizon.days - earliest + 3)
        ):
            self._zone = None

    @classmethod
    def of(cls, case: PersonCase) -> Elapsed:
        """Return the time of a timeline."""
        return cls(case.problem, case.staff, case.line.horizon, case.line.first_known)

    def at(self, day: int, minute: int) -> int:
        """Return the minutes from the first midnight to a time of a day that clocks show."""
        shown = day * DAY + minute
        if self._zone is None or self._first is None:
            return shown
        day, minute = divmod(shown, DAY)
        on = self._first + timedelta(days=day)
        return shown - _ahead(self._zone, on, minute) + _ahead(self._zone, self._first, 0)

    def on_duty(self, day: int, part: Shift) -> int:
        """Return the minutes that a part of a duty that begins on a day has, pauses left out."""
        if self._zone is None:
            return part.minutes
        return sum(max(0, self.at(day, end) - self.at(day, start)) for start, end in part.stretches)

    def worked(self, day: int, duty: Duty) -> int:
        """Return the working time of a duty that begins on a day."""
        if self._zone is None:
            return duty.work_minutes
        return sum(self._work(part, self.on_duty(day, part)) for part in duty.parts)

    def _work(self, part: Shift, there: int) -> int:
        """Return the working time of a part of so many minutes: the clock's change is work, or a share of it."""
        if part.work_minutes == 0 or there == part.minutes:
            return part.work_minutes
        if part.breaks or part.work_minutes == part.minutes:
            return max(0, part.work_minutes + there - part.minutes)
        return round(part.work_minutes * there / part.minutes)

    def day_of(self, minute: float) -> int:
        """Return the day in which a minute from the first midnight lies."""
        day = int(minute // DAY)
        while self.at(day + 1, 0) <= minute:
            day += 1
        while self.at(day, 0) > minute:
            day -= 1
        return day


def worked_minutes(problem: Problem, staff: StaffType, horizon: Horizon, day: int, duty: Duty) -> int:
    """
    Return the working time of a duty of people of a type that begins on a day of a horizon.

    Parameters
    ----------
    problem, staff, horizon : The scenario, a type, and the dates.
    day, duty : The number of the day on which it begins, and the duty.
    """
    return Elapsed(problem, staff, horizon).worked(day, duty)
