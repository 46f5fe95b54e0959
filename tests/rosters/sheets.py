"""The same roster as many planners would have written it: layouts and encodings, each a function that writes a file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from xlsxwriter.workbook import Workbook

from roster.domain.outcome import Roster
from roster.domain.problem import Duty

Cell = str | int | datetime | None
Rows = Sequence[Sequence[Cell]]
WEEK = "一二三四五六日"


def dates(roster: Roster) -> list[date]:
    return [roster.horizon.on(day) for day in range(roster.horizon.days)]


def cells(roster: Roster, said: Callable[[Duty], str]) -> list[list[Cell]]:
    """A row a person: the name, then what is said of each day."""
    return [
        [person.name, *map(said, duties)] for person, duties in zip(roster.people, roster.duties, strict=True)
    ]


def letters(off: str = "") -> Callable[[Duty], str]:
    return lambda duty: off if duty.is_off else duty.letters


def names(off: str) -> Callable[[Duty], str]:
    return lambda duty: off if duty.is_off else duty.name


def text(path: Path, rows: Rows, encoding: str = "utf-8", mark: str = ",") -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(
        [cell.date().isoformat() if isinstance(cell, datetime) else cell for cell in row] for row in rows
    )
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def book(path: Path, rows: Rows, merged: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A workbook with one sheet; each merged area says what its first cell does."""
    made = Workbook(str(path))
    sheet = made.add_worksheet("排班")
    dated = made.add_format({"num_format": "d"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(at, column, cell, dated)
            elif cell not in (None, ""):
                sheet.write(at, column, cell)
    for top, left, bottom, right in merged:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    made.close()
    return path


def ods(path: Path, rows: Rows) -> Path:
    """A sheet of LibreOffice, of the least that one needs."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, int)
            else '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(str(cell or ''))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return path


def own_grid(path: Path, roster: Roster) -> Path:
    head = ["person", "type", *(on.isoformat() for on in dates(roster))]
    rows = [[name, "ops", *rest] for name, *rest in cells(roster, letters("-"))]
    return text(path, [head, *rows], "utf-8-sig")


def gbk_day_numbers(path: Path, roster: Roster) -> Path:
    first = dates(roster)[0]
    head: list[Cell] = ["姓名", *(str(on.day) for on in dates(roster))]
    title: list[Cell] = [f"信息科{first.year}年{first.month}月值班表"]
    return text(path, [title, [], head, *cells(roster, letters("休"))], "gb18030", ";")


def american_utf16(path: Path, roster: Roster) -> Path:
    head = ["Name", *(f"{on.month}/{on.day}" for on in dates(roster))]
    week = ["", *(on.strftime("%a") for on in dates(roster))]
    return text(path, [head, week, *cells(roster, letters("OFF"))], "utf-16", "\t")


def dates_down(path: Path, roster: Roster) -> Path:
    rows = cells(roster, names("."))
    turned: list[list[Cell]] = [["", *(row[0] for row in rows)]]
    turned += [
        [on.strftime("%d.%m.%Y"), *(row[at + 1] for row in rows)] for at, on in enumerate(dates(roster))
    ]
    return text(path, turned, "utf-8", ";")


def chinese_workbook(path: Path, roster: Roster) -> Path:
    every = dates(roster)
    wide = len(every)
    rows: list[list[Cell]] = [
        ["值班表"],
        ["姓名", *(f"{on.month}月{on.day}日" for on in every)],
        ["星期", *(WEEK[on.weekday()] for on in every)],
        *cells(roster, letters("休")),
        [],
        ["备注：休=休息"],
        ["合计", *(len(roster.people) for _ in every)],
    ]
    return book(path, rows, [(0, 0, 0, wide), (len(rows) - 2, 0, len(rows) - 2, wide)])


def dated_workbook(path: Path, roster: Roster) -> Path:
    head: list[Cell] = ["No", "who", *(datetime(on.year, on.month, on.day) for on in dates(roster))]
    rows = [[at + 1, *row] for at, row in enumerate(cells(roster, letters("/")))]
    return book(path, [["Rota"], head, *rows])


def open_document(path: Path, roster: Roster) -> Path:
    first = dates(roster)[0]
    head: list[Cell] = ["name", *(on.day for on in dates(roster))]
    return ods(path, [[first.strftime("%B %Y")], head, *cells(roster, letters("-"))])


def weeks_below(path: Path, roster: Roster) -> Path:
    rows: list[list[Cell]] = []
    for start in range(0, roster.horizon.days, 7):
        week = dates(roster)[start : start + 7]
        rows.append(["", *(f"{on.day}/{on.month}/{on.year}" for on in week)])
        rows += [[row[0], *row[start + 1 : start + 8]] for row in cells(roster, letters("off"))]
        rows.append([])
    return text(path, rows, "utf-8")


def _list(roster: Roster, written: Callable[[date], str], head: list[Cell]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [head]
    for person, duties in zip(roster.people, roster.duties, strict=True):
        for on, duty in zip(dates(roster), duties, strict=True):
            rows.append([written(on), person.name, "off" if duty.is_off else duty.name])
    return rows


def american_list(path: Path, roster: Roster) -> Path:
    return text(path, _list(roster, lambda on: f"{on.month}/{on.day}/{on.year}", ["date", "person", "duty"]))


def german_list(path: Path, roster: Roster) -> Path:
    rows = _list(roster, lambda on: on.strftime("%d.%m.%Y"), ["日期", "姓名", "班次"])
    return text(path, rows, "gb18030", ";")


def marked_days(path: Path, roster: Roster) -> Path:
    """Weekdays within the cells of the days, months over them."""
    every = dates(roster)
    months: list[Cell] = [""]
    for at, on in enumerate(every):
        months.append(f"{on.year}年{on.month}月" if at == 0 or on.day == 1 else "")
    head: list[Cell] = ["", *(f"{on.day}({WEEK[on.weekday()]})" for on in every)]
    return text(path, [months, head, *cells(roster, names("休息"))], "utf-8-sig")


def labelled_weeks(path: Path, roster: Roster) -> Path:
    """Weeks below one another that name their weekdays alone, each under a label with its first day."""
    rows: list[list[Cell]] = []
    for start in range(0, roster.horizon.days, 7):
        on = dates(roster)[start]
        rows.append([f"Week of {on.day}.{on.month}.{on.year}"])
        rows.append(["", *((on + timedelta(days=at)).strftime("%a") for at in range(7))])
        rows += [[row[0], *row[start + 1 : start + 8]] for row in cells(roster, letters("off"))]
    return book(path, rows)


def weekdays_alone(path: Path, roster: Roster) -> Path:
    head: list[Cell] = ["值班表", *(WEEK[on.weekday()] for on in dates(roster))]
    return text(path, [head, *cells(roster, letters("休"))], "utf-16-le", ";")


def names_in_cells(path: Path, roster: Roster) -> Path:
    """A row for each shift and standby, with the names of those who are on it."""
    rows: list[list[Cell]] = [["班次", *(on.isoformat() for on in dates(roster))]]
    parts = {part.name: part for line in roster.duties for duty in line for part in duty.parts}
    for part in sorted(parts.values(), key=lambda part: (not part.on_site, part.start)):
        on_it = [
            "、".join(
                f"{person.name}（组长）" if at == 0 else person.name
                for at, person in enumerate(roster.people)
                if part in roster.duties[at][day].parts
            )
            for day in range(roster.horizon.days)
        ]
        rows.append([part.name, *on_it])
    return text(path, rows, "gb18030")


def merged_names(path: Path, roster: Roster) -> Path:
    """A name over two rows, the second for remarks; a leader beside each day, and sums at the right."""
    first = dates(roster)[0]
    rows: list[list[Cell]] = [
        [f"{first.year}年{first.month}月"],
        ["姓名", *(on.day for on in dates(roster)), "合计"],
    ]
    merged = []
    for row in cells(roster, letters("休")):
        merged.append((len(rows), 0, len(rows) + 1, 0))
        rows += [[*row, 7], ["", "培训上午"]]
    rows.append(["带班领导", *("王主任" for _ in dates(roster))])
    return book(path, rows, merged)


LAYOUTS: dict[str, Callable[[Path, Roster], Path]] = {
    "grid.csv": own_grid,
    "gbk.csv": gbk_day_numbers,
    "utf16.txt": american_utf16,
    "down.csv": dates_down,
    "cn.xlsx": chinese_workbook,
    "dated.xlsx": dated_workbook,
    "open.ods": open_document,
    "weeks.csv": weeks_below,
    "us.csv": american_list,
    "de.csv": german_list,
    "marked.csv": marked_days,
    "labelled.xlsx": labelled_weeks,
    "alone.csv": weekdays_alone,
    "names.csv": names_in_cells,
    "merged.xlsx": merged_names,
}
