"""
A person's name taken out of everything that a board keeps: log, versions, requests, answers, files.

The name becomes a number wherever it stands as a word of its own; the same number everywhere, so that the log still
says who did what. Packed files that hold the name are removed, for they can be made again. The board must not be
running.
"""

from __future__ import annotations

import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from roster.board.store import Store, now
from roster.errors import FileFault
from roster.language import tr

TEXTS = {
    "account": ("name", "person"),
    "token": ("scope",),
    "board": ("title",),
    "entry": ("body",),
    "version": ("verdict", "reason"),
    "request": ("body", "answer"),
    "job": ("body", "progress", "result"),
    "file": ("owner", "name"),
    "delivery": ("body",),
    "audit": ("body",),
}
"""Every column that may hold a name."""

LETTER = r"[^\W_]"
SPACED = "\u2e80"
"""Writing before this sign parts words by blanks; Chinese and its neighbours do not."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """By what a name was replaced, in how many rows, and how many packed files were removed."""

    alias: str
    rows: int
    removed: int


def forget(path: Path, name: str) -> Forgotten:
    """
    Replace a name by a number in a board's file.

    Raises
    ------
    FileFault
        No such file, none of a board, in use, or nobody of that name.
    """
    if not path.is_file():
        raise FileFault(tr("board.no_database", file=path))
    store = Store(path)
    others = _others(store, name)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        try:
            alone = db.execute("pragma journal_mode = delete").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            alone = False
        if not alone:
            raise FileFault(tr("board.database_in_use", file=path))
        # What was deleted is overwritten, and the file is made anew: nothing is left in free pages.
        db.execute("pragma secure_delete = on")
        db.execute("begin exclusive")
        found = _replaced(db, name, others)
        if not found.rows:
            db.execute("rollback")
            raise FileFault(tr("board.nobody_called", name=name))
        db.execute("commit")
        db.execute("vacuum")
    return found


def _others(store: Store, name: str) -> list[str]:
    """Return the names of others that hold this one: `Li Na` is not `Li`."""
    found: set[str] = set()
    for row in store.rows("select body from entry"):
        for key, *values in json.loads(row["body"])["set"]:
            if key == "people":
                found.update(person for value in values for person, _ in value or ())
            elif key.startswith("name/"):
                found.update(value for value in values if value)
    found.update(row["person"] for row in store.rows("select person from account where person is not null"))
    return sorted((one for one in found if name in one and one != name), key=len, reverse=True)


def _replaced(db: sqlite3.Connection, name: str, others: list[str]) -> Forgotten:
    alias = _alias(db)
    words = _Words(name, alias, others)
    rows = 0
    for table, columns in TEXTS.items():
        for row in db.execute(f"select rowid as place, {', '.join(columns)} from {table}").fetchall():
            new = {one: words.without(row[one]) for one in columns if isinstance(row[one], str)}
            changed = {one: text for one, text in new.items() if text != row[one]}
            if changed:
                places = ", ".join(f"{one} = ?" for one in changed)
                db.execute(f"update {table} set {places} where rowid = ?", (*changed.values(), row["place"]))
                rows += 1
    removed = 0
    for row in db.execute("select rowid as place, content from file").fetchall():
        content = bytes(row["content"])
        if words.packed(content):
            db.execute("delete from file where rowid = ?", (row["place"],))
            removed += 1
        elif (text := words.without_bytes(content)) != content:
            db.execute("update file set content = ? where rowid = ?", (text, row["place"]))
            rows += 1
    if rows or removed:
        note = tr("board.forgotten_note", alias=alias, date=now()[:10])
        db.execute("update version set reason = trim(reason || ' ' || ?)", (note,))
        body = json.dumps({"what": "forget", "whom": alias}, ensure_ascii=False)
        db.execute("insert into audit (account, at, body) values (0, ?, ?)", (now(), body))
    return Forgotten(alias, rows + removed, removed)


def _alias(db: sqlite3.Connection) -> str:
    """Return a name that nobody has had: a number that counts who was forgotten."""
    row = db.execute("select value from meta where key = 'forgotten'").fetchone()
    number = int(row[0]) + 1 if row else 1
    db.execute("insert or replace into meta values ('forgotten', ?)", (str(number),))
    return f"former-{number}"


class _Words:
    """A name in every form in which files write it, and what stands for it."""

    def __init__(self, name: str, alias: str, others: Iterable[str]) -> None:
        self._alias = alias
        self._forms = [_pattern(form) for form in _forms(name)]
        longer = [form for one in others for form in _forms(one)]
        self._masks = [(form, f"\x00{at}\x00") for at, form in enumerate(longer)]

    def without(self, text: str) -> str:
        """Return a text without the name; longer names that hold it stay."""
        for form, mask in self._masks:
            text = text.replace(form, mask)
        for pattern in self._forms:
            text = pattern.sub(self._alias, text)
        for form, mask in self._masks:
            text = text.replace(mask, form) if "\x00" in text else text
        return text

    def without_bytes(self, content: bytes) -> bytes:
        """Return a file without the name, where it is text; lines of calendars are looked at unfolded."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return content
        if text.startswith("BEGIN:VCALENDAR") and self.without(bare := text.replace("\r\n ", "")) != bare:
            text = bare
        new = self.without(text)
        return new.encode("utf-8") if new != text else content

    def packed(self, content: bytes) -> bool:
        """Whether a packed file holds the name; one that cannot be opened may."""
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return any(self._inside(packed.read(one)) for one in packed.namelist())
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            return True

    def _inside(self, content: bytes) -> bool:
        return self.packed(content) or self.without_bytes(content) != content


def _pattern(form: str) -> re.Pattern[str]:
    """Return what finds a name as a word; where words have no blanks between them, anywhere."""
    before, after = (f"(?<!{LETTER})", f"(?!{LETTER})")
    return re.compile(
        (before if form[0] < SPACED else "") + re.escape(form) + (after if form[-1] < SPACED else "")
    )


def _forms(name: str) -> Iterator[str]:
    """Yield a name as it stands in texts, pages, JSON and addresses."""
    forms = (
        name,
        html.escape(name),
        json.dumps(name)[1:-1],
        json.dumps(name, ensure_ascii=False)[1:-1],
        quote(name),
    )
    yield from dict.fromkeys(forms)
