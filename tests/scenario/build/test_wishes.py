"""Ranks of wishes: prices that keep a person's order, whatever comes after, and the calendar that follows from them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.engine.columns import Aims
from roster.penalties import terms
from roster.questions.calendar import best_calendar, skeleton
from roster.scenario.build.wishes import USUAL, rank_prices
from tests.scenario.helpers import loaded

DESK = """
name: desk
calendar: {start: 2027-03-01, days: 5}
employers: {desk: {regime: eu_directive}}
roles: {any: {}}
shifts: {D: {start: 08:00, length: 4h}, E: {start: 16:00, length: 4h}}
posts: {early: {role: any, window: 08:00-09:00}, late: {role: any, window: 19:00-20:00}}
staff_types: {any: {skills: any}}
people:
  Ann: {type: any, wishes: [{dates: 2027-03-02..2027-03-04, duty: E, rank: 3}, {dates: 2027-03-03, duty: D, rank: 2},
    {dates: [mon, tue], duty: D, rank: 1}, {dates: 2027-03-05, duty: E, price: 7}]}
  Bob: {type: any, wishes: [{dates: 2027-03-02, duty: D, price: 30}]}
absence: gross
fairness: []
"""


def test_a_date_of_a_rank_outweighs_all_that_come_after_it() -> None:
    chance = random.Random(5)
    for _ in range(300):
        number = {
            rank: chance.randrange(1, 9) for rank in chance.sample(range(1, 12), chance.randrange(1, 7))
        }
        prices = rank_prices(number)
        for rank, price in prices.items():
            assert price > sum(number[lower] * prices[lower] for lower in number if lower > rank)
        assert min(prices.values()) >= 1
        assert prices[min(number)] >= USUAL


def test_only_dates_of_the_calendar_count_and_those_with_a_price_keep_it(tmp_path: Path) -> None:
    far = DESK.replace("2027-03-02..2027-03-04", "2027-02-01..2027-03-04")
    for text, rank3 in ((DESK, 3), (far, 4)):
        found = {
            (wish.duty, wish.first.day, wish.person): wish.price for wish in loaded(tmp_path, text).wishes
        }
        first, second, third = (100, 100 * (rank3 + 1) // (2 * rank3 + 2), 100 // (2 * rank3 + 2))
        assert found["D", 1, "Ann"] == found["D", 2, "Ann"] == first
        assert found["D", 3, "Ann"] == second
        assert found["E", 2 if rank3 == 3 else 1, "Ann"] in (third, first)
        assert (found["E", 5, "Ann"], found["D", 2, "Bob"]) == (7, 30)


def test_the_calendar_grants_the_higher_rank_first_as_every_roster_listed_says(tmp_path: Path) -> None:
    problem = loaded(tmp_path, DESK)
    answer = best_calendar(problem, SolveOptions(time_limit_s=20.0, workers=1), aims=Aims(quality=False))
    assert answer.roster is not None
    off, early, late = problem.duties(problem.types[0])
    empty = skeleton(problem)
    # Both posts have to be held every day, so either is on the one or the other.
    every = (
        replace(empty, duties=(line, tuple(late if duty == early else early for duty in line)))
        for line in product((early, late), repeat=5)
    )
    asked = replace(problem, quality=())

    def granted(roster: object) -> int:
        return sum(term.parts for term in terms(asked, roster) if term.kind == "wish")  # type: ignore[arg-type]

    assert off.is_off
    assert granted(answer.roster) == min(map(granted, every))
    days = [duty.name for duty in answer.roster.duties[0]]
    assert days == ["D", "D", "D", "E", "E"]
