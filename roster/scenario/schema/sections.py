"""
The shape of a scenario file: every key, its type, its default and what it means.

The reference in docs/scenario.md and the JSON Schema in scenarios/ are made from these descriptions. What no single
value can show to be wrong, such as a name that leads nowhere, is found afterwards (see `checks`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from roster.notation import values as values
from roster.scenario.schema.rule_limits import Also, Model, Quality, Rules, as_written
from roster.scenario.schema.types import (
    CURVE,
    Bans,
    Clock,
    Dates,
    Day,
    DemandCurve,
    Duration,
    Hours,
    Leaves,
    Letter,
    Money,
    Month,
    Name,
    Names,
    NeededDays,
    Part,
    PersonName,
    Share,
    ShiftName,
    ShiftNames,
    Span,
    Weekdays,
    Weight,
    Whole,
    Window,
)

Title = Annotated[str, Field(max_length=200)]


def _none_if_auto(value: object) -> object:
    return None if value == "auto" else value


COUNTRY = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"


class Calendar(Model):
    """The dates of the roster, and which of them are holidays."""

    start: Day | None = Field(
        None, description="First date of the roster, any weekday. Write this or `month`."
    )
    weeks: Whole | None = Field(
        None, ge=1, le=104, description="How many weeks the roster runs; 4 where nothing else says."
    )
    days: Whole | None = Field(None, ge=1, le=731, description="How many days it runs, instead of `weeks`.")
    end: Day | None = Field(None, description="Its last date, instead of `weeks`.")
    month: Month | None = Field(
        None, description="A whole month, `2027-04`, or from one to another, `2027-04..2027-06`."
    )
    country: str | None = Field(
        None,
        pattern=COUNTRY,
        description="Country whose public holidays hold (`CN`, `DE-BY`). Without it only the dates below are holidays.",
    )
    holidays: list[Span] = Field(
        [],
        description="Days off of public holidays, as dates or stretches `2027-02-05..2027-02-11`. For the years that "
        "these lists touch they replace the country's data.",
    )
    workdays: list[Span] = Field([], description="Weekend days that are worked instead (调休).")
    statutory: list[Span] = Field(
        [],
        description="Holidays with the highest pay (300 % in China). Empty: the country's, where they are known.",
    )
    time_zone: str = Field("Asia/Shanghai", description="IANA time zone of all times of day.")
    hours: Literal["elapsed", "clock"] = Field(
        "elapsed",
        description="How working time and rest are counted over the nights in which clocks change: `elapsed`, so that "
        "a night of 8 h has 7 or 9 there, or by the `clock`, as if they did not.",
    )

    @property
    def first(self) -> date | None:
        """First date of the roster; None where the file does not say."""
        return self.month[0] if self.month is not None else self.start

    @property
    def last(self) -> date | None:
        """Last date of the roster; None where the file does not say."""
        if self.first is None or self.month is not None:
            return self.month[1] if self.month is not None else None
        if self.end is not None:
            return self.end
        return self.first + timedelta(days=(self.days or 7 * (self.weeks or 4)) - 1)


class Night(Model):
    """What counts as a night shift."""

    start: Clock = as_written("22:00", "When the night begins.", alias="from")
    end: Clock = as_written("06:00", "When the night ends.", alias="to")
    at_least: Duration = as_written("3h", "Minutes of the night that make a shift a night shift.")


class Employer(Model):
    """Who employs people; the working-time regime is the employer's."""

    title: Title = Field("", description="Name for people.")
    regime: str = Field(description="Working-time regime: one of those listed below.")
    vendor: bool = Field(
        False, description="Whether this is a contractor. Vendors hold only posts with `vendor: true`."
    )
    rules: Rules = as_written({}, "Rules of this employer, over those of its regime.")


class Role(Model):
    """A qualification that posts ask for and people have."""

    title: Title = Field("", description="Name for people.")
    exclusive: bool = Field(
        False,
        description="Whether who has it may have no other (security administrator, protection level 3).",
    )
    in_house: Literal["optional", "required"] = Field(
        "optional", description="`required`: no vendor may hold it."
    )
    incompatible: list[str] = Field([], description="Roles that nobody may have beside it.")


class Site(Model):
    """A campus or hub."""

    title: Title = Field("", description="Name for people.")
    letter: Letter | None = Field(
        None, description="One sign for the grid; by default the name's first letter."
    )
    time_zone: str | None = Field(
        None,
        description="IANA time zone of the posts there and of the shifts of its people, on each date; by default the "
        "calendar's.",
    )
    country: str | None = Field(
        None,
        pattern=COUNTRY,
        description="Country whose public holidays hold there; by default the calendar's.",
    )


class Travel(Model):
    """The way between two sites; it is no rest."""

    between: list[str] = Field(min_length=2, max_length=2, description="The two sites.")
    minutes: int = Field(ge=0, le=1440, description="Minutes from one to the other, both ways.")


class Shift(Model):
    """A stretch of work on site. It belongs to the day it starts on and may cross midnight."""

    title: Title = Field("", description="Name for people.")
    start: Clock | None = Field(None, description="When it starts.")
    length: Duration | None = Field(None, description="How long it is, at most 24h. Write this or `end`.")
    end: Clock | None = Field(None, description="When it ends; not later than its start means the next day.")
    stretches: list[Window] = Field(
        [],
        description="Of a split shift, instead of `start` and `length`: its stretches in order, such as "
        "`[06:00-10:00, 16:00-21:00]`. The pause between is no work and holds no post, nor is it rest.",
    )
    letter: Letter | None = Field(
        None,
        description="One sign for the grid; by default the name's first letter, upper case, or the next one free.",
    )
    work: Duration | None = Field(None, description="Working time in it; by default all of it.")
    weight: Weight | None = Field(
        None, description="Share of it that is working time (sleep duty: 0.5). Write this or `work`."
    )
    night: Annotated[bool | None, BeforeValidator(_none_if_auto), Also({"const": "auto"})] = as_written(
        "auto", "Whether it is a night shift; `auto`: as the `night` section says."
    )


class Standby(Model):
    """A stretch on call from home. It follows a shift of the same day or stands alone."""

    title: Title = Field("", description="Name for people.")
    start: Clock = Field(description="When it starts.")
    length: Duration | None = Field(None, description="How long it is, at most 24h. Write this or `end`.")
    end: Clock | None = Field(None, description="When it ends; not later than its start means the next day.")
    letter: Letter | None = Field(
        None,
        description="One sign for the grid; by default the name's first letter, lower case, or the next one free.",
    )
    response: Duration | None = Field(None, description="Within what time the person answers.")
    weight: Weight = Field(
        0,
        description="Share of it that is working time. Above 0 it interrupts rest. Callouts are paid apart.",
    )


class Post(Model):
    """What must be held: so many people of a role, on these days, in this window of the day."""

    title: Title = Field("", description="Name for people.")
    role: Names = Field(description="Role that holds it, or a list of which any one will do.")
    people: int = Field(1, ge=1, le=100_000, description="How many people at once.")
    days: NeededDays = as_written(
        "daily",
        "`daily`, or one or several of `weekdays` (working days, made-up ones too), `weekends`, `holidays`, "
        "`mon` … `sun` (that day unless it is a public holiday); `ordinary_weekends` are no public holidays.",
    )
    window: Window = as_written(
        "00:00-24:00", "From when to when; may cross midnight. `08:00+24h` gives start and length."
    )
    demand: DemandCurve = Field(None, description=CURVE)
    presence: Literal["on_site", "standby"] = Field(
        "on_site",
        description="`on_site`, or `standby`: reachable is enough (somebody on site will do as well).",
    )
    response: Duration | None = Field(
        None, description="For standby: within what time the holder must answer."
    )
    chain: Name | None = Field(None, description="Escalation chain it belongs to.")
    level: int = Field(
        1,
        ge=1,
        le=3,
        description="Level in the chain; different levels are held by different people at any moment.",
    )
    load: Part = Field(
        1,
        description="Share of one person's attention; posts of 0.5 each may be held by one person together.",
    )
    hard: bool = Field(True, description="Whether it must never be empty.")
    price: Money = Field(
        100, description="What an empty hour costs, for each person missing; only where not hard."
    )
    over_price: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Points of each hour and person present, of those who could hold it, beyond `people`.",
    )
    vendor: bool = Field(False, description="Whether a vendor may hold it.")
    site: str | None = Field(None, description="Where it is held; without it, anywhere.")
    shifts: ShiftNames = Field(
        [], description="Shifts or standbys that hold it, by name; by default all that are there at the time."
    )
    priority: int = Field(
        1,
        ge=1,
        le=9,
        description="1 is most important; where not all can be held, an hour is worth four of the next.",
    )
    reason: str = Field("", description="Why the post is there; for the reader of the file.")


class Count(Model):
    """How many people of a type there may be. A single number means exactly so many."""

    min: int = Field(0, ge=0, le=100_000, description="At least so many.")
    max: int | None = Field(None, ge=0, le=100_000, description="At most so many.")


_COUNT_ALSO = Also({"type": "integer"}, {"type": "array", "items": {"type": "integer"}, "maxItems": 2})


class StaffType(Model):
    """People who are interchangeable until they have names."""

    title: Title = Field("", description="Name for people.")
    skills: Names = Field(description="Roles they can fill.")
    employer: str | None = Field(
        None, description="Who employs them; may be left out where there is one employer."
    )
    weekly_hours: Hours | None = Field(
        None, description="Contract hours a week of full time; by default the regime's."
    )
    share: Part = Field(1, description="Share of full time they work.")
    cost: Money = Field(0, description="Cost of one person per month.")
    count: Annotated[Count | None, BeforeValidator(values.count_range), _COUNT_ALSO] = Field(
        None,
        description="How many there may be: a number, `[min, max]`, or `{min, max}`. By default any number, or as "
        "many as `people` names.",
    )
    hire: int | None = Field(
        None, ge=0, le=100_000, description="How many may be hired beyond those named in `people`."
    )
    shifts: Annotated[list[str] | None, Field(min_length=1)] = Field(
        None, description="Shifts and standbys they may do; by default all."
    )
    sites: Annotated[list[str] | None, Field(min_length=1)] = Field(
        None, description="Sites they serve; by default all."
    )
    rules: Rules = as_written({}, "Rules of this type, over all others.")


class VendorSeat(Model):
    """A seat a vendor fills for a price, without names: one place of a post."""

    title: Title = Field("", description="Name for people.")
    post: str = Field(description="The post of which it fills one place; it must allow vendors.")
    cost: Money | None = Field(None, description="Price per month. Write this or `cost_per_hour`.")
    cost_per_hour: Money | None = Field(None, description="Price per hour of the window.")
    count: int = Field(1, ge=0, le=100_000, description="How many such seats are on offer; 0 for none.")
    window: Window | None = Field(
        None, description="Part of the post's window that it fills; by default all."
    )
    days: NeededDays = as_written("daily", "Days on which it is filled, out of the post's.")
    employer: str | None = Field(None, description="The vendor.")


class Pin(Model):
    """A duty that is settled for a person on some dates, such as `off`, `D` or `D+S`."""

    dates: Dates = Field(description="When: dates, or weekdays `mon` … `sun` for every such day.")
    duty: str = Field(description="The duty, as `roster.csv` names it.")


class Wish(Model):
    """A duty that a person would like on some dates; granted where that costs nobody anything more."""

    dates: Dates = Field(description="When: dates, or weekdays `mon` … `sun` for every such day.")
    duty: str = Field("off", description="The duty wished for, as `roster.csv` names it.")
    avoid: str | None = Field(
        None, alias="not", description="A duty that the person would rather not have, instead of `duty`."
    )
    price: int = Field(
        100, ge=1, le=1_000_000, description="What each date not granted counts against others."
    )


class Person(Model):
    """Somebody with a name. Dates are one date, a stretch `2027-01-04..2027-01-10`, or a list of these."""

    short_for: ClassVar[str] = "type"
    type: str = Field(description="The staff type.")
    no_nights: Bans = Field(
        [], description="When no night work is given (pregnancy, nursing): dates, or `always`."
    )
    no_overtime: Bans = Field([], description="When no overtime is given: dates, or `always`.")
    no_standby: Bans = Field([], description="When no standby is given: dates, or `always`.")
    leave: Leaves = Field(
        [],
        description="When the person is away: dates, or times as in `2027-03-02 08:00..12:00`. No duty may reach into "
        "it. Each working day (not weekends and public holidays) takes a fifth of the week's hours, a whole week one "
        "week's; `{dates: 2027-03-02..2027-03-05, hours: 36h}` says what it takes instead.",
    )
    days_off: Weekdays = Field(
        [],
        description="Weekdays on which the person never has a duty, `wed` or a list; none of the day before may run "
        "into them, either. A duty pinned by date goes before.",
    )
    pins: list[Pin] = Field([], description="Duties that are settled on some dates.")
    wishes: list[Wish] = Field([], description="Duties wished for on some dates.")
    reason: str = Field("", description="Why; printed where it matters.")


class Fairness(Model):
    """Something that is shared among people, by the hours of their contracts and the days they are there."""

    of: ShiftName = Field(
        description="What: `hours`, `days`, `nights`, `weekends`, public `holidays`, `statutory` ones, `standby`, or "
        "a shift or standby by its name."
    )
    among: list[str] = Field(
        [], description="Staff types that share it; by default those who can stand in for one another."
    )
    price: int = Field(
        10,
        ge=1,
        le=100_000,
        description="Points of the first unit away from the share; the second costs twice, the fifth five times. "
        "A unit of hours is eight hours.",
    )
    share: Literal["hours", "equal"] = Field(
        "hours", description="`hours`: by contract and days present; `equal`: everybody alike."
    )


class Supervised(Model):
    """People who are at work only while somebody else is."""

    who: Names = Field(description="Names of people or roles: everybody who has the role.")
    by: Names = Field(description="Who has to be at work beside them: people or roles, any one of them.")
    source: str = Field("", description="Where that comes from, printed in the report.")


class Absence(Model):
    """Hours a year that a person is paid for but not there. `gross` instead of the mapping plans without absence."""

    gross: bool = Field(False, description="Whether nobody is ever absent.")
    annual_leave_days: int | None = Field(
        None, ge=0, le=250, description="Days of annual leave; by default the regime's."
    )
    sick_hours: int = Field(40, ge=0, le=2000, description="Hours of sickness a year.")
    training_hours: int = Field(68, ge=0, le=2000, description="Hours of training a year.")


def _absence(value: Any) -> Any:
    return {"gross": True} if value == "gross" else value


class Control(Model):
    """What directing vendors takes."""

    share: Share = as_written(0.10, "Share of one in-house person for each vendor person or seat.")
    role: str | None = Field(None, description="Role whose hours it takes; without it, anybody's in-house.")


class Rotation(Model):
    """What is wished of the rota itself."""

    weeks: int | None = Field(
        None,
        ge=1,
        le=52,
        description="After how many weeks the team's rota repeats; by default the shortest that needs fewest people.",
    )


class Scenario(Model):
    """A service to hold around the clock, and the people who may hold it."""

    name: Name = Field(description="Short name, used for files.")
    title: Title = Field("", description="Name for people.")
    calendar: Calendar = Field(description="The dates.")
    before: str = Field(
        "", description="`roster.csv` of the last period, up to the eve of the calendar, seen from here."
    )
    night: Night = as_written({}, "What a night shift is.")
    employers: dict[Name, Employer] = Field(min_length=1, description="Employers by name.")
    roles: dict[Name, Role] = Field(min_length=1, description="Roles by name.")
    sites: dict[Name, Site] = Field({}, description="Sites by name, where there are several.")
    travel: list[Travel] = Field([], description="Ways between sites.")
    shifts: dict[ShiftName, Shift] = Field({}, description="Working shifts by name.")
    standbys: dict[ShiftName, Standby] = Field({}, description="Standbys by name.")
    posts: dict[Name, Post] = Field(min_length=1, description="Posts by name.")
    staff_types: dict[Name, StaffType] = Field(min_length=1, description="Staff types by name.")
    vendor_seats: dict[Name, VendorSeat] = Field({}, description="Vendor seats on offer, by name.")
    people: dict[PersonName, Person] = Field(
        {}, description="People by name: a staff type, or a mapping with restrictions."
    )
    letters: dict[str, str] = Field(
        {},
        description="What other words mean in rosters that are read: a duty as `roster.csv` names it, `off`, or "
        "`leave` with its kind before it, as in `sick leave`.",
    )
    fairness: list[Fairness] | None = Field(
        None,
        description="What is shared fairly among people with names. By default hours, nights, weekends, public "
        "holidays and standby; `[]` for nothing.",
    )
    apart: list[Names] = Field(
        [], description="Lists of people (or roles) of whom no two are at work at the same time."
    )
    together: list[Names] = Field([], description="Lists of people who always work the same shifts.")
    supervised: list[Supervised] = Field(
        [], description="People who are at work only beside others: learners."
    )
    absence: Annotated[Absence, BeforeValidator(_absence), Also({"const": "gross"})] = as_written(
        {}, "What is taken off the hours of a year."
    )
    rules: Rules = as_written({}, "Rules of all employers and types of this scenario.")
    quality: Quality = as_written({}, "What makes one rota better than another.")
    objective: Literal["in_house", "people", "cost"] = Field(
        "in_house", description="What is made least first: people of one's own, people in all, or cost."
    )
    rotation: Rotation = as_written({}, "What is wished of the rota itself.")
    control: Control = as_written({}, "What directing vendors takes.")
    currency: str = Field("CNY", pattern=r"^[A-Z]{3}$", description="Currency of all prices and costs.")
