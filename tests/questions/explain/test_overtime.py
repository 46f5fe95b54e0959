"""Overtime and vendors among the ways out: as much as is enough, as far as the regime allows, with source and cost."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.domain.costs import overtime_cost
from roster.domain.problem import Problem
from roster.engine.solvers.search import Search
from roster.questions.calendar import best_calendar
from roster.questions.conflict.relaxations import FeasibilityQuestion, holds
from roster.questions.explain.answer import ExplainRequest, explain
from roster.questions.what_if.empty_posts import ways_for_empty
from tests.small import ONE_WORKER

DESK = """
name: desk
calendar: {{start: 2027-03-01, weeks: 4, time_zone: Europe/Berlin}}
employers: {{own: {{regime: {regime}}}}}
roles: {{op: {{in_house: {in_house}}}}}
shifts: {{D: {{start: 08:00, length: 8h}}}}
posts: {{desk: {{role: op, window: 08:00-16:00}}}}
staff_types: {{op: {{skills: op, weekly_hours: {weekly}h{count}, cost: 3000}}}}
{people}
absence: gross
"""


def desk(weekly: int, regime: str = "eu_directive", people: str = "", in_house: str = "optional") -> Problem:
    count = "" if people else ", count: [0, 2]"
    text = DESK.format(regime=regime, weekly=weekly, count=count, people=people, in_house=in_house)
    return problem_of(text)


@pytest.mark.parametrize(
    ("problem", "minutes"),
    [
        pytest.param(desk(26), 120, id="56 h by two people of 26 h: 2 h each"),
        pytest.param(desk(22), 360, id="of 22 h: 6 h each"),
        pytest.param(desk(18), None, id="of 18 h: 10 h each, and the regime allows 8 h"),
        pytest.param(desk(26, "cn_public_institution"), None, id="a regime without overtime by plan"),
        pytest.param(
            desk(26, people="people: {Ann: {type: op, no_overtime: always}, Bob: op}"), None, id="who may not"
        ),
    ],
)
def test_overtime_is_the_least_that_is_enough(problem: Problem, minutes: int | None) -> None:
    if problem.people:
        problem = replace(problem, types=tuple(replace(one, maximum=2) for one in problem.types))
    ways = [way for way in explain(problem, ExplainRequest(), ONE_WORKER).ways if way.kind == "overtime"]
    assert len(ways) == (minutes is not None)
    for way in ways:
        assert way.question is not None
        staff = way.question.problem.types[0]
        assert minutes == staff.net_minutes - problem.types[0].net_minutes
        assert "art. 6" in way.sentence
        # By hand: two people, so many hours a week at 150 %, 365 / 84 weeks a month.
        assert way.cost == pytest.approx(2 * minutes / problem.types[0].weekly_minutes * 1.5 * 3000, abs=10)
        assert f"{way.cost:,}" in way.sentence
        search = Search(ONE_WORKER, time.monotonic() + 30)
        assert holds(way.question, search) is True
        less = replace(staff, net_minutes=staff.net_minutes - 30)
        assert holds(FeasibilityQuestion(replace(way.question.problem, types=(less,))), search) is False


@pytest.mark.parametrize(
    ("in_house", "kinds"), [("optional", ["overtime", "vendor"]), ("required", ["overtime"])]
)
def test_what_would_fill_the_posts_that_a_calendar_leaves_empty(in_house: str, kinds: list[str]) -> None:
    problem = desk(26, people="people: {Ann: op, Bob: op}", in_house=in_house)
    answer = best_calendar(problem, replace(ONE_WORKER, time_limit_s=1.0))
    assert answer.roster is not None
    assert answer.empty_minutes == 16 * 60
    ways = ways_for_empty(problem, answer.roster, ONE_WORKER)
    assert [way.kind for way in ways] == kinds
    # 224 h of desk, 208 h by contract: 16 h of overtime, and nothing is broken with it.
    staff = problem.types[0]
    assert ways[0].cost == pytest.approx(overtime_cost(staff, 16 * 60), abs=2)
    assert "16 h" in ways[0].sentence
    assert [one.rule for one in check_roster(problem, answer.roster)] == ["post"]
