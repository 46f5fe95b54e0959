"""The search on made-up teams: relaxation, first calendars, parts, and stopping at any moment."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest

from roster.benchmark.attack.draw import problem_of
from roster.benchmark.calendar.teams import team
from roster.checker import check_roster
from roster.domain.horizon import DayKind
from roster.domain.problem import Problem
from roster.engine.columns import master, search
from roster.engine.columns.best_response import respond
from roster.engine.columns.compile_team import Aims, Compiled, compile_team
from roster.engine.columns.cooling import Cooling
from roster.engine.columns.cover_value import Margins
from roster.engine.columns.dive import in_time
from roster.engine.columns.exact_bound import exact_bound, whole
from roster.engine.columns.fewest_empty import fewest_empty, least_of_posts
from roster.engine.columns.fix_and_optimise import fill
from roster.engine.columns.generate import Bound, Deadline, Generator, generate
from roster.engine.columns.large import begin, improve_part, take
from roster.engine.columns.local_search import Sizes
from roster.engine.columns.relaxation import relax
from roster.engine.columns.search import QUICK, boxes, result, run
from roster.engine.columns.state import State
from roster.engine.columns.subteam import subteam
from roster.penalties import empty_hard, terms
from roster.questions.calendar import shares_of, skeleton
from tests.engine.columns.ticking import Ticking


def compiled(problem: Problem) -> Compiled:
    roster = skeleton(problem)
    return compile_team(problem, roster, Aims(shares_of(problem, roster)))


@pytest.fixture(scope="module")
def twenty() -> Compiled:
    return compiled(team(20, 3))


@pytest.mark.parametrize(("people", "seed"), [(8, 1), (8, 2), (12, 3)])
def test_a_made_up_team_is_the_same_each_time_and_has_everything(people: int, seed: int) -> None:
    problem = team(people, seed)
    assert problem == team(people, seed)
    assert problem != team(people, seed + 1)
    assert len(problem.people) == people
    assert problem.wishes
    assert problem.restrictions
    assert problem.carried
    assert problem.ledger
    assert not team(people, seed, history=False).ledger


def test_the_prices_of_the_relaxation_give_a_bound_and_its_first_calendar_is_near(twenty: Compiled) -> None:
    relaxed = relax(twenty.team)
    assert relaxed is not None
    for kind, wanted in zip(twenty.team.kinds, relaxed.wanted, strict=True):
        assert wanted.sum(axis=1) == pytest.approx(np.full(twenty.team.days, len(kind.members)), abs=1e-5)
    state = State(twenty.team, 1, Deadline(1e12))
    begin(state, relaxed, Deadline(1e12))
    assert 0 < state.rounded <= state.best
    assert not empty_hard(twenty.problem, twenty.read(state.lines))
    assert exact_bound(twenty.team, whole(relaxed.duals)) == state.proven
    prices_of_nothing = whole(relaxed.duals.mixed(relaxed.duals, 1.0))
    object.__setattr__(prices_of_nothing, "rows", 0 * relaxed.duals.rows)
    assert exact_bound(twenty.team, prices_of_nothing) < state.proven, "other prices say less"


def test_a_part_is_better_only_where_it_is_freed(twenty: Compiled) -> None:
    relaxed = relax(twenty.team)
    assert relaxed is not None
    state = State(twenty.team, 1, Deadline(1e12))
    begin(state, relaxed, Deadline(0))
    free = np.zeros((20, twenty.team.days), bool)
    free[2:16, :] = True
    part, people = subteam(twenty.team, state.lines, free)
    inside = State(part, 1, Deadline(1e12))
    outside = sum(
        priced.cost
        for number, member in enumerate(twenty.team.members)
        if number not in people and (priced := member.price(state.lines[number]))
    )
    assert inside.value([state.lines[number] for number in people]) + outside == pytest.approx(state.best)
    found = improve_part(state, relaxed, free, Deadline(1e12))
    assert found is not None
    assert state.value(found) < state.best
    changed = np.array(found) != np.array(state.lines)
    assert changed.any()
    assert not changed[~free].any()


@pytest.mark.parametrize("seed", [1, 2, 6])
def test_the_fewest_empty_hours_are_those_that_leave_forces(seed: int) -> None:
    problem = team(8, seed)
    only = next(person.name for person in problem.people if person.type == "network")
    horizon = skeleton(problem).horizon
    away = {
        day
        for one in problem.restrictions
        if one.person == only
        for day in range(horizon.days)
        if one.first <= horizon.on(day) <= one.last and horizon.kind(day) is DayKind.WORKDAY
    }
    given = compiled(problem)
    proven = fewest_empty(given)
    assert proven >= 8 * 60 * len(away)
    state = State(given.team, 1, Deadline(time.monotonic() + 1.0))
    run(state, 1.0)
    assert proven <= empty_hard(problem, given.read(state.lines))


def test_margins_are_what_one_more_would_change_whoever_came_and_went(twenty: Compiled) -> None:
    cover, draw = State(twenty.team, 1, Deadline(1e12)).cover, np.random.default_rng(2)
    counts = draw.integers(0, 4, twenty.team.days * twenty.team.places)
    margins = Margins(cover, counts)
    for _ in range(5):
        where = int(draw.integers(len(counts)))
        people = 1 if counts[where] == 0 else int(draw.choice((-1, 1)))
        counts[where] += people
        margins.come([where], people)
    for where in draw.choice(len(counts), 40, replace=False).tolist():
        more = counts.copy()
        more[where] += 1
        assert margins.costs.flat[where] == pytest.approx(cover.of(more) - cover.of(counts))


@pytest.mark.parametrize(("people", "asked"), list(product((8, 20), (1, 12, 60))))
def test_a_search_stopped_at_any_moment_leaves_a_lawful_calendar_and_its_bound(
    people: int, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.engine.columns.local_search.FILLING", (0.6, 0.5))
    given = compiled(team(people, 3))
    bounds: list[float] = []
    values: list[float] = []

    def tell(_: object, best: float, bound: float) -> None:
        values.append(best)
        bounds.append(bound)

    state = State(given.team, 1, Ticking(asked), tell)
    run(state, 1.0)
    found = result(state)
    assert bounds == sorted(bounds), "the bound never falls"
    assert values == sorted(values, reverse=True)
    assert found.lines
    assert found.bound <= found.value
    roster = given.read(found.lines)
    assert not [one for one in check_roster(given.problem, roster) if one.person is not None]
    shares = shares_of(given.problem, roster)
    points = sum(term.parts for term in terms(given.problem, roster, shares)) / 480
    hard = empty_hard(given.problem, roster) / 60 * given.hard
    assert found.value == pytest.approx(hard + points * given.per_point)


def test_where_there_is_time_many_people_have_the_bound_of_the_master_problem(
    twenty: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MASTER", "DIVE_ALL"):
        monkeypatch.setattr(search, name, 0)
    for name in ("dive", "anneal", "anneal_for", "search_around"):
        monkeypatch.setattr(search, name, lambda *_, **__: None)
    seconds, states = 600.0, []
    for share in (1.1, 0.9):
        monkeypatch.setattr(search, "MASTER_SECONDS", share * seconds / 20**2)
        states.append(State(twenty.team, 1, Deadline(1e12)))
        run(states[-1], seconds)
    hurried, careful = states
    assert hurried.rounded < careful.rounded <= careful.best


@pytest.mark.parametrize("way", range(3))
def test_what_has_gained_more_in_its_time_is_drawn_more_often(way: int, twenty: Compiled) -> None:
    state, sizes = State(twenty.team, 1, Deadline(1e12)), Sizes(0.1, 0.1, Cooling.of(twenty.team))
    assert 140 < sum(sizes.drawn(state) == way for _ in range(600)) < 260
    sizes.gains[way], sizes.spent, sizes.times = 30.0, [10.0, 10.0, 10.0], [5, 5, 5]
    assert 420 < sum(sizes.drawn(state) == way for _ in range(600)) < 600


def test_a_dive_that_is_late_goes_faster_and_one_that_is_not_stays_as_it_is() -> None:
    assert in_time(QUICK, 0.5, 0.5) is QUICK
    late = in_time(QUICK, 0.2, 0.9)
    assert late.share > QUICK.share
    assert (late.rounds, late.columns) == (1, 1)
    for _ in range(10):
        late = in_time(late, 0.2, 0.9)
    assert late.share == 0.5


EXACTLY = """
name: exactly
calendar: {start: 2027-03-01, weeks: 3}
employers: {h: {regime: cn_comprehensive}}
roles: {op: {}}
shifts: {D: {start: 08:00, length: 8h}, E: {start: 16:00, length: 8h}, N: {start: 00:00, length: 8h}}
posts: {seat: {role: op}}
staff_types: {op: {skills: op}}
people: {Ann: op, Bob: op, Cem: op, Dora: op, Eve: op, Fay: op}
absence: gross
rules: {counts: [{of: days, least: 7, most: 7, per: 14 days}]}
"""
"""Whoever works on a day works 14 days later too, and the 42 duties of a fortnight are those of six people."""


def test_posts_alone_are_searched_where_few_calendars_are_lawful() -> None:
    made = compiled(problem_of(EXACTLY))
    state = State(made.team, 1, Deadline(time.monotonic() + 300))
    alone = respond(state, [None] * 6, 1, state.deadline)
    assert alone is not None
    take(state, [alone[0]] * 6, "all alike")
    assert least_of_posts(made.team) == 0 < state.cover.of(made.team.counts(state.lines))
    take(state, fill(state, 300), "filled")
    assert state.cover.of(made.team.counts(state.lines)) == 0
    roster = made.read(state.lines)
    assert check_roster(made.problem, roster) == []
    assert [sum(not duty.is_off for duty in line[:14]) for line in roster.duties] == [7] * 6


def test_a_simplex_that_goes_round_and_round_is_given_up_for_the_next(
    twenty: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With next to no pivots each, all ways but the last fail; its answer is that of the first."""
    usual, held = Generator(twenty.team), Generator(twenty.team)
    generate(usual, Deadline(1e12), boxes(twenty.team), Bound())
    for number, lines in enumerate(usual.master.known):
        for line in lines:
            held.master.add(number, line)
    usual.master.solve()
    asked: list[int] = []
    incremental = held.master._parameters.SetIntegerParam

    def told(which: int, value: int) -> None:
        asked.append(value)
        incremental(which, value)

    monkeypatch.setattr(held.master._parameters, "SetIntegerParam", told, raising=False)
    monkeypatch.setattr(master, "MOST_PIVOTS", (0, 1))
    held.master.solve()
    assert len(asked) == 2 * len(master.WAYS)
    assert held.master.value == pytest.approx(usual.master.value)
