"""Keeping a calendar like a rota: what each day on which somebody has another duty costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roster.domain.duty import Duty
from roster.domain.outcome import Roster


@dataclass(frozen=True, slots=True)
class Likeness:
    """Everybody's days in the rota, by name, and the points of each day that is unlike it."""

    lines: Mapping[str, tuple[Duty, ...]]
    price: int

    @classmethod
    def to(cls, rota: Roster | None, price: int) -> Likeness | None:
        """Return likeness to a rota; None without a rota or a price."""
        if rota is None or not rota.duties or not price:
            return None
        names = (person.name for person in rota.people)
        return cls(dict(zip(names, rota.duties, strict=True)), price)
