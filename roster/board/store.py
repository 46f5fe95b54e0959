"""
Where boards are kept: one SQLite file, written ahead and to the disk before any answer is given.

`synchronous=FULL`: what was answered survives a kill of the program and a power cut. The file holds names of people:
only its owner may read it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from roster.board.log import Change, Entry
from roster.errors import FileFault
from roster.language import tr

SCHEMA_VERSION = "1"

SCHEMA = """
create table if not exists account (
    id integer primary key, name text not null unique, person text, role text not null,
    secret blob, salt blob, language text, closed_at text);
create table if not exists token (
    hash blob primary key, account integer not null, kind text not null, scope text not null,
    made_at text not null, ends_at text);
create table if not exists board (id text primary key, title text not null, made_at text not null);
create table if not exists entry (
    board text not null, rev integer not null, at text not null, account integer not null, kind text not null,
    body text not null, undoes integer, branch text not null default 'main', once text,
    primary key (board, rev), unique (board, once));
create table if not exists branch (
    board text not null, name text not null, parent text not null, rev integer not null, at text not null,
    primary key (board, name));
create table if not exists version (
    board text not null, number integer not null, rev integer not null, branch text not null, at text not null,
    account integer not null, hash text not null, verdict text not null, reason text not null,
    primary key (board, number));
create table if not exists request (
    id integer primary key, board text not null, account integer not null, kind text not null, body text not null,
    state text not null, answer text, at text not null, decided_by integer);
create table if not exists job (
    id text primary key, board text not null, question text not null, body text not null, state text not null,
    progress text, result text, at text not null, ended_at text);
create table if not exists file (
    owner text not null, name text not null, content blob not null, primary key (owner, name));
create table if not exists hook (
    id integer primary key, address text not null, secret text not null, shape text not null);
create table if not exists delivery (
    id integer primary key, hook integer not null, body text not null, tries integer not null, status text not null,
    at text not null);
create table if not exists audit (
    id integer primary key, account integer not null, at text not null, body text not null);
create table if not exists meta (key text primary key, value text not null);
"""


class Conflict(Exception):
    """Somebody else changed the same keys after the revision that a change was made upon."""

    def __init__(self, keys: dict[str, Entry]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: which revision it is, who published it, what the check said, and why all the same."""

    board: str
    number: int
    rev: int
    branch: str
    at: str
    account: int
    hash: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with access; `person` is the name in the roster that is theirs."""

    id: int
    name: str
    person: str
    role: str
    language: str = ""
    closed: bool = False


Row = dict[str, Any]


def now() -> str:
    """Return the time, in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Store:
    """A database file; every method is one transaction, and may be called from any thread."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self.path = path
        try:
            self._db = self._open(path)
        except (sqlite3.Error, OSError) as error:
            raise FileFault(tr("board.cannot_open", file=path, why=error)) from error

    @staticmethod
    def _open(path: Path | str) -> sqlite3.Connection:
        if str(path) != ":memory:":
            # Made here, not by SQLite: the file must never be readable by others, not even for a moment.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            os.chmod(path, 0o600)
        db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma busy_timeout = 5000")
        db.executescript(SCHEMA)
        db.execute("insert or ignore into meta values ('schema', ?)", (SCHEMA_VERSION,))
        return db

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return what a question to the database yields."""
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, values)]

    def write(self, sql: str, *values: object) -> int:
        """Run one statement that changes something; return the number of the row it made."""
        with self._writing() as db:
            return db.execute(sql, values).lastrowid or 0

    # Boards, branches, entries

    def boards(self) -> list[Row]:
        """Return every board, the newest first."""
        return self.rows("select * from board order by made_at desc, id")

    def board(self, board: str) -> Row | None:
        """Return a board; None where there is none of that name."""
        return next(iter(self.rows("select * from board where id = ?", board)), None)

    def add_board(self, wanted: str, title: str, first: Entry) -> str:
        """Make a board with its first entry; return its name, which is the one wanted or that with a number."""
        with self._writing() as db:
            taken = {row["id"] for row in db.execute("select id from board")}
            names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
            name = next(name for name in names if name not in taken)
            db.execute("insert into board values (?, ?, ?)", (name, title, now()))
            self._insert(db, replace(first, board=name, rev=1), None)
        return name

    def entries(self, board: str, branch: str = "main", after: int = 0) -> list[Entry]:
        """Return the entries that make up a branch, its parents' up to where it left them included."""
        with self._lock:
            spans = self._spans(board, branch)
            found = []
            for name, last in reversed(spans):
                found += self.rows(
                    "select * from entry where board = ? and branch = ? and rev <= ? and rev > ? order by rev",
                    board,
                    name,
                    last,
                    after,
                )
        return [_entry(row) for row in found]

    def _spans(self, board: str, branch: str) -> list[tuple[str, int]]:
        """Return the branch and its parents, each with the last revision that counts."""
        known = {row["name"]: row for row in self.rows("select * from branch where board = ?", board)}
        spans, last = [(branch, 2**62)], 2**62
        while branch in known:
            last = min(last, known[branch]["rev"])
            branch = known[branch]["parent"]
            spans.append((branch, last))
        return spans

    def append(self, entry: Entry, *, seen: int | None = None, once: str | None = None) -> Entry:
        """
        Add an entry and return it with its revision; raises Conflict.

        `seen` is the revision that its maker knew: keys changed since then by an entry of the branch are a conflict. An
        entry that was taken already under the same `once` is returned as it is.
        """
        with self._writing() as db:
            if once is not None:
                for row in db.execute(
                    "select * from entry where board = ? and once = ?", (entry.board, once)
                ):
                    return _entry(dict(row))
            if seen is not None:
                self._refuse_conflicts(entry, seen)
            last = db.execute("select max(rev) from entry where board = ?", (entry.board,)).fetchone()[0]
            made = replace(entry, rev=(last or 0) + 1, at=now())
            self._insert(db, made, once)
            return made

    def _refuse_conflicts(self, entry: Entry, seen: int) -> None:
        later = self.entries(entry.board, entry.branch, after=seen)
        clash = {key: other for other in later for key in other.keys & entry.keys}
        if clash:
            raise Conflict(clash)

    @staticmethod
    def _insert(db: sqlite3.Connection, entry: Entry, once: str | None) -> None:
        body = {"set": [[one.key, one.old, one.new] for one in entry.changes], "note": entry.note}
        db.execute(
            "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.board,
                entry.rev,
                entry.at or now(),
                entry.account,
                entry.kind,
                json.dumps(body, ensure_ascii=False),
                entry.undoes,
                entry.branch,
                once,
            ),
        )

    def branches(self, board: str) -> list[str]:
        """Return the names of a board's branches, the main one first."""
        rows = self.rows("select name from branch where board = ? order by at", board)
        return ["main", *(row["name"] for row in rows)]

    def add_branch(self, board: str, name: str, parent: str, rev: int) -> None:
        """Begin a branch after a revision of another."""
        self.write("insert into branch values (?, ?, ?, ?, ?)", board, name, parent, rev, now())

    # Versions, accounts, files

    def add_version(self, version: Version, files: Iterable[tuple[str, bytes]] = ()) -> Version:
        """Publish a version under the next number, with files to be kept beside it."""
        with self._writing() as db:
            last = db.execute("select max(number) from version where board = ?", (version.board,)).fetchone()[
                0
            ]
            made = replace(version, number=(last or 0) + 1, at=now())
            values = [getattr(made, name) for name in Version.__dataclass_fields__]
            db.execute("insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            owner = f"version/{made.board}/{made.number}"
            db.executemany("insert into file values (?, ?, ?)", [(owner, name, data) for name, data in files])
        return made

    def versions(self, board: str) -> list[Version]:
        """Return the published versions of a board, the latest first."""
        rows = self.rows("select * from version where board = ? order by number desc", board)
        return [Version(**row) for row in rows]

    def keep(self, owner: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files under somebody's name; equal names are replaced."""
        with self._writing() as db:
            rows = [(owner, name, data) for name, data in files]
            db.executemany("insert or replace into file values (?, ?, ?)", rows)

    def kept(self, owner: str, name: str) -> bytes | None:
        """Return a file that was kept; None where there is none."""
        rows = self.rows("select content from file where owner = ? and name = ?", owner, name)
        return bytes(rows[0]["content"]) if rows else None

    def names_kept(self, owner: str) -> list[str]:
        """Return the names of the files kept under a name."""
        return [
            row["name"] for row in self.rows("select name from file where owner = ? order by name", owner)
        ]

    def accounts(self) -> list[Account]:
        """Return everybody who has, or had, access."""
        rows = self.rows("select * from account order by id")
        return [_account(row) for row in rows]

    def note(self, account: int, **what: object) -> None:
        """Write down what somebody did that is of no board: to whom, from what, to what; never a secret."""
        body = json.dumps(what, ensure_ascii=False)
        self.write("insert into audit (account, at, body) values (?, ?, ?)", account, now(), body)

    def noted(self, most: int = 200) -> list[Row]:
        """Return what was done that is of no board, the latest first."""
        rows = self.rows("select * from audit order by id desc limit ?", most)
        return [
            {"at": row["at"], "account": row["account"], "whom": "", "changes": {}, **json.loads(row["body"])}
            for row in rows
        ]

    def backup(self, path: Path) -> None:
        """Write a consistent copy of the whole file, readable by its owner only."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with self._lock, sqlite3.connect(path) as copy:
            self._db.backup(copy)
        copy.close()


def _entry(row: Row) -> Entry:
    body = json.loads(row["body"])
    return Entry(
        row["board"],
        row["rev"],
        row["at"],
        row["account"],
        row["kind"],
        tuple(Change(*one) for one in body["set"]),
        row["undoes"],
        row["branch"],
        body.get("note", ""),
    )


def _account(row: Row) -> Account:
    return Account(
        row["id"],
        row["name"],
        row["person"] or "",
        row["role"],
        row["language"] or "",
        row["closed_at"] is not None,
    )
