"""What is told of the quality of a rota: points counted again by kind, and what is proven of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.domain import rules
from roster.domain.outcome import Outcome, Plan, Ranked, Rotation
from roster.language import speaking
from roster.output.documents.quality import quality_document
from roster.output.words.quality import quality_of, quality_sentences
from roster.questions.plan.answer import plan_headcount
from tests.small import ONE_WORKER, post, staff, word, world

WISHES = (
    rules.FreeWeekends(one_in=1, price=10),
    rules.OffBlock(shortest=2, price=2),
    rules.OffBlock(longest=4, price=1),
    rules.WorkBlock(shortest=2, price=2),
    rules.Succession(first="D", second="M", price=3),
    rules.Succession(first="D", second="M", days_off=1, price=3),
)
OWN = rules.MaxNights(nights=1, price=4)
WORLD = world(
    staff("a", "DM", OWN, minimum=2, maximum=2), posts=(post("p", 8, 8),), quality=WISHES, even_weeks=3
)
FOUND = plan_headcount(WORLD, replace(ONE_WORKER, polish_s=1.0))


def with_rota(text: str, ranked: Ranked | None) -> Outcome:
    rota = Rotation("a", tuple(word(line) for line in text.split("/")), "a")
    assert isinstance(FOUND.plan, Plan)
    return replace(FOUND, plan=replace(FOUND.plan, rotations=(rota,)), ranked=ranked)


def test_the_kinds_are_those_of_the_scenario_and_pairs_of_shifts_are_one() -> None:
    found = quality_of(WORLD, with_rota("DD-MMMM/--D----", Ranked(7, 1.0)))
    assert found is not None
    assert {kind.name: (kind.breaches, kind.points) for kind in found.kinds} == {
        "free_weekends": (1, 10),
        "even_weeks": (3, 9),  # 3.5 days on average: two above four, one week below three
        "forward_rotation": (1, 3),
        "single_days_off": (1, 2),
        "single_days_on": (1, 2),
        "long_breaks": (0, 0),
        "rules.max_nights": (0, 0),
    }
    assert found.points == 26


@pytest.mark.parametrize(("bound", "proven"), [(25, False), (26, True)])
def test_only_a_rota_at_its_bound_is_proven(bound: int, proven: bool) -> None:
    outcome = with_rota("DD-MMMM/--D----", Ranked(bound, 1.0))
    document = quality_document(WORLD, outcome)
    assert document is not None
    assert (document["points"], document["bound"], document["proven"]) == (26, bound, proven)
    assert ("--polish" in quality_sentences(WORLD, outcome)[0]) is not proven


def test_a_rota_gone_on_with_has_no_bound() -> None:
    document = quality_document(WORLD, with_rota("DD-MMMM/--D----", None))
    assert document is not None
    assert (document["bound"], document["proven"]) == (None, False)


def test_a_plan_says_what_its_rota_pays_and_never_less_than_the_bound() -> None:
    found = quality_of(WORLD, FOUND)
    assert found is not None
    assert found.bound is not None
    assert 0 < found.bound <= found.points
    assert sum(kind.points for kind in found.kinds) == found.points


def test_nothing_is_said_where_nothing_is_wished_for() -> None:
    plain = replace(WORLD, quality=(), even_weeks=0, types=(staff("a", "D", minimum=2, maximum=2),))
    assert quality_document(plain, plan_headcount(plain, ONE_WORKER)) is None
    assert quality_sentences(WORLD, replace(FOUND, plan=None)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_wish_is_called_by_name(language: str) -> None:
    with speaking(language):
        said = " ".join(quality_sentences(WORLD, FOUND))
    assert "quality." not in said
