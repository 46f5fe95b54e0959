"""Absences by classes of equal cases say just what the full enumeration says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roster.domain.problem import Person, Pin, Problem
from roster.domain.rules import MaxNights, MinRest, OffBlock, WorkBlock
from roster.questions.executors.executor import Inline
from roster.questions.resilience import answer as answers
from roster.questions.resilience import classes
from roster.questions.resilience.answer import Resilience, ResilienceRequest, ResilienceRun, resilience
from roster.questions.resilience.cases import Basis
from tests.small import ONE_WORKER, H, post, roster, staff, word, world

RULES = (MinRest(minutes=11 * H), WorkBlock(longest=4), MaxNights(nights=3))


def team(weeks: int, *rules: object, **other: object) -> Problem:
    kind = staff("a", "DN", *RULES, *rules, **other)  # type: ignore[arg-type]
    people = tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao", "Bai"))
    return world(kind, posts=(post("day", 8, 8), post("night", 22, 8)), people=people, weeks=weeks)


def lines(weeks: int) -> list[str]:
    """Two pairs that take turns week by week: whoever had the days has the nights next."""
    days = ["DDD----", "---DDDD"]
    nights = ["NNN----", "---NNN-"]
    return [
        "".join((days if (person // 2 + week) % 2 else nights)[person % 2] for week in range(weeks))
        for person in range(4)
    ]


def tried(problem: Problem, rows: list[str], lengths: tuple[int, ...]) -> Resilience:
    given = roster(problem, [word(row) for row in rows])
    return resilience(
        ResilienceRequest(problem, given, lengths), ONE_WORKER, ResilienceRun(executor=Inline())
    )


@pytest.mark.parametrize(("weekly", "longest"), [(168, None), (32, None)])
def test_classes_say_what_the_full_enumeration_says(
    monkeypatch: pytest.MonkeyPatch, weekly: int, longest: int | None
) -> None:
    """Also where hours are short: then leave is read in its own way."""
    rules = (OffBlock(longest=longest),) if longest else ()
    problem = team(8, *rules, weekly_minutes=weekly * H, net_minutes=weekly * H)
    problem = replace(problem, posts=(problem.posts[0], replace(problem.posts[1], hard=False, price=1)))
    rows = lines(8)
    monkeypatch.setattr(answers, "LONG", 10_000)
    whole = tried(problem, rows, (1,))
    monkeypatch.setattr(answers, "LONG", 7)
    monkeypatch.setattr(classes, "SIDE", 3)
    by_class = tried(problem, rows, (1,))
    assert [(one.case, one.outcome, one.changed, one.bound, one.empty) for one in by_class.singles] == [
        (one.case, one.outcome, one.changed, one.bound, one.empty) for one in whole.singles
    ]
    assert whole.singles
    if not whole.violations:
        assert any(one.basis is Basis.ALIKE for one in by_class.singles)


def test_nothing_is_alike_where_names_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "SIDE", 3)
    problem = team(12)
    given = roster(problem, [word(row) for row in lines(12)])
    asked = ResilienceRequest(problem, given, (1,))
    every, answered_by = classes.batches(asked)
    assert len({id(one) for one in answered_by.values()}) < len(every)
    pinned = replace(problem, pins=(Pin("Li", "off", problem.dates.start, problem.dates.start),))
    every, answered_by = classes.batches(replace(asked, problem=pinned))
    assert all(answered_by[batch] is batch for batch in every)
    slow = team(12, OffBlock(longest=40))
    every, answered_by = classes.batches(replace(asked, problem=slow))
    assert all(answered_by[batch] is batch for batch in every)
