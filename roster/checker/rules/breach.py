"""A breach of a rule as it was found: the days, how often it counts, and the figures of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day within a sentence."""

    day: int


@dataclass(frozen=True, slots=True)
class Moment:
    """
    A minute within a sentence, counted from the midnight of a day.

    An `ending` moment at midnight is 24:00 of the day before rather than 00:00 of the day after.
    """

    day: int
    minute: int
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """
    One finding; `count` is how many breaches it makes by the rule's definition.

    `text` is the key of its sentence in the checker's catalogue, `figures` are the fields of that sentence: days,
    moments, and whatever else is said as it is.
    """

    text: str
    days: tuple[int, ...]
    count: int = 1
    figures: Mapping[str, object] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[object, ...]:
        """What it has in common with the same finding on other days."""
        plain = []
        for name, figure in sorted(self.figures.items()):
            if isinstance(figure, Moment):
                plain.append((name, str(figure.minute)))
            elif not isinstance(figure, OnDay):
                plain.append((name, str(figure)))
        return (self.text, *plain)
