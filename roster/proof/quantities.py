"""
What is counted in the average week of a roster, what is made least, and between which limits each number lies.

A roster that goes on for ever is looked at through its average week: whatever it has in a week, averaged over its weeks
(over one circuit where it repeats; otherwise over ever more weeks, along which the averages settle). The people of a
type and the seats taken are the same in every week, so they stay whole; all other numbers may be fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd

from roster.domain.problem import Duty, Goal, Problem, StaffType
from roster.proof.certificate import Count, Part
from roster.proof.week import Stretch, stretches

Terms = dict[Count, Fraction]
"""
A sum of numbers of the average week, each at least 0, with factors.

`("people", type)`: people of a type. `("duty", type, weekday, name)`: how many of them do a duty on a weekday.
`("seats", seat)`: vendor seats taken. `("empty", post, minute)`: places of a soft post that nobody fills in the
stretch that begins at that minute of the week.
"""

Range = tuple[int, int]


class Refused(Exception):
    """A proof that does not hold: a key of the `proof` catalogue, and the fields of its text."""

    def __init__(self, key: str, **words: object) -> None:
        super().__init__(key)
        self.key, self.words = key, words


@dataclass(frozen=True)
class Ordinary:
    """
    A problem and its ordinary week, worked out once.

    `starting` are the stretches by the minute at which they begin; `broken` remembers which duties cannot follow which,
    and `able` what `able_in` says of each stretch.
    """

    problem: Problem
    stretches: tuple[Stretch, ...]
    starting: dict[int, Stretch] = field(repr=False)
    broken: dict[tuple[str, int, str, str], bool] = field(default_factory=dict, repr=False)
    able: dict[int, dict[frozenset[str], list[Count]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, problem: Problem) -> Ordinary:
        """Work out the week of a problem."""
        found = stretches(problem)
        return cls(problem, found, {stretch.start: stretch for stretch in found})

    def staff(self, name: str) -> StaffType:
        """Return a type; refuses one that the scenario has not."""
        if name not in self.problem.type:
            raise Refused("unknown_type", name=name)
        return self.problem.type[name]

    def duties(self, name: str) -> tuple[Duty, ...]:
        """Return the duties of a type by number, off first."""
        return self.problem.duties(self.staff(name))

    def on_duty(self, name: str) -> Iterable[tuple[Count, int, Duty]]:
        """Return how many of a type do each duty on each weekday, as numbers, with the weekday and the duty."""
        return [
            (("duty", name, weekday, duty.name), weekday, duty)
            for weekday in range(7)
            for duty in self.duties(name)
            if not duty.is_off
        ]

    def able_in(self, stretch: Stretch) -> dict[frozenset[str], list[Count]]:
        """Return how many people are there in a stretch of the week, as numbers, by the posts that they could hold."""
        if stretch.start not in self.able:
            found: dict[frozenset[str], list[Count]] = {}
            for who in stretch.present:
                count = ("duty", who.type, who.weekday, self.duties(who.type)[who.duty].name)
                found.setdefault(who.able, []).append(count)
            self.able[stretch.start] = found
        return self.able[stretch.start]

    def unit(self, name: str) -> int:
        """Return the largest time that every shift of a type is a multiple of; 0 where none costs working time."""
        return gcd(*(duty.work_minutes for duty in self.duties(name)))

    def meaning(self, count: Count) -> Terms:
        """
        Return a number that cases may be split by in terms of people, duties and seats; refuses what is none.

        `("shifts", type)` is the working time of a type in its largest common unit, `("standbys", type)` its days with
        a standby.
        """
        kind, name, *rest = count
        text = str(name)
        if kind == "people":
            return {("people", self.staff(text).name): Fraction(1)}
        if kind == "seats" and any(seat.name == text for seat in self.problem.seats):
            return {count: Fraction(1)}
        if kind == "shifts" and (unit := self.unit(text)):
            return {
                key: Fraction(duty.work_minutes // unit)
                for key, _, duty in self.on_duty(text)
                if duty.work_minutes
            }
        if kind == "standbys":
            return {key: Fraction(1) for key, _, duty in self.on_duty(text) if duty.standby is not None}
        if kind == "duty" and any(key == count for key, _, _ in self.on_duty(text)):
            return {count: Fraction(1)}
        raise Refused("unknown_count", name=" ".join(map(str, (kind, name, *rest))))

    def range(self, count: Count) -> Range:
        """Return between which limits a number lies, both included."""
        kind, name = count[0], str(count[1])
        if kind == "seats":
            return 0, max(seat.maximum for seat in self.problem.seats if seat.name == name)
        if kind == "empty":
            return 0, self.problem.post[name].people
        staff = self.problem.type[name]
        return (staff.minimum if kind == "people" else 0), staff.maximum

    def goal(self, part: Part) -> Terms:
        """Return what is made least, as far as a part speaks of it."""
        problem = self.problem
        if problem.goal is not Goal.COST:
            counted = [
                name
                for name in part.types
                if problem.goal is Goal.PEOPLE or not problem.is_vendor(self.staff(name))
            ]
            return {("people", name): Fraction(1) for name in counted}
        found: Terms = {}
        directing = directing_cost(problem)
        for name in part.types:
            staff = self.staff(name)
            found["people", name] = staff.cost + directing * problem.is_vendor(staff)
        for seat in problem.seats:
            if seat.name in part.seats:
                found["seats", seat.name] = seat.cost + directing
        for stretch in self.stretches:
            for name in stretch.wanted:
                if name in part.posts and not problem.post[name].hard:
                    found["empty", name, stretch.start] = Fraction(self.empty_price(name, stretch))
        return found

    def empty_price(self, post: str, stretch: Stretch) -> int:
        """
        Return the price a month of a place of a soft post left empty over a stretch of every week.

        In whole units rounded down, each stretch by itself; a month has 365 / 84 weeks.
        """
        return self.problem.post[post].price * stretch.minutes * 365 // (60 * 84)


def directs(problem: Problem, staff: StaffType) -> bool:
    """Whether people of a type may direct vendors: in-house, with the role where one is named."""
    role = problem.control.role
    return not problem.is_vendor(staff) and (role is None or role in staff.skills)


def directing_cost(problem: Problem) -> Fraction:
    """
    Return what directing one vendor person or seat costs a month: a share of the cheapest who may, in whole units.

    It is rounded up for each of them, as in the bill.
    """
    wages = [staff.cost for staff in problem.types if directs(problem, staff)]
    return Fraction(-(-problem.control.percent * min(wages, default=0) // 100))
