"""
Shifts that are to be chosen: `shifts: {choose: {starts: every 30min, lengths: [4h, 8h], at_most: 5}}`.

Every start with every length becomes a shift of its own, named by both (`0830_8h`), before anything else looks at the
scenario; `roster plan` then chooses among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from roster.domain.design import Design
from roster.domain.problem import DAY
from roster.domain.rule import clock
from roster.language import tr
from roster.notation.values import clock as read_clock
from roster.notation.values import duration, window
from roster.readable import show
from roster.scenario.validation.fit import Finding
from roster.suggestions import did_you_mean
from roster.yaml.tree import Node

KEY = "choose"
KEYS = ("starts", "between", "lengths", "at_most")
MOST = 600
"""Candidates; 48 starts with a dozen lengths are 576."""

DEFAULT_AT_MOST = 5


def with_candidates(root: Node) -> tuple[Node, Design | None, list[Finding]]:
    """Return a scenario's tree with each shift that may be chosen, the choice, and what is wrong with it."""
    shifts = root.child("shifts")
    said = shifts.child(KEY) if shifts is not None and isinstance(shifts.value, dict) else None
    if (
        shifts is None
        or said is None
        or not isinstance(shifts.value, dict)
        or not isinstance(root.value, dict)
    ):
        return root, None, []
    findings: list[Finding] = []
    kept = {name: node for name, node in shifts.value.items() if name != KEY}
    made: dict[str, Node] = {}
    at_most = DEFAULT_AT_MOST
    if not isinstance(said.value, dict):
        findings.append((("shifts", KEY), tr("scenario.choose_shape", value=show(said.plain()))))
    else:
        for key in said.value:
            if key not in KEYS:
                words = tr("scenario.choose_key", value=show(key), known=", ".join(KEYS)) + did_you_mean(
                    key, KEYS
                )
                findings.append((("shifts", KEY, key), words))
        at_most = _at_most(said, findings)
        made = dict(_made(said, findings))
    findings += [
        (("shifts", name), tr("scenario.choose_name", value=show(name))) for name in made if name in kept
    ]
    tree = replace(root, value={**root.value, "shifts": replace(shifts, value={**kept, **made})})
    return tree, Design(tuple(made), at_most) if made else None, findings


def _at_most(said: Node, findings: list[Finding]) -> int:
    node = said.child("at_most")
    if node is None:
        return DEFAULT_AT_MOST
    if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < 1:
        findings.append((("shifts", KEY, "at_most"), tr("scenario.choose_at_most", value=show(node.plain()))))
        return DEFAULT_AT_MOST
    return node.value


def _made(said: Node, findings: list[Finding]) -> Iterator[tuple[str, Node]]:
    starts = _each(said, "starts", _starts, findings)
    lengths = _each(said, "lengths", lambda value: [_length(value)], findings)
    inside = said.child("between")
    if inside is not None and starts:
        try:
            first, wide = window(inside.plain())
            starts = [start for start in starts if (start - first) % DAY < wide]
        except ValueError as error:
            findings.append((("shifts", KEY, "between"), str(error)))
    if len(starts) * len(lengths) > MOST:
        words = tr("scenario.choose_many", number=len(starts) * len(lengths), most=MOST)
        findings.append((("shifts", KEY), words))
        return
    for start in starts:
        for length in lengths:
            value = {"start": clock(start), "length": _words(length)}
            node = Node(
                {key: Node(text, said.file, said.line) for key, text in value.items()}, said.file, said.line
            )
            yield name_of(start, length), node


def name_of(start: int, length: int) -> str:
    """
    Return the name of a shift that may be chosen.

    >>> name_of(510, 480), name_of(0, 270)
    ('0830_8h', '0000_4h30')
    """
    hours, minutes = divmod(length, 60)
    return f"{start // 60:02}{start % 60:02}_{hours}h{minutes if minutes else ''}"


def _words(length: int) -> str:
    hours, minutes = divmod(length, 60)
    return " ".join(
        part for part in (f"{hours}h" if hours else "", f"{minutes}min" if minutes else "") if part
    )


def _each(said: Node, key: str, read: Callable[[object], list[int]], findings: list[Finding]) -> list[int]:
    """Return the values of a key, one or a list, in order and once each."""
    node = said.child(key)
    if node is None:
        findings.append((("shifts", KEY), tr("scenario.choose_missing", key=key)))
        return []
    entries = node.value if isinstance(node.value, list) else [node]
    found: set[int] = set()
    for at, entry in enumerate(entries):
        try:
            found.update(read(entry.plain()))
        except ValueError as error:
            path = (key, at) if isinstance(node.value, list) else (key,)
            findings.append((("shifts", KEY, *path), str(error)))
    return sorted(found)


def _starts(value: object) -> list[int]:
    """Return the starts of `every 30min`, or of one time of day."""
    if isinstance(value, str) and value.strip().startswith("every"):
        step = duration(value.strip().removeprefix("every").strip())
        if step < 5 or DAY % step:
            raise ValueError(tr("scenario.choose_step", value=show(value)))
        return list(range(0, DAY, step))
    start = read_clock(value)
    if start == DAY:
        raise ValueError(tr("scenario.choose_step", value=show(value)))
    return [start]


def _length(value: object) -> int:
    length = duration(value)
    if not 15 <= length <= DAY:
        raise ValueError(tr("scenario.choose_length", value=show(value)))
    return length
