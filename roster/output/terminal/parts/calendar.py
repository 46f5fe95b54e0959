"""The calendar drawn: people down, dates across, in blocks of weeks that fit the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from rich.text import Text

from roster.domain.horizon import SATURDAY, SUNDAY, DayKind, Horizon
from roster.domain.outcome import Roster
from roster.domain.problem import Person, Problem
from roster.language import tr
from roster.output.terminal.console import BAD, FAINT, MOST_PEOPLE
from roster.output.terminal.tiles import palette, tile
from roster.output.words.duties import widest
from roster.output.words.gaps import gap_text
from roster.output.words.text import LONGEST_NAME, fit, one_line, short_names

SHORT_NAME = 10
"""Columns for names where that puts more weeks side by side."""

_WEEKEND_HEAD, _HOLIDAY_HEAD, _MADE_UP_HEAD = (
    Style.parse("bold"),
    Style.parse("bold red"),
    Style.parse("yellow"),
)


@dataclass(frozen=True, slots=True)
class CalendarGrid:
    """
    A roster as a grid; how many weeks go side by side is decided by the width it is drawn in.

    `empty` are the person-minutes empty by post and day.
    """

    problem: Problem
    roster: Roster
    empty: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw block after block."""
        shown = self.roster.people[:MOST_PEOPLE]
        width = max(2, widest(duty for line in self.roster.duties for duty in line), self._widest_gap())
        label = self._label(shown, options.max_width, width + 1)
        for number, days in enumerate(blocks(self.roster.horizon, options.max_width - label - 2, width + 1)):
            if number:
                yield Text(" ")
            yield from Block(self.problem, self.roster, days, label, width, self.empty).lines()
        if len(self.roster.people) > MOST_PEOPLE:
            left = len(self.roster.people) - MOST_PEOPLE
            yield Text(tr("plan.more_people", number=left, file="grid.csv"), FAINT)

    def _widest_gap(self) -> int:
        gaps = (minutes for days in self.empty.values() for minutes in days.values())
        return max((cell_len(gap_text(minutes)) for minutes in gaps), default=0)

    def _label(self, people: tuple[Person, ...], room: int, step: int) -> int:
        """Return the columns for names: short ones where that saves a block."""
        counts = max(cell_len(tr(f"plan.{key}")) for key in ("on_site_count", "on_call_count"))
        names = [person.name for person in people] + [tr("gaps.short", post=post) for post in self.empty]
        longest = max((cell_len(one_line(name)) for name in names), default=4)
        wide, narrow = (max(counts, min(most, longest)) for most in (LONGEST_NAME, SHORT_NAME))
        saved = len(blocks(self.roster.horizon, room - narrow - 2, step))
        return narrow if saved < len(blocks(self.roster.horizon, room - wide - 2, step)) else wide


def blocks(horizon: Horizon, room: int, step: int) -> list[range]:
    """
    Return the days of a calendar in blocks of whole weeks, of nearly equal length, that fit into so many columns.

    Parameters
    ----------
    horizon : The dates.
    room, step : Columns of the paper, and of one day.

    >>> [len(days) for days in blocks(Horizon(28), room=80, step=3)]
    [14, 14]
    """
    weeks = [range(week.first, week.last + 1) for week in horizon.weeks()]
    most = max(1, (room + 2) // (7 * step + 1))
    count = -(-len(weeks) // most)
    size = -(-len(weeks) // count)
    return [
        range(weeks[start].start, weeks[min(start + size, len(weeks)) - 1].stop)
        for start in range(0, len(weeks), size)
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """Some weeks of the calendar: its days, the width of the names and of a day."""

    problem: Problem
    roster: Roster
    days: range
    label: int
    width: int
    empty: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def _names(self) -> dict[str, str]:
        return short_names((person.name for person in self.roster.people), self.label)

    def lines(self) -> list[Text]:
        """Return the head, a row a person, and how many are there on each date."""
        horizon = self.roster.horizon
        lines = [self._months(), self._row("", {day: str(horizon.on(day).day) for day in self.days})]
        names = tr("plan.day_letters").split()
        lines.append(self._row("", {day: names[horizon.weekday(day)] for day in self.days}))
        if marks := self._marks():
            lines.append(self._row("", marks))
        lines += self._people()
        for key, on_site in (("on_site_count", True), ("on_call_count", False)):
            if counts := self._counts(on_site=on_site):
                lines.append(self._row(tr(f"plan.{key}"), counts, faint=True))
        return [*lines, *self._gaps()]

    def _gaps(self) -> list[Text]:
        """Return a row for each post with the hours that it is empty on each date."""
        lines = []
        for post, days in self.empty.items():
            if days.keys().isdisjoint(self.days):
                continue
            text = self._start(one_line(tr("gaps.short", post=post)), BAD)
            for day in self.days:
                text.append(fit(gap_text(days[day]) if day in days else "", self.width), BAD)
                text.append(self._gap(day))
            lines.append(text)
        return lines

    def _start(self, label: str, style: str | None = None) -> Text:
        return Text(no_wrap=True, overflow="crop").append(fit(label, self.label) + "  ", style)

    def _gap(self, day: int) -> str:
        if day == self.days[-1]:
            return ""
        return "  " if self.roster.horizon.weekday(day) == SUNDAY else " "

    def _row(self, label: str, cells: dict[int, str], *, faint: bool = False) -> Text:
        text = self._start(label, FAINT)
        for day in self.days:
            style = Style.parse(FAINT) if faint else self._head(day)
            text.append(fit(cells.get(day, ""), self.width), style).append(self._gap(day))
        return text

    def _head(self, day: int) -> Style:
        kind = self.roster.horizon.kind(day)
        if kind is DayKind.HOLIDAY:
            return _HOLIDAY_HEAD
        if self.roster.horizon.weekday(day) >= SATURDAY:
            return _MADE_UP_HEAD if kind is DayKind.WORKDAY else _WEEKEND_HEAD
        return Style.parse(FAINT)

    def _months(self) -> Text:
        """Name each month above its first day in the block, as far as there is room for it."""
        text = self._start("")
        for month, run in groupby(self.days, key=lambda day: self.roster.horizon.on(day).strftime("%Y-%m")):
            days = list(run)
            room = sum(self.width + len(self._gap(day)) for day in days)
            name = next((name for name in (month, month[2:], month[5:]) if len(name) < room), "")
            text.append(fit(name, room), FAINT)
        return text

    def _marks(self) -> dict[int, str]:
        """Mark public holidays, and weekend days that are worked in exchange."""
        marks = {}
        for day in self.days:
            kind, weekend = self.roster.horizon.kind(day), self.roster.horizon.weekday(day) >= SATURDAY
            if kind is DayKind.HOLIDAY:
                marks[day] = tr("plan.holiday_mark")
            elif weekend and kind is DayKind.WORKDAY:
                marks[day] = tr("plan.workday_mark")
        return marks

    def _people(self) -> list[Text]:
        lines = []
        rows = list(enumerate(self.roster.people[:MOST_PEOPLE]))
        several = len({person.type for _, person in rows}) > 1
        for name, group in groupby(rows, key=lambda row: row[1].type):
            if several:
                staff = self.problem.type[name]
                lines.append(Text(one_line(staff.called), FAINT, no_wrap=True))
            lines += [self._person(index, person) for index, person in group]
        return lines

    def _person(self, index: int, person: Person) -> Text:
        styles = palette(self.problem.shifts)
        text = Text(no_wrap=True, overflow="crop").append(self._names[person.name] + "  ")
        for day in self.days:
            free = self.roster.horizon.kind(day) is not DayKind.WORKDAY
            text.append_text(tile(self.roster.duties[index][day], styles, self.width, weekend=free))
            text.append(self._gap(day))
        return text

    def _counts(self, *, on_site: bool) -> dict[int, str]:
        """Count people at work, or on call, by the day their duty starts."""
        counts = {
            day: sum(any(part.on_site is on_site for part in line[day].parts) for line in self.roster.duties)
            for day in self.days
        }
        return {day: str(count) for day, count in counts.items()} if any(counts.values()) else {}
