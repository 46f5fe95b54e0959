"""Branch and price against every calendar there is, on made-up teams of a few people and days."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from roster.engine.columns.branch_and_price import Tree
from roster.engine.columns.branching import with_sums
from roster.engine.columns.generate import Deadline, generate
from roster.engine.columns.master import Duals
from roster.engine.columns.state import State, weigh
from roster.engine.columns.team import CoverRow, DayArcs, Extra, Member, Piece, Tally, Team
from tests.engine.columns.ticking import Ticking

GAPS = (12, 13, 75, 137, 143, 172, 182, 222, 251)
"""Seeds of teams whose bound of column generation, rounded up, is below what the best calendar costs."""

DAYS, PEOPLE = 4, 3
EMPTY, CROWDED, TOGETHER = 70.0, 50.0, 8


def made_up(seed: int) -> Team:
    """Three people, off or on one of two duties for four days: after the second one, no first one; few days in all,
    and some pairs of presences of which more than one costs something."""
    draw = np.random.default_rng(seed)
    steps = [(0, 0, 0), (0, 0, 1), (0, 1, 2), (1, 0, 0), (1, 1, 2)]
    tail, head, duty = (np.array(column, int) for column in zip(*steps, strict=True))
    none = np.zeros(len(steps), int)
    arcs = DayArcs(tail, head, duty, none, none, 2, 2)
    works = np.tile(np.array([0, 1, 1]), (DAYS, 1))
    members = tuple(
        Member(
            f"p{number}",
            (arcs,) * DAYS,
            0,
            np.zeros(2),
            np.array([-1, 0, 1]),
            np.c_[draw.integers(0, 60, DAYS), draw.integers(0, 9, (DAYS, 2))].astype(float),
            (0, 1, 2),
            (Tally("days", works, False, int(draw.integers(0, 2)), 3, None, DAYS),),
        )
        for number in range(PEOPLE)
    )
    extras: list[Extra] = []
    pieces = []
    for where in range(DAYS * 2):
        empty, crowded = len(extras), len(extras) + 1
        extras += [Extra(PEOPLE, EMPTY), Extra(PEOPLE, CROWDED)]
        wanted = float(draw.integers(0, 3))
        row = CoverRow(((where, 1),), ((empty, 1), (crowded, -1)), wanted, wanted)
        pieces.append(Piece((row,), (empty, crowded)))
    for _ in range(TOGETHER):
        one, other = draw.choice(DAYS * 2, 2, replace=False).tolist()
        extras.append(Extra(2 * PEOPLE, CROWDED))
        row = CoverRow(((one, 1), (other, 1)), ((len(extras) - 1, -1),), -np.inf, 1.0)
        pieces.append(Piece((row,), (len(extras) - 1,)))
    return Team(DAYS, 2, members, tuple(extras), tuple(pieces))


def least(team: Team) -> float:
    """Return what the cheapest of all calendars costs, everybody's in turn added to the numbers of people present."""
    costs = {(0,) * (team.days * team.places): 0.0}
    for member in team.members:
        following: dict[tuple[int, ...], float] = {}
        for line in product(range(3), repeat=DAYS):
            priced = member.price(line)
            if priced is None:
                continue
            for counts, cost in costs.items():
                more = list(counts)
                for where in team.presences(member, line):
                    more[where] += 1
                key = tuple(more)
                following[key] = min(following.get(key, np.inf), cost + priced.cost)
        costs = following
    return min(cost + cover(team, counts) for counts, cost in costs.items())


def cover(team: Team, counts: tuple[int, ...]) -> float:
    """Return what empty and crowded places cost."""
    total = 0.0
    for row in team.rows:
        has = sum(counts[where] for where, _ in row.present)
        total += EMPTY * max(0.0, row.lower - has) + CROWDED * max(0.0, has - row.upper)
    return total


def begun(team: Team, bounds: list[float]) -> tuple[State, Tree]:
    state = State(team, 1, Deadline(1e12), lambda *told: bounds.append(told[2]))
    generate(state.generator, Deadline(1e12), (np.inf,), state.bound)
    state.prove()
    assert state.prices is not None
    return state, Tree(state, weigh(state, state.prices), state.proven)


@pytest.mark.parametrize("seed", [*range(12), *GAPS])
def test_the_best_of_all_calendars_is_found_and_no_bound_is_ever_above_it(seed: int) -> None:
    team, bounds = made_up(seed), list[float]()
    state, tree = begun(team, bounds)
    tree.run(Deadline(1e12))
    assert tree.closed
    assert state.best == state.value(state.lines) == state.rounded == pytest.approx(least(team))
    assert max(bounds) <= state.best
    assert bounds == sorted(bounds)


def test_these_teams_have_a_bound_of_column_generation_that_is_too_low() -> None:
    for seed in GAPS[:4]:
        state, _ = begun(made_up(seed), [])
        assert state.rounded < least(made_up(seed))


@pytest.mark.parametrize("seed", [1, 2, *GAPS[:4]])
def test_any_prices_do_to_begin_with(seed: int) -> None:
    team, bounds = made_up(seed), list[float]()
    state, _ = begun(team, bounds)
    assert state.prices is not None
    draw = np.random.default_rng(seed)
    rough = Duals(
        np.rint(state.prices.rows * draw.uniform(0.5, 1.5, len(team.rows))),
        state.prices.slopes,
        state.prices.people,
    )
    other = State(team, 1, Deadline(1e12))
    other.bound.duals = rough
    other.prove()
    Tree(other, weigh(other, rough), other.proven).run(Deadline(1e12))
    assert other.best == other.rounded == pytest.approx(least(team))


def test_a_tree_goes_on_from_where_it_stopped() -> None:
    seed = GAPS[0]
    state, tree = begun(made_up(seed), [])
    turns = 0
    while not tree.closed:
        tree.run(Ticking(4))
        assert state.rounded <= least(made_up(seed))
        turns += 1
    assert turns > 1
    assert state.best == pytest.approx(least(made_up(seed)))


def test_sums_of_extras_ask_for_nothing() -> None:
    team = made_up(1)
    more, first = with_sums(team)
    assert first == 2, "empty and crowded"
    assert more.rows[: len(team.rows)] == team.rows
    for row in more.rows[len(team.rows) :]:
        assert not row.present
        assert (row.lower, row.upper) == (0, sum(team.extras[extra].most for extra, _ in row.extras))
        assert len({team.extras[extra].price for extra, _ in row.extras}) == 1
