"""What a duty adds to each thing that is shared, as the engine counts it."""

from __future__ import annotations

from roster.domain.fairness import DAYS, HOLIDAYS, HOURS, NIGHTS, STANDBY, STATUTORY, WEEKENDS
from roster.domain.horizon import DayKind, Horizon
from roster.domain.problem import DateRange, Duty


def amount(measure: str, duty: Duty, horizon: Horizon, dates: DateRange, day: int) -> int:
    """
    Return what a duty adds to a measure: minutes, or 1 where it counts. Worked weekends are no sum of days: 0.

    A public holiday counts for whoever is on any duty that starts on it, standby included.

    Parameters
    ----------
    measure : Name of what is shared.
    duty : The duty.
    horizon, day : The dates, and the number of the one it begins on.
    dates : The range with its statutory holidays.
    """
    if measure == HOURS:
        return duty.work_minutes
    if measure == DAYS:
        return int(duty.works)
    if measure == NIGHTS:
        return int(duty.night)
    if measure == HOLIDAYS:
        return int(not duty.is_off and horizon.kind(day) is DayKind.HOLIDAY)
    if measure == STATUTORY:
        return int(not duty.is_off and horizon.on(day) in dates.statutory)
    if measure == STANDBY:
        return int(duty.standby is not None)
    if measure == WEEKENDS:
        return 0
    return int(any(part.name == measure for part in duty.parts))
