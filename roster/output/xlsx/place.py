"""Where the grid stands in its sheet, and what is at hand while it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from roster.checker import stand_in_name
from roster.domain.horizon import DayKind
from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.output.examined_roster import Examined
from roster.output.words.gaps import empty_days
from roster.output.xlsx.duties import Letters
from roster.output.xlsx.looks import HOLIDAY, WEEKEND, Looks

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_DAY = 2
"""The column of the first date; names and types stand before it."""


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Where the grid stands: the row of its dates, the first and the last row of people, the number of days."""

    name: str
    head: int
    people: int
    days: int

    @property
    def first(self) -> int:
        """Row of the first person, from 0."""
        return self.head + 1

    def row(self, index: int, first: int = 0, last: int | None = None) -> str:
        """
        Return the cells of a person from one day to another, as formulas name them.

        Parameters
        ----------
        index : The person's place in the roster.
        first, last : Numbers of the days, both included; the whole calendar where not given.
        """
        row = self.first + index
        start = xl_rowcol_to_cell(row, FIRST_DAY + first, col_abs=True)
        until = xl_rowcol_to_cell(row, FIRST_DAY + (self.days - 1 if last is None else last), col_abs=True)
        return f"'{self.name}'!{start}:{until}"

    def dates(self, first: int, last: int) -> str:
        """Return the cells of the dates from one day to another."""
        start = xl_rowcol_to_cell(self.head, FIRST_DAY + first, row_abs=True, col_abs=True)
        until = xl_rowcol_to_cell(self.head, FIRST_DAY + last, row_abs=True, col_abs=True)
        return f"'{self.name}'!{start}:{until}"

    def column(self, day: int) -> str:
        """Return the cells of everybody on one day."""
        name = xl_col_to_name(FIRST_DAY + day)
        return f"{name}${self.first + 1}:{name}${self.first + self.people}"


@dataclass
class GridSheet:
    """What is at hand while the grid is drawn."""

    sheet: Worksheet
    looks: Looks
    examined: Examined
    letters: Letters
    name: str
    changed: frozenset[tuple[str, int]] = frozenset()

    @property
    def problem(self) -> Problem:
        """The problem."""
        return self.examined.problem

    @property
    def roster(self) -> Roster:
        """The roster."""
        return self.examined.roster

    def ground(self, day: int) -> dict[str, Any]:
        """Return the shade of a column."""
        kind = self.roster.horizon.kind(day)
        shades = {DayKind.HOLIDAY: HOLIDAY, DayKind.RESTDAY: WEEKEND}
        return {"bg_color": shades[kind]} if kind in shades else {}

    @cached_property
    def seats(self) -> list[tuple[str, list[int]]]:
        """The vendor seats that are taken, each with the days on which it is filled."""
        offers = {seat.name: seat for seat in self.problem.seats}
        needs = self.roster.horizon.needs
        found = []
        for use in self.roster.seats:
            seat = offers[use.seat]
            posts = [self.problem.post[name] for name in seat.posts]
            days = [
                day
                for day in range(self.roster.horizon.days)
                if needs(seat.days, day) and any(needs(post.days, day) for post in posts)
            ]
            found += [(f"{seat.name} #{number + 1}", days) for number in range(use.number)]
        return [*found, *sorted(self._stand_ins().items())]

    @cached_property
    def empty(self) -> dict[str, dict[int, int]]:
        """The person-minutes that posts stay empty, by post and day."""
        return empty_days(self.examined)

    def _stand_ins(self) -> dict[str, list[int]]:
        """Return a vendor's people for single days, by name, with their days."""
        found: dict[str, list[int]] = {}
        for each in self.roster.stand_ins:
            for number in range(each.number):
                found.setdefault(stand_in_name(each.post, number), []).append(each.day)
        return found
