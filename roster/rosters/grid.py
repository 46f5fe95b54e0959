"""A roster in a grid turned into rows as `roster.csv` has them: one for each cell that says something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from roster.checker import stand_in_name
from roster.domain.horizon import DayKind, day_kind
from roster.domain.problem import DateRange, Problem
from roster.errors import Fault
from roster.language import length, tr
from roster.rosters.cell_words import CellWords
from roster.rosters.csv_sheet import SheetRow
from roster.rosters.grid_finder import Grid, Head
from roster.rosters.people import known_person
from roster.rosters.rows import SEAT, STAND_IN
from roster.suggestions import did_you_mean

SUMS = "∑"
"""What the label of a row of sums begins with: people stand above it."""

NO_PEOPLE = (
    *("合计", "总计", "小计", "人数", "备注", "说明", "注", "制表", "审核", "审批"),
    *("total", "sum", "count", "note", "remark"),
)
"""What labels of other rows begin with, unless somebody is called that."""


@dataclass(slots=True)
class GridRows:
    """What a grid says: rows, the dates that it has columns for, labels of rows left out, and what is wrong."""

    rows: list[SheetRow] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    people: int = 0


@dataclass(slots=True)
class _Reading:
    problem: Problem
    grid: Grid
    words: CellWords
    found: GridRows
    below: bool = False
    doubtful: list[tuple[Head, int, tuple[str, str], dict[int, tuple[date, str]]]] = field(
        default_factory=list
    )
    named: dict[tuple[str, date], list[tuple[int, int, str]]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)

    def wrong(self, row: int, column: int, key: str, /, **words: object) -> None:
        sheet = self.grid.sheet
        message = tr(f"rosterfile.{key}", **words)
        self.found.faults.append(Fault(sheet.line(row, column), sheet.place(row, column), message))


def grid_rows(problem: Problem, grid: Grid, words: CellWords) -> GridRows:
    """
    Return the rows that a grid stands for, whichever dates they have.

    Parameters
    ----------
    problem, grid : The scenario, and where the grid stands.
    words : What its cells may say.
    """
    found = GridRows(dates=[on for _, _, on in grid.dates])
    heads = {head.row for head in grid.heads}
    ends = [head.row for head in grid.heads[1:]] + [len(grid.sheet.cells)]
    readings = []
    for head, end in zip(grid.heads, ends, strict=True):
        reading = _Reading(problem, grid, words, found)
        readings.append(reading)
        for row in range(head.row + 1, end):
            if row not in heads and row not in grid.weekdays:
                _read_row(reading, head, row)
        if reading.formulas:
            row, column = reading.formulas[0]
            number = len(reading.formulas)
            reading.wrong(row, column, "grid_formula", number=number)
        _add_named(reading)
    for reading in readings:
        _settle(reading)
    if not found.people and not found.faults:
        _Reading(problem, grid, words, found).wrong(grid.heads[0].row, grid.person, "grid_nobody")
    return found


def calendar_faults(grid: Grid, dates: DateRange, first: date, last: date) -> list[Fault]:
    """
    Return what keeps a grid from being a roster of the calendar: dates outside it, twice, or missing.

    Parameters
    ----------
    grid, dates : Where the grid stands, and the scenario's range.
    first, last : Dates that it has to have, both included.
    """
    sheet, seen, outside = grid.sheet, set[date](), []
    faults = []
    for row, column, on in grid.dates:
        if not first <= on <= last:
            if not _blank(grid, row, column):
                outside.append((row, column, on))
        elif on in seen:
            message = tr("rosterfile.grid_date_twice", value=on)
            faults.append(Fault(sheet.line(row, column), sheet.place(row, column), message))
        seen.add(on)
    frame = {"start": first, "last": last, "length": length(dates.days)}
    if outside:
        row, column, on = outside[0]
        more = tr("rosterfile.more_columns", number=len(outside) - 1) if len(outside) > 1 else ""
        message = tr("rosterfile.grid_outside", value=on, **frame) + more
        faults.append(Fault(sheet.line(row, column), sheet.place(row, column), message))
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    missing = [on for on in every if on not in seen]
    if missing and not faults and not (_off(dates, missing) and not any(_off(dates, [on]) for on in seen)):
        words = {"number": len(missing), "first": missing[0], "last": missing[-1]}
        faults.append(Fault(grid.heads[0].row + 1, sheet.name, tr("rosterfile.grid_missing", **words)))
    return faults


def _blank(grid: Grid, row: int, column: int) -> bool:
    """Whether nothing stands under a day: a whole week may begin before the calendar."""
    if not grid.sheet.weekly:
        return False
    end = next((head.row for head in grid.heads if head.row > row), len(grid.sheet.cells))
    return not any(grid.sheet.text(below, column) for below in range(row + 1, end))


def _off(dates: DateRange, days: Iterable[date]) -> bool:
    """Whether all of some days are days off: a sheet of working days alone lacks them."""
    return all(day_kind(dates, on) is not DayKind.WORKDAY for on in days)


def _read_row(reading: _Reading, head: Head, row: int) -> None:
    grid, sheet = reading.grid, reading.grid.sheet
    name, given = sheet.text(row, grid.person), sheet.text(row, grid.type)
    cells = dict(_cells(reading, head, row, name))
    if name.startswith(SUMS) and not given:
        reading.below = True
    elif reading.below:
        if given in reading.problem.type:
            reading.wrong(row, grid.person, "grid_below", person=name)
    elif name or cells:
        _read_person(reading, head, row, (name, given), cells)


def _cells(reading: _Reading, head: Head, row: int, name: str) -> Iterator[tuple[int, tuple[date, str]]]:
    """Yield the filled cells of a row by column; a remark merged over the whole row is none."""
    sheet = reading.grid.sheet
    label = sheet.merged.get((row, reading.grid.person), (row, reading.grid.person))
    for column, on in head.days.items():
        text = sheet.text(row, column)
        if text and sheet.merged.get((row, column)) != label:
            yield column, (on, text)


def _settle(reading: _Reading) -> None:
    """Leave out rows that name nobody and say no duty, where there are people beside them; else they are faults."""
    for head, row, who, cells in reading.doubtful:
        if reading.found.people:
            reading.found.left_out.setdefault(who[0])
        else:
            _read_person(reading, head, row, who, cells, settled=True)


CLOSE = 0.7
"""From which likeness on a label is rather somebody's name with a slip."""

_NAMES = re.compile(r"[、,，;；/／\n&＆+＋]+")


def _names_in_cells(reading: _Reading, row: int, label: str, cells: dict[int, tuple[date, str]]) -> bool:
    """Read a row that is a duty's, with the names of those who are on it in its cells; return whether it is one."""
    if not reading.words.at_work(label):
        return False
    problem, found = reading.problem, dict[int, list[str]]()
    for column, (_, text) in cells.items():
        pieces = [piece.strip() for piece in _NAMES.split(text) if piece.strip()]
        if any(known_person(problem, piece, "") is None for piece in pieces):
            pieces = [piece for part in pieces for piece in _apart(problem, part)]
        found[column] = pieces
    known = [known_person(problem, name, "") for names in found.values() for name in names]
    if not any(known):
        return False
    for column, names in found.items():
        for name in names:
            person = known_person(problem, name, "")
            on = cells[column][0]
            key = (person.name if person is not None else name, on)
            reading.named.setdefault(key, []).append((row, column, label))
    return True


def _apart(problem: Problem, text: str) -> list[str]:
    """Return names that stand with blanks between them, where each is known; else the text as it is."""
    words = text.split()
    return words if len(words) > 1 and all(known_person(problem, word, "") for word in words) else [text]


def _add_named(reading: _Reading) -> None:
    """Add the people whom cells name, the duties of one day as one."""
    for (name, on), places in reading.named.items():
        row, column, _ = places[0]
        labels = list(dict.fromkeys(label for _, _, label in places))
        said = {"date": on.isoformat(), "person": name, "type": "", "duty": "+".join(labels)}
        place = reading.grid.sheet.place(row, column)
        line = reading.grid.sheet.line(row, column)
        reading.found.rows.append(SheetRow(line, said, {"duty": place, "person": place}))
        reading.found.people += 1


def _read_person(
    reading: _Reading,
    head: Head,
    row: int,
    who: tuple[str, str],
    cells: dict[int, tuple[date, str]],
    *,
    settled: bool = False,
) -> None:
    (name, given), grid, problem = who, reading.grid, reading.problem
    texts = [text for _, text in cells.values()]
    seat = given.lower() == SEAT and SEAT not in problem.type
    if not name:
        if any(reading.words.known(text) for text in texts):
            reading.wrong(row, grid.person, "cell_empty", column=tr("rosterfile.grid_person"))
        return
    if not seat and known_person(problem, name, given) is None:
        if _no_person(reading, name, given, texts):
            reading.found.left_out.setdefault(name)
            return
        if _names_in_cells(reading, row, name, cells):
            return
        strange = problem.people and not get_close_matches(name, list(problem.person), 1, CLOSE)
        if strange and not any(reading.words.known(text) for text in texts) and not settled:
            reading.doubtful.append((head, row, who, cells))
            return
    if name in reading.seen:
        above = grid.sheet.merged.get((row, grid.person))
        if above is not None and not any(reading.words.known(text) for text in texts):
            return  # A name merged over a row of remarks below the duties.
        reading.wrong(row, grid.person, "grid_twice", person=name, line=reading.seen[name])
        return
    reading.seen[name] = grid.sheet.line(row, grid.person)
    reading.formulas += [(row, column) for column in head.days if (row, column) in grid.sheet.unknown]
    reading.found.people += 1
    if seat:
        _read_seat(reading, row, name, cells)
        return
    if not cells:
        # Somebody who is off all the time is known all the same.
        cells = {next(iter(grid.heads[0].days)): (reading.found.dates[0], "off")}
    for column, (on, text) in cells.items():
        said = {"date": on.isoformat(), "person": name, "type": given, "duty": text}
        reading.found.rows.append(_row(reading, row, column, said))


def _no_person(reading: _Reading, name: str, given: str, texts: list[str]) -> bool:
    """Whether a row that names nobody known is no person's: a remark, a row of sums, a heading."""
    if given and given in reading.problem.type:
        return False
    if not any(reading.words.known(text) for text in texts):
        return not texts or name.casefold().startswith(NO_PEOPLE) or all(text.isdecimal() for text in texts)
    return False


def _row(reading: _Reading, row: int, column: int, said: dict[str, str]) -> SheetRow:
    grid, sheet = reading.grid, reading.grid.sheet
    places = {"duty": sheet.place(row, column), "person": sheet.place(row, grid.person)}
    if grid.type is not None:
        places["type"] = sheet.place(row, grid.type)
    return SheetRow(sheet.line(row, column), said, places)


def _read_seat(reading: _Reading, row: int, name: str, cells: dict[int, tuple[date, str]]) -> None:
    grid = reading.grid
    offers = {seat.name for seat in reading.problem.seats}
    seat = name.rpartition(" #")[0]
    filled = [(column, on) for column, (on, text) in cells.items() if not _free(reading, text)]
    post = _stand_in_post(reading.problem, name) if seat not in offers else None
    if seat not in offers and post is None:
        way_out = did_you_mean(seat or name, sorted(offers))
        reading.wrong(row, grid.person, "grid_seat", person=name, way_out=way_out)
        return
    for column, on in filled:
        said = {"date": on.isoformat(), "person": name, "type": SEAT}
        what = {"duty": seat} if post is None else {"duty": STAND_IN, "posts": post}
        reading.found.rows.append(_row(reading, row, column, said | what))


def _free(reading: _Reading, text: str) -> bool:
    return text in (".", "-", "—", "–", "off")


def _stand_in_post(problem: Problem, name: str) -> str | None:
    """Return the post that a vendor's person for single days fills, by the name; None where it is no such name."""
    number = name.rpartition("#")[2]
    at = int(number) - 1 if number.isdecimal() else 0
    return next((post.name for post in problem.posts if stand_in_name(post.name, at) == name), None)
