"""
How often people are away, and for how long: the figures that chance is drawn from, each with its source.

What a scenario plans (leave, sickness and training of a year) is taken from there; a file of rates overrides any of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from roster.domain.problem import Problem, StaffType
from roster.domain.staff import PlannedAbsence

YEAR = 365
WORKDAY = 8 * 60
"""Minutes of a day of sickness or training, where the scenario plans hours."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """A kind of spell: of all spells so many in a hundred last from `first` to `last` days, each length as often."""

    percent: float
    first: int
    last: int


SPELLS = (Lengths(85, 1, 3), Lengths(13, 4, 15), Lengths(2, 20, 90))
"""Lengths of spells of sickness: an assumption, four days on average."""


@dataclass(frozen=True, slots=True)
class Rates:
    """
    What chance is drawn from. Days are days of the calendar, except of leave and training: those are working days.

    Parameters
    ----------
    spells_a_year : Spells of sickness of one person; None: as many as make up the hours that the scenario plans.
    leave_days, training_days : Of one person in a year; None: what the scenario plans.
    leave_block : Working days of leave taken at once; it begins on a Monday, and the weekend after a whole week is
        free, too.
    resign_in_house, resign_vendor : Percent of people who resign in a year.
    notice_days, hire_days, ramp_days : From a resignation to the last day; to the first day of somebody new; and until
        that one works alone. The place is empty for the second and third less the first.
    """

    spells_a_year: float | None = None
    lengths: tuple[Lengths, ...] = SPELLS
    leave_days: float | None = None
    leave_block: int = 5
    training_days: float | None = None
    resign_in_house: float = 15.0
    resign_vendor: float = 30.0
    notice_days: int = 30
    hire_days: int = 60
    ramp_days: int = 60

    @property
    def mean_spell(self) -> float:
        """Days of a spell of sickness on average."""
        whole = sum(one.percent for one in self.lengths)
        return sum(one.percent * (one.first + one.last) / 2 for one in self.lengths) / whole if whole else 0.0

    @property
    def vacancy(self) -> int:
        """Days for which the place of somebody who left is empty."""
        return max(0, self.hire_days + self.ramp_days - self.notice_days)


NOBODY_AWAY = Rates(0.0, leave_days=0, training_days=0, resign_in_house=0, resign_vendor=0)


@dataclass(frozen=True, slots=True)
class Away:
    """
    The rates of one staff type.

    Parameters
    ----------
    sick : Chance that somebody well falls sick on a day.
    leave_days, training_days : Working days a year.
    resign : Chance that somebody resigns on a day.
    """

    sick: float
    leave_days: float
    training_days: float
    resign: float
    rates: Rates


def away(problem: Problem, staff: StaffType, rates: Rates) -> Away:
    """
    Return the rates of a staff type: those given, else those that its scenario plans.

    Parameters
    ----------
    problem, staff : The scenario, and the type.
    rates : Those of the file, or the usual ones.
    """
    plan: PlannedAbsence = staff.absence
    percent = rates.resign_vendor if problem.is_vendor(staff) else rates.resign_in_house
    training = plan.training_minutes / WORKDAY if rates.training_days is None else rates.training_days
    return Away(
        _chance_to_fall_sick(plan, rates),
        plan.leave_days if rates.leave_days is None else rates.leave_days,
        training,
        percent / 100 / YEAR,
        rates,
    )


def _chance_to_fall_sick(plan: PlannedAbsence, rates: Rates) -> float:
    """
    Return the chance to fall sick on a day of health.

    Where only hours are planned: five days of work are seven of the calendar, and a share f of all days is spent sick
    where f = p L / (1 + p L), L being the mean length of a spell.
    """
    if rates.spells_a_year is not None:
        return min(1.0, rates.spells_a_year / YEAR)
    share = plan.sick_minutes / WORKDAY * 7 / 5 / YEAR
    if not share or not rates.mean_spell:
        return 0.0
    return min(1.0, share / (rates.mean_spell * (1 - min(share, 0.9))))
