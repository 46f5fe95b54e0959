"""A made-up team costs in the benchmark what it costs where the program is asked for its calendar."""

from __future__ import annotations

import pytest

from roster.benchmark.calendar.run import made_up
from roster.benchmark.calendar.teams import team
from roster.domain.outcome import SolveOptions
from roster.questions.calendar import best_calendar


def test_a_made_up_team_is_scored_as_its_calendar_is() -> None:
    answer = best_calendar(team(12, 1), SolveOptions(3, 1, 1))
    assert answer.roster is not None
    assert answer.empty_minutes == 0
    assert {"off_block", "work_block"} & {term.what for term in answer.terms if term.kind == "rule"}
    rows = zip(answer.roster.people, answer.roster.duties, strict=True)
    value, broken = made_up(12, 1).score({person.name: duties for person, duties in rows})
    assert (value, broken) == (pytest.approx(answer.points), [])
