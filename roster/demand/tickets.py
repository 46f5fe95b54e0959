"""Records of what came in: times, effort, priority and role of each row, and digests of what must not be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from roster.demand.kinds import CALLS, severity
from roster.demand.mapping import FieldColumn, Mapping, formats, guessed, kind_named, known_names, with_map
from roster.demand.tables import MOST_FAULTS, Table, read_table
from roster.demand.times import BadTime, is_empty, length, reader
from roster.errors import Fault, Faults
from roster.language import tr
from roster.readable import show
from roster.yaml.tree import Node


class Ticket(NamedTuple):
    """
    One row of an export.

    Moments are local seconds since the beginning of dates, lengths seconds; -1 where the row does not say. `key`,
    `parent`, `group` and `title` are digests of this process, 0 for none. `call` rows are each answered for itself.
    """

    line: int
    key: int
    opened: int
    answered: int
    effort: float
    resolved: int
    priority: str
    role: str
    parent: int
    group: int
    title: int
    call: bool


@dataclass(frozen=True, slots=True)
class Read:
    """
    A file read: its records, its table and columns, rows without a time of arrival, and words that mean nothing yet.

    `unknown` is how many rows have a priority that neither the tool's words nor the map explain.
    """

    file: Path
    table: Table
    mapping: Mapping
    tickets: list[Ticket]
    without_time: tuple[int, ...]
    unknown: int


class NeedsMap(Exception):
    """A table cannot be read as it is; carries the faults, and what a map of it would be."""

    def __init__(self, faults: Faults, table: Table, mapping: Mapping) -> None:
        super().__init__(str(faults))
        self.faults, self.table, self.mapping = faults, table, mapping


def read_tickets(path: Path, kind: str, given: Node | None, zone: str) -> Read:
    """
    Return what a file says.

    Parameters
    ----------
    path : The export.
    kind : What it is: a key of `KINDS`.
    given : The map, where there is one.
    zone : Time zone in which work is planned; moments of UTC are turned into it.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or says what cannot be.
    NeedsMap
        A map would help.
    """
    tool = kind_named(kind)
    table = read_table(path, known_names(tool, given))
    mapping = guessed(table, tool)
    if given is not None:
        mapping = with_map(table, mapping, given)
    if "opened" not in mapping.columns:
        heads = tr("common.comma").join(filter(None, table.head))[:300]
        words = tr("demand.no_opened", heads=heads)
        raise NeedsMap(Faults(str(path), [Fault(table.line, "opened", words)]), table, mapping)
    try:
        tickets, without, unknown = _records(table, mapping, zone)
    except Faults as faults:
        raise NeedsMap(faults, table, mapping) from None
    return Read(path, table, mapping, tickets, tuple(without), unknown)


_Cell = Callable[[Sequence[str]], str]


def _cell(column: FieldColumn | None) -> _Cell | None:
    if column is None:
        return None
    at = column.at

    def cell(cells: Sequence[str]) -> str:
        return cells[at] if at < len(cells) else ""

    return cell


def _records(table: Table, mapping: Mapping, zone: str) -> tuple[list[Ticket], list[int], int]:
    cells_of = _Cells(table, mapping, zone)
    moment, lasting, get = cells_of.moment, cells_of.lasting, cells_of.get
    words = _Words(mapping)
    tickets: list[Ticket] = []
    without: list[int] = []
    for line, cells in table.rows:
        opened = moment("opened", line, cells)
        answered = moment("answered", line, cells)
        after = lasting("answered_after", line, cells) if answered < 0 else -1.0
        resolved = moment("resolved", line, cells)
        effort = lasting("effort", line, cells)
        if opened < 0:
            without.append(line)
            continue
        tickets.append(
            Ticket(
                line,
                _digest(get.get("id"), cells),
                opened,
                opened + int(after) if after >= 0 else answered,
                effort,
                resolved,
                words.priority(cells),
                words.role(cells),
                _digest(get.get("parent"), cells),
                _digest(get.get("group"), cells),
                _digest(get.get("title"), cells),
                mapping.kind.calls or words.call(cells),
            )
        )
    if cells_of.faults:
        raise Faults(table.file, cells_of.faults)
    return tickets, without, words.unknown


def _digest(cell: _Cell | None, cells: Sequence[str]) -> int:
    """Return a number for a text that no other process could know again; 0 for none."""
    text = cell(cells) if cell is not None else ""
    return 0 if is_empty(text) else hash(text) or 1


class _Cells:
    """Moments and lengths of time of rows; what is none is kept as a fault."""

    def __init__(self, table: Table, mapping: Mapping, zone: str) -> None:
        self.columns = mapping.columns
        self.get = {name: _cell(column) for name, column in mapping.columns.items()}
        self.moments = {
            name: reader(form, zone, mapping.zone) for name, form in formats(table, mapping).items()
        }
        self.faults: list[Fault] = []

    def moment(self, name: str, line: int, cells: Sequence[str]) -> int:
        """Return a moment, -1 where the row says none."""
        cell = self.get.get(name)
        text = cell(cells) if cell is not None else ""
        if is_empty(text):
            return -1
        try:
            return self.moments[name](text)
        except BadTime:
            self._fault("bad_time", name, line, text)
            return -1

    def lasting(self, name: str, line: int, cells: Sequence[str]) -> float:
        """Return the seconds of a length of time, -1 where the row says none."""
        cell = self.get.get(name)
        text = cell(cells) if cell is not None else ""
        if text.strip() in ("", "?", "-"):
            return -1.0
        try:
            return max(-1.0, length(text, self.columns[name].unit or "min"))
        except BadTime:
            self._fault("bad_length", name, line, text)
            return -1.0

    def _fault(self, key: str, name: str, line: int, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            words = tr(f"demand.{key}", value=show(text), field=name)
            self.faults.append(Fault(line, self.columns[name].name, words))


class _Words:
    """What words of priority, role and channel mean, each looked up once."""

    def __init__(self, mapping: Mapping) -> None:
        self.kind = mapping.kind.name
        self.cells = {name: _cell(mapping.columns.get(name)) for name in ("priority", "role", "channel")}
        self.values = {
            name: mapping.columns[name].values if name in mapping.columns else {}
            for name in ("priority", "role")
        }
        self.known: dict[str, str] = {}
        self.unknown = 0

    def priority(self, cells: Sequence[str]) -> str:
        cell = self.cells["priority"]
        text = cell(cells) if cell is not None else ""
        if is_empty(text) and text.strip() != "0":
            return ""
        if text not in self.known:
            said = self.values["priority"].get(text.strip().lower())
            self.known[text] = said or severity(self.kind, text)
        self.unknown += not self.known[text]
        return self.known[text]

    def role(self, cells: Sequence[str]) -> str:
        """Return the role that a map gives a group; without a map, none: a group's name may be a person's."""
        cell = self.cells["role"]
        return "" if cell is None else self.values["role"].get(cell(cells).strip().lower(), "")

    def call(self, cells: Sequence[str]) -> bool:
        cell = self.cells["channel"]
        return cell is not None and cell(cells).strip().lower() in CALLS
