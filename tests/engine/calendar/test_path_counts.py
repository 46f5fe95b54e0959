"""Counts over months, calendars and long windows: rows accept what the checker accepts, with leave and days before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Person, Presence, Problem, Restriction
from roster.domain.rules import Count, Counted, Gap, OffBlock, Per, Rule, WholeWeekends
from roster.engine.calendar.model import build
from tests.engine.calendar.test_calendar import accepts
from tests.small import MONDAY, H, Word, dated, post, staff, word, world

ANN = Person("Ann", "a")
DAYS = 34
SUN = frozenset({6})
RULES: list[tuple[Rule, str]] = [
    (Count(of=Counted.NIGHTS, per=Per.MONTH, least=1, most=2), "-N"),
    (Count(of=Counted.WEEKENDS, per=Per.MONTH, least=1, most=2), "-ND"),
    (Count(of=Counted.WEEKENDS, per=Per.CALENDAR, least=1, most=2), "-ND"),
    (Count(of=Counted.WEEKENDS, per=Per.DAYS, days=42, least=1, most=3), "-DN"),
    (Count(of=Counted.DAYS, per=Per.CALENDAR, least=2, most=4), "-D"),
    (Count(of=Counted.DAYS, per=Per.DAYS, days=9, least=1, most=3), "-D"),
    (Count(of=Counted.DAYS, per=Per.YEAR, most=4), "-D"),
    (Count(of=Counted.HOURS, per=Per.DAYS, days=10, most=24 * H), "-DX"),
    (Count(of=Counted.HOURS, per=Per.MONTH, least=10, most=20, contract=40 * H), "-DX"),
    (Count(of=Counted.DAYS, per=Per.WEEK, least=1, most=5), "-D"),
    (Count(of=Counted.DAYS, per=Per.DAYS, days=7, least=1, most=4), "-D"),
    (Count(of=Counted.STANDBY, per=Per.MONTH, most=2), "-s"),
    (Count(of=Counted.DAYS, per=Per.MONTH, on=frozenset({3, 6}), least=1, most=2), "-D"),
    (Count(of=Counted.DAYS_OFF, per=Per.CALENDAR, on=frozenset({2, 6}), least=9), "-D"),
    (Count(of=Counted.DAYS, per=Per.DAYS, days=56, on=frozenset({2, 3, 6}), most=2), "-D"),
    (Count(of=Counted.NIGHTS, per=Per.DAYS, days=28, on=frozenset({4, 5}), least=1, most=4), "-N"),
    (Count(of=Counted.HOURS, per=Per.DAYS, days=14, on=frozenset({1, 6}), most=16 * H), "-DX"),
    (Count(of=Counted.DAYS, per=Per.DAYS, days=14, on=SUN, least=1), "-D"),
    (Count(of=Counted.HOURS, per=Per.WEEK, on=frozenset({3, 4}), most=16 * H), "-DX"),
    (Gap(of=Counted.NIGHTS, days=8, blocks=True), "-N"),
    (WholeWeekends(), "-Ds"),
]


def problem_of(*rules: Rule, days: int, weekday: int) -> tuple[Problem, Roster]:
    start = MONDAY + timedelta(days=25 + weekday)
    one = staff("a", "DNXs", *rules)
    easy = {"hard": False, "price": 1}
    posts = (post("p", 0, 24, **easy), post("q", 16, 16, presence=Presence.STANDBY, **easy))
    problem = world(one, people=(ANN,), start=start, weeks=5, posts=posts)
    return problem, Roster((ANN,), dated(days, weekday + 25), ())


def drawn(letters: str, days: int, number: int) -> Iterator[Word]:
    chance = random.Random(letters)
    for _ in range(number):
        rare = "-" * chance.randrange(14)
        yield word("".join(chance.choice(letters + rare) for _ in range(days)))


@pytest.mark.parametrize(("rule", "letters"), RULES, ids=lambda each: str(getattr(each, "subject", each)))
@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("leave", [False, True])
def test_rows_accept_what_the_checker_accepts(rule: Rule, letters: str, past: bool, leave: bool) -> None:
    told = {True: 0, False: 0}
    for weekday in (0, 3, 5):
        problem, asked = problem_of(rule, days=DAYS, weekday=weekday)
        if leave:
            first = asked.horizon.on(8)
            problem = problem.with_leave([Restriction("Ann", Ban.DUTY, first, first + timedelta(days=9))])
        for before in drawn(letters, 20, 1) if past else (None,):
            given = replace(asked, before=(before,) if before else ())
            off = replace(given, duties=(word("-" * DAYS),))
            model = build(problem, off, elastic=True, free=None)
            for line in drawn(letters, DAYS, 14):
                line = tuple(
                    word("-")[0] if leave and 8 <= day < 18 else duty for day, duty in enumerate(line)
                )
                lawful = not check_roster(problem, replace(given, duties=(line,)))
                assert accepts(model, [line]) is lawful, " ".join(duty.letters for duty in line)
                told[lawful] += 1
    assert min(told.values()) > 0, told


def test_the_least_is_asked_for_the_days_present() -> None:
    count = Count(of=Counted.DAYS, per=Per.WEEK, least=5)
    problem, asked = problem_of(count, days=14, weekday=3)
    on = asked.horizon.on
    away = problem.with_leave([Restriction("Ann", Ban.DUTY, on(0), on(2))])
    short, enough = (replace(asked, duties=(word(text),)) for text in ("---D---DDDDD--", "---DD--DDDDD--"))
    assert [violation.rule for violation in check_roster(problem, short)] == ["count"]
    assert [violation.rule for violation in check_roster(away, short)] == ["count"]
    assert not check_roster(away, enough)
    model = build(away, enough, elastic=True, free=None)
    assert accepts(model, enough.duties)
    assert not accepts(model, short.duties)


def test_a_limit_on_days_off_and_a_least_go_together_with_leave() -> None:
    rules = (OffBlock(longest=3), Count(of=Counted.DAYS, per=Per.WEEK, least=2))
    problem, asked = problem_of(*rules, days=14, weekday=3)
    on = asked.horizon.on
    away = problem.with_leave([Restriction("Ann", Ban.DUTY, on(0), on(6))])
    good = replace(asked, duties=(word("--------DD----")[:14],))
    assert [one.rule for one in check_roster(away, good)] == ["off_block"]
    assert not accepts(build(away, good, elastic=True, free=None), good.duties)
