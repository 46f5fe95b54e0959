"""The last night of a calendar: an hour of need counts whole, for the date on which the post's window begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.checker import check_roster, cover_of_roster, gaps_of
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF, Problem
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.plan.answer import plan_headcount
from roster.questions.what_if.answer import what_if
from tests.small import ONE_WORKER, H

SEAT = """
name: seat
calendar: {{start: 2026-11-02, weeks: 1, time_zone: Europe/Berlin}}
employers: {{acme: {{regime: eu_directive}}}}
roles: {{op: {{}}}}
shifts: {{D: {{start: 07:00, length: 12h}}, N: {{start: 19:00, length: 12h}}}}
posts: {{seat: {{role: op, window: {window}}}}}
staff_types: {{op: {{skills: op, weekly_hours: 48h}}}}
absence: gross
people: {{Ann: op, Bob: op, Cem: op, Dora: op}}
"""
SPELLINGS = {"00:00-24:00": 5, "07:00+24h": 12}
"""How the seat is written, and the hours of it that the last night holds: to midnight, or to the morning."""


def seat(window: str) -> tuple[Problem, Roster]:
    problem = problem_of(SEAT.format(window=window))
    plan = plan_headcount(problem, ONE_WORKER).plan
    assert plan is not None
    return problem, plan.roster


def without_night(roster: Roster, day: int) -> Roster:
    duties = tuple(
        tuple(OFF if at == day and duty.night else duty for at, duty in enumerate(line))
        for line in roster.duties
    )
    return replace(roster, duties=duties)


@pytest.mark.parametrize("window", SPELLINGS)
def test_an_empty_night_is_found_with_all_its_hours(window: str) -> None:
    problem, roster = seat(window)
    assert check_roster(problem, roster) == []
    for day, hours in ((5, 12), (6, SPELLINGS[window])):
        emptied = without_night(roster, day)
        assert {one.rule for one in check_roster(problem, emptied)} == {"post"}
        gaps = gaps_of(problem, cover_of_roster(problem, emptied).rows)
        assert sum(gap.minutes for gap in gaps) == hours * H


def test_the_last_night_is_not_emptied_to_save_changes() -> None:
    changed = set()
    _, roster = seat("07:00+24h")
    for window in SPELLINGS:
        problem = problem_of(SEAT.format(window=window))
        last = next(p.name for p, line in zip(roster.people, roster.duties, strict=True) if line[-1].night)
        on = problem.dates.last
        found = what_if(LeaveCase(problem, roster, (Absence(last, on, on),)), ONE_WORKER)
        assert (found.status, found.empty) == (Status.OPTIMAL, ())
        assert found.roster is not None
        assert sum(line[-1].night for line in found.roster.duties) == 1
        changed.add(found.changed)
    assert len(changed) == 1
