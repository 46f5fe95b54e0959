"""The log against a plain dictionary: whatever is done, undone and done again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from roster.board.log import (
    UNDO,
    Entry,
    KeyChange,
    apply,
    changes_to,
    difference,
    digest,
    fold,
    inverse,
    to_redo,
    to_undo,
    undoable,
)

KEYS = st.sampled_from(["cell/a/1", "cell/a/2", "cell/b/1", "freeze"])
VALUES = st.one_of(st.none(), st.sampled_from(["D", "N", "S"]))
EDITS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1), max_size=12)
STEPS = st.lists(
    st.one_of(st.dictionaries(KEYS, VALUES, min_size=1), st.sampled_from(["undo", "redo"])), max_size=25
)


def entry(rev: int, changes: tuple[KeyChange, ...], account: int = 1, undoes: int | None = None) -> Entry:
    kind = UNDO if undoes is not None else "cells"
    return Entry("b", rev, "", account, kind, changes, undoes)


@given(EDITS)
def test_folding_is_writing_into_a_dictionary(edits: list[dict[str, str | None]]) -> None:
    plain: dict[str, object] = {}
    entries: list[Entry] = []
    for rev, edit in enumerate(edits, 1):
        entries.append(entry(rev, changes_to(fold(entries), edit)))
        plain = {key: value for key, value in {**plain, **edit}.items() if value is not None}
    assert fold(entries) == plain


@given(STEPS)
def test_undo_and_redo_are_those_of_an_editor(steps: list[dict[str, str | None] | str]) -> None:
    """One account alone: what an editor with two stacks would show."""
    entries: list[Entry] = []
    states: list[dict[str, object]] = [{}]
    at = 0
    for step in steps:
        now = fold(entries)
        if isinstance(step, str):
            chosen = (to_undo if step == "undo" else to_redo)(entries, 1)
            allowed = at > 0 if step == "undo" else at + 1 < len(states)
            assert (chosen is not None) == allowed
            if chosen is not None:
                assert undoable(entries, chosen)
                entries.append(entry(len(entries) + 1, inverse(chosen), undoes=chosen.rev))
                at += -1 if step == "undo" else 1
        else:
            entries.append(entry(len(entries) + 1, changes_to(now, step)))
            states = [*states[: at + 1], fold(entries)]
            at += 1
        assert fold(entries) == states[at]


@given(EDITS, EDITS)
def test_difference_leads_from_one_to_the_other(
    one: list[dict[str, str | None]], other: list[dict[str, str | None]]
) -> None:
    def state(edits: list[dict[str, str | None]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for edit in edits:
            found = apply(found, changes_to(found, edit))
        return found

    before, after = state(one), state(other)
    assert apply(before, difference(before, after)) == after
    assert (digest(before) == digest(after)) == (before == after)


def test_what_somebody_else_changed_since_cannot_be_undone() -> None:
    first = entry(1, (KeyChange("cell/a/1", None, "D"),), account=1)
    second = entry(2, (KeyChange("cell/a/1", "D", "N"),), account=2)
    assert undoable([first], first)
    assert not undoable([first, second], first)
    assert to_undo([first, second], 1) == first
    assert to_redo([first, second], 1) is None
