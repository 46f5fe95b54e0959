"""The store: revisions, conflicts by cell, changes sent twice, branches, and who may read the file."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from roster.board.database import TABLES, Unreachable
from roster.board.log import Entry, KeyChange, fold
from roster.board.store import Conflict, Store, Version, local
from roster.errors import FileFault
from tests.board.browser import served, soon
from tests.board.postgres import database, needs_postgres
from tests.board.test_kill import COUNTY, Client


@pytest.fixture
def store(place: Path | str) -> Iterator[Store]:
    made = Store(place)
    made.add_board("b", "A board", Entry("b", 1, "", 0, "made", (KeyChange("x", None, "1"),)))
    yield made
    made.close()


def put(key: str, old: str | None, new: str, branch: str = "main") -> Entry:
    return Entry("b", 0, "", 0, "cells", (KeyChange(key, old, new),), branch=branch)


@contextmanager
def servers(address: str) -> Iterator[tuple[Store, Store]]:
    one, other = Store(address), Store(address)
    try:
        yield one, other
    finally:
        one.close()
        other.close()


def test_a_change_of_the_same_cell_is_a_conflict_and_of_another_is_not(store: Store) -> None:
    store.append(put("x", "1", "2"), seen=1)
    store.append(put("y", None, "1"), seen=1)
    with pytest.raises(Conflict) as found:
        store.append(put("x", "1", "3"), seen=1)
    assert found.value.keys["x"].changes == (KeyChange("x", "1", "2"),)
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
    store.keep("job/1", [("a.bin", b"\x00\xff"), ("b.txt", "张伟".encode())])
    store.keep("job/1", [("a.bin", b"\xff\x00")])
    store.backup(tmp_path / "copy.sqlite")
    assert {path.name for path in tmp_path.iterdir()} >= {"copy.sqlite"}
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
    copy = Store(tmp_path / "copy.sqlite")
    assert fold(copy.entries("b")) == {"x": "2"}
    for table in TABLES:
        assert copy.rows(f"select * from {table}") == store.rows(f"select * from {table}"), table
    assert copy.kept("job/1", "a.bin") == b"\xff\x00"
    copy.close()


def test_rows_are_numbered_and_names_are_there_once(store: Store) -> None:
    made = [
        store.write(
            "insert into hook (address, secret, shape) values (?, ?, 'json') returning id", one, "%s?"
        )
        for one in ("a", "b")
    ]
    assert made == [1, 2]
    assert [row["secret"] for row in store.rows("select * from hook where address like ?", "%")] == [
        "%s?"
    ] * 2
    first = Entry("", 1, "", 0, "made", (KeyChange("x", None, "1"),))
    assert [store.add_board("b", "Another", first) for _ in range(2)] == ["b-2", "b-3"]


def test_what_fails_halfway_leaves_nothing(store: Store) -> None:
    files = [("a", b"1"), ("a", b"2")]
    version = Version("b", 0, 1, "main", "", 0, "hash", "good", "")
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.add_version(version, files)
    assert (store.versions("b"), store.names_kept("version/b/1")) == ([], [])
    assert store.add_version(version, files[:1]).number == 1


@needs_postgres
def test_two_servers_of_one_database_see_one_log() -> None:
    with database() as address, servers(address) as (one, other):
        one.add_board("b", "A board", Entry("b", 1, "", 0, "made", (KeyChange("x", None, "1"),)))
        with ThreadPoolExecutor(8) as pool:
            made = list(
                pool.map(lambda at: (one, other)[at % 2].append(put(f"k/{at}", None, "1")).rev, range(60))
            )
        assert sorted(made) == list(range(2, 62))
        assert one.entries("b") == other.entries("b")
        one.append(put("x", "1", "2"), seen=61)
        with pytest.raises(Conflict):
            other.append(put("x", "1", "3"), seen=61)
        again = one.append(put("y", None, "1"), once="same")
        assert other.append(put("y", None, "1"), once="same") == again
        # What one server is at work on another leaves alone; what it tells is heard by the other only.
        assert (one.claim("job/1"), other.claim("job/1")) == (True, False)
        one.release("job/1")
        assert other.claim("job/1")
        heard: tuple[list[object], list[object]] = ([], [])
        one.listen(heard[0].append)
        other.listen(heard[1].append)
        assert soon(lambda: [one.tell({"text": "你好"}), heard[1]][1])
        assert heard[1][0] == {"text": "你好"}
        assert heard[0] == []


@needs_postgres
def test_a_change_on_one_server_shows_on_the_pages_of_another(tmp_path: Path) -> None:
    with database() as address, served(address, str(COUNTY)) as one, served(address) as other:
        mine, theirs = Client(one), Client(other)
        board = theirs.call("/boards")[0]["board"]
        with theirs.open(f"/b/{board}/events?after=1") as stream:
            made = mine.call(f"/boards/{board}/forms", {"title": "仁和医院"})
            line = next(line for line in stream if line.startswith(b"id:"))
        assert line == f"id: {made['rev']}\n".encode()
        job = mine.call(f"/boards/{board}/jobs", {"question": "plan"})["job"]
        with served(address) as third:
            assert Client(third).call(f"/jobs/{job}")["state"] in ("waiting", "running", "done")
        theirs.call(f"/jobs/{job}/stop", {})
        assert soon(lambda: mine.call(f"/jobs/{job}")["state"] in ("stopped", "done"))


@needs_postgres
def test_a_database_that_cannot_be_used_is_said_so(capfd: pytest.CaptureFixture[str]) -> None:
    with (
        database("encoding 'SQL_ASCII' template template0") as address,
        pytest.raises(FileFault, match="UTF8"),
    ):
        Store(address)
    with pytest.raises(FileFault, match=r"postgresql://127\.0\.0\.1:1/none") as found:
        Store("postgresql://li:secret@127.0.0.1:1/none")
    assert "secret" not in str(found.value)
    with pytest.raises(FileFault, match="postgresql"):
        Store("postgresql://%zz")
    with database() as address:
        with psycopg.connect(address) as db:
            db.execute("create table board (x integer)")
        with pytest.raises(FileFault, match="made_at"):
            Store(address)


@needs_postgres
def test_a_database_that_goes_away_is_said_so_and_used_again_when_it_is_back() -> None:
    with database() as address:
        store = Store(address)
        try:
            store.add_board("b", "A board", Entry("b", 1, "", 0, "made", (KeyChange("x", None, "1"),)))
            assert store.claim("job/2")
            with psycopg.connect(address, autocommit=True) as db:
                db.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
            with pytest.raises(Unreachable):
                store.claim("job/1")
            assert store.append(put("x", "1", "2")).rev == 2
            assert store.claim("job/1")
        finally:
            store.close()


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(FileFault, match=r"notes\.txt"):
        Store(path)


def test_times_are_read_in_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        monkeypatch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        assert local("2027-01-04T18:52:46.123+00:00", seconds=True) == "2027-01-05 02:52:46"
        assert local("2027-01-04T10:52:46.123+00:00") == "2027-01-04 18:52"
    finally:
        monkeypatch.undo()
        time.tzset()
