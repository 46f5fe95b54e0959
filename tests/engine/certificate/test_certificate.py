"""Proofs that the engine finds: of every shipped scenario, of small problems, for every goal, never of too much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from roster.domain import rules
from roster.domain.problem import Control, Goal, Presence, Problem, Seat
from roster.engine.certificate import search as certificate_search
from roster.engine.certificate.search import certified
from roster.engine.integer_program import Program
from roster.engine.rotation.decompose import split
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search, Solution
from roster.proof import EVERY_ROSTER, Certificate, Leaf, Node, Ordinary, Part, fingerprint, verify
from roster.scenario import load
from tests.questions.plan.test_headcount import problems
from tests.questions.test_brute_force import PROBLEMS
from tests.small import ONE_WORKER, H, post, staff, world
from tests.test_scenarios import ANSWERS, FOLDER

ANYTHING = 10**9
FEW_CASES = 12


def parts_of(problem: Problem) -> Iterator[tuple[Problem, Part]]:
    for part in split(problem):
        names = [tuple(each.name for each in some) for some in (part.types, part.posts, part.seats)]
        yield part, Part(names[0], names[1], names[2], 0, Leaf(()))


def solved(part: Problem) -> Fewest:
    now = time.monotonic()
    return fewest(part, SearchRun(now, Search(ONE_WORKER, now + 20), lambda _: None))


def proven(problem: Problem, claims: list[int | None] | None = None) -> Certificate:
    """The best proof of each part, verified; without claims as much as can be proven."""
    week, found = Ordinary.of(problem), []
    for number, (_, part) in enumerate(parts_of(problem)):
        claim = ANYTHING if claims is None else claims[number]
        made = certified(week, part, claim, time.monotonic() + 20)
        assert made is not None
        found.append(made)
    bounds = [part.bound for part in found]
    total = None if None in bounds else sum(bound for bound in bounds if bound is not None)
    certificate = Certificate(problem.name, fingerprint(problem), problem.goal, total, tuple(found))
    verdict = verify(problem, certificate)
    assert (verdict.refusal, verdict.bound) == ("", total)
    return certificate


def cases(node: Node) -> int:
    return 1 if isinstance(node, Leaf) else cases(node.fewer) + cases(node.more)


IN_TURN = {"hospital_group": 23, "hospital_group_spring": 23}
"""
What fewer people can do only by taking turns from week to week.

The campuses want 21 shifts a week. Two of their own supply 8.6 at most and three resident 12.9: 20 in whole shifts each
week, but 42 in two.
"""


@pytest.mark.parametrize("name", ANSWERS)
def test_every_shipped_scenario_is_proven_exactly_for_every_roster_in_few_cases(name: str) -> None:
    certificate = proven(load(Path(FOLDER) / f"{name}.yaml"))
    assert certificate.scope == EVERY_ROSTER
    assert certificate.bound == IN_TURN.get(name, ANSWERS[name].in_house)
    assert all(cases(part.tree) <= FEW_CASES for part in certificate.parts)


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("county_hospital", Goal.PEOPLE),
        ("tertiary_lean_no_ai_av", Goal.COST),
    ],
)
def test_people_and_money_are_proven_as_exactly(name: str, goal: Goal) -> None:
    problem = replace(load(Path(FOLDER) / f"{name}.yaml"), goal=goal)
    answers = [solved(part) for part, _ in parts_of(problem)]
    certificate = proven(problem)
    assert [part.bound for part in certificate.parts] == [answer.value for answer in answers]


def test_places_left_empty_in_some_weeks_only_cost_less_than_whole_ones() -> None:
    """Two people of 34.4 h fill 8.6 shifts a week of a post that may stay empty, in a rota of one week only 8."""
    problem = replace(load(Path(FOLDER) / "county_two_people.yaml"), goal=Goal.COST)
    weekly = 22_476
    assert proven(problem).bound == 21_418 < weekly


@pytest.mark.parametrize("name", PROBLEMS)
def test_small_problems_are_proven_exactly(name: str) -> None:
    problem, expected = PROBLEMS[name]
    claims = [answer.value for answer in map(solved, split(problem))]
    assert proven(problem, claims).bound == expected


def test_many_groups_are_rounded_up_each_in_few_cases() -> None:
    """Nine desks of 56 h take two of 34 h each, one of them a vendor's seat, which anybody may direct: sixteen."""
    names = [f"t{number}" for number in range(9)]
    problem = world(
        *(staff(name, "D", net_minutes=34 * H) for name in names),
        posts=[post(name, 8, 8, name, vendor=name == "t0") for name in names],
        seats=(Seat("service", "t0", cost=1, maximum=1),),
        control=Control(percent=10),
    )
    certificate = proven(problem)
    assert certificate.bound == 16
    assert [cases(part.tree) for part in certificate.parts] == [7]


def test_what_equal_types_need_is_reached_by_sums_of_them_as_large_as_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twelve desks of 56 h take 19.8 people of 34 h, who answer three calls on a quarter of their days."""
    names, search = [f"t{number}" for number in range(12)], certificate_search.branch_and_bound
    share = rules.StandbyShare(percent=25)
    problem = world(
        *(staff(name, "Ds", share, net_minutes=34 * H, weekly_minutes=40 * H) for name in names),
        posts=[
            *(post(name, 8, 8, name) for name in names),
            *(post(f"call {at}", 16, 16, *names, presence=Presence.STANDBY, response=30) for at in range(3)),
        ],
    )
    sizes: list[int] = []

    def small(program: Program, *rest: Any) -> Solution:
        sizes.append(len(program.lower))
        return search(program, *rest)

    monkeypatch.setattr(certificate_search, "branch_and_bound", small)
    assert proven(problem, [20]).bound == 20
    assert max(sizes) < 12


def test_a_claim_too_high_is_proven_as_far_as_it_is_true() -> None:
    problem, expected = PROBLEMS["twenty hours each"]
    assert expected == 2
    assert proven(problem, [9]).bound == 2
    assert proven(problem, [None]).bound == 2
    assert proven(problem, [1]).bound == 1


def test_random_problems_are_proven_exactly_but_for_a_few_and_never_to_need_more_than_they_do() -> None:
    exact = []

    @settings(
        max_examples=12,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(problems())
    def hold(problem: Problem) -> None:
        certificate = proven(problem)
        for part, (small, _) in zip(certificate.parts, parts_of(problem), strict=True):
            answer = solved(small)
            if answer.value is not None:
                assert part.bound is not None
                assert part.bound <= answer.value
            exact.append(part.bound == answer.value or answer.value is None)

    hold()
    assert sum(exact) >= 0.8 * len(exact)
