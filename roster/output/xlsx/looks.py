"""How cells look: fonts, fills and borders, each format made once for a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from roster.domain.problem import Duty, Problem
from roster.language import tr
from roster.output.words.duties import part_of_day
from roster.rosters.csv_sheet import guarded

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

"""What spreadsheets of the language have; where it is missing they take another by themselves."""

FILLS = {
    "day": ("#F0C75E", "#F5DD9D", "#D9A53A", "#E8E0C0"),
    "evening": ("#E58F72", "#EFB8A3", "#C9745A", "#D6A58F"),
    "night": ("#3F5F93", "#5B7FB8", "#2C4066", "#6A6FA8"),
}
INKS = {"day": "#000000", "evening": "#000000", "night": "#FFFFFF"}
STANDBY_INKS = ("#0B6E66", "#1F5F8F", "#4B6B20", "#75478A")
"""Standby has no fill: a frame and underlined small letters tell it apart in black and white too."""

WEEKEND, HOLIDAY, HEAD, LINE, FAINT = "#E7E9ED", "#F6DADA", "#DCE3EC", "#C9CED6", "#8A9099"
GOOD, BAD = "#1E6B3A", "#B3261E"

LONGEST_TEXT = 32_767
"""Characters a cell of a workbook can hold."""

_UNFIT = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold; other control characters are escaped by the format."""


def plain(text: str) -> str:
    """
    Return a text as a cell can hold it.

    >>> plain("Li\\x00 Na")
    'Li Na'
    """
    return _UNFIT.sub("", text)[:LONGEST_TEXT]


def width_of(texts: list[str], most: int, least: int = 4) -> float:
    """
    Return the width of a column that shows these texts; a Chinese character takes two.

    Parameters
    ----------
    texts : What the column holds.
    most, least : Limits of the width, in characters.

    >>> width_of(["Li", "欧阳小明"], 30)
    10
    """
    return max(least, min(most, max((cell_len(text) for text in texts), default=0))) + 2


@dataclass(slots=True)
class Looks:
    """The formats of one workbook."""

    book: Workbook
    made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def of(self, **properties: Any) -> Format:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            font = {"font_name": tr("language.font"), "font_size": 10, "valign": "vcenter"}
            self.made[key] = self.book.add_format({**font, **properties})
        return self.made[key]

    @property
    def title(self) -> Format:
        """Of the title of a sheet."""
        return self.of(bold=True, font_size=14)

    @property
    def note(self) -> Format:
        """Of what explains a sheet."""
        return self.of(font_color=FAINT)

    @property
    def head(self) -> Format:
        """Of the heads of columns."""
        return self.of(bold=True, bg_color=HEAD, border=1, border_color=LINE, text_wrap=True)

    def text(self, sheet: Worksheet, at: tuple[int, int], text: str, **properties: Any) -> None:
        """
        Write a text, never a formula, also after somebody has edited it.

        Parameters
        ----------
        sheet, at : The sheet, and row and column from 0 on.
        text, properties : What is written, and how it looks.
        """
        if guarded(text) != text:
            properties["quote_prefix"] = True
        sheet.write_string(*at, plain(text), self.of(**properties))

    def date(self, sheet: Worksheet, at: tuple[int, int], on: date, **properties: Any) -> None:
        """
        Write a date as spreadsheets count days.

        Parameters
        ----------
        sheet, at : The sheet, and row and column from 0 on.
        on, properties : What is written, and how it looks.
        """
        sheet.write_datetime(*at, datetime.combine(on, time()), self.of(**properties))


class Tints:
    """The look of each duty of a problem."""

    def __init__(self, problem: Problem) -> None:
        self._variant: dict[str, tuple[str, int]] = {}
        seen: dict[str, int] = {}
        for shift in sorted(problem.shifts, key=lambda shift: (shift.start, shift.length, shift.name)):
            part = part_of_day(shift)
            self._variant[shift.name] = part, seen.get(part, 0)
            seen[part] = seen.get(part, 0) + 1

    def of(self, duty: Duty) -> dict[str, Any]:
        """Return the properties of a duty's cell: filled at work, underlined on call, both where both."""
        if duty.is_off:
            return {"font_color": FAINT}
        part, number = self._variant[duty.parts[0].name]
        if duty.shift is None:
            ink = STANDBY_INKS[number % len(STANDBY_INKS)]
            return {"font_color": ink, "bg_color": "#FFFFFF", "bold": True, "underline": 1}
        fill = FILLS[part][number % len(FILLS[part])]
        look: dict[str, Any] = {"bg_color": fill, "font_color": INKS[part], "bold": True}
        return {**look, "underline": 1} if duty.standby is not None else look


def finish(sheet: Worksheet, rows: int, columns: int = 0) -> None:
    """
    Set what stays on screen, and how a list is printed.

    Parameters
    ----------
    sheet : The list.
    rows, columns : How many of them, above and on the left, stay.
    """
    sheet.freeze_panes(rows, columns)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(rows - 1)
    sheet.set_footer("&L&A&R&P / &N")
