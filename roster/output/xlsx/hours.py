"""The sheet of hours: every figure of `hours.csv`, those that the grid decides as formulas over the grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from roster.checker import leave_minutes
from roster.domain.elapsed import real_duty
from roster.language import tr
from roster.output.csv.hours import HOURS_COLUMNS, hours_rows
from roster.output.examined_roster import Examined
from roster.output.words.duties import letters
from roster.output.xlsx.duties import Letters
from roster.output.xlsx.looks import BAD, LINE, Looks, finish, width_of
from roster.output.xlsx.place import GridPlace
from roster.scores import QUICK_RETURN, PersonScore

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 3
LIMITS = {
    "week_hours": "week_hours_limit",
    "longest_nights": "longest_nights_limit",
    "longest_work": "longest_work_limit",
    "standby_days": "standby_days_limit",
}

REACHING_BACK = (
    "longest_nights",
    "longest_work",
    "free_weekends",
    "quick_returns",
    "single_days_off",
    "single_days_on",
)
"""Figures in which the days before the calendar count."""

FARTHEST_END = 36 * 60 + 60
"""Minutes; where a duty ends later than this, one two days on may follow it too soon, which no formula here counts."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and whether it is one over arrays."""

    text: str
    array: bool = True


def add_hours(sheet: Worksheet, looks: Looks, examined: Examined, place: GridPlace, letters: Letters) -> None:
    """
    Fill the sheet: a row a person, in the order of the grid.

    Parameters
    ----------
    sheet, looks : The sheet, and the workbook's formats.
    examined : The roster with what is said of it.
    place, letters : Where the grid stands, and the names that formulas use for duties.
    """
    looks.text(sheet, (0, 0), tr("export.hours_title"), bold=True, font_size=14)
    looks.text(sheet, (1, 0), tr("export.hours_note"), font_color="#8A9099")
    for column, name in enumerate(HOURS_COLUMNS):
        sheet.write_string(HEAD_ROW, column, tr(f"export.hours_{name}"), looks.head)
    rows = list(hours_rows(examined.problem, examined.scores.people))
    figures = HourFormulas(examined, place, letters)
    for index, (values, score) in enumerate(zip(rows, examined.scores.people, strict=True)):
        row = HEAD_ROW + 1 + index
        written = figures.of(index, score)
        for column, (name, value) in enumerate(zip(HOURS_COLUMNS, values, strict=True)):
            _write(sheet, looks, (row, column), value, written.get(name))
    _warn(sheet, looks, len(rows))
    _paper(sheet, looks, examined)


def _write(
    sheet: Worksheet, looks: Looks, at: tuple[int, int], value: object, formula: Formula | None
) -> None:
    edge: dict[str, Any] = {"border": 1, "border_color": LINE}
    if at[1] < 3:
        looks.text(sheet, at, str(value), bold=at[1] == 0, **edge)
        return
    if value is None:
        sheet.write_blank(*at, None, looks.of(**edge))
        return
    number = float(str(value))
    look = looks.of(**edge)
    if formula is None:
        sheet.write_number(*at, number, look)
    elif formula.array:
        sheet.write_array_formula(*at, *at, f"{{={formula.text}}}", look, number)
    else:
        sheet.write_formula(*at, f"={formula.text}", look, number)


@dataclass(frozen=True, slots=True)
class HourFormulas:
    """The formulas of a person's figures: what a spreadsheet works out again when a cell of the grid is edited."""

    examined: Examined
    place: GridPlace
    letters: Letters

    def _days_present(self, index: int) -> float:
        """Return the days of the calendar that the contract's hours are asked of, leave taken out as hours."""
        problem, horizon = self.examined.problem, self.examined.roster.horizon
        person = self.examined.roster.people[index]
        staff = problem.type[person.type]
        if not staff.calendar_minutes:
            return float(horizon.days)
        taken = leave_minutes(problem, person.name, staff, horizon)
        return max(0.0, horizon.days - 7 * float(taken) / staff.calendar_minutes)

    def of(self, index: int, score: PersonScore) -> dict[str, Formula]:
        """Return the formulas by column; days before the calendar count in some figures, and the grid lacks them."""
        if self.place.days < 4:
            return {}
        row, days = self.place.row(index), self.place.days
        minutes = self._minutes(index)
        present = f"{self._days_present(index):.10g}"
        standby = self.letters.counted("call", row)
        week = f"IF({present}>0,ROUND(ROUND({minutes}*7/MAX(1,{present}),0)/60,2),ROUND({minutes}/60,2))"
        found = {
            "hours": Formula(f"ROUND({minutes}/60,2)", array=False),
            "week_hours": Formula(week, array=False),
            "working_days": Formula(self.letters.counted("work", row), array=False),
            "nights": Formula(self.letters.counted("night", row), array=False),
            "standby_days": Formula(standby, array=False),
            "standby_percent": Formula(f"ROUND(100*{standby}/{days},1)", array=False),
            "longest_nights": self._longest("night", row),
            "longest_work": self._longest("work", row),
            "free_weekends": self._free_weekends(index),
            "single_days_off": self._single(index, working=False),
            "single_days_on": self._single(index, working=True),
            "statutory_days": self._statutory(index),
        }
        if self._returns_countable():
            found["quick_returns"] = self._quick_returns(index)
        known_before = bool(self.examined.roster.history(index))
        return {name: one for name, one in found.items() if not known_before or name not in REACHING_BACK}

    def _minutes(self, index: int) -> str:
        """Return the working time; a duty over a change of clocks has more or less than on other days."""
        problem, horizon = self.examined.problem, self.examined.roster.horizon
        staff = problem.type[self.examined.roster.people[index].type]
        more = [
            f'{gain:+d}*EXACT("{letters(duty)}",{self.place.row(index, day, day)})'
            for day, _, clock in problem.clocks(staff, horizon.on(0), horizon.days)
            for duty in (self.letters.duties if day >= 0 else ())
            if (gain := real_duty(duty, clock).work_minutes - duty.work_minutes)
        ]
        counted = self.letters.counted("minutes", self.place.row(index))
        return f"({counted}{''.join(more)})" if more else counted

    def _longest(self, figure: str, row: str) -> Formula:
        """Runs are counted with FREQUENCY: the numbers of good days, sorted into bins that end at the others."""
        each, days = self.letters.each(figure, row), self.place.days
        good = f'IF({each}=1,COLUMN({row}),"")'
        other = f'IF({each}=1,"",COLUMN({row}))'
        counted = self.letters.counted(figure, row)
        return Formula(f"IF({counted}={days},{days},IF({counted}=0,0,MAX(FREQUENCY({good},{other}))))")

    def _free_weekends(self, index: int) -> Formula:
        last = self.place.days - 1
        friday, saturday, sunday = (0, last - 2), (1, last - 1), (2, last)
        off = f"({self._each('any', index, *saturday)}=0)*({self._each('any', index, *sunday)}=0)"
        early = f"({self._each('late', index, *friday)}=0)"
        inside = f"SUM((WEEKDAY({self.place.dates(*saturday)})=7)*{off}*{early})"
        first = f"(WEEKDAY({self.place.dates(0, 0)})=7)"
        both = self.letters.counted("any", self.place.row(index, 0, 1))
        return Formula(f"{inside}+{first}*({both}=0)")

    def _single(self, index: int, *, working: bool) -> Formula:
        """Days unlike the one before and the one after; beyond the calendar nothing is known, unless it ends there."""
        last = self.place.days - 1
        before, on, after = (
            self._each("work", index, first, until)
            for first, until in ((0, last - 2), (1, last - 1), (2, last))
        )
        inner, outer = (1, 0) if working else (0, 1)
        inside = f"SUM(({before}={outer})*({on}={inner})*({after}={outer}))"
        if not self.examined.problem.dates.closed:
            return Formula(inside)
        eve, end = (self._each("work", index, day, day) for day in (last - 1, last))
        return Formula(f"{inside}+SUM(({eve}={outer})*({end}={inner}))")

    def _statutory(self, index: int) -> Formula:
        """A day counts when a shift starts on it, or reaches into it from the day before."""
        horizon, statutory = self.examined.roster.horizon, self.examined.problem.dates.statutory
        days = [day for day in range(self.place.days) if horizon.on(day) in statutory]
        terms = []
        for day in days:
            term = self.letters.counted("work", self.place.row(index, day, day))
            if day:
                term += "+" + self.letters.counted("work_late", self.place.row(index, day - 1, day - 1))
            terms.append(f"MIN(1,{term})")
        return Formula("+".join(terms) or "0", array=False)

    def _returns_countable(self) -> bool:
        """Whether too short a rest shows between neighbouring days alone: no travel, no change of clocks."""
        ends = [duty.work_span[1] for duty in self.letters.duties if duty.work_span]
        problem = self.examined.problem
        problem = replace(problem, dates=replace(problem.dates, closed=False))
        near = any(
            day >= -1
            for staff in problem.types
            for day, *_ in problem.clocks(staff, problem.dates.start, problem.dates.days)
        )
        return max(ends, default=0) <= FARTHEST_END and not problem.travel and not near

    def _quick_returns(self, index: int) -> Formula:
        last = self.place.days - 1
        end = self._each("end", index, 0, last - 1)
        start = self._each("start", index, 1, last)
        busy = f"({self._each('busy', index, 0, last - 1)}=1)*({self._each('busy', index, 1, last)}=1)"
        return Formula(f"SUM({busy}*({start}+1440-{end}<{QUICK_RETURN}))")

    def _each(self, figure: str, index: int, first: int, last: int) -> str:
        return self.letters.each(figure, self.place.row(index, first, last))


def _warn(sheet: Worksheet, looks: Looks, rows: int) -> None:
    """Let a figure above its limit show in red, also after edits."""
    if not rows:
        return
    shown = looks.book.add_format({"font_color": "#FFFFFF", "bg_color": BAD, "bold": True})
    for name, limit in LIMITS.items():
        column, beside = HOURS_COLUMNS.index(name), HOURS_COLUMNS.index(limit)
        figure, most = (xl_rowcol_to_cell(HEAD_ROW + 1, at, col_abs=True) for at in (column, beside))
        rule = {"type": "formula", "criteria": f'=AND({most}<>"",{figure}>{most})', "format": shown}
        sheet.conditional_format(HEAD_ROW + 1, column, HEAD_ROW + rows, column, rule)


def _paper(sheet: Worksheet, looks: Looks, examined: Examined) -> None:
    people = examined.scores.people
    sheet.set_column(0, 0, width_of([one.name for one in people], 28))
    sheet.set_column(1, 1, width_of([one.type for one in people], 22))
    sheet.set_column(2, 2, width_of([examined.problem.type[one.type].employer for one in people], 22, 8))
    sheet.set_column(3, len(HOURS_COLUMNS) - 1, 7.5)
    sheet.set_row(HEAD_ROW, 58)
    finish(sheet, HEAD_ROW + 1, 1)
