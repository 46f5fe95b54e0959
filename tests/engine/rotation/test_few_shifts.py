"""Where a rota of a few of many shifts reaches what a week asks for, no graph of all shifts is made."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from roster.checker import check_rotation
from roster.domain.outcome import ProofKind, Status
from roster.domain.problem import Goal, Problem, Shift
from roster.domain.rules import OffBlock, WorkBlock
from roster.engine.rotation import few_shifts
from roster.engine.rotation.few_shifts import fewest_soonest
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.wishes import total
from roster.engine.solvers.search import Search
from roster.questions.plan import plan_headcount
from tests.small import ONE_WORKER, H, post, shift, staff, world


def every_two_hours() -> list[Shift]:
    return [shift("ABCDEFGHIJKL"[begin // 2], begin, 8) for begin in range(0, 24, 2)]


def held(*windows: tuple[float, float], weekly: int = 40) -> Problem:
    """Return posts of so many hours from an hour on, by people with twelve shifts."""
    posts = [post(f"p{at}", begin, hours, "a") for at, (begin, hours) in enumerate(windows)]
    shifts = every_two_hours()
    names = "".join(one.name for one in shifts)
    who = staff("a", names, net_minutes=weekly * H, weekly_minutes=weekly * H, maximum=20)
    return world(who, posts=posts, shifts=shifts)


def run() -> SearchRun:
    now = time.monotonic()
    return SearchRun(now, Search(ONE_WORKER, now + 60), lambda _: None)


def shifts_known(found: Fewest) -> int:
    """Return how many shifts the graphs of an answer know."""
    assert found.model is not None
    return len(
        {duty.shift for flow in found.model.flows.values() for duty in flow.graph.duties if duty.shift}
    )


@pytest.mark.parametrize(
    ("windows", "people", "proof"),
    [
        (((0, 24),), 5, ProofKind.ARITHMETIC),  # 168 h / 40 h = 4.2
        (((0, 24), (8, 8)), 6, ProofKind.ARITHMETIC),  # 224 h / 40 h = 5.6
        (((7, 9),), 3, ProofKind.RELAXATION),  # 63 h are 1.6 people, but two shifts a day at five each 2.8
    ],
)
def test_a_few_shifts_give_the_same_number_for_the_same_reason(
    windows: tuple[tuple[float, float], ...], people: int, proof: ProofKind
) -> None:
    problem = held(*windows)
    few, every = fewest_soonest(problem, run()), fewest(problem, run())
    assert (few.status, few.value, few.bound) == (Status.OPTIMAL, people, people)
    assert (every.status, every.value, every.bound, every.proof) == (few.status, people, people, few.proof)
    assert few.proof.kind is proof
    assert shifts_known(few) <= 4 < 8 <= shifts_known(every)
    assert few.model is not None
    assert not check_rotation(problem, rotations(few.model, few.values))


def test_where_the_rules_ask_for_more_than_the_week_all_shifts_are_looked_at() -> None:
    # Sixteen hours a day in one go are two shifts back to back; 100 hours of work a week are more than days allow.
    problem = held((0, 24), weekly=100)
    few, every = fewest_soonest(problem, run()), fewest(problem, run())
    assert (few.status, few.value, few.bound) == (every.status, every.value, every.bound)


def test_few_shifts_and_costs_are_left_to_the_whole_search(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = held((0, 24))
    cost = replace(problem, goal=Goal.COST, types=tuple(replace(one, cost=9) for one in problem.types))
    assert shifts_known(fewest_soonest(cost, run())) == 12
    dear = replace(problem, types=(*problem.types, replace(problem.types[0], name="b", cost=9)))
    assert shifts_known(fewest_soonest(dear, run())) == 12
    monkeypatch.setattr(few_shifts, "MANY", 13)
    assert shifts_known(fewest_soonest(problem, run())) == 12


def test_a_rota_of_a_few_shifts_is_made_better_and_laid_on_the_dates() -> None:
    problem = replace(
        held((0, 24), (8, 8)), quality=(OffBlock(shortest=2, price=3), WorkBlock(shortest=2, price=2))
    )
    outcome = plan_headcount(problem, replace(ONE_WORKER, polish_s=None), ladder=False)
    assert outcome.plan is not None
    assert (outcome.status, outcome.plan.headcount.in_house, outcome.bound) == (Status.OPTIMAL, 6, 6)
    first = plan_headcount(problem, replace(ONE_WORKER, polish_s=0.0), ladder=False)
    assert first.plan is not None
    assert first.plan.headcount == outcome.plan.headcount
    assert outcome.ranked is not None
    assert outcome.ranked.bound <= total(problem, outcome.plan.rotations)


@pytest.mark.parametrize("searched", [11, 12])
def test_more_shifts_than_can_be_searched_leave_a_better_rota_to_the_few(
    searched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few_shifts, "SEARCHED", searched)
    problem = held((0, 24))
    found = fewest_soonest(problem, run())
    assert found.model is not None
    assert (found.model.problem is problem) == (searched == 12)
    assert found.whole is problem
