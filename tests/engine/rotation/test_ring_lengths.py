"""
Rotas round longer rings: the fewest people over every period, held against listing, classical rotas and the checker.

Where a roster that the checker accepts for ever has n people, the bound is at most n: that is what makes it one on
every roster. Rosters here are listed day by day with the checker's rules and counted by hand, knowing nothing of
graphs.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import lcm

import pytest

from roster.benchmark.periods import scenario_of
from roster.checker import check_rotation, count_breaches
from roster.domain import rules
from roster.domain.horizon import Horizon
from roster.domain.outcome import Rotation, Status, scope_of
from roster.domain.problem import Days, Goal, Problem
from roster.domain.rules import Rule
from roster.engine.automata.product import compile_rules
from roster.engine.automata.rings import without_weekdays
from roster.engine.rotation import at_value, minimum
from roster.engine.rotation.lawful_days import weekdays_alike
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import in_weeks, rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search, Solution
from roster.questions.rotas.classical import classics
from tests.small import ONE_WORKER, H, duty, post, staff, word, words, world

WEEKEND = Days(weekdays=frozenset({5, 6}))


def found(problem: Problem) -> Fewest:
    now = time.monotonic()
    answer = fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 60), lambda _: None))
    if answer.model is not None:
        assert check_rotation(problem, rotations(answer.model, answer.values)) == []
    return answer


# One seat in two or three shifts, and rules that a rota repeating each week keeps with more people or not at all.
SEATS: dict[str, tuple[str, tuple[Rule, ...], float]] = {
    "two on, two off": ("XY", (rules.WorkBlock(shortest=2, longest=2), rules.OffBlock(shortest=2)), 84),
    "one on, two off": ("Q", (rules.OffBlock(shortest=2, longest=2),), 56),
    "two on, four off": ("Q", (rules.WorkBlock(shortest=2, longest=2), rules.OffBlock(shortest=4)), 56),
    "nights in threes": ("XY", (rules.ShiftRun(shift="X", shortest=3), rules.WorkBlock(longest=3)), 168),
    "rest after nights": ("XY", (rules.RestAfterNights(minutes=48 * H), rules.MaxNights(nights=2)), 168),
    "never a day after a night": ("XY", (rules.Succession(first="X", second="Y", days_off=1),), 100),
    "short hours": ("XY", (rules.MinRest(minutes=11 * H),), 50),
}


def seat(letters: str, given: tuple[Rule, ...], weekly: float) -> Problem:
    """Return a seat around the clock from 08:00 on; Y is its day of twelve hours, X its night, Q all of it."""
    from tests import small

    by_day = small.shift("Y", 8, 12)
    problem = world(
        staff("a", letters.replace("Y", ""), *given, net_minutes=round(weekly * H)), posts=(post("p", 8, 24),)
    )
    if "Y" not in letters:
        return problem
    types = (replace(problem.types[0], shifts=tuple(letters)),)
    return replace(problem, shifts=(*problem.shifts, by_day), types=types)


def listed(problem: Problem, most: int) -> Iterator[tuple[int, int]]:
    """Yield (people, days apart) for which some word, walked round by people so many days apart, keeps everything."""
    one = problem.types[0]
    alphabet = problem.duties(one)
    needed = Counter(one.shifts)
    for people, apart in product(range(1, 6), range(1, 13)):
        days = people * apart
        if len(alphabet) ** days > most:
            continue
        ring = Horizon(days, cyclic=True)
        for text in words(alphabet, days):
            daily = (
                Counter(each.shift.name for at in range(day, days, apart) if (each := text[at]).shift)
                for day in range(apart)
            )
            if all(needed <= held for held in daily) and not any(
                count_breaches(rule, text, ring, problem, staff=one) for rule in one.rules
            ):
                yield people, apart
                break


@pytest.mark.parametrize("name", SEATS)
def test_no_roster_of_any_period_has_fewer_people(name: str) -> None:
    problem = seat(*SEATS[name])
    assert weekdays_alike(problem)
    by_hand, _ = next(listed(problem, 20_000))  # few people come first
    answer = found(problem)
    assert answer.bound is not None
    assert answer.bound <= by_hand
    assert answer.value is not None
    assert answer.value <= by_hand
    assert (answer.status is Status.OPTIMAL) == (answer.value == answer.bound)
    assert answer.proof.weeks is None


def alternate(limit: float, *given: Rule) -> Problem:
    """Return two people of different contracts who share the weekends."""
    return world(
        staff("a", "D", *given, net_minutes=round(limit * H), minimum=0, maximum=1),
        staff("b", "D", *given, net_minutes=round(limit * H), skills=frozenset({"a"}), minimum=0, maximum=1),
        posts=(post("p", 8, 8, days=WEEKEND),),
    )


def rings_of(problem: Problem, weeks: int) -> Iterator[list[Rotation]]:
    """Yield every rota of the two who share the weekends, each doing what they like on Saturdays and Sundays."""
    days = [day for day in range(7 * weeks) if day % 7 >= 5]
    every = list(words(word("-D"), 7 * weeks, days))
    for pair in product(every, repeat=len(problem.types)):
        yield [
            Rotation(one.name, tuple(text[at : at + 7] for at in range(0, len(text), 7)), one.name, weeks)
            for one, text in zip(problem.types, pair, strict=True)
        ]


@pytest.mark.parametrize(
    ("limit", "given"),
    [
        (16, ()),
        (8, (rules.FreeWeekends(one_in=2),)),
        (7.9, (rules.FreeWeekends(one_in=2),)),
        (16, (rules.WorkBlock(longest=1),)),
        (8, (rules.WorkBlock(shortest=2),)),
        (12, (rules.WorkBlock(shortest=2), rules.FreeWeekends(one_in=2))),
    ],
)
def test_types_take_turns_wherever_listing_finds_that_they_can(limit: float, given: tuple[Rule, ...]) -> None:
    problem = alternate(limit, *given)
    least = None
    for weeks in (1, 2):
        for rota in rings_of(problem, weeks):
            used = sum(any(one.works for one in rotation.word) for rotation in rota)
            if (least is None or used < least) and not check_rotation(problem, rota):
                least = used
    answer = found(problem)
    if least is None:
        assert answer.status in (Status.INFEASIBLE, Status.UNKNOWN)
    else:
        assert (answer.status, answer.value) == (Status.OPTIMAL, least)


@pytest.mark.parametrize("key", ["metropolitan", "four_slow", "three_ddnn", "dupont", "pitman", "six"])
def test_a_classical_rota_never_needs_fewer_people(key: str) -> None:
    classic = next(one for one in classics() if one.key == key)
    answer = found(scenario_of(classic))
    assert (answer.status, answer.proof.scope) == (Status.OPTIMAL, "every roster")
    assert answer.value is not None
    assert answer.value <= classic.crews


def sundays(first: float, second: float) -> Problem:
    """Return two people who share one post on Sundays, who may work so many hours a week on average."""
    return world(
        staff("a", "D", net_minutes=round(first * H), minimum=0, maximum=1),
        staff("b", "D", net_minutes=round(second * H), skills=frozenset({"a"}), minimum=0, maximum=1),
        posts=(post("p", 8, 8, days=Days(weekdays=frozenset({6}))),),
    )


@pytest.mark.parametrize(
    ("first", "second", "weeks"),
    [(8, 0, 1), (4, 4, 2), (6, 3, 3), (2, 6, 4), (4.8, 3.2, 5), (8 / 6 + 0.1, 8 * 5 / 6 + 0.1, 6), (3, 3, 0)],
)
def test_the_ring_is_as_long_as_turns_ask_for(first: float, second: float, weeks: int) -> None:
    problem = sundays(first, second)
    able = [
        length
        for length in range(1, 7)
        for mine in product((0, 1), repeat=length)
        if not check_rotation(
            problem,
            [
                Rotation(name, tuple(word("------D" if on else "-------") for on in weeks_on), "", length)
                for name, weeks_on in (("a", mine), ("b", tuple(1 - on for on in mine)))
                if any(weeks_on)
            ],
        )
    ]
    answer = found(problem)
    if not weeks:
        assert not able
        assert (answer.status, answer.proof.scope) == (Status.INFEASIBLE, "every roster")
        return
    # By hand: the shortest ring that any of 2 to the 6 ways to share the Sundays out keeps the averages on.
    assert min(able) == weeks
    assert (answer.status, answer.weeks) == (Status.OPTIMAL, weeks)


def on_dates(word: Sequence[int], people: int, apart: int, day: int) -> Counter[int]:
    return Counter(word[(person * apart + day) % len(word)] for person in range(people))


@pytest.mark.parametrize("apart", [1, 2, 3, 6, 7, 8, 14])
@pytest.mark.parametrize("people", [1, 2, 3, 7, 14])
def test_weeks_made_of_a_ring_of_days_are_the_same_roster(people: int, apart: int) -> None:
    text = tuple(random.Random(people * 100 + apart).choices(range(4), k=people * apart))
    weeks = lcm(apart, 7)
    parts = in_weeks(text, apart)
    assert sum(len(part) // weeks for part in parts) == people
    for day in range(2 * weeks):
        total = sum((on_dates(part, len(part) // weeks, weeks, day) for part in parts), Counter[int]())
        assert total == on_dates(text, people, apart, day)


def test_a_post_left_empty_in_one_week_of_the_ring_is_seen() -> None:
    problem = alternate(16)
    kept = [rota for rota in rings_of(problem, 2) if not check_rotation(problem, rota)]
    assert kept
    for rota in kept[:20]:
        first, second = rota
        for day in (5, 6, 12, 13):
            text = list(first.word)
            text[day] = duty("-")
            other = replace(first, lines=(tuple(text[:7]), tuple(text[7:])))
            empty = not second.word[day].works
            assert bool(check_rotation(problem, [other, second])) == empty


def test_nights_over_the_end_of_the_ring_are_held_by_whoever_goes_on() -> None:
    problem = world(
        staff("a", "XN", maximum=1, minimum=1), posts=(post("p", 0, 4, days=Days(weekdays=frozenset({0}))),)
    )
    sunday_night = (word("------X"), word("-------"))
    assert [one.rule for one in check_rotation(problem, [Rotation("a", sunday_night, "", 2)])] == ["post"]
    both = (word("------X"), word("------X"))
    assert check_rotation(problem, [Rotation("a", both, "", 2)]) == []


def test_rules_on_weekdays_keep_the_ring_to_weeks() -> None:
    alphabet = [duty(text) for text in "-DN"]
    every_day = (rules.MaxNights(nights=2), rules.OffBlock(shortest=2), rules.MinRest(minutes=11 * H))
    graph = compile_rules(alphabet, every_day, {}, weekdays=range(7))
    merged = without_weekdays(graph)
    assert merged is not None
    for text in product(range(3), repeat=6):
        for weekday in range(7):
            state = graph.start[weekday]
            assert state is not None
            assert merged.start[0] is not None
            one, other = graph.read(text, weekday, state), merged.read(text, 0, merged.start[0])
            assert (one is None) == (other is None)
    for rule in (
        rules.WeeklyRest(minutes=35 * H),
        rules.FreeWeekends(one_in=3),
        rules.WeekHours(minutes=40 * H),
    ):
        assert without_weekdays(compile_rules(alphabet, (rule,), {}, weekdays=range(7))) is None


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.INFEASIBLE])
@pytest.mark.parametrize(("goal", "value"), [(Goal.PEOPLE, 3), (Goal.COST, 300)])
def test_where_nothing_better_comes_in_time_a_rota_of_a_few_more_is_known(
    monkeypatch: pytest.MonkeyPatch, status: Status, goal: Goal, value: int
) -> None:
    """Whether the bound was neither reached nor refuted in time, or refuted and nothing found above it."""
    types = (staff(name, "D", net_minutes=40 * H, cost=100) for name in "ab")
    problem = world(*types, posts=(post("p", 8, 8),), goal=goal)
    monkeypatch.setattr(at_value, "_once", lambda *_: Solution(status, (), None, None))
    monkeypatch.setattr(minimum, "_upwards", lambda _model, least, *_: least)
    answer = found(problem)
    assert answer.bound == (2 if goal is Goal.PEOPLE else 200)
    assert (answer.status, answer.value, bool(answer.values)) == (Status.FEASIBLE, value, True)


def test_the_scope_of_a_claim_is_said() -> None:
    problem = seat(*SEATS["two on, four off"])
    weekly = found(replace(problem, rotation_weeks=1))
    assert weekly.status in (Status.OPTIMAL, Status.INFEASIBLE)
    assert weekly.proof.scope == scope_of(1) == "rotas of 1 week"
    assert (found(problem).value, found(problem).weeks) == (3, 2)
