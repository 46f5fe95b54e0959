"""
The published rotating-workforce format: what an instance is, reading it with its faults, writing it.

Source: "Solver Independent Rotating Workforce Scheduling" (Musliu, Schutt, Stuckey, CPAIOR 2018), 2000 public
instances. One cyclic word of 7 n days over m shifts and the day off, n employees a day apart by whole weeks; the
demand of each shift on each weekday is exact; runs of days off, of work and of each shift are bounded; some pairs of
shifts may not follow each other, or not with exactly one day off between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from roster.errors import Fault, Faults, FileFault, reason
from roster.language import tr

WEEK_DAYS = 7
LARGEST_FILE = 1_000_000
MOST_SHIFTS = 50
MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Shortest and longest length of a run, in days."""

    shortest: int
    longest: int

    def __str__(self) -> str:
        return f"{self.shortest} {self.longest}"


@dataclass(frozen=True, slots=True)
class RwsShift:
    """A shift: name, start and length in minutes (they enter no rule), and the limits of its runs."""

    name: str
    start: int
    length: int
    run: Limits


@dataclass(frozen=True, slots=True)
class Instance:
    """
    One published instance.

    Parameters
    ----------
    employees : Lines of the rota: the word has 7 times as many days.
    demand : One row of seven a shift, Monday first: exactly so many work it that day.
    off, work : Limits of each run of days off, and of working days of whatever shifts.
    not_after : Pairs (a, b): b may not be worked the day after a.
    not_after_off : Pairs (a, b): b may not be worked two days after a with a day off between.
    """

    name: str
    employees: int
    shifts: tuple[RwsShift, ...]
    demand: tuple[tuple[int, ...], ...]
    off: Limits
    work: Limits
    not_after: tuple[tuple[str, str], ...] = ()
    not_after_off: tuple[tuple[str, str], ...] = ()

    @property
    def workload(self) -> int:
        """Working days in one week of the whole rota."""
        return sum(map(sum, self.demand))

    def with_employees(self, employees: int) -> Instance:
        """Return the same instance with another number of employees."""
        return replace(self, employees=employees)

    def scaled(self, factor: int) -> Instance:
        """Return the instance with employees and demand so many times as large."""
        demand = tuple(tuple(factor * number for number in row) for row in self.demand)
        return replace(self, name=f"{self.name} x{factor}", employees=factor * self.employees, demand=demand)


def read(path: Path) -> Instance:
    """
    Read an instance file.

    Raises
    ------
    FileFault
        It cannot be read, or is not text.
    Faults
        What it says cannot hold, with the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileFault(tr("bench.unreadable", file=path, reason=reason(error))) from error
    if len(data) > LARGEST_FILE:
        raise FileFault(tr("bench.too_large", file=path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileFault(tr("bench.not_text", file=path)) from error
    return parse(text, path.stem, str(path))


def parse(text: str, name: str, source: str = "") -> Instance:
    """
    Return the instance that a text in the published format describes.

    Parameters
    ----------
    text, name : The text, and the instance's name.
    source : What faults name; the instance's name where not given.

    Raises
    ------
    Faults
        The first fault.
    """
    return _Parser(text, source or name).instance(name)


def dumps(instance: Instance) -> str:
    """Return an instance in the published format."""
    rows = [
        "#Length of the schedule",
        str(WEEK_DAYS),
        "#Number of Employees",
        str(instance.employees),
        "#Number of Shifts",
        str(len(instance.shifts)),
        "#Temporal Requirements Matrix",
        *(" ".join(map(str, row)) for row in instance.demand),
        "#ShiftName, Start, Length, MinlengthOfBlocks, MaxLengthOfBlocks",
        *(f"{shift.name} {shift.start} {shift.length} {shift.run}" for shift in instance.shifts),
        "#Minimum and maximum length of days-off blocks",
        str(instance.off),
        "#Minimum and maximum length of work blocks",
        str(instance.work),
        "#Number of not allowed shift sequences: NrSequencesOfLength2, NrSequencesOfLength3",
        f"{len(instance.not_after)} {len(instance.not_after_off)}",
        "#Not allowed shift sequences",
        *(f"{a} {b}" for a, b in instance.not_after),
        *(f"{a} - {b}" for a, b in instance.not_after_off),
    ]
    return "\n".join(rows) + "\n"


class _Parser:
    """Reads the lines that count one after the other, and knows where it is."""

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        numbered = enumerate(text.splitlines(), start=1)
        self.rows: Iterator[tuple[int, list[str]]] = (
            (number, line.split())
            for number, line in numbered
            if line.strip() and not line.strip().startswith("#")
        )
        self.last = max(1, len(text.splitlines()))
        self.line = 1

    def instance(self, name: str) -> Instance:
        days = self.integers("length", 1, 1, 10_000)[0]
        if days != WEEK_DAYS:
            raise self.fault("length", tr("bench.not_seven", number=days))
        employees = self.integers("employees", 1, 1, MOST_PEOPLE)[0]
        count = self.integers("shifts", 1, 1, MOST_SHIFTS)[0]
        demand = tuple(self.integers("demand", WEEK_DAYS, 0, MOST_PEOPLE) for _ in range(count))
        shifts: list[RwsShift] = []
        for _ in range(count):
            shifts.append(self.shift({shift.name for shift in shifts}))
        off, work = self.limits("days off"), self.limits("work")
        names = {shift.name for shift in shifts}
        twos, threes = self.integers("sequences", 2, 0, MOST_SHIFTS**2)
        not_after = tuple(self.pair(names, 0) for _ in range(twos))
        not_after_off = tuple(self.pair(names, 1) for _ in range(threes))
        if extra := next(self.rows, None):
            self.line = extra[0]
            raise self.fault("end", tr("bench.more_follows", text=" ".join(extra[1])[:40]))
        return Instance(name, employees, tuple(shifts), demand, off, work, not_after, not_after_off)

    def row(self, key: str, count: int) -> list[str]:
        found = next(self.rows, None)
        if found is None:
            self.line = self.last
            raise self.fault(key, tr("bench.ends_early", key=key))
        self.line, words = found
        if len(words) != count:
            raise self.fault(key, tr("bench.count", count=count, found=len(words)))
        return words

    def integer(self, key: str, word: str, least: int, most: int) -> int:
        digits = word[1:] if word[:1] in ("-", "+") else word
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
            raise self.fault(key, tr("bench.not_whole", text=word[:40]))
        if not least <= int(word) <= most:
            raise self.fault(key, tr("bench.outside", number=word, least=least, most=most))
        return int(word)

    def integers(self, key: str, count: int, least: int, most: int) -> tuple[int, ...]:
        return tuple(self.integer(key, word, least, most) for word in self.row(key, count))

    def limits(self, key: str, words: list[str] | None = None) -> Limits:
        shortest, longest = (self.integer(key, word, 1, MOST_PEOPLE) for word in (words or self.row(key, 2)))
        if shortest > longest:
            raise self.fault(key, tr("bench.crossed", shortest=shortest, longest=longest))
        return Limits(shortest, longest)

    def shift(self, taken: set[str]) -> RwsShift:
        name, start, length, *run = self.row("shift", 5)
        if name == "-" or name in taken:
            raise self.fault("shift", tr("bench.shift_name", name=name[:40]))
        minutes = [self.integer("shift", word, 0, 1_000_000) for word in (start, length)]
        return RwsShift(name, minutes[0], minutes[1], self.limits("shift", run))

    def pair(self, names: set[str], days_off: int) -> tuple[str, str]:
        words = self.row("sequence", 2 + days_off)
        if days_off and words[1] != "-":
            raise self.fault("sequence", tr("bench.no_day_off", text=words[1][:40]))
        for word in (words[0], words[-1]):
            if word not in names:
                raise self.fault(
                    "sequence", tr("bench.no_shift", name=word[:40], names=", ".join(sorted(names)))
                )
        return words[0], words[-1]

    def fault(self, key: str, message: str) -> Faults:
        return Faults(self.source, [Fault(self.line, key, message)])
