"""The questions that many processes may work for say the same wherever their work is done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from roster.rosters.rows import write_roster
from roster.scenario import load
from tests.cli.conftest import Run
from tests.cluster import two_workers
from tests.small import roster, word

DESK = """\
name: desk
calendar: {start: 2027-03-01, weeks: 2}
employers: {h: {regime: cn_public_institution}, v: {regime: cn_comprehensive, vendor: true}}
roles: {a: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts: {seat: {role: a, window: 08:00-16:00, days: weekdays, vendor: true}}
staff_types: {a: {skills: a, employer: h, cost: 10000}}
vendor_seats: {bought: {post: seat, employer: v, cost: 9000, count: 0}}
people: {Li: {type: a}, Wang: {type: a}}
absence: gross
"""
FOUND = {"resilience": "cases", "simulate": "staffings", "frontier": "points"}
"""What each has answers in."""
TIMES = {"seconds", "created", "wall_s", "cpu_s", "workers", "processes", "executor"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with two_workers(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, Path]:
    scenario, published = tmp_path / "desk.yaml", tmp_path / "roster.csv"
    scenario.write_text(DESK, encoding="utf-8")
    problem = load(scenario)
    rows = [word("DDDDD--" + "-------"), word("-------" + "DDDDD--")]
    write_roster(problem, roster(problem, rows), published)
    return scenario, published


def bare(value: object) -> object:
    """Return a document without what every run has its own of."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key not in TIMES}
    return [bare(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "ask",
    [
        ("resilience", "--days", "1,3", "--absences", "2"),
        ("simulate", "--years", "4"),
        ("frontier", "--may-buy", "seat"),
    ],
    ids=lambda ask: ask[0],
)
def test_a_cluster_says_what_processes_say(
    run: Run, desk: tuple[Path, Path], cluster: str, ask: tuple[str, ...]
) -> None:
    scenario, published = desk
    files = (scenario,) if ask[0] == "frontier" else (scenario, published)
    told = [
        run(ask[0], *files, *ask[1:], "--json", "--executor", executor) for executor in ("processes", cluster)
    ]
    here, there = (json.loads(one.stdout) for one in told)
    assert told[0].exit_code == told[1].exit_code
    assert here[FOUND[ask[0]]]
    assert bare(here) == bare(there)
