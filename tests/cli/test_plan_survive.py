"""`roster plan --survive`: what may be asked, and what the document says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ONE_DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 1, holidays: [], workdays: []}
employers: {hospital: {regime: cn_public_institution}}
roles: {ops: {}, guard: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts:
  desk: {role: ops, days: [mon, wed, fri], window: 08:00-16:00}
  door: {role: guard, days: [tue], window: 08:00-16:00}
staff_types:
  ops: {skills: [ops, guard], cost: 10}
  guard: {skills: [guard], cost: 5, count: {max: 1}}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "desk.yaml"
    file.write_text(ONE_DESK, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--survive", "2"), "--survive: 2 is not known"),
        (("--survive", "0"), "--survive: 0 is not known"),
        (("--survive-days", "3"), "--survive-days: says how long absences are"),
        (("--survive", "1", "--survive-days", "8"), "8 days are longer than the calendar of 7"),
    ],
)
def test_what_cannot_be_asked_is_said(run: Run, scenario: Path, flags: tuple[str, ...], said: str) -> None:
    result = run("plan", scenario, *flags)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_document_has_the_ladder_the_absences_and_the_relief_factor(run: Run, scenario: Path) -> None:
    result = run("plan", scenario, "--survive", "1", "--survive-days", "5", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert [(rung["name"], rung["headcount"], rung["bound"]) for rung in document["ladder"]] == [
        ("bare", 1, 1),
        ("net", 1, 1),
        ("survive", 2, 2),
    ]
    assert (document["headcount"]["total"], document["bound"]) == (2, 2)
    (broken,) = document["survival"]["uncovered"]
    assert (broken["type"], broken["people"]["ops"]) == ("ops", 1)
    assert document["survival"]["cases"] == 2 * 7
    assert document["relief_factor"]["weekly_hours"] == 32
    assert document["relief_factor"]["people"] == 1


def test_without_the_question_nothing_is_survived(run: Run, scenario: Path) -> None:
    document = json.loads(run("plan", scenario, "--json").stdout)
    assert document["survival"] is None
    assert [rung["name"] for rung in document["ladder"]] == ["bare", "net"]


def test_the_headline_says_what_is_survived(run: Run, scenario: Path) -> None:
    result = run("plan", scenario, "--survive", "1", "--quiet")
    assert result.stdout.strip().endswith("the proven minimum that survives any one person away for 7 days.")
