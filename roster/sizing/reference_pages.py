"""The reference of profile files and the table of drivers, made from the schema and the driver file."""

from __future__ import annotations

from typing import Any

from roster.language import speaking
from roster.scenario.reference_pages import section
from roster.scenario.schema.rule_limits import Model
from roster.sizing import schema
from roster.sizing.drivers import drivers
from roster.sizing.figures import plain

SECTIONS: tuple[tuple[str, type[Model]], ...] = (
    ("The file", schema.ProfileFile),
    ("modules", schema.Modules),
    ("modules.telemedicine", schema.Telemedicine),
    ("emergency", schema.Emergency),
    ("response", schema.Response),
    ("answering", schema.Answering),
    ("answering.alerts", schema.Queue),
    ("answering.desk", schema.Desk),
    ("hire.<name>", schema.Hire),
    ("outsourcing", schema.Outsourcing),
)

_LABELS = {
    **{model.__name__: f"see `{title}`" for title, model in SECTIONS if title[0].islower()},
    "InUse": "nothing, or `{}`",
}

_HEAD = """# Profiles: how many and why

A profile says what a hospital's systems are; `roster size PROFILE.yaml --out my.yaml` turns it into scenarios and says
how many people they take at three levels of service. This page is made from the schema and the driver file
(`roster.sizing.reference()`); a test keeps them equal. Values are written as in [scenario files](scenario.md):
durations with a unit (`15min`), dates as `2027-01-04`, shares as `90%`. Five profiles to start from are in
`scenarios/profiles/`.

## What is made of it

1. Every module in use, every interface, the network, the users and security ask for hours a week of a role: the
   drivers below.
2. The hours of a role become whole days at a desk (8 h). Roles that one trade can do together share a desk where that
   saves days.
3. Continuity and the emergency department decide on nights and weekends; telemedicine on a network line of its own.
   Answering times decide how many sit at the desk and at the monitoring seat (Erlang C; Erlang A with patience).
4. Each level is written as a scenario, read back, planned and proven by the engine that `roster plan` uses. With
   `--out my.yaml` the recommended one is `my.yaml`; `my_lean.yaml` and `my_comfortable.yaml` stand beside it. What
   exists is overwritten only with `--force`.

- *Lean*: core systems only; desktop support and all that is not core is left to vendors, and the monitoring seat bought
  where `outsourcing.seats` lets it; at most half of all days on call.
- *Recommended*: every system in use; somebody on site at weekends (`standard`) or a seat of one's own (`critical`); a
  third of days on call.
- *Comfortable*: 15 % more hours; evenings or weekends on site where there is no seat; a quarter of days on call.

Protection level 3 makes the security administrator dedicated and in-house; what is left of security is operations,
which may be bought. Everything printed can be followed to a line: `--json` gives each figure with `where`, `key` and
its parts.
"""

_DRIVERS = """## Drivers

`origin` is `law`, `survey`, `article` or `practice` where the figure was seen there, and `assumption` where it is a
proposal to be calibrated. Any of them may be overridden in a profile: `drivers: {his_ops_hours: 10}`.

| driver | default | unit | what it is | origin | source |
|---|---|---|---|---|---|
"""


def markdown() -> str:
    """Return the reference of profile files."""
    shapes = _shapes()
    parts = [_HEAD, *(section(title, model, shapes[model.__name__], _LABELS) for title, model in SECTIONS)]
    with speaking("en"):
        rows = [
            f"| `{each.key}` | {plain(each.value)} | {each.unit} | {each.about} | {each.origin} | {each.source} |"
            for each in drivers().values()
        ]
    return "\n".join([*parts, _DRIVERS + "\n".join(rows), ""])


def _shapes() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every part of a profile, without its short form."""
    document = schema.ProfileFile.model_json_schema(by_alias=True)
    parts = {"ProfileFile": document, **document["$defs"]}
    return {
        name: next((each for each in part.get("anyOf", ()) if "properties" in each), part)
        for name, part in parts.items()
    }
