"""DingTalk's own attendance sheet, filled: it takes back only the sheet that it exported itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roster.domain.horizon import Horizon
from roster.domain.problem import Duty
from roster.errors import Fault, Faults, FileFault
from roster.language import tr
from roster.output.examined_roster import Examined
from roster.rosters.day_axis import Frame
from roster.rosters.grid_finder import Grid, SheetContext, find_grid
from roster.rosters.people import same_name
from roster.rosters.workbook import Sheet, read_sheets

REST = "休息"
"""What DingTalk calls a day off."""


def fill_template(template: Path | None, file: Path, examined: Examined, words: Mapping[str, str]) -> None:
    """
    Write a copy of DingTalk's sheet with everybody's shifts; all other cells stay as they are.

    Parameters
    ----------
    template, file : The sheet that DingTalk exported, and the copy.
    examined : The roster with what is said of it.
    words : DingTalk's names of shifts, by duty; else a shift's title, or its name.

    Raises
    ------
    FileFault
        The template cannot be read, or the copy not written.
    Faults
        The sheet lacks people.
    """
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise FileFault(tr("export.dingtalk_library")) from error
    assert template is not None
    grid, row_of = _places(template, examined)
    try:
        book = load_workbook(template)
    except (ValueError, KeyError, OSError) as error:
        raise FileFault(tr("rosterfile.not_book", file=template, why=error)) from error
    sheet = book[grid.sheet.name]
    roster = examined.roster
    for person, duties in zip(roster.people, roster.duties, strict=True):
        for _, column, on in grid.dates:
            day = roster.horizon.number(on)
            if 0 <= day < roster.horizon.days:
                sheet.cell(row_of[person.name] + 1, column + 1).value = _said(duties[day], words)
    book.save(file)


def _said(duty: Duty, words: Mapping[str, str]) -> str:
    if duty.name in words:
        return words[duty.name]
    return REST if duty.is_off else "+".join(part.called for part in duty.parts)


def _places(template: Path, examined: Examined) -> tuple[Grid, dict[str, int]]:
    """Return where the days stand in a sheet, and the row of each person."""
    horizon: Horizon = examined.roster.horizon
    names = [person.name for person in examined.roster.people]
    sheets: list[Sheet] = read_sheets(template)
    frame = Frame(horizon.on(0), horizon.on(horizon.days - 1))
    asked = SheetContext(
        frame, None, lambda text: bool(text) and same_name(text, names) is not None, frozenset()
    )
    grid = find_grid(sheets, asked, str(template))
    if grid is None or grid.sheet.turned:
        raise FileFault(tr("export.dingtalk_sheet", file=template))
    rows: dict[str, int] = {}
    for row in range(grid.heads[0].row + 1, len(grid.sheet.cells)):
        meant = same_name(grid.sheet.text(row, grid.person), names)
        if meant is not None:
            rows.setdefault(meant, row)
    missing = [name for name in names if name not in rows]
    inside = {on for _, _, on in grid.dates}
    lacking = [horizon.on(day) for day in range(horizon.days) if horizon.on(day) not in inside]
    faults = [Fault(None, name, tr("export.dingtalk_person")) for name in missing]
    if lacking:
        faults.append(
            Fault(None, grid.sheet.name, tr("export.dingtalk_days", first=lacking[0], last=lacking[-1]))
        )
    if faults:
        raise Faults(str(template), faults)
    return grid, rows
