"""
Rosters out of files: rows as in `roster.csv`, or a grid of people and dates, in CSV or a workbook.

What a row needs is a date, a person and a duty; the other columns are derived, and where a file has them they may not
contradict. Vendor seats are rows of the type `seat`. All faults of a file are reported at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from roster.domain.horizon import Horizon, calendar
from roster.domain.outcome import Roster, SeatUse, StandIn
from roster.domain.problem import OFF, Ban, Duty, Person, Problem, Restriction, Seat
from roster.domain.split import as_split_shift
from roster.errors import Fault, Faults
from roster.language import length, tr
from roster.rosters.cell_words import CellWords
from roster.rosters.csv_sheet import SheetRow
from roster.rosters.dates import parse_date, parse_time, parse_weekday
from roster.rosters.faults import Notes, Unknown
from roster.rosters.listing import Listing, read_listing
from roster.rosters.notation import PLAIN, Notation, write_map
from roster.rosters.people import everybody, known_person
from roster.rosters.rows import EMPTY, SEAT, STAND_IN, WEEKDAYS, Holding
from roster.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class FoundRoster:
    """
    What a file says: a roster, leave written into its cells, the posts that its `posts` column gives each part of a
    duty, and remarks on how it was read.
    """

    roster: Roster
    leave: tuple[Restriction, ...] = ()
    posts: Holding = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def read_roster(problem: Problem, path: Path, notation: Notation = PLAIN) -> Roster:
    """
    Return the roster that a file describes, on the scenario's calendar.

    The scenario's people have their places even without rows; where it names none, people are those of the
    file, and numbered ones (`ops-3`) imply those before them.

    Parameters
    ----------
    problem, path : The scenario, and the file.
    notation : What is known of its letters and its month beforehand.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or is no roster of the scenario.
    """
    return read_found(problem, path, notation).roster


def read_found(problem: Problem, path: Path, notation: Notation = PLAIN) -> FoundRoster:
    """
    Return a roster as `read_roster` does, with what else the file says.

    Parameters
    ----------
    problem, path, notation : As of `read_roster`.
    """
    last = problem.dates.start + timedelta(days=calendar(problem.dates).days - 1)
    listing = read_listing(problem, path, notation, (problem.dates.start, last))
    return found_of(problem, listing, notation)


def found_of(
    problem: Problem, listing: Listing, notation: Notation = PLAIN, *, earlier: bool = False
) -> FoundRoster:
    """
    Return the roster that rows describe.

    Parameters
    ----------
    problem, listing : The scenario, and the rows with the file they came from.
    notation : What is known of its letters and its month beforehand.
    earlier : Whether it is of a last period, in which people may have been of other types.

    Raises
    ------
    Faults
        The rows are no roster of the scenario.
    """
    horizon, path = calendar(problem.dates), listing.path
    notes = Notes(given=list(listing.faults), earlier=earlier)
    found = _read_rows(
        problem, horizon, listing, CellWords(problem, notation.letters, not listing.grid), notes
    )
    if not notes and not listing.grid:
        _check_weeks(problem, horizon, path, {day for _, day in found.cells})
    if notes:
        raise Faults(str(path), notes.faults() + _map_fault(problem, notation, path, notes))
    people = everybody(problem, found.people)
    duties = tuple(tuple(found.duty(person, day) for day in range(horizon.days)) for person in people)
    names = [seat.name for seat in problem.seats if seat.name in found.seats]
    seats = tuple(SeatUse(name, len(found.seats[name])) for name in names)
    sent = tuple(StandIn(post, day, number) for (post, day), number in sorted(found.stand_ins.items()))
    roster = Roster(people, horizon, duties, seats, problem.before(people), sent)
    return FoundRoster(roster, tuple(found.stretches(horizon)), found.posts(problem, people), listing.remarks)


def _map_fault(problem: Problem, notation: Notation, path: Path, notes: Notes) -> list[Fault]:
    """Write the words that nobody knows into a map to be filled in; return where it is."""
    asked = notes.asked() if notation.ask else []
    file = write_map(problem, path, notation.letters, asked) if asked else None
    return [Fault(None, "", tr("rosterfile.map_written", file=file))] if file is not None else []


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one row says: that a person has a duty on a day, one part of it if the row tells which."""

    row: SheetRow
    person: Person
    day: int
    duty: Duty
    part: str
    leave: str = ""


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

    def stretches(self, horizon: Horizon) -> Iterable[Restriction]:
        """Return the leave in the cells, days in a row of one kind as one."""
        last: Restriction | None = None
        for (name, day), entries in sorted(self.cells.items()):
            if not entries[0].leave:
                continue
            one = Restriction(name, Ban.DUTY, horizon.on(day), horizon.on(day), entries[0].row["duty"])
            follows = last is not None and last.last + timedelta(days=1) == one.first
            if last is not None and follows and (last.person, last.reason) == (name, one.reason):
                last = replace(last, last=one.last)
                continue
            if last is not None:
                yield last
            last = one
        if last is not None:
            yield last

    def posts(
        self, problem: Problem, people: Iterable[Person]
    ) -> dict[tuple[int, int, int], tuple[str, ...]]:
        """Return the posts that rows name, by person, day and part of the duty; by their title or as they are."""
        titles = {post.title: post.name for post in problem.posts if post.title} | {
            n: n for n in problem.post
        }
        numbers = {person.name: index for index, person in enumerate(people)}
        found: dict[tuple[int, int, int], tuple[str, ...]] = {}
        for (name, day), entries in self.cells.items():
            for entry in entries:
                words = map(str.strip, entry.row["posts"].replace("；", ";").split(";"))
                named = tuple(dict.fromkeys(titles.get(word, word) for word in words if word))
                if named and entry.duty.parts:
                    key = numbers[name], day, _part(entry)
                    found[key] = (*found.get(key, ()), *named)
        return found


def _part(entry: _Entry) -> int:
    """Return which part of its duty a row is about: by its presence, else the first."""
    parts = entry.duty.parts
    return next(
        (at for at, part in enumerate(parts) if part.presence.value == entry.row["presence"].lower()), 0
    )


def _read_rows(
    problem: Problem, horizon: Horizon, listing: Listing, words: CellWords, notes: Notes
) -> _Found:
    found = _Found()
    for row in listing.rows:
        if row["type"].lower() == EMPTY and EMPTY not in problem.type and not row["person"]:
            continue
        day = _day(problem, horizon, row, listing.dates, notes)
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
        said = _duty(problem, person, row, words, notes)
        if person is not None and said is not None and day is not None:
            duty, leave = said
            zone = problem.zone_of_type(problem.type[person.type])
            _check_times(zone, row, horizon.on(day), duty, notes)
            entry = _Entry(row, person, day, duty, row["presence"].lower() or row["start"], leave)
            split = _split_duty(problem, person, [*found.cells.get((person.name, day), ()), entry])
            if split is not None:
                found.cells[person.name, day] = [replace(entry, duty=split)]
                continue
            _file(found.cells.setdefault((person.name, day), []), entry, notes)
    return found


def _day(
    problem: Problem, horizon: Horizon, row: SheetRow, dates: Mapping[str, date], notes: Notes
) -> int | None:
    if not row["date"]:
        notes.add(row, "date", tr("rosterfile.cell_empty", column="date"))
        return None
    try:
        on = dates.get(row["date"]) or parse_date(row["date"], problem.dates)
    except ValueError as error:
        notes.add(row, "date", str(error))
        return None
    day = horizon.number(on)
    if not 0 <= day < horizon.days:
        words = _frame(problem, horizon)
        notes.add(row, "date", tr("rosterfile.date_outside", value=on.isoformat(), **words))
        return None
    weekday = parse_weekday(row["weekday"])
    if weekday is not None and weekday != on.weekday():
        given, real = row["weekday"], WEEKDAYS[on.weekday()]
        notes.add(row, "weekday", tr("rosterfile.weekday", value=given, date=on.isoformat(), weekday=real))
    return day


def _frame(problem: Problem, horizon: Horizon) -> Mapping[str, object]:
    last = horizon.on(horizon.days - 1).isoformat()
    return {"start": problem.dates.start.isoformat(), "last": last, "length": length(problem.dates.days)}


def _stand_in(problem: Problem, row: SheetRow) -> str | None:
    """Return the post that a row fills with a vendor's person for one day."""
    if row["type"].lower() != SEAT or row["duty"] != STAND_IN or row["posts"] not in problem.post:
        return None
    return row["posts"]


def _seat(problem: Problem, row: SheetRow) -> Seat | None:
    """Return the vendor seat that a row is about, by its type, or by its names where the type is not given."""
    if row["type"] and row["type"].lower() != SEAT:
        return None
    offer = next((seat for seat in problem.seats if seat.name == row["duty"]), None)
    return offer if offer and row["person"].startswith(f"{offer.name} #") else None


def _person(problem: Problem, row: SheetRow, notes: Notes) -> Person | None:
    name, given = row["person"], row["type"]
    if not name:
        notes.add(row, "person", tr("rosterfile.cell_empty", column="person"))
        return None
    if given.lower() == SEAT and SEAT not in problem.type:
        way_out = did_you_mean(row["duty"], [seat.name for seat in problem.seats])
        notes.add(row, "duty", tr("rosterfile.seat", value=row["duty"], person=name, way_out=way_out))
        return None
    if given and given not in problem.type:
        way_out = did_you_mean(given, problem.type)
        notes.add(row, "type", tr("rosterfile.type", value=given, way_out=way_out))
    person = known_person(problem, name, given)
    if person is None:
        _nobody(problem, row, notes)
        return None
    if given in problem.type and given != person.type and not notes.earlier:
        notes.add(row, "type", tr("rosterfile.type_other", person=name, value=given, type=person.type))
    employer = problem.type[person.type].employer
    if row["employer"] and row["employer"] != employer:
        words = {"value": row["employer"], "person": name, "employer": employer}
        notes.add(row, "employer", tr("rosterfile.employer", **words))
    return person


def _nobody(problem: Problem, row: SheetRow, notes: Notes) -> None:
    """Note that a row names nobody who is known."""
    name, given = row["person"], row["type"]
    if problem.people:
        way_out = did_you_mean(name, list(problem.person))
        notes.add(row, "person", tr("rosterfile.person", value=name, way_out=way_out))
    elif given in problem.type or not given:
        example = f"{problem.types[0].name}-1" if problem.types else "ops-1"
        notes.add(row, "person", tr("rosterfile.person_type", value=name, example=example))


def _duty(
    problem: Problem, person: Person | None, row: SheetRow, words: CellWords, notes: Notes
) -> tuple[Duty, str] | None:
    text = row["duty"]
    if not text:
        notes.add(row, "duty", tr("rosterfile.cell_empty", column="duty"))
        return None
    if person is None:
        return None
    staff = problem.type[person.type]
    meaning = words.meaning(staff, text)
    if meaning is None and notes.earlier:
        others = sorted(problem.types, key=lambda other: other.name != row["type"])
        meaning = next(filter(None, (words.meaning(other, text) for other in others)), None)
    if meaning is not None:
        return meaning.duty, meaning.leave
    duties = [each for each in problem.duties(staff) if row.places == {} or not each.is_off]
    own = [each.letters if row.places else each.name for each in duties]
    allowed = tr("rosterfile.allowed", names=", ".join(own[:20]))
    if words.at_work(text):
        notes.add(row, "duty", tr("rosterfile.duty_other", value=text, type=staff.name, way_out=allowed))
        return None
    near = did_you_mean(text, own)
    way_out = _as_split(text, duties) or (allowed if row.places else near)
    notes.unknown(
        text, Unknown(row.line, row.place("duty"), staff.name, way_out, bool(near) and not row.places)
    )
    return None


def _as_split(text: str, duties: Iterable[Duty]) -> str:
    """Return how a split shift is written, where that is what a duty seems to be."""
    shifts = [duty.shift for duty in duties if duty.shift is not None and duty.standby is None]
    spans = {word: (shift.start, shift.end) for shift in shifts for word in (shift.letter, shift.name)}
    return as_split_shift(text, spans)


def _check_times(zone: str, row: SheetRow, on: date, duty: Duty, notes: Notes) -> None:
    """Compare what start and end say with the duty; empty cells say nothing."""
    for column, minutes in (("start", [p.start for p in duty.parts]), ("end", [p.end for p in duty.parts])):
        if not row[column]:
            continue
        try:
            given = parse_time(row[column], on, zone)
        except ValueError as error:
            notes.add(row, column, str(error))
            continue
        dated = len(row[column]) > len("00:00:00")
        if given not in minutes and (dated or given % 1440 not in {minute % 1440 for minute in minutes}):
            notes.add(row, column, tr(f"rosterfile.{column}", value=row[column], duty=duty.name))


def _split_duty(problem: Problem, person: Person, entries: Sequence[_Entry]) -> Duty | None:
    """Return the split shift of which rows of one day name the stretches, each by a shift of its own."""
    shifts = [entry.duty.shift for entry in entries]
    if len(shifts) < 2 or any(shift is None or shift.pauses for shift in shifts):
        return None
    stretches = sorted(stretch for shift in shifts if shift is not None for stretch in shift.stretches)
    own = problem.duties(problem.type[person.type])
    return next(
        (
            duty
            for duty in own
            if duty.shift is not None and duty.standby is None and list(duty.shift.stretches) == stretches
        ),
        None,
    )


def _file(entries: list[_Entry], entry: _Entry, notes: Notes) -> None:
    """Add a row to those of the same person and date: the parts of one duty, each once."""
    if entries:
        first = entries[0]
        words = {
            "person": entry.person.name,
            "line": first.row.line,
            "duty": entry.duty.name,
            "other": first.duty.name,
        }
        same_part = any(other.part == entry.part for other in entries if entry.part)
        if first.duty != entry.duty:
            both = [first.duty, entry.duty]
            split = _as_split("+".join(duty.name for duty in both), both)
            notes.add(entry.row, "duty", tr("rosterfile.two_duties", **words, split=split))
        elif same_part or len(entries) >= max(1, len(entry.duty.parts)):
            notes.add(entry.row, "person", tr("rosterfile.twice", **words))
    entries.append(entry)


def _check_weeks(problem: Problem, horizon: Horizon, path: Path, days: Collection[int]) -> None:
    """Refuse a file that says nothing of the calendar's first or last week: it was made for other dates."""
    if any(day < 7 for day in days) and any(day >= horizon.days - 7 for day in days):
        return
    found = [horizon.on(day).isoformat() for day in (min(days, default=0), max(days, default=0))]
    message = tr("rosterfile.too_few", first=found[0], end=found[1], **_frame(problem, horizon))
    raise Faults(str(path), [Fault(None, "date", message)])
