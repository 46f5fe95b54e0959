"""A real server process and a real browser: what the browser tests and the kill test stand on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.output.html.test_browser import BROWSER, BROWSERS

ROOT = Path(__file__).parents[2]

needs_browser = pytest.mark.skipif(
    not BROWSER, reason=f"no browser found for the board's pages: none of {', '.join(BROWSERS)}"
)


@dataclass
class Process:
    """`roster serve`, running."""

    process: subprocess.Popen[str]
    link: str
    out: Path | str

    @property
    def origin(self) -> str:
        return self.link.partition("/open")[0]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.close()

    def close(self) -> None:
        if self.process.stdout is not None:
            self.process.stdout.close()


def start(database: Path | str, *words: str) -> Process:
    """Start the server as the command line does; return when it has printed its link."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    with open(database.parent / "server.log" if isinstance(database, Path) else os.devnull, "a") as log:
        process = _started(database, log, paths, words)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http\S+", line)
    assert found, line
    return Process(process, found.group(0), database)


def _started(database: Path | str, log: Any, paths: str, words: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "roster",
            "--lang",
            "en",
            "serve",
            "--no-open",
            "--port",
            "0",
            "--out",
            database,
            *words,
        ],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


@contextmanager
def served(database: Path | str, *words: str) -> Iterator[Process]:
    running = start(database, *words)
    try:
        yield running
    finally:
        running.process.terminate()
        try:
            running.process.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
        running.close()


class Watched:
    """Pages of a browser, with everything noted that should not happen: messages, errors, requests elsewhere."""

    def __init__(self, browser: Any, server: Process) -> None:
        self._browser = browser
        self._server = server
        self.wrong: list[str] = []

    def page(self, width: int = 1280, height: int = 900, language: str = "en-GB", **more: Any) -> Any:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale=language, **more
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._look)
        page.goto(self._server.link)
        return page

    def _look(self, request: Any) -> None:
        if not request.url.startswith((self._server.origin, "data:", "blob:")):
            self.wrong.append(f"request: {request.url}")


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def checked(page: Any, action: Any) -> None:
    """Do something that makes a new revision, and wait until the page shows what the check says of it."""
    before = page.get_attribute("html", "data-checked")
    action()
    page.wait_for_selector(f'html:not([data-checked="{before}"])')


def cell(page: Any, row: int, day: int) -> Any:
    return page.locator("tr[data-p]").nth(row).locator("td").nth(day)


def drag(page: Any, start_cell: Any, end_cell: Any) -> None:
    start_box, end_box = start_cell.bounding_box(), end_cell.bounding_box()
    page.mouse.move(start_box["x"] + 9, start_box["y"] + 9)
    page.mouse.down()
    page.mouse.move(start_box["x"] + 12, start_box["y"] + 12)
    page.mouse.move(end_box["x"] + 9, end_box["y"] + 9, steps=3)
    page.mouse.up()


def soon(condition: Any, seconds: float = 20.0) -> bool:
    """Whether something becomes true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
