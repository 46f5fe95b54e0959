"""Readers of published calendars, on instances written here: the engine's value is the published scorer's."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from roster.benchmark.calendar import curtois, inrc
from roster.benchmark.calendar.run import Task, solve, tasks
from roster.checker import check_roster
from roster.cli import main
from roster.domain.fairness import POINT
from roster.domain.problem import OFF, Duty
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.cover_value import CoverValue
from roster.errors import FileFault
from roster.penalties import terms
from roster.questions.calendar import skeleton

CURTOIS = """
# comment
SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=3|L=7,2400,960,4,2,1,1
B,E=7|L=0,2400,0,5,1,2,0
SECTION_DAYS_OFF
A,2
SECTION_SHIFT_ON_REQUESTS
A,0,L,3
SECTION_SHIFT_OFF_REQUESTS
B,3,E,2
SECTION_COVER
""" + "\n".join(f"{day},{shift},1,100,1" for day in range(7) for shift in "EL")


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    file = tmp_path / "Instance99.txt"
    file.write_text(CURTOIS, encoding="utf-8")
    return file


def test_the_problem_accepts_and_costs_what_the_published_definition_does(instance: Path) -> None:
    read = curtois.read(instance)
    problem = curtois.problem(read)
    roster = skeleton(problem)
    shifts = (OFF, *(Duty(shift) for shift in problem.shifts))
    draw = random.Random(3)
    seen = set()
    for _ in range(1500):
        rows = [tuple(draw.choices(shifts, weights=(3, 2, 2), k=7)) for _ in range(2)]
        given = replace(roster, duties=tuple(rows))
        cost, broken = curtois.score(read, dict(zip("AB", rows, strict=True)))
        lawful = not check_roster(problem, given) and all(
            duty in problem.duties(problem.type_of(person))
            for person, line in zip(roster.people, rows, strict=True)
            for duty in line
        )
        assert lawful is (not broken), broken
        duties = sum(term.parts for term in terms(problem, given) if term.kind not in ("duty", "spared"))
        assert duties == cost * POINT
        seen.add(lawful)
    assert seen == {True, False}


def test_the_value_is_the_least_of_all_calendars(instance: Path) -> None:
    read = curtois.read(instance)
    [task] = tasks([instance])
    case = solve(task, 20.0, 1)
    assert case.broken == ()
    assert case.status == "optimal"
    assert case.value == case.claimed == case.bound
    team = compile_team(task.problem, skeleton(task.problem), task.aims)
    single = [
        [line for line in product(range(len(own)), repeat=7) if member.price(line) is not None]
        for member, own in zip(team.team.members, team.duties, strict=True)
    ]
    costs = (
        curtois.score(read, dict(zip("AB", team.read(lines).duties, strict=True)))[0]
        for lines in product(*(each[:: 1 + len(each) // 150] for each in single))
    )
    assert min(costs) >= case.value


def test_what_is_no_instance_is_told(tmp_path: Path) -> None:
    file = tmp_path / "Instance1.txt"
    file.write_text("SECTION_HORIZON\n14\n", encoding="utf-8")
    with pytest.raises(FileFault, match="not an instance"):
        curtois.read(file)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileFault, match="no Instance"):
        list(tasks([tmp_path / "empty"]))


SCENARIO = """
SCENARIO = n002w1

WEEKS = 1

SKILLS = 2
Head
Nurse

SHIFT_TYPES = 2
Early (2,5)
Night (3,3)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 1
Full (4,5) (3,4) (2,3) 1 1

NURSES = 2
Ann Full 2 Head Nurse
Bob Full 1 Nurse
"""
HISTORY = """
HISTORY
0 n002w1

NURSE_HISTORY
Ann 3 1 Night 1 2 0
Bob 0 0 None 0 0 1
"""
WEEK = """
WEEK_DATA
n002w1

REQUIREMENTS
Early Head (0,1) (0,0) (0,0) (0,1) (0,0) (0,0) (0,0)
Early Nurse (0,1) (0,1) (1,1) (0,1) (0,1) (0,2) (0,1)
Night Nurse (0,1) (0,0) (0,1) (0,1) (0,0) (0,1) (0,1)

SHIFT_OFF_REQUESTS = 2
Ann Any Thu
Bob Night Sat
"""


def ward(folder: Path) -> Path:
    for name, text in (("Sc-n002w1", SCENARIO), ("H0-n002w1-0", HISTORY), ("WD-n002w1-3", WEEK)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder / "n002w1_0_3"


def test_the_nurses_cost_what_the_competition_says(tmp_path: Path) -> None:
    read = inrc.read(ward(tmp_path))
    problem = inrc.problem(read)
    team = compile_team(problem, skeleton(problem), Aims(duty=0, totals=inrc.totals(read)))
    duties = (OFF, *(Duty(shift) for shift in problem.shifts))
    draw = random.Random(5)
    tried = 0
    while tried < 150:
        rows = [tuple(draw.choices(duties, weights=(2, 2, 1), k=7)) for _ in range(2)]
        cost, broken = inrc.score(read, dict(zip(read.nurses, rows, strict=True)))
        lines = team.lines(replace(team.roster, duties=tuple(rows)))
        if any("before" in text for text in broken):
            assert lines is None
            continue
        assert lines is not None
        if broken:
            continue
        tried += 1
        value = sum(team.team.members[at].price(line).cost for at, line in enumerate(lines))  # type: ignore[union-attr]
        value += CoverValue(team.team).of(team.team.counts(lines))
        assert team.points(value) == pytest.approx(cost)


def test_an_instance_by_name_is_solved_and_scored(tmp_path: Path) -> None:
    [task] = tasks([ward(tmp_path)])
    assert isinstance(task, Task)
    case = solve(task, 10.0, 1)
    assert (case.status, case.broken) == ("optimal", ())
    assert case.value == case.claimed


def test_the_bench_prints_a_row_an_instance(instance: Path) -> None:
    result = CliRunner().invoke(main, ["bench", "calendar", str(instance), "--time-limit", "10"])
    assert result.exit_code == 0, result.output
    assert "Instance99" in result.stdout
    assert "optimal" in result.stdout
