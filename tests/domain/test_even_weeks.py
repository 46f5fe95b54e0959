"""No week of a rotation more than one working day from the average of its type: both sides of the limit."""

from __future__ import annotations

import pytest

from roster.domain.even_weeks import even_weeks
from roster.domain.outcome import Rotation
from roster.scores import score_rotation
from tests.small import post, staff, word, world


def rota(text: str, name: str = "a") -> Rotation:
    return Rotation("a", tuple(word(line) for line in text.split("/")), name)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("DDDDD--/-------", 2, 3),  # 2.5 days on average: 1.5 to 3.5
        ("DDDD---/DD-----", 2, 4),  # 3 days: 2 to 4
        ("D------/-------", 0, 1),
        ("DDDDDDD/DDDDDD-", 6, 7),
    ],
)
def test_a_week_may_be_one_day_from_the_average(text: str, least: int, most: int) -> None:
    rule = even_weeks([rota(text)], 3)
    assert rule is not None
    assert (rule.least, rule.most) == (least, most)


def test_there_is_no_such_wish_without_a_price_or_without_work() -> None:
    assert even_weeks([rota("DDDDD--")], 0) is None
    assert even_weeks([rota("s------")], 3) is None
    assert even_weeks([], 3) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("DDD----/DD-----", 0),
        ("DDDD---/D------", 6),  # one day above and one week below
        ("DDDDD--/-------", 9),  # two days above and one week below
        ("DDDD---/DD-----", 0),
    ],
)
def test_each_day_above_and_each_week_below_costs_its_price(text: str, points: int) -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),), even_weeks=3)
    assert score_rotation(problem, [rota(text)]).points == points


def test_the_average_is_over_all_rotations_of_a_type() -> None:
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),), even_weeks=3)
    apart = [rota("DDDDD--", "x"), rota("-------", "y")]
    assert score_rotation(problem, apart).points == 9
