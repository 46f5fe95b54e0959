"""
Where a board's rows are: what the store needs of a database, and the one that needs no server.

`synchronous=FULL`: what was answered survives a kill of the program and a power cut. The file holds names of people:
only its owner may read it.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from roster.errors import FileFault, RosterError
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
"""As SQLite reads it; PostgreSQL differs in two types."""

TABLES = tuple(re.findall(r"create table if not exists (\w+)", SCHEMA))
FIRST_META = "insert into meta values ('schema', ?) on conflict do nothing"


class Unreachable(RosterError):
    """The database does not answer; nothing is known of what was asked of it."""


DatabaseRow = dict[str, Any]
Heard = Callable[[dict[str, Any]], None]


class Database(Protocol):
    """What the store asks of a database; every method may be called from any thread."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[DatabaseRow]:
        """Run one statement, `?` for each value; return the rows that it yields."""

    def writing(self, about: str) -> AbstractContextManager[None]:
        """Return one transaction of this thread; those about the same board go one after the other."""

    def claim(self, name: str) -> bool:
        """Take a name for this server until it is released or the server ends; False where another has it."""

    def release(self, name: str) -> None:
        """Let go of a name."""

    def tell(self, said: dict[str, Any]) -> None:
        """Tell the other servers of the same database."""

    def listen(self, heard: Heard) -> None:
        """Hear what other servers tell, on a thread of its own."""

    def erasing(self) -> AbstractContextManager[None]:
        """Return one transaction that nobody else is beside, and leave nothing of what it erases. Raises FileFault."""

    def backup(self, path: Path) -> None:
        """Write a consistent copy as an SQLite file, readable by its owner only."""

    def close(self) -> None:
        """Let go of the database."""


class SQLite:
    """One file, served by one process."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._path = path
        try:
            self._db = self._open(path)
        except (sqlite3.Error, OSError) as error:
            raise FileFault(tr("board.cannot_open", file=path, why=error)) from error

    @staticmethod
    def _open(path: Path | str) -> sqlite3.Connection:
        # Made here, not by SQLite: the file must never be readable by others, not even for a moment.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        os.chmod(path, 0o600)
        db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma busy_timeout = 5000")
        db.executescript(SCHEMA)
        db.execute(FIRST_META, (SCHEMA_VERSION,))
        return db

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[DatabaseRow]:
        """Run one statement; return the rows that it yields."""
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, values)]

    @contextmanager
    def writing(self, _about: str, begin: str = "begin immediate") -> Iterator[None]:
        """Return one transaction; there is one at a time."""
        with self._lock:
            self._db.execute(begin)
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def claim(self, _name: str) -> bool:
        """Take a name; there is no other server."""
        return True

    def release(self, _name: str) -> None:
        """Let go of a name."""

    def tell(self, _said: dict[str, Any]) -> None:
        """Tell nobody: there is no other server."""

    def listen(self, _heard: Heard) -> None:
        """Hear nothing."""

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """Return one transaction with nobody beside it; what was deleted is overwritten, the file made anew."""
        with self._lock:
            try:
                alone = self._db.execute("pragma journal_mode = delete").fetchone()[0] == "delete"
            except sqlite3.OperationalError:
                alone = False
            if not alone:
                raise FileFault(tr("board.database_in_use", file=self._path))
            self._db.execute("pragma secure_delete = on")
            with self.writing("", "begin exclusive"):
                yield
            self._db.execute("vacuum")

    def backup(self, path: Path) -> None:
        """Write a consistent copy, readable by its owner only."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with self._lock, sqlite3.connect(path) as copy:
            self._db.backup(copy)
        copy.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
