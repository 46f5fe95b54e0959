"""Leave out of an HR system: a table in CSV or a workbook, or a calendar with names in its summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from roster.domain.problem import Ban, Problem, Restriction
from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.rosters.csv_sheet import column_called, read_records, unguarded
from roster.rosters.dates import parse_date, year_last
from roster.rosters.day_axis import Clues, Frame, pairs, readings
from roster.rosters.day_heads import day_mark
from roster.rosters.oncall_files import read_on_call
from roster.rosters.people import same_name
from roster.rosters.workbook import HEAD_ROWS, Sheet, is_book, read_sheets
from roster.suggestions import did_you_mean

HEADS = {
    "from": (
        *("from", "start", "begin", "start date", "from date", "first"),
        *("开始", "开始日期", "起", "起始日期", "开始时间"),
    ),
    "to": (
        *("to", "end", "until", "end date", "to date", "last"),
        *("结束", "结束日期", "止", "截止日期", "结束时间"),
    ),
    "kind": (*("kind", "type", "leave type", "reason"), *("类型", "类别", "请假类型", "假别", "假期类型")),
    "half": ("half", "half day", "days", "半天", "天数", "时长"),
}
"""What tables of leave call their columns, beside the person's."""

HALVES = ("0.5", "am", "pm", "half", "yes", "上午", "下午", "半天")


@dataclass(frozen=True, slots=True)
class FoundLeave:
    """Leave that a file tells, and remarks on how it was read."""

    leave: tuple[Restriction, ...]
    remarks: tuple[str, ...] = ()


def read_leave(problem: Problem, path: Path) -> FoundLeave:
    """Return the leave in a file, of people of the scenario or numbered ones; raises FileFault or Faults."""
    if not is_book(path) and path.suffix.lower() == ".ics":
        return _from_calendar(problem, path)
    for sheet in read_sheets(path) if is_book(path) else [_sheet(path)]:
        for at, cells in enumerate(sheet.cells[:HEAD_ROWS]):
            heads = {
                name: column for column, cell in reversed(list(enumerate(cells))) for name in _head(cell)
            }
            if {"person", "from"} <= set(heads):
                return _from_table(problem, path, sheet, at, heads)
    raise FileFault(tr("import.no_leave_columns", file=path))


def _sheet(path: Path) -> Sheet:
    lines = read_records(path).lines
    return Sheet(
        path.name, tuple(tuple(unguarded(cell.strip(" \u3000")) for cell in cells) for _, cells in lines)
    )


def _head(cell: str) -> Iterator[str]:
    name = cell.strip().lower()
    if column_called(name) == "person":
        yield "person"
    yield from (key for key, words in HEADS.items() if name in words)


def _from_table(problem: Problem, path: Path, sheet: Sheet, at: int, heads: dict[str, int]) -> FoundLeave:
    faults: list[Fault] = []
    found: list[Restriction] = []
    halves = 0
    open_dates = _dates(problem, sheet, at, heads)
    for row in range(at + 1, len(sheet.cells)):
        texts = {name: sheet.text(row, column) for name, column in heads.items()}
        if not texts["person"] and not texts["from"]:
            continue
        wrong: list[tuple[str, str]] = []
        name = _who(problem, texts["person"], wrong)
        first = _date(problem, texts["from"], open_dates, "from", wrong)
        last = _date(problem, texts.get("to") or texts["from"], open_dates, "to", wrong)
        if first is not None and last is not None and last < first:
            wrong.append(("to", tr("what_if.ends_before", first=first, last=last)))
        for key, text in wrong:
            column = heads.get(key, 0)
            faults.append(Fault(sheet.line(row, column), sheet.place(row, column), text))
        if name is not None and first is not None and last is not None and not wrong:
            found.append(Restriction(name, Ban.DUTY, first, last, texts.get("kind", "")))
            halves += texts.get("half", "").strip().lower() in HALVES
    if faults:
        raise Faults(str(path), faults)
    if not found:
        raise FileFault(tr("what_if.empty_file", file=path))
    remarks = (tr("import.halves", number=halves),) if halves else ()
    return FoundLeave(tuple(found), remarks)


def _dates(problem: Problem, sheet: Sheet, at: int, heads: dict[str, int]) -> dict[str, date]:
    """Return what dates with the year last mean, where one order of day and month fits all of them."""
    columns = [heads[name] for name in ("from", "to") if name in heads]
    texts = list(
        dict.fromkeys(
            text
            for row in range(at + 1, len(sheet.cells))
            for column in columns
            if year_last(text := sheet.text(row, column).partition(" ")[0])
        )
    )
    marks = list(pairs((number, day_mark(text)) for number, text in enumerate(texts)))
    last = problem.dates.start + timedelta(days=problem.dates.days)
    found = readings(marks, Clues(Frame(problem.dates.start, last))) if marks else []
    return {texts[number]: on for number, on in found[0]} if len(found) == 1 else {}


def _who(problem: Problem, given: str, wrong: list[tuple[str, str]]) -> str | None:
    if not given:
        wrong.append(("person", tr("what_if.no_name")))
        return None
    names = list(problem.person)
    meant = same_name(given, names)
    if meant is None:
        wrong.append(("person", tr("what_if.unknown", value=given, way_out=did_you_mean(given, names))))
    return meant


def _date(
    problem: Problem, text: str, known: dict[str, date], key: str, wrong: list[tuple[str, str]]
) -> date | None:
    plain = text.strip().partition("T")[0].partition(" ")[0]
    try:
        return known.get(plain) or parse_date(plain, problem.dates)
    except ValueError as error:
        wrong.append((key, str(error)))
        return None


def _from_calendar(problem: Problem, path: Path) -> FoundLeave:
    start = problem.dates.start
    frame = (start - timedelta(days=366), start + timedelta(days=problem.dates.days + 366))
    found, strangers = [], dict[str, Fault]()
    for one in read_on_call(path, "ics", problem.dates.time_zone, frame):
        meant = next((name for text in one.who if (name := _within(text, list(problem.person)))), None)
        if meant is None:
            name = one.who[0] if one.who else ""
            way_out = did_you_mean(name, problem.person)
            strangers.setdefault(name, Fault(None, name, tr("what_if.unknown", value=name, way_out=way_out)))
            continue
        last = (one.end - timedelta(minutes=1)).date()
        found.append(Restriction(meant, Ban.DUTY, one.start.date(), last, one.who[0]))
    if strangers:
        raise Faults(str(path), list(strangers.values()))
    return FoundLeave(tuple(found))


def _within(text: str, names: Sequence[str]) -> str | None:
    """Return the person whom a summary names: alone, or within it where only one is; the longest name goes first."""
    if (meant := same_name(text, names)) is not None:
        return meant
    inside = sorted((name for name in names if name.casefold() in text.casefold()), key=len, reverse=True)
    return inside[0] if inside and all(name in inside[0] for name in inside) else None


def leave_fragment(problem: Problem, leave: Iterable[Restriction], base: str) -> str:
    """
    Return a scenario over a base, with everybody's leave: what the base has, and this; days in a row as one.

    Parameters
    ----------
    problem, leave : The scenario with the leave it has, and what comes in addition.
    base : Path of its file, as the new one names it.
    """
    days: dict[str, set[date]] = {}
    for one in [*problem.restrictions, *leave]:
        if one.ban is Ban.DUTY:
            span = (one.last - one.first).days + 1
            days.setdefault(one.person, set()).update(one.first + timedelta(days=n) for n in range(span))
    wanted = dict.fromkeys(one.person for one in leave)
    lines = [tr("import.fragment_head"), f"base: {quoted(base)}", "people:"]
    for name in wanted:
        staff = problem.person[name].type
        spans = ", ".join(f'"{a}..{b}"' if a != b else f'"{a}"' for a, b in _spans(sorted(days[name])))
        lines.append(f"  {quoted(name)}: {{type: {quoted(staff)}, leave: [{spans}]}}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """
    Return a text as YAML takes it for a text, whatever it looks like.

    >>> quoted("no")
    '"no"'
    """
    import json

    return json.dumps(text, ensure_ascii=False)


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """
    Return days in a row as spans.

    >>> [b.day - a.day for a, b in _spans([date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 9)])]
    [1, 0]
    """
    found: list[tuple[date, date]] = []
    for on in days:
        if found and found[-1][1] + timedelta(days=1) == on:
            found[-1] = (found[-1][0], on)
        else:
            found.append((on, on))
    return found
