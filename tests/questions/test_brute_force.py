"""
The fewest people, by listing every rotation of one and two people and asking the checker alone.

What the engine answers must pass the checker, and with one person fewer no list of lawful rotations may. Up to three
people are found so, in one rotation or several.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest

from roster.checker import check_rotation, count_breaches, hard_rules
from roster.domain import rules
from roster.domain.horizon import ring
from roster.domain.outcome import Rotation, Status
from roster.domain.problem import DAY, Control, Days, Goal, Presence, Problem, StaffType
from roster.domain.rules import AVERAGES
from roster.engine.rotation.decompose import split
from roster.engine.rotation.minimum import Fewest, fewest
from roster.engine.rotation.read import rotations, seats_taken
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.search import Search
from tests.small import ONE_WORKER, H, Word, dated, post, staff, world

Signature = tuple[tuple[int, ...], ...]
"""How many people are on each duty of each weekday."""

WEEKEND = Days(weekdays=frozenset({5, 6}))
SUNDAY = Days(weekdays=frozenset({6}))
THREE_DAYS = Days(weekdays=frozenset({0, 2, 4}))
FOUR_DAYS = Days(weekdays=frozenset({0, 2, 4, 6}))
WORKDAYS = Days(workdays=True)

TWO_ROLES = frozenset({"a", "b"})


def standby(name: str, start: float, length: float, *roles: str, **other: object) -> object:
    return post(name, start, length, *roles, presence=Presence.STANDBY, **other)


def one_type(*posts: object, letters: str = "D", asked: tuple[object, ...] = (), **other: object) -> Problem:
    return world(staff("a", letters, *asked, maximum=4, **other), posts=posts)  # type: ignore[arg-type]


LIMITS = (rules.MinRest(minutes=11 * H), rules.WorkBlock(shortest=2, longest=3), rules.OffBlock(shortest=2))

PROBLEMS: dict[str, tuple[Problem, int | None]] = {
    "a weekend post needs one person": (one_type(post("p", 8, 8, days=WEEKEND)), 1),
    "every other weekend free needs two": (
        one_type(post("p", 8, 8, days=WEEKEND), asked=(rules.FreeWeekends(one_in=2),)),
        2,
    ),
    "one night at a time": (
        one_type(post("p", 22, 8, days=WEEKEND), letters="N", asked=(rules.MaxNights(nights=1),)),
        2,
    ),
    "rest between a night and a day": (
        one_type(
            post("p", 22, 8, days=SUNDAY),
            post("q", 8, 8, days=Days(weekdays=frozenset({0}))),
            letters="DN",
            asked=(rules.MinRest(minutes=11 * H),),
        ),
        2,
    ),
    "twenty hours each": (one_type(post("p", 8, 8, days=WORKDAYS), net_minutes=20 * H), 2),
    "a little less than twenty hours each": (one_type(post("p", 8, 8, days=WORKDAYS), net_minutes=19 * H), 3),
    "half and half is one person": (
        one_type(
            post("p", 8, 8, "a", days=WEEKEND, load=50),
            post("q", 8, 8, "b", days=WEEKEND, load=50),
            skills=TWO_ROLES,
        ),
        1,
    ),
    "more than half and half is two": (
        one_type(
            post("p", 8, 8, "a", days=WEEKEND, load=50),
            post("q", 8, 8, "b", days=WEEKEND, load=51),
            skills=TWO_ROLES,
        ),
        2,
    ),
    "a flexible person is one person": (
        one_type(post("p", 8, 8, "a", days=SUNDAY), post("q", 8, 8, "b", days=SUNDAY), skills=TWO_ROLES),
        2,
    ),
    "levels of a chain": (
        one_type(
            post("p", 8, 8, "a", days=SUNDAY, load=10, chain="c"),
            post("q", 8, 8, "b", days=SUNDAY, load=10, chain="c", level=2),
            skills=TWO_ROLES,
        ),
        2,
    ),
    "four days in two weeks on standby": (
        one_type(standby("p", 16, 16, days=FOUR_DAYS), letters="s", asked=(rules.StandbyShare(percent=29),)),
        2,
    ),
    "not quite four days in two weeks on standby": (
        one_type(standby("p", 16, 16, days=FOUR_DAYS), letters="s", asked=(rules.StandbyShare(percent=28),)),
        3,
    ),
    "a longer standby where the shorter may not go on": (
        one_type(standby("p", 16, 8), letters="st", asked=(rules.ShiftRun(shift="t", longest=1),)),
        1,
    ),
    "a standby too short for all of its post": (one_type(standby("p", 16, 12), letters="st"), 1),
    "days and nights in blocks": (
        one_type(
            post("p", 8, 8, days=THREE_DAYS),
            post("q", 22, 8, days=SUNDAY),
            letters="DN",
            asked=(*LIMITS, rules.ShiftRun(shift="N", shortest=2)),
        ),
        2,
    ),
    "a shift before and after": (one_type(post("p", 8, 14, days=SUNDAY), letters="DA"), 2),
    "a shift each of the week": (
        one_type(post("p", 8, 8), asked=(rules.WorkBlock(longest=5), rules.WeeklyRest(minutes=48 * H))),
        2,
    ),
    "round the clock for ever": (one_type(post("p", 8, 24), letters="Q"), 1),
    "two sites too far apart": (
        one_type(
            post("p", 8, 8, site="e", days=SUNDAY),
            post("q", 8, 8, site="w", days=Days(weekdays=frozenset({0}))),
            asked=(rules.MinRest(minutes=16 * H),),
            sites=("e", "w"),
        ),
        2,
    ),
    "nobody can": (one_type(post("p", 8, 8, people=5, days=SUNDAY)), None),
    "nobody has the role": (one_type(post("p", 8, 8, days=SUNDAY), post("q", 16, 8, "b", days=SUNDAY)), None),
    "nobody has the role of a standby": (
        one_type(post("p", 8, 8, days=SUNDAY), standby("q", 16, 8, "b", days=SUNDAY)),
        None,
    ),
    "a daily average that no rotation keeps": (
        one_type(post("p", 8, 8, days=WEEKEND), net_minutes=3 * H),
        None,
    ),
    "a specialist and a flexible one": (
        world(
            staff("a", "D", maximum=2),
            staff("both", "DN", rules.MaxNights(nights=1), skills=TWO_ROLES, maximum=2),
            posts=(
                post("p", 8, 8, "a", days=WEEKEND),
                post("q", 8, 8, "b", days=SUNDAY),
                post("n", 22, 8, "b", days=SUNDAY),
            ),
        ),
        3,
    ),
    "a vendor counts last": (
        world(
            staff("a", "DN", net_minutes=24 * H),
            staff("h", "N", rules.MaxNights(nights=1), skills=frozenset({"a"}), employer="vendor", maximum=1),
            posts=(post("p", 8, 8, days=THREE_DAYS), post("n", 22, 8, days=SUNDAY, vendor=True)),
        ),
        1,
    ),
    "a vendor has to be directed": (
        world(
            staff("a", "D", net_minutes=26 * H),
            staff("h", "N", skills=frozenset({"a"}), employer="vendor", maximum=1),
            posts=(post("p", 8, 8, days=THREE_DAYS), post("n", 22, 8, days=SUNDAY, vendor=True)),
            control=Control(percent=10),
        ),
        2,
    ),
}


def ask(problem: Problem) -> Fewest:
    now = time.monotonic()
    return fewest(problem, SearchRun(now, Search(ONE_WORKER, now + 30), lambda _: None))


def days_of_use(problem: Problem, one: StaffType) -> frozenset[int]:
    """
    Return the weekdays on which a duty can be of use: all where a rule asks for blocks, else those of posts.

    No other rule is kept by a duty more, so one on a day without a post, or before one, is never missed.
    """
    blocks = (rules.WorkBlock, rules.OffBlock, rules.ShiftRun)
    if any(isinstance(rule, blocks) for rule in one.rules):
        return frozenset(range(7))
    open_days = {day for day in range(7) for each in problem.posts if ring().needs(each.days, day)}
    crossing = any(problem.shift[name].end > DAY for name in one.shifts)
    early = {(day - 1) % 7 for day in open_days} if crossing else set[int]()
    late = (
        {(day + 1) % 7 for day in open_days} if any(each.end > DAY for each in problem.posts) else set[int]()
    )
    return frozenset(open_days | early | late)


def together(problem: Problem) -> Fewest:
    """Return the answer for a problem, or for the first of its parts that has none."""
    answers = [ask(part) for part in split(problem)]
    none = [answer for answer in answers if answer.value is None]
    return (none or [ask(problem)])[0]


def lawful(problem: Problem, one: StaffType, lines: int) -> Iterator[Word]:
    """Return the words of a rotation of so many lines that no rule forbids, days added one by one."""
    alphabet, of_use = problem.duties(one), days_of_use(problem, one)
    always = [rule for rule in hard_rules(one) if not isinstance(rule, AVERAGES)]
    texts: list[Word] = [()]
    for day in range(7 * lines):
        texts = [
            text
            for text in (
                (*before, duty)
                for before, duty in product(texts, alphabet if day % 7 in of_use else alphabet[:1])
            )
            if not any(count_breaches(rule, text, dated(day + 1), problem) for rule in always)
        ]
    for text in texts:
        if not any(count_breaches(rule, text, ring(lines), problem, staff=one) for rule in hard_rules(one)):
            yield text


def by_signature(problem: Problem, one: StaffType, lines: int) -> dict[Signature, Rotation]:
    """Return one rotation for each way of having people on duties; more of the same way hold no more posts."""
    alphabet = problem.duties(one)
    found: dict[Signature, Rotation] = {}
    for text in lawful(problem, one, lines):
        key = tuple(tuple(text[day::7].count(duty) for duty in alphabet) for day in range(7))
        if key not in found:
            rows = tuple(text[at : at + 7] for at in range(0, len(text), 7))
            found[key] = Rotation(one.name, rows, str(lines))
    return found


def held_by(problem: Problem, people: dict[str, int]) -> bool:
    """Whether so many people of each type, up to two of each, hold the problem with some rotations."""
    choices: list[list[tuple[Rotation, ...]]] = []
    for name, number in people.items():
        one = problem.type[name]
        single = list(by_signature(problem, one, 1).values()) if number else []
        if number == 0:
            choices.append([()])
        elif number == 1:
            choices.append([(rotation,) for rotation in single])
        else:
            twice = combinations_with_replacement(single, 2)
            apart = [(a, replace(b, name="again")) for a, b in twice]
            choices.append([*apart, *((rotation,) for rotation in by_signature(problem, one, 2).values())])
    return any(
        not check_rotation(problem, [r for part in chosen for r in part]) for chosen in product(*choices)
    )


def crowds(problem: Problem, counted: int) -> Iterator[dict[str, int]]:
    """Return the numbers of people of each type in which the goal's count is so many."""
    for numbers in product(*(range(min(one.maximum, 2) + 1) for one in problem.types)):
        people = dict(zip((one.name for one in problem.types), numbers, strict=True))
        in_house = sum(
            number for one, number in zip(problem.types, numbers, strict=True) if not problem.is_vendor(one)
        )
        if in_house == counted:
            yield people


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_fewest_people_are_those_that_listing_finds(name: str) -> None:
    problem, expected = PROBLEMS[name]
    found = together(problem)
    for fewer in range(min(3, expected if expected is not None else 3)):
        assert not any(held_by(problem, people) for people in crowds(problem, fewer)), fewer
    assert found.value == expected
    if expected is None:
        assert found.status is Status.INFEASIBLE
        return
    assert found.status is Status.OPTIMAL
    assert found.bound == expected
    assert found.model is not None
    rota, seats = rotations(found.model, found.values), seats_taken(found.model, found.values)
    assert check_rotation(problem, rota, seats) == []
    counted = sum(len(one.lines) for one in rota if not problem.is_vendor(problem.type[one.type]))
    assert counted == expected
    if expected < 2:
        assert any(held_by(problem, people) for people in crowds(problem, expected))


def test_goals_count_what_they_say() -> None:
    problem, _ = PROBLEMS["a vendor counts last"]
    assert ask(replace(problem, goal=Goal.PEOPLE)).value == 2
    costly = replace(
        problem, types=tuple(replace(one, cost=100 if one.name == "a" else 30) for one in problem.types)
    )
    assert ask(replace(costly, goal=Goal.COST)).value == 130
