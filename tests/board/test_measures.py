"""How many people systems need, and what load comes in: asked from the pages, their scenarios taken."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.board.browser import Watched, chromium, needs_browser, served, soon
from tests.board.conftest import COUNTY, Desk


def tickets(head: str) -> str:
    """A year of weeks, each day with eight tickets in the morning and one at night."""
    rows = [head]
    for day in range(1, 29):
        for month in range(1, 13):
            rows += [
                f"{month}-{day}-{at},2026-{month:02d}-{day:02d} {8 + at % 8:02d}:{at * 5:02d},20"
                for at in range(8)
            ]
            rows.append(f"{month}-{day}-n,2026-{month:02d}-{day:02d} 23:10,30")
    return "\n".join(rows) + "\n"


@needs_browser
def test_systems_become_a_board_and_tickets_become_posts(tmp_path: Path) -> None:
    export = tmp_path / "tickets.csv"
    export.write_text(tickets("no,arrived,worked"), encoding="utf-8")
    with served(tmp_path / "b.sqlite", str(COUNTY)) as server, chromium() as browser:
        watched = Watched(browser, server)
        page = watched.page()
        page.click('.tabs a[href$="/ask"]')
        page.click('.more a[href$="/size"]')
        page.fill('[name="title"]', "仁和医院")
        page.click("form#size button.main")
        page.wait_for_selector('[data-take-file="size_comfortable.yaml"]')
        assert "Recommended" in page.inner_text("pre.answer")
        page.click('[data-take-file="size.yaml"]')
        page.wait_for_url(re.compile("/b/county-"))
        assert "仁和医院" in page.inner_text(".title")
        # The load: which column says what is asked for, once.
        page.goto(f"{server.origin}/b/county-hospital/demand")
        page.set_input_files('[name="file"]', export)
        page.fill('[name="role"]', "ops")
        page.click("form#demand button.main")
        page.wait_for_selector("#mapping[open]")
        made = page.input_value('[name="map"]')
        assert "arrived" in made
        page.fill('[name="map"]', "id: no\nopened: arrived\neffort: {column: worked, unit: min}\n")
        page.click("form#demand button.main")
        page.wait_for_selector('[data-take-file="demand.yaml"]')
        page.click('[data-take-file="demand.yaml"]')
        page.wait_for_url(re.compile("/b/county-hospital$"))
        page.goto(f"{server.origin}/b/county-hospital/scenario")
        assert "demand.yaml" in page.content()
        assert watched.wrong == []


def answered(desk: Desk, made: dict[str, str]) -> dict[str, object]:
    assert soon(lambda: desk.get(f"/jobs/{made['job']}").json()["state"] in ("done", "failed"), 60)
    found: dict[str, object] = desk.get(f"/jobs/{made['job']}").json()
    return found


def test_a_profile_that_cannot_be_says_its_line(desk: Desk) -> None:
    answer = desk.verb("size", profile="name: x\ntier: village\nbeds: many\n")
    assert answer.status_code == 422
    assert {one["key"] for one in answer.json()["faults"]} >= {"tier", "beds"}
    assert desk.verb("size", modules=["teleport"]).json()["faults"][0]["key"] == "modules"
    assert desk.verb("size", profile="- just\n- a list\n").status_code == 422


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "abacus"), ("content", "%%"), ("targets", ["P1: soon"]), ("name", ""), ("map", 5)],
)
def test_an_export_that_cannot_be_read_is_refused_at_once(desk: Desk, key: str, value: object) -> None:
    good = {"name": "t.csv", "content": base64.b64encode(b"a,b\n").decode(), "kind": "glpi"}
    answer = desk.verb("demand", **{**good, key: value})
    assert (answer.status_code, key in answer.text) == (422, True)


def test_a_file_of_no_tickets_fails_with_its_reason_and_is_not_kept(desk: Desk) -> None:
    secret = base64.b64encode("主题,张三的密码\n".encode()).decode()
    made = desk.verb("demand", name="../t.csv", content=secret, kind="glpi").json()
    found = answered(desk, made)
    assert found["state"] == "failed"
    assert found["result"]["said"]  # type: ignore[index]
    kept = desk.store.rows("select content from file") + desk.store.rows("select body from job")
    assert not any("张三" in str(row) or "张三".encode() in bytes(str(row), "utf-8") for row in kept)
    taken = desk.post(f"/jobs/{made['job']}/take", {"file": "demand.yaml"})
    assert taken.status_code == 404
