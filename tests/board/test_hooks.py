"""Web hooks against a server of our own: signed, in each form, sent again, no redirect followed."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from roster.board import hooks
from tests.board.browser import soon
from tests.board.conftest import Desk


@contextmanager
def listening(statuses: list[int]) -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    """A service that answers with these statuses in turn, and then 200; yields its address and what came."""
    got: list[tuple[str, dict[str, str], bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), body))
            status = statuses.pop(0) if statuses else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/inside")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook", got
        finally:
            server.shutdown()
            thread.join()


def test_a_published_version_is_told_signed_and_again_where_nobody_took_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "WAIT", 0.05)
    with listening([500, 302]) as (address, got):
        secret = desk.post("/hooks", {"address": address}).json()["secret"]
        assert desk.verb("versions").status_code == 200
        assert soon(lambda: desk.store.rows("select * from delivery where status = 'done'"))
        assert [path for path, _, _ in got] == ["/hook"] * 3, "a redirect is not followed"
        _, headers, body = got[-1]
        assert json.loads(body)["event"] == "published"
        wanted = hooks.signature(secret, headers["X-Roster-Time"], body)
        assert headers["X-Roster-Signature"] == f"sha256={wanted}"


@pytest.mark.parametrize("shape", ["wecom", "dingtalk", "slack"])
def test_messengers_get_a_text(shape: str) -> None:
    said = json.dumps(hooks.body_of(shape, {"event": "asked", "text": "Li asks", "board": "b"}))
    assert "Li asks" in said
    assert '"board"' not in said


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x/", "gopher://x", "http://a b", ""])
def test_only_web_addresses_are_told(desk: Desk, address: str) -> None:
    assert desk.post("/hooks", {"address": address}).status_code == 422
