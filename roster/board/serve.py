"""The server started: a database opened, scenarios made boards, a free port, and the link that opens it."""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from roster.board.access import OWNER, Served
from roster.board.files import files_of
from roster.board.program import state_of
from roster.board.store import Store, is_address
from roster.board.verbs.base import Context, Server
from roster.board.verbs.editing import new_board
from roster.board.web import application
from roster.errors import FileFault, InputError, Terminated
from roster.language import tr
from roster.rosters.files import read_roster
from roster.scenario import load

USUAL = 8765
"""The port where none is asked for."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")

NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p.smb", "sshfs", "fuse.sshfs", "afs", "davfs")
"""File systems of other machines, on which SQLite's write-ahead log does not work."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How the board is to be served."""

    database: Path | str
    scenario: Path | None = None
    roster: Path | None = None
    host: str = "127.0.0.1"
    port: int | None = None
    names: tuple[str, ...] = ()


def serve(wanted: ServeOptions, told: Callable[[str], None]) -> None:
    """Serve until interrupted; `told` takes the link once the server answers. Raises FileFault or Faults."""
    if not is_address(wanted.database):
        refuse_network_share(Path(wanted.database))
    store = Store(wanted.database)
    try:
        if wanted.host not in LOOPBACK and not store.accounts():
            raise InputError(tr("board.host_needs_accounts", host=wanted.host))
        link = secrets.token_urlsafe(32)
        listening = _listening(wanted.host, wanted.port)
        port = listening.getsockname()[1]
        names = (*LOOPBACK, "[::1]", wanted.host, *wanted.names)
        hosts = frozenset(name.lower() for host in names for name in (f"{host}:{port}", host))
        app = application(store, Served(hosts), link)
        board = _first_board(app.state.server, wanted)
        shown = f"http://{'127.0.0.1' if wanted.host in LOOPBACK else wanted.host}:{port}/open?token={link}"
        # The server gives a signal to end back when it has ended; then the database is still to be closed.
        signal.signal(signal.SIGTERM, _end)
        asyncio.run(_run(app, listening, lambda: told(shown + (f"&to={board}" if board else ""))))
    finally:
        store.close()


def _end(_number: int, _frame: object) -> None:
    raise Terminated


async def _run(app: object, listening: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    if server.started:
        ready()
    await task


def _listening(host: str, port: int | None) -> socket.socket:
    """Take the port asked for; where none is, the usual one, or else any that is free."""
    found: OSError | None = None
    for number in (USUAL, 0) if port is None else (port,):
        made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(256)
        except OSError as error:
            made.close()
            found = error
        else:
            return made
    why = found.strerror if found is not None and found.strerror else str(found)
    raise FileFault(tr("board.port_taken", host=host, port=port or USUAL, why=why))


def _first_board(server: Server, wanted: ServeOptions) -> str:
    """Make boards of what was named, unless they are there already; return the one to open, if it is one."""
    if wanted.scenario is None:
        return ""
    paths = sorted(wanted.scenario.glob("*.yaml")) if wanted.scenario.is_dir() else [wanted.scenario]
    if wanted.scenario.is_dir() and not paths:
        raise FileFault(tr("board.no_scenarios", folder=wanted.scenario))
    found = [_board_of(server, path, wanted.roster) for path in paths]
    return found[0] if len(found) == 1 else ""


def _board_of(server: Server, path: Path, roster_file: Path | None) -> str:
    context = Context(server, OWNER, {}, {})
    problem = load(path)
    files = files_of(path)
    for row in context.server.store.boards():
        first = context.server.store.entries(row["id"])[0]
        if any(one.key == "files" and one.new == files.kept() for one in first.changes):
            return str(row["id"])
    roster = state_of(problem, read_roster(problem, roster_file)) if roster_file is not None else None
    return new_board(context, files, more=roster)


def refuse_network_share(path: Path) -> None:
    """Refuse a database on another machine's disk: its log needs shared memory of one machine. Raises FileFault."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    here = path.resolve().parent
    best, kind = Path("/"), ""
    for line in mounts:
        words = line.split()
        if len(words) > 2 and here.is_relative_to(words[1]) and len(words[1]) >= len(str(best)):
            best, kind = Path(words[1]), words[2]
    if kind in NETWORK:
        raise FileFault(tr("board.network_share", folder=best, kind=kind))
