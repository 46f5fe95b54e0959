"""Averages over a period longer than the calendar: engine and checker know what the days before have used of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster
from roster.domain.problem import Person
from roster.domain.rules import AverageHours, NoOverlap
from roster.engine.calendar.model import build
from roster.scores import score_people
from tests.engine.calendar.test_calendar import accepts
from tests.small import H, dated, post, staff, word, world

ANN = Person("Ann", "a")
DAYS = 5


@pytest.mark.parametrize(
    ("over", "before", "most"),
    [
        (0, "", 3),  # 24 h in five days
        (0, "DDDD", 3),
        (7, "", 4),  # 33.6 h in seven days, two of them still to come
        (7, "D-", 3),
        (7, "DD", 2),
        (7, "DDDDDD-", 3),  # only the last two days before count
        (14, "DDDD", 4),  # 67.2 h less 32 h
        (14, "DDDDDDDDD", 0),  # more than the period has: what is past is nobody's fault
        (5, "DD", 3),
        (3, "DD", 3),  # a shorter period than the calendar: the calendar
    ],
)
def test_what_is_left_of_the_period_may_be_used(over: int, before: str, most: int) -> None:
    one = staff("a", "D", rules=(NoOverlap(), AverageHours(over=over)), weekly_minutes=round(33.6 * H))
    problem = world(one, people=(ANN,), posts=(post("p", 8, 8, hard=False, price=1),))
    asked = Roster((ANN,), dated(DAYS), (word("-" * DAYS),), before=(word(before),) if before else ())
    model = build(problem, asked, elastic=True, free=None)
    for line in product(word("-D"), repeat=DAYS):
        lawful = not check_roster(problem, replace(asked, duties=(line,)))
        assert lawful is (sum(duty.works for duty in line) <= most), " ".join(duty.letters for duty in line)
        assert accepts(model, [line]) is lawful


def test_the_report_says_what_is_left() -> None:
    one = staff("a", "D", rules=(NoOverlap(), AverageHours(over=14)), weekly_minutes=40 * H)
    problem = world(one, people=(ANN,), posts=(post("p", 8, 8),))
    given = Roster((ANN,), dated(DAYS), (word("DD---"),), before=(word("DDD"),))
    assert score_people(problem, given)[0].period_left == (80 - 24 - 16) * H
