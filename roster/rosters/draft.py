"""
A first scenario out of a roster that somebody has: its people, its letters as shifts, and the cover seen as posts.

What a roster cannot say is marked, and asked to be checked.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from roster.domain.rule import clock
from roster.errors import FileFault
from roster.language import tr
from roster.rosters.cell_words import common
from roster.rosters.csv_sheet import read_records, unguarded
from roster.rosters.day_axis import Frame, Month
from roster.rosters.grid import NO_PEOPLE, SUMS
from roster.rosters.grid_finder import Grid, SheetContext, find_grid
from roster.rosters.workbook import Sheet, is_book, read_sheets

AROUND = 400
"""Days before and after today in which a roster without a year is looked for."""

MOST_LETTERS = 40
_TIMES = r"\s*[=:：]?\s*(\d{1,2})[:：](\d{2})\s*[-–~～至到]\s*(\d{1,2})[:：](\d{2})"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a sheet says: cells by person and date, and every text beside them."""

    cells: Mapping[str, Mapping[date, str]]
    days: tuple[date, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A word of the roster as a shift: its name in the scenario, start and length in minutes, whether guessed."""

    word: str
    name: str
    start: int
    length: int
    guessed: bool


def draft(path: Path, month: Month | None, today: date) -> str:
    """
    Return a scenario's text made from a roster file.

    Parameters
    ----------
    path, month : The roster's file, and the month it is for where that is known.
    today : A date that days without a month lie near to.

    Raises
    ------
    FileFault, Faults
        It is no roster.
    """
    seen = _seen(path, month, today)
    words = _words(seen)
    if not words:
        raise FileFault(tr("import.draft_nothing", file=path))
    start, end = seen.days[0], seen.days[-1]
    chinese = any(unicodedata.category(sign) == "Lo" for name in seen.cells for sign in name)
    letters = list(_letters(words, seen.texts))
    long = any(letter.length > 8 * 60 for letter in letters)
    regime = ("cn_comprehensive" if long else "cn_public_institution") if chinese else "eu_directive"
    parts = [
        _comment("draft_head", file=path.name),
        f"name: draft\ncalendar: {{start: {start}, end: {end}{', country: CN' if chinese else ''}}}",
        f"employers:\n  own: {{regime: {regime}}}  {_comment('draft_regime')}",
        f"roles:\n  duty: {{}}  {_comment('draft_role')}",
        "shifts:\n" + "\n".join(_shift(letter) for letter in letters),
        "posts:\n" + "\n".join(line for letter in letters for line in _posts(letter, seen)),
        f"staff_types:\n  staff: {{skills: duty}}  {_comment('draft_type')}",
        "people:\n" + "\n".join(f"  {_text(name)}: staff" for name in seen.cells),
    ]
    renamed = {letter.word: letter.name for letter in letters if letter.word != letter.name}
    if renamed:
        parts.append(
            "letters:\n" + "\n".join(f"  {_text(word)}: {_text(name)}" for word, name in renamed.items())
        )
    return "\n\n".join(parts) + "\n"


def _comment(key: str, **words: object) -> str:
    return tr(f"import.{key}", **words)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _seen(path: Path, month: Month | None, today: date) -> _Seen:
    if is_book(path):
        sheets = read_sheets(path)
    else:
        lines = read_records(path).lines
        cells = tuple(tuple(unguarded(cell.strip(" \u3000")) for cell in line) for _, line in lines)
        sheets = [Sheet(path.name, cells)]
    frame = Frame(today - timedelta(days=AROUND), today + timedelta(days=AROUND))
    grid = find_grid(sheets, SheetContext(frame, month, lambda _: False, frozenset()), str(path))
    if grid is None:
        raise FileFault(tr("rosterfile.nothing", file=path))
    people = dict(_people(grid))
    if not people:
        raise FileFault(tr("import.draft_nothing", file=path))
    days = sorted({on for _, _, on in grid.dates})
    texts = tuple(cell for row in grid.sheet.cells for cell in row if len(cell) > 3)
    return _Seen(people, tuple(days), texts)


def _people(grid: Grid) -> Iterator[tuple[str, dict[date, str]]]:
    """Yield who stands in a grid: labels with cells, that are no sums and no remarks."""
    found: dict[str, dict[date, str]] = {}
    ends = [head.row for head in grid.heads[1:]] + [len(grid.sheet.cells)]
    for head, end in zip(grid.heads, ends, strict=True):
        for row in range(head.row + 1, end):
            name = grid.sheet.text(row, grid.person)
            cells = {on: text for column, on in head.days.items() if (text := grid.sheet.text(row, column))}
            plain = row not in grid.weekdays and name and cells and not all(t == name for t in cells.values())
            if plain and not name.startswith(SUMS) and not name.casefold().startswith(NO_PEOPLE):
                found.setdefault(_fit(name), {}).update(cells)
    yield from found.items()


def _fit(name: str) -> str:
    """
    Return a name as a scenario takes it.

    >>> _fit("O'Connor, Seán"), _fit("=x")
    ("Seán O'Connor", 'x')
    """
    surname, comma, first = name.partition(",")
    plain = f"{first.strip()} {surname.strip()}" if comma and first.strip() else name
    return re.sub(r'[;#,+@"\x00-\x1f]', " ", plain).strip(" =-")[:60] or "?"


def _words(seen: _Seen) -> list[str]:
    """Return the words for duties, the commonest first: those that are no day off and no leave."""
    counts = Counter(text for cells in seen.cells.values() for text in cells.values() if common(text) is None)
    return [word for word, _ in counts.most_common(MOST_LETTERS)]


def _letters(words: Iterable[str], texts: Iterable[str]) -> Iterator[_Letter]:
    taken: set[str] = set()
    for word in words:
        name = re.sub(r'[\s;#,+@"=\-]', "_", unicodedata.normalize("NFKC", word))[:20]
        while name in taken or name in ("off", ""):
            name += "_"
        taken.add(name)
        found = next((m for text in texts if (m := re.search(re.escape(word) + _TIMES, text))), None)
        start, length = 8 * 60, 8 * 60
        if found is not None:
            start, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
            length = end - start if end > start else end - start + 24 * 60
            start %= 24 * 60
        fits = found is not None and 0 < length <= 24 * 60
        yield _Letter(word, name, *((start, length) if fits else (8 * 60, 8 * 60)), guessed=not fits)


def _length(minutes: int) -> str:
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes // 60}h {minutes % 60}min"


def _shift(letter: _Letter) -> str:
    title = f", title: {_text(letter.word)}" if len(letter.word) > 1 else ""
    sign = f", letter: {_text(letter.word)}" if len(letter.word) == 1 and letter.word == letter.name else ""
    times = f"start: {clock(letter.start)}, length: {_length(letter.length)}"
    mark = _comment("draft_times" if letter.guessed else "draft_read", word=letter.word)
    return f"  {_text(letter.name)}: {{{times}{title}{sign}}}  {mark}"


def _posts(letter: _Letter, seen: _Seen) -> Iterator[str]:
    """Yield the posts that a letter's cover amounts to: as many people as on most days, weekends apart."""
    days = seen.days
    counts = {on: sum(cells.get(on) == letter.word for cells in seen.cells.values()) for on in days}
    usual = {
        weekend: Counter(
            number for on, number in counts.items() if (on.weekday() > 4) == weekend
        ).most_common(1)
        for weekend in (False, True)
    }
    week, end = (found[0][0] if found else 0 for found in (usual[False], usual[True]))
    parts = [("", "daily", week)] if week == end else [("", "weekdays", week), ("_weekend", "weekends", end)]
    window = f"{clock(letter.start)}+{_length(letter.length)}"
    for ending, word, number in parts:
        held = sum(counts[on] == number for on in days)
        mark = _comment("draft_cover", number=number, days=held, all=len(days))
        if number:
            said = f"role: duty, days: {word}, window: {window}, people: {number}"
            yield f"  {_text(letter.name + ending)}: {{{said}}}  {mark}"
    if not week and not end:
        soft = "people: 1, hard: false, price: 1"
        mark = _comment("draft_rare", number=sum(counts.values()))
        yield f"  {_text(letter.name)}: {{role: duty, window: {window}, {soft}}}  {mark}"
