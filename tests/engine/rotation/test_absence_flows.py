"""Absences as flows beside a rotation: they never ask for more than a calendar with names needs."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from roster.domain.horizon import calendar
from roster.domain.outcome import ProofKind, Roster, Status
from roster.domain.problem import OFF, Ban, Days, Person, Problem, Restriction
from roster.domain.rules import FreeWeekends, MaxNights, MinRest, OffBlock, ShiftRun, WorkBlock
from roster.engine.calendar.any_cover import covered
from roster.engine.calendar.repair import Ask
from roster.engine.integer_program import Program
from roster.engine.rotation.absence_flows import (
    AbsenceGap,
    HeadcountVariables,
    empty_at_best,
    excluded,
    other_than,
)
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search
from tests.small import MONDAY, ONE_WORKER, H, post, staff, world

RULES = (
    MinRest(minutes=11 * H),
    WorkBlock(longest=3),
    WorkBlock(shortest=2, longest=4),
    OffBlock(longest=3),
    OffBlock(shortest=2),
    MaxNights(nights=2),
    ShiftRun(shift="N", shortest=2),
    FreeWeekends(one_in=2),
)
SOME_DAYS = (
    Days(workdays=True, restdays=True, holidays=True),
    Days(workdays=True),
    Days(weekdays=frozenset({0, 2, 4})),
    Days(weekdays=frozenset({5, 6})),
)


def search() -> Search:
    return Search(ONE_WORKER, time.monotonic() + 30)


def drawn(seed: int) -> tuple[Problem, dict[str, int], AbsenceGap]:
    """A random small world with one or two types, how many people of each, and an absence in its two weeks."""
    chance = random.Random(seed)
    types = [
        staff(
            name,
            "DN",
            *chance.sample(RULES, 2),
            skills=frozenset(chance.choice(("a", "b", "ab"))),
            weekly_minutes=chance.choice((32, 40, 168)) * H,
        )
        for name in ("a", "b")[: chance.choice((1, 2))]
    ]
    posts = [
        post("p", 8, 8, "a", days=chance.choice(SOME_DAYS)),
        post("n", 22, 8, chance.choice("ab"), days=chance.choice(SOME_DAYS)),
    ]
    first = chance.randrange(14)
    people = {one.name: chance.choice((1, 2, 3)) for one in types}
    gap = AbsenceGap(chance.choice(types).name, first, min(first + chance.choice((1, 3, 7)), 14))
    return world(*types, posts=posts, weeks=2), people, gap


def exact(problem: Problem, people: dict[str, int], gap: AbsenceGap) -> bool | None:
    """Whether people with names cover the absence of the first of the type, over the whole calendar."""
    horizon = calendar(problem.dates)
    who = tuple(Person(f"{name}-{n}", name) for name, number in people.items() for n in range(number))
    first, last = MONDAY + timedelta(days=gap.first), MONDAY + timedelta(days=gap.stop - 1)
    asked = problem.with_restrictions((Restriction(f"{gap.type}-0", Ban.DUTY, first, last),))
    off = Roster(who, horizon, ((OFF,) * horizon.days,) * len(who))
    return covered(Ask(asked, off, frozenset(range(gap.first, gap.stop))), search())


@pytest.mark.parametrize("block", range(4))
def test_a_flow_excludes_nothing_that_people_with_names_can_cover(block: int) -> None:
    verdicts = set()
    for seed in range(12 * block, 12 * block + 12):
        problem, people, gap = drawn(seed)
        can = exact(problem, people, gap)
        kind = excluded(problem, people, {}, gap, 10)
        assert not (can and kind is not ProofKind.NONE), seed
        if kind is ProofKind.NONE:
            assert empty_at_best(problem, people, {}, gap, 10).total() == 0, seed
        else:
            wishes = replace(problem, posts=tuple(replace(one, hard=False) for one in problem.posts))
            nobody_at_all = excluded(wishes, people, {}, gap, 10) is not ProofKind.NONE
            assert empty_at_best(problem, people, {}, gap, 10).total() > 0 or nobody_at_all, seed
        verdicts.add((can, kind is ProofKind.NONE))
    assert {(True, True), (False, False)} <= verdicts


def test_named_people_without_a_line_may_help() -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),))
    assert excluded(problem, {"a": 1}, {}, AbsenceGap("a", 0, 7), 10) is not ProofKind.NONE
    helped = problem.with_people((Person("Li", "a"), Person("Wang", "a")))
    assert excluded(helped, {"a": 1}, {}, AbsenceGap("a", 0, 7), 10) is ProofKind.NONE


def test_other_numbers_are_any_but_those_and_more_is_not_part_of_them() -> None:
    found = {}
    for fewer in (False, True):
        program = Program()
        variables = HeadcountVariables({"a": program.variable(0, 3)}, {"s": program.variable(0, 2)})
        other_than(program, variables, {"a": 1}, {"s": 1}, fewer=fewer)
        kept = set()
        for a in range(4):
            for s in range(3):
                fixed = program.copy()
                fixed.lower[:2], fixed.upper[:2] = [a, s], [a, s]
                if branch_and_bound(fixed, [], 5).status is not Status.INFEASIBLE:
                    kept.add((a, s))
        found[fewer] = kept
    every = {(a, s) for a in range(4) for s in range(3)}
    assert found[True] == every - {(1, 1)}
    assert found[False] == {(a, s) for a, s in every if a > 1 or s > 1}
