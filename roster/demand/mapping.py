"""Which column says what: guessed from names, read from a map, and written as one to be edited."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from roster.demand.kinds import FIELDS, KINDS, LENGTHS, SEVERITIES, TIMES, UNITS, ToolKind, severity
from roster.demand.tables import Table
from roster.demand.times import Format, format_of, is_empty, order_named
from roster.errors import Fault, Faults
from roster.language import tr
from roster.readable import show
from roster.suggestions import did_you_mean
from roster.yaml import tree as source
from roster.yaml.tree import Node

ORDER_WORDS = {"ymd": "year first", "dmy": "day first", "mdy": "month first"}

SAMPLE = 5000
"""Rows by which the format of a column is told, from both ends of the file."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """
    Where a field stands.

    `at` is the column's number from 0; `order` of day, month and year where a map says it; `unit` of lengths of time;
    `values` what its words mean, in lower case.
    """

    name: str
    at: int
    order: str = ""
    unit: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of a file by field; `zone` is that of its moments, empty for the one in which work is planned."""

    kind: ToolKind
    columns: dict[str, FieldColumn]
    zone: str = ""


def known_names(kind: ToolKind, given: Node | None) -> frozenset[str]:
    """Return the names by which a table's head is found."""
    names = {name for heads in kind.columns.values() for name in heads}
    said = given.plain() if given is not None else {}
    for value in said.values() if isinstance(said, dict) else ():
        name = value.get("column") if isinstance(value, dict) else value
        if isinstance(name, str):
            names.add(name.strip().lower())
    return frozenset(names)


def guessed(table: Table, kind: ToolKind) -> Mapping:
    """Return the columns that a tool's names lead to."""
    columns: dict[str, FieldColumn] = {}
    taken: set[int] = set()
    for name in FIELDS:
        for head in kind.columns.get(name, ()):
            at = table.column(head)
            if at is not None and at not in taken:
                taken.add(at)
                unit = _unit(kind, table.head[at]) if name in LENGTHS else ""
                columns[name] = FieldColumn(table.head[at], at, unit=unit)
                break
    return Mapping(kind, columns)


def _unit(kind: ToolKind, head: str) -> str:
    """Return the unit of a length of time: what the head says, else the tool's."""
    text = head.lower()
    if "inmin" in text.replace(" ", "") or "(min" in text or "分钟" in text or text.endswith("_minutes"):
        return "min"
    if "(h" in text or "小时" in text or text.endswith("_hours"):
        return "h"
    return "s" if "seconds" in text or "(s)" in text or "秒" in text else kind.unit


def with_map(table: Table, found: Mapping, given: Node) -> Mapping:
    """
    Return the columns with what a map says of them.

    Parameters
    ----------
    table, found : The table, and what its columns were taken for.
    given : The map.

    Raises
    ------
    Faults
        What does not fit, all at once.
    """
    faults: list[Fault] = []
    columns, zone = dict(found.columns), found.zone
    entries = given.value if isinstance(given.value, dict) else {}
    for key, node in entries.items():
        if key == "time_zone":
            zone = _zone(node, faults)
        elif key not in FIELDS:
            words = tr("demand.unknown_field", value=show(key)) + did_you_mean(key, FIELDS)
            faults.append(Fault(node.line, key, words))
        elif node.value is None:
            columns.pop(key, None)
        elif (column := _column(table, key, node, found.kind, faults)) is not None:
            columns[key] = column
    if faults:
        raise Faults(given.file, faults)
    return replace(found, columns=columns, zone=zone)


def _zone(node: Node, faults: list[Fault]) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(str(node.value))
    except (ValueError, OSError, KeyError):
        faults.append(Fault(node.line, "time_zone", tr("demand.bad_zone", value=show(node.plain()))))
    return str(node.value)


def _column(table: Table, key: str, node: Node, kind: ToolKind, faults: list[Fault]) -> FieldColumn | None:
    said: Any = node.plain()
    entry: dict[str, Any] = said if isinstance(said, dict) else {"column": said}
    name = entry.get("column")
    at = table.column(name) if isinstance(name, str) else None
    before = len(faults)
    if at is None:
        heads = tr("common.comma").join(filter(None, table.head))[:300]
        hint = did_you_mean(name, table.head) if isinstance(name, str) else ""
        words = tr("demand.no_such_column", value=show(name), file=table.file, line=table.line, heads=heads)
        faults.append(Fault(node.line, key, words + hint))
    faults += [
        Fault(node.line, f"{key}.{extra}", tr("demand.unknown_key", value=show(extra)))
        for extra in set(entry) - {"column", "format", "unit", "values"}
    ]
    order = _order(entry, key, node, faults)
    unit = str(entry.get("unit", "") or (_unit(kind, str(name)) if key in LENGTHS else ""))
    if unit and unit not in UNITS:
        words = tr("demand.bad_unit", value=show(unit), units=", ".join(UNITS))
        faults.append(Fault(node.line, f"{key}.unit", words))
    values = _values(entry, key, node, faults)
    if at is None or len(faults) > before:
        return None
    return FieldColumn(table.head[at], at, order, unit, values)


def _order(entry: dict[str, Any], key: str, node: Node, faults: list[Fault]) -> str:
    if "format" not in entry:
        return ""
    order = order_named(str(entry["format"])) if key in TIMES else ""
    if not order:
        faults.append(Fault(node.line, f"{key}.format", tr("demand.bad_format", value=show(entry["format"]))))
    return order


def _values(entry: dict[str, Any], key: str, node: Node, faults: list[Fault]) -> dict[str, str]:
    values = entry.get("values") or {}
    if not isinstance(values, dict):
        faults.append(Fault(node.line, f"{key}.values", tr("demand.bad_values", value=show(values))))
        return {}
    for word, meaning in values.items():
        if key == "priority" and meaning not in SEVERITIES:
            words = tr("demand.bad_priority", value=show(meaning), known=", ".join(SEVERITIES))
            faults.append(Fault(node.line, f"{key}.values.{word}", words))
    return {str(word).strip().lower(): str(meaning) for word, meaning in values.items()}


def formats(table: Table, mapping: Mapping) -> dict[str, Format]:
    """
    Return the format of each column of moments; raises Faults where day and month cannot be told apart.

    All columns of a file are taken for one format: what one column leaves open, another may settle.
    """
    found: dict[str, tuple[Format, frozenset[str]]] = {}
    for key in TIMES:
        column = mapping.columns.get(key)
        if column is None:
            continue
        cells = list(table.cells(column.at))
        form, fits = format_of([*cells[:SAMPLE], *cells[SAMPLE:][-SAMPLE:]])
        if form is None:
            form, fits = Format(), frozenset({"ymd"})
        if column.order:
            form, fits = replace(form, order=column.order), frozenset({column.order})
        found[key] = form, fits
    both = [key for key, (_, fits) in found.items() if len(fits) > 1]
    settled = {next(iter(fits)) for _, fits in found.values() if len(fits) == 1} - {"ymd"}
    if both and len(settled) != 1:
        column = mapping.columns[both[0]]
        sample = next((cell for cell in table.cells(column.at) if not is_empty(cell)), "")
        words = tr("demand.two_orders", value=show(sample), column=show(column.name))
        raise Faults(table.file, [Fault(table.line, both[0], words)])
    order = next(iter(settled), "")
    return {key: replace(f, order=order) if key in both and order else f for key, (f, _) in found.items()}


def map_text(table: Table, mapping: Mapping, zone: str) -> str:
    """
    Return a map of a file to be edited, as YAML: what each column was taken for, and words still without meaning.

    Parameters
    ----------
    table, mapping : The table, and what its columns were taken for.
    zone : The time zone where the map names none.
    """
    lines = [f"# {tr('demand.map_head', file=Path(table.file).name)}"]
    used = {column.at for column in mapping.columns.values()}
    for key in FIELDS:
        column = mapping.columns.get(key)
        if column is None:
            lines.append(f"# {key}: …  # {tr(f'demand.field_{key}')}")
            continue
        lines += _map_lines(table, mapping.kind, key, column)
    lines.append(f"time_zone: {mapping.zone or zone}")
    left = [head for at, head in enumerate(table.head) if at not in used and head]
    if left:
        lines.append(f"# {tr('demand.map_left', heads=', '.join(left)[:500])}")
    return "\n".join(lines) + "\n"


def _map_lines(table: Table, kind: ToolKind, key: str, column: FieldColumn) -> list[str]:
    name, note = show_yaml(column.name), ""
    parts = [f"column: {name}"]
    if column.order:
        parts.append(f"format: {ORDER_WORDS[column.order]}")
    if column.unit:
        parts.append(f"unit: {column.unit}")
    if key in ("priority", "role"):
        meanings, left = _known_words(table, kind, key, column)
        if meanings:
            parts.append(
                f"values: {{{', '.join(f'{show_yaml(w)}: {show_yaml(m)}' for w, m in meanings.items())}}}"
            )
        note = f"  # {tr('demand.map_words', number=left)}" if left else ""
    return [f"{key}: {{{', '.join(parts)}}}" + note if len(parts) > 1 else f"{key}: {name}{note}"]


def _known_words(table: Table, kind: ToolKind, key: str, column: FieldColumn) -> tuple[dict[str, str], int]:
    """
    Return the words of a column that a map or the tool explains, and how many others there are.

    Others are never shown: a group, and even a priority, may be somebody's name.
    """
    words = dict.fromkeys(cell.strip() for cell in table.cells(column.at) if not is_empty(cell))
    meanings = {word: _meaning(kind, key, column, word) for word in words}
    known = {word: meaning for word, meaning in meanings.items() if meaning}
    return known, len(meanings) - len(known)


def _meaning(kind: ToolKind, key: str, column: FieldColumn, word: str) -> str:
    given = column.values.get(word.lower(), "")
    return given or (severity(kind.name, word) if key == "priority" else "")


def show_yaml(text: str) -> str:
    """Return a text as a YAML value, in quotes unless it is one plain word."""
    return (
        text
        if text.replace("_", "").isalnum() and not text[:1].isdigit()
        else json.dumps(text, ensure_ascii=False)
    )


def read_map(path: Path) -> Node:
    """Return a map with its lines; raises FileFault or Faults."""
    return source.read(path)


def kind_named(name: str) -> ToolKind:
    """Return a tool by name; raises KeyError."""
    return KINDS[name]
