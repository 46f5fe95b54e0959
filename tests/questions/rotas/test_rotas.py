"""The classical rotas: that they are the published ones, what the law says of them, how far they are from the best."""

from __future__ import annotations

from itertools import pairwise
from math import lcm

import pytest

from roster.domain.outcome import Proof, ProofKind, Status
from roster.domain.problem import DAY
from roster.domain.rules import FreeWeekends, MaxNights, Origin
from roster.engine.rotation.minimum import Fewest
from roster.language import speaking
from roster.questions.rotas.answer import HeldRota, Rotas, best_lawful, is_desk, rotas
from roster.questions.rotas.classical import Classic, classics
from tests.small import ONE_WORKER, H, post, staff, world

PUBLISHED = {
    "metropolitan": (4, 42, 2, 16),
    "four_fast": (4, 42, 1, 24),
    "four_slow": (4, 42, 3, 16),
    "four_backward": (4, 42, 2, 8),
    "continental": (4, 42, 3, 16),
    "southern_swing": (4, 42, 7, 16),
    "five_2224": (5, 33.6, 2, 16),
    "five_power": (5, 33.6, 2, 16),
    "five_fast": (5, 33.6, 1, 24),
    "four_dn": (4, 42, 1, 24),
    "four_on_four_off": (4, 42, 2, 12),
    "two_on_two_off": (4, 42, 2, 12),
    "pitman_fixed": (4, 42, 3, 12),
    "pitman": (4, 42, 3, 12),
    "panama": (4, 42, 3, 12),
    "dupont": (4, 42, 4, 12),
    "three_dn": (3, 56, 1, 24),
    "three_ddnn": (3, 56, 2, 12),
    "five_ddnn": (5, 33.6, 2, 12),
    "five_dn": (5, 33.6, 1, 24),
    "on24_off72": (4, 42, 1, 72),
    "on24_off48": (3, 56, 1, 48),
    "on24_off24": (2, 84, 1, 24),
    "six": (6, 28, 2, 16),
}
"""Crews, hours a week, most nights in a row and least rest in hours, from the tables of facts.md 3.2."""

DESK = post("seat", 0, 24, "a")


def held(answer: Rotas, key: str) -> HeldRota:
    return next(one for one in answer.held if one.classic.key == key)


@pytest.fixture(scope="module")
def answer() -> Rotas:
    eight = staff("a", "EDA", net_minutes=34 * H, weekly_minutes=40 * H, maximum=9)
    problem = world(eight, posts=(post("seat", 0, 22, "a"),))
    return rotas(problem, (), ONE_WORKER, None)


@pytest.mark.parametrize("classic", classics(), ids=lambda one: one.key)
def test_crews_hold_one_seat_exactly_at_every_minute(classic: Classic) -> None:
    days = lcm(*(len(pattern) for pattern in classic.patterns))
    there = [0] * (days * 24)
    for pattern in classic.patterns:
        for offset in classic.offsets:
            for day in range(days):
                for shift in classic.shifts:
                    if shift.letter == pattern[(day + offset) % len(pattern)]:
                        first = day * 24 + shift.start // 60
                        for hour in range(first, first + shift.length // 60):
                            there[hour % len(there)] += 1
    assert set(there) == {1}


@pytest.mark.parametrize("classic", classics(), ids=lambda one: one.key)
def test_the_figures_are_the_published_ones(classic: Classic) -> None:
    nights, rests, worked = [], [], []
    for pattern in classic.patterns:
        word = [duty for line in classic.lines(pattern) for duty in line]
        assert len(word) % 7 == len(word) % len(pattern) == 0
        worked.append(sum(duty.work_minutes for duty in word) * 7 / len(word) / 60)
        twice = [duty.night for duty in word] * 2
        runs = "".join("N" if night else " " for night in twice).split()
        nights.append(min(len(word), max((len(run) for run in runs), default=0)))
        spans = [
            (day * DAY + duty.shift.start, day * DAY + duty.shift.end)
            for day, duty in enumerate([*word, *word])
            if duty.shift
        ]
        rests.append(min(after[0] - before[1] for before, after in pairwise(spans)) // 60)
    found = (classic.crews, round(sum(worked) / len(worked), 1), max(nights), min(rests))
    assert found == PUBLISHED[classic.key]
    assert round(classic.week_minutes / 60, 1) == found[1]


def test_all_are_there_and_have_a_source_in_both_languages() -> None:
    for language in ("en", "zh"):
        with speaking(language):
            assert [one.key for one in classics()] == list(PUBLISHED)
            assert all(one.source and one.title for one in classics())


@pytest.mark.parametrize(
    ("key", "regime", "law", "policy", "overtime"),
    [
        ("metropolitan", "cn_comprehensive", (), (), 2),
        ("metropolitan", "cn_public_institution", ("week_hours", "average_hours"), (), 0),
        ("five_fast", "cn_public_institution", (), (), 0),
        ("four_backward", "cn_comprehensive", (), ("min_rest", "rest_after_nights"), 2),
        # 80 h off every eight days are two weekly rests of 35 h.
        ("four_backward", "eu_directive", ("min_rest",), ("rest_after_nights",), 2),
        ("continental", "cn_comprehensive", (), ("work_block",), 2),
        ("southern_swing", "cn_comprehensive", ("weekly_rest",), ("work_block", "max_nights"), 2),
        ("four_dn", "cn_enterprise_standard", ("shift_length", "week_hours"), (), 2),
        ("three_ddnn", "cn_comprehensive", ("average_hours",), (), 0),
        ("on24_off72", "cn_comprehensive", (), ("shift_length",), 2),
        ("dupont", "eu_directive", (), ("max_nights",), 2),
    ],
)
def test_which_limit_breaks_under_which_regime(
    answer: Rotas, key: str, regime: str, law: tuple[str, ...], policy: tuple[str, ...], overtime: int
) -> None:
    judged = next(one for one in held(answer, key).regimes if one.under == regime)
    by_law = {breach.rule for breach in judged.breaches if breach.origin is Origin.LAW}
    assert by_law == set(law)
    assert {breach.rule for breach in judged.breaches} - by_law == set(policy)
    assert judged.lawful is not (bool(law) or bool(policy))
    assert judged.overtime == overtime * H


def test_people_relief_and_the_way_to_the_optimum(answer: Rotas) -> None:
    (one,) = answer.desks
    assert (one.status, one.fewest, answer.fewest) == (Status.OPTIMAL, 5, 5)
    four, five, six = (held(answer, key) for key in ("metropolitan", "five_2224", "six"))
    assert [(rota.people, rota.relief, rota.above) for rota in (four, five, six)] == [
        (4, 5, 0),
        (5, 5, 0),
        (6, 6, 1),
    ]


def test_weekends_are_free_from_saturday_to_monday(answer: Rotas) -> None:
    # Pitman: the weekends after two days off and before; a night from Friday on spoils none here.
    assert held(answer, "pitman_fixed").free_weekends == (2, 4)
    assert held(answer, "four_fast").free_weekends == (0, 4)
    assert held(answer, "on24_off72").free_weekends == (1, 4)


def test_the_scenarios_own_rules_judge_here() -> None:
    strict = staff(
        "a",
        "EDA",
        MaxNights(nights=1),
        FreeWeekends(one_in=4),
        weekly_minutes=40 * H,
        net_minutes=34 * H,
        maximum=9,
    )
    answer = rotas(world(strict, posts=(post("seat", 0, 22, "a"),)), (), ONE_WORKER, None)
    broken = {one.classic.key: one.scenario.breaches for one in answer.held if one.scenario}
    assert {breach.rule for breach in broken["five_2224"]} == {"max_nights", "free_weekends"}
    assert {breach.rule for breach in broken["five_dn"]} == {"free_weekends"}
    assert {breach.rule for breach in broken["four_dn"]} == {"average_hours", "free_weekends"}
    assert best_lawful(answer) == ()


def test_only_posts_open_long_every_day_want_a_rota() -> None:
    assert is_desk(DESK)
    assert not is_desk(post("p", 8, 15))
    problem = world(staff("a", "D"), posts=(post("p", 8, 8),))
    bare = rotas(problem, (), ONE_WORKER, None)
    assert (bare.desks, bare.fewest) == ((), None)
    assert {(one.relief, one.above) for one in bare.held} == {(None, None)}
    asked = rotas(problem, ("p",), ONE_WORKER, None)
    assert [one.post.name for one in asked.desks] == ["p"]


def test_out_of_time_claims_no_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = Fewest(Status.UNKNOWN, None, 5, Proof(ProofKind.ARITHMETIC, ""))
    monkeypatch.setattr("roster.questions.rotas.answer.fewest", lambda *_: unknown)
    answer = rotas(world(staff("a", "EDA"), posts=(DESK,)), (), ONE_WORKER, None)
    assert answer.fewest is None
    assert {one.above for one in answer.held} == {None}
    assert {one.relief for one in answer.held} == {2, 3, 4, 5, 6}
