"""Rules on standby alone: before early shifts, after nights, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from roster.domain.rule import Rule, clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NoStandbyBefore(Rule):
    """
    No standby on the day before a shift that starts before a time of day (minutes after midnight).

    Breach: each such shift.
    """

    key: ClassVar[str] = "no_standby_before"
    start: int

    def _words(self) -> dict[str, object]:
        return {"time": clock(self.start)}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoStandbyAfterNights(Rule):
    """No standby on the day after a night, also not after a shift of that day. Breach: each such standby."""

    key: ClassVar[str] = "no_standby_after_nights"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyShare(Rule):
    """
    Most days with standby, in percent of all days.

    In a rotation: over each connected part. In a calendar: each person's, rounded up to a whole day. Breach: each part
    or person above. Always hard.
    """

    key: ClassVar[str] = "standby_share"
    percent: int

    def most_days(self, days: int) -> int:
        """
        Return the most days with standby in a calendar of so many.

        >>> StandbyShare(percent=34).most_days(21)
        8
        """
        return -(-days * self.percent // 100)

    def _words(self) -> dict[str, object]:
        return {"percent": self.percent}
