"""Where the rota cannot be repaired in time, people without names get a calendar that is searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import SolveOptions, Status
from roster.questions.dates import LaidOut
from roster.questions.plan import named_people
from roster.questions.plan.answer import plan_headcount
from roster.scenario.loader import load

COUNTY = Path(__file__).parents[3] / "scenarios" / "county_two_people.yaml"


def test_a_calendar_is_searched_where_the_rota_is_not_repaired_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = load(COUNTY)
    monkeypatch.setattr(named_people, "lay_out", lambda *_: LaidOut(Status.UNKNOWN, None))
    outcome = plan_headcount(problem, SolveOptions(20.0, 1, 1, polish_s=0.1))
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert check_roster(problem, outcome.plan.roster) == []
    assert outcome.ledger == ()
    assert "calendar" in outcome.details
