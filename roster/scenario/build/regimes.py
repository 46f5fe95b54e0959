"""Working-time regimes as shipped: named limits with their sources, read from `regimes/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from roster.domain.rules import Origin, Rule
from roster.language import language, tr
from roster.notation import values as values
from roster.scenario.build.rules import Layer, layer_of
from roster.scenario.schema.rule_limits import Rules
from roster.yaml import tree as source


@dataclass(frozen=True, slots=True)
class RegimeFigure:
    """A number of a regime (minutes, or days of leave) with where it comes from."""

    value: int
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class Regime:
    """
    A named set of limits on working time.

    `annual`, `weekly` and `daily` are standard hours in minutes; `most_weekly` is the highest average that a contract
    or a plan may ask for; `overtime_week` how much longer one week may be where overtime is allowed; `leave_days` the
    leave assumed; `response_warning` the response time of a standby at or below which it may be working time.
    """

    name: str
    title: str
    annual: RegimeFigure
    weekly: RegimeFigure
    daily: RegimeFigure
    most_weekly: RegimeFigure
    overtime_week: RegimeFigure
    leave_days: RegimeFigure
    limits: tuple[Rule, ...]
    note: str
    response_warning: int | None = None


def names() -> tuple[str, ...]:
    """Return the names of the regimes that are shipped, in order."""
    folder = files("roster") / "scenario" / "regimes"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def every() -> list[Regime]:
    """Return every regime, its texts in the current language."""
    return [regime(name) for name in names()]


def regime(name: str) -> Regime:
    """Return one regime, its texts in the current language; raises KeyError for one that is not shipped."""
    if name not in names():
        raise KeyError(name)
    return _read(name, language())


@cache
def _read(name: str, _language: str) -> Regime:
    path = files("roster") / "scenario" / "regimes" / f"{name}.yaml"
    data = source.parse(path.read_text(encoding="utf-8"), f"{name}.yaml").plain()
    hours = {key: _figure(raw, f"regimes.{name}_{key}") for key, raw in data["hours"].items()}
    limits: list[Rule] = []
    for key, raw in data["limits"].items():
        limit = dict(raw)
        origin, why = Origin(limit.pop("origin")), tr(f"regimes.{name}_{key}")
        layer: Layer = layer_of(Rules.model_validate({key: limit}), Origin.POLICY)
        limits += [replace(rule, origin=origin, source=why) for rule in layer.rules]
    warning = data.get("response_warning")
    return Regime(
        name=name,
        title=tr(f"regimes.{name}_title"),
        annual=hours["annual"],
        weekly=hours["weekly"],
        daily=hours["daily"],
        most_weekly=hours["most_weekly"],
        overtime_week=hours["overtime_week"],
        leave_days=_figure(data["leave_days"], f"regimes.{name}_leave_days"),
        limits=tuple(limits),
        note=tr(f"regimes.{name}_notes"),
        response_warning=values.duration(warning) if warning else None,
    )


def _figure(raw: dict[str, Any], text: str) -> RegimeFigure:
    value = raw["value"]
    minutes = value if isinstance(value, int) else values.duration(value)
    return RegimeFigure(minutes, Origin(raw["origin"]), tr(text))
