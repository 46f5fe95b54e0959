"""Calendar addresses: a published version's entries, as the exporter wrote them when it was published."""

from __future__ import annotations

import re

from roster.board.program import names_of
from roster.board.verbs.base import Server
from roster.output.formats import CALENDAR

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//roster//roster//EN\r\nEND:VCALENDAR\r\n"


def calendar_of(server: Server, board: str, person: str) -> bytes:
    """
    Return the calendar of one person, or of everybody, as last published; an empty one before that.

    Parameters
    ----------
    server, board : The server, and the board's name.
    person : Identifier on the board; empty for everybody.
    """
    version = next(iter(server.store.versions(board)), None)
    if version is None:
        return EMPTY
    content = server.store.kept(f"version/{board}/{version.number}", CALENDAR) or EMPTY
    if not person:
        return content
    names = names_of(server.boards.state(board, version.branch, version.rev))
    return only(content, {person, names.get(person, person)})


def only(content: bytes, people: set[str]) -> bytes:
    """Return a calendar with the entries of some people."""

    def keep(found: re.Match[bytes]) -> bytes:
        line = re.search(
            r"X-ROSTER-PERSON:(.*?)\r\n", found.group(0).decode("utf-8", "replace").replace("\r\n ", "")
        )
        name = re.sub(r"\\(.)", r"\1", line.group(1)) if line else ""
        return found.group(0) if name in people else b""

    return _EVENT.sub(keep, content)
