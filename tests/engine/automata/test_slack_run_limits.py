"""Longest runs of many days: left out where they cannot bind, and the same number of people where they can."""

from __future__ import annotations

import time

import pytest

from roster.domain.outcome import Status
from roster.domain.rules import MaxNights, OffBlock, Rule, ShiftRun, WorkBlock
from roster.engine.automata.product import compile_rules
from roster.engine.automata.slack_run_limits import capped, within
from roster.engine.rotation import minimum
from roster.engine.rotation.minimum import fewest
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, duty, numbered, post, staff, words, world

ALPHABET = (duty("-"), duty("D"), duty("N"))
DAYS = 4


def kinds(longest: int) -> list[Rule]:
    return [
        WorkBlock(longest=longest),
        OffBlock(shortest=2, longest=longest),
        ShiftRun(shift="D", longest=longest),
        MaxNights(nights=longest),
    ]


@pytest.mark.parametrize("longest", [2, DAYS - 1, DAYS, 9])
@pytest.mark.parametrize("kind", range(4))
def test_what_cannot_bind_is_left_out_and_nothing_else(kind: int, longest: int) -> None:
    rule = kinds(longest)[kind]
    kept = within([rule], DAYS)
    assert (kept == (rule,)) == (longest < DAYS)
    whole, less = (compile_rules(ALPHABET, rules, {}, range(7)) for rules in ((rule,), kept))
    for word in words(ALPHABET, DAYS):
        days = numbered(ALPHABET, word)
        assert (whole.read(days, 0, 0) is None) == (less.read(days, 0, 0) is None)


def run() -> SearchRun:
    now = time.monotonic()
    return SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None)


@pytest.mark.parametrize("cap", [1, 2, 3])
@pytest.mark.parametrize("longest", [4, 5])
def test_a_shorter_limit_first_never_changes_the_number(
    monkeypatch: pytest.MonkeyPatch, longest: int, cap: int
) -> None:
    """A desk every day, for people who may not be off for long: shorter pauses would need no fewer, or more."""
    rules = (OffBlock(shortest=2, longest=longest), WorkBlock(longest=2))
    problem = world(staff("a", "D", *rules, net_minutes=24 * H), posts=(post("desk", 8, 8),))
    plain = fewest(problem, run())
    monkeypatch.setattr(minimum, "LONG_RUN", cap)
    assert capped(problem, cap, cap) is not problem
    found = fewest(problem, run())
    assert (found.status, found.value, found.bound) == (plain.status, plain.value, plain.bound)


def test_a_limit_of_a_year_is_answered_as_one_of_a_month() -> None:
    answers = set()
    for longest in (30, 366):
        problem = world(
            staff("a", "DEN", OffBlock(longest=longest), net_minutes=35 * H),
            posts=(post("day", 8, 8), post("night", 22, 8)),
        )
        found = fewest(problem, run())
        answers.add((found.status, found.value, found.bound))
    assert answers == {(Status.OPTIMAL, 4, 4)}
