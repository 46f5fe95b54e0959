"""Who may hold it: roles, employers, staff types, named people, and what is banned for them between two dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from roster.domain.duty import DAY
from roster.domain.rules import Rule, WeekHours
from roster.domain.titles import Named


@dataclass(frozen=True, slots=True)
class Role(Named):
    """
    A qualification that posts ask for and people have.

    `exclusive`: its holders may have no other role (the security administrator of protection level 3,
    GB/T 22239-2019 8.1.7.2 b). `in_house`: no vendor may hold it. `incompatible`: roles that no holder may have.
    """

    name: str
    title: str = ""
    exclusive: bool = False
    in_house: bool = False
    incompatible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Employer(Named):
    """Who employs people; the working-time regime is the employer's."""

    name: str
    regime: str
    vendor: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class PlannedAbsence:
    """What somebody is away in a year, as the scenario plans it: days of leave, minutes of sickness and of training."""

    leave_days: int = 10
    sick_minutes: int = 40 * 60
    training_minutes: int = 68 * 60


@dataclass(frozen=True, slots=True)
class StaffType(Named):
    """
    People who are interchangeable until they have names.

    Parameters
    ----------
    weekly_minutes : Contract hours of one person, the share of full time applied.
    net_minutes : What one person supplies per week on average: the contract less leave, sickness and training. At most
        `weekly_minutes`; equal to it when the scenario plans gross.
    cost : Of one person per month.
    minimum, maximum : How many there may be.
    shifts : Names of the shifts and standbys they may do.
    sites : Sites they serve; empty where the scenario has no sites.
    overtime_week, overtime_average : Minutes that one week, and the average over a calendar, may be longer where
        overtime is allowed.
    overtime : Whether it is.
    absence : What a year's absence is planned to be; `net_minutes` is already less by it.
    rules : What the employer's regime and the scenario ask of their rosters.
    """

    name: str
    skills: frozenset[str]
    employer: str
    weekly_minutes: int
    net_minutes: int
    cost: int = 0
    minimum: int = 0
    maximum: int = 1000
    share: int = 100
    shifts: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    title: str = ""
    overtime_week: int = 0
    overtime_average: int = 0
    overtime: bool = False
    absence: PlannedAbsence = PlannedAbsence()

    @property
    def calendar_minutes(self) -> int:
        """Most working time a week on average over a calendar."""
        return self.weekly_minutes + (self.overtime_average if self.overtime else 0)

    @property
    def week_limit(self) -> int | None:
        """Most working time of one week without overtime, in minutes; None where no rule says."""
        more = self.overtime_week if self.overtime else 0
        limits = [rule.minutes - more for rule in self.rules if isinstance(rule, WeekHours) and rule.hard]
        return min(limits, default=None)

    def with_overtime(self) -> StaffType:
        """Return the type with overtime allowed: longer weeks, and a longer average where the regime lets it."""
        rules = tuple(
            replace(rule, minutes=rule.minutes + self.overtime_week) if isinstance(rule, WeekHours) else rule
            for rule in self.rules
        )
        return replace(self, rules=rules, overtime=True)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name, of a staff type."""

    name: str
    type: str


def numbered(type_name: str, named: Iterable[Person], most: int = 10**6) -> Iterator[int]:
    """
    Yield the numbers of a type's people who have no name of their own (`ops-2`), up to a number.

    As many numbers as have names come first and are theirs, unless a name is itself a number of the type.

    Parameters
    ----------
    type_name, named : The type, and all people who have names.
    most : The highest number.

    >>> list(numbered("ops", [Person("Li", "ops"), Person("ops-3", "ops")], 5))
    [2, 4, 5]
    """
    names = [person.name.casefold() for person in named if person.type == type_name]
    taken = {name for name in names if re.fullmatch(rf"{re.escape(type_name.casefold())}-[0-9]+", name)}
    for number in range(len(names) - len(taken) + 1, most + 1):
        if f"{type_name}-{number}".casefold() not in taken:
            yield number


class Ban(StrEnum):
    """What a named person may not be given between two dates."""

    NIGHTS = "no_nights"
    OVERTIME = "no_overtime"
    STANDBY = "no_standby"
    DUTY = "leave"
    OFF = "days_off"


@dataclass(frozen=True, slots=True)
class Restriction:
    """
    A named person, from one date to another (both included), without nights, overtime, standby, or away altogether.

    It holds from a minute of the first date to a minute of the last, and forbids what reaches into that time, also of
    a duty that began on the day before. Without nights: no minute of the night window in a shift or a working standby.
    Without overtime: no day above a fifth of the contract's week, no week above the contract. A day off that is kept is
    no leave: it takes no hours, and counts for rules as any other day off.

    Parameters
    ----------
    start, end : Minutes after midnight of the first and the last date.
    minutes : Working time that a leave takes. Where not given, a fifth of the week for each working day of the calendar
        (as much of it as the leave has hours), a week at most for each Monday to Sunday, none for days off.
    """

    person: str
    ban: Ban
    first: date
    last: date
    reason: str = ""
    start: int = 0
    end: int = DAY
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A duty, by name, that is settled for a person from one date to another, both included."""

    person: str
    duty: str
    first: date
    last: date

    def without(self, away: Iterable[Restriction]) -> Iterator[Pin]:
        """Yield what is left of it where its person goes away."""
        gone = [
            one
            for one in away
            if one.person == self.person and one.first <= self.last and self.first <= one.last
        ]
        if not gone:
            yield self
            return
        for number in range((self.last - self.first).days + 1):
            on = self.first + timedelta(days=number)
            if not any(one.first <= on <= one.last for one in gone):
                yield replace(self, first=on, last=on)


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A duty, by name, that a person would like from one date to another; each date not granted has a price.

    `others` grant it as well. `against`: duties that the person would rather not have; any other grants it.
    """

    person: str
    duty: str
    first: date
    last: date
    price: int = 100
    against: bool = False
    others: tuple[str, ...] = ()

    @property
    def duties(self) -> tuple[str, ...]:
        """The names of all duties that are meant."""
        return (self.duty, *self.others)

    def granted(self, duty: str) -> bool:
        """Whether a duty, by name, is what is wished for."""
        return (duty in self.duties) is not self.against


@dataclass(frozen=True, slots=True)
class Control:
    """
    What it takes to direct vendors: percent of one in-house coordinator per vendor person or seat.

    `role` names whose hours it takes; None means any in-house person's.
    """

    percent: int = 10
    role: str | None = None
