"""What an attack comes to: counts, and every difference as files that show it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN = "open"
"""How a case counts that ran out of time: neither agreed nor different."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers to one question: what each says, and the files that show it again by name."""

    kind: str
    seed: int
    sentence: str
    files: Mapping[str, str | bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """The counts of one kind of attack: how its cases came out, and what differed."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def cases(self) -> int:
        """How many cases were tried."""
        return sum(self.outcomes.values()) + len(self.differences)

    def add(self, found: Difference | str) -> None:
        """Count a case by how it came out."""
        if isinstance(found, Difference):
            self.differences.append(found)
        else:
            self.outcomes[found] += 1
