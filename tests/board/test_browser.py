"""The board in a browser: planned, edited by mouse and keys, seen by others, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.board.browser import Process, Watched, cell, checked, chromium, drag, needs_browser, served, soon
from tests.board.test_kill import Client

pytestmark = needs_browser
NAMELESS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea")].filter(
    (one) => one.type !== "hidden" && !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length)
).map((one) => one.outerHTML)"""
COUNTY = Path(__file__).parents[2] / "scenarios" / "county_hospital.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with served(tmp_path_factory.mktemp("board") / "b.sqlite", str(COUNTY)) as running:
        yield running


@pytest.fixture(scope="module")
def watched(browser: Any, server: Process) -> Watched:
    """The county hospital, planned in front of the user."""
    found = Watched(browser, server)
    page = found.page()
    page.click("#plan")
    page.wait_for_selector("#grid")
    assert "breaks no rule" in page.inner_text("#verdict").lower() or page.locator("#verdict .good").count()
    page.context.close()
    return found


def test_a_drag_breaks_a_rule_everybody_sees_it_and_undo_mends_it(watched: Watched) -> None:
    one, other = watched.page(), watched.page(language="zh-CN")
    letters = [cell(one, row, 0).inner_text() for row in range(3)]
    first, second = next((a, b) for a in range(3) for b in range(3) if letters[a] != letters[b])
    checked(other, lambda: checked(one, lambda: drag(one, cell(one, first, 0), cell(one, second, 0))))
    for page in (one, other):
        assert cell(page, first, 0).inner_text() == letters[second]
        assert cell(page, second, 0).inner_text() == letters[first]
    assert one.inner_text("#verdict") != other.inner_text("#verdict")
    one.keyboard.press("Escape")
    checked(other, lambda: checked(one, lambda: one.keyboard.press("Control+z")))
    assert [cell(other, row, 0).inner_text() for row in range(3)] == letters
    checked(one, lambda: one.keyboard.press("Control+y"))
    assert cell(one, first, 0).inner_text() == letters[second]
    checked(one, lambda: one.click("#undo"))
    one.wait_for_selector("#verdict .good")
    assert watched.wrong == []


def test_keys_give_duties_and_a_broken_cell_says_why(watched: Watched) -> None:
    page = watched.page()
    day = next(day for day in range(28) if cell(page, 0, day).inner_text() == "D")
    cell(page, 0, day).click()
    page.wait_for_selector("#cell.open .choice")
    page.keyboard.press("Escape")
    checked(page, lambda: page.keyboard.press("Delete"))
    assert cell(page, 0, day).inner_text() == "·"
    page.wait_for_selector("#verdict .bad")
    assert page.locator("#findings .finding").count() >= 1
    assert page.locator("#cover .hole").count() >= 1
    checked(page, lambda: page.keyboard.press("d"))
    assert cell(page, 0, day).inner_text() == "D"
    page.wait_for_selector("#verdict .good")
    assert watched.wrong == []


def test_a_block_goes_to_a_spreadsheet_and_back(watched: Watched) -> None:
    page = watched.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell(page, 0, 0).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert len(text.split("\t")) == 3
    wanted = [cell(page, 0, day).inner_text() for day in range(3)]
    page.evaluate("text => navigator.clipboard.writeText(text)", text.replace("\t", "\t") + "\r\n")
    cell(page, 0, 14).click()
    page.keyboard.press("Escape")
    before = [cell(page, 0, day).inner_text() for day in range(14, 17)]
    if before != wanted:
        checked(page, lambda: page.keyboard.press("Control+v"))
    assert [cell(page, 0, day).inner_text() for day in range(14, 17)] == wanted
    if before != wanted:
        checked(page, lambda: page.keyboard.press("Control+z"))
    assert watched.wrong == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_pages_fit_and_have_names_and_one_tab_stop(
    watched: Watched, width: int, height: int, language: str
) -> None:
    page = watched.page(width, height, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_attribute("html", "lang") == ("zh-CN" if language == "zh-CN" else "en")
    assert page.locator('#grid [tabindex="0"]').count() == 1
    assert page.evaluate(NAMELESS) == []
    assert watched.wrong == []
    page.context.close()


CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")

PATHS = ("", "/leave", "/ask", "/size", "/demand", "/compare", "/versions", "/scenario", "/log")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(watched: Watched, server: Process, scheme: str) -> None:
    page = watched.page(390 if scheme == "dark" else 1280, 900, color_scheme=scheme)
    width = page.viewport_size["width"]
    board = [f"/b/county-hospital{path}" for path in PATHS]
    for path in (*board, "/", "/new?tier=tertiary", "/settings", "/me", "/now"):
        page.goto(server.origin + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(CONTRAST) == [], path
        assert page.locator("h1").count() == 1, path
        assert page.evaluate(NAMELESS) == [], path
    page.evaluate("document.querySelector('h1').style.color = 'silver'")
    assert scheme == "dark" or page.evaluate(CONTRAST) != [], "the measure sees what is poor"
    page.goto(f"{server.origin}/b/county-hospital")
    cell(page, 0, 0).click()
    page.wait_for_selector("#cell.open .choice")
    assert page.evaluate(CONTRAST) == []
    assert watched.wrong == []


def test_days_are_frozen_by_a_button_and_freed_again(watched: Watched) -> None:
    page = watched.page()
    date = page.locator("#grid tr.days th[data-d]").nth(2).get_attribute("data-d")
    page.click("#freeze")
    page.fill("#freeze-until", date)
    with page.expect_navigation():
        page.click("#freeze-now")
    page.wait_for_selector("#grid td.frozen, #grid td.past")
    locked = [cell(page, 0, day).get_attribute("class") or "" for day in range(4)]
    assert ["frozen" in one or "past" in one for one in locked[:3]] == [True] * 3
    page.click("#freeze")
    assert page.input_value("#freeze-until") == date
    with page.expect_navigation():
        page.click("#freeze-none")
    assert "frozen" not in (cell(page, 0, 2).get_attribute("class") or "")
    assert watched.wrong == []


def test_possible_leave_fills_in_live_and_stops_when_the_page_is_left(
    watched: Watched, server: Process
) -> None:
    page, client = watched.page(), Client(server)
    board = client.call("/boards")[0]["board"]
    page.goto(f"{server.origin}/b/{board}/leave")
    page.click("#away button")
    page.wait_for_selector("#away-table td.away-free, #away-table td.away-costs, #away-table td.away-no")
    # A row is answered while others are not yet; the head and the sign are the answer's.
    page.wait_for_selector("#away-table td[title]")
    job = next(one for one in client.call(f"/boards/{board}/jobs") if one["question"] == "resilience")
    page.click(".tabs a >> nth=0")
    assert soon(lambda: client.call(f"/jobs/{job['id']}")["state"] in ("stopped", "done"))
    page.goto(f"{server.origin}/b/{board}/leave")
    page.select_option("#away select", "7")
    # The table of the question before stands until the page has been loaded again.
    with page.expect_navigation():
        page.click("#away button")
    page.wait_for_function(
        """() => {
            const rows = document.querySelectorAll("#away-table tr[data-who]");
            const told = document.querySelectorAll("#away-table tr[data-who] td:not(.away-none)");
            return rows.length && told.length === rows.length * 22 && !document.querySelector("#away-progress");
        }"""
    )
    assert watched.wrong == []
