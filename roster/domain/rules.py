"""
The rules of lawful and humane rosters: one frozen dataclass a rule, with what it says and what counts as a breach.

A rule is hard when `price` is None; otherwise each breach costs `price` points of quality. Rules know nothing of
how they are searched or checked: the engine and the checker each have their own reading of the same few fields, and
a test holds the two against each other on every roster of small cases.

Definitions that both sides keep:

* A *working day* is a day with a shift; standby alone is a day off work. A *night* is a working day whose shift is a
  night shift.
* What lies before the first day is unknown unless the roster carries it in, and unknown history is never a breach: a
  run that touches the first or the last day of a calendar is never too short, a window that is not whole is not judged.
* In a rotation the last line is followed by the first; a run may go round for ever, which breaks every longest limit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from roster.domain.counts import Count, Counted, Gap, Per, WholeWeekends
from roster.domain.rule import Origin, Rule, clock, hours, weekday_names
from roster.domain.standby import NoStandbyAfterNights, NoStandbyBefore, StandbyShare
from roster.language import length, tr

__all__ = [
    "AVERAGES",
    "RULES",
    "AverageHours",
    "Count",
    "Counted",
    "FreeWeekends",
    "Gap",
    "Handover",
    "MaxNights",
    "MinRest",
    "NoOverlap",
    "NoStandbyAfterNights",
    "NoStandbyBefore",
    "OffBlock",
    "Origin",
    "Per",
    "RestAfterNights",
    "Rule",
    "ShiftLength",
    "ShiftRun",
    "StandbyShare",
    "Succession",
    "WeekHours",
    "WeeklyRest",
    "WholeWeekends",
    "WorkBlock",
    "clock",
    "hours",
    "limit_fields",
    "merged",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOverlap(Rule):
    """
    Nobody is in two duties at once: a duty, standby included, starts no earlier than the one before it ends.

    Breach: each duty that starts before an earlier one has ended. Always in force, always hard.
    """

    key: ClassVar[str] = "no_overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinRest(Rule):
    """
    Rest from the end of one duty to the start of the next, over days off too.

    Counted between duties that interrupt rest (`Shift.interrupts_rest`, the span of one day's duty as one piece).
    Travel between the sites of the two duties is not rest and is added. Breach: each too short gap between
    two successive such duties.
    """

    key: ClassVar[str] = "min_rest"
    minutes: int

    def _words(self) -> dict[str, object]:
        return {"hours": hours(self.minutes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RestAfterNights(Rule):
    """
    Rest after a block of nights, from the end of its last night to the start of the next duty that interrupts rest.

    A block is a run of days each with a night; the duty after the block may be another night, after a pause.
    Breach: each block followed by less.
    """

    key: ClassVar[str] = "rest_after_nights"
    minutes: int

    def _words(self) -> dict[str, object]:
        return {"hours": hours(self.minutes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxNights(Rule):
    """Most nights in a row. Breach: each night beyond the limit."""

    key: ClassVar[str] = "max_nights"
    nights: int

    def _words(self) -> dict[str, object]:
        return {"nights": self.nights}


def _per_day(said: str, *, each: bool) -> str:
    """Return a limit of runs in words: a run may be a breach, or each day that it lacks."""
    return f"{said} {tr('rules.run_per_day')}" if each else said


def _from_to(shortest: int, longest: int | None) -> str:
    """Return how long a run is, in words: from one number to another, at least so many, or exactly so many."""
    if longest is None:
        return tr("rules.run_least", number=shortest)
    if shortest == longest:
        return tr("rules.run_exactly", number=shortest)
    return tr("rules.run_between", least=shortest, most=longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block(Rule):
    shortest: int = 1
    longest: int | None = None
    per_day: bool = False

    @property
    def sentence(self) -> str:
        """The rule in words, with what a breach is where each day counts."""
        return _per_day(tr(f"rules.{self.key}", **self._words()), each=self.per_day)

    def _words(self) -> dict[str, object]:
        return {"number": _from_to(self.shortest, self.longest)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkBlock(_Block):
    """
    Shortest and longest run of working days.

    Breach: each working day beyond the longest; each ended run below the shortest, or each day that it lacks, where
    `per_day`. A run that is known not to have begun on the first day of a calendar, and ends before its last, is judged
    for the shortest.
    """

    key: ClassVar[str] = "work_block"


@dataclass(frozen=True, slots=True, kw_only=True)
class OffBlock(_Block):
    """
    Shortest and longest run of days without a shift. Breach: as for `WorkBlock`.

    A run of dates that touches a day of leave is never too long: going away is no idleness.
    """

    key: ClassVar[str] = "off_block"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRun(Rule):
    """
    Shortest and longest run of days with one named shift or standby, and on which weekdays (0 Monday) it may begin.

    The site of a shift does not matter; a standby after a shift counts as a day of that standby. Where `starts` is
    empty any weekday will do. Breach: as for `WorkBlock`, and each run known to have begun on another weekday.
    """

    key: ClassVar[str] = "shift_run"
    shift: str
    shortest: int = 1
    longest: int | None = None
    starts: tuple[int, ...] = ()
    per_day: bool = False

    @property
    def sentence(self) -> str:
        """The rule in words, with the weekdays on which it begins, and what a breach is where each day counts."""
        said = _per_day(tr(f"rules.{self.key}", **self._words()), each=self.per_day)
        return f"{said} {tr('rules.run_starts', days=weekday_names(self.starts))}" if self.starts else said

    def _words(self) -> dict[str, object]:
        return {"shift": self.shift, "number": _from_to(self.shortest, self.longest)}

    @property
    def subject(self) -> str:
        """One for each shift."""
        return f"{self.key}.{self.shift}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession(Rule):
    """
    A forbidden pair of shifts: `second` never the day after `first`, or never with exactly one day off between.

    Either may be a standby, which a day has alone or after a shift. `days_off` is 0 or 1; a day off is a day without a
    shift, and without either of the two. Breach: each such pair.
    """

    key: ClassVar[str] = "succession"
    first: str
    second: str
    days_off: int = 0

    @property
    def sentence(self) -> str:
        """The rule in words, one for each pause."""
        return tr(f"rules.{self.key}_{self.days_off}", first=self.first, second=self.second)

    @property
    def subject(self) -> str:
        """One for each pair and pause."""
        return f"{self.key}.{self.first}.{self.days_off}.{self.second}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Rule):
    """
    After a run of days with one shift or standby comes another, on the very next day.

    Who is second on call this week is first the next. Breach: each day with `first` followed by a known day with
    neither.
    """

    key: ClassVar[str] = "handover"
    first: str
    second: str

    def _words(self) -> dict[str, object]:
        return {"first": self.first, "second": self.second}

    @property
    def subject(self) -> str:
        """One for each shift that is followed."""
        return f"{self.key}.{self.first}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWeekends(Rule):
    """
    At least one free weekend in every `one_in` successive ones.

    A weekend is free when no minute of a shift or standby lies between Saturday 00:00 and Monday 00:00. Friday's
    night shift spoils it. A weekend not wholly inside a calendar is not judged and ends a sequence. Breach: each
    weekend that is the `one_in`-th or later of an unbroken sequence of spoiled ones. With `one_in` 1, every weekend
    must be free.
    """

    key: ClassVar[str] = "free_weekends"
    one_in: int

    def _words(self) -> dict[str, object]:
        return {"one_in": self.one_in}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours(Rule):
    """
    Most working time in one week, Monday to Sunday, counted on the day a duty starts. Breach: each week above.

    A week cut by the edge of a calendar counts only its days inside. Where `rolling`, in any seven days in a row (any
    168 h, each duty counted whole where it starts); breach: each day with work up to which they have more.
    """

    key: ClassVar[str] = "week_hours"
    minutes: int
    rolling: bool = False

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return tr(
            "rules.week_hours_rolling" if self.rolling else "rules.week_hours", hours=hours(self.minutes)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRest(Rule):
    """
    One unbroken rest of at least so long for every week (Monday 00:00 to Sunday 24:00).

    In hours, not in days off: a night that ends on Saturday morning shortens Saturday. Interrupted by what interrupts
    rest. At the turn of a week a rest may lie in both; it serves one, in which at least half of the least length lies.
    A rest of twice the length may serve two weeks, and each week takes the earliest that can be its own. What lies
    before and after a calendar is rest where it is not known; a week cut by the edge of a calendar is not judged and
    takes nothing. Breach: each week without, on its Sunday or on the day that breaks off the rest it had waited for.
    """

    key: ClassVar[str] = "weekly_rest"
    minutes: int

    def _words(self) -> dict[str, object]:
        return {"hours": hours(self.minutes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLength(Rule):
    """Longest shift, by minutes on site without pauses and breaks. Breach: each longer one. Standby is not meant."""

    key: ClassVar[str] = "shift_length"
    minutes: int

    def _words(self) -> dict[str, object]:
        return {"hours": hours(self.minutes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageHours(Rule):
    """
    Average working time per week, for each person.

    In a rotation: over each connected part, at most the staff type's `net_minutes`. In a calendar: each person's
    sum at most `calendar_minutes` (the contract's, and overtime where it is allowed) times the calendar's weeks, less
    what leave takes (see `Restriction.minutes`). Breach: each part or person above. Always hard; the figures are
    the staff type's.

    With `over`, so many days are looked at in a calendar instead: the last ones of those carried in and the calendar
    together, or from the first of these on where they are fewer, so that the days still to come may make up for it. A
    calendar of more days is looked at whole.
    """

    key: ClassVar[str] = "average_hours"
    over: int = 0

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return (
            tr("rules.average_hours_over", period=length(self.over))
            if self.over
            else tr("rules.average_hours")
        )


RULES: tuple[type[Rule], ...] = (
    NoOverlap,
    MinRest,
    RestAfterNights,
    MaxNights,
    WorkBlock,
    OffBlock,
    ShiftRun,
    Succession,
    Handover,
    FreeWeekends,
    WeekHours,
    WeeklyRest,
    NoStandbyBefore,
    NoStandbyAfterNights,
    ShiftLength,
    Count,
    Gap,
    WholeWeekends,
    AverageHours,
    StandbyShare,
)
"""Every rule there is. Adding one: see docs/adding-a-rule.md; a test holds that each is complete."""

AVERAGES: tuple[type[Rule], ...] = (AverageHours, StandbyShare)
"""Rules on sums over a whole rotation or calendar; all others are decided day by day."""


def merged(*layers: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """
    Return the rules of all layers, a later layer replacing earlier rules of the same subject.

    >>> [rule.minutes for rule in merged((MinRest(minutes=660),), (MinRest(minutes=600),))]
    [600]
    """
    by_subject = {(rule.subject, rule.hard): rule for layer in layers for rule in layer}
    return tuple(by_subject.values())


def limit_fields(rule: Rule) -> dict[str, object]:
    """Return the fields of a rule that set its limit: all but price, what it is of, origin and source."""
    common = {*(field.name for field in fields(Rule)), "per_day"}
    return {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in common}
