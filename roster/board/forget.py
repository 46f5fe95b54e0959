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
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from roster.board.store import Store, is_address, local, now
from roster.errors import FileFault
from roster.language import tr

TEXTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "account": (("id",), ("name", "person")),
    "token": (("hash",), ("scope",)),
    "board": (("id",), ("title",)),
    "entry": (("board", "rev"), ("body",)),
    "version": (("board", "number"), ("verdict", "reason")),
    "request": (("id",), ("body", "answer")),
    "job": (("id",), ("body", "progress", "result")),
    "file": (("owner", "name"), ("owner", "name")),
    "delivery": (("id",), ("body",)),
    "audit": (("id",), ("body",)),
}
"""Every column that may hold a name, behind those that tell the rows apart."""

LETTER = r"[^\W_]"
SPACED = "\u2e80"
"""Writing before this sign parts words by blanks; Chinese and its neighbours do not."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """By what a name was replaced, in how many rows, and how many packed files were removed."""

    alias: str
    rows: int
    removed: int


class _Nobody(Exception):
    """Nothing was replaced."""


def forget(path: Path | str, name: str) -> Forgotten:
    """
    Replace a person's name by a number in a board's database.

    Raises
    ------
    FileFault
        No such file, none of a board, in use, or nobody of that name.
    """
    if not is_address(path) and not Path(path).is_file():
        raise FileFault(tr("board.no_database", file=path))
    store = Store(path)
    try:
        others = _others(store, name)
        with store.erasing():
            found = _replaced(store, name, others)
            if not found.rows:
                raise _Nobody
    except _Nobody:
        raise FileFault(tr("board.nobody_called", name=name)) from None
    finally:
        store.close()
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


def _replaced(store: Store, name: str, others: list[str]) -> Forgotten:
    alias = _alias(store)
    words = _Words(name, alias, others)
    rows = sum(_texts(store, table, words) for table in TEXTS)
    removed = 0
    for row in store.rows("select owner, name, content from file"):
        place, content = (row["owner"], row["name"]), bytes(row["content"])
        if words.packed(content):
            store.write("delete from file where owner = ? and name = ?", *place)
            removed += 1
        elif (text := words.without_bytes(content)) != content:
            store.write("update file set content = ? where owner = ? and name = ?", text, *place)
            rows += 1
    if rows or removed:
        note = tr("board.forgotten_note", alias=alias, date=local(now())[:10])
        store.write("update version set reason = trim(reason || ' ' || ?)", note)
        store.note(0, what="forget", whom=alias)
    return Forgotten(alias, rows + removed, removed)


def _texts(store: Store, table: str, words: _Words) -> int:
    """Replace the name in every text of a table; return in how many rows."""
    keys, columns = TEXTS[table]
    where = " and ".join(f"{one} = ?" for one in keys)
    rows = 0
    for row in store.rows(f"select {', '.join(dict.fromkeys((*keys, *columns)))} from {table}"):
        new = {one: words.without(row[one]) for one in columns if isinstance(row[one], str)}
        changed = {one: text for one, text in new.items() if text != row[one]}
        if changed:
            places = ", ".join(f"{one} = ?" for one in changed)
            values = (*changed.values(), *(row[one] for one in keys))
            store.write(f"update {table} set {places} where {where}", *values)
            rows += 1
    return rows


def _alias(store: Store) -> str:
    """Return a name that nobody has had: a number that counts who was forgotten."""
    rows = store.rows("select value from meta where key = 'forgotten'")
    number = int(rows[0]["value"]) + 1 if rows else 1
    store.write(
        "insert into meta values ('forgotten', ?) on conflict (key) do update set value = excluded.value",
        str(number),
    )
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
