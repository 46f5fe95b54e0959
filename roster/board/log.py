"""
The log: every change of a board as old and new values by key, and what follows from that.

A board's state is a mapping of keys to plain values. An entry of the log holds, for each key it touches, the value
before and after (None: no such key). Undoing an entry is another entry with the two exchanged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

State = dict[str, Any]
"""What a board is: plain values by key, as JSON can hold them."""

UNDO = "undo"

LASTING = frozenset({"made", "publish"})
"""What is never taken back: a board's beginning, and what was published."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key's value before and after; None where there is none."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One row of the log.

    `kind` says what sort of change it is (cells, roster, leave, scenario, undo …), `undoes` the revision that an undo
    takes back, `note` what is worth saying beside the changes.
    """

    board: str
    rev: int
    at: str
    account: int
    kind: str
    changes: tuple[KeyChange, ...] = ()
    undoes: int | None = None
    branch: str = "main"
    note: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Every key that it touches."""
        return frozenset(change.key for change in self.changes)


def apply(state: State, changes: Iterable[KeyChange]) -> State:
    """
    Return the state after some changes.

    >>> apply({"a": 1}, [KeyChange("a", 1, None), KeyChange("b", None, 2)])
    {'b': 2}
    """
    after = dict(state)
    for change in changes:
        if change.new is None:
            after.pop(change.key, None)
        else:
            after[change.key] = change.new
    return after


def fold(entries: Iterable[Entry]) -> State:
    """Return the state that entries lead to, one after the other."""
    state: State = {}
    for entry in entries:
        state = apply(state, entry.changes)
    return state


def changes_to(state: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    """
    Return the changes that give keys these values; keys that have them already are left out.

    >>> changes_to({"a": 1, "b": 2}, {"a": 1, "b": None})
    (KeyChange(key='b', old=2, new=None),)
    """
    return tuple(KeyChange(key, state.get(key), new) for key, new in wanted.items() if state.get(key) != new)


def difference(before: State, after: State) -> tuple[KeyChange, ...]:
    """Return what leads from one state to another, in the order of the keys."""
    keys = sorted(before.keys() | after.keys())
    return changes_to(before, {key: after.get(key) for key in keys})


def inverse(entry: Entry) -> tuple[KeyChange, ...]:
    """Return the changes that take an entry back."""
    return tuple(KeyChange(change.key, change.new, change.old) for change in entry.changes)


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that no undo in force has taken back; an undo that was itself taken back is not."""
    known = list(entries)
    gone: set[int] = set()
    for entry in reversed(known):
        if entry.undoes is not None and entry.rev not in gone:
            gone.add(entry.undoes)
    return [entry for entry in known if entry.rev not in gone]


def to_undo(entries: Iterable[Entry], account: int) -> Entry | None:
    """Return the last entry of an account that is still in force, to be taken back; None where there is none."""
    own = [
        entry
        for entry in in_force(entries)
        if entry.account == account and entry.kind != UNDO and entry.kind not in LASTING
    ]
    return own[-1] if own else None


def to_redo(entries: Iterable[Entry], account: int) -> Entry | None:
    """Return the undo of an account to be taken back next: after a change of another sort there is none."""
    known = list(entries)
    kinds = {entry.rev: entry.kind for entry in known}
    stack: list[Entry] = []
    for entry in in_force(known):
        if entry.account != account:
            continue
        if entry.kind in LASTING:
            continue
        if entry.kind != UNDO:
            stack.clear()
        elif entry.undoes is not None and kinds.get(entry.undoes) != UNDO:
            stack.append(entry)
    return stack[-1] if stack else None


def touched(entries: Iterable[Entry], since: int) -> dict[str, Entry]:
    """Return the keys changed after a revision, each with its last entry."""
    return {key: entry for entry in entries if entry.rev > since for key in entry.keys}


def undoable(entries: Iterable[Entry], entry: Entry) -> bool:
    """Whether an entry can be taken back: nothing it touched has another value now."""
    state = fold(entries)
    return all(state.get(change.key) == change.new for change in entry.changes)


def digest(state: State) -> str:
    """Return the SHA-256 of a state, over its JSON with sorted keys: equal states have equal ones."""
    text = json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
