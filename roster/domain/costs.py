"""What a headcount costs a month, and what directing vendors takes of coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from roster.domain.outcome import Headcount
from roster.domain.problem import Problem

WEEKS_A_MONTH = Fraction(365, 84)
"""365 days in 12 months of weeks of 7 days."""


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


def monthly_cost(problem: Problem, headcount: Headcount) -> Cost:
    """
    Return what people, seats and the control of vendors cost a month.

    Control is a percentage of the cheapest in-house coordinator for each vendor person and seat, rounded up to whole
    units of the currency.
    """
    offers = {seat.name: seat for seat in problem.seats}
    people = sum(problem.type[name].cost * number for name, number in headcount.by_type.items())
    seats = sum(offers[use.seat].cost * use.number for use in headcount.seats if use.seat in offers)
    directed = headcount.vendor + sum(use.number for use in headcount.seats)
    wages = [staff.cost for staff in problem.types if problem.may_direct(staff)]
    control = -(-problem.control.percent * min(wages, default=0) * directed // 100)
    return Cost(people, seats, control)
