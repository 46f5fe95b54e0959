"""One team after another: what is found keeps every row, and nothing is found where nothing is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, worth
from roster.engine.rotation import team_by_team as module
from roster.engine.rotation.team_by_team import Team, team_by_team
from roster.engine.solvers.mip import branch_and_bound

FIRST_SUMS = frozenset({4, 10, 16})


def teams(seed: int) -> tuple[Program, list[Team]]:
    """Three teams alike of four days and two sums of them, the sums tied by one row, and three that no team has."""
    draw = random.Random(seed)
    program = Program()
    own = [([draw.randint(-2, 3) for _ in range(4)], draw.randint(0, 9)) for _ in range(2)]
    parts = [[draw.randint(0, 1) for _ in range(4)] for _ in range(2)]
    found = []
    for _ in range(3):
        days = [program.variable(0, 6) for _ in range(4)]
        for factors, least in own:
            program.at_least(zip(days, factors, strict=True), least, "own")
        sums = [program.sum_of(zip(days, part, strict=True), 24, "sum") for part in parts]
        found.append(Team(frozenset(days), {v: v for v in sums}))
    weight, most = draw.randint(1, 2), draw.randint(5, 40)
    program.between([(v, weight) for team in found for v in team.sums], most - 3, most, "tied")
    for team in found:
        program.at_least([(program.variable(0, 24), 1), (min(team.sums), -1)], 0, "held")
    return program, found


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_keeps_every_row(seed: int) -> None:
    program, own = teams(seed)
    values = team_by_team(program, own, FIRST_SUMS, 10)
    if branch_and_bound(program, [], 10).status is Status.INFEASIBLE:
        assert values == ()
    for variable, value in enumerate(values):
        assert program.lower[variable] <= value <= program.upper[variable]
    for row in program.rows if values else ():
        came = worth(row.terms, values)
        assert row.lower is None or came >= row.lower
        assert row.upper is None or came <= row.upper


@pytest.mark.parametrize("rounding", [True, False])
def test_most_of_what_can_be_found_is(rounding: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not rounding:
        monkeypatch.setattr(module, "roundings", lambda *_: ())
    asked = [teams(seed) for seed in range(40)]
    there = [pair for pair in asked if branch_and_bound(pair[0], [], 10).found]
    found = [pair for pair in there if team_by_team(*pair, FIRST_SUMS, 10)]
    assert 0 < len(there) < len(asked)
    assert len(found) > 0.8 * len(there)


def test_sums_rounded_away_from_what_a_row_asks_for_are_not_told_as_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = Program([0, 0], [1, 1])
    program.at_least([(1, 1)], 1, "sum")
    alone = [Team(frozenset({0}), {1: 1})]
    assert team_by_team(program, alone, frozenset(), 10) == (0, 1)
    monkeypatch.setattr(module, "roundings", lambda *_: [(0, 0)])
    assert team_by_team(program, alone, frozenset(), 10) == ()


def test_days_that_suit_are_looked_for_and_others_taken_where_there_are_none() -> None:
    program = Program([0] * 3, [1] * 3)
    program.equal([(0, 1), (1, 1)], 1, "either")
    program.at_most([(0, 1), (1, 1), (2, -1)], 1, "sum")
    asked: list[int] = []

    def wish(value: int) -> tuple[int, ...]:
        def suits(values: Sequence[int]) -> bool:
            asked.append(values[0])
            return values[0] == value

        return team_by_team(program, [Team(frozenset({2}), {0: 0, 1: 1}, (), suits)], frozenset(), 10)

    assert [wish(value)[0] for value in (0, 1)] == [0, 1]
    assert sorted(set(asked)) == [0, 1]
    assert wish(2) != ()


def alike_pair(together: int) -> tuple[Program, list[Team]]:
    """Two days of up to two people each, with a sum each, of which so many are to be done that nothing tells apart."""
    program = Program([0] * 2, [2] * 2)
    sums = [program.sum_of([(day, 1)], 2, "sum") for day in (0, 1)]
    program.equal([(total, 1) for total in sums], together, "together")
    return program, [Team(frozenset({0, 1}), dict.fromkeys(sums, 0))]


@pytest.mark.parametrize(("together", "sums"), [(1, [1, 0]), (3, [2, 1])])
def test_of_sums_that_nothing_tells_apart_the_first_is_as_large_as_it_may_be(
    together: int, sums: list[int]
) -> None:
    program, own = alike_pair(together)
    values = team_by_team(program, own, frozenset(), 10)
    assert [values[variable] for variable in own[0].sums] == sums


def test_where_they_cannot_be_done_so_each_is_looked_for_by_itself() -> None:
    # As people do as much on one of the two days as on the other, all on the first is no way to do it.
    program, own = alike_pair(2)
    program.equal([(0, 1), (1, -1)], 0, "even")
    program.equal([(1, 1), (0, -1)], 0, "even")
    assert team_by_team(program, own, frozenset(), 10) == (1, 1, 1, 1)
