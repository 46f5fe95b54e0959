"""Accounts with their roles, and the tokens of calendars, programs and wall screens."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roster.board.store import Account, now
from roster.board.verbs.base import Context, Json, VerbInput, forbidden, not_found, wrong
from roster.language import tr

SHORTEST = 8


class NewAccount(VerbInput):
    """Somebody who is to have access."""

    name: str = Field(min_length=1, max_length=60, description="What they log in with.")
    password: str = Field(max_length=200)
    role: Literal["viewer", "staff", "planner", "head", "admin"]
    person: str = Field("", max_length=200, description="Their name in the rosters, for their own page.")


def make_account(context: Context, asked: NewAccount) -> Json:
    """Give somebody access."""
    name = asked.name.strip()
    if not name or any(one.name == name for one in context.server.store.accounts()):
        raise wrong("name", tr("board.account_taken", name=name))
    if len(asked.password) < SHORTEST:
        raise wrong("password", tr("board.password_short", number=SHORTEST))
    number = context.server.store.write(
        "insert into account (name, person, role) values (?, ?, ?) returning id",
        name,
        asked.person.strip(),
        asked.role,
    )
    context.server.access.set_password(number, asked.password)
    made = {"role": [None, asked.role], "person": [None, asked.person.strip()]}
    context.server.store.note(context.account.id, what="account_made", whom=name, changes=made)
    return {"account": number}


class AccountChange(VerbInput):
    """What is to be different about an account."""

    role: Literal["viewer", "staff", "planner", "head", "admin"] | None = None
    person: str | None = Field(None, max_length=200)
    password: str | None = Field(None, max_length=200)
    closed: bool | None = None


def change_account(context: Context, asked: AccountChange) -> Json:
    """Change an account, or close it: with it go its sessions, feeds and tokens."""
    number, store = context.number("account"), context.server.store
    before = next((one for one in store.accounts() if one.id == number), None)
    if before is None:
        raise not_found()
    if asked.password is not None and len(asked.password) < SHORTEST:
        raise wrong("password", tr("board.password_short", number=SHORTEST))
    if asked.role is not None:
        store.write("update account set role = ? where id = ?", asked.role, number)
    if asked.person is not None:
        store.write("update account set person = ? where id = ?", asked.person.strip(), number)
    if asked.password is not None:
        context.server.access.set_password(number, asked.password)
        context.server.access.close_all(number, "session")
    if asked.closed is not None:
        store.write("update account set closed_at = ? where id = ?", now() if asked.closed else None, number)
        if asked.closed:
            context.server.access.close_all(number)
    changes = _changes(before, asked)
    if changes:
        store.note(context.account.id, what="account_changed", whom=before.name, changes=changes)
    return {"account": number}


def _changes(before: Account, asked: AccountChange) -> dict[str, list[object]]:
    """Return what is different about an account, from what to what; of a password only that it is."""
    wanted = {"role": asked.role, "person": asked.person, "closed": asked.closed}
    found: dict[str, list[object]] = {
        key: [getattr(before, key), new]
        for key, new in wanted.items()
        if new is not None and new != getattr(before, key)
    }
    return found | ({"password": [None, None]} if asked.password is not None else {})


def list_audit(context: Context, _asked: VerbInput) -> Json:
    """List who changed accounts, tokens and hooks, when, from what to what; the latest first."""
    names = {one.id: one.name for one in context.server.store.accounts()}
    return [{**row, "account": names.get(row["account"], "")} for row in context.server.store.noted()]


def list_accounts(context: Context, _asked: VerbInput) -> Json:
    """List the accounts."""
    return [
        {"account": one.id, "name": one.name, "role": one.role, "person": one.person, "closed": one.closed}
        for one in context.server.store.accounts()
    ]


class NewToken(VerbInput):
    """A token that can do one thing."""

    kind: Literal["feed", "wall", "api"]
    board: str = Field("", max_length=80)
    person: str = Field("", max_length=200, description="Feed: whose duties; none for everybody's.")


def make_token(context: Context, asked: NewToken) -> Json:
    """Make the address of a calendar, of a wall screen, or a program's token; it is shown once."""
    if asked.kind == "api" and not context.may("admin"):
        raise forbidden()
    if asked.kind != "api" and context.server.store.board(asked.board) is None:
        raise not_found()
    if asked.kind == "wall" and not context.may("head"):
        raise forbidden()
    person = asked.person.strip()
    if asked.kind == "feed" and not context.may("planner") and person != context.account.person:
        raise forbidden()
    scope = asked.board if asked.kind != "feed" else f"{asked.board}/{person}"
    token = context.server.access.open(context.account.id, asked.kind, scope or "all")
    context.server.store.note(context.account.id, what=f"token_{asked.kind}", whom=scope)
    address = {"feed": f"/feed/{token}.ics", "wall": f"/wall/{token}", "api": ""}[asked.kind]
    return {"token": token, "address": address}


def close_tokens(context: Context, _asked: VerbInput) -> Json:
    """Make all of one's own calendar addresses worthless."""
    context.server.access.close_all(context.account.id, "feed")
    context.server.store.note(context.account.id, what="tokens_closed", whom="")
    return {}


class NewHook(VerbInput):
    """An address of another service that is told what happens."""

    address: str = Field(max_length=500, pattern=r"^https?://[^\s]+$")
    shape: Literal["json", "wecom", "dingtalk", "slack"] = "json"


def make_hook(context: Context, asked: NewHook) -> Json:
    """Tell another service of what happens; the secret that signs it is shown once."""
    number, secret = context.server.hooks.add(asked.address, asked.shape)
    context.server.store.note(context.account.id, what="hook_made", whom=asked.address)
    return {"hook": number, "secret": secret}


def remove_hook(context: Context, _asked: VerbInput) -> Json:
    """Tell a service no more."""
    number = context.number("hook")
    known = context.server.store.rows("select address from hook where id = ?", number)
    context.server.hooks.remove(number)
    if known:
        context.server.store.note(context.account.id, what="hook_removed", whom=known[0]["address"])
    return {}


def log_out(context: Context, _asked: VerbInput) -> Json:
    """End all of one's own sessions."""
    context.server.access.close_all(context.account.id, "session")
    return {}


def person_id(account: Account, names: dict[str, str]) -> str | None:
    """Return by what name the log knows the person whose account it is."""
    return next(
        (who for who, name in names.items() if account.person and account.person in (who, name)), None
    )
