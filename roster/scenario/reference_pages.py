"""What is made from the schema and shipped beside it: the reference, the JSON Schema, and files to start from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from pydantic.fields import FieldInfo

from roster.domain.rules import Rule, hours
from roster.language import FALLBACK, LANGUAGES, speaking
from roster.scenario.build import regimes as regime
from roster.scenario.schema import rule_limits as limits
from roster.scenario.schema import sections as schema

TIERS = ("county", "city", "tertiary", "group")

SECTIONS: tuple[tuple[str, type[limits.Model]], ...] = (
    ("The file", schema.Scenario),
    ("calendar", schema.Calendar),
    ("night", schema.Night),
    ("employers.<name>", schema.Employer),
    ("roles.<name>", schema.Role),
    ("sites.<name>", schema.Site),
    ("travel[]", schema.Travel),
    ("shifts.<name>", schema.Shift),
    ("standbys.<name>", schema.Standby),
    ("posts.<name>", schema.Post),
    ("posts.<name>.on[]", schema.PostOnDates),
    ("staff_types.<name>", schema.StaffType),
    ("staff_types.<name>.count", schema.Count),
    ("vendor_seats.<name>", schema.VendorSeat),
    ("people.<name>", schema.Person),
    ("people.<name>.pins[]", schema.Pin),
    ("people.<name>.wishes[]", schema.Wish),
    ("rotation", schema.Rotation),
    ("fairness[]", schema.Fairness),
    ("supervised[]", schema.Supervised),
    ("absence", schema.Absence),
    ("control", schema.Control),
    ("rules", limits.Rules),
    ("A rule with one limit", limits.DurationLimit),
    ("A rule on the average", limits.AverageLimit),
    ("A rule on weeks", limits.WeekLimit),
    ("A rule on runs of days", limits.RunLimit),
    ("A rule without a figure", limits.HoldsLimit),
    ("rules.shift_runs.<name>", limits.ShiftRunLimit),
    ("rules.free_weekends", limits.WeekendLimit),
    ("rules.forbidden[]", limits.PairLimit),
    ("rules.handovers[]", limits.HandoverLimit),
    ("rules.counts[]", limits.CountRule),
    ("rules.gaps[]", limits.GapRule),
    ("quality", limits.Quality),
    ("quality.quick_returns", limits.QuickReturns),
)

_LABELS = {
    **{model.__name__: f"see `{title}`" for title, model in SECTIONS if title[0].islower()},
    "DurationLimit": "a limit in hours",
    "AverageLimit": "a period",
    "WeekLimit": "a limit in hours, or `{value, rolling}`",
    "CountLimit": "a limit in days",
    "ShareLimit": "a limit as share",
    "TimeLimit": "a limit as time of day",
    "HoldsLimit": "`true`, `false`",
    "RunLimit": "`{shortest, longest}`",
}

_HEAD = """# Scenario files

A scenario is one YAML file (UTF-8). Keys are English; names and titles may be in any language. This page is made from
the schema (`roster.scenario.reference()`); a test keeps the two equal. `roster schema` prints the JSON Schema for
editors, `roster init --tier county|city|tertiary|group` a file to start from.

## How values are written

| value | written |
|---|---|
| duration | `8h`, `15min`, `1h 30min`, `7.5h`; never without unit |
| time of day | `08:00`, quotes are not needed; `24:00` is the end of the day |
| window | `08:00-16:00`, `22:00-06:00` across midnight, `08:00+24h` start and length |
| date, stretch | `2027-01-04`, `2027-01-04..2027-01-10` with both ends, or a list of these |
| date of one country | `04.01.2027`, `2027年1月4日`, `1/14/2027`: where only one can be meant |
| days | `daily`, `weekdays`, `weekends`, `holidays`, `mon` … `sun`, or a list of these |
| share | `0.25` or `25%` |
| period | `week` (Monday to Sunday), `month`, `year`, `calendar`, or any days in a row: `14 days`, `4 weeks` |
| pair of shifts | `N D`: D on the day after N; `N - D`: with one day off between |

Only `true`, `false`, `null` and numbers are more than text: `no`, `off`, `22:00` and dates stay as they are written.
Duplicate keys, tags and merge keys (`<<`) are refused; anchors and aliases work.

## Building on another file

`base: other.yaml` takes that file (seen from this one) and lays this one's keys over it: mappings merge key by key,
lists and single values replace, and `null` takes a key of the base away. A base may have a base. Faults are reported
for the file in which they stand. A file outside the folder of the scenario that is asked about is refused, here and in
`before` and `ledger`, unless the command says `--allow-base-outside`.
"""

_RULES_NOTE = """
Rules come in layers: the regime's, the employer's, the scenario's, the staff type's, the person's. A later one replaces
an earlier one of the same kind; `off` (or `null`, in a file without `base`) drops it. A rule with a `price` is a wish
that costs so many points a breach, and stands beside an inherited hard one instead of replacing it.

A rotation has no dates: counts per week, or over any 7 days or 5 weekends in a row at most, hold on it and on dates
alike. Counts over months, years, the calendar or longer windows hold on dates only: the calendar keeps them, the proven
fewest people does not know them, and so is a lower bound where they ask for more.
"""


def schema_json() -> str:
    """Return the JSON Schema of scenario files."""
    document = schema.Scenario.model_json_schema(by_alias=True)
    document["title"] = "roster scenario"
    base = {"type": "string", "description": "Another scenario file that this one builds on."}
    document["properties"] = {"base": base, **document["properties"]}
    # A file with a base may leave out anything the base says.
    document["anyOf"] = [{"required": ["base"]}, {"required": document.pop("required")}]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def template(tier: str, language: str = "en") -> str:
    """Return a commented scenario of a tier of hospital; raises KeyError for one there is not."""
    if tier not in TIERS or language not in LANGUAGES:
        raise KeyError(f"no template for {tier!r} in {language!r}")
    folder = files("roster") / "scenario" / "templates"
    own = folder / language / f"{tier}.yaml"
    return (own if own.is_file() else folder / FALLBACK / f"{tier}.yaml").read_text(encoding="utf-8")


def markdown() -> str:
    """Return the reference of scenario files."""
    parts, shapes = [_HEAD], _shapes()
    for title, model in SECTIONS:
        parts.append(section(title, model, shapes[model.__name__]))
        if model is limits.Rules:
            parts.append(_RULES_NOTE)
    with speaking("en"):
        parts.append(_regimes())
    return "\n".join(parts)


def section(
    title: str, model: type[limits.Model], shape: Mapping[str, Any], labels: Mapping[str, str] = _LABELS
) -> str:
    """
    Return the table of a part of a file.

    Parameters
    ----------
    title, model : Its name, and what it may hold.
    shape : Its JSON Schema.
    labels : What other parts are called.
    """
    about = " ".join((model.__doc__ or "").split())
    rows = [
        _row(name, field, kind_of(shape["properties"][field.alias or name], labels))
        for name, field in model.model_fields.items()
    ]
    shown = f"`{title}`" if title[0].islower() else title
    head = ["| key | value | default | meaning |", "|---|---|---|---|"]
    return "\n".join([f"## {shown}", "", about, "", *head, *rows, ""])


def _row(name: str, field: FieldInfo, kind: str) -> str:
    default = "required" if field.is_required() else _default(field.default)
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{field.alias or name}` | {kind} | {default} | {meaning} |"


def _default(value: Any) -> str:
    if value is None or value in ("", {}) or value == []:
        return ""
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def kind_of(shape: Mapping[str, Any], labels: Mapping[str, str] = _LABELS) -> str:
    """Return what kind of value a part of a JSON Schema takes, in a few words; `labels` names its other parts."""
    if "$comment" in shape:
        return str(shape["$comment"])
    if "$ref" in shape:
        return labels[shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        kinds = dict.fromkeys(kind_of(each, labels) for each in shape["anyOf"] if each.get("type") != "null")
        return ", ".join(kinds)
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return ", ".join(f"`{each}`" for each in shape["enum"])
    if shape["type"] == "array":
        return f"list of {kind_of(shape['items'], labels)}"
    if shape["type"] == "object":
        return f"names, each with {kind_of(shape['additionalProperties'], labels)}"
    return {"integer": "whole number", "string": "text", "boolean": "true, false", "number": "number"}[
        shape["type"]
    ]


def _shapes() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every part of a scenario, without its short form."""
    document = schema.Scenario.model_json_schema(by_alias=True)
    parts = {"Scenario": document, **document["$defs"]}
    return {
        name: next((each for each in part.get("anyOf", ()) if "properties" in each), part)
        for name, part in parts.items()
    }


def _regimes() -> str:
    rows = []
    for each in regime.every():
        rows += [
            f"### `{each.name}`",
            "",
            f"{each.title}. {each.note}",
            "",
            "| limit | origin | source |",
            "|---|---|---|",
        ]
        rows += [f"| {text} | {origin} | {source} |" for text, origin, source in _regime_rows(each)]
        rows.append("")
    about = (
        "Limits marked `law` rest on texts that were seen; `policy` marks defaults from ergonomics or practice. Every "
        "one may be overridden. This is not legal advice."
    )
    return "\n".join(["## Regimes", "", about, "", *rows])


def _regime_rows(each: regime.Regime) -> list[tuple[str, str, str]]:
    figures = [
        (f"Standard hours a year: {hours(each.annual.value)} h.", each.annual),
        (f"Standard hours a week: {hours(each.weekly.value)} h.", each.weekly),
        (f"Standard hours a day: {hours(each.daily.value)} h.", each.daily),
        (f"Most hours a week, on average: {hours(each.most_weekly.value)} h.", each.most_weekly),
        (
            f"Overtime in one week, where it is allowed: {hours(each.overtime_week.value)} h.",
            each.overtime_week,
        ),
        (f"Annual leave assumed: {each.leave_days.value} days.", each.leave_days),
    ]
    limits_: list[Rule] = list(each.limits)
    return [
        *((text, figure.origin.value, figure.source) for text, figure in figures),
        *((rule.sentence, rule.origin.value, rule.source) for rule in limits_),
    ]
