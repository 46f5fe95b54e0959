"""What would help is asked by the same steps everywhere, each looser than the one before."""

from __future__ import annotations

import pytest

from roster.domain import rules
from roster.domain.loosening import chain, ladders, one_step
from roster.domain.rules import Rule

GIVEN: tuple[tuple[Rule, tuple[Rule | None, ...]], ...] = (
    (rules.MinRest(minutes=660), (rules.MinRest(minutes=600), rules.MinRest(minutes=540))),
    (
        rules.RestAfterNights(minutes=2880),
        (rules.RestAfterNights(minutes=2160), rules.RestAfterNights(minutes=1440)),
    ),
    (rules.StandbyShare(percent=25), (rules.StandbyShare(percent=30), rules.StandbyShare(percent=35))),
    (
        rules.WorkBlock(shortest=3, longest=5),
        (rules.WorkBlock(shortest=1, longest=5), rules.WorkBlock(shortest=1, longest=6)),
    ),
    (rules.Succession(first="N", second="D"), (None,)),
    (rules.NoOverlap(), ()),
)


@pytest.mark.parametrize(("rule", "looser"), GIVEN, ids=lambda value: getattr(value, "key", ""))
def test_a_rule_is_made_looser_by_what_people_bargain_in(rule: Rule, looser: tuple[Rule | None, ...]) -> None:
    assert tuple(chain(rule, 4)[: len(looser)]) == looser
    assert bool(chain(rule, 1)) == bool(looser)


@pytest.mark.parametrize("rule", [rule for rule, looser in GIVEN if looser and looser[0] is not None])
def test_steps_of_a_leave_are_those_of_an_explanation(rule: Rule) -> None:
    steps = {step for ladder in ladders(rule) for step in ladder}
    assert set(one_step(rule, looser=True)) <= steps
    if getattr(rule, "shortest", 1) == 1:
        assert set(chain(rule, 3)) <= steps
