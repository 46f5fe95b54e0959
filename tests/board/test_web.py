"""The server from outside: what is let in, what is refused and how, and that every edit is checked."""

from __future__ import annotations

import base64
import json
import re

import pytest

from roster.board.access import POLICY
from roster.board.database import Unreachable
from roster.errors import Faults
from tests.board.conftest import HOST, LINK, ORIGIN, Desk

PERSON = "ops_duty-1"


def cells(desk: Desk, day: int, duty: str, person: str = PERSON, **more: object) -> object:
    on = desk.show()["grid"]["dates"][day]["iso"]
    return desk.verb("cells", cells=[[person, on, duty]], **more)


def working(desk: Desk, person: str = PERSON) -> int:
    """A day on which somebody works."""
    return next(day for day in range(28) if desk.duty(person, day) == "D")


EMPTY = base64.b64encode(b"date,person,duty\n2027-01-04,ops_duty-1,D\n2027-01-31,ops_duty-1,D\n").decode()
"""A roster in which hardly anything is held."""


class TestLetIn:
    def test_another_name_of_the_host_is_refused(self, desk: Desk) -> None:
        assert desk.client.get("/", headers={"Host": "evil.example:8765"}).status_code == 403
        assert desk.client.get("/static/board.js", headers={"Host": "evil.example"}).status_code == 403

    @pytest.mark.parametrize(
        "origin", ["", "http://evil.example", "null", f"https://{HOST}", f"{ORIGIN}.evil.example"]
    )
    def test_changes_from_other_pages_are_refused(self, desk: Desk, origin: str) -> None:
        answer = desk.client.post(f"/api/v1/boards/{desk.board}/undo", json={}, headers={"Origin": origin})
        assert answer.status_code == 403

    @pytest.mark.parametrize(
        "form", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""]
    )
    def test_changes_that_a_form_could_send_are_refused(self, desk: Desk, form: str) -> None:
        headers = {"Origin": ORIGIN, "Content-Type": form}
        path = f"/api/v1/boards/{desk.board}/undo"
        assert desk.client.post(path, content=b"{}", headers=headers).status_code == 403

    def test_without_the_cookie_nothing_is_shown_or_done(self, desk: Desk) -> None:
        desk.client.cookies.clear()
        for path in ("/", f"/b/{desk.board}", f"/b/{desk.board}/events", f"/api/v1/boards/{desk.board}"):
            assert desk.client.get(path).status_code == 403, path
        assert desk.verb("undo").status_code == 403
        assert desk.client.get("/open?token=wrong").status_code == 403

    def test_the_token_leaves_the_address_and_the_cookie_is_out_of_reach(self, desk: Desk) -> None:
        answer = desk.client.get(f"/open?token={LINK}")
        assert answer.headers["location"] == "/"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "samesite=strict" in answer.headers["set-cookie"].lower()
        kept = desk.store.rows("select hash from token")
        assert all(LINK.encode() not in bytes(row["hash"]) for row in kept)

    def test_every_answer_carries_the_policy(self, desk: Desk) -> None:
        for path in ("/", f"/b/{desk.board}", "/static/board.css", "/nowhere", "/api/v1/nowhere"):
            assert desk.client.get(path).headers["content-security-policy"] == POLICY, path
        assert "unsafe" not in POLICY

    def test_pages_carry_no_script_or_style_of_their_own(self, desk: Desk) -> None:
        page = desk.client.get(f"/b/{desk.board}").text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script src="/static/') + page.count(
            'type="application/json"'
        )
        assert "http://" not in page.replace("http://www.w3.org", "")

    @pytest.mark.parametrize(
        "name", ["../store.py", "..%2fstore.py", "board.js/../../store.py", "%2e%2e/web.py", "x.js"]
    )
    def test_static_files_are_those_of_a_table(self, desk: Desk, name: str) -> None:
        assert desk.client.get(f"/static/{name}").status_code == 404

    def test_too_much_is_refused(self, desk: Desk) -> None:
        body = json.dumps({"branch": "x" * 2_000_000})
        headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
        assert (
            desk.client.post(f"/api/v1/boards/{desk.board}/undo", content=body, headers=headers).status_code
            == 413
        )

    @pytest.mark.parametrize(
        "body", [b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 50_000, b'{"once": 3}', b'{"new": 1}']
    )
    def test_what_is_no_request_is_said_so(self, desk: Desk, body: bytes) -> None:
        headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
        answer = desk.client.post(f"/api/v1/boards/{desk.board}/undo", content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]


class TestEditing:
    def test_the_board_begins_lawful(self, desk: Desk) -> None:
        assert desk.show()["verdict"]["clean"]

    def test_a_move_that_breaks_a_rule_is_shown_and_can_be_undone(self, desk: Desk) -> None:
        day = working(desk)
        assert cells(desk, day, "off").status_code == 200
        verdict = desk.show()["verdict"]
        assert not verdict["clean"]
        assert any(one["rule"] == "post" for one in verdict["findings"])
        assert any(held["css"] == "hole" for post in verdict["cover"] for held in post["days"])
        assert desk.verb("undo").status_code == 200
        assert desk.show()["verdict"]["clean"]
        assert desk.verb("redo").status_code == 200
        assert not desk.show()["verdict"]["clean"]

    def test_a_broken_rule_names_its_source_and_marks_its_cells(self, desk: Desk) -> None:
        for day in range(8):
            cells(desk, day, "D")
        verdict = desk.show()["verdict"]
        week = next(one for one in verdict["findings"] if one["rule"] in ("week_hours", "work_block"))
        assert week["person"] == PERSON
        assert week["source"]
        assert set(week["dates"]) <= {key.partition("/")[2] for key in verdict["marks"]}
        assert any(one["over"] for one in verdict["sums"][PERSON]) or week["rule"] == "work_block"

    def test_the_beginning_cannot_be_undone(self, desk: Desk) -> None:
        assert desk.verb("undo").status_code == 409
        assert desk.get(f"/boards/{desk.board}/can").json() == {}

    def test_the_same_cell_changed_by_two_is_a_conflict_that_shows_both(self, desk: Desk) -> None:
        seen, day = desk.show()["rev"], working(desk)
        assert cells(desk, day, "off", seen=seen).status_code == 200
        answer = cells(desk, day, "S", seen=seen)
        assert answer.status_code == 409
        (both,) = answer.json()["keys"].values()
        assert both["now"] is None
        assert cells(desk, day + 1, "S", seen=seen).status_code == 200

    def test_settled_frozen_and_past_cells_do_not_change(self, desk: Desk) -> None:
        dates = [one["iso"] for one in desk.show()["grid"]["dates"]]
        assert desk.verb("pins", cells=[[PERSON, dates[9]]]).status_code == 200
        assert cells(desk, 9, "off").status_code == 423
        assert desk.verb("pins", cells=[[PERSON, dates[9]]], on=False).status_code == 200
        assert cells(desk, 9, "S").status_code == 200
        assert desk.verb("freeze", until=dates[3]).status_code == 200
        assert cells(desk, 3, "off").status_code == 423
        assert cells(desk, 4, "S").status_code == 200

    def test_a_settled_cell_that_an_undo_changes_is_seen_by_the_check(self, desk: Desk) -> None:
        """The check reads settled cells from the scenario laid over, not from the lock."""
        dates = [one["iso"] for one in desk.show()["grid"]["dates"]]
        assert desk.verb("pins", cells=[[PERSON, dates[9]]]).status_code == 200
        assert desk.show()["verdict"]["clean"]

    @pytest.mark.parametrize(
        ("person", "date", "duty"),
        [
            ("nobody", "2027-01-04", "D"),
            (PERSON, "2026-01-04", "D"),
            (PERSON, "no date", "D"),
            (PERSON, "9999-12-31", "D"),
            (PERSON, "2027-01-04", "Night"),
            (PERSON, "2027-01-04", ""),
            ("", "", ""),
            ("x" * 3000, "\x00", "\ud800"),
        ],
    )
    def test_a_cell_or_duty_that_there_is_not_is_a_fault(
        self, desk: Desk, person: str, date: str, duty: str
    ) -> None:
        body = json.dumps({"cells": [[person, date, duty]]})
        headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
        answer = desk.client.post(f"/api/v1/boards/{desk.board}/cells", content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.json()["error"]

    def test_a_name_is_kept_through_the_check_and_cannot_be_anothers(self, desk: Desk) -> None:
        assert desk.verb("names", person=PERSON, name="张伟").status_code == 200
        names = [row["name"] for crew in desk.show()["grid"]["crews"] for row in crew["rows"]]
        assert "张伟" in names
        assert desk.show()["verdict"]["clean"]
        assert desk.verb("names", person="network_application-1", name="张伟").status_code == 422

    def test_a_roster_comes_from_a_file(self, desk: Desk) -> None:
        text = "date,person,duty\n2027-01-04,ops_duty-1,D\n2027-01-31,ops_duty-1,S\n"
        content = base64.b64encode(text.encode()).decode()
        assert desk.verb("roster", name="mine.csv", content=content).status_code == 200
        assert desk.duty(PERSON, 0) == "D"
        answer = desk.verb("roster", name="mine.csv", content=base64.b64encode(b"date,person\n").decode())
        assert answer.status_code == 422
        assert desk.verb("undo").status_code == 200
        assert desk.show()["verdict"]["clean"]

    def test_what_a_cell_could_be_is_tried_not_guessed(self, desk: Desk) -> None:
        day = working(desk)
        on = desk.show()["grid"]["dates"][day]["iso"]
        about = desk.get(f"/boards/{desk.board}/cell?person={PERSON}&date={on}").json()
        assert about["posts"]
        for one in about["options"]:
            if one["duty"] == "D":
                assert one["now"]
                continue
            assert cells(desk, day, one["duty"]).status_code == 200
            assert desk.show()["verdict"]["clean"] == one["lawful"], one
            desk.verb("undo")
        for one in about["candidates"]:
            swap = [[one["person"], on, "D"], [PERSON, on, one["gives"]]]
            assert desk.verb("cells", cells=swap).status_code == 200
            assert desk.show()["verdict"]["clean"] == one["lawful"], one
            desk.verb("undo")

    def test_who_could_hold_an_empty_post_is_tried(self, desk: Desk) -> None:
        day = working(desk)
        on = desk.show()["grid"]["dates"][day]["iso"]
        cells(desk, day, "off")
        cover = desk.show()["verdict"]["cover"]
        post = next(one["post"] for one in cover if one["days"][day]["css"] == "hole")
        found = desk.get(f"/boards/{desk.board}/hole?post={post}&date={on}").json()["candidates"]
        assert any(one["lawful"] and one["person"] == PERSON for one in found)
        for one in found:
            assert desk.verb("cells", cells=[[one["person"], on, one["duty"]]]).status_code == 200
            assert desk.show()["verdict"]["clean"] == one["lawful"], one
            desk.verb("undo")

    def test_part_of_an_empty_post_can_be_filled(self, desk: Desk) -> None:
        assert desk.verb("roster", name="e.csv", content=EMPTY).status_code == 200
        cover = desk.show()["verdict"]["cover"]
        post = next(one["post"] for one in cover if one["days"][7]["css"] == "hole")
        offered = desk.get(f"/boards/{desk.board}/hole?post={post}&date=2027-01-11").json()["candidates"]
        assert offered


class TestScenario:
    def test_a_fault_comes_back_with_its_line(self, desk: Desk) -> None:
        files = desk.get(f"/boards/{desk.board}/scenario").json()
        text = files["texts"][files["main"]].replace("role: ops\n", "role: opps\n", 1)
        answer = desk.verb("scenario", files={"main": files["main"], "texts": {files["main"]: text}})
        assert answer.status_code == 422
        (fault,) = answer.json()["faults"]
        assert fault["line"] == text.splitlines().index("    role: opps") + 1
        assert fault["key"] == "posts.ops_desk.role"

    @pytest.mark.parametrize(
        "base", ["/etc/passwd", "../other.yaml", "sub/../../x.yaml", "county_hospital.yaml/../.."]
    )
    def test_a_base_leads_nowhere_else(self, desk: Desk, base: str) -> None:
        answer = desk.verb("scenario/check", files={"main": "a.yaml", "texts": {"a.yaml": f"base: {base}\n"}})
        assert answer.status_code == 422
        assert "root:" not in answer.text

    def test_days_before_come_from_nowhere_else(self, desk: Desk) -> None:
        files = desk.get(f"/boards/{desk.board}/scenario").json()
        text = files["texts"][files["main"]] + "\nbefore: /etc/hostname\n"
        answer = desk.verb("scenario/check", files={"main": "a.yaml", "texts": {"a.yaml": text}})
        assert answer.status_code == 422
        assert answer.json()["faults"][0]["key"] == "before"

    @pytest.mark.parametrize(
        "name", ["../a.yaml", "/a.yaml", "a\\b.yaml", "", "c:a.yaml", "a\x00.yaml", "a/../../b"]
    )
    def test_files_have_names_not_ways(self, desk: Desk, name: str) -> None:
        answer = desk.verb("scenario/check", files={"main": name, "texts": {name: "name: x\n"}})
        assert answer.status_code == (400 if "\x00" in name else 422)

    def test_no_text_holds_a_sign_that_a_database_may_not_keep(self, desk: Desk) -> None:
        assert desk.verb("names", person="ops_duty-1", name="a\x00b").status_code == 400
        assert desk.get(f"/boards/{desk.board}%00").status_code == 400
        assert desk.get("/boards?branch=%00").status_code == 400
        assert desk.verb("names", person="ops_duty-1", name="a\\u0000b").status_code == 200

    def test_a_scenario_of_the_same_board_may_be_the_base(self, desk: Desk) -> None:
        files = desk.get(f"/boards/{desk.board}/scenario").json()
        texts = {**files["texts"], "more.yaml": f"base: {files['main']}\ntitle: Another\n"}
        answer = desk.verb("scenario/check", files={"main": "more.yaml", "texts": texts})
        assert answer.json()["title"] == "Another"


def test_a_database_that_does_not_answer_is_said_so_everywhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise Unreachable("The database does not answer.")

    monkeypatch.setattr(desk.store, "rows", gone)
    assert [desk.client.get(f"/b/{desk.board}").status_code, desk.get("/boards").status_code] == [503, 503]
    assert desk.verb("names", person="ops_duty-1", name="张伟").status_code == 503
    assert "does not answer" in desk.get("/boards").json()["error"]
    assert "does not answer" in desk.client.get(f"/b/{desk.board}").text
    assert desk.client.get(f"/b/{desk.board}/events").status_code == 503


def test_every_file_that_a_page_asks_for_is_there(desk: Desk) -> None:
    asked = set()
    for path in (
        "/",
        "/new",
        "/settings",
        "/now",
        *(f"/b/{desk.board}{end}" for end in ("", "/leave", "/scenario", "/ask")),
    ):
        page = desk.client.get(path)
        assert page.status_code == 200, path
        asked |= set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert len(asked) == 4
    for path in asked:
        assert desk.client.get(path).status_code == 200, path


def test_faults_are_those_of_the_program(desk: Desk) -> None:
    """The board says of a scenario what `roster check` says."""
    from roster.board.files import Files
    from roster.board.program import problem_of

    with pytest.raises(Faults, match=r"a\.yaml"):
        problem_of({"files": Files("a.yaml", (("a.yaml", "name: x\n"),)).kept()})
