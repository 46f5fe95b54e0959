"""Engine and checker agree on runs that the last date of a calendar cuts off, and end there where it is closed."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from roster.checker import check_roster, count_breaches
from roster.domain import rules
from roster.domain.fairness import POINT
from roster.domain.horizon import calendar
from roster.domain.outcome import Roster, SolveOptions
from roster.domain.problem import DateRange, Person
from roster.domain.rules import Rule
from roster.engine.automata.product import compile_rules
from roster.engine.columns import Aims
from roster.penalties import empty_hard, terms
from roster.questions.calendar import best_calendar, skeleton
from tests.small import MONDAY, numbered, post, staff, word, world

RUNS: list[Rule] = [
    rules.WorkBlock(shortest=2),
    rules.WorkBlock(shortest=3, longest=4),
    rules.OffBlock(shortest=2),
    rules.OffBlock(shortest=3),
    rules.ShiftRun(shift="N", shortest=3),
]


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("rule", RUNS, ids=str)
def test_a_run_at_the_end_may_be_too_short_only_where_it_ends_there(rule: Rule, closed: bool) -> None:
    chance, duties, told = random.Random(str(rule)), word("-DN"), set[bool]()
    for _ in range(150):
        priced = replace(rule, price=chance.choice((None, 3)), per_day=chance.random() < 0.5)
        days, known = chance.randrange(1, 12), chance.randrange(5)
        dates = DateRange(MONDAY, 0, extra=days, closed=closed)
        problem = replace(world(staff("a", "DN", priced)), dates=dates)
        horizon = calendar(dates)
        clocks = problem.clocks(problem.types[0], horizon.on(0), days)
        before = tuple(chance.choice(duties) for _ in range(known))
        history = (horizon.weekday(-known), before)
        graph = compile_rules(duties, [priced], {}, carried=[history], clocks=clocks)
        text = tuple(chance.choice(duties) for _ in range(days))
        at = {day: clock for day, _, clock in clocks}
        found = graph.read(numbered(duties, text), *graph.carried[0], at)
        owed = count_breaches(priced, text, horizon, problem, before=before)
        told.add(owed > 0)
        # One day more of another kind ends every run: an open calendar that goes on so is judged alike.
        if closed:
            longer = replace(problem, dates=replace(dates, extra=days + 1, closed=False))
            test = word("N" if text[-1].is_off else "-")
            more = count_breaches(priced, (*text, *test), calendar(longer.dates), longer, before=before)
            if not isinstance(rule, rules.ShiftRun):
                assert owed == more
        if priced.price is None:
            assert (found is None) is (owed > 0)
        else:
            assert found is not None
            assert found[1] == 3 * owed
    assert told == {False, True}


def test_the_days_carried_in_and_a_later_part_of_the_calendar_are_not_its_end() -> None:
    dates = DateRange(MONDAY, 1, closed=True)
    problem = replace(world(staff("a", "D", rules.WorkBlock(shortest=2))), dates=dates)
    kind = problem.types[0]
    assert [day for day, *_ in problem.clocks(kind, MONDAY, 7)] == [6]
    assert problem.clocks(kind, MONDAY, 6) == ()
    part = calendar(dates).part(0, 5)
    assert not count_breaches(kind.rules[1], word("D---D"), part, problem)


@pytest.mark.parametrize("closed", [False, True])
def test_the_best_calendar_of_two_is_the_cheapest_of_all(closed: bool) -> None:
    soft = (rules.WorkBlock(shortest=2, price=30), rules.OffBlock(shortest=2, price=30))
    problem = replace(
        world(
            staff("a", "D", rules.WorkBlock(longest=3)),
            posts=(post("seat", 8, 8),),
            people=(Person("Ann", "a"), Person("Bob", "a")),
            quality=soft,
        ),
        dates=DateRange(MONDAY, 0, extra=5, closed=closed),
    )
    empty = skeleton(problem)

    def cost(roster: Roster) -> int:
        return sum(term.parts for term in terms(problem, roster)) + 10**9 * empty_hard(problem, roster)

    words = list(product(word("-D"), repeat=5))
    every = (replace(empty, duties=pair) for pair in product(words, repeat=2))
    lawful = (one for one in every if all(each.person is None for each in check_roster(problem, one)))
    least = min(map(cost, lawful))
    answer = best_calendar(problem, SolveOptions(time_limit_s=20.0, workers=1), aims=Aims())
    assert answer.roster is not None
    assert answer.points is not None
    assert cost(answer.roster) == least == round(answer.points * POINT)
    assert answer.bound == answer.points
