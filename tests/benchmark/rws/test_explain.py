"""Ways out of an infeasible instance: the smallest relaxation, found by trying each step with the Boolean model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from roster.benchmark.rws.explain import reason, relaxed_by, steps_of, ways_out
from roster.benchmark.rws.format import Instance, Limits, parse
from roster.benchmark.rws.generate import generate
from roster.benchmark.rws.solve import checked, fewest_employees, rows
from roster.domain.outcome import SolveOptions, Status
from roster.language import speaking
from tests.benchmark import small
from tests.benchmark.small import QUICK, instances

# One person works Monday to Friday; blocks of work may have four days at most.
FIVE_DAYS = """7
1
1
1 1 1 1 1 0 0
D 0 480 1 7
2 2
1 4
0 0
"""


def test_the_one_limit_in_the_way_is_named() -> None:
    ways = ways_out(parse(FIVE_DAYS, "five"), QUICK)
    assert [(way.sentence, way.smallest) for way in ways.ways] == [
        ("blocks of work of 1–5 days instead of 1–4", True)
    ]
    assert "too few" in ways.reason


def test_it_is_said_in_chinese_too() -> None:
    with speaking("zh"):
        assert ways_out(parse(FIVE_DAYS, "five"), QUICK).ways[0].sentence == "连续工作由 1–4 天放宽为 1–5 天"


def test_a_number_of_employees_that_would_do_is_found() -> None:
    instance = replace(parse(FIVE_DAYS, "five"), demand=((2, 2, 2, 2, 1, 1, 1),), employees=3)
    least = fewest_employees(instance, QUICK)
    ways = ways_out(instance, QUICK)
    assert (ways.least, ways.least_proven) == (least.people, True)


@settings(max_examples=12, deadline=None)
@given(instances(most_people=3))
def test_relaxations_of_one_step_are_those_that_the_boolean_model_allows(instance: Instance) -> None:
    assume(not small.feasible(instance))
    changed = [relaxed_by(instance, (step,)) for step in steps_of(instance)]
    works = [other for other in changed if other is not None and small.feasible(other)]
    ways = ways_out(instance, QUICK)
    if works:
        assert {len(way.steps) for way in ways.ways} == {1}
        assert all(way.smallest for way in ways.ways)
        assert len(ways.ways) == min(len(works), 5)
        assert ways.refuted == 0
    else:
        assert all(len(way.steps) > 1 for way in ways.ways)
        assert ways.refuted >= 1


def test_without_time_nothing_is_claimed() -> None:
    ways = ways_out(parse(FIVE_DAYS, "five"), SolveOptions(time_limit_s=1e-9, workers=1))
    assert (ways.ways, ways.refuted) == ((), 0)


@pytest.mark.parametrize(
    ("employees", "said"), [(1, "too few"), (3, "too many"), (2, "")], ids=["few", "many", "right"]
)
def test_counting_blocks_says_why(employees: int, said: str) -> None:
    """Ten days of work in blocks of one to five; days off in twos: 14 days, two employees, as counting has it."""
    instance = replace(
        parse(FIVE_DAYS, "five"), demand=((2, 2, 2, 2, 2, 0, 0),), work=Limits(5, 5), employees=employees
    )
    assert said in reason(instance)
    assert bool(said) is bool(reason(instance))


@pytest.mark.parametrize("seed", range(8))
def test_a_least_number_is_a_rota_of_that_number(seed: int) -> None:
    instance = generate(seed)
    answer = fewest_employees(instance, QUICK)
    if answer.status is Status.OPTIMAL:
        assert len(checked(instance, answer.word)) == len(rows(instance, answer.word)) == answer.people
