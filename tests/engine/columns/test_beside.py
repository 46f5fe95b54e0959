"""Other processes that search as well: what they find is offered, and none outlives the search or does it harm."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest

from roster.engine.columns import beside as others
from roster.engine.columns import search_beside
from roster.engine.columns.beside import WORTH, Beside
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.generate import Deadline
from roster.engine.columns.large import begin
from roster.engine.columns.relaxation import relax
from roster.engine.columns.search import run
from roster.engine.columns.state import State
from roster.questions.calendar import shares_of, skeleton
from tests.engine.columns.test_terms import drawn

LONG = 600.0


@pytest.fixture
def begun() -> State:
    """A first calendar, which is far from the best."""
    problem = drawn(1)
    given = compile_team(problem, skeleton(problem), Aims(shares_of(problem, skeleton(problem))))
    state, relaxed = State(given.team, 1, Deadline(time.monotonic() + LONG)), relax(given.team)
    assert relaxed is not None
    begin(state, relaxed, Deadline(0))
    return state


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that are started, as if there were two cores."""
    found: list[subprocess.Popen[bytes]] = []
    start = others._started

    def noted() -> subprocess.Popen[bytes]:
        found.append(start())
        return found[-1]

    monkeypatch.setattr(others, "_started", noted)
    monkeypatch.setattr(others, "spare_cores", lambda: 1)
    yield found
    for process in found:
        process.kill()


def test_what_is_found_is_offered_and_no_process_is_left(
    begun: State, started: list[subprocess.Popen[bytes]]
) -> None:
    before, beside = begun.best, Beside(8)
    beside.begin(begun)
    while begun.best == before:
        assert started[0].poll() is None
        beside.exchange(begun)
        time.sleep(0.05)
    beside.end(begun)
    assert begun.value(begun.lines) == begun.best < before
    assert begun.trace[-1].how == "another process"
    assert [process.poll() is None for process in started] == [False]


def test_a_process_that_is_killed_does_no_harm(begun: State, started: list[subprocess.Popen[bytes]]) -> None:
    before, beside = begun.best, Beside(2)
    beside.begin(begun)
    started[0].kill()
    started[0].wait()
    beside.exchange(begun)
    beside.end(begun)
    assert begun.best == before


def test_what_a_process_has_found_is_kept_where_it_never_reads_what_it_is_told(begun: State) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    better = tuple(reversed(begun.lines))
    gone = SimpleNamespace(stdin=os.fdopen(writing, "wb"), stdout=io.BytesIO(pickle.dumps(better)))
    beside = Beside(0)
    beside._serve(cast("subprocess.Popen[bytes]", gone), b"")
    assert beside._found.get() == better


@pytest.mark.parametrize(("workers", "seconds"), [(1, LONG), (8, WORTH - 1)])
def test_one_worker_or_little_time_starts_none(
    begun: State, started: list[subprocess.Popen[bytes]], workers: int, seconds: float
) -> None:
    begun.deadline = Deadline(time.monotonic() + seconds)
    beside = Beside(workers - 1)
    beside.begin(begun)
    beside.end(begun)
    assert not started


def test_a_search_that_is_interrupted_leaves_no_process(
    begun: State, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("roster.engine.columns.search._whole_dive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(begun, 10.0, begun.lines, workers=2)
    assert [process.poll() is None for process in started] == [False]


def test_a_process_searches_for_itself_where_annealing_gains_nothing(begun: State) -> None:
    program = (
        "from roster.engine.columns import search_beside as one; one.VAIN, one.LONG = 0, 0.0; one.main()"
    )
    told = begun.lines
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump((begun.team, 1, told, 20.0), process.stdin)
        found = told
        for _ in range(3):
            process.stdin.flush()
            found = pickle.load(process.stdout)
            pickle.dump(told, process.stdin)
        process.stdin.close()
    assert begun.value(found) < begun.best
    assert process.returncode == 0


def test_a_process_searches_from_nothing_and_tells_but_is_not_told(begun: State) -> None:
    heard = list[float]()
    other = SimpleNamespace(exchange=lambda state: heard.append(state.best))
    before = begun.best
    begun.deadline = Deadline(time.monotonic() + 10.0)
    search_beside._from_nothing(begun, 2, cast("search_beside._Other", other))
    assert begun.trace[-1].how == "from nothing"
    assert begun.best == min(heard) < before


def test_a_process_ends_with_its_input(begun: State) -> None:
    task = pickle.dumps((begun.team, 1, begun.lines, LONG))
    ended = subprocess.run(
        [sys.executable, "-c", others.PROGRAM], input=task, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
