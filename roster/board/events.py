"""Live pages: who listens to which board, and what they are told of changes, checks and questions."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from roster.board.away import Found
from roster.board.database import DatabaseRow, Heard
from roster.board.log import Entry
from roster.errors import RosterError
from roster.language import speaking

if TYPE_CHECKING:
    from roster.board.jobs import Jobs
    from roster.board.store import Store

KEEP_ALIVE = 15.0
"""Seconds without a word after which a stream says that it is still there."""

MOST_BEHIND = 500
"""Messages that a page may be behind before it is told to load itself again."""

MOST_STREAMS = 200

GRACE = 5.0
"""Seconds after which a page that was left is taken to be left for good."""

Checked = Callable[[str, str, str], dict[str, Any]]
"""Works out what a page of a board, branch and language is told of the latest check."""


@dataclass(eq=False)
class Listener:
    """One open page."""

    board: str
    branch: str
    language: str
    watching: bool = False
    queue: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(MOST_BEHIND))


def _message(event: str, data: object, rev: int | None = None) -> str:
    """
    Return a message of the stream.

    >>> _message("entry", {"rev": 2}, 2)
    'event: entry\\nid: 2\\ndata: {"rev": 2}\\n\\n'
    """
    head = f"event: {event}\n" + (f"id: {rev}\n" if rev is not None else "")
    return f"{head}data: {json.dumps(data, ensure_ascii=False)}\n\n"


class Hub:
    """Takes what happens from any thread, and passes it on to every page that shows it."""

    def __init__(
        self,
        checked: Checked,
        described: Callable[[Entry], dict[str, Any]],
        marked: Callable[[str, list[Found]], list[Any]],
        others: Heard = lambda _: None,
    ) -> None:
        self._checked = checked
        self._marked = marked
        self._others = others
        self.left: Callable[[str], None] = lambda _: None
        self._described = described
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._dirty: set[tuple[str, str]] = set()
        self._checking: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._closing: asyncio.Event | None = None

    def open(self) -> None:
        """Begin to pass on, on the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream."""
        if self._closing is not None:
            self._closing.set()

    def changed(self, entry: Entry) -> None:
        """Tell of a new entry, at once, and of what the check says, as soon as it is made."""
        self.changed_here(entry)
        self._others({"entry": [entry.board, entry.branch, entry.rev]})

    def changed_here(self, entry: Entry) -> None:
        """Tell the pages of this server of an entry."""
        self._soon(self._on_change, entry)

    def job(self, job: DatabaseRow) -> None:
        """Tell of a question: where it stands."""
        self.tell(job["board"], "job", shown(job))
        self._others({"job": job["id"], "state": job["state"], "progress": job["progress"]})

    def request(self, board: str, number: int) -> None:
        """Tell that a request has another state, or an answer."""
        self.tell(board, "request", {"request": number})
        self._others({"board": board, "event": "request", "data": {"request": number}})

    def version(self, board: str, number: int) -> None:
        """Tell of a new version."""
        self.tell(board, "version", {"number": number})
        self._others({"board": board, "event": "version", "data": {"number": number}})

    def away(self, board: str, found: list[Found]) -> None:
        """Tell when people could be away, as the answers come."""
        self.away_here(board, found)
        self._others({"away": [board, found]})

    def away_here(self, board: str, found: list[Found]) -> None:
        """Tell the pages of this server, each in its language."""
        for tongue in {one.language for one in list(self._listeners) if one.board == board}:
            with speaking(tongue):
                text = _message("away", self._marked(board, found))
            self._soon(self._send, board, None, text, tongue)

    def tell(self, board: str, event: str, data: object) -> None:
        """
        Tell the pages of a board that this server has open.

        Parameters
        ----------
        board, event : Its name, and that of what happened.
        data : What is told, as JSON takes it.
        """
        self._soon(self._send, board, None, _message(event, data))

    def part(self) -> None:
        """End every page's stream: it comes back and is told what it missed."""
        self._soon(self._part)

    def _part(self) -> None:
        for one in list(self._listeners):
            self._listeners.discard(one)
            if not one.queue.full():
                one.queue.put_nowait(": come back\n\n")

    def _soon(self, function: Callable[..., None], *values: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *values)

    def _on_change(self, entry: Entry) -> None:
        self._send(entry.board, entry.branch, _message("entry", self._described(entry), entry.rev))
        self._check(entry.board, entry.branch)

    def _send(self, board: str, branch: str | None, text: str, language: str | None = None) -> None:
        for one in list(self._listeners):
            if one.board != board or branch not in (None, one.branch) or language not in (None, one.language):
                continue
            try:
                one.queue.put_nowait(text)
            except asyncio.QueueFull:
                self._listeners.discard(one)

    def _check(self, board: str, branch: str) -> None:
        key = (board, branch)
        self._dirty.add(key)
        if key not in self._checking:
            self._checking[key] = asyncio.ensure_future(self._check_all(key))

    async def _check_all(self, key: tuple[str, str]) -> None:
        board, branch = key
        try:
            while key in self._dirty:
                self._dirty.discard(key)
                tongues = {one.language for one in self._listeners if (one.board, one.branch) == key}
                for tongue in sorted(tongues):
                    text = await run_in_threadpool(self._verdict, board, branch, tongue)
                    self._send(board, branch, text, tongue)
        finally:
            self._checking.pop(key, None)

    def _verdict(self, board: str, branch: str, tongue: str) -> str:
        try:
            with speaking(tongue):
                return _message("verdict", self._checked(board, branch, tongue))
        except RosterError as error:
            return _message("verdict", {"error": str(error)})

    async def stream(self, listener: Listener, missed: Callable[[], list[Entry]]) -> AsyncIterator[str]:
        """Yield what a page is to be told: what it missed, then what happens."""
        # Listening before asking what was missed: what happens in between is then told twice rather than never.
        self._listeners.add(listener)
        try:
            yield "retry: 1000\n\n"
            for entry in await run_in_threadpool(missed):
                yield _message("entry", self._described(entry), entry.rev)
            self._check(listener.board, listener.branch)
            async for text in self._messages(listener):
                yield text
        finally:
            self._listeners.discard(listener)
            if listener.watching and self._loop is not None:
                self._loop.call_later(GRACE, self._look_away, listener.board)

    def _look_away(self, board: str) -> None:
        """Say that a board's page was left, unless somebody has it open; a page loaded anew is back by now."""
        if not any(one.watching and one.board == board for one in self._listeners):
            threading.Thread(target=self.left, args=(board,), daemon=True).start()

    async def _messages(self, listener: Listener) -> AsyncIterator[str]:
        assert self._closing is not None
        ends = asyncio.ensure_future(self._closing.wait())
        try:
            while listener in self._listeners or not listener.queue.empty():
                gets = asyncio.ensure_future(listener.queue.get())
                done, _ = await asyncio.wait(
                    {gets, ends}, timeout=KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED
                )
                if gets in done:
                    yield gets.result()
                    continue
                gets.cancel()
                if ends in done:
                    return
                yield ": still here\n\n"
        finally:
            ends.cancel()

    @property
    def listening(self) -> int:
        """How many pages are open."""
        return len(self._listeners)


def shown(job: DatabaseRow) -> dict[str, Any]:
    """Return a job as pages and REST show it."""
    return {
        "id": job["id"],
        "board": job["board"],
        "question": job["question"],
        "state": job["state"],
        "progress": json.loads(job["progress"]) if job["progress"] else None,
        "result": json.loads(job["result"]) if job["result"] else None,
        "at": job["at"],
        "ended_at": job["ended_at"],
    }


def heard(hub: Hub, store: Store, jobs: Jobs, said: dict[str, Any]) -> None:
    """
    Pass on what another server of the same database tells.

    Parameters
    ----------
    hub, store, jobs : Who listens, where boards are kept, and questions under way.
    said : What was told.
    """
    if said.get("missed"):
        hub.part()
    elif "entry" in said:
        board, branch, rev = said["entry"]
        for entry in store.entries(board, branch, after=rev - 1)[:1]:
            hub.changed_here(entry)
    elif "away" in said:
        hub.away_here(*said["away"])
    elif "stop" in said:
        jobs.stop(said["stop"])
    elif "job" in said:
        job = jobs.get(said["job"])
        if job is not None:
            hub.tell(job["board"], "job", shown({**job, "progress": said["progress"]}))
    else:
        hub.tell(said["board"], said["event"], said["data"])
