"""Signals that stop a run while files are written: heard between steps, so that no step is left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from roster.errors import Terminated

STOPPING = (signal.SIGINT, signal.SIGTERM)

Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals that stop the run wait until the end of a `with` block."""
    heard: list[int] = []
    before = _handle(lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        _restore(before)
    if heard:
        _stop(heard[0])


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a request to terminate inside a `with` block be an exception, so that what is half done is cleared away."""
    before = _handle(lambda number, _frame: _stop(number))
    try:
        yield
    finally:
        _restore(before)


def _stop(number: int) -> NoReturn:
    """Raise what stands for a signal."""
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


def _handle(handler: Handler) -> list[tuple[int, Any]]:
    """Hear signals; only the main thread can, and none that are ignored."""
    if threading.current_thread() is not threading.main_thread():
        return []
    kept = [(number, signal.getsignal(number)) for number in STOPPING]
    before: list[tuple[int, Any]] = [
        (number, old) for number, old in kept if old not in (signal.SIG_IGN, None)
    ]
    for number, _ in before:
        signal.signal(number, handler)
    return before


def _restore(before: list[tuple[int, Any]]) -> None:
    for number, old in before:
        signal.signal(number, old)
