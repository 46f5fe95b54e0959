"""A newcomer's first hour, in a browser and in both languages: from nothing to a published roster in a calendar."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.board.browser import Watched, cell, checked, chromium, drag, needs_browser, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs_browser


def unplanned_pages_fit(page: Page) -> None:
    """Open each page of a board that has no roster yet: none scrolls sideways, and the last one is the board again."""
    board = page.url
    for name in ("/leave", "/ask", "/versions", "/log", ""):
        page.goto(board + name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_from_nothing_to_a_published_roster_in_a_calendar(tmp_path: Path, language: str) -> None:
    with served(tmp_path / "b.sqlite") as server, chromium() as browser:
        watched = Watched(browser, server)
        page = watched.page(language=language)
        # A county hospital from the first page, planned in front of the user.
        page.click('a[href="/new"]')
        page.fill('input[name="title"]', "仁和 <b>医院</b>")
        page.click("form#start button.main")
        page.wait_for_url(re.compile("/b/"))
        unplanned_pages_fit(page)
        page.click("#plan")
        page.wait_for_selector("#grid")
        assert "<b>医院</b>" in page.inner_text(".title")
        # A name.
        page.once("dialog", lambda dialog: dialog.accept("张伟"))
        page.locator(".person").first.click()
        page.wait_for_selector('.person:has-text("张伟")')
        # A duty dragged, the rule seen to break, undone.
        rows = page.locator("tr[data-p]").count()
        letters = [[cell(page, row, day).inner_text() for day in range(28)] for row in range(rows)]
        day, one, other = next(
            (day, a, b)
            for day in range(27)
            for a in range(rows)
            for b in range(rows)
            if a != b
            and "·" not in (letters[a][day], letters[b][day + 1])
            and letters[a][day] != letters[b][day + 1]
        )
        checked(page, lambda: drag(page, cell(page, one, day), cell(page, other, day + 1)))
        page.wait_for_selector("#verdict .bad")
        assert page.locator("#findings .finding").count()
        page.keyboard.press("Escape")
        checked(page, lambda: page.keyboard.press("Control+z"))
        page.wait_for_selector("#verdict .good")
        # Leave asked, answered by a search, granted, seen, undone as one, granted again.
        page.click(".bar a.button")
        dates = page.get_attribute('input[name="first"]', "min")
        assert dates
        page.fill('input[name="first"]', dates)
        page.fill('input[name="last"]', dates)
        page.click("form#request button.main")
        page.wait_for_selector('.requests button[data-do="grant"]')
        page.wait_for_selector(".requests .good-note, .requests .fault")
        enabled = page.locator('.requests button[data-do="grant"]:not([disabled])').first
        enabled.click()
        page.wait_for_selector('.requests li[data-state="granted"]')
        page.click('.tabs a[href^="/b/"]:first-child')
        page.wait_for_selector("#grid td.leave")
        assert page.locator("td.leave").count() == 1
        page.wait_for_selector("#undo:not([disabled])")
        page.click("#undo")
        page.wait_for_selector("#grid:not(:has(td.leave))")
        page.wait_for_selector("#redo:not([disabled])")
        page.click("#redo")
        page.wait_for_selector("#grid td.leave")
        # Published: with a reason, in case granting all the same left a post empty.
        page.click("#publish")
        page.fill("#reason", "January")
        page.click("#publish-now")
        page.wait_for_selector("#v1")
        assert "January" in page.inner_text("#v1")
        # The calendar of one person.
        page.goto(f"{server.origin}/settings")
        page.click('[data-token="feed"]')
        page.wait_for_selector("#address a")
        feed = page.request.get(page.locator("#address a").inner_text()).text()
        assert feed.startswith("BEGIN:VCALENDAR")
        assert "张伟" in feed.replace("\r\n ", "")
        for path in ("log", "ask", "scenario", "compare?left=v1&right=main", "s/v1/report"):
            assert (
                page.goto(f"{page.url.split('/b/')[0].split('/settings')[0]}/b/county-hospital/{path}").status
                == 200
            )
        assert watched.wrong == []
