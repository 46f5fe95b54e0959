"""
Measures the board as people meet it, for BENCHMARKS.md: `python -m tests.board.measure FOLDER`.

A real server, a real browser: from a key to the verdict shown, the size of the page, from the start to the first page;
and thirty people with open pages while ten edits a second come in for a minute.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.board.browser import Process, Watched, cell, checked, chromium, served, soon
from tests.board.test_kill import Client

ROOT = Path(__file__).parents[2]
EDITS = 20


def large(folder: Path) -> Path:
    """A desk of 60 people over 35 days, as a roster that one could have."""
    text = "base: desk.yaml\ncalendar: {start: 2027-01-04, weeks: 5}\npeople:\n"
    (folder / "desk.yaml").write_text(
        (ROOT / "scenarios" / "desk_24x7.yaml").read_text(encoding="utf-8"), "utf-8"
    )
    text += "".join(f"  人员{number:02d}: monitor\n" for number in range(60))
    (folder / "large.yaml").write_text(text, "utf-8")
    return folder / "large.yaml"


def rostered(folder: Path) -> Path:
    """Thirty-five days of N, D, E and two days off for sixty people."""
    rows = ["date,person,duty"]
    for number in range(60):
        for day in range(35):
            duty = ("N", "D", "E", "", "")[(day + number) % 5]
            if duty:
                rows.append(f"{(date(2027, 1, 4) + timedelta(days=day)).isoformat()},人员{number:02d},{duty}")
    (folder / "roster.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder / "roster.csv"


def first_page(server: Process) -> tuple[float, int]:
    """Return how long the board's page takes, and its bytes."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    began = time.perf_counter()
    with opener.open(server.link) as answer:
        content = answer.read()
    return time.perf_counter() - began, len(content)


def keys(server: Process, browser: Any) -> list[float]:
    """Return the seconds from a key to the verdict shown, in the browser."""
    page = Watched(browser, server).page()
    page.wait_for_selector("#grid")
    cell(page, 0, 3).click()
    page.keyboard.press("Escape")
    found = []
    for number in range(EDITS):
        sign = "nd"[number % 2]
        began = time.perf_counter()
        checked(page, lambda sign=sign: page.keyboard.press(sign))
        found.append(time.perf_counter() - began)
    return found


def crowd(
    server: Process, board: str, seconds: float = 60.0, people: int = 30, rate: float = 10.0
) -> dict[str, Any]:
    """Open so many streams, edit at this rate, and see that every stream tells of every edit."""
    client = Client(server)
    shown = client.call(f"/boards/{board}")
    dates = [one["iso"] for one in shown["grid"]["dates"]]
    people_ = [row["id"] for crew in shown["grid"]["crews"] for row in crew["rows"]]
    start_rev = shown["rev"]
    heard: list[dict[int, float]] = [{} for _ in range(people)]
    stop = threading.Event()

    def listen(number: int) -> None:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        opener.open(server.link).read()
        with opener.open(f"{server.origin}/b/{board}/events?after={start_rev}", timeout=30) as stream:
            for raw in stream:
                if raw.startswith(b"id: "):
                    heard[number][int(raw[4:])] = time.perf_counter()
                if stop.is_set():
                    return

    for number in range(people):
        threading.Thread(target=listen, args=(number,), daemon=True).start()
    time.sleep(3)
    times, revs, sent = [], [], {}
    began = time.perf_counter()
    for number in range(int(seconds * rate)):
        wait = began + number / rate - time.perf_counter()
        time.sleep(max(0.0, wait))
        duty = "off" if (number // len(dates)) % 2 else "D"
        at = time.perf_counter()
        body = {"cells": [[people_[number % len(people_)], dates[number % len(dates)], duty]]}
        revs.append(client.call(f"/boards/{board}/cells", body)["rev"])
        sent[revs[-1]] = at
        times.append(time.perf_counter() - at)
    soon(lambda: all(max(one, default=0) >= revs[-1] for one in heard))
    stop.set()
    wanted = {rev for rev in revs if rev > start_rev}
    lost = sum(len(wanted - set(one)) for one in heard)
    late = [one[rev] - sent[rev] for one in heard for rev in wanted if rev in one]
    return {
        "edits": len(revs),
        "lost": lost,
        "answer p95 ms": round(1000 * statistics.quantiles(times, n=20)[-1]),
        "seen by others p95 ms": round(1000 * statistics.quantiles(late, n=20)[-1]),
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    city = ROOT / "scenarios" / "city_tertiary.yaml"
    found: dict[str, Any] = {}
    with chromium() as browser:
        with served(folder / "city.sqlite", str(city)) as server:
            client = Client(server)
            board = client.call("/boards")[0]["board"]
            if client.call(f"/boards/{board}")["grid"] is None:
                client.call(f"/boards/{board}/jobs", {"question": "plan", "take": True})
                assert soon(lambda: client.call(f"/boards/{board}")["grid"] is not None, 120)
            times = keys(server, browser)
            found["13 x 28, key to verdict, median ms"] = round(1000 * statistics.median(times))
            found["13 x 28, page kB"] = round(first_page(server)[1] / 1000)
            found["30 people, 10 edits a second"] = crowd(server, board)
        scenario, roster = large(folder), rostered(folder)
        began = time.perf_counter()
        with served(folder / "large.sqlite", str(scenario), "--roster", str(roster)) as server:
            _, size = first_page(server)
            found["60 x 35, start to first page, s"] = round(time.perf_counter() - began, 2)
            found["60 x 35, page kB"] = round(size / 1000)
            found["60 x 35, key to verdict, median ms"] = round(
                1000 * statistics.median(keys(server, browser))
            )
    began = time.perf_counter()
    with served(folder / "city.sqlite") as server:
        first_page(server)
        found["again: start to first page, s"] = round(time.perf_counter() - began, 2)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
