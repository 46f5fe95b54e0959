"""Split shifts: one duty of several stretches, whose pauses hold no post and are no rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from roster.checker import check_roster, check_rotation, count_breaches, coverage
from roster.domain.horizon import ring
from roster.domain.outcome import Roster, Status
from roster.domain.problem import DAY, OFF, Ban, Duty, Person, Problem, Restriction
from roster.domain.rules import MinRest, NoOverlap, ShiftLength, WeeklyRest
from roster.engine.automata.product import compile_rules
from roster.engine.calendar.model import build
from roster.errors import Faults
from roster.questions.absences.case import lost
from roster.questions.plan.answer import plan_headcount
from roster.rosters.files import read_roster
from roster.rosters.rows import write_roster
from roster.scenario import load
from tests.engine.calendar.test_calendar import accepts
from tests.small import ONE_WORKER, H, cut

HOME = """
name: home
calendar: {start: 2027-03-01, weeks: 2, time_zone: Europe/Berlin}
employers: {home: {regime: eu_directive}}
roles: {carer: {}}
shifts:
  G: {stretches: [06:00-10:00, 16:00-21:00]}
  M: {start: 06:00, length: 4h}
  A: {start: 16:00, length: 5h}
  N: {stretches: [20:00-23:00, 02:00-06:00]}
posts:
  morning: {role: carer, window: 06:00-10:00}
  evening: {role: carer, window: 16:00-21:00}
  noon: {role: carer, window: 11:00-12:00, hard: false, price: 1}
staff_types: {carer: {skills: carer, count: [1, 9]}}
absence: gross
"""


def of(folder: Path, text: str = HOME) -> Problem:
    (folder / "home.yaml").write_text(text, encoding="utf-8")
    return load(folder / "home.yaml")


def duty(problem: Problem, name: str) -> Duty:
    return next(duty for duty in problem.duties(problem.types[0]) if duty.name == name)


def test_its_stretches_are_its_work_and_its_span_is_its_duty(tmp_path: Path) -> None:
    problem = of(tmp_path)
    split, night = problem.shift["G"], problem.shift["N"]
    assert split.stretches == ((360, 600), (960, 1260))
    assert (split.length, split.minutes, split.work_minutes, split.times) == (
        900,
        540,
        540,
        "06:00-10:00, 16:00-21:00",
    )
    assert not split.night
    assert night.stretches == ((1200, 1380), (DAY + 120, DAY + 360))
    assert night.night


def test_nobody_holds_a_post_in_a_pause_and_nobody_rests_in_it(tmp_path: Path) -> None:
    problem = of(tmp_path)
    split = duty(problem, "G")
    held = {(row.post, row.held) for row in coverage(problem, alone(problem, [split] * 5 + [OFF] * 2))}
    assert {("morning", 1), ("evening", 1), ("noon", 0)} <= held
    assert ("noon", 1) not in held
    week = (split, *[OFF] * 6)
    # From 21:00 to 06:00 the day after are 9 hours.
    for rule, days, breaches in (
        (MinRest(minutes=9 * H), (split, split), 0),
        (MinRest(minutes=9 * H + 1), (split, split), 1),
        (ShiftLength(minutes=9 * H), (split,), 0),
        (ShiftLength(minutes=9 * H - 1), (split,), 1),
        (WeeklyRest(minutes=162 * H - 1), (split,), 1),
    ):
        text = (*days, *week[len(days) :])
        assert count_breaches(rule, text, ring(), problem) == breaches
        graph = compile_rules((OFF, split), [rule], {}, (0,))
        found = graph.read_round([int(one == split) for one in text])
        assert (found is None) == bool(breaches)


def alone(problem: Problem, line: Sequence[Duty]) -> Roster:
    return Roster((Person("Ann", "carer"),), cut(problem, len(line)), (tuple(line),))


@pytest.mark.parametrize("window", ["20:00-21:00", "11:00-12:00", "09:00-11:00"])
def test_search_and_check_hold_posts_alike(tmp_path: Path, window: str) -> None:
    text = HOME.replace("11:00-12:00, hard: false, price: 1", f"{window}").replace(
        "count: [1, 9]", "count: 1"
    )
    (tmp_path / "home.yaml").write_text(
        text.replace("evening: {role: carer,", "evening: {role: carer, days: mon,")
    )
    problem = load(tmp_path / "home.yaml", held=False)
    free = replace(problem.types[0], rules=(NoOverlap(),))
    problem = replace(problem, types=(free,))
    choices = [OFF, *(duty(problem, name) for name in ("G", "M", "A"))]
    for line in product(choices, repeat=3):
        roster = alone(problem, line)
        wrong = check_roster(problem, roster)
        model = build(problem, roster, elastic=False, free=None)
        assert accepts(model, [line]) is not bool(wrong)


@pytest.mark.parametrize(
    ("hours", "barred"),
    [((10, 16), False), ((11, 12), False), ((9, 11), True), ((15, 17), True), ((21, 23), False)],
)
def test_who_is_away_in_a_pause_works_before_and_after(
    tmp_path: Path, hours: tuple[int, int], barred: bool
) -> None:
    problem, monday = of(tmp_path), date(2027, 3, 1)
    start, end = (hour * H for hour in hours)
    away = Restriction("Ann", Ban.DUTY, monday, monday, start=start, end=end)
    problem = replace(problem.with_restrictions([away]), types=(replace(problem.types[0], rules=()),))
    split = duty(problem, "G")
    roster = alone(problem, [split, OFF])
    assert any(one.rule == "leave" for one in check_roster(problem, roster)) is barred
    assert accepts(build(problem, roster, elastic=True, free=None), roster.duties) is not barred
    lost_hours = {(9, 11): 1, (15, 17): 1}.get(hours, 0)
    assert lost(split, [away], monday, [split.work_minutes]) == lost_hours * H


@pytest.mark.parametrize(("hours", "barred"), [((23, 26), False), ((22, 24), True), ((25, 27), True)])
def test_a_night_ban_of_some_hours_leaves_pauses_alone(
    tmp_path: Path, hours: tuple[int, int], barred: bool
) -> None:
    problem, monday = of(tmp_path), date(2027, 3, 1)
    on = [monday + timedelta(days=hour // 24) for hour in hours]
    start, end = (hour % 24 * H or (DAY if hour == 24 else 0) for hour in hours)
    ban = Restriction("Ann", Ban.NIGHTS, on[0], on[1] - timedelta(days=hours[1] == 24), start=start, end=end)
    problem = replace(problem.with_restrictions([ban]), types=(replace(problem.types[0], rules=()),))
    roster = alone(problem, [duty(problem, "N"), OFF])
    assert any(one.rule == "no_nights" for one in check_roster(problem, roster)) is barred
    assert accepts(build(problem, roster, elastic=True, free=None), roster.duties) is not barred


def test_one_carer_holds_both_ends_of_the_day_and_the_proof_holds(tmp_path: Path) -> None:
    problem = of(tmp_path)
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert not check_rotation(problem, outcome.plan.rotations)
    assert outcome.plan.roster is not None
    assert not check_roster(problem, outcome.plan.roster)


def test_rows_that_name_the_stretches_are_one_split_shift(tmp_path: Path) -> None:
    problem = of(tmp_path)
    rows = "date,person,type,duty\n"
    for day in range(1, 15):
        rows += f"2027-03-{day:02},carer-1,carer,M\n2027-03-{day:02},carer-1,carer,A\n"
    (tmp_path / "roster.csv").write_text(rows, encoding="utf-8")
    roster = read_roster(problem, tmp_path / "roster.csv")
    assert {each.name for each in roster.duties[0]} == {"G"}
    write_roster(problem, roster, tmp_path / "again.csv")
    assert read_roster(problem, tmp_path / "again.csv").duties == roster.duties


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("{stretches: [06:00-10:00]}", "stretches", "two stretches"),
        ("{start: 06:00, stretches: [06:00-10:00, 16:00-21:00]}", "stretches", "leave `start`"),
        ("{stretches: [16:00-21:00, 06:00-10:00, 17:00-18:00]}", "stretches", "24 hours"),
        ("{length: 8h}", "shifts.G", "`stretches`"),
        ("{stretches: [06:00-10:00, 16:00-21:00], work: 10h}", "work", "more working time"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, text: str, key: str, message: str) -> None:
    with pytest.raises(Faults) as caught:
        of(tmp_path, HOME.replace("{stretches: [06:00-10:00, 16:00-21:00]}", text))
    assert any(key in fault.key and message in fault.message for fault in caught.value.faults)
