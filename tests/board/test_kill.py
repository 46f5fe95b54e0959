"""Nothing that was answered is lost: a real server killed at random moments, and started again."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.board.browser import Process, soon, start

COUNTY = Path(__file__).parents[2] / "scenarios" / "county_hospital.yaml"
KILLS = int(os.environ.get("ROSTER_BOARD_KILLS", "3"))
"""More on demand: ROSTER_BOARD_KILLS=200."""


class Client:
    """Somebody with the link."""

    def __init__(self, server: Process) -> None:
        self._server = server
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._opener.open(server.link, timeout=60).read()

    def open(self, path: str) -> Any:
        return self._opener.open(f"{self._server.origin}{path}", timeout=60)

    def call(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Origin": self._server.origin, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._server.origin}/api/v1{path}", data, headers)
        with self._opener.open(request, timeout=60) as answer:
            return json.load(answer)


def children(process: int) -> list[int]:
    """Processes below one that run one of our questions."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                words = (entry / "cmdline").read_bytes()
                parent = int(re.findall(r"PPid:\s+(\d+)", (entry / "status").read_text())[0])
            except (OSError, IndexError):
                continue
            if b"roster.board.child_process" in words and parent == process:
                found.append(int(entry.name))
    return found


def edits(
    client: Client, board: str, dates: list[str], seed: int, answered: list[tuple[int, str, str]]
) -> None:
    """Edit at random until the server is gone; note what was answered."""
    dice = random.Random(seed)
    try:
        for _ in range(10_000):
            on, duty = dice.choice(dates), dice.choice(["D", "S", "off", "W"])
            made = client.call(f"/boards/{board}/cells", {"cells": [["ops_duty-1", on, duty]]})
            answered.append((made["rev"], on, duty))
    except (OSError, http.client.HTTPException, ValueError):
        return


def test_no_answered_change_is_lost_and_no_process_left(place: Path | str) -> None:
    database, dice = place, random.Random(18)
    server = start(database, str(COUNTY))
    client = Client(server)
    board = client.call("/boards")[0]["board"]
    client.call(f"/boards/{board}/jobs", {"question": "plan", "take": True})
    assert soon(lambda: client.call(f"/boards/{board}")["grid"] is not None, 120)
    dates = [one["iso"] for one in client.call(f"/boards/{board}")["grid"]["dates"]]
    answered: list[tuple[int, str, str]] = []
    published: list[int] = []
    slowest = 0.0
    for number in range(KILLS):
        worker = threading.Thread(target=edits, args=(client, board, dates, number, answered))
        worker.start()
        job = client.call(f"/boards/{board}/jobs", {"question": "rotas"})["job"] if number % 2 == 0 else ""
        time.sleep(dice.uniform(0.05, 0.8))
        if number % 3 == 0:
            published.append(client.call(f"/boards/{board}/versions", {"reason": "a kill test"})["number"])
        below = children(server.process.pid)
        server.kill()
        worker.join(60)
        began = time.monotonic()
        server = start(database)
        client = Client(server)
        history = client.call(f"/boards/{board}/history")
        slowest = max(slowest, time.monotonic() - began)
        _look(client, board, answered, published, history)
        assert soon(lambda gone=below: not any(Path(f"/proc/{one}").exists() for one in gone)), "orphans"
        if job:
            assert client.call(f"/jobs/{job}")["state"] in ("interrupted", "done")
    server.process.terminate()
    assert server.process.wait(20) == 143
    server.close()
    if isinstance(database, Path):
        # Ended in good order, the file is whole by itself.
        assert not database.with_name(f"{database.name}-wal").exists()
    print(f"{KILLS} kills, {len(answered)} answered, served again within {slowest:.2f} s")


def _look(
    client: Client, board: str, answered: list[tuple[int, str, str]], published: list[int], history: list[Any]
) -> None:
    """Every answered revision is there, the cells are as the last answers left them, versions are whole."""
    state = client.call(f"/boards/{board}")
    changed = {entry["rev"] for entry in history}
    first = min(changed)
    assert all(rev in changed for rev, _, _ in answered if rev >= first)
    assert state["rev"] >= max((rev for rev, _, _ in answered), default=0)
    row = next(row for crew in state["grid"]["crews"] for row in crew["rows"] if row["id"] == "ops_duty-1")
    dates = [one["iso"] for one in state["grid"]["dates"]]
    last = {on: duty for _, on, duty in answered}
    # A change on its way when the server was killed may or may not be there. An answer tells the last revision, also
    # where nothing had to change: whose it is, revision and date tell together.
    told = {(rev, on) for rev, on, _ in answered}
    unanswered = {
        on
        for entry in history
        for on in (change["key"].rpartition("/")[2] for change in entry["changes"])
        if entry["kind"] == "cells" and (entry["rev"], on) not in told
    }
    for on, duty in last.items():
        if on not in unanswered:
            assert row["cells"][dates.index(on)]["duty"] == duty, on
    numbers = {one["number"] for one in client.call(f"/boards/{board}/versions")}
    assert set(published) <= numbers
    for number in published[-1:]:
        assert client.call(f"/boards/{board}/versions/{number}/signature")["same"]
