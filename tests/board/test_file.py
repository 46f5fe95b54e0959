"""A board's file beside planning: copies, names taken out of everything, who changed whose rights."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roster.board.forget import _Words
from roster.board.log import Entry, KeyChange
from roster.board.store import Store, Version
from roster.cli import main
from tests.board.conftest import Desk
from tests.board.postgres import database, needs_postgres

NAME, OTHER = "ops_duty-1", "network_application-1"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", "board", *map(str, args)])


def test_a_copy_is_made_while_the_board_goes_on_and_is_nobody_elses_to_read(
    desk: Desk, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    file = desk.store.path
    made = run("backup", copy, "--database", file)
    assert made.exit_code == 0, made.output
    assert copy.stat().st_mode & 0o077 == 0
    assert Store(copy).boards() == desk.store.boards()
    again = run("backup", copy, "--database", file)
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    missing = run("backup", "--database", tmp_path / "none.sqlite")
    assert missing.exit_code == 2
    assert not (tmp_path / "none.sqlite").exists()


def test_a_name_is_gone_from_the_whole_file_and_all_else_stays(desk: Desk, tmp_path: Path) -> None:
    assert desk.verb("cells", cells=[[NAME, "2027-01-05", "off"]]).status_code == 200
    assert desk.verb("names", person=OTHER, name=f"{NAME} Smith").status_code == 200
    assert desk.verb("versions", reason=f"{NAME} is ill").status_code == 200
    desk.post("/accounts", {"name": "Li", "password": "correct horse", "role": "staff", "person": NAME})
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a.csv", f"x,{NAME}\n")
    calendar = f"BEGIN:VCALENDAR\r\nSUMMARY:{NAME[:4]}\r\n {NAME[4:]}\r\nEND:VCALENDAR\r\n"
    files = [("a.zip", packed.getvalue()), ("a.ics", calendar.encode()), ("b.bin", b"\xff\x00 none")]
    desk.store.keep("version/x/1", files)
    before = desk.store.entries(desk.board)
    in_use = run("forget", NAME, "--database", desk.store.path)
    assert (in_use.exit_code, "in use" in in_use.output) == (2, True)
    desk.store.close()
    gone = run("forget", NAME, "--database", desk.store.path)
    assert gone.exit_code == 0, gone.output
    raw = Path(desk.store.path).read_bytes()
    assert raw.count(NAME.encode()) == raw.count(f"{NAME} Smith".encode()) > 0
    assert NAME[4:].encode() + b"\r\n" not in raw
    store = Store(desk.store.path)
    after = store.entries(desk.board)
    assert [(one.rev, one.at, one.kind, one.account) for one in after] == [
        (one.rev, one.at, one.kind, one.account) for one in before
    ]
    assert any(key.startswith("cell/former-1/") for one in after for key in one.keys)
    assert store.names_kept("version/x/1") == ["a.ics", "b.bin"]
    (version,) = store.versions(desk.board)
    assert "former-1 is ill" in version.reason
    assert "hash is that of before" in version.reason
    assert store.noted()[0]["what"] == "forget"
    store.close()
    nobody = run("forget", NAME, "--database", desk.store.path)
    assert (nobody.exit_code, "nobody is called" in nobody.output) == (2, True)
    with sqlite3.connect(desk.store.path) as db:
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    db.close()


@needs_postgres
def test_a_name_is_gone_from_a_postgresql_database_too(tmp_path: Path) -> None:
    with database() as address:
        store = Store(address)
        changes = (KeyChange(f"cell/{NAME}/2027-01-05", None, "D"), KeyChange("people", None, [[NAME, "x"]]))
        store.add_board("b", f"Of {NAME}", Entry("b", 1, "", 0, "made", changes))
        store.add_version(Version("b", 0, 1, "main", "", 0, "hash", "good", f"{NAME} is ill"))
        store.keep(f"job/{NAME}", [("a.csv", f"x,{NAME}".encode()), ("b.bin", b"\xff")])
        store.listen(lambda _: None)
        in_use = run("forget", NAME, "--database", address)
        assert (in_use.exit_code, "in use" in in_use.output) == (2, True), in_use.output
        store.close()
        for name, code in (("nobody-1", 2), (NAME, 0), (NAME, 2)):
            assert run("forget", name, "--database", address).exit_code == code, name
        made = run("backup", tmp_path / "copy.sqlite", "--database", address)
        assert made.exit_code == 0, made.output
        raw = (tmp_path / "copy.sqlite").read_bytes()
        assert (NAME.encode() in raw, b"former-1" in raw, b"former-2" in raw) == (False, True, False)
        copy = Store(tmp_path / "copy.sqlite")
        assert copy.names_kept("job/former-1") == ["a.csv", "b.bin"]
        copy.close()


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Li", "Li Na, Li; Liang, _Li-", "Li Na, X; Liang, _X-"),
        ("张伟", "接替张伟守监控席；张伟强", "接替X守监控席；张伟强"),
        ("O'Hara", json.dumps({"a": "O'Hara"}) + "O&#x27;Hara", '{"a": "X"}X'),
        ("ops-1", "ops-1 ops-12 shops-1", "X ops-12 shops-1"),
        ("周", json.dumps("周"), '"X"'),
    ],
)
def test_only_the_name_itself_is_replaced(name: str, text: str, left: str) -> None:
    assert _Words(name, "X", ["Li Na", "张伟强"]).without(text) == left


def test_who_changed_whose_rights_is_written_down(desk: Desk) -> None:
    made = desk.post(
        "/accounts", {"name": "Wang", "password": "correct horse", "role": "staff", "person": NAME}
    ).json()
    desk.post(f"/accounts/{made['account']}", {"role": "head", "password": "another horse"})
    desk.post(f"/accounts/{made['account']}", {"role": "head"})
    desk.post("/tokens", {"kind": "wall", "board": desk.board})
    rows = desk.get("/audit").json()
    assert [row["what"] for row in rows] == ["token_wall", "account_changed", "account_made"]
    assert rows[1]["changes"] == {"role": ["staff", "head"], "password": [None, None]}
    assert rows[1]["whom"] == "Wang"
    assert "horse" not in json.dumps(rows)
    page = desk.client.get("/settings").text
    assert "staff → head" in page
