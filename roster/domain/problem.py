"""
What is asked, as pure data: a scenario complete and consistent, and the look-ups that need nothing else.

Units inside: whole minutes, day numbers, percent, and money in whole units of the scenario's currency. Nothing here
reads a file, solves or prints. The words it is made of are in `duty`, `demand` and `staff`, and can be had from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import product

from roster.domain.design import Design
from roster.domain.duty import DAY, OFF, WEEK, Duty, NightWindow, Presence, Shift
from roster.domain.elapsed import (
    MEMORY,
    PLAIN,
    ClockChange,
    Clocks,
    DayClock,
    changed_days,
    day_clock,
    real_duty,
)
from roster.domain.fairness import Account, Fairness
from roster.domain.pairing import Pairing
from roster.domain.posts_and_seats import DAILY, Days, Post, Seat
from roster.domain.rules import Rule
from roster.domain.staff import Ban, Control, Employer, Person, Pin, Restriction, Role, StaffType, Wish
from roster.domain.titles import Named

__all__ = [
    "DAILY",
    "DAY",
    "OFF",
    "WEEK",
    "Ban",
    "Control",
    "DateRange",
    "Days",
    "Duty",
    "Employer",
    "Goal",
    "Limit",
    "NightWindow",
    "Person",
    "Pin",
    "Post",
    "Presence",
    "Problem",
    "Restriction",
    "Role",
    "Seat",
    "Shift",
    "Site",
    "StaffType",
    "Wish",
]


class Goal(StrEnum):
    """What is made least first, once the hard posts are filled."""

    IN_HOUSE = "in_house"
    PEOPLE = "people"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Site(Named):
    """A campus or hub; its clock, and the country whose holidays hold there: the calendar's where not given."""

    name: str
    letter: str
    title: str = ""
    time_zone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Public holidays and made-up working weekends of the country of a site."""

    country: str
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class DateRange:
    """
    When the calendar starts, how many weeks and days beyond them it runs, and what its dates are.

    `elsewhere` are the holidays of sites in other countries. `by_clock`: hours and rest are counted by the clock, also
    over the nights in which clocks change; else `changes` are those of every time zone, some of them outside. `closed`:
    a run of days that the last date cuts off ends there, and may be too short.
    """

    start: date
    weeks: int
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    statutory: frozenset[date] = frozenset()
    time_zone: str = "Asia/Shanghai"
    extra: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()
    by_clock: bool = False
    closed: bool = False
    changes: tuple[ClockChange, ...] = ()

    @property
    def days(self) -> int:
        """
        How many days the calendar has.

        >>> DateRange(date(2027, 4, 1), 4, extra=2).days
        30
        """
        return 7 * self.weeks + self.extra

    @property
    def in_weeks(self) -> float:
        """Its length in weeks, to the hundredth where they are not whole."""
        return round(self.days / 7, 2) if self.extra else self.weeks

    @property
    def last(self) -> date:
        """Last date of the calendar."""
        return self.start + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force, as the report lists it: what it says, for whom, and where it comes from."""

    employer: str
    key: str
    sentence: str
    origin: str
    source: str


@dataclass(frozen=True)
class Problem(Named):
    """
    One scenario, complete and consistent: the loader has checked that every name leads somewhere.

    `travel` gives minutes between two sites, both ways. `rotation_weeks` is after how many weeks the team's rota is to
    repeat, where the scenario says so, `likeness` the price of each day on which a calendar departs from it. `quality`
    are soft rules with prices that rank rotas of the same headcount, `calendar_quality` those that rank calendars of
    people with names, the same where it is None; `carried` the days before the calendar by person,
    all of one length, and `left_to_others` the posts held into it from the eve by somebody who has gone, or is of
    another type now; `standby_spread` is the price of each day by which standby is unevenly spread, `even_weeks` that
    of weeks unlike the average. `letters` say what
    other words in rosters mean: a duty by name, `off`, or a kind of leave. `limits` and `notes` are for the report:
    every limit with its source; every assumption made. `design` is set while shifts are still to be chosen.
    """

    name: str
    dates: DateRange
    shifts: tuple[Shift, ...]
    posts: tuple[Post, ...]
    types: tuple[StaffType, ...]
    roles: tuple[Role, ...] = ()
    employers: tuple[Employer, ...] = ()
    people: tuple[Person, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    pins: tuple[Pin, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    wishes: tuple[Wish, ...] = ()
    carried: tuple[tuple[str, tuple[Duty, ...]], ...] = ()
    left_to_others: frozenset[str] = frozenset()
    seats: tuple[Seat, ...] = ()
    sites: tuple[Site, ...] = ()
    travel: tuple[tuple[str, str, int], ...] = ()
    control: Control = field(default_factory=Control)
    goal: Goal = Goal.IN_HOUSE
    night: NightWindow = field(default_factory=NightWindow)
    rotation_weeks: int | None = None
    likeness: int = 0
    quality: tuple[Rule, ...] = ()
    calendar_quality: tuple[Rule, ...] | None = None
    standby_spread: int = 0
    even_weeks: int = 0
    fairness: tuple[Fairness, ...] = ()
    ledger: tuple[Account, ...] = ()
    currency: str = "CNY"
    title: str = ""
    limits: tuple[Limit, ...] = ()
    notes: tuple[str, ...] = ()
    design: Design | None = None
    letters: tuple[tuple[str, str], ...] = ()
    _duties: dict[str, tuple[Duty, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def shift(self) -> dict[str, Shift]:
        """Shifts and standbys by name."""
        return {shift.name: shift for shift in self.shifts}

    @cached_property
    def post(self) -> dict[str, Post]:
        """Posts by name."""
        return {post.name: post for post in self.posts}

    @cached_property
    def type(self) -> dict[str, StaffType]:
        """Staff types by name."""
        return {staff.name: staff for staff in self.types}

    @cached_property
    def person(self) -> dict[str, Person]:
        """The people it names, by name."""
        return {person.name: person for person in self.people}

    @cached_property
    def employer(self) -> dict[str, Employer]:
        """Employers by name."""
        return {employer.name: employer for employer in self.employers}

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by name."""
        return {site.name: site for site in self.sites}

    @cached_property
    def travel_minutes(self) -> dict[tuple[str, str], int]:
        """Minutes between two different sites, in both directions."""
        return {pair: minutes for a, b, minutes in self.travel for pair in ((a, b), (b, a))}

    def is_vendor(self, staff: StaffType) -> bool:
        """Whether a staff type is a vendor's."""
        employer = self.employer.get(staff.employer)
        return employer is not None and employer.vendor

    def duties(self, staff: StaffType) -> tuple[Duty, ...]:
        """
        Return every duty that people of a type may be given, off first.

        A person who serves several sites works each shift at one of them; standby serves all of them from home.
        """
        if staff.name not in self._duties:
            self._duties[staff.name] = self._list_duties(staff)
        return self._duties[staff.name]

    def _list_duties(self, staff: StaffType) -> tuple[Duty, ...]:
        allowed = [self.shift[name] for name in staff.shifts]
        standbys = [shift for shift in allowed if not shift.on_site]
        places: list[tuple[str | None, str]] = [(None, "")]
        if len(staff.sites) > 1:
            places = [(name, self.site[name].letter) for name in staff.sites]
        worked = [
            Duty(shift, None, site, letter)
            for shift, (site, letter) in product((s for s in allowed if s.on_site), places)
        ]
        both = [
            replace(duty, standby=standby)
            for duty, standby in product(worked, standbys)
            if duty.shift is not None and duty.shift.end <= standby.start
        ]
        return (OFF, *worked, *(Duty(None, standby) for standby in standbys), *both)

    def zone_of_type(self, staff: StaffType) -> str:
        """Return the time zone of a staff type's days: that of its sites, which all have the same."""
        zones = (self.site[name].time_zone for name in staff.sites if name in self.site)
        return next(filter(None, zones), self.dates.time_zone)

    def clock(self, staff: StaffType, on: date) -> DayClock:
        """Return how long a date is, and what is done on it, where people of a type are."""
        changes = self.dates.changes
        return day_clock(changes, self.zone_of_type(staff), on) if changes else PLAIN

    def clocks(self, staff: StaffType, start: date, days: int) -> Clocks:
        """
        Return the days near a change of clocks where people of a type are, up to so many from a date, and before.

        The last day of a calendar after which runs do not go on is one of them.

        Parameters
        ----------
        staff : The type, for where it is.
        start, days : The first date, and how many days; some days before it are looked at as well.
        """
        changes, zone, end = self.dates.changes, self.zone_of_type(staff), (self.dates.last - start).days
        near = changed_days(changes, zone, start, range(-MEMORY, days)) if changes else ()
        if not self.dates.closed or not 0 <= end < days:
            return near
        last = replace(self.clock(staff, self.dates.last), last=True)
        return (*(one for one in near if one[0] != end), (end, self.dates.last.weekday(), last))

    def minutes(self, staff: StaffType, on: date, duty: Duty) -> int:
        """
        Return the working time of a duty that begins on a date.

        Parameters
        ----------
        staff : The type, for the clock it lives by.
        on, duty : The date it begins on, and the duty.
        """
        return real_duty(duty, self.clock(staff, on)).work_minutes

    def zone_of_post(self, post: Post) -> str:
        """Return the time zone of a post's window: its site's."""
        site = self.site.get(post.site or "")
        return (site.time_zone if site is not None else "") or self.dates.time_zone

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The time zones there are, the calendar's first."""
        own = (self.dates.time_zone, *(site.time_zone for site in self.sites if site.time_zone))
        return tuple(dict.fromkeys(own))

    def is_eligible(self, staff: StaffType, post: Post) -> bool:
        """
        Eligibility: whether people of a type may hold a post at all: by skill, site and clock; vendors where allowed.

        Days and times of a type are those of its sites' clock, and a post's those of its own: who lives by another
        clock does not hold it.
        """
        return (
            not staff.skills.isdisjoint(post.roles)
            and (len(self.zones) == 1 or self.zone_of_type(staff) == self.zone_of_post(post))
            and (post.site is None or not staff.sites or post.site in staff.sites)
            and (post.vendor or not self.is_vendor(staff))
        )

    def may_direct(self, staff: StaffType) -> bool:
        """Whether people of a type may direct vendors: in-house, and with the role where one is named."""
        role = self.control.role
        return not self.is_vendor(staff) and (role is None or role in staff.skills)

    def may_learn(self, staff: StaffType, role: str) -> bool:
        """Whether people of a type may have one role more: neither exclusive nor incompatible, nor kept in-house."""
        known = {each.name: each for each in self.roles}
        new = known.get(role, Role(role))
        old = [known.get(skill, Role(skill)) for skill in staff.skills]
        return (
            role not in staff.skills
            and not (new.exclusive and old)
            and not any(each.exclusive or role in each.incompatible for each in old)
            and staff.skills.isdisjoint(new.incompatible)
            and not (new.in_house and self.is_vendor(staff))
        )

    def suits(self, duty: Duty, part: Shift, post: Post) -> bool:
        """
        Whether being on this part of a duty is the presence a post asks for, where and as what it asks for it.

        Parameters
        ----------
        duty, part : The whole duty, and the shift of it that is meant.
        post : What somebody is wanted for.
        """
        if post.shifts and part.name not in post.shifts:
            return False
        if not part.on_site:
            if post.on_site:
                return False
            return post.response is None or (part.response is not None and part.response <= post.response)
        return not (post.on_site and post.site and duty.site and post.site != duty.site)

    def type_of(self, person: Person) -> StaffType:
        """Return the staff type of a person."""
        return self.type[person.type]

    def with_people(self, people: Iterable[Person]) -> Problem:
        """Return the same problem with these people."""
        return replace(self, people=tuple(people))

    def of_calendar(self) -> Problem:
        """Return the same problem with the soft rules of a calendar of people with names in place of a rota's."""
        return self if self.calendar_quality is None else replace(self, quality=self.calendar_quality)

    def with_overtime(self) -> Problem:
        """Return the same problem with overtime allowed within each employer's regime."""
        return replace(self, types=tuple(staff.with_overtime() for staff in self.types))

    def before(self, people: Iterable[Person]) -> tuple[tuple[Duty, ...], ...]:
        """Return the days before the calendar, of people in their order; who is not known of was off, if anybody is."""
        known = dict(self.carried)
        if not known:
            return ()
        away = (OFF,) * len(next(iter(known.values())))
        return tuple(known.get(person.name, away) for person in people)

    def with_restrictions(self, restrictions: Iterable[Restriction]) -> Problem:
        """Return the same problem with these restrictions as well: leave, or no nights between two dates."""
        return replace(self, restrictions=(*self.restrictions, *restrictions))

    def with_leave(self, leave: Iterable[Restriction]) -> Problem:
        """Return the same problem with people away as well, which undoes what was settled for them on those days."""
        away = tuple(leave)
        pins = tuple(kept for pin in self.pins for kept in pin.without(away))
        return replace(self.with_restrictions(away), pins=pins)
