"""The part of the schema that states rules: limits with their price and source, and what makes one rota better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from roster.scenario.schema.types import (
    Amount,
    ClockTime,
    Duration,
    GapDays,
    Money,
    Names,
    Pair,
    Period,
    Share,
    Weekdays,
)

T = TypeVar("T")
OFF = "off"


class Model(BaseModel):
    """What all parts of a scenario file share: unknown keys are faults, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)

    short_for: ClassVar[str] = ""
    """The field meant when a single value stands for the whole mapping."""

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: Any) -> Any:
        if cls.short_for and value is not None and not isinstance(value, dict):
            return {cls.short_for: value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        if not cls.short_for:
            return schema
        whole = handler.resolve_ref_schema(schema)
        brief = dict(whole["properties"][cls.short_for])
        for key in ("title", "description"):
            brief.pop(key, None)
        return {"anyOf": [brief, schema]}


class Also:
    """Lets editors accept one more spelling of a value than its type says."""

    def __init__(self, *schemas: JsonSchemaValue) -> None:
        self.schemas = schemas

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of the type with the other spellings beside it."""
        return {"anyOf": [handler(core_schema), *self.schemas]}


def none_if_off(value: object) -> object:
    """Read the word `off` as nothing at all."""
    return None if value == OFF else value


def _zero_if_off(zero: object) -> Callable[[object], object]:
    return lambda value: zero if value == OFF else value


def as_written(default: object, description: str, alias: str | None = None) -> Any:
    """
    Return a field whose default is spelt as in a file, and read like one; `alias` is its key in the file.

    Parameters
    ----------
    default, description : The default as a file spells it, and what the field means.
    alias : Its key in the file.
    """
    return Field(default, description=description, alias=alias)


OrOff = Annotated[T | None, BeforeValidator(none_if_off), Also({"const": OFF})]
Points = Annotated[int, BeforeValidator(_zero_if_off(0)), Field(ge=0, le=10**6), Also({"const": OFF})]


class Limit(Model):
    """What every limit may carry."""

    price: Money | None = Field(
        None,
        description="Makes the rule soft: points each breach costs. A soft rule stands beside an inherited hard one.",
    )
    source: str = Field("", description="Where the limit comes from, printed in the report.")


class DurationLimit(Limit):
    """A limit in hours."""

    short_for: ClassVar[str] = "value"
    value: Duration = Field(description="The limit.")


class AverageLimit(Limit):
    """Over what the average of working time is taken."""

    short_for: ClassVar[str] = "over"
    over: Period = Field(description="`year`, `calendar`, or so many days or weeks, such as `17 weeks`.")

    @property
    def days(self) -> int:
        """Days of the period; 0 where it is the calendar."""
        return 365 if self.over[0] == "year" else self.over[1]


class WeekLimit(Limit):
    """A limit in hours for each week."""

    short_for: ClassVar[str] = "value"
    value: Duration = Field(description="The limit.")
    rolling: bool = Field(
        False,
        description="Whether it holds in any seven days in a row (any 168 h), not from Monday to Sunday.",
    )


class CountLimit(Limit):
    """A limit in days."""

    short_for: ClassVar[str] = "value"
    value: int = Field(ge=1, le=366, description="The limit.")


class ShareLimit(Limit):
    """A limit as a share of days."""

    short_for: ClassVar[str] = "value"
    value: Share = Field(description="The limit.")


class TimeLimit(Limit):
    """A limit as a time of day."""

    short_for: ClassVar[str] = "value"
    value: ClockTime = Field(description="The limit.")


class RunLimit(Limit):
    """A shortest and a longest run of days."""

    shortest: int = Field(1, ge=1, le=366, description="Days a run has at least.")
    longest: int | None = Field(
        None, ge=1, le=366, description="Days a run has at most; without it there is no limit."
    )
    per_day: bool = Field(
        False,
        description="Whether the `price` is that of each day too few, as of each too many; else once a run.",
    )


class ShiftRunLimit(RunLimit):
    """A shortest and a longest run of days with a shift or standby, and the weekday of its handover."""

    starts: Weekdays = Field(
        [],
        description="Weekdays on which a run may begin, `mon` … `sun` or a list; by default any. A week from "
        "Monday on: `{shortest: 7, longest: 7, starts: mon}`.",
    )


class WeekendLimit(Limit):
    """How often a weekend is free."""

    short_for: ClassVar[str] = "one_in"
    one_in: int = Field(ge=1, le=52, description="At least one weekend of so many in a row is free.")


class PairLimit(Limit):
    """A forbidden pair of shifts."""

    short_for: ClassVar[str] = "pair"
    pair: Pair = Field(
        description="`N D`: no D on the day after N. `N - D`: no D after N with one day off between."
    )


class HandoverLimit(Limit):
    """What comes on the day after a run of a shift or standby."""

    short_for: ClassVar[str] = "pair"
    pair: Pair = Field(description="`Q P`: after days with Q comes P at once.")


class CountRule(Limit):
    """How often something comes in a week, a month, or any days in a row; or how much work that is."""

    of: Names = Field(
        description="What is counted: `nights`, `days` (with a shift), `days_off` (without), `standby`, `weekends`, "
        "`hours`, or one or several shifts and standbys by name."
    )
    least: Amount | None = Field(
        None,
        description="At least so many; of hours a duration (`16h`) or percent of the contract (`80%`). Asked of whole "
        "windows; of somebody with leave, for the days present.",
    )
    most: Amount | None = Field(None, description="At most so many, written likewise.")
    per: Period = as_written(
        "week",
        "`week` (Monday to Sunday), `month`, `year`, `calendar` (all of it), or any days in a row: `14 days`, "
        "`4 weeks`.",
    )
    on: Weekdays = Field(
        [],
        description="Weekdays that alone count, `sun` or a list; by default all. `{of: days, on: sun, most: 2, per: "
        "month}`: two Sundays with a shift a month.",
    )


class GapRule(Limit):
    """How many days lie between two nights, standbys, or shifts by name."""

    of: Names = Field(description="`nights`, `standby`, or one or several shifts and standbys by name.")
    days: GapDays | None = Field(
        None,
        description="At least so many days between; `even`: as many as the number of people, where that "
        "is settled, allows.",
    )
    weeks: int | None = Field(
        None, ge=1, le=52, description="At least so many weeks between; instead of `days`."
    )
    blocks: bool = Field(
        False, description="Whether days in a row are one block, and only days between blocks are looked at."
    )


class HoldsLimit(Limit):
    """Whether a rule without a figure holds."""

    short_for: ClassVar[str] = "value"
    value: bool = Field(description="`true`: it holds; `false`: it does not.")


class Rules(Model):
    """
    The rules of rosters; each adds to or replaces what the employer's regime says, and `off` drops it.

    The regime comes first, then the employer's rules, the scenario's, the staff type's, the person's: the later word
    holds. A value may also be a mapping with the limit, a `price` and a `source`.
    """

    min_rest: OrOff[DurationLimit] = Field(None, description="Rest between two duties, over days off too.")
    rest_after_nights: OrOff[DurationLimit] = Field(None, description="Rest after a block of nights.")
    max_nights: OrOff[CountLimit] = Field(None, description="Most nights in a row.")
    work_block: OrOff[RunLimit] = Field(None, description="Working days in a row.")
    off_block: OrOff[RunLimit] = Field(None, description="Days without a shift in a row.")
    shift_runs: OrOff[dict[str, OrOff[ShiftRunLimit]]] = Field(
        None, description="Days in a row with one shift or standby, by its name."
    )
    forbidden: OrOff[list[PairLimit]] = Field(
        None,
        description="Shifts and standbys that may not follow one another. Adds to inherited pairs; `off` drops "
        "them all.",
    )
    handovers: OrOff[list[HandoverLimit]] = Field(
        None,
        description="What a run of a shift or standby passes into: second on call this week, first the next. Adds to "
        "inherited ones; `off` drops them all.",
    )
    free_weekends: OrOff[WeekendLimit] = Field(None, description="Free weekends: at least one in so many.")
    average: AverageLimit | None = Field(
        None,
        description="The period over which working time may be averaged, days carried in by `before` counted; by "
        "default the calendar. What is left of it may all be used now. Always hard.",
    )
    week_hours: OrOff[WeekLimit] = Field(
        None, description="Most working time from Monday to Sunday, or in any seven days."
    )
    weekly_rest: OrOff[DurationLimit] = Field(
        None,
        description="One unbroken rest for every week, Monday to Sunday; it may reach over the week's turn, at least "
        "half of it inside its own week.",
    )
    shift_length: OrOff[DurationLimit] = Field(
        None, description="Longest shift on site, without breaks (`work`) and pauses (`stretches`)."
    )
    counts: OrOff[list[CountRule]] = Field(
        None,
        description="Least and most of something in a period. Adds to inherited ones, and replaces those of the same "
        "thing and period; `off` drops them all.",
    )
    gaps: OrOff[list[GapRule]] = Field(
        None, description="Days between two nights, standbys or shifts; added and dropped likewise."
    )
    whole_weekends: OrOff[HoldsLimit] = Field(
        None, description="Both days of a weekend with a duty (a shift or a standby), or neither."
    )
    standby_share: OrOff[ShareLimit] = Field(
        None, description="Most days with standby, of all days. Always hard."
    )
    no_standby_before: OrOff[TimeLimit] = Field(
        None, description="No standby on the day before a shift that starts before this time of day."
    )
    no_standby_after_nights: OrOff[HoldsLimit] = Field(
        None, description="No standby on the day after a night shift, neither alone nor after a shift."
    )


class QuickReturns(Model):
    """What a short rest between two duties costs."""

    price: Points = Field(5, description="Points each short rest costs.")
    rest: Duration = as_written("11h", "Rest below this is short.")


def _quick_returns(value: object) -> object:
    if value == OFF:
        return {"price": 0}
    return {"price": value} if isinstance(value, int) and not isinstance(value, bool) else value


_SINGLE = "By default 2 in a rota, {} in the calendar of people with names."


class Quality(Model):
    """What makes one rota better than another of the same headcount: points a breach costs; 0 or `off` drops it."""

    free_weekends: Points = Field(10, description="Each weekend that is not free.")
    forward_rotation: Points = Field(
        3, description="Each change to an earlier shift without enough days off between."
    )
    single_days_off: Points | None = Field(None, description=f"Each single day off. {_SINGLE.format(60)}")
    single_days_on: Points | None = Field(None, description=f"Each single working day. {_SINGLE.format(40)}")
    quick_returns: Annotated[
        QuickReturns, BeforeValidator(_quick_returns), Also({"type": "integer", "minimum": 0}, {"const": OFF})
    ] = as_written({}, "Each short rest between two duties.")
    even_weeks: Points = Field(
        3,
        description="Each working day of a week by which it has more than one above the average of the type's weeks, "
        "and each week with more than one below.",
    )
    standby_spread: Points = Field(1, description="Each day by which standby is unevenly spread.")
    long_breaks: Points = Field(0, description="Each day off work beyond the fourth in a row.")
    long_weeks: Points = Field(3, description="Each week with more than 48 h of work.")
