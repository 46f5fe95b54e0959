"""How few of the people with names could hold the posts of these dates: each number worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from roster.benchmark.attack.draw import problem_of
from roster.engine.columns.compile_team import Aims, compile_team
from roster.engine.columns.fewest_people import fewest_people
from roster.questions.calendar import best_calendar, fewest_needed, skeleton
from tests.small import ONE_WORKER

DESK = """
name: desk
calendar: {start: 2027-03-01, weeks: 2, time_zone: Europe/Berlin}
employers: {h: {regime: eu_directive}}
roles: {a: {}, b: {}}
shifts: {D: {start: 08:00, length: 8h}}
posts:
  first: {role: a, window: 08:00-16:00, days: DAYS, people: PEOPLE}
  second: {role: b, window: 08:00-16:00, days: [mon]}
  wish: {role: [a, b], window: 08:00-16:00, hard: false}
staff_types: {a: {skills: a, weekly_hours: 40h}, b: {skills: b}, ab: {skills: [a, b]}}
people: {Ann: a, Bob: a, Cid: LEAVE, Dan: b, Eve: ab}
absence: gross
"""


@pytest.mark.parametrize(
    ("days", "people", "leave", "fewest"),
    [
        # One of `a` for 10 days of 8 h works 80 h, and somebody else has to be second on Mondays.
        ("weekdays", 1, "a", 2),
        # 14 days are 112 h, more than 80: two share them, one of whom is Eve, who is second on Mondays.
        ("daily", 1, "a", 2),
        # Two at once; nobody on Mondays but Dan or Eve is second.
        ("weekdays", 2, "a", 3),
        # Three at once, of whom Eve is one; then Dan has to be second.
        ("weekdays", 3, "a", 4),
        # Whoever is away is not there to be third.
        ("weekdays", 3, "{type: a, leave: 2027-03-03}", 4),
        ("weekdays", 4, "a", 5),
    ],
)
def test_the_bound_is_the_number_worked_out_by_hand(days: str, people: int, leave: str, fewest: int) -> None:
    text = DESK.replace("DAYS", days).replace("PEOPLE", str(people)).replace("LEAVE", leave)
    problem = problem_of(text)
    found = fewest_people(compile_team(problem, skeleton(problem), Aims()))
    assert found is not None
    bound, chosen = found
    assert bound == fewest == len(chosen)


def test_people_who_cannot_hold_the_posts_have_no_fewest_number() -> None:
    problem = problem_of(DESK.replace("DAYS", "daily").replace("PEOPLE", "5").replace("LEAVE", "a"))
    assert fewest_people(compile_team(problem, skeleton(problem), Aims())) is None


def test_as_few_as_the_bound_says_are_found_and_told_with_who_is_not_needed() -> None:
    problem = problem_of(DESK.replace("DAYS", "weekdays").replace("PEOPLE", "1").replace("LEAVE", "a"))
    answer = best_calendar(problem, replace(ONE_WORKER, time_limit_s=5.0))
    found = fewest_needed(answer)
    assert found is not None
    assert (found.bound, found.enough, len(found.idle)) == (2, 2, 3)
    kept = {person.name for person in problem.people} - set(found.idle)
    # No one person can: whoever is left out of the two, the other has not both roles on Mondays.
    assert kept in [{"Dan", one} for one in ("Ann", "Bob", "Cid", "Eve")] + [
        {"Eve", one} for one in ("Ann", "Bob", "Cid")
    ]
    assert all(len(pair) == found.bound for pair in combinations(kept, 2))
