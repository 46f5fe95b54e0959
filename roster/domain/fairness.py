"""
What is shared among people over a calendar, and what it costs to have more or less than one's share.

The price is on each person's own sum: one unit away from the share costs the price, the second unit twice, the third
three times, each from the fifth on five times, and parts of a unit in proportion. A unit of hours is eight hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

POINT = 480
"""Prices of shares are whole numbers of this part of a point."""

STEEPEST = 5
"""From so many units on each costs the same: a few steps are quicker to price than thirty."""

HOURS = "hours"
DAYS = "days"
NIGHTS = "nights"
WEEKENDS = "weekends"
HOLIDAYS = "holidays"
STATUTORY = "statutory"
STANDBY = "standby"

MEASURES = (HOURS, DAYS, NIGHTS, WEEKENDS, HOLIDAYS, STATUTORY, STANDBY)
"""What can be shared, besides the duties with one shift, by its name."""

EIGHT_HOURS = 480
TENTHS = 10


def unit_of(measure: str) -> int:
    """Return what one unit of a measure is: minutes for hours, tenths for all that is counted."""
    return EIGHT_HOURS if measure == HOURS else TENTHS


@dataclass(frozen=True, slots=True)
class Share:
    """
    What one person should have of a measure by the end of the calendar, what was carried over already taken off.

    `target` and amounts are minutes for hours, tenths for all that is counted. `fair` is the share before the ledger;
    the target is below zero for whoever had more than that too much. Who share the same amount with each other have the
    same `group`, whose number is above 0.
    """

    person: str
    measure: str
    target: int
    fair: int
    price: int
    group: int = 0

    def cost(self, amount: int) -> int:
        """
        Return what an amount (minutes, or tenths) costs, in 480ths of a point.

        >>> Share("Li", "nights", target=50, fair=50, price=10).cost(70) // POINT
        30
        """
        unit = unit_of(self.measure)
        away = abs(amount - self.target)
        whole, rest = divmod(min(away, STEEPEST * unit), unit)
        beyond = STEEPEST * max(0, away - STEEPEST * unit)
        return POINT // unit * self.price * (unit * whole * (whole + 1) // 2 + rest * (whole + 1) + beyond)


def shares_of_had(shares: Sequence[Share], had: Mapping[tuple[str, str], int]) -> tuple[Share, ...]:
    """
    Return shares of what a group has in the end, where that is not what there was to share.

    A weekend is spoilt for two people by a duty each, where one of them would have done: what is fair is a share of all
    weekends that were spoilt. Else everybody's debts would grow from period to period.

    Parameters
    ----------
    shares : What was to be shared out.
    had : What everybody has, by person and measure.
    """
    fair, has = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for one in shares:
        fair[one.measure, one.group] += one.fair
        has[one.measure, one.group] += had[one.person, one.measure]
    found = []
    for one in shares:
        group, step = (one.measure, one.group), unit_of(one.measure) // TENTHS
        of_had = (
            step * round(one.fair * has[group] / fair[group] / step)
            if one.group and fair[group]
            else one.fair
        )
        found.append(replace(one, fair=of_had, target=one.target - one.fair + of_had))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Total:
    """How often one person should have something over the calendar; each unit below or above costs the price."""

    person: str
    measure: str
    least: int
    most: int
    price: int

    def cost(self, amount: int) -> int:
        """
        Return what an amount (tenths) costs, in 480ths of a point.

        >>> Total("Li", "days", least=10, most=12, price=20).cost(140) // POINT
        40
        """
        return (
            POINT // TENTHS * self.price * max(0, TENTHS * self.least - amount, amount - TENTHS * self.most)
        )


@dataclass(frozen=True, slots=True)
class Fairness:
    """
    One thing that is shared: what, among which staff types (all who can do it where empty), at what price a unit.

    `equal`: everybody alike; else by hours of the contract and days present. `figures`: so much (minutes, or tenths)
    for each, less for days away; by name, or for everybody where there is no name.
    """

    measure: str
    price: int = 10
    among: tuple[str, ...] = ()
    equal: bool = False
    figures: tuple[tuple[str, int], ...] = ()

    def concerns(self, staff: str) -> bool:
        """Return whether people of a staff type share it, by the type's name."""
        return not self.among or staff in self.among

    def figure(self, person: str) -> int | None:
        """
        Return what is fair for a person who is there all the time, None where it is not said.

        >>> one = Fairness("nights", figures=(("Ann", 20),))
        >>> one.figure("Ann"), one.figure("Bob"), Fairness("nights", figures=(("", 40),)).figure("Bob")
        (20, None, 40)
        """
        return dict(self.figures).get(person, dict(self.figures).get(""))


@dataclass(frozen=True, slots=True)
class Carried:
    """What a person had of a measure in earlier periods, and what would have been fair; minutes, or tenths."""

    measure: str
    had: int
    fair: int


@dataclass(frozen=True, slots=True)
class Account:
    """One person's line of the ledger: since when, days present since, and the sums so far."""

    person: str
    since: date
    days: int
    sums: tuple[Carried, ...] = ()
