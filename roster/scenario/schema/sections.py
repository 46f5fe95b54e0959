"""
The shape of a scenario file: every key, its type, its default and what it means.

The reference in docs/scenario.md and the JSON Schema in scenarios/ are made from these descriptions. What no single
value can show to be wrong, such as a name that leads nowhere, is found afterwards (see `checks`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from roster.notation import values as values
from roster.scenario.schema.people import (
    Absence,
    Control,
    Count,
    Fairness,
    Person,
    Pin,
    StaffType,
    Supervised,
    Title,
    Wish,
    absence_as_written,
)
from roster.scenario.schema.posts import Post, PostOnDates
from roster.scenario.schema.rule_limits import Also, Model, Quality, Rules, as_written
from roster.scenario.schema.seats import VendorSeat
from roster.scenario.schema.types import (
    SHIFTS,
    Chosen,
    ClockTime,
    Day,
    Duration,
    Letter,
    Month,
    Name,
    Names,
    PersonName,
    ShiftName,
    Span,
    Weight,
    Whole,
    Window,
)


def _none_if_auto(value: object) -> object:
    return None if value == "auto" else value


__all__ = [
    "COUNTRY",
    "Absence",
    "Calendar",
    "Control",
    "Count",
    "Employer",
    "Fairness",
    "Night",
    "Person",
    "Pin",
    "Post",
    "PostOnDates",
    "Role",
    "Rotation",
    "Scenario",
    "Shift",
    "Site",
    "StaffType",
    "Standby",
    "Supervised",
    "Travel",
    "VendorSeat",
    "Wish",
]

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
    last_run: Literal["open", "closed"] = Field(
        "open",
        description="Whether a run of working days, days off or days of one shift that the last date cuts off may "
        "still be too short: `open`, for it goes on in the next period, or `closed`, for it ends there.",
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

    start: ClockTime = as_written("22:00", "When the night begins.", alias="from")
    end: ClockTime = as_written("06:00", "When the night ends.", alias="to")
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
    start: ClockTime | None = Field(None, description="When it starts.")
    length: Duration | None = Field(None, description="How long it is, at most 24h. Write this or `end`.")
    end: ClockTime | None = Field(
        None, description="When it ends; not later than its start means the next day."
    )
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
    start: ClockTime = Field(description="When it starts.")
    length: Duration | None = Field(None, description="How long it is, at most 24h. Write this or `end`.")
    end: ClockTime | None = Field(
        None, description="When it ends; not later than its start means the next day."
    )
    letter: Letter | None = Field(
        None,
        description="One sign for the grid; by default the name's first letter, lower case, or the next one free.",
    )
    response: Duration | None = Field(None, description="Within what time the person answers.")
    weight: Weight = Field(
        0,
        description="Share of it that is working time. Above 0 it interrupts rest. Callouts are paid apart.",
    )


class Rotation(Model):
    """What is wished of the rota itself."""

    weeks: int | None = Field(
        None,
        ge=1,
        le=52,
        description="After how many weeks the team's rota repeats; by default the shortest that needs fewest people.",
    )
    likeness: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Points of each day on which somebody's calendar departs from the rota, in `roster plan`; in "
        "`roster calendar` from the roster that `--from` names.",
    )


class Scenario(Model):
    """A service to hold around the clock, and the people who may hold it."""

    name: Name = Field(description="Short name, used for files.")
    title: Title = Field("", description="Name for people.")
    calendar: Calendar = Field(description="The dates.")
    before: str = Field(
        "", description="`roster.csv` of the last period, up to the eve of the calendar, seen from here."
    )
    ledger: str = Field(
        "",
        description="`ledger.csv` of the last period: what everybody has had of what is shared, seen from here.",
    )
    night: Night = as_written({}, "What a night shift is.")
    employers: dict[Name, Employer] = Field(min_length=1, description="Employers by name.")
    roles: dict[Name, Role] = Field(min_length=1, description="Roles by name.")
    sites: dict[Name, Site] = Field({}, description="Sites by name, where there are several.")
    travel: list[Travel] = Field([], description="Ways between sites.")
    shifts: Annotated[dict[ShiftName, Shift], Chosen()] = Field({}, description=SHIFTS)
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
    absence: Annotated[Absence, BeforeValidator(absence_as_written), Also({"const": "gross"})] = as_written(
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
