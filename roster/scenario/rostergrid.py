"""A roster read off a grid: people down, dates across, the letters of a duty in each cell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from roster.checker import stand_in_name
from roster.errors import Fault, Faults
from roster.horizon import Horizon, calendar
from roster.language import LANGUAGES, catalogue, tr
from roster.plan import Roster, SeatUse, StandIn
from roster.problem import OFF, Duty, Person, Problem, StaffType
from roster.scenario.rosterbook import HEAD_ROWS, Sheet
from roster.scenario.rosterdates import parse_date
from roster.scenario.rosterpeople import everybody, known_person, named_duty
from roster.scenario.rosterrows import SEAT
from roster.scenario.wording import did_you_mean

SUMS = "∑"
"""What the label of a row of sums begins with: people stand above it."""

FEWEST_DATES = 5
"""Fewer dates in a row are no head of a grid."""

_OFF = ("", ".", "-", "—", "–")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a grid stands in its sheet: the row of dates, the columns of names, types and of each day."""

    sheet: Sheet
    head: int
    person: int
    type: int | None
    days: dict[int, int]

    def cell(self, row: int, column: int | None) -> str:
        """Return what a cell says; empty beyond the row's end."""
        cells = self.sheet.cells[row]
        return cells[column] if column is not None and column < len(cells) else ""


@dataclass(slots=True)
class _Reading:
    """What is found in a grid: people as they came with their days, vendor seats, and what is wrong."""

    problem: Problem
    grid: Grid
    people: dict[str, Person] = field(default_factory=dict)
    duties: dict[str, dict[int, Duty]] = field(default_factory=dict)
    seats: dict[str, set[str]] = field(default_factory=dict)
    stand_ins: Counter[tuple[str, int]] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, row: int, column: int, key: str, /, **words: object) -> None:
        place = self.grid.sheet.place(row, column)
        self.faults.append(Fault(row + 1, place, tr(f"rosterfile.{key}", **words)))


def find_grid(problem: Problem, sheets: Iterable[Sheet]) -> tuple[Sheet, int] | None:
    """Return the first sheet with a row of dates, and that row; None where there is none."""
    for sheet in sheets:
        for at, cells in enumerate(sheet.cells[:HEAD_ROWS]):
            if sum(_date(problem, cell) is not None for cell in cells) >= FEWEST_DATES:
                return sheet, at
    return None


def _date(problem: Problem, cell: str) -> date | None:
    if not 5 <= len(cell) <= 16 or "T" in cell:
        return None
    try:
        return parse_date(cell, problem.dates)
    except ValueError:
        return None


def read_grid(problem: Problem, path: Path, found: tuple[Sheet, int]) -> Roster:
    """Return the roster that a grid describes, on the scenario's calendar; raises Faults, each with its cell."""
    horizon = calendar(problem.dates)
    sheet, head = found
    grid, faults = _columns(problem, horizon, sheet, head)
    reading = _Reading(problem, grid, faults=faults)
    if not faults:
        _read_rows(reading)
    if not reading.faults and not reading.people:
        reading.wrong(head, grid.person, "grid_nobody")
    if reading.faults:
        raise Faults(str(path), reading.faults)
    people = everybody(problem, reading.people)
    empty: dict[int, Duty] = {}
    duties = tuple(
        tuple(reading.duties.get(one.name, empty).get(day, OFF) for day in range(horizon.days))
        for one in people
    )
    names = [seat.name for seat in problem.seats if seat.name in reading.seats]
    seats = tuple(SeatUse(name, len(reading.seats[name])) for name in names)
    sent = tuple(StandIn(post, day, number) for (post, day), number in sorted(reading.stand_ins.items()))
    return Roster(people, horizon, duties, seats, problem.before(people), sent)


def _columns(problem: Problem, horizon: Horizon, sheet: Sheet, head: int) -> tuple[Grid, list[Fault]]:
    """Find the columns by the head; every day of the calendar has one, and only one."""
    faults: list[Fault] = []
    days: dict[int, int] = {}
    labels: dict[str, int] = {}
    for column, cell in enumerate(sheet.cells[head]):
        on = _date(problem, cell)
        place = sheet.place(head, column)
        if on is None:
            labels.setdefault(cell.casefold(), column)
            continue
        day = horizon.number(on)
        frame = {"start": horizon.on(0), "last": horizon.on(horizon.days - 1), "weeks": problem.dates.weeks}
        if not 0 <= day < horizon.days:
            faults.append(Fault(head + 1, place, tr("rosterfile.grid_outside", value=on, **frame)))
        elif day in days.values():
            faults.append(Fault(head + 1, place, tr("rosterfile.grid_date_twice", value=on)))
        else:
            days[column] = day
    missing = sorted(set(range(horizon.days)) - set(days.values()))
    if missing and not faults:
        words = {"number": len(missing), "first": horizon.on(missing[0]), "last": horizon.on(missing[-1])}
        faults.append(Fault(head + 1, sheet.name, tr("rosterfile.grid_missing", **words)))
    grid = Grid(sheet, head, _labelled(labels, "grid_person", 0) or 0, _labelled(labels, "grid_type"), days)
    return grid, faults


def _labelled(labels: dict[str, int], key: str, default: int | None = None) -> int | None:
    """Return the column with a label in any language, or in that of the CSV files."""
    words = [catalogue(name, "rosterfile")[key] for name in LANGUAGES] + [key.removeprefix("grid_")]
    return next((labels[word.casefold()] for word in words if word.casefold() in labels), default)


def _read_rows(reading: _Reading) -> None:
    grid, below = reading.grid, False
    for row in range(grid.head + 1, len(grid.sheet.cells)):
        name, given = grid.cell(row, grid.person), grid.cell(row, grid.type)
        if name.startswith(SUMS) and not given:
            below = True
        elif below:
            if given in reading.problem.type:
                reading.wrong(row, grid.person, "grid_below", person=name)
        elif name or any(grid.cell(row, column) for column in grid.days):
            _read_row(reading, row, name, given)


def _read_row(reading: _Reading, row: int, name: str, given: str) -> None:
    grid, problem = reading.grid, reading.problem
    if not name:
        reading.wrong(row, grid.person, "cell_empty", column=tr("rosterfile.grid_person"))
        return
    if name in reading.rows:
        reading.wrong(row, grid.person, "grid_twice", person=name, line=reading.rows[name] + 1)
        return
    reading.rows[name] = row
    if given.lower() == SEAT and SEAT not in problem.type:
        _read_seat(reading, row, name)
        return
    person = _person(reading, row, name, given)
    if person is not None:
        reading.people[name] = person
        reading.duties[name] = dict(_duties(reading, row, problem.type[person.type]))


def _read_seat(reading: _Reading, row: int, name: str) -> None:
    grid = reading.grid
    offers = {seat.name for seat in reading.problem.seats}
    seat = name.rpartition(" #")[0]
    days = [day for column, day in grid.days.items() if grid.cell(row, column) not in _OFF]
    if seat not in offers and (post := _stand_in_post(reading.problem, name)) is not None:
        reading.stand_ins.update((post, day) for day in days)
    elif seat not in offers:
        way_out = did_you_mean(seat or name, sorted(offers))
        reading.wrong(row, grid.person, "grid_seat", person=name, way_out=way_out)
    elif days:
        reading.seats.setdefault(seat, set()).add(name)


def _stand_in_post(problem: Problem, name: str) -> str | None:
    """Return the post that a vendor's person for single days fills, by the name; None where it is no such name."""
    number = name.rpartition("#")[2]
    at = int(number) - 1 if number.isdecimal() else 0
    return next((post.name for post in problem.posts if stand_in_name(post.name, at) == name), None)


def _person(reading: _Reading, row: int, name: str, given: str) -> Person | None:
    grid, problem = reading.grid, reading.problem
    if given and given not in problem.type and grid.type is not None:
        reading.wrong(row, grid.type, "type", value=given, way_out=did_you_mean(given, problem.type))
        return None
    person = known_person(problem, name, given)
    if person is None and problem.people:
        way_out = did_you_mean(name, [each.name for each in problem.people])
        reading.wrong(row, grid.person, "person", value=name, way_out=way_out)
    elif person is None:
        example = f"{problem.types[0].name}-1" if problem.types else "ops-1"
        reading.wrong(row, grid.person, "person_type", value=name, example=example)
    elif given and given != person.type and grid.type is not None:
        reading.wrong(row, grid.type, "type_other", person=name, value=given, type=person.type)
    return person


def _duties(reading: _Reading, row: int, staff: StaffType) -> Iterator[tuple[int, Duty]]:
    problem, grid = reading.problem, reading.grid
    for column, day in grid.days.items():
        text = unicodedata.normalize("NFKC", grid.cell(row, column)).replace(" ", "")
        if text in _OFF:
            continue
        duty = lettered_duty(problem.duties(staff), text) or named_duty(problem, staff, text)
        if duty is not None:
            yield day, duty
            continue
        own = [each.letters for each in problem.duties(staff) if not each.is_off]
        way_out = tr("rosterfile.allowed", names=", ".join(own[:20]))
        value = grid.cell(row, column)
        reading.wrong(row, column, "grid_duty", value=value, type=staff.name, way_out=way_out)


def lettered_duty(duties: Sequence[Duty], text: str) -> Duty | None:
    """Return the duty with these letters; their case does not matter where that leaves no doubt."""
    exact = [duty for duty in duties if duty.letters == text]
    loose = [duty for duty in duties if duty.letters.casefold() == text.casefold()]
    return next((found[0] for found in (exact, loose) if len(found) == 1), None)
