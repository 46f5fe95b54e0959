"""
The days before the calendar, from the roster of the last period: rest, stretches and weekends go on from there.

The file is a roster that reaches the day before the calendar starts. People who are gone are left out and said; people
who are not in it were off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from roster.domain.problem import DAY, Problem
from roster.errors import Fault, Faults
from roster.language import listed, tr
from roster.rosters.cell_words import CellWords
from roster.rosters.csv_sheet import SheetRow
from roster.rosters.dates import parse_date
from roster.rosters.files import found_of
from roster.rosters.listing import Listing, read_listing
from roster.rosters.notation import PLAIN, Notation
from roster.rosters.people import known_person
from roster.rosters.rows import SEAT

LONGEST = 53 * 7
"""Days before the calendar that are looked at; no rule remembers more than a year."""


def with_before(problem: Problem, path: Path, notation: Notation = PLAIN) -> Problem:
    """
    Return the problem with the days before its calendar, from any roster file.

    Parameters
    ----------
    problem, path : The scenario, and the file.
    notation : What is known of its letters and its month beforehand.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or is no roster that reaches the eve of the calendar.
    """
    start = problem.dates.start
    eve = start - timedelta(days=1)
    listing = read_listing(problem, path, notation, (start - timedelta(days=LONGEST), eve), whole=False)
    if listing.faults:
        raise Faults(str(path), list(listing.faults))
    dated = [
        (row, on) for row in listing.rows if (on := _date(row, problem, listing)) is not None and on < start
    ]
    last = max((on for _, on in dated), default=None)
    if last != eve and not (listing.grid and eve in listing.days):
        shown = tr("rosterfile.before_nothing") if last is None else last.isoformat()
        raise Faults(
            str(path), [Fault(None, "date", tr("rosterfile.before_gap", last=shown, eve=eve.isoformat()))]
        )
    first = max(min((*(on for _, on in dated), *listing.days)), start - timedelta(days=LONGEST))
    gone = dict.fromkeys(row["person"] for row, _ in dated if _unknown(problem, row))
    kept = [row for row in listing.rows if not listing.grid and _date(row, problem, listing) is None]
    kept += [row for row, on in dated if on >= first and row["person"] not in gone]
    if gone and all(row["person"] in gone or not _of_somebody(row) for row, _ in dated):
        return replace(problem, notes=(*problem.notes, *_said(gone)))
    days = (start - first).days
    dates = replace(problem.dates, start=first, weeks=days // 7, extra=days % 7)
    listing = replace(listing, rows=tuple(kept))
    reading = replace(problem, dates=dates, carried=())
    earlier = found_of(reading, listing, notation, earlier=True).roster
    carried = tuple((person.name, line) for person, line in zip(earlier.people, earlier.duties, strict=True))
    own = [(row, on) for row, on in dated if _of_somebody(row)]
    moved = _moved(problem, [row for row, _ in own])
    handed = [row for row, on in own if on == eve and row["person"] in {*gone, *moved}]
    words = CellWords(problem, notation.letters, not listing.grid)
    return replace(
        problem,
        carried=carried,
        left_to_others=frozenset(name for one in handed for name in _held_on(problem, words, one)),
        notes=(*problem.notes, *_said(gone), *_said_moved(moved)),
    )


def _moved(problem: Problem, rows: Iterable[SheetRow]) -> dict[str, str]:
    """Return who was of another type in the last period, with that type."""
    found: dict[str, str] = {}
    for row in rows:
        person = known_person(problem, row["person"], row["type"])
        if person is not None and row["type"] in problem.type and person.type != row["type"]:
            found[row["person"]] = row["type"]
    return found


def _held_on(problem: Problem, words: CellWords, row: SheetRow) -> Iterator[str]:
    """Yield the posts that the eve's last duty of a row may have held past midnight."""
    staff = problem.type.get(row["type"])
    meaning = None if staff is None else words.meaning(staff, row["duty"])
    if staff is None or meaning is None:
        return
    late = [part for part in meaning.duty.parts if part.end > DAY]
    for post in (post for post in problem.posts if problem.is_eligible(staff, post)):
        if any(problem.suits(meaning.duty, part, post) for part in late):
            yield post.name


def _said(gone: Iterable[str]) -> list[str]:
    """Say who of the last period is not in the scenario any more."""
    names = listed(gone)
    return [tr("rosterfile.before_gone", people=names)] if names else []


def _said_moved(moved: Mapping[str, str]) -> list[str]:
    """Say who was of another type in the last period."""
    shown = (f"{name} ({kind})" for name, kind in moved.items())
    return [tr("rosterfile.before_moved", people=listed(shown))] if moved else []


def _date(row: SheetRow, problem: Problem, listing: Listing) -> date | None:
    try:
        return (
            listing.dates.get(row["date"]) or parse_date(row["date"], problem.dates) if row["date"] else None
        )
    except ValueError:
        return None


def _of_somebody(row: SheetRow) -> bool:
    """Whether a row is a person's, not a vendor seat's."""
    return bool(row["person"]) and row["type"].lower() != SEAT


def _unknown(problem: Problem, row: SheetRow) -> bool:
    """Whether a row is about somebody who is not in the scenario."""
    return _of_somebody(row) and known_person(problem, row["person"], row["type"]) is None
