"""Leaves as bounds of a program: a stretch of days answers as the whole calendar does, or says that it cannot."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from roster.checker import check_roster
from roster.domain.outcome import Roster, Status
from roster.domain.problem import Ban, Person, Problem, Restriction
from roster.domain.rules import AverageHours, MaxNights, MinRest, NoOverlap, OffBlock, StandbyShare, WorkBlock
from roster.engine.calendar.leave_resolver import Away, LeaveResolver
from roster.engine.calendar.repair import Repaired
from roster.engine.solvers.search import Search
from roster.questions.absences.case import Absence, LeaveCase, granted
from roster.questions.what_if.answer import what_if
from tests.small import MONDAY, ONE_WORKER, H, duty, post, roster, staff, world

FOREVER = Search(ONE_WORKER, float("inf"))
DAYS, LEAVES = 21, 200
PEOPLE = tuple(Person(name, "a") for name in ("Li", "Wang", "Zhao"))
HOURS = (NoOverlap(), AverageHours())
PAUSES = (*HOURS, WorkBlock(longest=3), OffBlock(longest=2))
NIGHTS = (
    *HOURS,
    MinRest(minutes=11 * H),
    WorkBlock(shortest=2, longest=4),
    OffBlock(longest=4),
    MaxNights(nights=2),
)
WORLDS = {
    "hours and pauses": (
        world(
            staff("a", "D", weekly_minutes=28 * H, rules=PAUSES),
            posts=(post("desk", 8, 8),),
            people=PEOPLE,
            weeks=3,
        ),
        "--D",
    ),
    "nights and standby": (
        world(
            staff("a", "DNs", weekly_minutes=42 * H, rules=(*NIGHTS, StandbyShare(percent=40))),
            posts=(post("day", 8, 8), post("night", 22, 8)),
            people=PEOPLE,
            weeks=3,
        ),
        "--DNs",
    ),
}


def published(name: str, seed: int, *, past: bool) -> tuple[Problem, Roster]:
    """The lawful roster nearest to a random one, with days carried in and leave that somebody has anyway."""
    problem, letters = WORLDS[name]
    chance = random.Random(seed)
    alphabet = [duty(letter) for letter in letters]
    rows = [tuple(chance.choice(alphabet) for _ in range(DAYS)) for _ in problem.people]
    given = roster(problem, rows)
    if past:
        on = MONDAY + timedelta(days=chance.randrange(6, 14))
        problem = problem.with_restrictions([Restriction("Wang", Ban.DUTY, on, on)])
        given = replace(given, before=tuple(tuple(map(duty, word)) for word in ("D--", "-D-", "--D")))
    found = what_if(LeaveCase(problem, given, (), mend=True), ONE_WORKER)
    assert found.status is Status.OPTIMAL
    assert found.roster is not None
    return problem, found.roster


def worth(found: Repaired) -> tuple[int, int | None]:
    return sum((end - start) * people for _, start, end, people in found.empty), found.changed


def lawful(problem: Problem, given: Roster, away: Away, found: Repaired) -> bool:
    assert found.roster is not None
    leave = [
        granted(problem, given, Absence(name, MONDAY + timedelta(days[0]), MONDAY + timedelta(days[-1])))
        for name, days in away.items()
    ]
    broken = {each.rule for each in check_roster(problem.with_leave(leave), found.roster)}
    return broken == ({"post"} if found.empty else set())


SEEDS = (109, 157, 185, 196, 219)
"""With these a limit on days off is broken, or kept, outside the stretch."""


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("past", [False, True])
def test_a_stretch_answers_as_the_whole_calendar_does(name: str, past: bool) -> None:
    told: Counter[str] = Counter()
    people, stretch = ("Li", "Wang"), range(6, 15)
    for seed in SEEDS if name == "hours and pauses" else SEEDS[:3]:
        problem, given = published(name, seed, past=past)
        near, whole = (LeaveResolver(problem, given, people, days) for days in (stretch, None))
        chance = random.Random(seed)
        for _ in range(10):
            first = chance.randrange(stretch.start, stretch.stop - 1)
            days = range(first, min(first + chance.randrange(1, 4), stretch.stop))
            away = dict.fromkeys(chance.sample(people, chance.choice((1, 2))), days)
            wide, narrow = whole.repaired(away, FOREVER), near.tidied(away, FOREVER)
            assert wide is not None
            assert wide.roster is not None
            if narrow is None:
                told["left the stretch"] += 1
                continue
            told["empty" if narrow.empty else "held"] += 1
            assert worth(narrow) == worth(wide)
            assert near.holds(away, FOREVER) is whole.holds(away, FOREVER) is (not wide.empty)
            assert lawful(problem, given, away, narrow)
            outside = set(range(DAYS)) - set(stretch)
            for line, wish in zip(narrow.roster.duties, given.duties, strict=True):
                assert all(line[day] == wish[day] for day in outside)
    kinds = {"left the stretch", "held"} | ({"empty"} if name == "nights and standby" else set())
    assert {kind for kind in kinds if told[kind] >= 2} == kinds


@pytest.mark.parametrize("seed", [206, 246])
def test_an_answer_does_not_hang_on_what_was_asked_before(seed: int) -> None:
    """The simplex loses its way after four and fourteen other questions here, and has to begin again."""
    problem, given = published("hours and pauses", seed, past=False)
    people, stretch = ("Li", "Wang"), range(6, 15)
    long_asked = LeaveResolver(problem, given, people, stretch)
    chance = random.Random(seed)
    for _ in range(20):
        first = chance.randrange(stretch.start, stretch.stop - 1)
        days = range(first, min(first + chance.randrange(1, 4), stretch.stop))
        away = dict.fromkeys(chance.sample(people, chance.choice((1, 2))), days)
        found = long_asked.repaired(away, FOREVER)
        fresh = LeaveResolver(problem, given, people, stretch).repaired(away, FOREVER)
        assert (found is None) is (fresh is None)
        if found is not None and fresh is not None:
            assert found.status is Status.OPTIMAL
            assert worth(found) == worth(fresh)
