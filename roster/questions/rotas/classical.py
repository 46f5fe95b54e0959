"""The classical rotas, read from `rotas.json`: who works when; every other figure is worked out from that."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import lcm

from roster.domain.problem import DAY, Duty, NightWindow, Shift
from roster.language import language, optional, tr

MORNING = 7 * 60
"""
When the day of a rota begins here.

With mornings at 07:00 each night shift belongs to the day it starts on; an hour more or less changes no rest between
shifts, no run and no hours.
"""

SYSTEMS = {
    "MAN": (("M", 0, 8), ("A", 8, 8), ("N", 16, 8)),
    "DN": (("D", 0, 12), ("N", 12, 12)),
    "X": (("X", 0, 24),),
}
"""Letters of a rota, with start after the morning and length in hours."""


@dataclass(frozen=True, slots=True)
class Classic:
    """
    One classical rota.

    Parameters
    ----------
    patterns : One letter a day, `.` off; each is walked round by as many crews as there are `offsets`, that many days
        apart.
    source : Where it is described.
    """

    key: str
    title: str
    patterns: tuple[str, ...]
    offsets: tuple[int, ...]
    source: str
    note: str

    @property
    def crews(self) -> int:
        """Crews that hold one seat around the clock."""
        return len(self.patterns) * len(self.offsets)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts it works, night shifts marked."""
        night = NightWindow()
        letters = set("".join(self.patterns)) - {"."}
        system = next(rows for name, rows in SYSTEMS.items() if letters <= set(name))
        found = []
        for letter, after, hours in system:
            start, length = MORNING + after * 60, hours * 60
            by_night = night.overlap(start, start + length) >= night.at_least
            found.append(Shift(letter, letter, start, length, work_minutes=length, night=by_night))
        return tuple(found)

    @property
    def week_minutes(self) -> float:
        """Working minutes a week of one person on average, nobody ever absent."""
        return 7 * DAY / self.crews

    def lines(self, pattern: str) -> tuple[tuple[Duty, ...], ...]:
        """Return a pattern as lines of seven days, repeated until a line ends where the pattern does."""
        duties = {shift.letter: Duty(shift) for shift in self.shifts}
        word = pattern * (lcm(len(pattern), 7) // len(pattern))
        return tuple(
            tuple(duties.get(letter, Duty()) for letter in word[at : at + 7]) for at in range(0, len(word), 7)
        )


def classics() -> tuple[Classic, ...]:
    """Return the classical rotas, named in the current language."""
    return _read(language())


@cache
def _read(_language: str) -> tuple[Classic, ...]:
    text = (files("roster") / "questions" / "rotas" / "classical.json").read_text(encoding="utf-8")
    return tuple(
        Classic(
            one["key"],
            tr(f"classical.{one['key']}_title"),
            tuple(one["patterns"]),
            tuple(one["offsets"]),
            tr(f"classical.{one['key']}_source"),
            optional(f"classical.{one['key']}_note"),
        )
        for one in json.loads(text)
    )
