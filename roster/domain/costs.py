"""What a headcount costs a month, and what directing vendors takes of coordinators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from roster.domain.outcome import Headcount, SeatUse
from roster.domain.problem import Problem, StaffType

WEEKS_A_MONTH = Fraction(365, 84)
"""365 days in 12 months of weeks of 7 days."""

OVERTIME_PERCENT = 150
"""What an hour of overtime costs, in percent of an ordinary one (劳动法, Labour Law of China, art. 44 (1))."""


def monthly(price: int, minutes: int) -> Fraction:
    """
    Return what so many minutes of every week cost a month, at a price an hour.

    >>> monthly(84, 60)
    Fraction(365, 1)
    """
    return price * minutes * WEEKS_A_MONTH / 60


def overtime_cost(staff: StaffType, minutes: int) -> int:
    """
    Return what so many minutes of overtime cost, once, in whole units of the currency, rounded up.

    >>> overtime_cost(StaffType("op", frozenset(), "own", 2400, 2400, cost=7300), 10 * 60)
    630
    """
    price = Fraction(staff.cost * OVERTIME_PERCENT, 100 * max(staff.weekly_minutes, 1))
    return ceil(price * minutes / WEEKS_A_MONTH)


@dataclass(frozen=True, slots=True)
class Cost:
    """Money a month: people, vendor seats, and the share of a coordinator that directing vendors takes."""

    people: int
    seats: int
    control: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.people + self.seats + self.control


def headcount_of(problem: Problem, by_type: Mapping[str, int], seats: tuple[SeatUse, ...]) -> Headcount:
    """
    Return people by type as a headcount, those of vendors apart.

    Parameters
    ----------
    problem : The scenario.
    by_type : How many of each type there are, in the order in which they are told.
    seats : The vendor seats that are taken.
    """
    vendor = sum(number for name, number in by_type.items() if problem.is_vendor(problem.type[name]))
    return Headcount(sum(by_type.values()) - vendor, vendor, dict(by_type), seats)


def monthly_cost(problem: Problem, headcount: Headcount) -> Cost:
    """
    Return what people, seats and the control of vendors cost a month.

    Control is a percentage of the cheapest in-house coordinator for each vendor person and seat, rounded up for each to
    whole units of the currency: the search, the proof and every report then count the same money.
    """
    offers = {seat.name: seat for seat in problem.seats}
    people = sum(problem.type[name].cost * number for name, number in headcount.by_type.items())
    seats = sum(offers[use.seat].cost * use.number for use in headcount.seats if use.seat in offers)
    directed = headcount.vendor + sum(use.number for use in headcount.seats)
    wages = [staff.cost for staff in problem.types if problem.may_direct(staff)]
    control = -(-problem.control.percent * min(wages, default=0) // 100) * directed
    return Cost(people, seats, control)
