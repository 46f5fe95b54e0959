"""Weekdays off, and duties settled or wished for on weekdays: every such date, unless a date says otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Problem
from roster.errors import Faults
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load
from tests.small import ONE_WORKER

DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 3, time_zone: Europe/Madrid}
employers: {firm: {regime: eu_directive}}
roles: {a: {}}
shifts: {D: {start: 08:00, length: 8h}, N: {start: 22:00, length: 8h}}
posts: {desk: {role: a, window: 08:00-16:00}, night: {role: a, window: 22:00-06:00}}
staff_types: {a: {skills: a}}
people:
  Ann: {type: a, PERSON}
  Bea: a
  Cid: a
  Dan: a
  Eve: a
  Fay: a
absence: gross
"""


def of(folder: Path, person: str) -> Problem:
    (folder / "desk.yaml").write_text(DESK.replace("PERSON", person), encoding="utf-8")
    return load(folder / "desk.yaml")


def planned(problem: Problem) -> Roster:
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.plan is not None
    roster = outcome.plan.roster
    assert roster is not None
    assert not check_roster(problem, roster)
    return roster


def test_nobody_works_on_the_weekday_off_nor_comes_off_a_night_then(tmp_path: Path) -> None:
    problem = of(tmp_path, "days_off: [wed]")
    off = [ban for ban in problem.restrictions if ban.ban is Ban.OFF]
    assert [ban.first for ban in off] == [date(2027, 3, 3), date(2027, 3, 10), date(2027, 3, 17)]
    ann = planned(problem).duties[0]
    assert any(duty.works for duty in ann)
    for wednesday in (2, 9, 16):
        assert ann[wednesday].is_off
        assert not ann[wednesday - 1].night


def test_the_day_after_the_calendar_counts_too(tmp_path: Path) -> None:
    problem = of(tmp_path, "days_off: mon")
    assert date(2027, 3, 22) in {ban.first for ban in problem.restrictions}
    assert not planned(problem).duties[0][20].night


def test_a_date_goes_before_a_weekday(tmp_path: Path) -> None:
    problem = of(tmp_path, "days_off: wed, pins: [{dates: 2027-03-10, duty: D}]")
    assert [ban.first.day for ban in problem.restrictions] == [3, 17]
    assert planned(problem).duties[0][9].name == "D"


def test_pins_and_wishes_may_name_weekdays(tmp_path: Path) -> None:
    text = "pins: [{dates: [tue], duty: D}, {dates: 2027-03-09, duty: off}], wishes: [{dates: [sun, 2027-03-05]}]"
    problem = of(tmp_path, text)
    assert [(pin.first.day, pin.duty) for pin in problem.pins] == [(2, "D"), (16, "D"), (9, "off")]
    assert [wish.first.day for wish in problem.wishes] == [7, 14, 21, 5]
    roster = planned(problem)
    assert [roster.duties[0][day].name for day in (1, 8, 15)] == ["D", "off", "D"]


def test_leave_on_a_weekday_that_is_settled_goes_before(tmp_path: Path) -> None:
    problem = of(tmp_path, "pins: [{dates: [tue], duty: D}], leave: 2027-03-08..2027-03-14")
    assert [pin.first.day for pin in problem.pins] == [2, 16]


@pytest.mark.parametrize(
    "text", ["days_off: wednesday", "days_off: [wed, 3]", "pins: [{dates: wedn, duty: off}]"]
)
def test_what_is_no_weekday_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(Faults):
        of(tmp_path, text)
