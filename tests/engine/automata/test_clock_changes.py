"""
Engine and checker agree on the dates on which clocks change, whatever the zone and the weekday.

Random words of a few days before, on and after a change; the checker reads every moment off the data of the zone.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from roster.checker import count_breaches
from roster.domain import rules
from roster.domain.horizon import calendar
from roster.domain.problem import DateRange
from roster.domain.rules import Counted, Per, Rule
from roster.engine.automata.product import compile_rules
from roster.scenario.build.clock_changes import with_changes
from tests.small import H, numbered, staff, word, world

CHANGES = {
    "Europe/London": (date(2027, 3, 28), date(2026, 10, 25)),
    "America/New_York": (date(2027, 3, 14), date(2027, 11, 7)),
    "Australia/Lord_Howe": (date(2027, 10, 3), date(2027, 4, 4)),
    "Africa/Cairo": (date(2027, 4, 30), date(2027, 10, 28)),
    "Asia/Beirut": (date(2027, 3, 28), date(2027, 10, 30)),
    "America/Santiago": (date(2027, 9, 5), date(2027, 4, 3)),
}
"""Forward and back; by half an hour at Lord Howe, on a Friday and a Thursday in Cairo, at midnight in the last."""

LIMITS: list[tuple[Rule, str]] = [
    *((rules.MinRest(minutes=round(hours * H)), "-DANXML") for hours in (8, 8.5, 10, 11, 16, 40)),
    *((rules.RestAfterNights(minutes=hours * H), "-DNX") for hours in (24, 26, 48)),
    *((rules.WeeklyRest(minutes=round(hours * H)), "-DNXM") for hours in (24, 35.5, 36, 48, 62, 63)),
    *((rules.WeekHours(minutes=hours * H), "-DNX") for hours in (24, 32, 40, 41)),
    *((rules.WeekHours(minutes=hours * H, rolling=True), "-DNX") for hours in (24, 31)),
    *((rules.ShiftLength(minutes=round(hours * H)), "-DNXZ") for hours in (7, 7.5, 8, 12)),
    (rules.Count(of=Counted.HOURS, per=Per.WEEK, least=17 * H, most=40 * H), "-DNX"),
    (rules.Gap(of=Counted.NIGHTS, days=2), "-DN"),
    (rules.NoOverlap(), "-DNXLQ"),
]


@pytest.mark.parametrize("zone", CHANGES)
def test_engine_and_checker_agree_over_a_change_of_clocks(zone: str) -> None:
    chance, told = random.Random(zone), set[tuple[bool, bool]]()
    for on in CHANGES[zone]:
        for rule, letters in LIMITS:
            duties = word(letters)
            alphabet = (*duties, *duties[1:])
            small = world(staff("a", "D", rule))
            for price in (None, 3):
                ahead, days, known = chance.randrange(1, 9), chance.randrange(9, 18), chance.randrange(10)
                dates = DateRange(on - timedelta(days=ahead), 1, time_zone=zone, extra=days - 7)
                problem = replace(small, dates=with_changes(dates, (), ())[0])
                assert [change for change in problem.dates.changes if change.on == on]
                horizon = calendar(problem.dates)
                clocks = problem.clocks(problem.types[0], horizon.on(0), days)
                at = {day: clock for day, _, clock in clocks}
                before = tuple(chance.choice(alphabet) for _ in range(known))
                history = (horizon.weekday(-known), before)
                graph = compile_rules(
                    duties, [replace(rule, price=price)], {}, carried=[history], clocks=clocks
                )
                for _ in range(20):
                    text = tuple(chance.choice(alphabet) for _ in range(days))
                    found = graph.read(numbered(duties, text), *graph.carried[0], at)
                    owed = count_breaches(rule, text, horizon, problem, before=before)
                    said = f"{rule} {' '.join(one.letters for one in (*before, *text))} {horizon.on(0)}"
                    if price is None:
                        assert (found is not None) is (owed == 0), said
                    else:
                        assert found is not None, said
                        assert found[1] == 3 * owed, said
                    told.add((price is None, owed == 0))
    assert len(told) == 4
