"""Files written whole or not at all, whatever happens meanwhile: a full disk, a fault, a signal that ends the run."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from roster.errors import FileFault, Terminated, reason
from roster.language import tr

WORK = ".roster-"
"""What files and folders are called until they move into place."""

STOPPING = (signal.SIGINT, signal.SIGTERM)

_Handler = Callable[[int, FrameType | None], Any]


class HeldSignals:
    """
    Signals that would end the run: they wait for the end of `signals_held`, except while they are let through.

    One handler stands from before the first temporary file until after the last, so that there is no moment between
    two steps at which the system's own handler would end the process and leave something behind.
    """

    def __init__(self) -> None:
        self.waiting: list[int] = []
        self._through = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal: raise at once where it is let through, so that what is half done is cleared away."""
        if self._through:
            # Whoever clears away afterwards must not be interrupted by the next signal.
            self._through = False
            _stop(number)
        self.waiting.append(number)

    @contextmanager
    def let_through(self) -> Iterator[None]:
        """Raise what waits and what comes inside a `with` block as an exception."""
        if self.waiting:
            _stop(self.waiting.pop(0))
        self._through = True
        try:
            yield
        finally:
            self._through = False


@contextmanager
def signals_held() -> Iterator[HeldSignals]:
    """Let signals that end the run wait for the end of a `with` block; raise what came there."""
    held = HeldSignals()
    before = _handle(held)
    try:
        yield held
    finally:
        for number, old in before:
            signal.signal(number, old)
    if held.waiting:
        _stop(held.waiting[0])


def _stop(number: int) -> NoReturn:
    """Raise what stands for a signal."""
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


def _handle(handler: _Handler) -> list[tuple[int, Any]]:
    """Hear signals, and return who heard them before; only the main thread can, and none that are ignored."""
    if threading.current_thread() is not threading.main_thread():
        return []
    kept = [(number, signal.getsignal(number)) for number in STOPPING]
    before: list[tuple[int, Any]] = [
        (number, old) for number, old in kept if old not in (signal.SIG_IGN, None)
    ]
    for number, _ in before:
        signal.signal(number, handler)
    return before


def write_text(file: Path, text: str, *, mark: bool = False) -> None:
    """
    Write one UTF-8 text file whole or not at all, with a byte-order mark if asked for.

    Parameters
    ----------
    file, text : The file, and what it holds.
    mark : Whether a byte order mark leads it.

    Raises
    ------
    FileFault
        It cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with signals_held():
            handle, name = tempfile.mkstemp(prefix=WORK, dir=file.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8-sig" if mark else "utf-8", newline="") as stream:
                    stream.write(text)
                _set_mode(Path(name), like=file)
                os.replace(name, file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise FileFault(tr("common.cannot_write", file=file, why=reason(error))) from error


def _set_mode(fresh: Path, *, like: Path) -> None:
    """Give a fresh file the rights of the one it replaces, else those of any new file."""
    if like.exists():
        fresh.chmod(like.stat().st_mode & 0o7777)
        return
    mask = os.umask(0)
    os.umask(mask)
    fresh.chmod(0o666 & ~mask)
