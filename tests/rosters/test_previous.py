"""The days before a calendar, read from the roster of the last period."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from roster.checker import check_roster
from roster.domain.problem import Problem
from roster.errors import Faults
from roster.rosters.files import read_roster
from roster.rosters.previous import with_before
from roster.rosters.rows import write_roster
from tests.output import sample


def later(problem: Problem, weeks: int) -> Problem:
    dates = replace(problem.dates, start=problem.dates.start + timedelta(days=7 * weeks))
    return replace(problem, dates=dates)


@pytest.fixture
def first() -> Problem:
    return sample.problem()


@pytest.fixture
def last_period(first: Problem, tmp_path: Path) -> Path:
    write_roster(first, sample.roster(first), tmp_path / "roster.csv")
    return tmp_path / "roster.csv"


def test_the_days_before_are_those_of_the_last_period(first: Problem, last_period: Path) -> None:
    lawful = sample.roster(first)
    second = with_before(later(first, first.dates.weeks), last_period)
    known = dict(second.carried)
    for person, line in zip(lawful.people, lawful.duties, strict=True):
        assert known[person.name] == line
    assert second.before(lawful.people) == lawful.duties


def test_a_roster_read_for_the_new_period_goes_on_from_there(
    first: Problem, last_period: Path, tmp_path: Path
) -> None:
    second = with_before(later(first, first.dates.weeks), last_period)
    copy = replace(sample.roster(first), horizon=sample.roster(second).horizon)
    write_roster(second, copy, tmp_path / "second.csv")
    found = read_roster(second, tmp_path / "second.csv")
    assert found.before == sample.roster(first).duties
    without = read_roster(later(first, first.dates.weeks), tmp_path / "second.csv")
    assert without.before == ()
    assert len(check_roster(second, found)) >= len(check_roster(later(first, first.dates.weeks), without))


def test_somebody_who_is_gone_is_left_out_and_said(tmp_path: Path) -> None:
    names = ("Li Na", "Li Wei", "Wang Fang", "赵敏", "Chen", "Sun", "Zhou", "Wu")
    everybody = sample.problem(names)
    write_roster(everybody, sample.roster(everybody), tmp_path / "roster.csv")
    fewer = later(everybody.with_people(everybody.people[1:]), everybody.dates.weeks)
    found = with_before(fewer, tmp_path / "roster.csv")
    assert "Li Na" not in dict(found.carried)
    assert any("Li Na" in note for note in found.notes)


def test_who_is_new_was_off(first: Problem, last_period: Path) -> None:
    second = with_before(later(first, first.dates.weeks), last_period)
    newcomer = replace(second.types[0], name=second.types[0].name)
    from roster.domain.problem import OFF, Person

    days = len(second.carried[0][1])
    assert second.before([Person("newcomer", newcomer.name)]) == ((OFF,) * days,)


@pytest.mark.parametrize("weeks", [0, 100])
def test_a_file_that_does_not_reach_the_eve_is_refused(first: Problem, last_period: Path, weeks: int) -> None:
    with pytest.raises(Faults) as caught:
        with_before(later(first, first.dates.weeks + weeks if weeks else 0), last_period)
    assert str(last_period) in str(caught.value)


def test_where_everybody_is_gone_nothing_is_known_of_anybody(last_period: Path, first: Problem) -> None:
    others = replace(first, dates=later(first, first.dates.weeks).dates, people=())
    renamed = replace(
        others, types=tuple(replace(one, name=f"{one.name} new") for one in others.types), posts=others.posts
    )
    found = with_before(renamed, last_period)
    assert found.carried == ()
    assert len(found.notes) == len(renamed.notes) + 1
