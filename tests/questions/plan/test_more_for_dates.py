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


LEARNERS = """
name: learners
calendar: {start: 2027-03-01, weeks: 1}
employers: {h: {regime: cn_comprehensive}, v: {regime: cn_comprehensive, vendor: true}}
roles: {senior: {}, learner: {}}
shifts: {D: {start: 08:00, length: 8h}, E: {start: 16:00, length: 8h}}
posts:
  desk: {role: senior, days: weekdays, window: 08:00-16:00}
  help: {role: learner, window: 08:00-24:00, vendor: true}
staff_types:
  senior: {skills: senior, employer: h}
  learner: {skills: learner, employer: v}
supervised: [{who: learner, by: senior}]
control: {share: 0}
absence: gross
"""
"""Seniors are wanted for 40 hours a week, one person; and beside the learners for 112, three people."""


@pytest.mark.parametrize(("weeks", "nights", "for_ever", "people"), [(1, False, 1, 3), (4, True, 2, 5)])
def test_learners_have_somebody_beside_them_although_a_rota_knows_no_pairs(
    weeks: int, nights: bool, for_ever: int, people: int
) -> None:
    text = LEARNERS.replace("weeks: 1", f"weeks: {weeks}")
    if nights:
        text = text.replace("E: {start: 16:00, length: 8h}", "N: {start: 20:00, length: 12h}")
        text = text.replace("length: 8h", "length: 12h").replace("08:00-24:00", "08:00+24h, people: 2")
        text = text.replace("08:00-16:00", "08:00-20:00")
    problem = problem_of(text)
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.plan is not None
    assert check_roster(problem, outcome.plan.roster) == []
    assert (outcome.for_ever, outcome.plan.headcount.in_house) == (for_ever, people)
    assert f"without that {for_ever} could do at best" in headline(problem, outcome)
    assert f"knows no pairs of people needs {for_ever}" in outcome.reason


def test_one_more_of_a_vendor_where_the_calendar_cuts_the_rota_of_the_vendors() -> None:
    text = PLATOONS.format(weeks=4, most=9).replace("eu_directive", "eu_directive, vendor: true")
    text = text.replace("{role: ff,", "{role: ff, vendor: true,") + "control: {share: 0}\n"
    problem = problem_of(text)
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.plan is not None
    assert (outcome.plan.headcount.in_house, outcome.plan.headcount.vendor) == (0, 4)


def test_a_change_of_clocks_is_named_where_it_alone_breaks_the_rota() -> None:
    zone = "{start: 2027-03-01, weeks: 3, time_zone: America/Chicago"
    text = PLATOONS.format(weeks=3, most=9).replace("{start: 2027-01-04, weeks: 3", zone)
    outcome = plan_headcount(problem_of(text), ONE_WORKER)
    assert (outcome.for_ever, outcome.plan and outcome.plan.headcount.in_house) == (3, 4)
    assert "but for the hours that a change of clocks adds or takes" in outcome.reason
    by_clock = plan_headcount(problem_of(text.replace(zone, f"{zone}, hours: clock")), ONE_WORKER)
    assert (by_clock.for_ever, by_clock.plan and by_clock.plan.headcount.in_house) == (None, 3)
