"""
Photograph the board for the README: a tertiary hospital, planned, with one duty dragged and a cell open.

From a checkout with the program, Playwright and Chromium installed: `python docs/pictures/photograph_board.py`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.board.browser import Watched, cell, checked, chromium, drag, served  # noqa: E402

SCENARIO = "scenarios/city_tertiary.yaml"


def main() -> None:
    """Take the picture beside this file."""
    picture = ROOT / "docs" / "pictures" / "board.png"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        database = Path(folder) / "b.sqlite"
        with served(database, str(ROOT / SCENARIO)) as server:
            page = Watched(browser, server).page(1560, 820)
            page.click("#plan")
            page.wait_for_selector("#grid", timeout=120_000)
            day = next(day for day in range(28) if cell(page, 0, day).inner_text() == "N")
            to = next(row for row in range(1, 4) if cell(page, row, day).inner_text() != "N")
            checked(page, lambda: drag(page, cell(page, 0, day), cell(page, to, day)))
            page.wait_for_selector("#cell-body .choice")
            page.wait_for_timeout(500)
            page.screenshot(path=picture)


if __name__ == "__main__":
    main()
