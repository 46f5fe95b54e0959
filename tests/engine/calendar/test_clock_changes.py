"""Calendars over a change of clocks: both searches accept what the checker accepts, hours of weeks and months too."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from roster.checker import check_roster
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, DateRange, Person, Problem, Restriction
from roster.domain.rules import AverageHours, Count, Counted, MinRest, NoOverlap, Per, Rule, WeekHours
from roster.engine.calendar.model import build
from roster.engine.columns.compile_team import Aims, compile_team
from roster.scenario.build.clock_changes import with_changes
from roster.scores import score_people
from tests.engine.calendar.test_calendar import accepts
from tests.small import H, post, staff, word, world

ANN = Person("Ann", "a")
CASES: list[tuple[str, date, int, tuple[Rule, ...]]] = [
    ("Europe/London", date(2026, 10, 25), 10, (AverageHours(), WeekHours(minutes=41 * H))),
    ("Europe/London", date(2027, 3, 28), 10, (AverageHours(over=28), MinRest(minutes=11 * H))),
    ("America/New_York", date(2027, 11, 7), 10, (Count(of=Counted.HOURS, per=Per.MONTH, most=33 * H),)),
    ("Australia/Lord_Howe", date(2027, 10, 3), 10, (Count(of=Counted.HOURS, per=Per.CALENDAR, least=1410),)),
    ("Africa/Cairo", date(2027, 10, 28), 11, (Count(of=Counted.HOURS, per=Per.DAYS, days=9, most=40 * H),)),
    ("Europe/London", date(2026, 10, 25), 7, ()),
]


@pytest.mark.parametrize(("zone", "on", "days", "limits"), CASES)
def test_both_searches_accept_what_the_checker_accepts(
    zone: str, on: date, days: int, limits: tuple[Rule, ...]
) -> None:
    chance, told = random.Random(f"{zone} {on} {days}"), {True: 0, False: 0}
    one = staff("a", "DNX", rules=(NoOverlap(), *limits), weekly_minutes=40 * H)
    seats = (post("p", 0, 24, hard=False, price=1),)
    for ahead, known in ((2, 0), (5, 12), (0, 3)):
        range_ = DateRange(on - timedelta(days=ahead), days // 7, time_zone=zone, extra=days % 7)
        problem = replace(world(one, people=(ANN,), posts=seats), dates=with_changes(range_, (), ())[0])
        if not limits:
            problem = problem.with_restrictions([Restriction("Ann", Ban.OVERTIME, range_.start, range_.last)])
        before = tuple(chance.choice(word("-DNX")) for _ in range(known))
        empty = Roster(
            (ANN,), calendar(problem.dates), (word("-" * days),), before=(before,) if before else ()
        )
        problem = replace(problem, carried=(("Ann", before),) if before else ())
        model = build(problem, empty, elastic=True, free=None)
        team = compile_team(problem, empty, Aims())
        number = {duty: at for at, duty in enumerate(team.duties[0])}
        for _ in range(60):
            line = tuple(chance.choice(word("---DDNXN")) for _ in range(days))
            given = replace(empty, duties=(line,))
            lawful = not check_roster(problem, given)
            said = f"{' '.join(duty.letters for duty in (*before, *line))} {range_.start}"
            assert accepts(model, [line]) is lawful, said
            priced = team.team.members[0].price(tuple(number[duty] for duty in line))
            assert (priced is not None) is lawful, said
            told[lawful] += 1
    assert min(told.values()) > 0, told


@pytest.mark.parametrize(("by_clock", "hours"), [(False, 13), (True, 12)])
def test_a_night_over_the_change_has_thirteen_hours_unless_the_clock_counts(
    by_clock: bool, hours: int
) -> None:
    one = staff("a", "X", rules=(NoOverlap(), Count(of=Counted.HOURS, per=Per.CALENDAR, most=12 * H)))
    range_ = DateRange(date(2026, 10, 24), 0, time_zone="Europe/London", extra=1, by_clock=by_clock)
    problem: Problem = replace(world(one, people=(ANN,)), dates=with_changes(range_, (), ())[0])
    given = Roster((ANN,), calendar(problem.dates), (word("X"),))
    assert score_people(problem, given)[0].minutes == hours * H
    assert [broken.rule for broken in check_roster(problem, given)] == ([] if by_clock else ["count"])
