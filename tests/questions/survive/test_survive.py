"""
The fewest people who survive every absence, held against lists of rosters that only the checker has judged.

A tiny calendar has few enough rosters to list them all: a headcount survives if for every person and every start some
listed roster leaves that person off. The engine must name the least such headcount, and no bound above it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import combinations_with_replacement, product

import pytest

from roster.checker import check_roster
from roster.domain.horizon import calendar
from roster.domain.outcome import Outcome, ProofKind, Roster, Status
from roster.domain.problem import Ban, Days, Duty, Person, Problem, Restriction
from roster.domain.rules import MaxNights, MinRest, OffBlock, WorkBlock
from roster.questions.absences.case import Absence, LeaveCase
from roster.questions.plan.answer import plan_headcount
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, Word, post, staff, world

WEEKEND = Days(weekdays=frozenset({5, 6}))
THREE_DAYS = Days(weekdays=frozenset({0, 2, 4}))
FOUR_DAYS = Days(weekdays=frozenset({0, 1, 2, 3}))
BOTH = frozenset({"a", "b"})


def desk(*rules: object, **other: object) -> Problem:
    return world(staff("a", "D", *rules, **other), posts=(post("p", 8, 8, days=THREE_DAYS),))  # type: ignore[arg-type]


PROBLEMS: dict[str, tuple[Problem, int, int]] = {
    "the only one who can": (desk(), 7, 2),
    "one may stay away as long as nobody is needed": (
        world(staff("a", "D"), posts=(post("p", 8, 8, days=WEEKEND),)),
        5,
        2,
    ),
    "two take turns and must rest": (desk(WorkBlock(longest=1), net_minutes=16 * H), 2, 2),
    "every day without a break": (
        world(staff("a", "D", WorkBlock(longest=3)), posts=(post("p", 8, 8),)),
        7,
        3,
    ),
    "a day away only": (
        world(staff("a", "D", WorkBlock(longest=2)), posts=(post("p", 8, 8, days=FOUR_DAYS),)),
        1,
        2,
    ),
    "two days away": (
        world(staff("a", "D", WorkBlock(longest=2)), posts=(post("p", 8, 8, days=FOUR_DAYS),)),
        3,
        3,
    ),
    "days and nights": (
        world(
            staff("a", "DN", MinRest(minutes=11 * H), MaxNights(nights=2)),
            posts=(post("p", 8, 8, days=THREE_DAYS), post("n", 22, 8, days=WEEKEND)),
        ),
        3,
        2,
    ),
    "contract hours carry what net hours leave room for": (
        world(
            staff("a", "D", weekly_minutes=24 * H, net_minutes=16 * H),
            posts=(post("p", 8, 8, days=THREE_DAYS),),
        ),
        7,
        2,
    ),
    "contract hours are not enough": (
        world(
            staff("a", "D", weekly_minutes=20 * H, net_minutes=16 * H),
            posts=(post("p", 8, 8, days=THREE_DAYS),),
        ),
        7,
        3,
    ),
    "one for each of two roles, and each can do both": (
        world(
            staff("a", "D", skills=BOTH),
            posts=(post("p", 8, 8, "a", days=THREE_DAYS), post("q", 8, 8, "b", days=THREE_DAYS)),
        ),
        7,
        3,
    ),
    "long stretches off are no breach next to leave": (desk(OffBlock(longest=2)), 2, 2),
}


def of_use(problem: Problem, day: int) -> tuple[Duty, ...]:
    """Duties that can matter on a day: those that meet a post of that day, or all where days off must not be many."""
    (one,) = problem.types
    if any(isinstance(rule, OffBlock) for rule in one.rules):
        return problem.duties(one)
    open_posts = [each for each in problem.posts if calendar(problem.dates).needs(each.days, day)]
    return tuple(
        duty
        for duty in problem.duties(one)
        if duty.shift is None
        or any(duty.shift.start < each.end and each.start < duty.shift.end for each in open_posts)
    )


@cache
def words_of(problem: Problem, days_off: frozenset[int]) -> tuple[Word, ...]:
    """Every week that one person may work, off on some days, by the checker alone."""
    (one,) = problem.types
    who = Person("x", one.name)
    alone = replace(problem, posts=(), people=(who,))
    if days_off:
        first, last = (MONDAY + timedelta(days=day) for day in (min(days_off), max(days_off)))
        alone = alone.with_restrictions((Restriction("x", Ban.DUTY, first, last),))
    horizon = calendar(problem.dates)
    choices = [
        problem.duties(one)[:1] if day in days_off else of_use(problem, day) for day in range(horizon.days)
    ]
    return tuple(
        word for word in product(*choices) if not check_roster(alone, Roster((who,), horizon, (word,)))
    )


def holds(problem: Problem, rows: tuple[Word, ...]) -> bool:
    """Whether rows that are lawful by themselves hold every post together."""
    (one,) = problem.types
    people = tuple(Person(f"{one.name}-{n}", one.name) for n in range(len(rows)))
    bare = replace(problem, types=(replace(one, rules=()),))
    return not check_roster(bare, Roster(people, calendar(problem.dates), rows))


def lists(problem: Problem, away: frozenset[int], others: int) -> bool:
    """Whether somebody off on some days and so many others hold the posts in any listed way."""
    every = words_of(problem, frozenset())
    one = words_of(problem, away)
    return any(
        holds(problem, (word, *rest)) for rest in combinations_with_replacement(every, others) for word in one
    )


def survives(problem: Problem, people: int, days: int) -> bool:
    """Whether so many people survive, by listing: all are alike, so one of them stands for everybody."""
    length = calendar(problem.dates).days
    return people > 0 and all(
        lists(problem, frozenset(range(start, min(start + days, length))), people - 1)
        for start in range(length)
    )


def ask(problem: Problem, days: int) -> Outcome:
    return plan_headcount(problem, ONE_WORKER, survive_days=days)


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_fewest_are_those_that_listing_finds(name: str) -> None:
    problem, days, expected = PROBLEMS[name]
    outcome = ask(problem, days)
    assert outcome.status is Status.OPTIMAL, outcome.proof
    assert outcome.plan is not None
    assert (outcome.plan.headcount.total, outcome.bound) == (expected, expected)
    net = next(rung for rung in outcome.ladder if rung.name == "net")
    assert net.headcount is not None
    for fewer in range(net.headcount, expected):
        assert not survives(problem, fewer, days), fewer
    if expected <= 2:
        assert survives(problem, expected, days)


def rung(outcome: Outcome, name: str) -> int:
    found = next(one.headcount for one in outcome.ladder if one.name == name)
    assert found is not None
    return found


def test_longer_absences_never_take_fewer_people() -> None:
    problem = world(
        staff("a", "D", WorkBlock(longest=2), weekly_minutes=40 * H, net_minutes=34 * H),
        posts=(post("p", 8, 8, days=FOUR_DAYS),),
        weeks=2,
    )
    outcomes = [ask(problem, days) for days in (1, 3, 7, 14)]
    assert all(one.status is Status.OPTIMAL for one in outcomes)
    needed = [rung(one, "survive") for one in outcomes]
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]
    for one in outcomes:
        assert one.bound is not None
        assert rung(one, "bare") <= rung(one, "net") <= one.bound <= rung(one, "survive")


def test_everybody_may_go_from_any_date() -> None:
    """The plan of a small scenario, asked person by person and date by date who covers."""
    problem = world(
        staff(
            "a",
            "DN",
            MinRest(minutes=11 * H),
            WorkBlock(longest=4),
            weekly_minutes=40 * H,
            net_minutes=34 * H,
        ),
        staff("b", "D", skills=BOTH, weekly_minutes=40 * H, net_minutes=34 * H),
        posts=(
            post("p", 8, 8, days=THREE_DAYS),
            post("n", 22, 8, days=WEEKEND),
            post("q", 8, 8, "b", days=THREE_DAYS),
        ),
        weeks=2,
    )
    outcome = ask(problem, 5)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert outcome.survival is not None
    roster = outcome.plan.roster
    asked = 0
    for person, duties in zip(roster.people, roster.duties, strict=True):
        if all(duty.is_off for duty in duties):
            continue
        for start in range(roster.horizon.days):
            first, last = roster.horizon.on(start), roster.horizon.on(min(start + 4, roster.horizon.days - 1))
            answer = what_if(LeaveCase(problem, roster, (Absence(person.name, first, last),)), ONE_WORKER)
            assert answer.status is Status.OPTIMAL, (person, first, answer.empty)
            asked += 1
    assert outcome.survival.cases == asked


def test_what_limits_forbid_is_said_to_be_impossible() -> None:
    outcome = ask(desk(maximum=1), 7)
    assert outcome.status is Status.INFEASIBLE
    assert outcome.plan is None
    assert outcome.survival is not None
    assert [one.people for one in outcome.survival.uncovered] == [{"a": 1}]
    assert outcome.survival.uncovered[0].empty == {"p": 3 * 8 * H}
    assert [(one.name, one.status) for one in outcome.ladder] == [
        ("net", Status.OPTIMAL),
        ("survive", Status.INFEASIBLE),
    ]


def test_out_of_time_nothing_is_called_impossible() -> None:
    problem, days, _ = PROBLEMS["days and nights"]
    outcome = plan_headcount(problem, replace(ONE_WORKER, time_limit_s=0.001), survive_days=days)
    assert outcome.status in (Status.UNKNOWN, Status.FEASIBLE, Status.OPTIMAL)
    assert outcome.status is not Status.INFEASIBLE


def test_the_proof_file_is_about_people_without_absences() -> None:
    """What is proven there is the scenario's own bound: the absences are no part of it."""
    outcome = ask(desk(), 7)
    parts = outcome.details["parts"]
    assert isinstance(parts, list)
    assert (parts[0]["bound"], outcome.bound) == (1, 2)


def test_an_absence_that_meets_a_leave_on_the_last_day_is_found() -> None:
    """Wang is on leave on the last Sunday: whoever else is away then leaves nobody, on no other day."""
    last = MONDAY + timedelta(days=20)
    away = Restriction("Wang", Ban.DUTY, last, last)
    problem = world(
        staff("a", "D", maximum=3),
        posts=(post("p", 8, 8, days=WEEKEND),),
        people=(Person("Li", "a"), Person("Wang", "a")),
        restrictions=(away,),
        weeks=3,
    )
    outcome = ask(problem, 5)
    assert outcome.status is Status.OPTIMAL
    assert outcome.plan is not None
    assert outcome.survival is not None
    assert (outcome.plan.headcount.total, outcome.bound) == (3, 3)
    assert outcome.proof.kind is ProofKind.SEARCH
    assert {one.last for one in outcome.survival.uncovered} == {last}
    two = replace(problem, types=(replace(problem.types[0], maximum=2),))
    assert ask(two, 5).status is Status.INFEASIBLE
