"""The live line: on a terminal only, in the language chosen, from any thread."""

from __future__ import annotations

import threading

import pytest
from rich.console import Console

from roster.cli.progress import Line, live_line
from roster.domain.outcome import Progress
from roster.language import speaking


def shown(line: Line) -> str:
    console = Console(width=80, force_terminal=False)
    with console.capture() as capture:
        console.print(line)
    return capture.get()


def test_the_line_tells_stage_best_and_bound() -> None:
    line = Line()
    assert "reading and preparing" in shown(line)
    line.report(Progress("rotation", 12, 11, 1.5))
    assert "rotation   best 12   at least 11" in shown(line)
    line.report(Progress("calendar", None, None, 2.5))
    assert "best" not in shown(line)


def test_the_language_holds_on_other_threads() -> None:
    with speaking("zh"):
        line = Line()
    line.report(Progress("x", 12, 11, 1.5))
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(shown(line)))
    thread.start()
    thread.join()
    assert "当前最优 12" in found[0]


def test_nobody_is_told_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    with live_line(quiet=False) as report:
        assert report is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with live_line(quiet=True) as report:
        assert report is None
