"""A crowd, and the best service it gives: level by level, with what each bound rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roster.domain.outcome import ProofKind
from roster.engine.program import Program
from roster.engine.rotation.model import RotationModel

Rank = tuple[bool, int]
"""Whether the posts are only wishes, and their priority: what comes first is held first."""

Place = tuple[str, int, int]
"""A post and a stretch of the ordinary week, in minutes since Monday 00:00."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """
    Who is there: so many of each type, or so many in-house people in all, of types that the search chooses.

    With a total, types keep their maximum and vendors are as the scenario offers them.
    """

    by_type: Mapping[str, int] | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """
    One level of posts: person-minutes a week that stay empty, and the fewest not excluded.

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
class Part:
    """A model, its program with every level kept at its best, and the solution found."""

    model: RotationModel
    program: Program
    values: tuple[int, ...]

    @property
    def places(self) -> dict[Place, int]:
        """Places empty, where there are any."""
        found = {place: self.values[variable] for place, variable in self.model.shortages.items()}
        return {place: number for place, number in found.items() if number}


@dataclass(frozen=True, slots=True)
class Served:
    """The best service of a crowd; no parts where time ran out before any rota was found."""

    levels: tuple[Level, ...]
    parts: tuple[Part, ...]

    @property
    def found(self) -> bool:
        """Whether there is a rota."""
        return bool(self.parts)

    @property
    def proven(self) -> bool:
        """Whether every level is proven."""
        return self.found and all(level.proven for level in self.levels)
