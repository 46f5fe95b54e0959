"""Accounts with their roles, and the tokens of calendars, programs and wall screens."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from roster.board.store import Account, now
from roster.board.verbs.base import Asked, Context, Json, forbidden, not_found, wrong
from roster.language import tr

SHORTEST = 8


class NewAccount(Asked):
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
        "insert into account (name, person, role) values (?, ?, ?)", name, asked.person.strip(), asked.role
    )
    context.server.access.set_password(number, asked.password)
    return {"account": number}


class Change(Asked):
    """What is to be different about an account."""

    role: Literal["viewer", "staff", "planner", "head", "admin"] | None = None
    person: str | None = Field(None, max_length=200)
    password: str | None = Field(None, max_length=200)
    closed: bool | None = None


def change_account(context: Context, asked: Change) -> Json:
    """Change an account, or close it: with it go its sessions, feeds and tokens."""
    number, store = context.number("account"), context.server.store
    if all(one.id != number for one in store.accounts()):
        raise not_found()
    if asked.role is not None:
        store.write("update account set role = ? where id = ?", asked.role, number)
    if asked.person is not None:
        store.write("update account set person = ? where id = ?", asked.person.strip(), number)
    if asked.password is not None:
        if len(asked.password) < SHORTEST:
            raise wrong("password", tr("board.password_short", number=SHORTEST))
        context.server.access.set_password(number, asked.password)
        context.server.access.close_all(number, "session")
    if asked.closed is not None:
        store.write("update account set closed_at = ? where id = ?", now() if asked.closed else None, number)
        if asked.closed:
            context.server.access.close_all(number)
    return {"account": number}


def list_accounts(context: Context, _asked: Asked) -> Json:
    """List the accounts."""
    return [
        {"account": one.id, "name": one.name, "role": one.role, "person": one.person, "closed": one.closed}
        for one in context.server.store.accounts()
    ]


class NewToken(Asked):
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
    address = {"feed": f"/feed/{token}.ics", "wall": f"/wall/{token}", "api": ""}[asked.kind]
    return {"token": token, "address": address}


def close_tokens(context: Context, _asked: Asked) -> Json:
    """Make all of one's own calendar addresses worthless."""
    context.server.access.close_all(context.account.id, "feed")
    return {}


class NewHook(Asked):
    """An address of another service that is told what happens."""

    address: str = Field(max_length=500, pattern=r"^https?://[^\s]+$")
    shape: Literal["json", "wecom", "dingtalk", "slack"] = "json"


def make_hook(context: Context, asked: NewHook) -> Json:
    """Tell another service of what happens; the secret that signs it is shown once."""
    number, secret = context.server.hooks.add(asked.address, asked.shape)
    return {"hook": number, "secret": secret}


def remove_hook(context: Context, _asked: Asked) -> Json:
    """Tell a service no more."""
    context.server.hooks.remove(context.number("hook"))
    return {}


def log_out(context: Context, _asked: Asked) -> Json:
    """End all of one's own sessions."""
    context.server.access.close_all(context.account.id, "session")
    return {}


def person_id(account: Account, names: dict[str, str]) -> str | None:
    """Return by what name the log knows the person whose account it is."""
    return next(
        (who for who, name in names.items() if account.person and account.person in (who, name)), None
    )
