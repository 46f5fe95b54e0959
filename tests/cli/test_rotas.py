"""`roster rotas` on the command line: documents, files, and bad input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DESK = SCENARIOS / "desk_24x7.yaml"
COUNTY = SCENARIOS / "county_hospital.yaml"


def test_the_document_holds_every_rota_against_every_regime(run: Run, tmp_path: Path) -> None:
    result = run("rotas", DESK, "--json", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["optimum"] == 5
    assert [desk["status"] for desk in document["desks"]] == ["optimal"]
    assert len(document["rotas"]) == 24
    for rota in document["rotas"]:
        assert rota["above_optimum"] == rota["with_relief"] - document["optimum"]
        assert len(rota["regimes"]) == len(document["rotas"][0]["regimes"]) > 3
        for judged in (rota["scenario"], *rota["regimes"]):
            assert judged["lawful"] is (judged["breaks"] == [])
    rows = list(csv.DictReader((tmp_path / "rotas.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == sum(1 + len(rota["regimes"]) for rota in document["rotas"])


def test_the_report_says_the_answer_first_in_both_languages(run: Run) -> None:
    english = run("rotas", DESK)
    assert english.stdout.splitlines()[2].strip().startswith("Of 24 classical rotas 1 keep")
    chinese = run("rotas", DESK, "--lang", "zh")
    assert "24 种经典轮班" in chinese.stdout
    assert "lawful" not in chinese.stdout


def test_a_scenario_without_a_desk_says_so(run: Run) -> None:
    result = run("rotas", COUNTY)
    assert (result.exit_code, "one seat around the clock" in result.stdout) == (0, True)


CURVE = """
name: curve
calendar: {start: 2027-01-04, weeks: 4}
employers: {own: {regime: eu_directive}}
roles: {ops: {}}
shifts: {E: {start: 08:00, length: 8h}, L: {start: 16:00, length: 8h}, N: {start: 00:00, length: 8h}}
posts: {desk: {role: ops, demand: {weekdays: {00:00-08:00: 1, 08:00-18:00: 3, 18:00-24:00: 1}, weekends: 1}}}
staff_types: {full: {skills: ops}}
"""


def test_a_demand_curve_is_held_against_the_crews_hour_by_hour(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(CURVE, encoding="utf-8")
    document = json.loads(run("rotas", tmp_path / "s.yaml", "--json").stdout)
    day = [[1, 1]] * 8 + [[3, 1]] * 10 + [[1, 1]] * 6
    assert document["hours"] == day * 5 + [[1, 1]] * 48
    spoken = " ".join(run("rotas", tmp_path / "s.yaml").stdout.split())
    assert (
        "0.0 h a week are there and not wanted, of 168.0 h. 100.0 h a week are wanted and not there."
        in spoken
    )
    assert "by hour" not in run("rotas", DESK).stdout


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("ops_dsk", "did you mean 'ops_desk'?"),
        ("night_call", "is held from home"),
        ("x", "there are: ops_desk"),
    ],
)
def test_bad_posts_are_told_with_a_way_out(run: Run, post: str, words: str) -> None:
    result = run("rotas", COUNTY, "--post", post)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
