"""
A board in a PostgreSQL database: for a house that looks after that one only, or several servers of one board.

What is answered is committed with `synchronous_commit`. Changes of one board go one after the other under a lock of
their transaction, so that revisions have no gaps and conflicts are seen whichever server takes the change. Servers tell
one another what happened by NOTIFY, and mark what they are at work on by locks that end with their connection.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from roster.board.database import (
    FIRST_META,
    SCHEMA,
    SCHEMA_VERSION,
    TABLES,
    DatabaseRow,
    Heard,
    SQLite,
    Unreachable,
)
from roster.errors import FileFault, RosterError
from roster.language import tr

CHANNEL = "roster_board"
SERVED = "served"
AT_ONCE = 8
"""Connections for requests; two more hold locks and listen."""

WAIT = 10.0
"""Seconds to wait for a connection."""

OURS = b"""select a.closed_at, t.ends_at, b.made_at, e.once, v.verdict, f.content, j.ended_at
    from account a, token t, board b, entry e, version v, file f, job j limit 0"""
"""Fails where tables of these names are another program's."""

KEY = "hashtextextended('roster ' || %s, 0)"

MOST_TOLD = 7900
"""Bytes that NOTIFY carries; what is longer shows on other servers' pages when it is whole."""

Connection = psycopg.Connection[DictRow]


def named(address: str) -> str:
    """
    Return how a database is called in messages: without user and password.

    >>> named("postgresql://li:secret@db.example:5433/roster")
    'postgresql://db.example:5433/roster'
    """
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        return "postgresql://…"
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{parts.get('host', '')}{port}/{parts.get('dbname', '')}"


class Postgres:
    """A database of a server, used by as many connections as there are requests at once."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._mine = secrets.token_hex(8)
        self._local = threading.local()
        self._closed = threading.Event()
        self._holding: Connection | None = None
        self._holding_lock = threading.Lock()
        self._pool: ConnectionPool[Connection] | None = None
        try:
            with self._connected() as db:
                _prepare(db, named(address))
            self._pool = ConnectionPool(
                address,
                connection_class=psycopg.Connection[DictRow],
                kwargs={"row_factory": dict_row, "application_name": "roster"},
                min_size=1,
                max_size=AT_ONCE,
                open=True,
                timeout=WAIT,
                configure=_configure,
                check=ConnectionPool.check_connection,
            )
        except psycopg.Error as error:
            raise FileFault(tr("board.cannot_open", file=named(address), why=_first_line(error))) from error

    def _connected(self) -> Connection:
        """Return a connection of its own, each statement a transaction."""
        db: Connection = psycopg.connect(
            self._address, row_factory=dict_row, autocommit=True, connect_timeout=int(WAIT)
        )
        return db

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        assert self._pool is not None
        try:
            with self._pool.connection() as db:
                yield db
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            raise Unreachable(tr("board.unreachable", database=named(self._address))) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[DatabaseRow]:
        """Run one statement, in the transaction of this thread if there is one; return the rows that it yields."""
        mine: Connection | None = getattr(self._local, "db", None)
        if mine is not None:
            return _rows(mine, sql, values)
        with self._connection() as db:
            return _rows(db, sql, values)

    @contextmanager
    def writing(self, about: str) -> Iterator[None]:
        """Return one transaction; those about the same board wait for one another."""
        with self._connection() as db:
            db.execute(f"select pg_advisory_xact_lock({KEY})".encode(), (f"board {about}",))
            self._local.db = db
            try:
                yield
            finally:
                self._local.db = None

    # Servers beside one another

    def _hold(self, sql: str, name: str) -> bool:
        """Ask for a lock, or let go of one, on the connection that holds them while this server lives."""
        try:
            with self._holding_lock:
                if self._holding is None or self._holding.closed:
                    self._holding = self._connected()
                row = self._holding.execute(f"select {sql}({KEY}) as got".encode(), (name,)).fetchone()
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise Unreachable(tr("board.unreachable", database=named(self._address))) from error
        return row is not None and row["got"] is not False

    def claim(self, name: str) -> bool:
        """Take a name until it is released or this server ends."""
        return self._hold("pg_try_advisory_lock", name)

    def release(self, name: str) -> None:
        """Let go of a name; where the database is gone, its locks are."""
        try:
            self._hold("pg_advisory_unlock", name)
        except Unreachable:
            return

    def tell(self, said: dict[str, Any]) -> None:
        """Tell the other servers; where the database is gone, they see for themselves when it is back."""
        text = json.dumps({**said, "from": self._mine}, ensure_ascii=False)
        if len(text.encode()) > MOST_TOLD:
            return
        try:
            self.rows("select pg_notify(?, ?)", (CHANNEL, text))
        except Unreachable:
            return

    def listen(self, heard: Heard) -> None:
        """Hear what other servers tell, and mark the database as served."""
        self._hold("pg_advisory_lock_shared", SERVED)
        threading.Thread(target=self._listen, args=(heard,), daemon=True).start()

    def _listen(self, heard: Heard) -> None:
        first = True
        while not self._closed.is_set():
            try:
                with self._connected() as db:
                    db.execute(f"listen {CHANNEL}".encode())
                    if not first:
                        heard({"missed": True})
                    first = False
                    while not self._closed.is_set():
                        for notice in db.notifies(timeout=1.0):
                            said = json.loads(notice.payload)
                            if said.pop("from") != self._mine:
                                heard(said)
            except (psycopg.Error, RosterError):
                self._closed.wait(1.0)

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """Return one transaction while nobody serves the board; the tables are made anew afterwards."""
        if not self.claim(SERVED):
            raise FileFault(tr("board.database_in_use", file=named(self._address)))
        with self.writing(""):
            yield
        with self._connected() as db:
            for table in TABLES:
                db.execute(f"vacuum full {table}".encode())
        self.release(SERVED)

    def backup(self, path: Path) -> None:
        """Write a consistent copy as an SQLite file, which can be served as it is."""
        path.unlink(missing_ok=True)
        copy = SQLite(path)
        try:
            with self._connection() as db, copy.writing(""):
                db.execute("set transaction isolation level repeatable read")
                copy.rows("delete from meta")
                for table in TABLES:
                    for row in db.execute(f"select * from {table}".encode()):
                        places = ", ".join("?" * len(row))
                        copy.rows(
                            f"insert into {table} ({', '.join(row)}) values ({places})", [*row.values()]
                        )
        finally:
            copy.close()

    def close(self) -> None:
        """Let go of the database."""
        self._closed.set()
        if self._pool is not None:
            self._pool.close()
        with self._holding_lock:
            if self._holding is not None:
                self._holding.close()


def _configure(db: Connection) -> None:
    """Wait for the disk before a commit is answered, whatever the server's default is."""
    db.execute("set synchronous_commit = on")
    db.commit()


def _prepare(db: Connection, name: str) -> None:
    row = db.execute("show server_encoding").fetchone()
    if row is None or row["server_encoding"] != "UTF8":
        raise FileFault(tr("board.not_utf8", database=name))
    schema = SCHEMA.replace(
        "id integer primary key", "id integer generated by default as identity primary key"
    )
    with db.transaction():
        db.execute(f"select pg_advisory_xact_lock({KEY})".encode(), ("schema",))
        db.execute(schema.replace(" blob", " bytea").encode())
        db.execute(OURS)
        db.execute(FIRST_META.replace("?", "%s").encode(), (SCHEMA_VERSION,))


def _rows(db: Connection, sql: str, values: Sequence[object]) -> list[DatabaseRow]:
    found = db.execute(sql.replace("?", "%s").encode(), values)
    return [] if found.description is None else found.fetchall()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
