"""A calendar that cuts a rota may need more people than go on for ever: they are found, and both numbers are told."""

from __future__ import annotations

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.domain.outcome import Status
from roster.output.words.plan import headline
from roster.output.words.proof import why
from roster.questions.plan.answer import plan_headcount
from tests.small import ONE_WORKER

PLATOONS = """
name: platoons
calendar: {{start: 2027-01-04, weeks: {weeks}}}
employers: {{dept: {{regime: eu_directive}}}}
roles: {{ff: {{}}}}
shifts: {{T: {{start: 07:00, length: 24h, night: false}}}}
posts: {{engine: {{role: ff, window: 07:00+24h}}}}
staff_types: {{ff: {{skills: ff, weekly_hours: 56, count: [0, {most}]}}}}
absence: gross
rules: {{shift_length: 24h, min_rest: 48h, rest_after_nights: off, max_nights: off, weekly_rest: off}}
"""
"""24 hours on and 48 off, at 56 hours on average: three platoons are even after three weeks only."""


@pytest.mark.parametrize(
    ("weeks", "most", "people"),
    [
        pytest.param(3, 9, 3, id="a calendar of the whole circuit needs nobody more"),
        pytest.param(4, 9, 4, id="a calendar that cuts the circuit needs one more"),
        pytest.param(4, 3, None, id="where no more may be there, there is no calendar"),
    ],
)
def test_calendar_that_cuts_the_circuit(weeks: int, most: int, people: int | None) -> None:
    problem = problem_of(PLATOONS.format(weeks=weeks, most=most))
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.bound == 3
    assert (outcome.plan.headcount.in_house if outcome.plan else None) == people
    more = people is not None and people > 3
    assert outcome.for_ever == (3 if more else None)
    assert outcome.status is (
        Status.INFEASIBLE if people is None else Status.FEASIBLE if more else Status.OPTIMAL
    )
    if outcome.plan is not None:
        assert check_roster(problem, outcome.plan.roster) == []
    if more:
        assert headline(problem, outcome) == "4 people in-house for these dates; 3 could go on for ever."
        assert "even after 3 weeks" in why(outcome)[0]
