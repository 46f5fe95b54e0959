"""
Rules on how often: counts in a week, a month or any days in a row, gaps between, and weekends worked whole.

Both sides keep the same definitions. What is counted belongs to the day on which its duty starts, and a weekend to its
Saturday; a weekend counts when it is not free (see `FreeWeekends`) and both its days are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from roster.domain.rule import Rule, hours, weekday_names
from roster.language import counted, tr

SHORT = 7
"""Days of the longest window that one day after the other can keep in mind; beyond, a count is a sum over dates."""
FEW = 5
"""Weekends of the longest such window."""


class Counted(StrEnum):
    """What is counted."""

    NIGHTS = "nights"
    DAYS = "days"
    DAYS_OFF = "days_off"
    STANDBY = "standby"
    SHIFTS = "shifts"
    WEEKENDS = "weekends"
    HOURS = "hours"


class Per(StrEnum):
    """Over what: Monday to Sunday, a month or year of the calendar, all of it, or any so many days in a row."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CALENDAR = "calendar"
    DAYS = "days"


def counted_words(
    of: Counted, shifts: tuple[str, ...], on: frozenset[int] = frozenset(), *, one: bool = False
) -> str:
    """
    Return what is counted, in words.

    Parameters
    ----------
    of, shifts : What is counted; the names of shifts where it is these.
    on : The weekdays that alone count; none for all.
    one : Whether the number before it is 1.
    """
    if of is Counted.SHIFTS:
        words = tr("rules.either").join(shifts)
    else:
        words = tr(f"rules.of_{of.value}_one" if one else f"rules.of_{of.value}")
    return tr("rules.of_on", of=words, days=weekday_names(sorted(on))) if on else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Rule):
    """
    Least and most of something in every week, month, year, calendar, or any so many days in a row.

    Counted are nights, working days, days off (without a shift), days with standby, days with one of some named shifts
    or standbys, weekends worked, or working minutes; with `on`, on these weekdays alone (0 Monday). A window cut by the
    edge of a calendar counts its days inside and those carried in, and is not judged for the least (of weekends and of
    weekdays by name: where one of them is not known); a calendar is its days inside. Windows of days in a row end on
    each day; of weekends and of weekdays by name they are whole weeks, and end on each of these. With days of leave,
    the least is asked of the days present: so many of the window's, rounded down. Where `contract` is set, least and
    most are percent of what a contract of so many minutes a week makes of the window. Breach: each day that counts
    while its window, up to that day, has more than the most (for a weekend, its Sunday); each window with less than
    the least.

    Months, years, calendars and long windows (see `by_sequence`) are asked of dates only, not of rotations.
    """

    key: ClassVar[str] = "count"
    of: Counted
    per: Per
    days: int = 7
    shifts: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    contract: int | None = None
    on: frozenset[int] = frozenset()

    @property
    def by_sequence(self) -> bool:
        """Whether it can be kept one day after the other, knowing the weekday only: on a rotation, too."""
        if self.of is Counted.WEEKENDS:
            return self.per is Per.WEEK or (self.per is Per.DAYS and self.days <= FEW * 7)
        kept = self.days * len(self.on) // 7 if self.on else self.days
        return self.per is Per.WEEK or (
            self.per is Per.DAYS and kept <= SHORT and self.of is not Counted.HOURS
        )

    def counts_on(self, weekday: int) -> bool:
        """Whether a weekday, 0 Monday, is one of those that count."""
        return not self.on or weekday in self.on

    def least_in(self, days: int, away: int = 0) -> int:
        """
        Return the least in a window of so many days, some of them spent away.

        >>> Count(of=Counted.NIGHTS, per=Per.WEEK, least=3).least_in(7, away=3)
        1
        """
        least = self.least if self.contract is None else -(-self.least * self.contract * days // 700)
        return least * (days - away) // days

    def most_in(self, days: int) -> int | None:
        """
        Return the most in a window of so many days; None where there is no limit.

        >>> Count(of=Counted.HOURS, per=Per.WEEK, most=110, contract=20 * 60).most_in(7)
        1320
        """
        if self.most is None or self.contract is None:
            return self.most
        return self.most * self.contract * days // 700

    @property
    def sentence(self) -> str:
        """The rule in words."""
        kind = "both" if self.least and self.most is not None else "least" if self.least else "most"
        if kind == "both" and self.least == self.most:
            kind = "exactly"
        one = (self.least if kind == "least" else self.most) == (60 if self.of is Counted.HOURS else 1)
        words = {"least": self._amount(self.least), "most": self._amount(self.most or 0)}
        return tr(
            f"rules.count_{kind}",
            of=counted_words(self.of, self.shifts, self.on, one=one and self.contract is None),
            per=period(self.per, self.days),
            **words,
        )

    def _amount(self, number: int) -> str:
        if self.contract is not None:
            return tr("rules.of_contract", percent=number)
        return tr("rules.amount_hours", hours=hours(number)) if self.of is Counted.HOURS else str(number)

    @property
    def subject(self) -> str:
        """One for each thing counted and each window."""
        window = f"{self.days}d" if self.per is Per.DAYS else self.per.value
        on = "".join(f"@{day}" for day in sorted(self.on))
        return f"{self.key}.{'+'.join(self.shifts) or self.of.value}{on}.{window}"


def period(per: Per, days: int) -> str:
    """Return a window in words."""
    if per is not Per.DAYS:
        return tr(f"rules.per_{per.value}")
    if days % 7 == 0 and days > 7:
        return tr("rules.per_weeks", weeks=days // 7)
    return tr("rules.per_days", days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Rule):
    """
    At least so many days between two days with a night, a standby, or one of some named shifts or standbys.

    With `blocks`, days that follow one another are one block, and only the days between two blocks are looked at;
    without, such days are too close as well. Breach: each day by which a gap is short.
    """

    key: ClassVar[str] = "gap"
    of: Counted
    days: int
    shifts: tuple[str, ...] = ()
    blocks: bool = False

    @property
    def sentence(self) -> str:
        """The rule in words."""
        of = counted_words(self.of, self.shifts)
        days = counted("common.days", self.days)
        return tr("rules.gap_blocks" if self.blocks else "rules.gap_days", of=of, days=days)

    @property
    def subject(self) -> str:
        """One for each thing counted."""
        return f"{self.key}.{'+'.join(self.shifts) or self.of.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeWeekends(Rule):
    """
    Saturday and Sunday of a weekend both with a duty, or neither.

    A duty is a shift or a standby that starts on the day. Breach: each weekend, both its days known, with one of them.
    """

    key: ClassVar[str] = "whole_weekends"
