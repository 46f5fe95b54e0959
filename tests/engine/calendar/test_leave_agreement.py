"""Leave and bans: engine and checker forbid the same duties, to the minute, and take the same hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from roster.checker import check_roster, leave_minutes
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Ban, DateRange, Person, Presence, Problem, Restriction
from roster.engine.calendar.leave_hours import taken
from roster.engine.calendar.model import build
from roster.engine.calendar.person_days import leave_of
from tests.engine.calendar.test_calendar import accepts
from tests.small import MONDAY, H, dated, post, staff, word, world

ANN = Person("Ann", "a")
DAYS = 3


def ban(
    kind: Ban, first: int, last: int, start: int = 0, end: int = DAY, minutes: int | None = None
) -> Restriction:
    return Restriction(
        "Ann", kind, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last), "", start, end, minutes
    )


BANS = [
    ban(Ban.DUTY, 2, 2),
    ban(Ban.DUTY, 1, 1, 8 * H, 12 * H),
    ban(Ban.DUTY, 1, 2, 16 * H, 6 * H),
    ban(Ban.DUTY, 1, 1, 22 * H),
    ban(Ban.DUTY, DAYS, DAYS),  # on the day after the calendar
    ban(Ban.DUTY, 0, 0),
    ban(Ban.NIGHTS, 2, 2),
    ban(Ban.NIGHTS, 0, 9),
    ban(Ban.STANDBY, 2, 2),
    ban(Ban.STANDBY, 1, 3),
]


def asked(*restrictions: Restriction, **contract: int) -> tuple[Problem, Roster]:
    one = staff("a", "DANw", **contract)
    easy = {"hard": False, "price": 1}
    problem = world(
        one,
        people=(ANN,),
        posts=(post("p", 0, 24, **easy), post("q", 16, 16, presence=Presence.STANDBY, **easy)),
        restrictions=restrictions,
    )
    return problem, Roster((ANN,), dated(DAYS), (word("-" * DAYS),))


@pytest.mark.parametrize("restriction", BANS, ids=lambda each: f"{each.ban} {each.first} {each.start}")
def test_the_same_duties_are_forbidden(restriction: Restriction) -> None:
    problem, off = asked(restriction)
    model = build(problem, off, elastic=True, free=None)
    told = {True: 0, False: 0}
    for line in product(word("-DNw"), repeat=DAYS):
        lawful = not check_roster(problem, replace(off, duties=(line,)))
        assert accepts(model, [line]) is lawful, " ".join(duty.letters for duty in line)
        told[lawful] += 1
    assert min(told.values()) > 0, told


@pytest.mark.parametrize(
    ("restriction", "hours"),
    [
        (ban(Ban.DUTY, 5, 6), 0),  # a weekend
        (ban(Ban.DUTY, 4, 7), 16),  # Friday to Monday
        (ban(Ban.DUTY, 5, 13), 40),  # nine days with one working week
        (ban(Ban.DUTY, 0, 6), 40),
        (ban(Ban.DUTY, 0, 13), 80),
        (ban(Ban.DUTY, 1, 1, 8 * H, 12 * H), 4),
        (ban(Ban.DUTY, 1, 1, 8 * H, 20 * H), 8),  # a fifth of the week at most
        (ban(Ban.DUTY, 1, 2, 22 * H, 6 * H), 8),
        (ban(Ban.DUTY, 5, 6, minutes=12 * H), 12),
        (ban(Ban.DUTY, 0, 6, minutes=0), 0),
    ],
)
def test_leave_takes_a_fifth_of_the_week_for_each_working_day(restriction: Restriction, hours: int) -> None:
    problem, _ = asked(restriction, weekly_minutes=40 * H)
    horizon = calendar(DateRange(MONDAY, 2))
    assert leave_minutes(problem, "Ann", problem.types[0], horizon) == hours * H
    assert taken(problem.restrictions, horizon, problem.types[0]) == hours * H


def test_holidays_take_nothing_and_made_up_days_are_working_days() -> None:
    away = ban(Ban.DUTY, 0, 6)
    problem, _ = asked(away, weekly_minutes=40 * H)
    saturday, monday = MONDAY + timedelta(days=5), MONDAY
    for holidays, workdays, hours in ((5, 0, 0), (2, 0, 24), (1, 1, 40), (0, 1, 40)):
        free = frozenset(monday + timedelta(days=day) for day in range(holidays))
        dates = DateRange(MONDAY, 2, free, frozenset({saturday} if workdays else ()))
        horizon = calendar(dates)
        assert leave_minutes(problem, "Ann", problem.types[0], horizon) == hours * H
        assert taken(problem.restrictions, horizon, problem.types[0]) == hours * H


def test_part_of_a_day_is_no_day_of_leave() -> None:
    horizon = calendar(DateRange(MONDAY, 1))
    assert leave_of([ban(Ban.DUTY, 1, 3, 12 * H, 12 * H)], horizon) == {2}


def test_hours_are_taken_off_the_limit_of_both() -> None:
    problem, off = asked(ban(Ban.DUTY, 2, 2), weekly_minutes=56 * H)  # 24 h in three days, less 11.2 h
    model = build(problem, off, elastic=True, free=None)
    for text, lawful in (("D--", True), ("-A-", True), ("DA-", False)):
        assert (not check_roster(problem, replace(off, duties=(word(text),)))) is lawful
        assert accepts(model, [word(text)]) is lawful
