"""What stands against a request that is not granted, and what is proven of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.domain.problem import Person, Wish
from roster.output.documents.plan import wishes_document
from roster.output.terminal.calendar import refused_text
from roster.questions.calendar import best_calendar, requests
from tests.small import MONDAY, ONE_WORKER, post, roster, staff, word, world

NET = """
name: net
calendar: {start: 2027-03-01, weeks: 1, time_zone: Europe/Berlin}
employers: {h: {regime: eu_directive}}
roles: {a: {}, b: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts:
  desk: {role: a, window: 08:00-16:00, days: weekdays}
  net: {role: b, window: 08:00-16:00, days: weekdays}
staff_types: {a: {skills: a}, b: {skills: b}}
people:
  Ann: a
  Bob: a
  Gus: {type: b, leave: 2027-03-01..2027-03-07}
  Fay: {type: b, wishes: [{dates: 2027-03-03, price: 2}]}
absence: gross
"""


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "SECONDS", 30.0)


def test_hours_that_must_stay_empty_for_a_request_are_proven() -> None:
    answer = best_calendar(problem_of(NET), ONE_WORKER)
    (one,) = answer.refused
    # Fay alone can hold the net: on the day that she wishes off it is empty for 8 h.
    assert (one.wish.person, one.day, one.empty, one.empty_proven) == ("Fay", 2, 480, True)
    assert refused_text(answer, one).endswith("8 h of posts that must be held would stay empty, proven.")


def test_hours_are_not_said_to_stay_empty_where_that_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "fewest_empty", lambda _: 0)
    answer = best_calendar(problem_of(NET), ONE_WORKER)
    (one,) = answer.refused
    assert (one.empty, one.empty_proven) == (480, False)
    assert refused_text(answer, one).endswith("of posts that must be held empty; there may be one.")


def test_a_document_says_whether_a_wish_is_for_duties_or_against_them() -> None:
    problem = world(
        staff("a", "DN"),
        posts=(post("day", 8, 8, "a"),),
        people=(Person("Li", "a"),),
        wishes=(
            Wish("Li", "D", MONDAY, MONDAY + timedelta(days=2), others=("off",)),
            Wish("Li", "D", MONDAY, MONDAY + timedelta(days=2), against=True, others=("N",)),
        ),
    )
    either, neither = wishes_document(problem, roster(problem, [word("D-NDDDD")]))
    assert (either["duty"], either["not"], either["granted"]) == ("D / off", False, 2)
    assert (neither["duty"], neither["not"], neither["granted"]) == ("D / N", True, 1)
