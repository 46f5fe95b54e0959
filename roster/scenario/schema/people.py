"""The shape of a scenario file, where it says who there is: staff types, named people, absence."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, PrivateAttr

from roster.notation import values as values
from roster.scenario.schema.rule_limits import Also, Model, Rules, as_written
from roster.scenario.schema.types import (
    Bans,
    Dates,
    FairShares,
    Hours,
    Leaves,
    Money,
    Names,
    Part,
    Share,
    ShiftName,
    WeekdayTimes,
)

Title = Annotated[str, Field(max_length=200)]


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
    _over: tuple[Rules, ...] = PrivateAttr(())

    @property
    def layers(self) -> tuple[Rules, ...]:
        """Its rules, then those of the people it was made for."""
        return (self.rules, *self._over)

    def under(self, person: Person, changes: dict[str, object]) -> StaffType:
        """
        Return the type of people with a contract of their own.

        Parameters
        ----------
        person : One of them.
        changes : What else is not as of the type.
        """
        own = {key: getattr(person, key) for key in person.own if key != "rules"}
        found = self.model_copy(update={**own, **changes})
        found._over = (person.rules,)
        return found


class Pin(Model):
    """A duty that is settled for a person on some dates, such as `off`, `D` or `D+S`."""

    dates: Dates = Field(description="When: dates, or weekdays `mon` … `sun` for every such day.")
    duty: str = Field(description="The duty, as `roster.csv` names it.")


class Wish(Model):
    """A duty that a person would like on some dates; granted where that costs nobody anything more."""

    dates: Dates = Field(description="When: dates, or weekdays `mon` … `sun` for every such day.")
    duty: Names = as_written(
        "off", "The duty wished for, as `roster.csv` names it, or a list of which any one will do."
    )
    avoid: Names | None = Field(
        None,
        alias="not",
        description="A duty that the person would rather not have, or several, instead of `duty`.",
    )
    price: int = Field(
        100, ge=1, le=1_000_000, description="What each date not granted counts against others."
    )
    rank: int | None = Field(
        None,
        ge=1,
        le=99,
        description="Instead of `price`, its place in the person's order, 1 the most wanted: each date of a rank "
        "outweighs all dates of this person's lower ranks together. Rank 1 counts 100 a date (more where very many "
        "dates come after it), each date of a lower one so much less.",
    )


CONTRACT = ("weekly_hours", "share", "shifts", "rules")
"""What a person may have otherwise than the type: where any is said, the rota counts with a type for it."""


class Person(Model):
    """Somebody with a name. Dates are one date, a stretch `2027-01-04..2027-01-10`, or a list of these."""

    short_for: ClassVar[str] = "type"
    type: str = Field(description="The staff type.")
    weekly_hours: Hours | None = Field(
        None, description="Contract hours a week of full time; by default the type's."
    )
    share: Part | None = Field(None, description="Share of full time; by default the type's.")
    shifts: Annotated[list[str] | None, Field(min_length=1)] = Field(
        None, description="Shifts and standbys the person may do; by default the type's."
    )
    rules: Rules = as_written({}, "Rules of this person, over those of the type.")
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
    days_off: WeekdayTimes = Field(
        [],
        description="Weekdays on which the person never has a duty, `wed` or a list; none of the day before may run "
        "into them, either. Part of a day is written `tue 17:00..22:00`. A duty pinned by date goes before.",
    )
    pins: list[Pin] = Field([], description="Duties that are settled on some dates.")
    wishes: list[Wish] = Field([], description="Duties wished for on some dates.")
    reason: str = Field("", description="Why; printed where it matters.")

    @property
    def own(self) -> tuple[str, ...]:
        """The keys of a contract that the person has beside the type's."""
        return tuple(key for key in CONTRACT if key in self.model_fields_set)


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
        "Each unit outside the whole ones on either side of the share costs three times as much beside. A unit of "
        "hours is eight hours.",
    )
    share: FairShares = as_written(
        "hours",
        "`hours`: by contract and days present; `equal`: everybody alike; a figure: so much each (`4`; of hours "
        "`80h`), less for days away; or figures by name: `{Ann: 2, Bob: 6}`, where the others share what is left. "
        "A later entry for somebody holds.",
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
    sick_hours: int = Field(40, ge=0, le=2000, description="Hours of sickness a year of full time.")
    training_hours: int = Field(68, ge=0, le=2000, description="Hours of training a year of full time.")


def absence_as_written(value: Any) -> Any:
    """Return what the absence section says, `gross` as what it stands for."""
    return {"gross": True} if value == "gross" else value


class Control(Model):
    """What directing vendors takes."""

    share: Share = as_written(0.10, "Share of one in-house person for each vendor person or seat.")
    role: str | None = Field(None, description="Role whose hours it takes; without it, anybody's in-house.")
