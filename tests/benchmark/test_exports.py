"""A large roster measured on its way out: the multiplication is lawful, and every step is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.benchmark import exports
from roster.benchmark.exports import multiplied, run_exports
from roster.benchmark.tiers import silent
from roster.checker import check_roster
from roster.cli import main
from roster.domain.outcome import SolveOptions
from roster.errors import EngineError
from roster.output.formats import USUAL
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load

DESK = Path(__file__).parents[2] / "scenarios" / "desk_24x7.yaml"


def test_the_multiplied_roster_is_lawful_and_as_large_as_asked() -> None:
    problem = load(DESK)
    plan = plan_headcount(problem, SolveOptions(), None).plan
    assert plan is not None
    large, roster = multiplied(problem, plan, people=17, weeks=6)
    assert (len(roster.people), roster.horizon.days) == (15, 42)
    assert not check_roster(large, roster)


def test_every_step_is_measured_and_named() -> None:
    result = CliRunner().invoke(
        main, ["bench", "export", str(DESK), "--people", "5", "--weeks", "1", "--json"]
    )
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    steps = {case["name"]: case for case in document["cases"]}
    assert list(steps) == ["check", *USUAL, "again", "< roster.csv", "< roster.xlsx"]
    assert all(steps[name]["kilobytes"] > 0 for name in ("ics", "html", "xlsx"))
    assert document["summary"]["people"] == 5


def test_what_is_not_read_back_as_written_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = load(DESK)
    plan = plan_headcount(problem, SolveOptions(), None).plan
    assert plan is not None
    large, roster = multiplied(problem, plan, people=5, weeks=1)
    monkeypatch.setattr(exports, "USUAL", ("csv", "xlsx"))
    monkeypatch.setattr(exports, "read_roster", lambda *_: None)
    with pytest.raises(EngineError, match=r"roster\.csv"):
        run_exports(large, roster, silent)
