"""A crowd, and the best service it gives: level by level, with what each bound rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm

from roster.domain.outcome import ProofKind
from roster.domain.problem import DAY
from roster.engine.integer_program import Program
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import RotationModel

Rank = tuple[bool, int]
"""Whether the posts are only wishes, and their priority: what comes first is held first."""

PostPlace = tuple[str, int, int]
"""A post and a stretch of the ring, in minutes since the first day, 00:00."""


@dataclass(frozen=True, slots=True)
class TeamSize:
    """
    Who is there: so many of each type, or so many in-house people in all, of types that the search chooses.

    With a total, types keep their maximum and vendors are as the scenario offers them.
    """

    by_type: Mapping[str, int] | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class LevelService:
    """
    One level of posts: person-minutes a week that stay empty on average, and the fewest not excluded.

    `kind` says what the bound rests on, `none` where the value is not proven.
    """

    rank: Rank
    empty: int
    bound: int
    kind: ProofKind

    @property
    def proven(self) -> bool:
        """Whether less cannot stay empty."""
        return self.bound >= self.empty


@dataclass(frozen=True, slots=True)
class LevelProgram:
    """A model, its program with every level kept at its best, and the solution found."""

    model: RotationModel
    program: Program
    values: tuple[int, ...]

    @property
    def places(self) -> dict[PostPlace, int]:
        """Places empty, where there are any."""
        found = {place: self.values[variable] for place, variable in self.model.shortages.items()}
        return {place: number for place, number in found.items() if number}

    @property
    def weeks(self) -> int:
        """After how many weeks the team repeats."""
        return lcm(self.model.days, WEEK_DAYS) // WEEK_DAYS

    def places_in(self, weeks: int) -> dict[PostPlace, int]:
        """Return the places empty in so many weeks, a multiple of its own: rounds of the ring one after the other."""
        days = self.model.days
        return {
            (name, start + turn * days * DAY, end + turn * days * DAY): number
            for (name, start, end), number in self.places.items()
            for turn in range(weeks * WEEK_DAYS // days)
        }


@dataclass(frozen=True, slots=True)
class Served:
    """The best service of a crowd; no parts where time ran out before any rota was found."""

    levels: tuple[LevelService, ...]
    parts: tuple[LevelProgram, ...]

    @property
    def found(self) -> bool:
        """Whether there is a rota."""
        return bool(self.parts)

    @property
    def weeks(self) -> int:
        """After how many weeks all parts together repeat."""
        return lcm(*(part.weeks for part in self.parts))

    @property
    def proven(self) -> bool:
        """Whether every level is proven."""
        return self.found and all(level.proven for level in self.levels)
