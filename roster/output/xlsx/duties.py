"""The sheet of duties: what each letter of the grid means, and the figures that the formulas add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roster.domain.problem import DAY, Duty, Problem
from roster.language import tr
from roster.output.words.duties import letters
from roster.output.xlsx.looks import LINE, Looks, Tints, width_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

FIGURES: dict[str, Callable[[Duty], int]] = {
    "minutes": lambda duty: duty.work_minutes,
    "work": lambda duty: int(duty.works),
    "night": lambda duty: int(duty.night),
    "call": lambda duty: int(any(not part.on_site for part in duty.parts)),
    "any": lambda duty: int(not duty.is_off),
    "late": lambda duty: int(any(part.end > DAY for part in duty.parts)),
    "work_late": lambda duty: int(duty.shift is not None and duty.shift.end > DAY),
    "busy": lambda duty: int(duty.work_span is not None),
    "start": lambda duty: duty.work_span[0] if duty.work_span else 0,
    "end": lambda duty: duty.work_span[1] if duty.work_span else 0,
}
"""What formulas know of a duty. `late`: runs past midnight; `busy`: ends a rest, from `start` to `end` in minutes."""

FIRST_FIGURE = 4


def every_duty(problem: Problem) -> tuple[Duty, ...]:
    """Return every duty that anybody may be given, each once, shifts first."""
    found = {letters(duty): duty for staff in problem.types for duty in problem.duties(staff)}
    return tuple(
        sorted(
            (duty for duty in found.values() if not duty.is_off),
            key=lambda duty: (duty.shift is None, duty.standby is not None, duty.parts[0].start, duty.name),
        )
    )


def titled(duty: Duty) -> str:
    """Return a duty in the words of the scenario."""
    text = " + ".join(part.called for part in duty.parts)
    return f"{text} @ {duty.site}" if duty.site else text


def times(duty: Duty) -> str:
    """Return when a duty runs, part by part."""
    return ", ".join(part.times for part in duty.parts)


@dataclass(frozen=True, slots=True)
class Letters:
    """The names under which formulas find the letters and their figures."""

    duties: tuple[Duty, ...]

    def counted(self, figure: str, cells: str) -> str:
        """Return the sum of a figure over the letters in a row of cells, as part of a formula."""
        return f"SUMPRODUCT(EXACT(duty_letter,{cells})*duty_{figure})"

    def each(self, figure: str, cells: str) -> str:
        """Return a figure of each cell of a row, side by side, as part of an array formula."""
        return f"MMULT(TRANSPOSE(duty_{figure}),--EXACT(duty_letter,{cells}))"

    def down(self, figure: str, cells: str) -> str:
        """Return the sum of a figure over the letters in a column of cells, as an array formula."""
        return f"SUM(EXACT({cells},TRANSPOSE(duty_letter))*TRANSPOSE(duty_{figure}))"


def add_duties(book: Workbook, looks: Looks, problem: Problem, name: str) -> Letters:
    """
    Add the sheet, and the names by which formulas use it.

    Parameters
    ----------
    book, looks : The workbook, and its formats.
    problem, name : The scenario, and the sheet's name.
    """
    duties = every_duty(problem)
    tints = Tints(problem)
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    looks.text(sheet, (0, 0), tr("export.duties_title"), bold=True, font_size=14)
    looks.text(sheet, (1, 0), tr("export.duties_note"), font_color="#8A9099")
    heads = ["letter", "duty", "name", "times", *FIGURES]
    for column, head in enumerate(heads):
        sheet.write_string(3, column, tr(f"export.duty_{head}"), looks.head)
    edge = {"border": 1, "border_color": LINE}
    for row, duty in enumerate(duties, start=4):
        looks.text(sheet, (row, 0), letters(duty), align="center", **tints.of(duty), **edge)
        for column, text in enumerate((titled(duty), duty.name, times(duty)), start=1):
            looks.text(sheet, (row, column), text, **edge)
        for column, of in enumerate(FIGURES.values(), start=FIRST_FIGURE):
            sheet.write_number(row, column, of(duty), looks.of(**edge))
    last = 4 + max(1, len(duties))
    columns = "ABCDEFGHIJKLMNOP"
    book.define_name("duty_letter", f"='{name}'!$A$5:$A${last}")
    for column, figure in enumerate(FIGURES, start=FIRST_FIGURE):
        book.define_name(f"duty_{figure}", f"='{name}'!${columns[column]}$5:${columns[column]}${last}")
    for column, texts in enumerate(
        ([], list(map(titled, duties)), [d.name for d in duties], list(map(times, duties)))
    ):
        sheet.set_column(column, column, width_of(texts, 40, 8))
    sheet.set_column(FIRST_FIGURE, FIRST_FIGURE + len(FIGURES) - 1, 10)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return Letters(duties)
