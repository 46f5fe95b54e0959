"""Where boards are kept: on the disk before any answer is given, in an SQLite file or a PostgreSQL database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from roster.board.database import Database, DatabaseRow, SQLite
from roster.board.log import Entry, KeyChange
from roster.errors import FileFault
from roster.language import tr


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


def now() -> str:
    """Return the time, in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def local(at: str, seconds: bool = False) -> str:
    """
    Return a kept time as people read it: date and time of day in the zone of the machine that serves.

    >>> len(local("2027-01-04T10:52:46.123+00:00")), len(local("2027-01-04T10:52:46.123+00:00", seconds=True))
    (16, 19)
    """
    here = datetime.fromisoformat(at).astimezone().replace(tzinfo=None)
    return here.isoformat(" ", "seconds" if seconds else "minutes")


def is_address(path: Path | str) -> bool:
    """
    Whether a database is named by the address of a server, not by a file.

    >>> is_address("postgresql://db.example/roster"), is_address("board.sqlite")
    (True, False)
    """
    return str(path).startswith(("postgresql:", "postgres:"))


def _opened(path: Path | str) -> Database:
    if not is_address(path):
        return SQLite(path)
    try:
        from roster.board.postgres import Postgres
    except ImportError:
        raise FileFault(tr("board.postgres_extra")) from None
    return Postgres(str(path))


class Store:
    """A database; every method is one transaction, and may be called from any thread."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._db = _opened(path)
        self.claim, self.release = self._db.claim, self._db.release
        self.tell, self.listen = self._db.tell, self._db.listen
        self.backup, self.erasing, self.close = self._db.backup, self._db.erasing, self._db.close

    def rows(self, sql: str, *values: object) -> list[DatabaseRow]:
        """Return what a question to the database yields."""
        return self._db.rows(sql, values)

    def write(self, sql: str, *values: object) -> int:
        """Run one statement that changes something; return the number that it is said to be `returning`."""
        found = self._db.rows(sql, values)
        return int(found[0]["id"]) if found else 0

    # Boards, branches, entries

    def boards(self) -> list[DatabaseRow]:
        """Return every board, the newest first."""
        return self.rows("select * from board order by made_at desc, id")

    def board(self, board: str) -> DatabaseRow | None:
        """Return a board; None where there is none of that name."""
        return next(iter(self.rows("select * from board where id = ?", board)), None)

    def add_board(self, wanted: str, title: str, first: Entry) -> str:
        """
        Make a board with its first entry; return its name, which is the one wanted or that with a number.

        Parameters
        ----------
        wanted, title : The name, and what the board is called.
        first : Its first entry.
        """
        with self._db.writing(""):
            taken = {row["id"] for row in self.rows("select id from board")}
            names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
            name = next(name for name in names if name not in taken)
            self.rows("insert into board values (?, ?, ?)", name, title, now())
            self._insert(replace(first, board=name, rev=1), None)
        return name

    def entries(self, board: str, branch: str = "main", after: int = 0) -> list[Entry]:
        """
        Return the entries that make up a branch, its parents' up to where it left them included.

        Parameters
        ----------
        board, branch : Their names.
        after : The revision after which they are wanted.
        """
        found = []
        for name, last in reversed(self._spans(board, branch)):
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
        Add an entry and return it with its revision.

        Parameters
        ----------
        entry : The change.
        seen : The revision that its maker knew: keys changed since then by an entry of the branch are a conflict.
        once : A name under which it is taken only once; the entry that was taken already is returned as it is.

        Raises
        ------
        Conflict
            Somebody else changed the same.
        """
        with self._db.writing(entry.board):
            if once is not None:
                for row in self.rows("select * from entry where board = ? and once = ?", entry.board, once):
                    return _entry(row)
            if seen is not None:
                self._refuse_conflicts(entry, seen)
            last = self.rows("select max(rev) as rev from entry where board = ?", entry.board)[0]["rev"]
            made = replace(entry, rev=(last or 0) + 1, at=now())
            self._insert(made, once)
        return made

    def _refuse_conflicts(self, entry: Entry, seen: int) -> None:
        later = self.entries(entry.board, entry.branch, after=seen)
        clash = {key: other for other in later for key in other.keys & entry.keys}
        if clash:
            raise Conflict(clash)

    def _insert(self, entry: Entry, once: str | None) -> None:
        body = {"set": [[one.key, one.old, one.new] for one in entry.changes], "note": entry.note}
        self.rows(
            "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            entry.board,
            entry.rev,
            entry.at or now(),
            entry.account,
            entry.kind,
            json.dumps(body, ensure_ascii=False),
            entry.undoes,
            entry.branch,
            once,
        )

    def branches(self, board: str) -> list[str]:
        """Return the names of a board's branches, the main one first."""
        rows = self.rows("select name from branch where board = ? order by at", board)
        return ["main", *(row["name"] for row in rows)]

    def add_branch(self, board: str, name: str, parent: str, rev: int) -> None:
        """
        Begin a branch after a revision of another.

        Parameters
        ----------
        board, name : Of the board, and of the new branch.
        parent, rev : The branch it leaves, and after which revision.
        """
        self.write("insert into branch values (?, ?, ?, ?, ?)", board, name, parent, rev, now())

    # Versions, accounts, files

    def add_version(self, version: Version, files: Iterable[tuple[str, bytes]] = ()) -> Version:
        """Publish a version under the next number, with files to be kept beside it."""
        with self._db.writing(version.board):
            (last,) = self.rows("select max(number) as number from version where board = ?", version.board)
            made = replace(version, number=(last["number"] or 0) + 1, at=now())
            values = [getattr(made, name) for name in Version.__dataclass_fields__]
            self.rows("insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)
            owner = f"version/{made.board}/{made.number}"
            for name, data in files:
                self.rows("insert into file values (?, ?, ?)", owner, name, data)
        return made

    def versions(self, board: str) -> list[Version]:
        """Return the published versions of a board, the latest first."""
        rows = self.rows("select * from version where board = ? order by number desc", board)
        return [Version(**row) for row in rows]

    def keep(self, owner: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files under somebody's name; equal names are replaced."""
        with self._db.writing(owner):
            for name, data in files:
                self.rows(
                    "insert into file values (?, ?, ?) "
                    "on conflict (owner, name) do update set content = excluded.content",
                    owner,
                    name,
                    data,
                )

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

    def noted(self, most: int = 200) -> list[DatabaseRow]:
        """Return what was done that is of no board, the latest first."""
        rows = self.rows("select * from audit order by id desc limit ?", most)
        return [
            {"at": row["at"], "account": row["account"], "whom": "", "changes": {}, **json.loads(row["body"])}
            for row in rows
        ]


def _entry(row: DatabaseRow) -> Entry:
    body = json.loads(row["body"])
    return Entry(
        row["board"],
        row["rev"],
        row["at"],
        row["account"],
        row["kind"],
        tuple(KeyChange(*one) for one in body["set"]),
        row["undoes"],
        row["branch"],
        body.get("note", ""),
    )


def _account(row: DatabaseRow) -> Account:
    return Account(
        row["id"],
        row["name"],
        row["person"] or "",
        row["role"],
        row["language"] or "",
        row["closed_at"] is not None,
    )
