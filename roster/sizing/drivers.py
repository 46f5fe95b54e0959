"""The driver file: every figure from which a profile becomes posts, with its unit and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from roster.language import catalogue, language, optional, tr
from roster.sizing.figures import Figure
from roster.yaml import tree as source
from roster.yaml.tree import Node

FILE = "drivers.yaml"
ASSUMPTION = "assumption"
ORIGINS = ("law", "survey", "article", "practice", ASSUMPTION)


@dataclass(frozen=True, slots=True)
class Driver:
    """
    One figure of the driver file.

    `origin` is one of `ORIGINS`; `source` says where it was seen, empty for assumptions. `line` is its own in the file.
    """

    key: str
    value: float
    unit: str
    origin: str
    source: str
    about: str
    line: int


def drivers() -> Mapping[str, Driver]:
    """Return all drivers as shipped, by key, their words in the current language."""
    return _read(language())


@cache
def tree() -> Node:
    """Return the driver file with its lines."""
    path = files("roster") / "sizing" / FILE
    return source.parse(path.read_text(encoding="utf-8"), FILE)


@cache
def _read(_language: str) -> Mapping[str, Driver]:
    entries = tree().value
    assert isinstance(entries, dict)
    return {key: _driver(key, node) for key, node in entries.items()}


def _driver(key: str, node: Node) -> Driver:
    raw: dict[str, Any] = node.plain()
    about = optional(f"drivers.{key}_about") or composed(key)
    said = optional(f"drivers.{key}_source")
    return Driver(key, raw["value"], raw["unit"], raw["origin"], said, about, node.line or 0)


def composed(key: str) -> str:
    """Return what a driver is whose key says it all: hours of a module, cost of a role, months until alone on duty."""
    words = catalogue(language(), "sizing")
    if key.startswith("cost_"):
        role, _, tier = key.removeprefix("cost_").partition("_")
        return tr("sizing.about_cost", role=words[f"role_{role}"], tier=words[f"tier_{tier}"])
    if key.startswith("ramp_months_"):
        return tr("sizing.about_ramp", role=words[f"role_{key.removeprefix('ramp_months_')}"])
    module, _, role = key.removesuffix("_hours").rpartition("_")
    return tr("sizing.about_module", module=words[f"module_{module}"], role=words[f"role_{role}"])


@dataclass(frozen=True, slots=True)
class Values:
    """
    The drivers in force for a profile: the shipped ones, with what the profile says instead.

    `overrides` holds value and line by key; `file` is the profile's name.
    """

    file: str
    overrides: Mapping[str, tuple[float, int]]

    def figure(self, key: str, what: str = "") -> Figure:
        """Return a driver as a figure; raises KeyError for one there is not."""
        driver = drivers()[key]
        if key in self.overrides:
            value, line = self.overrides[key]
            return Figure(value, what or driver.about, f"{self.file}:{line}", f"drivers.{key}")
        return Figure(driver.value, what or driver.about, f"{FILE}:{driver.line}", key)

    def value(self, key: str) -> float:
        """Return a driver's value."""
        return self.figure(key).value

    def has(self, key: str) -> bool:
        """Whether there is such a driver."""
        return key in drivers()
