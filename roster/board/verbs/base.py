"""What every verb is given, what it may answer besides a result, and how it is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from roster.board.access import Access, at_least
from roster.board.log import Entry, KeyChange, State
from roster.board.state import Boards
from roster.board.store import Account, Store
from roster.errors import Fault, Faults, RosterError
from roster.language import tr

if TYPE_CHECKING:
    from roster.board.events import Hub
    from roster.board.hooks import Hooks
    from roster.board.jobs import Jobs

Json = Any


class Refused(RosterError):
    """What was asked cannot be done; `status` says in what way, as HTTP counts it."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.more = more


def not_found() -> Refused:
    """Return what is said of anything that is not there."""
    return Refused(404, tr("board.not_found"))


def forbidden() -> Refused:
    """Return what is said to somebody without the right."""
    return Refused(403, tr("board.forbidden"))


def wrong(key: str, message: str) -> Faults:
    """Return a fault of what was sent."""
    return Faults(tr("board.what_was_sent"), [Fault(None, key, message)])


class VerbInput(BaseModel):
    """What is sent with a verb: nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Nothing(VerbInput):
    """Nothing needs to be said."""


class OnBranch(VerbInput):
    """A change of one branch of a board."""

    branch: str = Field("main", max_length=60, description="The branch; `main` is the board itself.")
    seen: int | None = Field(None, ge=0, lt=2**31, description="The revision that the change was made upon.")
    once: str | None = Field(
        None, max_length=60, description="A name for the change: sent again, it is taken once."
    )


@dataclass(frozen=True)
class Server:
    """What the verbs work on."""

    store: Store
    boards: Boards
    access: Access
    hub: Hub
    jobs: Jobs
    hooks: Hooks


@dataclass(frozen=True)
class Context:
    """Who asks, of what: the server, the account, what stands in the address."""

    server: Server
    account: Account
    path: dict[str, str]
    query: dict[str, str]

    @property
    def board(self) -> str:
        """The board's name; raises Refused where there is none."""
        name = self.path.get("board", "")
        if self.server.store.board(name) is None:
            raise not_found()
        return name

    def branch(self, name: str | None = None) -> str:
        """Return a branch of the board that there is; raises Refused."""
        wanted = name or self.query.get("branch") or "main"
        if wanted not in self.server.store.branches(self.board):
            raise not_found()
        return wanted

    def may(self, role: str) -> bool:
        """Whether the account has the rights of a role."""
        return at_least(self.account.role, role)

    def number(self, name: str) -> int:
        """Return a number of the address; raises Refused where it is none."""
        text = self.path.get(name, "")
        if not text.isascii() or not text.isdecimal() or len(text) > 15:
            raise not_found()
        return int(text)

    def append(self, kind: str, changes: tuple[KeyChange, ...], asked: OnBranch, **more: Any) -> Json:
        """
        Put a change into the log and tell everybody; return its revision.

        Parameters
        ----------
        kind, changes : The sort of change, and each key with its old and new value.
        asked, more : The branch and what its maker knew, and other fields of the entry.
        """
        branch = self.branch(asked.branch)
        entry = Entry(self.board, 0, "", self.account.id, kind, changes, branch=branch, **more)
        made = self.server.store.append(entry, seen=asked.seen, once=asked.once)
        self.server.hub.changed(made)
        return {"rev": made.rev}

    def state(self, branch: str | None = None) -> State:
        """Return the state of a branch now."""
        return self.server.boards.state(self.board, self.branch(branch))


@dataclass(frozen=True)
class Verb:
    """One thing that can be done: its name, where, by whom, what is sent, and the function that does it."""

    name: str
    method: str
    path: str
    role: str
    model: type[VerbInput]
    run: Callable[[Context, Any], Json]

    @property
    def summary(self) -> str:
        """What it does, in one line."""
        return (self.run.__doc__ or "").strip().splitlines()[0]
