"""Who starts on which line: the best of all ways, by trying every one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from roster.checker import check_roster, count_breaches, hard_rules
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Pin, Problem, Restriction, Wish
from roster.domain.rules import MinRest, WorkBlock
from roster.questions.dates.starting_lines import seated
from roster.scores import wishes_granted
from tests.small import MONDAY, H, Word, cut, staff, word, world
from tests.small import Person as Somebody

NAMES = ("Li", "Wang", "Zhao", "Chen")
DAYS = 7
LINES = tuple(word(text) for text in ("DDNN---", "-DD-NN-", "N---DDD", "--NND--"))
BASE = world(
    staff("a", "DN", MinRest(minutes=11 * H), WorkBlock(longest=4)),
    people=tuple(Somebody(name, "a") for name in NAMES),
)


def asked(seed: int) -> Problem:
    """Wishes, a ban, a settled duty and days before, at random."""
    chance = random.Random(seed)

    def on() -> object:
        return MONDAY + timedelta(days=chance.randrange(DAYS))

    wishes = []
    for _ in range(5):
        day = on()
        wishes.append(
            Wish(chance.choice(NAMES), chance.choice(("off", "D", "N")), day, day, chance.randint(1, 9))
        )  # type: ignore[arg-type]
    day, pinned = on(), on()
    return replace(
        BASE,
        wishes=tuple(wishes),
        restrictions=(Restriction("Li", chance.choice((Ban.NIGHTS, Ban.DUTY)), day, day),),  # type: ignore[arg-type]
        pins=(Pin("Wang", "D", pinned, pinned),),  # type: ignore[arg-type]
        carried=tuple((name, word(chance.choice(("DDDD", "-NNN", "----", "DD-N")))) for name in NAMES)
        if seed % 2
        else (),
    )


def speaks_against(problem: Problem, lines: Sequence[Word]) -> tuple[int, int]:
    """Days that cannot stay, counted by the checker, and the price of wishes that are not granted."""
    given = Roster(problem.people, cut(problem, DAYS), tuple(lines), before=problem.before(problem.people))
    alone = Roster(problem.people, cut(problem, DAYS), tuple(lines))
    plain = replace(problem, restrictions=(), pins=())
    own = sum(len(each.days) for each in check_roster(plain, alone) if each.rule == "work_block")
    found = [each for each in check_roster(problem, given) if each.rule != "post"]
    clashes = sum(len(each.days) if each.rule in ("pin", "no_nights", "leave") else 1 for each in found)
    unmet = sum(wish.price * (days - granted) for wish, granted, days in wishes_granted(problem, given))
    return clashes - own, unmet


@pytest.mark.parametrize("seed", range(0, 16, 2))
def test_no_other_seating_clashes_less_or_grants_more(seed: int) -> None:
    problem = asked(seed)
    found = seated(problem, problem.people, cut(problem, DAYS), {"a": LINES})
    assert sorted(map(str, found)) == sorted(map(str, LINES))
    best = min(speaks_against(problem, list(lines)) for lines in permutations(LINES))
    assert speaks_against(problem, found) == best


@pytest.mark.parametrize("seed", range(1, 9, 2))
def test_the_days_before_decide_too(seed: int) -> None:
    problem = replace(asked(seed), wishes=(), restrictions=(), pins=())
    found = seated(problem, problem.people, cut(problem, DAYS), {"a": LINES})

    def broken(lines: Sequence[Word]) -> int:
        return sum(
            count_breaches(rule, line, cut(problem, DAYS), problem, staff=problem.types[0], before=before)
            for line, before in zip(lines, problem.before(problem.people), strict=True)
            for rule in hard_rules(problem.types[0])
        )

    fewest = min(broken(list(lines)) for lines in permutations(LINES))
    assert broken(found) == fewest


def test_without_anything_asked_people_take_the_lines_in_order() -> None:
    spare = (*BASE.people, Somebody("Zhou", "a"))
    found = seated(BASE, spare, cut(BASE, DAYS), {"a": LINES})
    assert found == [*LINES, word("-------")]


def test_whom_no_line_is_left_for_may_be_the_one_who_is_away() -> None:
    problem = BASE.with_restrictions(
        [Restriction("Li", Ban.DUTY, MONDAY, MONDAY + timedelta(days=6))]
    ).with_people((*BASE.people, Somebody("Zhou", "a")))
    found = seated(problem, problem.people, cut(problem, DAYS), {"a": LINES})
    assert found[0] == word("-------")
    assert sorted(map(str, found[1:])) == sorted(map(str, LINES))
