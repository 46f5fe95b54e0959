"""Leave as people give it: `NAME:FROM..TO` on the command line, or a file with the columns person, from, to."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from roster.domain.problem import DAY, DateRange
from roster.errors import Fault, FileFault
from roster.language import listed, tr
from roster.notation.timespans import BARE_TIME, split_moment
from roster.notation.values import clock
from roster.rosters.csv_sheet import DELIMITERS, read_text, unguarded
from roster.rosters.dates import either_way, parse_date
from roster.suggestions import did_you_mean

COLUMNS = ("person", "from", "to")


@dataclass(frozen=True, slots=True)
class LeaveText:
    """One leave as it was given: where, and its three texts."""

    file: str
    line: int | None
    person: str
    first: str
    last: str

    def fault(self, message: str) -> Fault:
        """Return a fault of this leave."""
        given = "" if self.line is not None else f"{self.person}:{self.first}..{self.last}"
        return Fault(self.line, given, message, self.file)


@dataclass(frozen=True, slots=True)
class LeaveSpan:
    """A leave understood: a person of the roster, and two dates, both included; from and to which minute of them."""

    person: str
    first: date
    last: date
    start: int = 0
    end: int = DAY


_TIME = re.compile(r"(?<=[ T.])(\d{1,2}):(\d{2})(?!\d|\.\d|[-/年])")
"""A time of day, of which the colon does not end a name."""


def split_leave(text: str) -> LeaveText | Fault:
    """
    Return the three texts of `NAME:FROM..TO`; one date alone is a day.

    >>> split_leave("Li Na:2027-01-04..2027-01-10")
    LeaveText(file='', line=None, person='Li Na', first='2027-01-04', last='2027-01-10')
    """
    plain = _TIME.sub("\\1\0\\2", text.replace("：", ":"))
    name, colon, dates = (part.replace("\0", ":") for part in plain.rpartition(":"))
    first, dots, last = dates.partition("..")
    if not colon or not name.strip() or not first.strip() or (dots and not last.strip(" .")):
        return Fault(None, text, tr("what_if.malformed"))
    return LeaveText("", None, name.strip(), first.strip(), (last if dots else first).strip())


def read_leaves(path: Path) -> tuple[list[LeaveText], list[Fault]]:
    """Return the rows of a leave file, and what is wrong with its form. Raises FileFault where it cannot be read."""
    text = read_text(path)
    head = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise FileFault(tr("what_if.not_csv", file=path, why=error)) from error
    if not rows:
        raise FileFault(tr("what_if.empty_file", file=path))
    (line, names), *body = rows
    columns = [name.strip().lower() for name in names]
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        return [], [Fault(line, name, tr("what_if.no_column", column=name), str(path)) for name in missing]
    if not body:
        raise FileFault(tr("what_if.empty_file", file=path))
    places = [columns.index(column) for column in COLUMNS]
    return [_row(path, line, cells, places) for line, cells in body], []


def _row(path: Path, line: int, cells: Sequence[str], places: Sequence[int]) -> LeaveText:
    person, first, last = (
        unguarded(cells[place].strip(" \u3000")) if place < len(cells) else "" for place in places
    )
    return LeaveText(str(path), line, person, first, last)


def parse_leaves(
    asked: Iterable[LeaveText], people: Sequence[str], dates: DateRange
) -> tuple[list[LeaveSpan], list[Fault]]:
    """
    Return the leaves whose names and dates lead somewhere, and what is wrong with the others.

    Parameters
    ----------
    asked : Leaves as they were written.
    people, dates : Names and dates of the roster.
    """
    found: list[LeaveSpan] = []
    faults: list[Fault] = []
    for one in asked:
        wrong: list[str] = []
        name = _name(one.person, people, wrong)
        begins, ends = _moment(one.first, "", dates, wrong), _moment(one.last, one.first, dates, wrong)
        if begins is not None and ends is not None:
            wrong += _order(begins, ends, dates)
        if name is not None and begins is not None and ends is not None and not wrong:
            stretch = _inside(
                LeaveSpan(name, begins[0], ends[0], begins[1] or 0, DAY if ends[1] is None else ends[1]),
                dates,
            )
            wrong += _overlaps(stretch, found)
            found.append(stretch)
        faults += [one.fault(message) for message in dict.fromkeys(wrong)]
    return found, faults


def _name(given: str, people: Sequence[str], wrong: list[str]) -> str | None:
    """Return who is meant: the name itself, or the only one that differs in case, width or blanks."""
    if not given:
        wrong.append(tr("what_if.no_name"))
        return None
    if given in people:
        return given
    same = [name for name in people if _plain(name) == _plain(given)]
    near = same or [name for name in people if _plain(given) in _plain(name)]
    if len(near) > 1:
        wrong.append(tr("what_if.ambiguous", value=given, names=listed(near[:12])))
        return None
    if same:
        return same[0]
    if near:
        wrong.append(tr("what_if.unknown", value=given, way_out=tr("what_if.mean", name=near[0])))
        return None
    wrong.append(tr("what_if.unknown", value=given, way_out=did_you_mean(given, people)))
    return None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


Moment = tuple[date, int | None]
"""A date, and the minute of it where one is given."""


def _moment(text: str, of: str, dates: DateRange, wrong: list[str]) -> Moment | None:
    """Return a date with its time; a time alone is on the date of another text."""
    on, time = split_moment(text)
    if of and BARE_TIME.fullmatch(text):
        on, time = split_moment(of)[0], text
    found = _date(on, dates, wrong)
    if found is None or not time:
        return None if found is None else (found, None)
    try:
        minute = clock(time)
    except ValueError as error:
        wrong.append(str(error))
        return None
    # A spreadsheet gives every date a time, midnight.
    return found, None if minute == 0 else minute


def _date(text: str, dates: DateRange, wrong: list[str]) -> date | None:
    try:
        return either_way(text, dates) or parse_date(text, dates)
    except ValueError as error:
        wrong.append(str(error))
        return None


def _inside(leave: LeaveSpan, dates: DateRange) -> LeaveSpan:
    """Return the part of a leave that lies in the calendar: holidays know no ends of months."""
    first, start = max((leave.first, leave.start), (dates.start, 0))
    last, end = min((leave.last, leave.end), (dates.last, DAY))
    return replace(leave, first=first, last=last, start=start, end=end)


def _order(begins: Moment, ends: Moment, dates: DateRange) -> Iterator[str]:
    (first, start), (last, end) = begins, ends
    if last < first or (last == first and (DAY if end is None else end) <= (start or 0)):
        yield tr("what_if.ends_before", first=_shown(begins), last=_shown(ends))
        return
    if last < dates.start or first > dates.last:
        yield tr("what_if.outside", first=first, last=last, start=dates.start, end=dates.last)


def _shown(moment: Moment) -> str:
    on, minute = moment
    return str(on) if minute is None else f"{on} {minute // 60:02d}:{minute % 60:02d}"


def _overlaps(stretch: LeaveSpan, others: Iterable[LeaveSpan]) -> Iterator[str]:
    for other in others:
        if (
            other.person == stretch.person
            and (other.first, other.start) < (stretch.last, stretch.end)
            and (stretch.first, stretch.start) < (other.last, other.end)
        ):
            yield tr("what_if.overlap", person=other.person, first=other.first, last=other.last)


def frozen_day(
    text: str | None, leaves: Sequence[LeaveSpan], dates: DateRange
) -> tuple[int | None, list[Fault]]:
    """
    Return the last day that may not change, None where all may; and what is wrong with the date given.

    Parameters
    ----------
    text : The date as it was written; None for none.
    leaves, dates : The leaves that may not lie before it, and the dates of the roster.
    """
    if text is None:
        return None, []
    wrong: list[str] = []
    on = _date(text, dates, wrong)
    if on is not None:
        late = [one for one in leaves if one.last <= on]
        wrong += [tr("what_if.frozen_leave", person=one.person, last=one.last) for one in late]
        if on >= dates.last and not late:
            wrong.append(tr("what_if.frozen_all"))
    faults = [Fault(None, f"--freeze-until {text}", message) for message in wrong]
    return (None if on is None or on < dates.start else (on - dates.start).days), faults
