"""What every rule is: a frozen dataclass with a price or none, where it comes from, and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from roster.language import tr


class Origin(StrEnum):
    """Where a limit comes from: verified law, a policy default, or the scenario's own word."""

    LAW = "law"
    POLICY = "policy"
    SCENARIO = "scenario"


def hours(minutes: int) -> str:
    """
    Return minutes as hours, as short as they can be said.

    >>> hours(660), hours(2064)
    ('11', '34.4')
    """
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def clock(minutes: int) -> str:
    """
    Return a time of day.

    >>> clock(8 * 60), clock(24 * 60), clock(32 * 60)
    ('08:00', '24:00', '08:00')
    """
    minutes = minutes if minutes <= 24 * 60 else minutes - 24 * 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def weekday_names(weekdays: Iterable[int]) -> str:
    """
    Return weekdays, 0 Monday, in words.

    >>> weekday_names((0, 4))
    'Mon, Fri'
    """
    names = tr("common.day_names").split()
    return tr("rules.comma").join(names[day] for day in weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: a price (None: hard), where it comes from, and a sentence."""

    key: ClassVar[str] = ""
    price: int | None = None
    origin: Origin = Origin.SCENARIO
    source: str = ""

    @property
    def hard(self) -> bool:
        """Whether no roster may break it."""
        return self.price is None

    @property
    def sentence(self) -> str:
        """The rule in words a manager reads."""
        return tr(f"rules.{self.key}", **self._words())

    def _words(self) -> dict[str, object]:
        return {}

    @property
    def subject(self) -> str:
        """What tells two rules of one kind apart, such as the shift of a run; the later one wins."""
        return self.key
