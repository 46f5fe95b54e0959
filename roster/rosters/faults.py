"""What is wrong with the rows of a roster: the same fault on many lines once, and words that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from roster.errors import Fault
from roster.language import tr
from roster.rosters.csv_sheet import SheetRow


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that stands where a duty should: the first cell, its staff type and what would have been right."""

    line: int
    place: str
    type: str
    way_out: str
    typo: bool


@dataclass(slots=True)
class Notes:
    """The faults of a file as they are found; in an `earlier` one people may have been of other types than now."""

    lines: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    given: list[Fault] = field(default_factory=list)
    words: dict[str, Unknown] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    earlier: bool = False

    def add(self, row: SheetRow, column: str, message: str) -> None:
        """
        Note a fault of a cell.

        Parameters
        ----------
        row, column : Where it stands.
        message : What is wrong.
        """
        lines = self.lines.setdefault((row.place(column), message), [])
        if row.line not in lines:
            lines.append(row.line)

    def unknown(self, text: str, found: Unknown) -> None:
        """Note a word that is no duty; all its cells make one fault."""
        self.words.setdefault(text, found)
        self.counts[text] = self.counts.get(text, 0) + 1

    def __bool__(self) -> bool:
        return bool(self.lines or self.given or self.words)

    def asked(self) -> list[tuple[str, int, str]]:
        """Return the unknown words that are no slips of the pen, with how often and where first."""
        return [(word, self.counts[word], one.place) for word, one in self.words.items() if not one.typo]

    def faults(self) -> list[Fault]:
        """Return all of them."""
        found = list(self.given)
        for (key, message), lines in self.lines.items():
            more = tr("rosterfile.more_lines", number=len(lines) - 1) if len(lines) > 1 else ""
            found.append(Fault(lines[0], key, message + more))
        return found + list(self._words())

    def _words(self) -> Iterable[Fault]:
        for word, one in self.words.items():
            number = self.counts[word]
            more = tr("rosterfile.more_cells", number=number) if number > 1 else ""
            message = tr("rosterfile.duty", value=word, type=one.type, way_out=one.way_out)
            yield Fault(one.line, one.place, message + more)
