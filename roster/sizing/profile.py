"""A profile that holds together: what it says, on which lines, and the drivers in force for it."""

from __future__ import annotations

from dataclasses import dataclass

from roster.sizing.drivers import Values
from roster.sizing.figures import Figure
from roster.sizing.measured import Measured
from roster.sizing.schema import CORE, MODULES, ProfileFile
from roster.yaml.tree import Node


@dataclass(frozen=True, slots=True)
class Profile:
    """The contents of a profile file with their lines, the drivers, and what was measured in their place."""

    file: str
    root: Node
    says: ProfileFile
    values: Values
    measured: Measured | None = None

    @property
    def tier(self) -> str:
        """The kind of hospital."""
        return self.says.tier

    @property
    def modules(self) -> tuple[str, ...]:
        """Modules in use, in the order of the schema."""
        return tuple(name for name in MODULES if getattr(self.says.modules, name) is not None)

    @property
    def core(self) -> frozenset[str]:
        """Modules in use that are core."""
        named = CORE if self.says.core is None else self.says.core
        return frozenset(named) & frozenset(self.modules)

    @property
    def title(self) -> str:
        """The name for people."""
        return self.says.title or self.says.name

    @property
    def dedicated_security(self) -> bool:
        """Whether the security administrator may do nothing else (protection level 3)."""
        return self.says.protection >= 3

    @property
    def watched(self) -> bool:
        """Whether somebody must be awake day and night."""
        seat = self.values.value("emergency_seat_visits")
        emergency = self.says.emergency
        return self.says.continuity == "critical" or (emergency.around_the_clock and emergency.visits >= seat)

    @property
    def busy_evenings(self) -> bool:
        """Whether the emergency department asks for somebody on site in the evening."""
        emergency = self.says.emergency
        return emergency.around_the_clock and emergency.visits >= self.values.value(
            "emergency_evening_visits"
        )

    def stated(self, value: float, what: str, *path: str | int) -> Figure:
        """
        Return a figure of the profile with its line; one left out stands for the whole file's default.

        Parameters
        ----------
        value, what : The figure, and what it is in words.
        path : Keys of the profile that lead to it.
        """
        node, reached = self.root.nearest(path)
        line = node.line if reached else 1
        return Figure(value, what, f"{self.file}:{line}", ".".join(map(str, path)))

    def driver(self, key: str) -> Figure:
        """Return a driver; one that goes by tier is named without the tier."""
        name = key if self.values.has(key) else f"{key}_{self.tier}"
        return self.values.figure(name)
