"""Whatever is sent, the answer is never a defect: random verbs with nearly right bodies, and random addresses."""

from __future__ import annotations

import json
import os
import random
from typing import Any

from starlette.testclient import TestClient

from roster.board.screens import PAGES
from roster.board.verbs.table import VERBS
from tests.board.conftest import ORIGIN, Desk

REQUESTS = int(os.environ.get("ROSTER_BOARD_FUZZ", "400"))
"""More on demand: ROSTER_BOARD_FUZZ=10000."""

WORDS: list[Any] = [
    *("", "D", "off", "main", "v1", "v999999999999", "ops_duty-1", "2027-01-05", "9999-12-31", "0000-00-00"),
    *("../x", "a\x00b", "\ud800", "张伟", "x" * 5000, "{x}", "%s", "<script>", "-1", "1e999", "NaN"),
    *(None, True, 0, -1, 10**30, 1.5, [], {}, [[]], [["ops_duty-1", "2027-01-05", "D"]], {"a": {"a": {}}}),
]


def value(dice: random.Random, schema: dict[str, Any], top: dict[str, Any]) -> Any:
    """Something that fits a schema, more or less."""
    if dice.random() < 0.25:
        return dice.choice(WORDS)
    if "$ref" in schema:
        return value(dice, top["$defs"][schema["$ref"].rpartition("/")[2]], top)
    if "anyOf" in schema:
        return value(dice, dice.choice(schema["anyOf"]), top)
    if "enum" in schema:
        return dice.choice(schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        found = {name: value(dice, one, top) for name, one in fields.items() if dice.random() < 0.8}
        if isinstance(schema.get("additionalProperties"), dict):
            found |= {str(dice.choice(WORDS))[:50]: value(dice, schema["additionalProperties"], top)}
        return found
    if kind == "array":
        inner = schema.get("prefixItems") or [schema.get("items", {})] * dice.randrange(3)
        return [value(dice, one, top) for one in inner]
    if kind in ("integer", "number"):
        return dice.choice([0, 1, 2, 7, -1, 10**6])
    if kind == "boolean":
        return dice.random() < 0.5
    return dice.choice([word for word in WORDS if isinstance(word, str)])


def test_no_request_finds_a_defect(desk: Desk) -> None:
    dice = random.Random(1)
    desk.server.jobs.close()  # questions are put and never asked: what is looked at is the server
    client = TestClient(
        desk.client.app, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False
    )
    client.cookies.update(dict(desk.client.cookies))
    schemas = {verb.name: verb.model.model_json_schema() for verb in VERBS}
    statuses: dict[int, int] = {}
    for _ in range(REQUESTS):
        path = {
            name: dice.choice([good, good, "1", "x", "%00", "..%2f", "张", "v1", "9" * 30])
            for name, good in {
                "board": desk.board,
                "number": "1",
                "job": "x",
                "account": "1",
                "hook": "1",
                "state": "v1",
            }.items()
        } | {"form": dice.choice(["csv", "html", "all.zip", "x"]), "token": "x", "name": "x"}
        if dice.random() < 0.2:
            page = dice.choice([one for one in PAGES if one != "/"])
            query = f"?{dice.choice(['branch', 'left', 'tier', 'person', 'lang', 'right', 'first'])}={path['number']}"
            sent = ("GET", page.replace("{name:path}", "{name}").format(**path) + query, None)
        else:
            verb = dice.choice(
                [one for one in VERBS if one.name not in ("log_out", "close_feeds", "make_hook")]
            )
            schema = schemas[verb.name]
            query = f"?person=ops_duty-1&date=2027-01-{dice.randrange(40)}&branch={dice.choice(['main', 'x', ''])}"
            body = json.dumps(value(dice, schema, schema)).encode()
            sent = (
                verb.method,
                f"/api/v1{verb.path.format(**path)}{query}",
                body if verb.method == "POST" else None,
            )
        headers = {"Origin": ORIGIN, "Content-Type": "application/json"}
        answer = client.request(sent[0], sent[1], content=sent[2], headers=headers)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (sent, answer.text)
    assert {200, 422} <= set(statuses), statuses
    print(statuses)
