"""
The published instances, where they are at hand: verdicts and least numbers equal the expected ones.

`ROSTER_RWS` names the folder with `published/` and `expected.csv`, and asks for all of them; else the folder
`../shared/benchmarks/rws` beside the repository is looked for, and a sample run.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from roster.benchmark.rws.run import InstanceQuestions, solve
from roster.domain.outcome import ProofKind, Status
from tests.benchmark.small import QUICK

NAMED = os.environ.get("ROSTER_RWS")
FOLDER = Path(NAMED) if NAMED else Path(__file__).parents[4] / "shared" / "benchmarks" / "rws"
STANDARD = [f"Example{number}" for number in range(1, 21)]


def expected() -> dict[str, dict[str, str]]:
    if not (FOLDER / "expected.csv").is_file():
        return {}
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: row for row in csv.DictReader(file)}


EXPECTED = expected()
CHOSEN = list(EXPECTED) if NAMED else [*STANDARD[::4], *list(EXPECTED)[20::15], "Example87", "Example142"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPECTED, reason="the published instances are not at hand"),
]


def file(name: str) -> Path:
    return FOLDER / "published" / f"{name}.txt"


@pytest.mark.parametrize("name", CHOSEN)
def test_feasible_or_not_with_its_own_number(name: str) -> None:
    case = solve(file(name), InstanceQuestions(), QUICK)
    assert case.status is (Status.OPTIMAL if EXPECTED[name]["feasible"] == "yes" else Status.INFEASIBLE)
    assert bool(case.rows) is (case.status is Status.OPTIMAL)


@pytest.mark.parametrize("name", CHOSEN)
def test_least_number_of_employees(name: str) -> None:
    case = solve(file(name), InstanceQuestions(fewest=True), QUICK)
    wanted = EXPECTED[name]["min_employees"].strip()
    assert (case.value, case.status) == (
        (int(wanted), Status.OPTIMAL) if wanted else (None, Status.INFEASIBLE)
    )
    assert case.proof.kind is not ProofKind.SEARCH or case.proof.confirmed


@pytest.mark.parametrize("name", STANDARD if NAMED else STANDARD[::3])
def test_most_free_weekends_are_proven(name: str) -> None:
    case = solve(file(name), InstanceQuestions(fewest=True, weekends=True), QUICK)
    assert case.status is Status.OPTIMAL
    assert case.weekends is not None
    assert case.weekends.free_weekends == case.weekends.bound
