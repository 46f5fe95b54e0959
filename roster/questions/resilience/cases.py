"""What is asked about absences of a published roster, case by case, and what comes out; plain data that travels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from itertools import combinations

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.engine.calendar import EmptyPlaces
from roster.version import __version__


class Outcome(StrEnum):
    """What an absence does to the roster: another lawful one holds every post, none does, or time ran out."""

    SURVIVES = "survives"
    BREAKS = "breaks"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """
    What an answer rests on.

    `solved`: a search of its own. `around`: one over the days around it that holds for the whole calendar. `alike`:
    that of an absence with the same surroundings elsewhere. `apart`: the people share no post, so their answers add up.
    `contained`: one of them alone breaks the roster over these dates already.
    """

    SOLVED = "solved"
    AROUND = "around"
    ALIKE = "alike"
    APART = "apart"
    CONTAINED = "contained"


@dataclass(frozen=True, slots=True)
class AbsenceCase:
    """Some people away over the same dates: from a day on, so many days."""

    people: tuple[str, ...]
    first: int
    length: int

    @property
    def days(self) -> range:
        """Return the days of the absence."""
        return range(self.first, self.first + self.length)

    def within(self, other: AbsenceCase) -> bool:
        """Whether it is part of another absence of the same people."""
        return (
            self.people == other.people
            and other.first <= self.first
            and self.first + self.length <= other.first + other.length
        )


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """
    What a case comes to.

    `changed` counts the cells that change in the nearest roster found, the absence's own not counted, and `bound` the
    fewest not excluded; equal, the number is proven. `empty` is what stays empty in the roster that leaves least
    empty; of two people one of whom breaks it alone, what stays empty without that one. Of an absence that is left,
    `bound` is the fewest not excluded where nothing need be empty, and `changed` those of a roster that did not pass.
    Where days around decided it,
    `side` says how many on either side, and `moves` are the cells of theirs that differ: person, day, name of the duty.
    Where others help in that somebody leaves a standby to somebody, `traded` says who to whom, and any days will do on
    which that can be.
    """

    case: AbsenceCase
    outcome: Outcome
    changed: int | None = None
    bound: int | None = None
    empty: EmptyPlaces = ()
    basis: Basis = Basis.SOLVED
    side: int | None = None
    moves: tuple[tuple[str, int, str], ...] = ()
    traded: tuple[tuple[str, str], ...] = ()

    @property
    def breaks(self) -> bool:
        """Whether no lawful roster holds every hard post."""
        return self.outcome is Outcome.BREAKS

    @property
    def left(self) -> bool:
        """Whether the days around do not decide it, and more have to be asked."""
        return self.outcome is Outcome.UNKNOWN and self.side is not None

    @property
    def undecided(self) -> bool:
        """Whether time ran out."""
        return self.outcome is Outcome.UNKNOWN and self.side is None


@dataclass(frozen=True, slots=True)
class ResilienceRequest:
    """
    Which absences of a published roster are tried.

    `lengths` are days, ascending. Every absence lies in the calendar: a longer one that runs past its end asks of the
    calendar what the last whole one or a shorter one asks. `together`: up to how many people go away at once; two of
    them over the same dates, the worst that two equal absences can do to each other.
    """

    problem: Problem
    published: Roster
    lengths: tuple[int, ...] = (1, 7, 14)
    together: int = 1
    seed: int = 1

    @property
    def tried(self) -> tuple[int, ...]:
        """The lengths that are solved for one person: one day as well, which the calendar of free days needs."""
        return tuple(sorted({1, *self.lengths}))

    def starts(self, length: int) -> range:
        """Return the days on which an absence may begin."""
        return range(self.published.horizon.days - length + 1)

    def singles(self, name: str) -> list[AbsenceCase]:
        """Return the absences of one person, shortest first."""
        return [AbsenceCase((name,), first, length) for length in self.tried for first in self.starts(length)]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield every two people, in the order of the roster."""
        yield from combinations((person.name for person in self.published.people), 2)

    def day(self, number: int) -> date:
        """Return the date of a day."""
        return self.published.horizon.on(number)

    @property
    def mark(self) -> str:
        """What tells this question from any other: scenario, roster, options and program."""
        parts = (self.problem, self.published, self.lengths, self.together, self.seed, __version__)
        return hashlib.sha256(_plain(parts).encode()).hexdigest()


def _plain(value: object) -> str:
    """
    Return data as text that is the same in every process; sets have no order of their own.

    >>> _plain((frozenset({"b", "a"}), 1))
    "({'a','b'},1)"
    """
    if isinstance(value, Enum):
        return repr(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_plain(getattr(value, each.name)) for each in fields(value) if each.compare)
        return f"{type(value).__name__}({','.join(inner)})"
    if isinstance(value, (set, frozenset)):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, dict):
        pairs = sorted((_plain(key), _plain(each)) for key, each in value.items())
        return f"{{{','.join(f'{key}:{each}' for key, each in pairs)}}}"
    if isinstance(value, (tuple, list)):
        return f"({','.join(map(_plain, value))})"
    return repr(value)
