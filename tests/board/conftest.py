from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from roster.board.access import OWNER, Served
from roster.board.files import files_of
from roster.board.log import State
from roster.board.program import state_of
from roster.board.store import Store
from roster.board.verbs.base import Context
from roster.board.verbs.editing import new_board
from roster.board.web import application
from roster.domain.outcome import SolveOptions
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load
from tests.board.postgres import database, needs_postgres

COUNTY = Path(__file__).parents[2] / "scenarios" / "county_hospital.yaml"
HOST = "127.0.0.1:8765"
ORIGIN = f"http://{HOST}"
LINK = "the-link-of-the-terminal"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=needs_postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    if request.param == "sqlite":
        yield tmp_path / "b.sqlite"
    else:
        with database() as address:
            yield address


@cache
def planned() -> State:
    """A county hospital with its roster, planned once for all tests."""
    problem = load(COUNTY)
    plan = plan_headcount(problem, SolveOptions(60.0, 1, 1)).plan
    assert plan is not None
    return state_of(problem, plan.roster)


@dataclass
class Desk:
    """A board that is open in a browser, as the owner of the link sees it."""

    client: TestClient
    store: Store
    board: str
    server: Any

    def post(self, path: str, body: object, **headers: str) -> Any:
        return self.client.post(f"/api/v1{path}", json=body, headers={"Origin": ORIGIN, **headers})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=headers)

    def verb(self, name: str, /, **body: object) -> Any:
        return self.post(f"/boards/{self.board}/{name}", body)

    def show(self) -> Any:
        return self.get(f"/boards/{self.board}").json()

    def duty(self, person: str, day: int) -> str:
        rows = [row for crew in self.show()["grid"]["crews"] for row in crew["rows"]]
        cells = next(row["cells"] for row in rows if row["id"] == person)
        return str(cells[day]["duty"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A board of one's own; of a PostgreSQL database with ROSTER_BOARD_DATABASE=postgres."""
    with ExitStack() as ends:
        place: Path | str = tmp_path / "board.sqlite"
        if os.environ.get("ROSTER_BOARD_DATABASE") == "postgres":
            place = ends.enter_context(database())
        yield from _desk(Store(place))


def _desk(store: Store) -> Iterator[Desk]:
    app = application(store, Served(frozenset({HOST})), LINK)
    board = new_board(Context(app.state.server, OWNER, {}, {}), files_of(COUNTY), more=planned())
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        assert client.get(f"/open?token={LINK}&to={board}").headers["location"] == f"/b/{board}"
        yield Desk(client, store, board, app.state.server)
    store.close()
