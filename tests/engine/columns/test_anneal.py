"""Annealing: what a change costs, worked out from the days it touches, is what the whole calendar says."""

from __future__ import annotations

import random

import pytest

from roster.engine.columns.anneal import Annealing, anneal
from roster.engine.columns.compile_team import Aims, Compiled, compile_team
from roster.engine.columns.cover_value import Present
from roster.engine.columns.generate import Deadline
from roster.engine.columns.large import begin
from roster.engine.columns.relaxation import relax
from roster.engine.columns.search import search
from roster.engine.columns.state import State
from roster.engine.columns.walk import Walk
from roster.questions.calendar import shares_of, skeleton
from tests.engine.columns.test_pricing import two_people
from tests.engine.columns.test_terms import drawn


@pytest.fixture(scope="module", params=[0, 1, 2])
def begun(request: pytest.FixtureRequest) -> State:
    """A first calendar of a team with leave, requests, days before, a ledger, pins and soft rules."""
    problem = drawn(request.param)
    given: Compiled = compile_team(problem, skeleton(problem), Aims(shares_of(problem, skeleton(problem))))
    state, relaxed = State(given.team, 1, Deadline(1e12)), relax(given.team)
    assert relaxed is not None
    begin(state, relaxed, Deadline(0))
    return state


def test_a_change_costs_what_the_whole_calendar_costs_more(begun: State) -> None:
    chance, tried = random.Random(3), 0
    for number, member in enumerate(begun.team.members):
        walk = Walk(member, begun.lines[number])
        for _ in range(300):
            first = chance.randrange(begun.team.days)
            length = min(chance.choice((1, 1, 2, 4)), begun.team.days - first)
            duties = [chance.randrange(len(member.place)) for _ in range(length)]
            line = tuple(walk.line)
            other = (*line[:first], *duties, *line[first + length :])
            before, after, change = member.price(line), member.price(other), walk.tried(first, duties)
            assert before is not None
            assert (change is None) == (after is None)
            if change is not None and after is not None:
                assert change.cost == pytest.approx(after.cost - before.cost)
                tried += other != line
                if chance.random() < 0.5:
                    walk.take(change)
                    assert tuple(walk.line) == other
    assert tried > 100


def test_people_who_come_and_go_change_what_the_cover_costs(begun: State) -> None:
    chance, counts = random.Random(5), begun.team.counts(begun.lines)
    present, cost = Present(begun.cover, counts), begun.cover.of(counts)
    for _ in range(200):
        where = [chance.randrange(len(counts)) for _ in range(chance.randrange(1, 4))]
        moved = [(at, -1 if counts[at] and chance.random() < 0.5 else 1) for at in dict.fromkeys(where)]
        for at, people in moved:
            counts[at] += people
        more = present.move(moved)
        assert more == pytest.approx(begun.cover.of(counts) - cost)
        cost += more


def test_the_value_is_kept_while_everything_changes(begun: State) -> None:
    annealing = Annealing(begun, begun.lines, 0.3)
    for share in (0.0, 0.0, 0.2, 0.5, 1.0):
        annealing.heat.cool(share)
        for _ in range(10000):
            annealing.step()
        lines = [tuple(walk.line) for walk in annealing.walks]
        assert begun.value(lines) == pytest.approx(annealing.value)
    assert annealing.heat.degrees > 0
    assert annealing.best < begun.best
    assert annealing.lines is not None
    assert begun.value(annealing.lines) == pytest.approx(annealing.best)


def test_it_finds_what_is_proven_the_best() -> None:
    problem, shares = two_people(3)
    given = compile_team(problem, skeleton(problem), Aims(shares))
    proven = search(given.team, 20.0)
    assert proven.optimal
    state = State(given.team, 1, Deadline(1e12))
    state.offer([(0,) * given.team.days] * 2, "nobody")
    anneal(state, 0.5, 0.3)
    assert state.best == pytest.approx(proven.value)


def test_it_ends_when_nothing_better_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, shares = two_people(3)
    given = compile_team(problem, skeleton(problem), Aims(shares))
    proven = search(given.team, 20.0)
    state, steps = State(given.team, 1, Deadline(1e12)), list[int]()
    step = Annealing.step

    def counted(annealing: Annealing) -> None:
        steps.append(1)
        step(annealing)

    monkeypatch.setattr(Annealing, "step", counted)
    state.offer([(0,) * given.team.days] * 2, "nobody")
    state.proven = proven.bound
    anneal(state, 2.0, 0.3)
    assert state.best == pytest.approx(proven.value)
    assert steps
    steps.clear()
    anneal(state, 2.0, 0.3)
    assert not steps
