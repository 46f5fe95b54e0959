"""Somebody who changed type keeps the history; posts left to others are open on the first morning."""

from __future__ import annotations

from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Status
from roster.domain.problem import Problem
from roster.errors import Faults
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load
from tests.small import ONE_WORKER

WARD = """
name: ward
calendar: {start: 2027-03-01, weeks: 1, time_zone: Asia/Taipei}
before: last.csv
employers: {h: {regime: cn_comprehensive}}
roles: {d: {}, n: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts:
  day: {role: d, window: 08:00-16:00}
  night: {role: n, window: 22:00-06:00}
staff_types:
  day: {skills: d, shifts: [D]}
  night: {skills: n, shifts: [N]}
people: {Ann: day, Bob: day, Cid: night, Dan: night}
absence: gross
"""
LAST = """date,person,type,duty
2027-02-27,Ann,night,N
2027-02-28,Ann,night,N
2027-02-27,Cid,day,D
2027-02-28,Cid,day,D
"""


def ward(folder: Path, last: str = LAST, text: str = WARD) -> Problem:
    (folder / "last.csv").write_text(last, encoding="utf-8")
    (folder / "ward.yaml").write_text(text, encoding="utf-8")
    return load(folder / "ward.yaml")


def test_the_history_is_kept_and_said(tmp_path: Path) -> None:
    problem = ward(tmp_path)
    known = {name: [duty.name for duty in days] for name, days in problem.carried}
    assert known == {
        "Ann": ["N", "N"],
        "Bob": ["off", "off"],
        "Cid": ["D", "D"],
        "Dan": ["off", "off"],
    }
    assert any("Ann (night)" in note and "Cid (day)" in note for note in problem.notes)


def test_the_rest_after_the_nights_of_the_old_group_is_kept_and_nobody_is_missed_on_the_first_morning(
    tmp_path: Path,
) -> None:
    problem = ward(tmp_path)
    assert problem.left_to_others == {"night"}
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    roster = outcome.plan.roster
    assert roster is not None
    assert not check_roster(problem, roster)
    # 24 h after the night that ends on Monday at 06:00.
    assert roster.duties[0][0].is_off
    assert any(duty.works for duty in roster.duties[0])


def test_somebody_who_left_leaves_the_first_morning_open(tmp_path: Path) -> None:
    last = LAST.replace("2027-02-28,Ann", "2027-02-28,Eve")
    problem = ward(tmp_path, last)
    assert problem.left_to_others == {"night"}
    assert any("Eve" in note for note in problem.notes)


def test_who_stays_in_the_group_holds_the_first_morning_as_before(tmp_path: Path) -> None:
    assert ward(tmp_path, LAST.replace("Ann,night", "Dan,night")).left_to_others == frozenset()


def test_a_duty_that_nobody_has_any_more_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults) as caught:
        ward(tmp_path, LAST.replace("Ann,night,N", "Ann,night,Q9"))
    assert caught.value.faults[0].key == "duty"
