"""The engine against one Boolean per employee, day and shift, and against its own other graph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from roster.benchmark.rws.check import violations
from roster.benchmark.rws.format import Instance, Limits, RwsShift
from roster.benchmark.rws.generate import SMALL, generate, walked
from roster.benchmark.rws.plain_models import automaton_model, boolean_model, solve_with
from roster.benchmark.rws.run import InstanceQuestions
from roster.benchmark.rws.scale import run_scale
from roster.benchmark.rws.solve import answer_for, block_count, checked, fewest_employees, question, rows
from roster.domain.outcome import Status
from roster.engine.exact_demand.block_graph import ring_of_walks
from roster.engine.exact_demand.exchange import exchanged
from roster.engine.exact_demand.model import build
from roster.engine.exact_demand.search import search
from roster.engine.exact_demand.solve import most_free_weekends, rota
from roster.engine.flows.circulation import parts
from roster.engine.solvers.mip import minimise
from roster.engine.solvers.search import Search
from tests.benchmark import small
from tests.benchmark.small import QUICK, instances

FOREVER = 1e12


@settings(max_examples=60, deadline=None)
@given(instances())
def test_the_verdict_is_that_of_the_boolean_model(instance: Instance) -> None:
    answer = answer_for(instance, QUICK)
    assert answer.status is (Status.OPTIMAL if small.feasible(instance) else Status.INFEASIBLE)
    if answer.word:
        assert not violations(instance, rows(instance, answer.word))


@settings(max_examples=15, deadline=None)
@given(instances(most_people=3))
def test_counting_blocks_never_excludes_a_number_that_works(instance: Instance) -> None:
    counted = block_count(instance)
    for people in range(1, 7):
        if counted is None or not counted.least <= people <= counted.most:
            assert not small.feasible(instance.with_employees(people))


@settings(max_examples=15, deadline=None)
@given(instances(most_people=4))
def test_the_fewest_employees_are_the_first_number_that_works(instance: Instance) -> None:
    answer = fewest_employees(instance, QUICK)
    works = [people for people in range(1, 8) if small.feasible(instance.with_employees(people))]
    if works:
        assert (answer.status, answer.people, answer.bound) == (Status.OPTIMAL, works[0], works[0])
        checked(instance, answer.word)
    else:
        assert answer.people is None or answer.people > 7


EVERY_OTHER_DAY = Instance(
    "small",
    4,
    tuple(RwsShift(name, 0, 480, Limits(1, 1)) for name in "DN"),
    ((0,) * 7, (2,) * 7),
    Limits(1, 1),
    Limits(1, 1),
    (),
    (),
)
"""No rotation of it has a Saturday and a Sunday off, so that there is nothing to make most."""


@settings(max_examples=25, deadline=None)
@given(instances())
@example(EVERY_OTHER_DAY)
def test_free_weekends_are_the_most_there_can_be(instance: Instance) -> None:
    answer = most_free_weekends(question(instance), instance.employees, QUICK)
    most = small.most_free_weekends(instance)
    assert answer.status is (Status.INFEASIBLE if most is None else Status.OPTIMAL)
    if most is not None:
        assert (answer.free_weekends, answer.bound) == (most, most)


@pytest.mark.parametrize("seed", range(12))
def test_days_and_blocks_are_two_graphs_of_the_same_rotas(seed: int) -> None:
    instance = generate(seed, SMALL)
    asked = question(instance)
    days = ring_of_walks(asked.duties, asked.rules, most_blocks=0)
    assert not days.blocks
    model = build(asked, instance.employees, instance.employees, days)
    found = search(model, model.spoiled_weekends, QUICK, FOREVER)
    by_blocks = most_free_weekends(asked, instance.employees, QUICK)
    assert found.status is by_blocks.status
    if found.flows:
        checked(instance, model.word(found.flows))
        assert -(found.objective or 0) == by_blocks.free_weekends


@pytest.mark.parametrize("seed", range(8))
def test_an_instance_walked_into_being_is_feasible(seed: int) -> None:
    instance = walked(seed)
    assert rota(question(instance), instance.employees, QUICK).status is Status.OPTIMAL


def test_exchanges_join_parts_and_keep_cover() -> None:
    mended = 0
    for seed in range(80):
        instance = generate(seed)
        model = build(question(instance), instance.employees, instance.employees)
        values = minimise(model.program, [], Search(QUICK, FOREVER)).values
        if not values:
            continue
        before = model.flows(values)
        after = exchanged(model.walks, before)
        pieces = [len(parts(model.walks.tails, model.walks.heads, flow)) for flow in (before, after)]
        mended += pieces[1] < pieces[0]
        mixed = [*after, *values[len(after) :]]
        assert pieces[1] <= pieces[0]
        for row in model.program.rows:
            total = sum(factor * mixed[variable] for variable, factor in row.terms)
            assert (row.lower, row.upper) == (total, total)
    assert mended > 5


@pytest.mark.parametrize("seed", [2978, 2123, 178])
def test_the_least_number_is_proven_where_parts_make_it_hard(seed: int) -> None:
    answer = fewest_employees(generate(seed), QUICK)
    assert answer.status is Status.OPTIMAL
    assert answer.people == answer.bound


@pytest.mark.parametrize("seed", range(4))
def test_the_models_beside_the_engine_agree_with_it(seed: int) -> None:
    instance = (walked if seed % 2 else generate)(seed, (2, 5))
    options = replace(QUICK, workers=8)
    verdicts = {solve_with(build, instance, options).status for build in (boolean_model, automaton_model)}
    assert verdicts == {answer_for(instance, QUICK).status}


def test_an_instance_multiplied_keeps_its_verdict() -> None:
    cases = run_scale(walked(1), InstanceQuestions(), QUICK, (1, 3, 10))
    assert [case.status for case in cases] == [Status.OPTIMAL] * 3
    assert [case.value for case in cases] == [case.employees for case in cases]


def test_out_of_time_is_unknown_and_never_infeasible() -> None:
    instance = generate(0)
    options = replace(QUICK, time_limit_s=1e-9)
    assert rota(question(instance), instance.employees, options).status is Status.UNKNOWN
    assert fewest_employees(walked(1), options).status is Status.UNKNOWN
