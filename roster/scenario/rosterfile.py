"""
Rosters as `roster.csv`: one row for each part of each duty, written for spreadsheets and read back from them.

What a row needs is a date, a person and a duty; the other columns are derived, and where a file has them they may not
contradict. Vendor seats are rows of the type `seat`. All faults of a file are reported at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from roster.errors import Fault, Faults, FileFault
from roster.horizon import Horizon, calendar
from roster.language import tr
from roster.plan import Roster, SeatUse, StandIn
from roster.problem import OFF, Duty, Person, Problem, Seat
from roster.scenario.rosterbook import is_book, listed_rows, read_sheets
from roster.scenario.rosterdates import parse_date, parse_time, parse_weekday
from roster.scenario.rostergrid import find_grid, read_grid
from roster.scenario.rosterpeople import everybody, known_person, named_duty
from roster.scenario.rosterrows import SEAT, STAND_IN, WEEKDAYS, Holding, roster_rows
from roster.scenario.rostersheet import Row, read_sheet, write_sheet
from roster.scenario.wording import did_you_mean

__all__ = ["read_roster", "roster_of", "roster_rows", "write_roster"]


def write_roster(problem: Problem, roster: Roster, path: Path, held: Holding | None = None) -> None:
    """Write a roster as `roster.csv`, whole or not at all; raises FileFault when it cannot be written."""
    write_sheet(path, roster_rows(problem, roster, held))


@dataclass(slots=True)
class _Notes:
    """The faults of a file, the same one on many lines kept once."""

    lines: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, line: int, key: str, message: str) -> None:
        self.lines.setdefault((key, message), []).append(line)

    def faults(self) -> list[Fault]:
        found = []
        for (key, message), lines in self.lines.items():
            more = tr("rosterfile.more_lines", number=len(lines) - 1) if len(lines) > 1 else ""
            found.append(Fault(lines[0], key, message + more))
        return found


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one row says: that a person has a duty on a day, one part of it if the row tells which."""

    line: int
    person: Person
    day: int
    duty: Duty
    part: str


def read_roster(problem: Problem, path: Path) -> Roster:
    """
    Return the roster that a file describes, on the scenario's calendar: rows in CSV, or a workbook.

    The scenario's people have their places even without rows; where it names none, people are those of the file, and
    numbered ones (`ops-3`) imply those before them. Raises FileFault or Faults.
    """
    rows = _book_rows(problem, path) if is_book(path) else read_sheet(path)
    return rows if isinstance(rows, Roster) else roster_of(problem, rows, path)


def roster_of(problem: Problem, rows: Iterable[Row], path: Path) -> Roster:
    """Return the roster that rows describe; raises Faults, which name the file they came from."""
    horizon = calendar(problem.dates)
    notes = _Notes()
    found = _read_rows(problem, horizon, rows, notes)
    if not notes.lines:
        _check_weeks(problem, horizon, path, {day for _, day in found.cells})
    if notes.lines:
        raise Faults(str(path), notes.faults())
    people = everybody(problem, found.people)
    duties = tuple(tuple(found.duty(person, day) for day in range(horizon.days)) for person in people)
    names = [seat.name for seat in problem.seats if seat.name in found.seats]
    seats = tuple(SeatUse(name, len(found.seats[name])) for name in names)
    sent = tuple(StandIn(post, day, number) for (post, day), number in sorted(found.stand_ins.items()))
    return Roster(people, horizon, duties, seats, problem.before(people), sent)


def _book_rows(problem: Problem, path: Path) -> Roster | list[Row]:
    """Return the roster of a workbook's grid, or the rows of a sheet that has the columns of `roster.csv`."""
    sheets = read_sheets(path)
    if (found := find_grid(problem, sheets)) is not None:
        return read_grid(problem, path, found)
    if rows := listed_rows(sheets):
        return rows
    names = ", ".join(sheet.name for sheet in sheets)
    raise FileFault(tr("rosterfile.book_nothing", file=path, sheets=names))


@dataclass(slots=True)
class _Found:
    """What the rows of a file come to: rows by person and day, people as they came, the names in each vendor seat."""

    cells: dict[tuple[str, int], list[_Entry]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    seats: dict[str, set[str]] = field(default_factory=dict)
    stand_ins: Counter[tuple[str, int]] = field(default_factory=Counter)

    def duty(self, person: Person, day: int) -> Duty:
        entries = self.cells.get((person.name, day))
        return entries[0].duty if entries else OFF


def _read_rows(problem: Problem, horizon: Horizon, rows: Iterable[Row], notes: _Notes) -> _Found:
    found = _Found()
    for row in rows:
        day = _day(problem, horizon, row, notes)
        if (post := _stand_in(problem, row)) is not None:
            if day is not None:
                found.stand_ins[post, day] += 1
            continue
        if seat := _seat(problem, row):
            found.seats.setdefault(seat.name, set()).add(row["person"])
            continue
        person = _person(problem, row, notes)
        if person is not None:
            found.people.setdefault(person.name, person)
        duty = _duty(problem, person, row, notes)
        if person is not None and duty is not None and day is not None:
            _check_times(row, horizon.on(day), duty, notes)
            entry = _Entry(row.line, person, day, duty, row["presence"].lower() or row["start"])
            _file(found.cells.setdefault((person.name, day), []), entry, notes)
    return found


def _day(problem: Problem, horizon: Horizon, row: Row, notes: _Notes) -> int | None:
    if not row["date"]:
        notes.add(row.line, "date", tr("rosterfile.cell_empty", column="date"))
        return None
    try:
        on = parse_date(row["date"], problem.dates)
    except ValueError as error:
        notes.add(row.line, "date", str(error))
        return None
    day = horizon.number(on)
    if not 0 <= day < horizon.days:
        notes.add(
            row.line, "date", tr("rosterfile.date_outside", value=on.isoformat(), **_frame(problem, horizon))
        )
        return None
    weekday = parse_weekday(row["weekday"])
    if weekday is not None and weekday != on.weekday():
        given, real = row["weekday"], WEEKDAYS[on.weekday()]
        notes.add(
            row.line, "weekday", tr("rosterfile.weekday", value=given, date=on.isoformat(), weekday=real)
        )
    return day


def _frame(problem: Problem, horizon: Horizon) -> Mapping[str, object]:
    last = horizon.on(horizon.days - 1).isoformat()
    return {"start": problem.dates.start.isoformat(), "last": last, "weeks": problem.dates.weeks}


def _stand_in(problem: Problem, row: Row) -> str | None:
    """Return the post that a row fills with a vendor's person for one day."""
    if row["type"].lower() != SEAT or row["duty"] != STAND_IN or row["posts"] not in problem.post:
        return None
    return row["posts"]


def _seat(problem: Problem, row: Row) -> Seat | None:
    """Return the vendor seat that a row is about, by its type, or by its names where the type is not given."""
    if row["type"] and row["type"].lower() != SEAT:
        return None
    offer = next((seat for seat in problem.seats if seat.name == row["duty"]), None)
    return offer if offer and row["person"].startswith(f"{offer.name} #") else None


def _person(problem: Problem, row: Row, notes: _Notes) -> Person | None:
    name, given = row["person"], row["type"]
    if not name:
        notes.add(row.line, "person", tr("rosterfile.cell_empty", column="person"))
        return None
    if given.lower() == SEAT and SEAT not in problem.type:
        way_out = did_you_mean(row["duty"], [seat.name for seat in problem.seats])
        notes.add(row.line, "duty", tr("rosterfile.seat", value=row["duty"], person=name, way_out=way_out))
        return None
    if given and given not in problem.type:
        way_out = did_you_mean(given, problem.type)
        notes.add(row.line, "type", tr("rosterfile.type", value=given, way_out=way_out))
    person = known_person(problem, name, given)
    if person is None:
        if problem.people:
            way_out = did_you_mean(name, [each.name for each in problem.people])
            notes.add(row.line, "person", tr("rosterfile.person", value=name, way_out=way_out))
        elif given in problem.type or not given:
            example = f"{problem.types[0].name}-1" if problem.types else "ops-1"
            notes.add(row.line, "person", tr("rosterfile.person_type", value=name, example=example))
        return None
    if given in problem.type and given != person.type:
        notes.add(row.line, "type", tr("rosterfile.type_other", person=name, value=given, type=person.type))
    return person


def _duty(problem: Problem, person: Person | None, row: Row, notes: _Notes) -> Duty | None:
    text = row["duty"]
    if not text:
        notes.add(row.line, "duty", tr("rosterfile.cell_empty", column="duty"))
        return None
    if person is None:
        return None
    staff = problem.type[person.type]
    duty = named_duty(problem, staff, text)
    if duty is not None:
        return duty
    own = [each.name for each in problem.duties(staff)]
    elsewhere = [other.name for other in problem.types if named_duty(problem, other, text) is not None]
    key = "duty_other" if elsewhere else "duty"
    way_out = tr("rosterfile.allowed", names=", ".join(own[:20])) if elsewhere else did_you_mean(text, own)
    notes.add(row.line, "duty", tr(f"rosterfile.{key}", value=text, type=staff.name, way_out=way_out))
    return None


def _check_times(row: Row, on: date, duty: Duty, notes: _Notes) -> None:
    """Compare what start and end say with the duty; empty cells say nothing."""
    for column, minutes in (("start", [p.start for p in duty.parts]), ("end", [p.end for p in duty.parts])):
        if not row[column]:
            continue
        try:
            given = parse_time(row[column], on)
        except ValueError as error:
            notes.add(row.line, column, str(error))
            continue
        dated = len(row[column]) > len("00:00:00")
        if given not in minutes and (dated or given % 1440 not in {minute % 1440 for minute in minutes}):
            notes.add(row.line, column, tr(f"rosterfile.{column}", value=row[column], duty=duty.name))


def _file(entries: list[_Entry], entry: _Entry, notes: _Notes) -> None:
    """Add a row to those of the same person and date: the parts of one duty, each once."""
    if entries:
        first = entries[0]
        words = {
            "person": entry.person.name,
            "line": first.line,
            "duty": entry.duty.name,
            "other": first.duty.name,
        }
        same_part = any(other.part == entry.part for other in entries if entry.part)
        if first.duty != entry.duty:
            notes.add(entry.line, "duty", tr("rosterfile.two_duties", **words))
        elif same_part or len(entries) >= max(1, len(entry.duty.parts)):
            notes.add(entry.line, "person", tr("rosterfile.twice", **words))
    entries.append(entry)


def _check_weeks(problem: Problem, horizon: Horizon, path: Path, days: Iterable[int]) -> None:
    """Refuse a file that says nothing of the calendar's first or last week: it was made for other dates."""
    weeks = {day // 7 for day in days}
    last = (horizon.days - 1) // 7
    if weeks and {0, last} <= weeks:
        return
    found = [horizon.on(day).isoformat() for day in (min(days, default=0), max(days, default=0))]
    message = tr("rosterfile.too_few", first=found[0], end=found[1], **_frame(problem, horizon))
    raise Faults(str(path), [Fault(None, "date", message)])
