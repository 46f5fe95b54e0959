"""What a piece of the cover costs by a flow, beside the linear program of the same piece."""

from __future__ import annotations

import random
from math import inf

import pytest

from roster.engine.columns.piece_program import PieceProgram
from roster.engine.columns.shared_out import shared_out
from roster.engine.columns.team import CoverRow, Extra, Piece


def piece_of(
    posts: list[list[tuple[int, float]]], groups: list[list[int]]
) -> tuple[tuple[Extra, ...], Piece, list[int]]:
    """Return a piece: for each post how many places cost how much empty, for each group the posts it can hold."""
    extras: list[Extra] = []
    asked: list[list[tuple[int, int]]] = []
    wanted = [sum(number for number, _ in post) for post in posts]
    for post in posts:
        asked.append([(len(extras) + at, 1) for at in range(len(post))])
        extras += [Extra(number, price) for number, price in post]
    rows = []
    for at, can in enumerate(groups):
        used = [(len(extras) + k, 1) for k in range(len(can))]
        for (extra, _), post in zip(used, can, strict=True):
            asked[post].append((extra, 1))
            extras.append(Extra(wanted[post], 0.0))
        rows.append(CoverRow(((at, -1),), tuple(used), -inf, 0.0))
    rows += [CoverRow((), tuple(own), float(n), inf) for own, n in zip(asked, wanted, strict=True)]
    return tuple(extras), Piece(tuple(rows), tuple(range(len(extras)))), wanted


@pytest.mark.parametrize("seed", range(40))
def test_the_flow_of_a_piece_costs_what_its_program_costs(seed: int) -> None:
    draw = random.Random(seed)
    posts = [
        [(draw.randint(1, 3), float(draw.choice((0, 5, 5, 7, 12)))) for _ in range(draw.choice((1, 1, 1, 2)))]
        for _ in range(draw.randint(2, 7))
    ]
    groups = [draw.sample(range(len(posts)), draw.randint(1, len(posts))) for _ in range(draw.randint(1, 6))]
    extras, piece, wanted = piece_of(posts, groups)
    flow = shared_out(extras, piece)
    assert flow is not None
    program = PieceProgram(extras, piece)
    nobody = [0 for _ in groups]
    assert flow.least(nobody) == sum(number * price for post in posts for number, price in post)
    for people in (nobody, *([draw.randint(0, 4) for _ in groups] for _ in range(20))):
        needs = [(-inf, float(number)) for number in people] + [(float(number), inf) for number in wanted]
        assert flow.least(people) == pytest.approx(program.least(needs))


def test_whoever_holds_a_cheap_post_moves_on_for_a_dear_one() -> None:
    # One can hold the first two posts, one the second alone, one the first and the third: three people hold all.
    extras, piece, _ = piece_of([[(1, 9.0)], [(1, 5.0)], [(1, 1.0)]], [[0, 1], [1], [0, 2]])
    flow = shared_out(extras, piece)
    assert flow is not None
    assert flow.least([1, 1, 1]) == 0
    assert flow.least([1, 0, 1]) == 1
    assert flow.least([0, 1, 1]) == 1
    assert flow.least([0, 0, 1]) == 6
    assert flow.least([0, 0, 0]) == 15


def test_a_place_that_nothing_may_leave_empty_costs_without_end() -> None:
    extras, piece, _ = piece_of([[(1, 2.0)], [(1, 3.0)]], [[0, 1]])
    hard = CoverRow((), piece.rows[1].extras, 2.0, inf)
    flow = shared_out(extras, Piece((piece.rows[0], hard, piece.rows[2]), piece.extras))
    assert flow is None  # the group may hold one of its two places only: no flow without limits
    wide = tuple(Extra(2, extra.price) if not extra.price else extra for extra in extras)
    flow = shared_out(wide, Piece((piece.rows[0], hard, piece.rows[2]), piece.extras))
    assert flow is not None
    assert flow.least([0]) == inf
    assert flow.least([1]) == 5
    assert flow.least([3]) == 0


def test_whoever_holds_two_posts_at_once_is_left_to_the_program() -> None:
    extras, piece, _ = piece_of([[(1, 2.0)], [(1, 3.0)]], [[0, 1]])
    both = [
        CoverRow(row.present, (*row.extras, (len(extras), 1)), row.lower, row.upper) for row in piece.rows
    ]
    assert shared_out((*extras, Extra(1, 0.0)), Piece(tuple(both), (*piece.extras, len(extras)))) is None
