"""Standard output and standard error as they come: full, closed, gone, or in an encoding that lacks a name."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

from roster.errors import FileFault, reason
from roster.language import tr

OUT, ERR = 1, 2


class StreamFault(FileFault):
    """Standard output cannot be written."""


class _Output(io.FileIO):
    """Standard output, whose failures cannot be mistaken for those of any other file."""

    def write(self, data: Any, /) -> int | None:  # type: ignore[override]
        """Write bytes; raises StreamFault where they cannot be written."""
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StreamFault(tr("cli.unwritable", why=reason(error))) from error


class _Messages(io.FileIO):
    """Standard error: what it cannot take is dropped, so that the exit code still tells the outcome."""

    def write(self, data: Any, /) -> int:
        """Write what can be written; all of it counts as written."""
        with suppress(OSError):
            super().write(data)
        return len(data)


def prepare() -> None:
    """
    Let every failure to write the standard streams have one meaning.

    A closed standard output stays one that cannot be written: its number would else go to the next file opened. No
    name that an encoding lacks stops either stream (Windows code pages, LANG=C).
    """
    sys.stdout = _prepared(sys.stdout, OUT, _Output)
    sys.stderr = _prepared(sys.stderr, ERR, _Messages)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _prepared(stream: TextIO | None, number: int, kind: type[io.FileIO]) -> TextIO:
    """Return a stream over the process's own descriptor; any other, such as a Windows console, as it is."""
    encoding, lines = "utf-8", False
    if stream is None:
        _close(number)
    elif not isinstance(stream, io.TextIOWrapper) or not _is_own(stream, number):
        return stream
    else:
        encoding, lines = stream.encoding, stream.line_buffering
    raw = kind(number, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, line_buffering=lines)


def _is_own(stream: io.TextIOWrapper, number: int) -> bool:
    raw = getattr(stream.buffer, "raw", stream.buffer)
    return isinstance(raw, io.FileIO) and raw.fileno() == number


def _close(number: int) -> None:
    """Take up the number of a closed stream with what cannot be written."""
    null = os.open(os.devnull, os.O_RDONLY)
    if null != number:
        os.dup2(null, number)
        os.close(null)


def abandon_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
