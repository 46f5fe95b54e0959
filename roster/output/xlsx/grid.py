"""The sheet with the grid: people down, dates across, to be printed, edited and read back."""

from __future__ import annotations

from typing import Any

from roster.domain.horizon import SATURDAY, DayKind
from roster.domain.problem import Duty, Person
from roster.language import tr
from roster.output.words.duties import OFF_LETTER, letters
from roster.output.words.findings import verdict
from roster.output.words.text import fit
from roster.output.xlsx.editing import colour_as_edited, offer_duties, set_paper
from roster.output.xlsx.looks import BAD, FAINT, GOOD, HEAD, LINE, Tints
from roster.output.xlsx.place import FIRST_DAY, GridPlace, GridSheet
from roster.rosters.grid import SUMS
from roster.rosters.rows import SEAT

SEAT_MARK = "x"
"""On a day on which a vendor's seat is filled."""

GAP: dict[str, Any] = {
    "font_color": "#FFFFFF",
    "bg_color": BAD,
    "bold": True,
    "align": "center",
    "shrink": True,
}
"""The look of hours that a post stays empty."""

CHIP_DAYS = 7
"""Columns for one entry of the legend."""


def draw_grid(given: GridSheet) -> GridPlace:
    """Draw the grid and return where it stands."""
    legend_rows = _legend(given)
    place = GridPlace(given.name, 5 + legend_rows, len(given.roster.people), given.roster.horizon.days)
    _title(given)
    _head(given, place)
    for index, person in enumerate(given.roster.people):
        _person(given, place, index, person)
    for number, (name, days) in enumerate(given.seats):
        _seat_row(given, place.first + place.people + number, name, days)
    _sums(given, place, place.first + place.people + len(given.seats))
    _gaps(given, place.first + place.people + len(given.seats) + 2)
    colour_as_edited(given, place)
    offer_duties(given, place)
    set_paper(given, place)
    return place


def _title(given: GridSheet) -> None:
    horizon, sheet, looks = given.roster.horizon, given.sheet, given.looks
    looks.text(sheet, (0, 0), given.problem.called, bold=True, font_size=14)
    words = {"first": horizon.on(0), "last": horizon.on(horizon.days - 1), "people": len(given.roster.people)}
    looks.text(sheet, (1, 0), tr("export.grid_note", **words), font_color=FAINT)
    violations = given.examined.violations
    looks.text(sheet, (2, 0), verdict(violations), bold=True, font_color=BAD if violations else GOOD)


def _legend(given: GridSheet) -> int:
    """Draw the shifts and standbys side by side above the dates; return how many rows they take."""
    used = {part.name for line in given.roster.duties for duty in line for part in duty.parts}
    duties = [
        Duty(part) if part.on_site else Duty(None, part)
        for part in sorted(given.problem.shifts, key=lambda part: (not part.on_site, part.start, part.length))
        if part.name in used
    ]
    tints = Tints(given.problem)
    chips = [
        (letters(duty), f"{part.called} {part.times}", tints.of(duty))
        for duty in duties
        for part in duty.parts
    ]
    sites = {duty.site for line in given.roster.duties for duty in line}
    chips += [(f"@{one.letter}", one.called, {}) for one in given.problem.sites if one.name in sites]
    if given.changed:
        chips.append(("", tr("export.legend_changed"), {"border": 2, "border_color": BAD}))
    if given.empty:
        chips.append(("8h", tr("export.legend_empty"), GAP))
    side = max(1, min(6, given.roster.horizon.days // CHIP_DAYS))
    for number, (sign, words, look) in enumerate(chips):
        row, column = 3 + number // side, FIRST_DAY + CHIP_DAYS * (number % side)
        edge = {"align": "center", "border": 1, "border_color": LINE}
        given.looks.text(given.sheet, (row, column), sign, **{**edge, **look})
        given.looks.text(given.sheet, (row, column + 1), fit(words, 24).rstrip())
    return max(1, -(-len(chips) // side))


def _head(given: GridSheet, place: GridPlace) -> None:
    """Write the months, the weekdays or what makes a day special, and the dates as dates."""
    sheet, looks, horizon = given.sheet, given.looks, given.roster.horizon
    names = tr("plan.day_letters").split()
    edge = {"border": 1, "border_color": LINE}
    for column, key in enumerate(("grid_person", "grid_type")):
        sheet.write_blank(place.head - 1, column, None, looks.of(bg_color=HEAD, **edge))
        looks.text(sheet, (place.head, column), tr(f"rosterfile.{key}"), bold=True, bg_color=HEAD, **edge)
    for day in range(horizon.days):
        on, kind = horizon.on(day), horizon.kind(day)
        if day == 0 or on.day == 1:
            month = looks.of(bold=True, font_color="#4A4F57")
            sheet.write_string(place.head - 2, FIRST_DAY + day, f"{on:%Y-%m}", month)
        look: dict[str, Any] = {
            "bg_color": HEAD,
            **given.ground(day),
            "align": "center",
            "bold": True,
            **edge,
        }
        mark = names[horizon.weekday(day)]
        if kind is DayKind.HOLIDAY:
            mark, look["font_color"] = tr("plan.holiday_mark"), BAD
        elif kind is DayKind.WORKDAY and horizon.weekday(day) >= SATURDAY:
            mark = tr("plan.workday_mark")
        sheet.write_string(place.head - 1, FIRST_DAY + day, mark, looks.of(**look))
        looks.date(sheet, (place.head, FIRST_DAY + day), on, num_format="d", **look)


def _person(given: GridSheet, place: GridPlace, index: int, person: Person) -> None:
    sheet, looks, row = given.sheet, given.looks, place.first + index
    edge = {"border": 1, "border_color": LINE}
    looks.text(sheet, (row, 0), person.name, bold=True, **edge)
    looks.text(sheet, (row, 1), person.type, font_color="#4A4F57", **edge)
    tints = Tints(given.problem)
    for day, duty in enumerate(given.roster.duties[index]):
        look = {**given.ground(day), **tints.of(duty), "align": "center", **edge}
        if (person.name, day) in given.changed:
            look |= {"border": 2, "border_color": BAD}
        sheet.write_string(row, FIRST_DAY + day, letters(duty), looks.of(**look))


def _seat_row(given: GridSheet, row: int, name: str, days: list[int]) -> None:
    edge = {"border": 1, "border_color": LINE, "italic": True}
    given.looks.text(given.sheet, (row, 0), name, **edge)
    given.looks.text(given.sheet, (row, 1), SEAT, **edge)
    filled = set(days)
    for day in range(given.roster.horizon.days):
        mark = SEAT_MARK if day in filled else OFF_LETTER
        look = {
            **given.ground(day),
            "align": "center",
            "font_color": "#4A4F57" if mark == SEAT_MARK else FAINT,
        }
        given.sheet.write_string(row, FIRST_DAY + day, mark, given.looks.of(**look, **edge))


def _sums(given: GridSheet, place: GridPlace, row: int) -> None:
    """Write how many are at work and on call each day, as formulas that follow edits."""
    edge = {"border": 1, "border_color": LINE, "bg_color": HEAD}
    for offset, (figure, key) in enumerate((("work", "at_work"), ("call", "on_call"))):
        given.looks.text(given.sheet, (row + offset, 0), f"{SUMS} {tr(f'export.{key}')}", bold=True, **edge)
        given.sheet.write_blank(row + offset, 1, None, given.looks.of(**edge))
        for day in range(place.days):
            duties = [line[day] for line in given.roster.duties]
            at_work = sum(duty.works for duty in duties)
            on_call = sum(any(not part.on_site for part in duty.parts) for duty in duties)
            if not place.people:
                continue
            formula = f"{{={given.letters.down(figure, place.column(day))}}}"
            at = (row + offset, FIRST_DAY + day)
            value = at_work if figure == "work" else on_call
            look = given.looks.of(align="center", **edge)
            given.sheet.write_array_formula(*at, *at, formula, look, value)


def _gaps(given: GridSheet, row: int) -> None:
    """Write the hours that each post stays empty on each date, as at export; read back, they are no person's."""
    edge = {"border": 1, "border_color": LINE}
    for offset, (post, days) in enumerate(given.empty.items()):
        label = f"{SUMS} {tr('gaps.row', post=post)}"
        given.looks.text(given.sheet, (row + offset, 0), label, bold=True, font_color=BAD, **edge)
        given.sheet.write_blank(row + offset, 1, None, given.looks.of(**edge))
        for day in range(given.roster.horizon.days):
            at = (row + offset, FIRST_DAY + day)
            if day in days:
                number = round(days[day] / 60, 2)
                given.sheet.write_number(*at, number, given.looks.of(**GAP, num_format='General"h"', **edge))
            else:
                given.sheet.write_blank(*at, None, given.looks.of(**given.ground(day), **edge))
