"""
Who may do what, and which requests are let in at all.

Listening on the loopback is no protection from other programs and pages of the same machine: a random token in the link
is exchanged for a cookie, and `Host`, `Origin` and the form of a change are looked at before anything else.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from roster.board.store import Account, Store, now

SESSION_DAYS = 30

ROLES = ("viewer", "staff", "planner", "head", "admin")
"""From least to most."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, and no script or style but ours."""

PAGE_POLICY = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)
"""For reports, which carry their own style and script: an origin of their own that can reach nothing of the board."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

OWNER = Account(0, "", "", "admin")
"""The holder of the link that the terminal prints: every right, on one's own machine."""


def hashed(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def same(given: str, wanted: str) -> bool:
    """Compare without telling by the time taken how much was right."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def at_least(role: str, wanted: str) -> bool:
    """
    Whether a role has the rights of another.

    >>> at_least("head", "planner"), at_least("staff", "planner")
    (True, False)
    """
    return role in ROLES and ROLES.index(role) >= ROLES.index(wanted)


@dataclass(frozen=True, slots=True)
class Served:
    """Where the board is reached: the names that `Host` may be, and the origin of its own pages."""

    hosts: frozenset[str]
    scheme: str = "http"

    def known(self, host: str) -> bool:
        """Whether a request asks for one of our names."""
        return host.lower() in self.hosts

    def own(self, origin: str, host: str) -> bool:
        """Whether a change comes from a page of ours."""
        return same(origin.lower(), f"{self.scheme}://{host.lower()}")


class Access:
    """Sessions, passwords and tokens, over the store."""

    def __init__(self, store: Store, link: str) -> None:
        self._store = store
        self._link = link
        store.write("insert into meta values ('server', ?) on conflict do nothing", secrets.token_hex(4))
        # Browsers tell hosts apart, not ports: two boards of one machine need two names.
        self.cookie = "roster_" + str(store.rows("select value from meta where key = 'server'")[0]["value"])
        self._slow: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def by_link(self, token: str) -> str | None:
        """Exchange the link's token for a session; None where it is not ours."""
        return self.open(OWNER.id, "session", "all", SESSION_DAYS) if same(token, self._link) else None

    def open(self, account: int, kind: str, scope: str, days: int | None = None) -> str:
        """
        Make a token, keep its hash, and return it: it is never shown again.

        Parameters
        ----------
        account, kind : Whose it is, and what it lets in.
        scope, days : To what, and for how long; None for ever.
        """
        token = secrets.token_urlsafe(32)
        ends = None if days is None else (datetime.now(UTC) + timedelta(days=days)).isoformat()
        self._store.write(
            "insert into token values (?, ?, ?, ?, ?, ?)", hashed(token), account, kind, scope, now(), ends
        )
        return token

    def close(self, token: str) -> None:
        """Make a token worthless."""
        self._store.write("delete from token where hash = ?", hashed(token))

    def close_all(self, account: int, kind: str | None = None) -> None:
        """Make every token of an account worthless, or those of one sort."""
        self._store.write("delete from token where account = ? and kind = coalesce(?, kind)", account, kind)

    def holder(self, token: str, kind: str) -> tuple[Account, str] | None:
        """Return whose a token is and what for; None where it is unknown, of another sort, or has ended."""
        if not token or len(token) > 200:
            return None
        rows = self._store.rows("select * from token where hash = ? and kind = ?", hashed(token), kind)
        if not rows or (
            rows[0]["ends_at"] is not None and rows[0]["ends_at"] < datetime.now(UTC).isoformat()
        ):
            return None
        account = self.account(rows[0]["account"])
        return None if account is None or account.closed else (account, rows[0]["scope"])

    def account(self, number: int) -> Account | None:
        """Return an account by its number."""
        if number == OWNER.id:
            return OWNER
        return next((one for one in self._store.accounts() if one.id == number), None)

    def set_password(self, account: int, password: str) -> None:
        """Keep a password, stretched and salted."""
        salt = secrets.token_bytes(16)
        self._store.write(
            "update account set secret = ?, salt = ? where id = ?", stretched(password, salt), salt, account
        )

    def log_in(self, name: str, password: str) -> str | None:
        """Return a session for a name and its password; None where they do not fit, or too often did not."""
        with self._lock:
            failures, since = self._slow.get(name, (0, 0.0))
            if failures >= 3 and time.monotonic() - since < min(60.0, 2.0 ** (failures - 2)):
                return None
        rows = self._store.rows("select * from account where name = ? and closed_at is null", name)
        salt = bytes(rows[0]["salt"] or b"") if rows else b"nobody"
        secret = bytes(rows[0]["secret"] or b"") if rows else b""
        # As long for a name that there is not as for one that there is.
        right = secrets.compare_digest(stretched(password, salt), secret)
        with self._lock:
            if not right:
                if len(self._slow) > 10_000:
                    self._slow.clear()
                self._slow[name] = (failures + 1, time.monotonic())
                return None
            self._slow.pop(name, None)
        return self.open(rows[0]["id"], "session", "all", SESSION_DAYS)


def stretched(password: str, salt: bytes) -> bytes:
    """Return a password as it is kept: slow to guess."""
    return hashlib.scrypt(password.encode("utf-8", "replace")[:1000], salt=salt, n=2**14, r=8, p=1)
