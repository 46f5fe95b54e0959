"""Types of the schema: each notation of `values` with the JSON Schema that editors check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, StrictInt, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from roster.domain.problem import Days
from roster.notation.day_words import DAY_WORDS, days, weekdays
from roster.notation.fair_shares import WORDS as SHARED_BY
from roster.notation.fair_shares import FairShare, fair_share
from roster.notation.timespans import (
    ALWAYS,
    TimeSpan,
    WeekdayTime,
    ban_span,
    leave_span,
    leave_spans,
    weekday_time,
)
from roster.notation.values import (
    PERIODS,
    WEEKDAYS,
    amount,
    clock,
    day,
    duration,
    fraction,
    gap_days,
    letter,
    listed,
    months,
    name,
    pair,
    part,
    period,
    person_name,
    share,
    shift_name,
    span,
    span_or_weekday,
    weekly_hours,
    whole,
    window,
)

MONEY_LIMIT = 10**12


def _text(kind: str, pattern: str | None, *examples: str) -> WithJsonSchema:
    schema: JsonSchemaValue = {"type": "string", "$comment": kind}
    if pattern:
        schema["pattern"] = pattern
    if examples:
        schema["examples"] = list(examples)
    return WithJsonSchema(schema)


def _also(
    check: Callable[[object], object], kind: str, *shapes: JsonSchemaValue
) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(check), WithJsonSchema({"anyOf": list(shapes), "$comment": kind})


_DATE_TEXT: JsonSchemaValue = {
    "type": "string",
    "$comment": "dates",
    "pattern": r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$",
}
_NUMBER_OR_PERCENT: tuple[JsonSchemaValue, ...] = (
    {"type": "number", "minimum": 0, "maximum": 1},
    {"type": "string", "pattern": r"^\d+(\.\d+)?\s*%$", "examples": ["25%"]},
)
_DURATION_TEXT = r"^\s*(\d+(\.\d+)?\s*h)?\s*(\d+\s*min)?\s*$"
_CLOCK_TEXT = r"^\d{1,2}:\d{2}$"
_DAY_WORD: JsonSchemaValue = {"enum": [*DAY_WORDS, *WEEKDAYS]}
_NAME_LIST: JsonSchemaValue = {"type": "array", "items": {"type": "string"}, "minItems": 1}

Name = Annotated[str, AfterValidator(name)]
PersonName = Annotated[str, AfterValidator(person_name)]
ShiftName = Annotated[str, AfterValidator(shift_name)]
Letter = Annotated[str, BeforeValidator(letter), _text("one sign", None, "D")]
Duration = Annotated[
    int, BeforeValidator(duration), _text("duration", _DURATION_TEXT, "8h", "15min", "1h 30min")
]
Hours = Annotated[int, *_also(weekly_hours, "hours", {"type": "number", "minimum": 0}, {"type": "string"})]
ClockTime = Annotated[int, BeforeValidator(clock), _text("time of day", _CLOCK_TEXT, "08:00")]
Window = Annotated[
    tuple[int, int], BeforeValidator(window), _text("window", None, "08:00-16:00", "22:00-06:00", "08:00+24h")
]
Day = Annotated[
    date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date", "$comment": "date"})
]
Month = Annotated[
    tuple[date, date], BeforeValidator(months), _text("month", r"^\d{4}-\d{2}(\.\.\d{4}-\d{2})?$", "2027-04")
]
Whole = Annotated[int, BeforeValidator(whole)]
Span = Annotated[tuple[date, date], BeforeValidator(span), WithJsonSchema(_DATE_TEXT)]
Spans = Annotated[
    list[Span],
    Field(min_length=1),
    *_also(listed, "dates", _DATE_TEXT, {"type": "array", "items": _DATE_TEXT, "minItems": 1}),
]
_LEAVE: tuple[JsonSchemaValue, ...] = (
    {
        "type": "string",
        "$comment": "dates, with times where part of a day",
        "examples": ["2027-03-02 08:00..12:00"],
    },
    {
        "type": "object",
        "properties": {"dates": {"type": "string"}, "hours": {"type": ["number", "string"]}},
        "required": ["dates"],
        "additionalProperties": False,
    },
)
Leave = Annotated[TimeSpan, *_also(leave_span, "dates, with times where part of a day", *_LEAVE)]
Leaves = Annotated[
    list[Leave], *_also(leave_spans, "dates, with times where part of a day", *_LEAVE, {"type": "array"})
]
_BAN: tuple[JsonSchemaValue, ...] = (_DATE_TEXT, {"const": ALWAYS})
Ban = Annotated[tuple[date, date], *_also(ban_span, "dates", *_BAN)]
Bans = Annotated[
    list[Ban], *_also(listed, "dates, or `always`", *_BAN, {"type": "array", "items": {"anyOf": [*_BAN]}})
]
NeededDays = Annotated[
    Days, *_also(days, "days", _DAY_WORD, {"type": "array", "items": _DAY_WORD, "minItems": 1})
]
_WEEKDAY: JsonSchemaValue = {"enum": [*WEEKDAYS]}
Weekdays = Annotated[
    list[int],
    *_also(weekdays, "weekdays", _WEEKDAY, {"type": "array", "items": _WEEKDAY}),
]
_WEEKDAY_TIME: tuple[JsonSchemaValue, ...] = (
    _WEEKDAY,
    {"type": "string", "$comment": "weekday with times", "examples": ["tue 17:00..22:00"]},
)
WeekdayTimes = Annotated[
    list[
        Annotated[
            WeekdayTime, *_also(weekday_time, "weekdays, with times where part of a day", *_WEEKDAY_TIME)
        ]
    ],
    *_also(
        listed,
        "weekdays, with times where part of a day",
        *_WEEKDAY_TIME,
        {"type": "array", "items": {"anyOf": [*_WEEKDAY_TIME]}},
    ),
]
_DATES: JsonSchemaValue = {"anyOf": [_DATE_TEXT, _WEEKDAY]}
Dates = Annotated[
    list[Annotated[tuple[date, date] | int, BeforeValidator(span_or_weekday)]],
    *_also(listed, "dates or weekdays", _DATES, {"type": "array", "items": _DATES}),
]
_CURVE_DAY: JsonSchemaValue = {
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 24, "maxItems": 24},
        {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    ]
}
_CURVE_WORDS = ("daily", "weekdays", "weekends", "holidays", *WEEKDAYS)
CURVE = (
    "Instead of `people`, `days` and `window`: how many people at once from hour to hour. "
    "`{weekdays: {08:00-18:00: 6, 18:00-22:00: 3, 22:00-08:00: 1}, weekends: 2}`: a kind of day has one number, 24, or "
    "people by window (times of the clock on such days; nobody in between). `weekdays`, `weekends` (public holidays "
    "left out), `holidays` (as weekends where not told), `daily`; more on `mon` … `sun`. Or a CSV file with columns "
    "`kind`, `hour` and `people`, such as `roster demand` writes."
)
DemandCurve = Annotated[
    object,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "examples": ["demand.csv"]},
                {
                    "type": "object",
                    "properties": dict.fromkeys(_CURVE_WORDS, _CURVE_DAY),
                    "additionalProperties": False,
                },
            ],
            "$comment": "people by hour",
        }
    ),
]
SHIFTS = (
    "Working shifts by name. Or `choose: {starts: every 30min, between: 06:00-22:00, lengths: [4h, 8h], at_most: 5}`: "
    "`roster plan` chooses the kinds together with the headcount. `starts` are times of day or `every 30min`, "
    "`between` narrows them, `at_most` (5) is how many kinds there may be."
)


class Chosen:
    """Lets editors accept `choose` among the shifts."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of shifts with the choice of them beside."""
        text = {"type": "string"}
        one_or_many = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
        keys = {
            "starts": one_or_many,
            "between": text,
            "lengths": one_or_many,
            "at_most": {"type": "integer", "minimum": 1},
        }
        choose = {
            "type": "object",
            "properties": keys,
            "required": ["starts", "lengths"],
            "additionalProperties": False,
        }
        return {**handler(core_schema), "properties": {"choose": choose}}


Share = Annotated[int, *_also(share, "share", *_NUMBER_OR_PERCENT)]
Part = Annotated[int, *_also(part, "share", *_NUMBER_OR_PERCENT)]
Weight = Annotated[float, *_also(fraction, "share", *_NUMBER_OR_PERCENT)]
Pair = Annotated[tuple[str, str, int], BeforeValidator(pair), _text("pair of shifts", None, "N D", "A - D")]
Names = Annotated[
    list[str], Field(min_length=1), *_also(listed, "name or list of names", {"type": "string"}, _NAME_LIST)
]
Period = Annotated[
    tuple[str, int],
    *_also(
        period,
        "period",
        {"enum": [*PERIODS]},
        {"type": "string", "pattern": r"^\d+ (days?|weeks?)$", "examples": ["14 days", "4 weeks"]},
    ),
]
GapDays = Annotated[
    int, *_also(gap_days, "days", {"type": "integer", "minimum": 1, "maximum": 366}, {"const": "even"})
]
Amount = Annotated[
    tuple[str, int],
    *_also(
        amount,
        "number, hours or percent",
        {"type": "integer", "minimum": 0},
        {"type": "string", "examples": ["16h", "80%"]},
    ),
]
_FIGURE: JsonSchemaValue = {
    "anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "examples": ["80h"]}]
}
FairShares = Annotated[
    FairShare,
    *_also(
        fair_share,
        "`hours`, `equal`, a figure, or figures by name",
        {"enum": [*SHARED_BY]},
        _FIGURE,
        {"type": "object", "additionalProperties": _FIGURE, "minProperties": 1},
    ),
]
ShiftNames = Annotated[list[str], *_also(listed, "name or list of names", {"type": "string"}, _NAME_LIST)]
Money = Annotated[StrictInt, Field(ge=0, le=MONEY_LIMIT)]
