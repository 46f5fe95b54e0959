"""No lawful rotation breaks any inequality of a scenario; each kind is broken by a rotation that breaks its rule."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from roster.checker import check_rotation
from roster.domain import rules
from roster.domain.costs import monthly_cost
from roster.domain.outcome import Headcount, Rotation, SeatUse
from roster.domain.problem import Control, Goal, Presence, Problem, Seat
from roster.domain.rules import Rule
from roster.engine.rotation.decompose import split
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from roster.proof import Leaf, Ordinary, Part, Refused, Use, inequality
from roster.scenario import load
from tests.proof.rotas import broken, counted, every_use, shortfall
from tests.questions.plan.test_headcount import problems
from tests.questions.test_brute_force import PROBLEMS
from tests.small import ONE_WORKER, H, post, staff, word, world

SCENARIOS = Path(__file__).parents[2] / "scenarios"

MIXED = world(
    staff("a", "DENs", rules.MinRest(minutes=11 * H), rules.FreeWeekends(one_in=2), net_minutes=34 * H),
    staff("h", "DN", skills=frozenset({"a"}), employer="vendor", net_minutes=34 * H, maximum=1),
    posts=(
        post("desk", 8, 16, "a", vendor=True),
        post("wish", 8, 8, "a", people=2, hard=False, price=7, load=50),
        post("call", 16, 16, "a", presence=Presence.STANDBY, chain="c", level=2),
    ),
    seats=(Seat("evening", "desk", cost=10, maximum=1, start=16 * H, length=8 * H),),
    control=Control(percent=10),
)
"""A vendor, a seat for a part of a post, a soft post of half a person's attention, a standby of a chain."""


def found(problem: Problem) -> tuple[list[Rotation], tuple[SeatUse, ...]] | None:
    """Rotations that the engine finds and the checker lets pass."""
    rotas: list[Rotation] = []
    seats: tuple[SeatUse, ...] = ()
    for part in split(problem):
        now = time.monotonic()
        answer = fewest(part, SearchRun(now, Search(ONE_WORKER, now + 20), lambda _: None))
        if answer.model is None:
            return None
        rotas += rotations(answer.model, answer.values)
        seats += seats_taken(answer.model, answer.values)
    assert check_rotation(problem, rotas, seats) == []
    return rotas, seats


@pytest.mark.parametrize("name", PROBLEMS)
def test_lawful_rotations_keep_every_inequality(name: str) -> None:
    problem, expected = PROBLEMS[name]
    lawful = found(problem)
    assert (lawful is None) == (expected is None)
    assert lawful is None or broken(problem, *lawful) == []


@pytest.mark.parametrize("goal", Goal)
def test_vendors_seats_and_soft_posts_keep_every_inequality(goal: Goal) -> None:
    problem = replace(MIXED, goal=goal)
    lawful = found(problem)
    assert lawful is not None
    assert broken(problem, *lawful) == []
    assert {use.row for use, _ in every_use(Ordinary.of(problem))} > {"control", "cover", "week", "pair"}


@pytest.mark.parametrize("name", ["county_hospital", "city_secondary", "desk_24x7"])
def test_shipped_scenarios_keep_every_inequality(name: str) -> None:
    problem = load(SCENARIOS / f"{name}.yaml")
    lawful = found(problem)
    assert lawful is not None
    assert broken(problem, *lawful) == []


@settings(
    max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(problems())
def test_random_lawful_rotations_keep_every_inequality(problem: Problem) -> None:
    lawful = found(problem)
    assert lawful is None or broken(problem, *lawful) == []


def one(*asked: Rule, **other: object) -> Problem:
    return world(staff("a", "DENsw", *asked, **other), posts=(post("p", 8, 8),))


UNLAWFUL: dict[str, tuple[Problem, str, Use]] = {
    "hours": (one(net_minutes=39 * H), "DDDDD--", Use("hours", type="a")),
    "week_hours": (one(rules.WeekHours(minutes=39 * H)), "DDDDD--", Use("week_hours", type="a")),
    "standby": (one(rules.StandbyShare(percent=42)), "s-s-s--", Use("standby", type="a")),
    "one_place": (one(), "-sE----", Use("one_place", type="a", at=(2 * 24 + 4) * H)),
    "over the end of the week": (one(), "E-----s", Use("one_place", type="a", at=4 * H)),
    "rest": (one(rules.MinRest(minutes=11 * H)), "ND-----", Use("rest", type="a", at=(24 + 8) * H)),
    "work_days": (one(rules.WorkBlock(longest=3)), "-DDDD--", Use("work_days", type="a", weekday=1)),
    "round the week": (one(rules.WorkBlock(longest=3)), "DD---DD", Use("work_days", type="a", weekday=5)),
    "nights": (one(rules.MaxNights(nights=2)), "NNN----", Use("nights", type="a", weekday=0)),
    "run": (one(rules.ShiftRun(shift="D", longest=2)), "DDD----", Use("run", type="a", weekday=0, shift="D")),
    "weekend": (one(rules.FreeWeekends(one_in=2)), "-----D-", Use("weekend", type="a", weekday=5)),
    "pair": (
        one(rules.Succession(first="D", second="N")),
        "--DN---",
        Use("pair", type="a", weekday=2, first=("D",), second=("N",)),
    ),
    "pair of standby": (
        one(rules.NoStandbyBefore(start=9 * H)),
        "--wD---",
        Use("pair", type="a", weekday=2, first=("w",), second=("D", "E")),
    ),
    "cover": (one(), "DDDDDD-", Use("cover", at=(6 * 24 + 8) * H, posts=(("p", Fraction(1)),))),
    "week": (one(), "DDDDDD-", Use("week", posts=(("p", Fraction(1)),))),
}


@pytest.mark.parametrize("name", UNLAWFUL)
def test_each_inequality_says_no_where_its_rule_is_broken(name: str) -> None:
    problem, letters, use = UNLAWFUL[name]
    rotation = Rotation("a", (word(letters),))
    assert check_rotation(problem, [rotation])
    week = Ordinary.of(problem)
    assert shortfall(inequality(week, use), counted(week, [rotation])) > 0


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("hours", "DDDD---"),
        ("week_hours", "DDDD---"),
        ("standby", "s-s----"),
        ("one_place", "-s-E---"),
        ("rest", "N-D----"),
        ("work_days", "-DDD-D-"),
        ("nights", "NN-N---"),
        ("run", "DDN-D--"),
        ("weekend", "DDDD---"),
        ("pair", "--DD-N-"),
        ("week", "DDDDDDD"),
    ],
)
def test_each_inequality_lets_pass_what_keeps_its_rule(name: str, letters: str) -> None:
    problem, _, use = UNLAWFUL[name]
    week = Ordinary.of(problem)
    assert shortfall(inequality(week, use), counted(week, [Rotation("a", (word(letters),))])) <= 0


def test_directing_vendors_takes_hours() -> None:
    problem = world(
        staff("a", "D", net_minutes=41 * H),
        staff("h", "D", skills=frozenset({"a"}), employer="vendor"),
        posts=(post("p", 8, 8, vendor=True),),
        control=Control(percent=10),
    )
    week = Ordinary.of(problem)
    found = inequality(week, Use("control"))
    worked = Rotation("a", (word("DDDDD--"),)), Rotation("h", (word("-----DD"),))
    assert shortfall(found, counted(week, worked)) == 3 * H  # one hour is left, four are wanted
    assert shortfall(found, counted(week, worked[:1])) < 0


def test_a_flexible_person_is_one_person() -> None:
    problem = world(
        staff("a", "D", skills=frozenset({"a", "b"})),
        posts=(post("p", 8, 8, "a", people=5), post("q", 8, 8, "b", people=3)),
    )
    week = Ordinary.of(problem)
    found = inequality(week, Use("cover", at=8 * H, posts=(("p", Fraction(1)), ("q", Fraction(1)))))
    assert found.least == 8
    assert set(found.terms.values()) == {Fraction(1)}


@pytest.mark.parametrize(("load", "level", "counts"), [(50, 1, 2), (51, 1, 1), (50, 2, 1)])
def test_loads_and_levels_say_what_one_person_holds(load: int, level: int, counts: int) -> None:
    problem = world(
        staff("a", "D", skills=frozenset({"a", "b"})),
        posts=(
            post("p", 8, 8, "a", load=50, chain="c"),
            post("q", 8, 8, "b", load=load, chain="c", level=level),
        ),
    )
    use = Use("cover", at=8 * H, posts=(("p", Fraction(1)), ("q", Fraction(1))))
    assert inequality(Ordinary.of(problem), use).terms["duty", "a", 0, "D"] == counts


@pytest.mark.parametrize(
    "use",
    [
        Use("hours", type="nobody"),
        Use("rest", type="a", at=0),
        Use("week_hours", type="a"),
        Use("work_days", type="a", weekday=0),
        Use("one_duty", type="a", weekday=7),
        Use("one_duty", type="a"),
        Use("one_place", type="a", at=7 * 24 * H),
        Use("cover", at=0, posts=(("p", Fraction(1)),)),
        Use("cover", at=1, posts=(("p", Fraction(1)),)),
        Use("cover", at=8 * H, posts=(("q", Fraction(1)),)),
        Use("week", posts=(("q", Fraction(1)),)),
        Use("pair", type="a", weekday=0, first=("D",), second=("D",)),
        Use("pair", type="a", weekday=0, first=("D",), second=("X",)),
        Use("anything"),
    ],
    ids=lambda use: f"{use.row} {use.type} {use.weekday} {use.at}",
)
def test_what_the_scenario_does_not_say_is_refused(use: Use) -> None:
    with pytest.raises(Refused):
        inequality(Ordinary.of(one()), use)


def test_money_is_counted_as_the_report_counts_it() -> None:
    wages = {"a": 105, "h": 200}
    problem = replace(
        MIXED, goal=Goal.COST, types=tuple(replace(each, cost=wages[each.name]) for each in MIXED.types)
    )
    part = Part(("a", "h"), ("desk", "wish", "call"), ("evening",), 0, Leaf(()))
    goal = Ordinary.of(problem).goal(part)
    heads = Headcount(3, 2, {"a": 3, "h": 2}, (SeatUse("evening", 1),))
    counts = {("people", "a"): 3, ("people", "h"): 2, ("seats", "evening"): 1}
    # A tenth of 105 is 10.5, rounded up for each of two people and one seat.
    assert sum(goal[count] * number for count, number in counts.items()) == 315 + 400 + 10 + 33
    assert monthly_cost(problem, heads).total == 315 + 400 + 10 + 33
    empty = {count: price for count, price in goal.items() if count[0] == "empty"}
    # Eight hours at 7, every week: 365 / 84 weeks a month, rounded down.
    assert set(empty) == {("empty", "wish", (day * 24 + 8) * H) for day in range(7)}
    assert set(empty.values()) == {Fraction(8 * 7 * 365 // 84)}
