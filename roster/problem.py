"""
What is asked, as pure data: shifts, posts, staff types, people, employers, and the look-ups that need nothing else.

Units inside: whole minutes, day numbers, percent, and money in whole units of the scenario's currency.
A time of day is minutes after midnight; a length may carry it past midnight (a shift belongs to the day it
starts on). Nothing here reads a file, solves or prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import product

from roster.rules import Rule

DAY = 24 * 60
WEEK = 7 * DAY


class Presence(StrEnum):
    """Where a person on duty is: at work, or reachable at home within a response time."""

    ON_SITE = "on_site"
    STANDBY = "standby"


@dataclass(frozen=True, slots=True)
class Shift:
    """
    A stretch of one day's duty: a working shift, or a standby (on call from home).

    Parameters
    ----------
    start
        Minutes after midnight, 0 to 1439.
    length
        Minutes, 1 to 1440; `start + length` may pass midnight.
    work_minutes
        How many of them count as working time: all for a shift, a share for on-site sleep duty, none for a plain
        standby (callouts are paid apart).
    response
        For a standby: the minutes within which the person answers. None on site.
    night
        Whether the rules about nights count it (see `NightWindow`).
    """

    name: str
    letter: str
    start: int
    length: int
    presence: Presence = Presence.ON_SITE
    work_minutes: int = 0
    response: int | None = None
    night: bool = False
    title: str = ""

    @property
    def end(self) -> int:
        """Minutes after the midnight of the day it starts on; above 1440 when it crosses midnight."""
        return self.start + self.length

    @property
    def on_site(self) -> bool:
        """Whether the person is at work."""
        return self.presence is Presence.ON_SITE

    @property
    def interrupts_rest(self) -> bool:
        """
        Whether it ends a rest: on site always, a standby only if part of it counts as working time.

        CJEU C-580/19 and C-344/19: standby at home is rest unless its constraints make it working time.
        """
        return self.on_site or self.work_minutes > 0


@dataclass(frozen=True, slots=True)
class Duty:
    """
    What one person does on one day: off, one shift, one standby, or a shift followed by a standby.

    `site` is where the shift is worked, for people who serve several sites; None where that says nothing.
    """

    shift: Shift | None = None
    standby: Shift | None = None
    site: str | None = None
    site_letter: str = ""

    @property
    def parts(self) -> tuple[Shift, ...]:
        """The shift and the standby, those that there are, in order of time."""
        return tuple(part for part in (self.shift, self.standby) if part is not None)

    @property
    def is_off(self) -> bool:
        """Neither at work nor on standby."""
        return self.shift is None and self.standby is None

    @property
    def works(self) -> bool:
        """Whether it is a working day: a day with a shift. Standby from home alone is a day off work."""
        return self.shift is not None

    @property
    def night(self) -> bool:
        """Whether its shift is a night shift."""
        return self.shift is not None and self.shift.night

    @property
    def work_minutes(self) -> int:
        """Working time of the day, in minutes."""
        return sum(part.work_minutes for part in self.parts)

    @property
    def span(self) -> tuple[int, int] | None:
        """First minute and end of everything in it, standby included; None when off."""
        return (self.parts[0].start, self.parts[-1].end) if self.parts else None

    @property
    def work_span(self) -> tuple[int, int] | None:
        """First minute and end of what interrupts rest; None when nothing does."""
        working = [part for part in self.parts if part.interrupts_rest]
        return (working[0].start, working[-1].end) if working else None

    @property
    def name(self) -> str:
        """As in `roster.csv`: `off`, `D`, `D+S`, `S`, `D@east`."""
        text = "+".join(part.name for part in self.parts) or "off"
        return f"{text}@{self.site}" if self.site else text

    @property
    def letters(self) -> str:
        """As in the grid: `-`, `D`, `Ds`, `s`, `D@e`."""
        text = "".join(part.letter for part in self.parts) or "-"
        return f"{text}@{self.site_letter}" if self.site_letter else text


OFF = Duty()


@dataclass(frozen=True, slots=True)
class Days:
    """
    The days on which a post is needed.

    An ordinary week has five working days and two rest days. On dates, the calendar decides what a day is:
    `workdays` are Monday to Friday without public holidays, plus made-up weekend days; `restdays` are Saturdays and
    Sundays that are not made up; `holidays` are the days off of public holidays. `weekdays` names days (0 Monday)
    on which the post is needed unless they are public holidays.
    """

    workdays: bool = False
    restdays: bool = False
    holidays: bool = False
    weekdays: frozenset[int] = frozenset()


DAILY = Days(workdays=True, restdays=True, holidays=True)


@dataclass(frozen=True, slots=True)
class Post:
    """
    A requirement: so many people of a role, on these days, in this window of the day.

    Parameters
    ----------
    roles
        Any one of them will do.
    start, length
        Window in minutes; it belongs to the day it starts on and may cross midnight. Length 1 to 1440.
    response
        For a standby post: minutes within which the holder must answer. None on site.
    chain, level
        Escalation chain and level 1, 2, 3; different levels of a chain are held by different people at any moment.
    load
        Percent of one person's attention that each holder gives it, 1 to 100.
    hard, price
        A soft post may stay empty at `price` per hour and person.
    vendor
        Whether a vendor (seat or staff) may hold it.
    priority
        1 is the most important; used when not all posts can be held.
    """

    name: str
    roles: tuple[str, ...]
    start: int
    length: int
    people: int = 1
    days: Days = DAILY
    presence: Presence = Presence.ON_SITE
    response: int | None = None
    chain: str | None = None
    level: int = 1
    load: int = 100
    hard: bool = True
    price: int = 0
    vendor: bool = False
    site: str | None = None
    priority: int = 1
    title: str = ""

    @property
    def end(self) -> int:
        """Minutes after the midnight of the day it starts on; above 1440 when it crosses midnight."""
        return self.start + self.length

    @property
    def on_site(self) -> bool:
        """Whether only presence at work holds it."""
        return self.presence is Presence.ON_SITE


@dataclass(frozen=True, slots=True)
class Role:
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
class Employer:
    """Who employs people; the working-time regime is the employer's."""

    name: str
    regime: str
    vendor: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class StaffType:
    """
    People who are interchangeable until they have names.

    Parameters
    ----------
    weekly_minutes
        Contract hours of one person, the share of full time applied.
    net_minutes
        What one person supplies per week on average: the contract less leave, sickness and training. At most
        `weekly_minutes`; equal to it when the scenario plans gross.
    cost
        Of one person per month.
    minimum, maximum
        How many there may be.
    shifts
        Names of the shifts and standbys they may do.
    sites
        Sites they serve; empty where the scenario has no sites.
    rules
        What the employer's regime and the scenario ask of their rosters.
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


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name, of a staff type."""

    name: str
    type: str


class Ban(StrEnum):
    """What a named person may not be given between two dates."""

    NIGHTS = "no_nights"
    OVERTIME = "no_overtime"
    STANDBY = "no_standby"
    DUTY = "leave"


@dataclass(frozen=True, slots=True)
class Restriction:
    """
    A named person, from one date to another (both included), without nights, overtime, standby, or away altogether.

    Without nights: no shift and no working standby with a minute in the night window. Without overtime: no day above
    a fifth of the contract's week, no week above the contract.
    """

    person: str
    ban: Ban
    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """
    A vendor seat on offer: it fills one place of a post for a price per month, without names.

    `days` narrows it (nights or weekends only are posts of their own window); `start` and `length` narrow the window
    within the post's, None meaning all of it.
    """

    name: str
    post: str
    cost: int
    maximum: int = 1
    days: Days = DAILY
    start: int | None = None
    length: int | None = None
    employer: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """
    What it takes to direct vendors: percent of one in-house coordinator per vendor person or seat.

    `role` names whose hours it takes; None means any in-house person's.
    """

    percent: int = 10
    role: str | None = None


class Goal(StrEnum):
    """What is made least first, once the hard posts are filled."""

    IN_HOUSE = "in_house"
    PEOPLE = "people"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class NightWindow:
    """
    When it is night: minutes after midnight, `end` past 1440; and how much of it makes a night shift.

    Default 22:00 to 06:00 (labour ministry Q&A on women's night work) and three hours (Directive 2003/88/EC,
    art. 2(4)).
    """

    start: int = 22 * 60
    end: int = 30 * 60
    at_least: int = 3 * 60

    def overlap(self, start: int, end: int) -> int:
        """Minutes of [start, end) that are night; both count from one midnight and end at most two days later."""
        return sum(
            max(0, min(end, self.end + shift) - max(start, self.start + shift)) for shift in (-DAY, 0, DAY)
        )


@dataclass(frozen=True, slots=True)
class Site:
    """A campus or hub."""

    name: str
    letter: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """When the calendar starts and how long it runs, and what its dates are."""

    start: date
    weeks: int
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    statutory: frozenset[date] = frozenset()
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force, as the report lists it: what it says, for whom, and where it comes from."""

    employer: str
    key: str
    sentence: str
    origin: str
    source: str


@dataclass(frozen=True)
class Problem:
    """
    One scenario, complete and consistent: the loader has checked that every name leads somewhere.

    `travel` gives minutes between two sites, both ways. `quality` are soft rules with prices that rank rotas of the
    same headcount; `standby_spread` is the price of each day by which standby is unevenly spread. `limits` and
    `notes` are for the report: every limit with its source; every assumption made.
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
    seats: tuple[Seat, ...] = ()
    sites: tuple[Site, ...] = ()
    travel: tuple[tuple[str, str, int], ...] = ()
    control: Control = Control()
    goal: Goal = Goal.IN_HOUSE
    night: NightWindow = NightWindow()
    quality: tuple[Rule, ...] = ()
    standby_spread: int = 0
    currency: str = "CNY"
    title: str = ""
    limits: tuple[Limit, ...] = ()
    notes: tuple[str, ...] = ()
    _duties: dict[str, tuple[Duty, ...]] = field(default_factory=dict, repr=False, compare=False)

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

    def can_hold(self, staff: StaffType, post: Post) -> bool:
        """Whether people of a type may hold a post at all: skill, site, and vendors only where they are let."""
        return (
            not staff.skills.isdisjoint(post.roles)
            and (post.site is None or not staff.sites or post.site in staff.sites)
            and (post.vendor or not self.is_vendor(staff))
        )

    def suits(self, duty: Duty, part: Shift, post: Post) -> bool:
        """Whether being on this part of a duty is the presence a post asks for, at the place it asks for."""
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
