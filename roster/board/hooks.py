"""
Web hooks: what happens, sent to other services of the house, signed, and sent again where nobody answered.

Addresses are set by whoever keeps the accounts. Redirects are not followed, and what the other side says is not shown:
a hook must not become a way to look around in the house's network.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import IO, Any

from roster.board.database import DatabaseRow
from roster.board.store import Store, now
from roster.language import tr

MOST_TRIES = 6
WAIT = 2.0
"""Seconds before the second try; twice as long before each further one."""

TIMEOUT = 10.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Follow nothing."""


def body_of(shape: str, event: dict[str, Any]) -> dict[str, Any]:
    """
    Return what is sent in the form that a service reads.

    >>> body_of("slack", {"text": "Version 1"})
    {'text': 'Version 1'}
    """
    if shape in ("wecom", "dingtalk"):
        return {"msgtype": "text", "text": {"content": event["text"]}}
    return {"text": event["text"]} if shape == "slack" else event


def signature(secret: str, at: str, body: bytes) -> str:
    """
    Return the HMAC-SHA256 of the time and the body, in hexadecimal digits.

    Parameters
    ----------
    secret, at : The hook's secret, and the time as it is sent.
    body : What is sent.
    """
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


class Hooks:
    """Every hook of a board's server; what happens is written down first, and delivered by a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wake = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    def add(self, address: str, shape: str) -> tuple[int, str]:
        """Keep an address; return its number and the secret that signs what is sent, which is shown once."""
        secret = secrets.token_urlsafe(24)
        number = self._store.write(
            "insert into hook (address, secret, shape) values (?, ?, ?) returning id", address, secret, shape
        )
        return number, secret

    def remove(self, number: int) -> None:
        """Forget an address."""
        self._store.write("delete from hook where id = ?", number)
        self._store.write("delete from delivery where hook = ? and status = 'waiting'", number)

    def tell(self, event: str, board: str, **words: object) -> None:
        """
        Tell every hook of something that happened.

        Parameters
        ----------
        event, board : The name of what happened, and that of the board.
        words : What its sentence names.
        """
        hooks = self._store.rows("select * from hook")
        if not hooks:
            return
        row = self._store.board(board)
        title = row["title"] if row is not None else board
        said = tr(f"board.hook_{event}", board=title, **words)
        found = {"event": event, "board": board, "at": now(), "text": said, **words}
        for hook in hooks:
            self._store.write(
                "insert into delivery (hook, body, tries, status, at) values (?, ?, 0, 'waiting', ?)",
                hook["id"],
                json.dumps(body_of(hook["shape"], found), ensure_ascii=False),
                now(),
            )
        self._start()
        self._wake.set()

    def close(self) -> None:
        """Deliver no more; what waits is delivered after the next start."""
        self._closed = True
        self._wake.set()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while not self._closed:
            self._wake.clear()
            rows = self._store.rows("select * from delivery where status = 'waiting' order by id limit 50")
            for row in rows:
                # Of several servers one delivers; another that comes later finds that it is done.
                if not self._closed and self._store.claim(f"delivery/{row['id']}"):
                    self._deliver(row)
                    self._store.release(f"delivery/{row['id']}")
            left = self._store.rows("select max(tries) as tries from delivery where status = 'waiting'")
            self._wake.wait(None if left[0]["tries"] is None else WAIT * 2 ** min(left[0]["tries"], 6))

    def _deliver(self, row: DatabaseRow) -> None:
        waits = self._store.rows("select id from delivery where id = ? and status = 'waiting'", row["id"])
        hooks = self._store.rows("select * from hook where id = ?", row["hook"])
        if not hooks or not waits:
            return
        status = "done" if _sent(hooks[0], row["body"].encode()) else "waiting"
        tries = row["tries"] + 1
        if status == "waiting" and tries >= MOST_TRIES:
            status = "failed"
        self._store.write("update delivery set status = ?, tries = ? where id = ?", status, tries, row["id"])


def _sent(hook: DatabaseRow, body: bytes) -> bool:
    """Whether the other side has taken it."""
    at = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "roster-board",
        "X-Roster-Time": at,
        "X-Roster-Signature": f"sha256={signature(hook['secret'], at, body)}",
    }
    request = urllib.request.Request(hook["address"], body, headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            return bool(200 <= answer.status < 300)
    except (OSError, urllib.error.URLError, ValueError):
        return False
