"""The calendar of people with names: how long it is searched, and what comes where a rota needs much repair."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster
from roster.domain.outcome import Status
from roster.engine.rotation import lawful_days
from roster.engine.rotation.wishes import kinds, wishing
from roster.questions.calendar import best_calendar
from roster.questions.dates.lay_out import LaidOut
from roster.questions.plan import answer, named_people
from tests.small import ONE_WORKER

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 2, time_zone: Europe/Berlin}
employers: {ward: {regime: eu_directive}}
roles: {nurse: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {day: {role: nurse, window: 08:00-16:00}, night: {role: nurse, window: 22:00-06:00}}
staff_types: {nurse: {skills: nurse}}
people:
  Ann: {type: nurse, wishes: [{dates: [fri], duty: off}]}
  Bob: {type: nurse, leave: 2027-03-03..2027-03-04}
  Cid: nurse
  Dan: nurse
  Eve: nurse
absence: gross
"""


def test_a_rota_that_repair_takes_long_for_is_searched_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def searched(problem, options, tell, first):  # type: ignore[no-untyped-def]
        asked.append(options)
        return best_calendar(problem, replace(options, time_limit_s=0.6), tell, first)

    monkeypatch.setattr(named_people, "best_calendar", searched)
    monkeypatch.setattr(named_people, "lay_out", lambda *_: LaidOut(Status.UNKNOWN, None))
    problem = problem_of(WARD)
    # As the command asks: until a moment, of which the search is to take no more than its own part.
    options = replace(ONE_WORKER, until=time.monotonic() + 600)
    found = answer.plan_headcount(problem, options)
    assert found.plan is not None
    assert not check_roster(problem, found.plan.roster)
    assert [one.until for one in asked] == [None]
    assert asked[0].time_limit_s <= named_people.MOST


def test_wishes_never_make_the_graphs_of_the_rules_smaller() -> None:
    problem = problem_of(WARD)
    rules = lawful_days.days_arcs(wishing(problem, ()), 7)
    sizes = [lawful_days.days_arcs(wishing(problem, [wish]), 7) for wish in kinds(problem)]
    assert sizes
    assert min(sizes) >= rules > 0
