"""The best rota of a settled headcount: against every rota there is, in worlds where all can be listed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest

from roster.checker import check_rotation
from roster.domain import rules
from roster.domain.outcome import Rotation
from roster.domain.problem import OFF, Days, Problem
from roster.engine.rotation import quality
from roster.engine.rotation.even_circuit import in_even_order
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.model import RotationModel, build
from roster.engine.rotation.quality import Quality, improve
from roster.engine.rotation.read import rotations
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.wishes import NEEDLESS, kinds, paid, total, wishing
from roster.engine.solvers.search import Search
from roster.scores import score_rotation
from tests.small import ONE_WORKER, H, post, staff, word, world

WISHES = (
    rules.FreeWeekends(one_in=1, price=10),
    rules.OffBlock(shortest=2, price=2),
    rules.WorkBlock(shortest=2, price=2),
    rules.Succession(first="D", second="M", price=3),
)
FIVE = frozenset({0, 1, 2, 5, 6})
GAP = 0.05
"""How far above its bound a search may stop."""

ALONE = world(
    staff("a", "D", rules.WorkBlock(longest=4), minimum=2, maximum=2),
    posts=(post("p", 8, 8, days=Days(weekdays=FIVE)),),
    quality=WISHES,
)
TWO_SHIFTS = world(
    staff("a", "DM", rules.MinRest(minutes=11 * H), rules.WorkBlock(longest=5), minimum=2, maximum=2),
    posts=(post("p", 8, 8, days=Days(weekdays=FIVE)),),
    quality=WISHES,
)


def run(polish_s: float | None = None) -> SearchRun:
    now, options = time.monotonic(), replace(ONE_WORKER, polish_s=polish_s)
    return SearchRun(now, Search(options, options.ends(now)), lambda _: None)


def improved(problem: Problem, polish_s: float | None = None) -> tuple[Fewest, Quality]:
    found = fewest(problem, run())
    return found, improve(found, run(polish_s), polish_s or 20.0)


def points(problem: Problem, rota: Sequence[Rotation]) -> int:
    """Return what a rota pays, counted by the check's code."""
    duties = sum(not duty.is_off for rotation in rota for duty in rotation.word)
    return score_rotation(problem, rota).points + NEEDLESS * duties


def every_rota(problem: Problem) -> Iterator[list[Rotation]]:
    """Yield all lawful rotas of two people on one rotation who hold one post a day between them."""
    working = [one for one in problem.duties(problem.types[0]) if one.works]
    on = problem.posts[0].days.weekdays
    days = [(one, OFF) for one in working] + [(OFF, one) for one in working]
    for week in product(*(days if not on or weekday in on else [(OFF, OFF)] for weekday in range(7))):
        lines = tuple(one for one, _ in week), tuple(other for _, other in week)
        rota = [Rotation("a", lines, "a")]
        if not check_rotation(problem, rota):
            yield rota


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "by degrees"])
@pytest.mark.parametrize("problem", [ALONE, TWO_SHIFTS], ids=["one shift", "two shifts"])
def test_no_rota_is_better_than_the_one_found(
    problem: Problem, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "MOST_AT_ONCE", quality.MOST_AT_ONCE if at_once else 0)
    best = min(points(problem, rota) for rota in every_rota(problem))
    _, found = improved(problem)
    assert not check_rotation(problem, found.rotations)
    assert best <= points(problem, found.rotations) <= best / (1 - GAP)


def test_polishing_ends_at_the_best_rota() -> None:
    _, found = improved(ALONE, polish_s=20.0)
    assert points(ALONE, found.rotations) == min(points(ALONE, rota) for rota in every_rota(ALONE))


@pytest.mark.parametrize("polish_s", [None, 10.0])
@pytest.mark.parametrize("problem", [ALONE, TWO_SHIFTS], ids=["one shift", "two shifts"])
def test_no_rota_is_below_the_bound(problem: Problem, polish_s: float | None) -> None:
    _, found = improved(problem, polish_s)
    least = min(score_rotation(problem, rota).points for rota in every_rota(problem))
    assert 0 < found.bound <= least


def test_what_is_found_is_never_worse_than_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    # The search is after the worst rota: that must not be what comes out.
    def worst(model: RotationModel, _headcount: object) -> list[tuple[int, int]]:
        return [(variable, -price) for flow in model.flows.values() for variable, price in flow.penalty]

    monkeypatch.setattr(quality, "_objective", worst)
    found, better = improved(ALONE, polish_s=2.0)
    assert found.model is not None
    assert points(ALONE, better.rotations) <= points(ALONE, rotations(found.model, found.values))


def test_a_rota_of_two_weeks_is_no_worse_than_twice_the_best_of_one() -> None:
    problem = replace(ALONE, rotation_weeks=2)
    _, found = improved(problem)
    assert [rotation.weeks for rotation in found.rotations] == [2] * len(found.rotations)
    assert not check_rotation(problem, found.rotations)
    best = min(points(ALONE, rota) for rota in every_rota(ALONE))
    assert points(problem, found.rotations) <= 2 * best / (1 - GAP)
    assert 0 < found.bound <= score_rotation(problem, found.rotations).points


@pytest.mark.parametrize("text", ["DD-----/--DDDDD", "D-D-D-D/-D-D-D-", "M-DM---/-D--DMD", "DMDMDMD/-------"])
def test_the_search_counts_points_as_the_check_does(text: str) -> None:
    rota = [Rotation("a", tuple(word(line) for line in text.split("/")), "a")]
    assert total(TWO_SHIFTS, rota) == points(TWO_SHIFTS, rota)
    assert (
        sum(paid(TWO_SHIFTS, kind, rota) for kind in kinds(TWO_SHIFTS))
        == score_rotation(TWO_SHIFTS, rota).points
    )


def test_a_wish_kept_is_a_limit() -> None:
    off = next(kind for kind in kinds(ALONE) if isinstance(kind.rules[0], rules.OffBlock))
    tighter = wishing(ALONE, [], [off])
    assert not tighter.quality
    single = Rotation("a", (word("D-D-D-D"), word("-D-D-D-")), "a")
    assert check_rotation(tighter, [single])
    assert not check_rotation(wishing(ALONE, [off]), [single])


def test_nobody_has_a_week_of_nothing_beside_one_of_five_days_where_weeks_can_be_alike() -> None:
    problem = world(
        staff("a", "D", minimum=2, maximum=2),
        posts=(post("p", 8, 8, days=Days(workdays=True)),),
        even_weeks=3,
    )
    _, found = improved(problem)
    weeks = [sum(one.works for one in line) for rotation in found.rotations for line in rotation.lines]
    assert sorted(weeks) == [2, 3]


def test_weeks_follow_each_other_so_that_a_short_calendar_keeps_the_average() -> None:
    # Two weeks of 48 h and two of 32 h: side by side they are 96 h in a calendar of two weeks, alternating 80 h.
    problem = world(
        staff(
            "a", "D", rules.AverageHours(), net_minutes=40 * H, weekly_minutes=40 * H, minimum=4, maximum=4
        ),
        posts=(post("p", 8, 8, people=3, days=Days(weekdays=frozenset({0, 1, 2, 3, 4}))),),
    )
    model = build(problem)
    lines = tuple(word(line) for line in ("DDDDDD-", "DDDDDD-", "DDDD---", "DDDD---"))
    ordered = in_even_order(model.flows["a"], Rotation("a", lines, "a"), 2)
    days = [sum(one.works for one in line) for line in ordered.lines]
    assert sorted(days) == [4, 4, 6, 6]
    assert days[0] + days[1] == days[1] + days[2] == 10
