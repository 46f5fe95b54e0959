"""
Shifts, standbys, and what one person does on one day.

A time of day is minutes after midnight; a length may carry it past midnight (a shift belongs to the day it starts
on).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from roster.domain.rule import clock
from roster.domain.titles import Named

DAY = 24 * 60
WEEK = 7 * DAY


class Presence(StrEnum):
    """Where a person on duty is: at work, or reachable at home within a response time."""

    ON_SITE = "on_site"
    STANDBY = "standby"


@dataclass(frozen=True, slots=True)
class Shift(Named):
    """
    A stretch of one day's duty: a working shift, or a standby (on call from home).

    Parameters
    ----------
    start : Minutes after midnight, 0 to 1439.
    length : Minutes from its start to its end, 1 to 1440; `start + length` may pass midnight.
    work_minutes : How many of them count as working time: all for a shift, a share for on-site sleep duty, none for a
        plain standby (callouts are paid apart).
    response : For a standby: the minutes within which the person answers. None on site.
    night : Whether the rules about nights count it (see `NightWindow`).
    pauses : Of a split shift: the minutes [start, end) between its stretches, after the midnight of its day. Nobody
        holds a post then; rest it is none, for it lies within one duty.
    breaks : Whether the minutes that are no working time are breaks of so long, and no share of the length: an hour
        more or less in the night when clocks change counts whole.
    """

    name: str
    letter: str
    start: int
    length: int
    presence: Presence = Presence.ON_SITE
    work_minutes: int = 0
    response: int | None = None
    night: bool = False
    title: str = ""
    pauses: tuple[tuple[int, int], ...] = ()
    breaks: bool = False

    @property
    def end(self) -> int:
        """Minutes after the midnight of the day it starts on; above 1440 when it crosses midnight."""
        return self.start + self.length

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The minutes [start, end) in which it is done, in order of time."""
        begins = (self.start, *(end for _, end in self.pauses))
        ends = (*(start for start, _ in self.pauses), self.end)
        return tuple(zip(begins, ends, strict=True))

    @property
    def times(self) -> str:
        """When it is, as people read it: `08:00-16:00`, or each stretch of a split shift."""
        return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in self.stretches)

    @property
    def minutes(self) -> int:
        """How many minutes it is done in, pauses left out."""
        return sum(end - start for start, end in self.stretches)

    @property
    def break_minutes(self) -> int:
        """How many of them are breaks."""
        return self.minutes - self.work_minutes if self.breaks else 0

    @property
    def on_site(self) -> bool:
        """Whether the person is at work."""
        return self.presence is Presence.ON_SITE

    @property
    def interrupts_rest(self) -> bool:
        """
        Whether it ends a rest: on site always, a standby only if part of it counts as working time.

        CJEU C-580/19 and C-344/19: standby at home is rest unless its constraints make it working time.
        """
        return self.on_site or self.work_minutes > 0


@dataclass(frozen=True, slots=True)
class Duty:
    """
    What one person does on one day: off, one shift, one standby, or a shift followed by a standby.

    `site` is where the shift is worked, for people who serve several sites; None where that says nothing.

    `parts` are the shift and the standby, those that there are, in order of time; `span` is the first minute and the
    end of all of them, None when off; `work_span` that of what interrupts rest, None where nothing does. They follow
    from the others, and are kept since rules read them millions of times.
    """

    shift: Shift | None = None
    standby: Shift | None = None
    site: str | None = None
    site_letter: str = ""
    parts: tuple[Shift, ...] = field(init=False, repr=False, compare=False)
    span: tuple[int, int] | None = field(init=False, repr=False, compare=False)
    work_span: tuple[int, int] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out what follows from the shift and the standby."""
        parts = tuple(part for part in (self.shift, self.standby) if part is not None)
        working = [part for part in parts if part.interrupts_rest]
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "span", (parts[0].start, parts[-1].end) if parts else None)
        object.__setattr__(self, "work_span", (working[0].start, working[-1].end) if working else None)

    @property
    def is_off(self) -> bool:
        """Neither at work nor on standby."""
        return self.shift is None and self.standby is None

    @property
    def works(self) -> bool:
        """Whether it is a working day: a day with a shift. Standby from home alone is a day off work."""
        return self.shift is not None

    @property
    def night(self) -> bool:
        """Whether its shift is a night shift."""
        return self.shift is not None and self.shift.night

    @property
    def work_minutes(self) -> int:
        """Working time of the day, in minutes."""
        return sum(part.work_minutes for part in self.parts)

    @property
    def name(self) -> str:
        """As in `roster.csv`: `off`, `D`, `D+S`, `S`, `D@east`."""
        text = "+".join(part.name for part in self.parts) or "off"
        return f"{text}@{self.site}" if self.site else text

    @property
    def letters(self) -> str:
        """As in the grid: `-`, `D`, `Ds`, `s`, `D@e`."""
        text = "".join(part.letter for part in self.parts) or "-"
        return f"{text}@{self.site_letter}" if self.site_letter else text


OFF = Duty()


@dataclass(frozen=True, slots=True)
class NightWindow:
    """
    When it is night: minutes after midnight, `end` past 1440; and how much of it makes a night shift.

    Default 22:00 to 06:00 (labour ministry Q&A on women's night work) and three hours (Directive 2003/88/EC,
    art. 2(4)).
    """

    start: int = 22 * 60
    end: int = 30 * 60
    at_least: int = 3 * 60

    def overlap(self, start: int, end: int) -> int:
        """Minutes of [start, end) that are night; both count from one midnight and end at most two days later."""
        return sum(
            max(0, min(end, self.end + shift) - max(start, self.start + shift)) for shift in (-DAY, 0, DAY)
        )
