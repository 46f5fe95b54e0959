"""The grid as something to work with: colours that follow edits, duties offered as a list, paper and screen."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from roster.domain.horizon import DayKind
from roster.domain.problem import Person
from roster.language import tr
from roster.output.words.duties import OFF_LETTER, letters, widest
from roster.output.xlsx.looks import BAD, FAINT, HOLIDAY, WEEKEND, Tints, width_of
from roster.output.xlsx.place import FIRST_DAY, GridPlace, GridSheet
from roster.rosters.grid import SUMS

WEEKS_ON_A4, WEEKS_ON_A3 = 4, 6
"""Weeks side by side on a sheet of paper; longer calendars go on over several."""


def colour_as_edited(given: GridSheet, place: GridPlace) -> None:
    """Let the colour of a cell follow its letters when they are edited, and mark what is no duty."""
    if not place.people:
        return
    area = (place.first, FIRST_DAY, place.first + place.people - 1, FIRST_DAY + place.days - 1)
    corner = xl_rowcol_to_cell(place.first, FIRST_DAY)
    tints = Tints(given.problem)
    rule: dict[str, Any] = {"type": "formula", "stop_if_true": True}
    for duty in given.letters.duties:
        look = {key: value for key, value in tints.of(duty).items() if key != "font_size"}
        shown = given.looks.book.add_format(look)
        criteria = f'=EXACT({corner},"{letters(duty)}")'
        given.sheet.conditional_format(*area, {**rule, "criteria": criteria, "format": shown})
    off = f'=OR({corner}="",{corner}="{OFF_LETTER}",{corner}="-")'
    for kind, shade in ((DayKind.HOLIDAY, HOLIDAY), (DayKind.RESTDAY, WEEKEND), (DayKind.WORKDAY, "#FFFFFF")):
        days = [day for day in range(place.days) if given.roster.horizon.kind(day) is kind]
        if not days:
            continue
        spans = [
            f"{xl_rowcol_to_cell(place.first, FIRST_DAY + first)}:"
            f"{xl_rowcol_to_cell(place.first + place.people - 1, FIRST_DAY + last)}"
            for first, last in _stretches(days)
        ]
        first_cell = spans[0].split(":")[0]
        shown = given.looks.book.add_format({"bg_color": shade, "font_color": FAINT, "bold": False})
        options = {**rule, "criteria": off.replace(corner, first_cell), "format": shown}
        given.sheet.conditional_format(spans[0], {**options, "multi_range": " ".join(spans)})
    wrong = given.looks.book.add_format({"bg_color": BAD, "font_color": "#FFFFFF", "bold": True})
    given.sheet.conditional_format(*area, {**rule, "criteria": f"=NOT({off[1:]})", "format": wrong})


def _stretches(days: list[int]) -> list[tuple[int, int]]:
    """
    Return runs of consecutive numbers as first and last.

    >>> _stretches([0, 1, 2, 5])
    [(0, 2), (5, 5)]
    """
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def offer_duties(given: GridSheet, place: GridPlace) -> None:
    """Offer each person's duties as a list; anything else is warned of, not refused: `check` has the last word."""
    for first, last, kind in _same_type(given.roster.people):
        staff = given.problem.type[kind]
        options = [letters(duty) for duty in given.problem.duties(staff)]
        if len(",".join(options)) > 250:
            continue
        given.sheet.data_validation(
            place.first + first,
            FIRST_DAY,
            place.first + last,
            FIRST_DAY + place.days - 1,
            {
                "validate": "list",
                "source": options,
                "error_type": "warning",
                "error_title": tr("export.no_duty_title"),
                "error_message": tr("export.no_duty")[:250],
            },
        )


def _same_type(people: tuple[Person, ...]) -> list[tuple[int, int, str]]:
    """Return runs of people of one type as first, last, type."""
    runs: list[tuple[int, int, str]] = []
    for index, person in enumerate(people):
        if runs and runs[-1][2] == person.type:
            runs[-1] = (runs[-1][0], index, person.type)
        else:
            runs.append((index, index, person.type))
    return runs


def set_paper(given: GridSheet, place: GridPlace) -> None:
    """Set widths, what stays on screen, and how it is printed."""
    sheet, roster = given.sheet, given.roster
    labels = [tr("rosterfile.grid_person"), f"{SUMS} {tr('export.at_work')}"]
    labels += [f"{SUMS} {tr('gaps.row', post=post)}" for post in given.empty]
    names = [person.name for person in roster.people] + [name for name, _ in given.seats] + labels
    sheet.set_column(0, 0, width_of(names, 28))
    sheet.set_column(1, 1, width_of([person.type for person in roster.people], 22))
    letter = max(2, widest(duty for line in roster.duties for duty in line))
    sheet.set_column(FIRST_DAY, FIRST_DAY + place.days - 1, letter + 1.6)
    sheet.set_default_row(18)
    sheet.set_row(0, 24)
    sheet.freeze_panes(place.first, FIRST_DAY)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.repeat_rows(0, place.head)
    sheet.repeat_columns(0, FIRST_DAY - 1)
    last = place.first + place.people + len(given.seats) + 1 + len(given.empty)
    sheet.print_area(0, 0, last, FIRST_DAY + place.days - 1)
    weeks = -(-place.days // 7)
    sheet.set_paper(9 if weeks <= WEEKS_ON_A4 else 8)
    if weeks <= WEEKS_ON_A3:
        sheet.fit_to_pages(1, 0)
        return
    # Fitting to one page would shrink a year into illegible print: whole weeks a page instead.
    step = WEEKS_ON_A3 * 7
    sheet.set_v_pagebreaks([FIRST_DAY + day for day in range(step, place.days, step)])
    sheet.set_print_scale(80)
