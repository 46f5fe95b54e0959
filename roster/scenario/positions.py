"""Where things stand in a scenario file: the file and line of a post, a staff type, a rule or a leave, for reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from roster.domain.problem import Problem, Restriction, StaffType
from roster.domain.rules import Count, Gap, Handover, Rule, ShiftRun, Succession
from roster.yaml import inheritance as base
from roster.yaml import tree as source
from roster.yaml.tree import Node, Path_


@dataclass(frozen=True, slots=True)
class Places:
    """The positions of a scenario file; none known where there is no file."""

    root: Node | None = None

    def at(self, *path: str | int) -> str:
        """Return `file:line` of what lies at a path, or of the nearest thing around it; empty where unknown."""
        if self.root is None:
            return ""
        node, reached = self.root.nearest(path)
        return f"{node.file}:{node.line}" if reached else node.file

    def _exact(self, path: Path_) -> str:
        if self.root is None:
            return ""
        node, reached = self.root.nearest(path)
        return f"{node.file}:{node.line}" if len(reached) == len(path) else ""

    def first(self, *paths: Path_) -> str:
        """Return the position of the first of these paths that is written in the file; empty where none is."""
        return next(filter(None, map(self._exact, paths)), "")

    def rule(self, problem: Problem, staff: StaffType, rule: Rule) -> str:
        """
        Return where a rule of a staff type comes from: the scenario's latest word on it, else its regime's file.

        Parameters
        ----------
        problem, staff : The scenario, and a staff type.
        rule : One of its rules.
        """
        key = _file_key(rule)
        layers: list[Path_] = [
            ("staff_types", staff.name, "rules"),
            ("rules",),
            ("employers", staff.employer, "rules"),
        ]
        found = self.first(*((*layer, *key) for layer in layers))
        return found or self._regime(problem, staff, ("limits", *key))

    def hours(self, problem: Problem, staff: StaffType) -> str:
        """Return where the hours of a staff type come from."""
        own = self.first(("staff_types", staff.name, "weekly_hours"), ("staff_types", staff.name, "share"))
        return own or self._regime(problem, staff, ("hours", "annual"))

    def restriction(self, one: Restriction) -> str:
        """Return where a leave, or another restriction of a named person, stands."""
        return self.at("people", one.person, one.ban.value)

    def _regime(self, problem: Problem, staff: StaffType, path: Path_) -> str:
        employer = problem.employer.get(staff.employer)
        regime = None if employer is None or self.root is None else _regime_tree(employer.regime)
        if regime is None:
            return ""
        node, _ = regime.nearest(path)
        return f"{node.file}:{node.line}"


def _file_key(rule: Rule) -> Path_:
    """Return the key under which a `rules` section says a rule."""
    if isinstance(rule, ShiftRun):
        return "shift_runs", rule.shift
    if isinstance(rule, Count | Gap):
        return ("counts",) if isinstance(rule, Count) else ("gaps",)
    if isinstance(rule, Handover):
        return ("handovers",)
    return ("forbidden",) if isinstance(rule, Succession) else (rule.key,)


@cache
def _regime_tree(name: str) -> Node | None:
    path = files("roster") / "scenario" / "regimes" / f"{name}.yaml"
    if not path.is_file():
        return None
    return source.parse(path.read_text(encoding="utf-8"), f"regimes/{name}.yaml")


def places(path: Path) -> Places:
    """Return the positions of a scenario file with its bases, none of standard input; raises as loading it does."""
    if not path.is_file():
        return Places()
    return Places(base.read(path))
