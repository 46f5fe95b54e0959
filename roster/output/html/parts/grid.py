"""The rota as tables of people and dates, some weeks each, so that a page or a sheet of paper holds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from roster.checker import leave_days
from roster.domain.horizon import SATURDAY, DayKind, Horizon
from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Problem
from roster.language import tr
from roster.output.html.parts.tiles import Cell, Key, Tints
from roster.output.words.gaps import gap_text

WEEKS = 4
"""Most weeks side by side: 28 days fit A4 landscape."""

TALL = 24
"""From so many people on a table may break over pages; shorter ones stay whole."""


@dataclass(frozen=True, slots=True)
class Date:
    """A column's head: the day, its weekday, a mark for holidays, its full date and its shade."""

    number: int
    weekday: str
    mark: str
    title: str
    css: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person's tiles; `head` stands before them, `note` says which of two rows it is."""

    head: str
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """People of one staff type; no title where there is only one."""

    title: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole weeks of the calendar."""

    title: str
    months: tuple[tuple[str, int], ...]
    dates: tuple[Date, ...]
    crews: tuple[Crew, ...]
    counts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    empty: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def marked(self) -> bool:
        """Whether any of its dates has a mark."""
        return any(date.mark for date in self.dates)

    @property
    def tall(self) -> bool:
        """Whether it may break over pages."""
        return sum(len(crew.rows) for crew in self.crews) > TALL


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole calendar with its legend; the flags say which marks need explaining."""

    blocks: tuple[Block, ...]
    keys: tuple[Key, ...]
    marked: bool
    leave: bool


Outlined = Mapping[tuple[int, int], str]
"""What to say of a changed cell, by person and day."""

EmptyDays = Mapping[str, Mapping[int, int]]
"""The person-minutes that posts stay empty, by post and day."""


def grid(
    problem: Problem, roster: Roster, changed: Outlined | None = None, empty: EmptyDays | None = None
) -> Grid:
    """
    Return the calendar in blocks of weeks, changed cells outlined, a row for each post with its empty hours.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    changed : Cells that are outlined, with why.
    empty : Hours that stay empty, by post and day.
    """
    tints = Tints(problem)
    rows = [tiles(problem, roster, index, tints, changed or {}) for index in range(len(roster.people))]
    blocks = tuple(
        replace(_block(problem, roster, rows, days), empty=tuple(_empty(empty or {}, days)))
        for days in stretches(roster.horizon)
    )
    used = {duty for line in roster.duties for duty in line}
    away = any(cell.css.startswith("leave") for row in rows for cell in row)
    return Grid(blocks, tuple(tints.legend(used)), any(block.marked for block in blocks), away)


def stretches(horizon: Horizon, most: int = WEEKS) -> list[range]:
    """
    Return the days of a calendar in stretches of whole weeks, of nearly equal length.

    >>> [len(days) for days in stretches(Horizon(42))]
    [21, 21]
    """
    weeks = list(horizon.weeks())
    count = -(-len(weeks) // most)
    size = -(-len(weeks) // max(1, count))
    return [
        range(weeks[at].first, weeks[min(at + size, len(weeks)) - 1].last + 1)
        for at in range(0, len(weeks), max(1, size))
    ]


def tiles(problem: Problem, roster: Roster, index: int, tints: Tints, changed: Outlined) -> tuple[Cell, ...]:
    """
    Return the tiles of one person, those on leave hatched.

    Parameters
    ----------
    problem, roster, index : The scenario, the roster, and the person's place in it.
    tints : Colours of duties.
    changed : Cells that are outlined, with why.
    """
    away = leave_days(problem, roster.people[index].name, roster.horizon)
    return tuple(
        _tile(tints, duty, away=day in away, changed=changed.get((index, day)))
        for day, duty in enumerate(roster.duties[index])
    )


def _tile(tints: Tints, duty: Duty, *, away: bool, changed: str | None) -> Cell:
    cell = tints.cell(duty)
    if away and duty.is_off:
        cell = Cell(tr("page.leave_mark"), "leave")
    return cell if changed is None else replace(cell, css=f"{cell.css} changed", title=changed)


def _block(problem: Problem, roster: Roster, rows: Sequence[tuple[Cell, ...]], days: range) -> Block:
    several = len({person.type for person in roster.people}) > 1
    crews = []
    for name, among in groupby(range(len(rows)), key=lambda index: roster.people[index].type):
        staff = problem.type[name]
        shown = [GridRow(roster.people[index].name, rows[index][days.start : days.stop]) for index in among]
        crews.append(Crew((staff.called) if several else "", tuple(shown)))
    return bare_block(roster.horizon, days, tuple(crews), tuple(_counts(roster, days)))


def _empty(empty: EmptyDays, days: range) -> Iterator[tuple[str, tuple[str, ...]]]:
    for post, gaps in empty.items():
        if not gaps.keys().isdisjoint(days):
            yield post, tuple(gap_text(gaps[day]) if day in gaps else "" for day in days)


def bare_block(
    horizon: Horizon,
    days: range,
    crews: tuple[Crew, ...],
    counts: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Block:
    """
    Return a table over these days with the rows given.

    Parameters
    ----------
    horizon, days : The dates, and the numbers of those in the table.
    crews, counts : Rows of people, and rows of numbers below them.
    """
    first, last = horizon.on(days[0]), horizon.on(days[-1])
    months = tuple(
        (month, sum(1 for _ in run))
        for month, run in groupby(days, key=lambda day: horizon.on(day).strftime("%Y-%m"))
    )
    title = tr("common.span", first=first.isoformat(), last=last.isoformat())
    return Block(title, months, tuple(_date(horizon, day) for day in days), crews, counts)


def _date(horizon: Horizon, day: int) -> Date:
    on, kind, weekday = horizon.on(day), horizon.kind(day), horizon.weekday(day)
    mark, css = "", ""
    if kind is DayKind.HOLIDAY:
        mark, css = tr("plan.holiday_mark"), "holiday"
    elif weekday >= SATURDAY:
        mark, css = ("", "rest") if kind is DayKind.RESTDAY else (tr("plan.workday_mark"), "made-up")
    if weekday == 0:
        css = f"{css} monday".strip()
    name = tr("common.day_names").split()[weekday]
    return Date(on.day, tr("plan.day_letters").split()[weekday], mark, f"{on.isoformat()} {name}", css)


def _counts(roster: Roster, days: range) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Count people at work, and on call, by the day their duty starts."""
    for key, on_site in (("on_site_count", True), ("on_call_count", False)):
        counts = [
            sum(any(part.on_site is on_site for part in line[day].parts) for line in roster.duties)
            for day in days
        ]
        if any(counts):
            yield tr(f"plan.{key}"), tuple(str(count) for count in counts)
