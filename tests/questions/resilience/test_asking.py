"""Answers carried over from one class to others that were one with it: as few changes, and never without the check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from roster.domain.outcome import Roster
from roster.domain.problem import Days, Person, Problem
from roster.domain.rules import WorkBlock
from roster.questions.executors.executor import Inline
from roster.questions.resilience import ResilienceRun, classes
from roster.questions.resilience.answer import Resilience, resilience
from roster.questions.resilience.asking import _Asking
from roster.questions.resilience.batches import Setting, solve
from roster.questions.resilience.cases import AbsenceCase, CaseAnswer, Outcome, ResilienceRequest
from roster.questions.resilience.local_check import LocalCheck
from tests.questions.resilience.test_classes import PATIENT, told
from tests.small import MONDAY, post, roster, staff, word, world

WEEKS = 8
FEASTS = (2, 5)
"""Weeks of which the Monday is a holiday."""


def thursdays() -> tuple[Problem, Roster]:
    """
    Wang alone can stand in for Li on Thursdays, and may not work four days in a row: Monday goes to Ma then.

    On a holiday Ma has something else to do.
    """
    kinds = (staff("l", "D"), staff("a", "D", WorkBlock(longest=3)), staff("w", "D"))
    posts = (
        post("thursday", 8, 8, "l", "a", days=Days(weekdays=frozenset({3}))),
        post("middle", 8, 8, "a", days=Days(weekdays=frozenset({1, 2}))),
        post("monday", 8, 8, "a", "w", days=Days(weekdays=frozenset({0}), holidays=True)),
        post("feast", 8, 8, "w", days=Days(holidays=True)),
    )
    people = tuple(Person(*one) for one in (("Li", "l"), ("Wang", "a"), ("Ma", "w")))
    problem = world(*kinds, posts=posts, people=people, weeks=WEEKS)
    holidays = frozenset(MONDAY + timedelta(7 * week) for week in FEASTS)
    problem = replace(problem, dates=replace(problem.dates, holidays=holidays))
    ma = "".join("D------" if week in FEASTS else "-------" for week in range(WEEKS))
    return problem, roster(problem, [word(row) for row in ("---D---" * WEEKS, "DDD----" * WEEKS, ma)])


def by_class(monkeypatch: pytest.MonkeyPatch, long: int) -> Resilience:
    monkeypatch.setattr(classes, "LONG", long)
    problem, given = thursdays()
    asked = ResilienceRequest(problem, given, (1,))
    return resilience(asked, PATIENT, ResilienceRun(executor=Inline(), train=False))


def test_a_holiday_three_days_off_makes_the_answer_of_other_weeks_unlawful(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, found = by_class(monkeypatch, 10_000), by_class(monkeypatch, 7)
    assert not whole.violations
    assert told(found) == told(whole)
    own = {one.case.first: one for one in found.singles if one.case.people == ("Li",)}
    changed = [own[7 * week + 3].changed for week in range(WEEKS) if week not in FEASTS]
    assert changed == [3] * (WEEKS - len(FEASTS))
    assert all(own[7 * week + 3].breaks for week in FEASTS)


def test_without_the_check_the_holiday_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the test above is one of the check: the answer is carried over to these weeks, too."""
    monkeypatch.setattr(LocalCheck, "passes", lambda *_: True)
    own = {one.case.first: one for one in by_class(monkeypatch, 7).singles if one.case.people == ("Li",)}
    assert not any(own[7 * week + 3].breaks for week in FEASTS)


def test_an_answer_dearer_than_it_has_to_be_is_not_carried_over() -> None:
    """Elsewhere there may be a cheaper one: only the fewest changes that nothing excludes are an answer there, too."""
    problem, given = thursdays()
    (part,) = (
        part for part in classes.parts_of(ResilienceRequest(problem, given, (1,))) if "Li" in part.names
    )
    setting = Setting(problem, given, 1, float("inf"))
    one, other = (AbsenceCase(("Li",), 7 * week + 3, 1) for week in (3, 4))
    monday, day = one.first - 3, one.first
    moves = (("Li", day, "off"), ("Wang", day, "D"), ("Wang", monday, "off"), ("Ma", monday, "D"))
    answer = CaseAnswer(one, Outcome.SURVIVES, 3, 3, side=4, moves=moves)
    for fewest in (2, 3):
        asking = _Asking(part, lambda batches: [each for batch in batches for each in solve(batch, setting)])
        asking.found[one] = answer
        least = dict.fromkeys((one, other), (1, "a class", fewest))
        asking._as_few([one], [other], least)
        assert (other in asking.found) is (fewest == 3)
