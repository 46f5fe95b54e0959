"""One live line on stderr while a question is being answered; nothing where stderr is not a terminal."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

from roster.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar
    from rich.progress import TaskID
    from rich.text import Text

    from roster.domain.outcome import Progress, Tell


LINES = "ROSTER_PROGRESS"
"""Where this variable of the environment says `lines`, signs of life are lines of JSON for another program to read."""


def as_line(progress: Progress) -> None:
    """Write a sign of life on stderr for another program."""
    words = {
        "stage": progress.stage,
        "best": progress.best,
        "bound": progress.bound,
        "seconds": round(progress.seconds, 2),
    }
    print(json.dumps(words, ensure_ascii=False), file=sys.stderr, flush=True)


def wants_lines() -> bool:
    """Whether another program reads the signs of life."""
    return os.environ.get(LINES) == "lines"


class Line:
    """The latest sign of life, drawn anew at every refresh so that the clock runs between two signs."""

    def __init__(self) -> None:
        self._latest: Progress | None = None
        self._began = time.monotonic()
        self._lock = threading.Lock()
        # Signs and refreshes arrive on threads that know nothing of the language chosen on this one.
        self._context = copy_context()

    def report(self, progress: Progress) -> None:
        """Take in a sign of life, from any thread."""
        self._latest = progress

    def __rich__(self) -> Text:
        """Draw the line."""
        with self._lock:
            return self._context.run(self._draw)

    def _draw(self) -> Text:
        from rich.text import Text

        seconds = time.monotonic() - self._began
        line = Text("  ", no_wrap=True, overflow="ellipsis")
        line.append(f"{seconds:5.1f} s  ", "bold cyan")
        if self._latest is None:
            return line.append(tr("cli.progress_start"))
        line.append(self._latest.stage)
        for key, number in (("best", self._latest.best), ("bound", self._latest.bound)):
            if number is not None:
                line.append("   " + tr(f"cli.progress_{key}"), "dim").append(f" {number}", "bold")
        return line


def task_lines() -> Callable[[str, int, int], None]:
    """Return what says for another program, line by line, how much of a stage is done, and of how much."""
    from roster.domain.outcome import Progress

    began = time.monotonic()

    def tell(stage: str, done: int, total: int) -> None:
        as_line(Progress(stage, done, total, time.monotonic() - began))

    return tell


@contextmanager
def task_bar(*, quiet: bool) -> Iterator[Bar | None]:
    """Show a bar a task on stderr, with the time left; yields what takes the tasks, None when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Tasks

    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Tasks(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


@contextmanager
def stage_bars(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar a stage; yields what takes a stage, what of it is done, and of how much; None when nobody watches."""
    if wants_lines():
        yield task_lines()
        return
    with task_bar(quiet=quiet) as progress:
        if progress is None:
            yield None
            return
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done)

        yield tell


@contextmanager
def live_line(*, quiet: bool) -> Iterator[Tell | None]:
    """Show a live line inside a `with` block; yields what takes the signs of life, None when nobody watches."""
    if wants_lines():
        yield as_line
        return
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live

    line = Line()
    with Live(line, console=Console(stderr=True), transient=True, refresh_per_second=8):
        yield line.report


@contextmanager
def measuring(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being measured; yields what takes its name."""
    from roster.domain.outcome import Progress

    with live_line(quiet=quiet) as show:
        if show is None:
            yield lambda _: None
        else:
            yield lambda name: show(Progress(tr("measure.measuring", name=name), None, None, 0.0))
