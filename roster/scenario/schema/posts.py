"""The shape of a scenario file, where it says what must be held: posts, and what they want on single dates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roster.scenario.schema.people import Title
from roster.scenario.schema.rule_limits import Model, as_written
from roster.scenario.schema.types import (
    CURVE,
    DemandCurve,
    Duration,
    Money,
    Name,
    Names,
    NeededDays,
    Part,
    ShiftNames,
    Spans,
    Window,
)

MOST_PEOPLE = 100_000


class PostOnDates(Model):
    """So many people on these dates, whatever days they are, instead of the usual number."""

    dates: Spans = Field(description="Dates on which another number is wanted; none twice.")
    people: int = Field(
        ge=0, le=MOST_PEOPLE, description="How many people at once on them; 0 where nobody is wanted."
    )
    best: int | None = Field(
        None, ge=1, le=MOST_PEOPLE, description="How many are best on them; by default `people`."
    )


class Post(Model):
    """What must be held: so many people of a role, on these days, in this window of the day."""

    title: Title = Field("", description="Name for people.")
    role: Names = Field(description="Role that holds it, or a list of which any one will do.")
    people: int = Field(1, ge=1, le=MOST_PEOPLE, description="How many people at once.")
    on: list[PostOnDates] = Field(
        [],
        description="Other numbers of people on single dates: `[{dates: 2027-10-01..2027-10-03, people: 4}]`. The "
        "calendar holds them; rota and fewest people are those of ordinary weeks.",
    )
    best: int | None = Field(
        None,
        ge=1,
        le=MOST_PEOPLE,
        description="How many people are best; `people` stays the least. The others are a soft post `NAME+`.",
    )
    best_price: Money = Field(
        10, description="What an hour costs for each person missing from `people` up to `best`."
    )
    days: NeededDays = as_written(
        "daily",
        "`daily`, or one or several of `weekdays` (working days, made-up ones too), `weekends`, `holidays`, "
        "`mon` … `sun` (that day unless it is a public holiday); `ordinary_weekends` are no public holidays.",
    )
    window: Window = as_written(
        "00:00-24:00",
        "From when to when; may cross midnight. `08:00+24h` gives start and length. Every hour counts whole, for the "
        "date on which the window begins: of the last date those after midnight too; `00:00-24:00` ends at midnight.",
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
        description="Points of each hour and person present, of those who could hold it, beyond `people`, or `best`.",
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
