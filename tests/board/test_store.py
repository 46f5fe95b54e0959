"""The store: revisions, conflicts by cell, changes sent twice, branches, and who may read the file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from roster.board.log import Change, Entry, fold
from roster.board.store import Conflict, Store
from roster.errors import FileFault


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "b.sqlite")
    made.add_board("b", "A board", Entry("b", 1, "", 0, "made", (Change("x", None, "1"),)))
    return made


def put(key: str, old: str | None, new: str, branch: str = "main") -> Entry:
    return Entry("b", 0, "", 0, "cells", (Change(key, old, new),), branch=branch)


def test_a_change_of_the_same_cell_is_a_conflict_and_of_another_is_not(store: Store) -> None:
    store.append(put("x", "1", "2"), seen=1)
    store.append(put("y", None, "1"), seen=1)
    with pytest.raises(Conflict) as found:
        store.append(put("x", "1", "3"), seen=1)
    assert found.value.keys["x"].changes == (Change("x", "1", "2"),)
    assert fold(store.entries("b")) == {"x": "2", "y": "1"}


def test_a_change_sent_twice_is_taken_once(store: Store) -> None:
    first = store.append(put("x", "1", "2"), seen=1, once="same")
    again = store.append(put("x", "1", "2"), seen=1, once="same")
    assert again == first
    assert len(store.entries("b")) == 2


def test_branches_do_not_touch_one_another(store: Store) -> None:
    store.write("insert into branch values ('b', 'other', 'main', 1, '')")
    store.append(put("x", "1", "main"))
    store.append(put("x", "1", "other", "other"))
    assert fold(store.entries("b")) == {"x": "main"}
    assert fold(store.entries("b", "other")) == {"x": "other"}


def test_many_threads_get_one_revision_each(store: Store) -> None:
    def work(number: int) -> None:
        for at in range(20):
            store.append(put(f"{number}/{at}", None, "1"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.rev for one in store.entries("b")] == list(range(1, 102))


def test_only_its_owner_may_read_the_file_and_its_copy(store: Store, tmp_path: Path) -> None:
    store.append(put("x", "1", "2"))
    store.backup(tmp_path / "copy.sqlite")
    for path in (tmp_path / "b.sqlite", tmp_path / "copy.sqlite"):
        assert path.stat().st_mode & 0o777 == 0o600
    for beside in ("b.sqlite-wal", "b.sqlite-shm"):
        assert (tmp_path / beside).stat().st_mode & 0o077 == 0, os.listdir(tmp_path)
    assert fold(Store(tmp_path / "copy.sqlite").entries("b")) == {"x": "2"}


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(FileFault, match=r"notes\.txt"):
        Store(path)
