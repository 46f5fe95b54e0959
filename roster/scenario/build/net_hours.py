"""What one person supplies: contract hours, and what absence leaves of them."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from roster.domain.staff import PlannedAbsence
from roster.scenario.build.regimes import Regime
from roster.scenario.schema.sections import Absence


class Supply(NamedTuple):
    """Minutes a week of one person: the contract's, and the average net of absence."""

    weekly: int
    net: int


def leave_days(absence: Absence, regime: Regime) -> int:
    """Return the days of annual leave a year that are planned for."""
    return regime.leave_days.value if absence.annual_leave_days is None else absence.annual_leave_days


def supply(absence: Absence, regime: Regime, full_time: int, share: int) -> Supply:
    """
    Return what one person supplies.

    Parameters
    ----------
    absence, regime : Days of leave, sickness and training a year, and the law with its standard hours.
    full_time : Contract minutes a week of full time.
    share : Percent of full time.

    Notes
    -----
    Net a year = standard hours less leave, sickness and training, all scaled to the contract; over 365/7 weeks. In
    China 1984 - 10 x 8 - 40 - 68 = 1796 h, so 34.4 h a week; 20 h, written as hours or as share, have half.
    """
    weekly = full_time * share // 100
    if absence.gross:
        return Supply(weekly, weekly)
    scale = Fraction(full_time, regime.weekly.value)
    there = regime.annual.value - leave_days(absence, regime) * regime.daily.value
    # A week of sickness is one of the contract's hours: absences are planned in hours of full time.
    there -= (absence.sick_hours + absence.training_hours) * 60
    net = int(there * scale * 7 / 365 * Fraction(share, 100)) if there > 0 else 0
    return Supply(weekly, min(weekly, net))


def planned(absence: Absence, regime: Regime) -> PlannedAbsence:
    """Return what a year's absence is planned to be; where the plan is gross, what it would be."""
    return PlannedAbsence(leave_days(absence, regime), 60 * absence.sick_hours, 60 * absence.training_hours)
