"""On call as teams do it: whole weeks with a handover, first and second in turn, turns evenly spaced."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster, Status
from roster.domain.problem import OFF, Problem
from roster.domain.rules import Gap, Succession
from roster.errors import Faults
from roster.questions.plan.answer import plan_headcount
from roster.scenario import load
from tests.small import ONE_WORKER

TEAM = """
name: team
calendar: {start: 2027-03-01, weeks: 8, time_zone: Europe/Berlin}
employers: {firm: {regime: eu_directive}}
roles: {dev: {}}
standbys:
  P: {start: 09:00, length: 24h, response: 5min}
  Q: {start: 09:00, length: 24h, response: 15min}
posts:
  first: {role: dev, window: 09:00+24h, presence: standby, response: 5min, chain: c, level: 1}
  second: {role: dev, window: 09:00+24h, presence: standby, response: 15min, chain: c, level: 2, shifts: Q}
staff_types: {dev: {skills: dev}}
people: {A: dev, B: dev, C: dev, D: dev}
absence: gross
rules:
  standby_share: 50%
"""
ONE = TEAM.replace("  Q: {start: 09:00, length: 24h, response: 15min}\n", "").replace(
    "  second: {role: dev, window: 09:00+24h, presence: standby, response: 15min, chain: c, level: 2, shifts: Q}\n",
    "",
)


def of(folder: Path, text: str) -> Problem:
    file = folder / "team.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def planned(problem: Problem) -> Roster:
    outcome = plan_headcount(problem, ONE_WORKER)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert outcome.plan.roster is not None
    assert not check_roster(problem, outcome.plan.roster)
    return outcome.plan.roster


def days_on(roster: Roster, standby: str) -> list[list[int]]:
    return [
        [day for day, duty in enumerate(line) if duty.standby is not None and duty.standby.name == standby]
        for line in roster.duties
    ]


def test_a_week_begins_on_the_weekday_of_the_handover(tmp_path: Path) -> None:
    week = "  shift_runs: {P: {shortest: 7, longest: 7, starts: fri}}\n"
    roster = planned(of(tmp_path, ONE + week))
    for days in days_on(roster, "P"):
        begins = [day for day in days if day - 1 not in days and day > 0]
        assert begins
        assert all(roster.horizon.weekday(day) == 4 for day in begins)


def test_whoever_is_second_this_week_is_first_the_next(tmp_path: Path) -> None:
    weeks = "".join(f"    {name}: {{shortest: 7, longest: 7, starts: mon}}\n" for name in ("P", "Q"))
    roster = planned(of(tmp_path, f"{TEAM}  shift_runs:\n{weeks}  handovers: [Q P]\n"))
    for first, second in zip(days_on(roster, "P"), days_on(roster, "Q"), strict=True):
        ends = [day for day in second if day + 1 not in second and day + 1 < roster.horizon.days]
        assert ends
        assert all(day + 1 in first for day in ends)


def test_a_post_that_names_its_standby_is_held_with_no_other(tmp_path: Path) -> None:
    problem = of(tmp_path, TEAM)
    p, q = (next(duty for duty in problem.duties(problem.types[0]) if duty.name == name) for name in "PQ")
    horizon = calendar(problem.dates)
    nobody = (OFF,) * horizon.days
    for second, held in ((q, True), (p, False)):
        rows = ((p,) * horizon.days, (second,) * horizon.days, nobody, nobody)
        broken = {one.rule for one in check_roster(problem, Roster(problem.people, horizon, rows))}
        assert ("post" not in broken) is held


@pytest.mark.parametrize(("rule", "gap"), [("days: 2", 2), ("days: even", 3)])
def test_turns_are_spaced(tmp_path: Path, rule: str, gap: int) -> None:
    problem = of(tmp_path, f"{ONE}  gaps: [{{of: standby, {rule}}}]\n")
    for days in days_on(planned(problem), "P"):
        assert min(later - day - 1 for day, later in pairwise(days)) >= gap


def test_even_weeks_are_as_far_apart_as_people_allow(tmp_path: Path) -> None:
    weeks = "  shift_runs: {P: {longest: 7}, Q: {longest: 7}}\n"
    problem = of(tmp_path, f"{TEAM}{weeks}  gaps: [{{of: P, days: even, blocks: true}}]\n")
    assert [rule.days for rule in problem.type["dev"].rules if isinstance(rule, Gap)] == [21]
    assert ["21 days" in limit.sentence for limit in problem.limits if limit.key.startswith("gap")] == [True]


def test_a_forbidden_pair_may_name_standbys(tmp_path: Path) -> None:
    problem = of(tmp_path, f"{TEAM}  forbidden: [P Q]\n")
    assert Succession(first="P", second="Q") in problem.type["dev"].rules
    roster = planned(problem)
    for first, second in zip(days_on(roster, "P"), days_on(roster, "Q"), strict=True):
        assert not {day + 1 for day in first} & set(second)


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("off_block: {shortest: 7}", "rules.off_block", "gaps: [{of: standby"),
        ("work_block: {longest: 7}", "rules.work_block", "shift_runs"),
        ("handovers: [Q - P]", "rules.handovers[0]", "`Q P`"),
        ("handovers: [Q X]", "rules.handovers[0]", "not a shift or standby"),
        ("shift_runs: {P: {starts: mo}}", "rules.shift_runs.P.starts", "did you mean 'mon'"),
        ("gaps: [{of: P, days: evenly}]", "rules.gaps[0].days", "even"),
    ],
)
def test_what_says_nothing_of_people_on_call_is_refused(
    tmp_path: Path, text: str, key: str, message: str
) -> None:
    with pytest.raises(Faults) as caught:
        of(tmp_path, f"{TEAM}  {text}\n")
    (fault,) = caught.value.faults
    assert fault.key == key
    assert message in fault.message


def test_turns_are_even_only_among_a_known_number_of_people(tmp_path: Path) -> None:
    even = "  gaps: [{of: P, days: even}]\n"
    for text, message in (
        (ONE.replace("people: {A: dev, B: dev, C: dev, D: dev}\n", ""), "not settled"),
        (ONE.replace(", B: dev, C: dev, D: dev", ""), "cannot take turns"),
    ):
        with pytest.raises(Faults) as caught:
            of(tmp_path, text + even)
        assert message in caught.value.faults[0].message
