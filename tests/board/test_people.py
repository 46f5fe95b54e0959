"""Roles, requests, versions and calendars, through the server."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from roster.board.files import Files
from roster.board.openapi import description
from roster.board.verbs.base import Context
from roster.board.verbs.table import VERBS
from roster.cli import main
from tests.board.conftest import COUNTY, ORIGIN, Desk

PASSWORD = "correct horse battery"
PERSON = "ops_duty-1"


def log_in(desk: Desk, role: str, person: str = "") -> None:
    """Go on as somebody with an account."""
    made = desk.post("/accounts", {"name": role, "password": PASSWORD, "role": role, "person": person})
    assert made.status_code == 200, made.text
    desk.client.cookies.clear()
    headers = {"Origin": ORIGIN}
    body = {"name": role, "password": PASSWORD}
    assert desk.client.post("/api/v1/login", json=body, headers=headers).status_code == 200


def finished(desk: Desk, number: int) -> dict[str, Any]:
    """A request with its answer."""
    for _ in range(600):
        row = next(
            one for one in desk.get(f"/boards/{desk.board}/requests").json() if one["number"] == number
        )
        if row["answer"] and row["answer"]["state"] != "working":
            return dict(row)
        time.sleep(0.1)
    raise AssertionError("no answer")


@pytest.mark.parametrize("role", ["viewer", "staff", "planner", "head", "admin"])
def test_each_role_may_do_what_is_its_own_and_nothing_else(desk: Desk, role: str) -> None:
    assert desk.verb("versions", reason="").status_code == 200
    log_in(desk, role)
    order = ["viewer", "staff", "planner", "head", "admin"]
    for verb in VERBS:
        if verb.name == "log_out":
            continue
        path = verb.path.format(board=desk.board, number="9999", job="none", account="9999", hook="9999")
        answer = desk.get(path) if verb.method == "GET" else desk.post(path, {})
        if order.index(role) < order.index(verb.role):
            assert answer.status_code == 403, verb.name
        else:
            assert answer.status_code in (200, 404, 409, 422), (verb.name, answer.text)
    pages = {
        "/": "viewer",
        "/me": "viewer",
        "/now": "viewer",
        f"/b/{desk.board}/versions": "planner",
        f"/b/{desk.board}/size": "planner",
        f"/b/{desk.board}/demand": "planner",
        f"/b/{desk.board}/compare": "planner",
        f"/b/{desk.board}/log": "planner",
        f"/b/{desk.board}": "planner",
        f"/b/{desk.board}/s/main/report": "planner",
        "/settings": "admin",
        "/backup": "admin",
    }
    for path, needed in pages.items():
        wanted = 200 if order.index(role) >= order.index(needed) else 403
        assert desk.client.get(path).status_code == wanted, path


def test_a_closed_account_is_out_at_once_and_wrong_passwords_wait(desk: Desk) -> None:
    owner = dict(desk.client.cookies)
    log_in(desk, "planner")
    assert desk.get(f"/boards/{desk.board}").status_code == 200
    session = dict(desk.client.cookies)
    desk.client.cookies.clear()
    desk.client.cookies.update(owner)
    assert desk.post("/accounts/1", {"closed": True}).status_code == 200
    desk.client.cookies.clear()
    desk.client.cookies.update(session)
    assert desk.get(f"/boards/{desk.board}").status_code == 403
    body = {"name": "planner", "password": PASSWORD}
    assert desk.client.post("/api/v1/login", json=body, headers={"Origin": ORIGIN}).status_code == 403


def test_wrong_passwords_are_refused_and_then_slowed(desk: Desk) -> None:
    assert desk.post("/accounts", {"name": "li", "password": PASSWORD, "role": "staff"}).status_code == 200
    desk.client.cookies.clear()
    for password in ("a", "b", "c", PASSWORD):
        body = {"name": "li", "password": password}
        assert desk.client.post("/api/v1/login", json=body, headers={"Origin": ORIGIN}).status_code == 403
    kept = json.dumps([str(row) for row in desk.store.rows("select * from account")])
    assert PASSWORD not in kept


def test_staff_ask_for_their_own_leave_only(desk: Desk) -> None:
    log_in(desk, "staff", PERSON)
    body = {"kind": "leave", "first": "2027-01-05", "last": "2027-01-05"}
    assert desk.verb("requests", person="network_application-1", **body).status_code == 403
    answer = desk.verb("requests", person=PERSON, **body)
    assert answer.status_code == 200
    row = finished(desk, answer.json()["request"])
    assert row["answer"]["state"] == "answered"
    assert desk.post(f"/boards/{desk.board}/requests/{row['number']}/grant", {}).status_code == 403
    assert desk.post(f"/boards/{desk.board}/requests/{row['number']}/withdraw", {}).status_code == 200
    assert PERSON in desk.client.get("/me").text


def test_leave_is_granted_with_its_changes_and_undone_as_one(desk: Desk) -> None:
    before = desk.show()["grid"]["crews"]
    made = desk.verb("requests", kind="leave", person=PERSON, first="2027-01-11", last="2027-01-13")
    row = finished(desk, made.json()["request"])
    assert row["answer"]["lawful"], row["answer"]
    answer = desk.post(f"/boards/{desk.board}/requests/{row['number']}/grant", {})
    assert answer.status_code == 200, answer.text
    shown = desk.show()
    assert shown["verdict"]["clean"]
    assert [desk.duty(PERSON, day) for day in (7, 8, 9)] == ["off"] * 3
    assert shown["grid"]["locked"][f"{PERSON}/2027-01-12"][0] == "leave"
    entry = desk.get(f"/boards/{desk.board}/history").json()[0]
    moved = [one for one in entry["changes"] if one["key"].startswith("cell/") and PERSON not in one["key"]]
    assert len(moved) == sum(one["person"] != PERSON for one in row["answer"]["changes"])
    assert desk.verb("undo").status_code == 200
    assert desk.show()["grid"]["crews"] == before
    assert desk.get(f"/boards/{desk.board}/requests").json()[0]["state"] == "undone"


def test_an_answer_about_another_roster_is_not_granted_but_worked_out_anew(desk: Desk) -> None:
    made = desk.verb("requests", kind="leave", person=PERSON, first="2027-01-11", last="2027-01-11")
    row = finished(desk, made.json()["request"])
    assert desk.verb("pins", cells=[["network_application-1", "2027-01-29"]]).status_code == 200
    assert desk.post(f"/boards/{desk.board}/requests/{row['number']}/grant", {}).status_code == 409
    assert finished(desk, row["number"])["answer"]["rev"] > row["answer"]["rev"]


def test_a_breach_is_published_with_a_reason_only_and_by_a_head_only(desk: Desk) -> None:
    day = next(day for day in range(28) if desk.duty(PERSON, day) == "D")
    on = desk.show()["grid"]["dates"][day]["iso"]
    desk.verb("cells", cells=[[PERSON, on, "off"]])
    assert desk.verb("versions").status_code == 409
    log_in(desk, "planner")
    assert desk.verb("versions", reason="because").status_code == 403
    assert desk.verb("undo").status_code == 409, "somebody else's change"


def test_an_exported_version_is_what_the_command_line_writes(desk: Desk, tmp_path: Path) -> None:
    day = next(day for day in range(28) if desk.duty(PERSON, day) == "D")
    on = desk.show()["grid"]["dates"][day]["iso"]
    assert desk.verb("versions").json()["number"] == 1
    desk.verb("cells", cells=[[PERSON, on, "off"]])
    assert (
        desk.client.get(f"/b/{desk.board}/s/main/csv").content
        != desk.client.get(f"/b/{desk.board}/s/v1/csv").content
    )
    roster = tmp_path / "first.csv"
    roster.write_bytes(desk.client.get(f"/b/{desk.board}/s/v1/csv").content)
    scenario = tmp_path / COUNTY.name
    scenario.write_bytes(COUNTY.read_bytes())
    words = ["--lang", "en", "export", str(scenario), str(roster), "--out", str(tmp_path / "out")]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    names = {"csv": "roster.csv", "grid": "grid.csv", "html": "report.html", "ics": "roster.ics"}
    for form, name in names.items():
        answer = desk.client.get(f"/b/{desk.board}/s/v1/{form}")
        assert answer.status_code == 200
        assert answer.content == (tmp_path / "out" / name).read_bytes(), form
    assert desk.client.get(f"/b/{desk.board}/s/v1/all.zip").content.startswith(b"PK")
    page = desk.client.get(f"/b/{desk.board}/s/v1/report")
    assert "sandbox" in page.headers["content-security-policy"]


def test_a_version_is_restored_and_its_hash_can_be_worked_out_again(desk: Desk) -> None:
    before = desk.show()["grid"]["crews"]
    assert desk.verb("versions").status_code == 200
    on = desk.show()["grid"]["dates"][3]["iso"]
    desk.verb("cells", cells=[[PERSON, on, "W"], ["ops_duty-2", on, "off"]])
    assert desk.get(f"/boards/{desk.board}/compare?left=v1&right=main").json()["cells"]
    assert desk.verb("take", source="v1").status_code == 200
    assert desk.show()["grid"]["crews"] == before
    assert desk.get(f"/boards/{desk.board}/versions/1/signature").json()["same"]


def test_a_variant_is_edited_alone_and_then_taken(desk: Desk) -> None:
    assert desk.verb("branches", name="two").status_code == 200
    on, before = desk.show()["grid"]["dates"][3]["iso"], desk.duty(PERSON, 3)
    wanted = "off" if before != "off" else "W"
    assert desk.verb("cells", branch="two", cells=[[PERSON, on, wanted]]).status_code == 200
    assert desk.duty(PERSON, 3) == before
    assert desk.verb("take", source="two").status_code == 200
    assert desk.duty(PERSON, 3) == wanted


def test_a_calendar_address_shows_one_person_and_can_be_closed(desk: Desk) -> None:
    assert desk.verb("versions").status_code == 200
    made = desk.post("/tokens", {"kind": "feed", "board": desk.board, "person": PERSON}).json()
    desk_cookies = dict(desk.client.cookies)
    desk.client.cookies.clear()
    feed = desk.client.get(made["address"])
    assert feed.status_code == 200
    assert f"X-ROSTER-PERSON:{PERSON}" in feed.text.replace("\r\n ", "")
    assert "ops_duty-2" not in feed.text
    assert desk.get(f"/boards/{desk.board}").status_code == 403, "the address opens nothing else"
    assert desk.client.get("/feed/guessed.ics").status_code == 404
    desk.client.cookies.update(desk_cookies)
    assert desk.post("/tokens/close", {}).status_code == 200
    assert desk.client.get(made["address"]).status_code == 404


def test_a_published_calendar_updates_the_one_before(desk: Desk) -> None:
    assert desk.verb("versions").status_code == 200
    made = desk.post("/tokens", {"kind": "feed", "board": desk.board}).json()
    first = desk.client.get(made["address"]).text
    day = next(day for day in range(28) if desk.duty(PERSON, day) == "D")
    on = desk.show()["grid"]["dates"][day]["iso"]
    desk.verb("cells", cells=[[PERSON, on, "off"]])
    assert desk.verb("versions", reason="ill").status_code == 200
    second = desk.client.get(made["address"]).text
    assert "SEQUENCE:1" not in first
    assert "STATUS:CANCELLED" in second


def test_a_program_has_a_token_and_needs_no_page(desk: Desk) -> None:
    token = desk.post("/tokens", {"kind": "api"}).json()["token"]
    desk.client.cookies.clear()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    assert desk.client.get(f"/api/v1/boards/{desk.board}", headers=headers).status_code == 200
    path = f"/api/v1/boards/{desk.board}/undo"
    assert desk.client.post(path, content=b"{}", headers=headers).status_code == 409
    headers["Authorization"] = "Bearer wrong"
    assert desk.client.post(path, content=b"{}", headers=headers).status_code == 403


def test_forms_change_what_they_say_and_keep_the_text(desk: Desk) -> None:
    text = Files.of(desk.get(f"/boards/{desk.board}/scenario").json()).texts[0][1]
    post = {"name": "ops_desk", "title": "Desk", "window": "08:00-16:00", "people": 1, "days": "weekdays"}
    assert desk.verb("forms", title="Another", posts=[post]).status_code == 200
    files = desk.get(f"/boards/{desk.board}/scenario").json()
    assert files["texts"][COUNTY.name] == text
    assert files["main"] == "changes.yaml"
    assert "Another" in files["texts"]["changes.yaml"]
    assert "window" not in files["texts"]["changes.yaml"]
    assert desk.show()["verdict"]["clean"]
    bad = {**post, "window": "8 to 4"}
    assert desk.verb("forms", posts=[bad]).status_code == 422
    assert desk.verb("forms", title="县级医院信息科", posts=[{**post, "title": "运维岗"}]).status_code == 200
    assert desk.get(f"/boards/{desk.board}/scenario").json()["main"] == COUNTY.name


def test_the_description_tells_every_verb(desk: Desk) -> None:
    found = desk.client.get("/api/v1/openapi.json").json()
    assert found == json.loads(json.dumps(description()))
    told = [one["operationId"] for path in found["paths"].values() for one in path.values()]
    assert sorted(told) == sorted(verb.name for verb in VERBS)
    assert all(one["summary"] for path in found["paths"].values() for one in path.values())
    text = json.dumps(found)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in found["components"]["schemas"], name
    assert isinstance(desk.server.boards.live(desk.board).rev, int)
    assert Context(desk.server, desk.server.access.account(0), {}, {}).may("admin")
