"""How a duty looks in a grid: a filled tile at work, a ring on call, a letter that says the same without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from roster.domain.problem import Duty, Problem, Shift
from roster.output.words.duties import letters, part_of_day

OFF = "·"
"""What stands in a day off."""

VARIANTS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile: what stands in it, its style classes, and what it says when asked."""

    text: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    cell: Cell
    title: str
    hours: str


class Tints:
    """The tiles of a problem's duties, each made once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._css = _classes(problem.shifts)
        self._cells: dict[Duty, Cell] = {}

    def cell(self, duty: Duty) -> Cell:
        """Return the tile of a duty."""
        if duty not in self._cells:
            self._cells[duty] = self._draw(duty)
        return self._cells[duty]

    def _draw(self, duty: Duty) -> Cell:
        if duty.is_off:
            return Cell(OFF, "off")
        css = [self._css.get(part.name, "d0") for part in duty.parts]
        if duty.shift is not None and duty.standby is not None:
            css[1] = "then"
        text = letters(duty)
        return Cell(text, " ".join([*css, "long"] if len(text) > 2 else css))

    def legend(self, used: Iterable[Duty]) -> list[Key]:
        """Return the shifts and standbys that occur, those at work first, in order of time."""
        names = {part.name for duty in used for part in duty.parts}
        shifts = sorted(
            (shift for shift in self._problem.shifts if shift.name in names),
            key=lambda shift: (not shift.on_site, shift.start, shift.length),
        )
        return [
            Key(
                self.cell(Duty(shift) if shift.on_site else Duty(None, shift)),
                shift.called,
                shift.times.replace("-", "–"),
            )
            for shift in shifts
        ]


def _classes(shifts: Iterable[Shift]) -> dict[str, str]:
    """
    Return a style class for each shift: the first letter says the part of the day, the number tells shifts apart.

    Standbys are told apart by their letters alone.
    """
    seen: Counter[str] = Counter()
    named = {}
    for shift in sorted(shifts, key=lambda shift: (shift.start, shift.length, shift.name)):
        part = part_of_day(shift)
        named[shift.name] = f"{part[0]}{seen[part] % VARIANTS}" if shift.on_site else "s"
        seen[part] += 1
    return named
