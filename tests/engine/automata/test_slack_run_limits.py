"""Longest runs of many days: left out where they cannot bind, and the same number of people where they can."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import pytest

from roster.checker import check_rotation
from roster.domain.outcome import Proof, ProofKind, Status
from roster.domain.problem import Days, Problem
from roster.domain.rules import FreeWeekends, MaxNights, OffBlock, Rule, ShiftRun, WorkBlock
from roster.engine.automata.product import compile_rules
from roster.engine.automata.slack_run_limits import capped, within
from roster.engine.rotation import minimum
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.quality import improve
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.wishes import total
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, duty, numbered, post, staff, words, world

ALPHABET = (duty("-"), duty("D"), duty("N"))
DAYS = 4


def kinds(longest: int) -> list[Rule]:
    return [
        WorkBlock(longest=longest),
        OffBlock(shortest=2, longest=longest),
        ShiftRun(shift="D", longest=longest),
        MaxNights(nights=longest),
    ]


@pytest.mark.parametrize("longest", [2, DAYS - 1, DAYS, 9])
@pytest.mark.parametrize("kind", range(4))
def test_what_cannot_bind_is_left_out_and_nothing_else(kind: int, longest: int) -> None:
    rule = kinds(longest)[kind]
    kept = within([rule], DAYS)
    assert (kept == (rule,)) == (longest < DAYS)
    whole, less = (compile_rules(ALPHABET, rules, {}, range(7)) for rules in ((rule,), kept))
    for word in words(ALPHABET, DAYS):
        days = numbered(ALPHABET, word)
        assert (whole.read(days, 0, 0) is None) == (less.read(days, 0, 0) is None)


def run() -> SearchRun:
    now = time.monotonic()
    return SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None)


@pytest.mark.parametrize("cap", [1, 2, 3])
@pytest.mark.parametrize("longest", [4, 5])
def test_a_shorter_limit_first_never_changes_the_number(
    monkeypatch: pytest.MonkeyPatch, longest: int, cap: int
) -> None:
    """A desk every day, for people who may not be off for long: shorter pauses would need no fewer, or more."""
    rules = (OffBlock(shortest=2, longest=longest), WorkBlock(longest=2))
    problem = world(staff("a", "D", *rules, net_minutes=24 * H), posts=(post("desk", 8, 8),))
    plain = fewest(problem, run())
    monkeypatch.setattr(minimum, "LONG_RUN", cap)
    monkeypatch.setattr(minimum, "SHORTER_RUNS", (cap,))
    assert capped(problem, cap, cap) is not problem
    found = fewest(problem, run())
    assert (found.status, found.value, found.bound) == (plain.status, plain.value, plain.bound)


def test_a_limit_of_a_year_is_answered_as_one_of_a_month() -> None:
    answers = set()
    for longest in (30, 366):
        problem = world(
            staff("a", "DEN", OffBlock(longest=longest), net_minutes=35 * H),
            posts=(post("day", 8, 8), post("night", 22, 8)),
        )
        found = fewest(problem, run())
        answers.add((found.status, found.value, found.bound))
    assert answers == {(Status.OPTIMAL, 4, 4)}


def some_problem(seed: int) -> Problem:
    """A day desk and perhaps a night desk, for one or two kinds of people whose pauses have a limit that may bind."""
    draw = Random(seed)
    types = []
    for name in "ab"[: draw.randint(1, 2)]:
        rules: list[Rule] = [OffBlock(shortest=draw.randint(1, 2), longest=draw.randint(4, 6))]
        if draw.random() < 0.6:
            rules.append(WorkBlock(longest=draw.randint(1, 5)))
        if draw.random() < 0.3:
            rules.append(FreeWeekends(one_in=draw.randint(2, 3)))
        if draw.random() < 0.3:
            rules.append(ShiftRun(shift="D", longest=draw.randint(1, 4)))
        letters = draw.choice(["D", "DN", "DEN"])
        hours, most = draw.choice([8, 12, 16, 24, 40]), draw.choice([2, 6, 6])
        types.append(staff(name, letters, *rules, net_minutes=hours * H, maximum=most))
    roles = [one.name for one in types]
    posts = [post("day", 8, 8, *roles, days=Days(frozenset(range(draw.randint(1, 7)))))]
    if any("N" in one.shifts for one in types) and draw.random() < 0.5:
        posts.append(post("night", 22, 8, *roles, days=Days(frozenset(range(draw.randint(1, 7))))))
    return world(*types, posts=posts, rotation_weeks=draw.choice([None, None, 1, 2]))


@pytest.mark.parametrize("seed", range(40))
def test_shorter_limits_first_change_no_answer(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    problem = some_problem(seed)
    plain = fewest(problem, run())
    monkeypatch.setattr(minimum, "LONG_RUN", 3)
    monkeypatch.setattr(minimum, "SHORTER_RUNS", (2, 3))
    found = fewest(problem, run())
    assert (found.status, found.value, found.bound) == (plain.status, plain.value, plain.bound)
    if found.model is not None:
        assert not check_rotation(problem, rotations(found.model, found.values))


def test_a_rota_for_shorter_limits_is_shown_where_time_ran_out_but_not_their_bound() -> None:
    bound = Proof(ProofKind.ARITHMETIC, "hours")
    whole = Fewest(Status.UNKNOWN, None, 3, bound)
    shorter = [
        Fewest(Status.OPTIMAL, value, value, Proof(ProofKind.RELAXATION, "linear")) for value in (5, 4)
    ]
    shown = minimum._fewest_of(whole, [whole, *shorter])
    assert (shown.status, shown.value, shown.bound, shown.proof) == (Status.FEASIBLE, 4, 3, bound)
    at_bound = minimum._fewest_of(whole, [replace(shorter[0], value=3)])
    assert (at_bound.status, at_bound.value, at_bound.bound) == (Status.OPTIMAL, 3, 3)
    assert minimum._fewest_of(replace(whole, value=4), shorter).proof is bound
    assert minimum._fewest_of(replace(whole, status=Status.INFEASIBLE), [whole]).status is Status.INFEASIBLE


def test_no_rota_is_said_to_need_points_that_only_shorter_limits_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Long pauses are wished, and allowed; with the shorter limit nobody could have one."""
    rules = (OffBlock(longest=9), WorkBlock(longest=3), OffBlock(shortest=4, price=10))
    problem = world(staff("a", "D", *rules, minimum=3, maximum=3), posts=(post("desk", 8, 8),))
    free = improve(fewest(problem, run()), run(), 5.0)
    monkeypatch.setattr(minimum, "LONG_RUN", 2)
    monkeypatch.setattr(minimum, "SHORTER_RUNS", (2,))
    found = fewest(problem, run())
    assert found.shortened == 2
    best = improve(found, run(), 5.0)
    points = [total(problem, one.rotations) for one in (free, best)]
    assert points[0] < points[1]
    assert best.bound <= points[0]
