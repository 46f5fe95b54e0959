"""Where a roster stands in a sheet that somebody made: the heads with days, the columns of names and types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from roster.errors import Fault, Faults
from roster.language import LANGUAGES, catalogue, tr
from roster.rosters.day_axis import Clues, Frame, Month, Reading, in_words, months_named, pairs, readings
from roster.rosters.day_heads import DayMark, day_mark, weekday_of
from roster.rosters.weekday_heads import with_dates
from roster.rosters.workbook import HEAD_ROWS, Sheet

FEWEST_DAYS = 5
"""Fewer days in a row are no head of a grid."""

HEAD_COLUMNS = 12
"""Columns at the left of a sheet among which days are looked for that stand below one another."""

PERSON_WORDS = (
    *("姓名", "人员", "员工", "值班人", "值班人员", "医生", "护士"),
    *("name", "names", "employee", "staff", "who"),
)
MOST_READINGS = 4


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What is known before a sheet is read: the dates to look in, the month if told, and whether a name is known."""

    frame: Frame
    month: Month | None
    known: Callable[[str], bool]
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """A row of days: where it stands, and the date of each column."""

    row: int
    days: Mapping[int, date]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid in a sheet: its heads from above, the columns of names and types; `weekdays` are rows that name them."""

    sheet: Sheet
    heads: tuple[Head, ...]
    person: int
    type: int | None
    weekdays: frozenset[int]

    @property
    def dates(self) -> list[tuple[int, int, date]]:
        """Every date with its row and column."""
        return [(head.row, column, on) for head in self.heads for column, on in head.days.items()]


def find_grid(sheets: Sequence[Sheet], asked: SheetContext, path: str) -> Grid | None:
    """
    Return the grid that best meets what is asked; None where there is none.

    Parameters
    ----------
    sheets, asked : Everything in the file, and what the grid has to have.
    path : The file, as faults name it.

    Raises
    ------
    Faults
        Two readings fit equally well.
    """
    best: tuple[tuple[bool, int, int, bool, int], Grid | _Open] | None = None
    for number, sheet in enumerate(_own_grid(sheets)):
        for view in _views(sheet, asked.frame):
            for found in _grids(view, asked):
                rank = _rank(found, asked, -number)
                if best is None or rank > best[0]:
                    best = rank, found
    if best is None:
        return None
    if isinstance(best[1], _Open):
        raise Faults(path, [best[1].fault()])
    return best[1]


def _own_grid(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Return the sheets that may hold the grid: of a workbook that this program wrote, the one with the roster."""
    names = {sheet.name: sheet for sheet in sheets}
    for words in (catalogue(name, "export") for name in LANGUAGES):
        if {words[f"sheet_{each}"] for each in ("roster", "hours", "cover", "duties")} <= set(names):
            return [names[words["sheet_roster"]]]
    return sheets


def _views(sheet: Sheet, frame: Frame) -> Iterator[Sheet]:
    """Yield a sheet as it is and turned; with dates where it names weekdays alone."""
    for view in (sheet, sheet.across()):
        yield view
        dated = with_dates(view, frame)
        if dated is not None:
            yield dated


@dataclass(frozen=True, slots=True)
class _Open:
    """A head whose days can be read in several ways, or in none."""

    sheet: Sheet
    row: int
    column: int
    marks: int
    readings: tuple[Reading, ...]

    def fault(self) -> Fault:
        place, line = self.sheet.place(self.row, self.column), self.sheet.line(self.row, self.column)
        if not self.readings:
            return Fault(line, place, tr("rosterfile.days_contradict"))
        shown = tr("rosterfile.or").join(in_words(one) for one in self.readings[:MOST_READINGS])
        return Fault(line, place, tr("rosterfile.days_open", readings=shown))


def _rank(found: Grid | _Open, asked: SheetContext, order: int) -> tuple[bool, int, int, bool, int]:
    """Which of several grids is meant: with the calendar's dates, each once; then known names, first sheet, rows."""
    if isinstance(found, _Open):
        within = any(on in asked.frame for reading in found.readings for _, on in reading)
        return within, 0, order, not found.sheet.turned, found.marks
    rows = range(len(found.sheet.cells))
    names = sum(asked.known(found.sheet.text(row, found.person)) for row in rows)
    dates = found.dates
    inside = any(on in asked.frame for _, _, on in dates)
    # A list of who holds what, read as a grid, has the same dates over and over.
    once = len({on for _, _, on in dates}) == len(dates)
    return inside and once, names, order, not found.sheet.turned, len(dates)


def _grids(sheet: Sheet, asked: SheetContext) -> Iterator[Grid | _Open]:
    """Yield the grid that begins with each row of days."""
    limit = HEAD_COLUMNS if sheet.turned else HEAD_ROWS
    marked: dict[int, list[tuple[int, DayMark]]] = {}
    for row, cells in enumerate(sheet.cells):
        marks = list(pairs((column, day_mark(cell)) for column, cell in enumerate(cells)))
        if len(marks) >= FEWEST_DAYS:
            marked[row] = marks
        elif row >= limit and not marked:
            return
    for row in [row for row in marked if row < limit][:MOST_READINGS]:
        found = _from(sheet, row, marked, asked)
        if found is not None:
            yield found


def _from(
    sheet: Sheet, row: int, marked: Mapping[int, list[tuple[int, DayMark]]], asked: SheetContext
) -> Grid | _Open | None:
    first = _resolved(marked[row], _clues(sheet, row, marked[row], asked))
    if first and not any(on in asked.frame for _, on in first[0]):
        # Only the weekdays keep these days out of the calendar: rather a slip than another year's roster.
        plain = [(place, replace(mark, weekday=None)) for place, mark in marked[row]]
        clues = replace(_clues(sheet, row, plain, asked), weekdays={})
        if any(on in asked.frame for one in _resolved(plain, clues) for _, on in one):
            first = []
    if len(first) != 1:
        return (
            _Open(sheet, row, marked[row][0][0], len(marked[row]), tuple(first))
            if _dated(marked[row])
            else None
        )
    heads = [Head(row, dict(first[0]))]
    for below in sorted(at for at in marked if at > row):
        # A head further down goes on from the last one: weeks below one another. Else it is a row of numbers.
        last = max(heads[-1].days.values())
        more = _resolved(marked[below], _clues(sheet, below, marked[below], asked))
        new = [one for one in more if min(on for _, on in one) > last]
        goes_on = len(new) == 1 and min(on for _, on in new[0]) == last + timedelta(days=1)
        if goes_on or (len(new) == 1 and _alike(marked[row], marked[below])):
            heads.append(Head(below, dict(new[0])))
    return _columns(sheet, heads, asked)


def _alike(one: Sequence[tuple[int, DayMark]], other: Sequence[tuple[int, DayMark]]) -> bool:
    """Whether two rows write their days in the same manner; a row of sums does not."""
    return max(mark.strength for _, mark in one) == max(mark.strength for _, mark in other) > 1


def _dated(marks: Sequence[tuple[int, DayMark]]) -> bool:
    """Whether marks are surely meant as days, although they cannot be read: they say so, or count on by one."""
    if max(mark.strength for _, mark in marks) > 1:
        return True
    days = [mark.day for _, mark in marks]
    return all(b == a + 1 or (a >= 28 and b == 1) for a, b in pairwise(days))


def _resolved(marks: Sequence[tuple[int, DayMark]], clues: Clues) -> list[Reading]:
    """Return how marks can be read; whole dates may stand among other numbers, which then are none."""
    whole = [(place, mark) for place, mark in marks if mark.strength == 3]
    if len(whole) >= FEWEST_DAYS:
        return readings(whole, clues)
    months = [(place, mark) for place, mark in marks if mark.strength == 2]
    if len(months) >= FEWEST_DAYS:
        return readings(months, clues)
    found = readings(marks, clues)
    # A number before the first day is a person's or a row's own.
    return found or (readings(marks[1:], clues) if len(marks) > FEWEST_DAYS else [])


def _clues(sheet: Sheet, row: int, marks: Sequence[tuple[int, DayMark]], asked: SheetContext) -> Clues:
    columns = [column for column, _ in marks]
    weekdays = next((found for at in (row + 1, row - 1) if (found := _weekdays(sheet, at, columns))), {})
    months = _months(sheet, row, columns)
    titles: dict[Month, None] = {}
    for text in [*_above(sheet, row), sheet.name]:
        titles.update(dict.fromkeys(months_named(text)))
    return Clues(asked.frame, asked.month, tuple(titles), weekdays, months)


def _above(sheet: Sheet, row: int) -> Iterator[str]:
    for cells in sheet.cells[max(row - HEAD_ROWS, 0) : row + 1]:
        yield from (cell for cell in cells if cell and day_mark(cell) is None)


def _weekdays(sheet: Sheet, row: int, columns: Sequence[int]) -> dict[int, int]:
    """Return the weekdays that a row names above or below days; none where it is another kind of row."""
    if not 0 <= row < len(sheet.cells):
        return {}
    said = [(column, sheet.text(row, column)) for column in columns]
    found = {column: day for column, text in said if text and (day := weekday_of(text)) is not None}
    texts = sum(bool(text) for _, text in said)
    return found if len(found) >= FEWEST_DAYS and 10 * len(found) >= 9 * texts else {}


def _months(sheet: Sheet, row: int, columns: Sequence[int]) -> dict[int, Month]:
    """Return the month over each day where a row above names months, from the column where each begins."""
    for at in range(row - 1, max(row - 4, -1), -1):
        cells = sheet.cells[at] if at < len(sheet.cells) else ()
        begins = {
            c: named[0] for c, cell in enumerate(cells) if len(cell) <= 14 and (named := months_named(cell))
        }
        if begins and min(begins) <= columns[0] and max(begins) >= columns[0]:
            told = {c: max((b for b in begins if b <= c), default=None) for c in columns}
            months = {c: begins[b] for c, b in told.items() if b is not None}
            if all(year is not None for year, _ in months.values()):
                return months
    return {}


def _columns(sheet: Sheet, heads: Sequence[Head], asked: SheetContext) -> Grid:
    """Find the columns of names and types beside the days, and the rows that name weekdays."""
    days = {column for head in heads for column in head.days}
    rows = [
        row for row in range(heads[0].row + 1, len(sheet.cells)) if row not in {head.row for head in heads}
    ]
    near = range(max(heads[0].row - 2, 0), min(heads[0].row + 3, len(sheet.cells)))
    labels = {sheet.text(row, c).casefold(): c for row in reversed(near) for c in _others(sheet, row, days)}
    weekdays = {
        at for head in heads for at in (head.row - 1, head.row + 1) if _weekdays(sheet, at, list(head.days))
    }
    person = _labelled(labels, "grid_person", PERSON_WORDS)
    if person is None:
        person = _most(sheet, rows, days, asked.known)
    if person is None:
        person = (
            _most(sheet, [row for row in rows if row not in weekdays], days, lambda text: not _number(text))
            or 0
        )
    kind = _labelled(labels, "grid_type", ())
    if kind is None:
        kind = next(
            (
                column
                for column in sorted({c for row in rows for c in _others(sheet, row, days)} - {person})
                if (texts := {sheet.text(row, column) for row in rows} - {""}) and texts <= asked.types
            ),
            None,
        )
    return Grid(sheet, tuple(heads), person, kind, frozenset(weekdays))


def _others(sheet: Sheet, row: int, days: set[int]) -> list[int]:
    cells = sheet.cells[row] if row < len(sheet.cells) else ()
    return [column for column, cell in enumerate(cells) if cell and column not in days]


def _labelled(labels: Mapping[str, int], key: str, others: Iterable[str]) -> int | None:
    """Return the column with a label in any language, or in that of the CSV files."""
    own = [catalogue(name, "rosterfile")[key] for name in LANGUAGES] + [key.removeprefix("grid_")]
    return next((labels[word.casefold()] for word in (*own, *others) if word.casefold() in labels), None)


def _most(sheet: Sheet, rows: Sequence[int], days: set[int], wanted: Callable[[str], bool]) -> int | None:
    """Return the column, of those without days, with most cells that are wanted; the first among equals."""
    width = max(map(len, sheet.cells), default=0)
    counts = {
        column: sum(bool(text) and wanted(text) for text in (sheet.text(row, column) for row in rows))
        for column in range(width)
        if column not in days
    }
    best = max(counts, key=lambda column: (counts[column], -column), default=None)
    return best if best is not None and counts[best] else None


def _number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdecimal()
