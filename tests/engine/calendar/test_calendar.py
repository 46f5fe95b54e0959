"""
The calendar model: it accepts exactly the rosters that the checker accepts, and its repairs change the fewest days.

Small crowds and few days, so that every roster can be listed and tried by the checker alone.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import NamedTuple

import pytest

from roster.checker import check_roster, coverage
from roster.domain import rules
from roster.domain.outcome import Roster, SeatUse, Status
from roster.domain.pairing import Bond, Pairing
from roster.domain.problem import (
    DAY,
    Ban,
    DateRange,
    Days,
    Duty,
    Person,
    Presence,
    Problem,
    Restriction,
    Seat,
)
from roster.engine.calendar.model import CalendarModel, build
from roster.engine.calendar.nearest import nearest
from roster.engine.solvers.search import Search
from tests.engine.settle import settled
from tests.small import MONDAY, ONE_WORKER, H, Word, cut, post, staff, word, words, world

WORKDAYS = Days(workdays=True)
SAMPLE = 300
"""So many rosters of a world, drawn at random where there are more."""


def on(day: int, weeks: int = 1) -> DateRange:
    return DateRange(MONDAY + timedelta(days=day), weeks)


def ban(person: str, kind: Ban, first: int, last: int) -> Restriction:
    return Restriction(person, kind, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))


class World(NamedTuple):
    """A problem with people P1, P2 …; its first days; the duties each may have; what is carried in."""

    problem: Problem
    days: int
    letters: tuple[str, ...]
    before: tuple[str, ...] = ()
    seats: tuple[SeatUse, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        types = self.problem.types
        return tuple(
            Person(f"P{number + 1}", types[min(number, len(types) - 1)].name)
            for number in range(len(self.letters))
        )

    @property
    def alphabets(self) -> list[Word]:
        return [word(text if " " in text else " ".join(text)) for text in self.letters]

    def roster(self, rows: Sequence[Sequence[Duty]]) -> Roster:
        before = tuple(word(text) for text in self.before)
        return Roster(
            self.people, cut(self.problem, self.days), tuple(tuple(row) for row in rows), self.seats, before
        )

    def every(self) -> list[tuple[Word, ...]]:
        return list(product(*(words(alphabet, self.days) for alphabet in self.alphabets)))


HOLIDAY = DateRange(MONDAY, 1, holidays=frozenset({MONDAY}), workdays=frozenset({MONDAY + timedelta(days=5)}))

WORLDS = {
    "one person under many rules": World(
        world(
            staff(
                "a",
                "DN",
                rules.MinRest(minutes=16 * H),
                rules.MaxNights(nights=2),
                rules.WorkBlock(shortest=2, longest=4),
                rules.WeeklyRest(minutes=24 * H),
            ),
            posts=(post("p", 8, 8, days=Days(weekdays=frozenset({3}))),),
            dates=on(2),
        ),
        6,
        ("-DN",),
    ),
    "one person carried in": World(
        world(
            staff(
                "a",
                "DN",
                rules.MinRest(minutes=12 * H),
                rules.WorkBlock(longest=4),
                rules.FreeWeekends(one_in=2),
                rules.WeekHours(minutes=24 * H),
            ),
            posts=(post("p", 0, 6, days=Days(weekdays=frozenset({5, 6})), hard=False, price=1),),
            dates=on(5),
        ),
        5,
        ("-DN",),
        ("DDDDN",),
    ),
    "an unlawful history": World(
        world(
            staff("a", "DA", rules.WorkBlock(longest=2), rules.Succession(first="A", second="D")),
            posts=(post("p", 8, 8, days=Days(weekdays=frozenset({2}))),),
        ),
        5,
        ("-DA",),
        ("ADDA",),
    ),
    "hours of a calendar less leave": World(
        world(
            staff("a", "D", weekly_minutes=35 * H),
            posts=(post("p", 8, 8, days=Days(weekdays=frozenset({0, 5}))),),
            restrictions=(ban("P1", Ban.DUTY, 1, 2),),
        ),
        6,
        ("-D",),
    ),
    "a share of standby": World(
        world(
            staff("a", "Ds", rules.StandbyShare(percent=30), rules.NoStandbyBefore(start=9 * H)),
            posts=(post("p", 16, 16, presence=Presence.STANDBY, days=Days(weekdays=frozenset({1}))),),
        ),
        5,
        ("- D s Ds",),
    ),
    "no nights, no standby": World(
        world(
            staff("a", "ANw", rules.ShiftRun(shift="N", longest=2)),
            posts=(
                post("p", 14, 2, days=Days(weekdays=frozenset({3}))),
                post("q", 22, 4, hard=False, price=1),
            ),
            restrictions=(ban("P1", Ban.NIGHTS, 1, 2), ban("P1", Ban.STANDBY, 4, 9)),
        ),
        6,
        ("- A N w",),
    ),
    "no overtime": World(
        world(
            staff("a", "DX", weekly_minutes=40 * H),
            posts=(post("p", 8, 8, days=Days(weekdays=frozenset({1}))),),
            restrictions=(ban("P1", Ban.OVERTIME, 0, 3),),
            dates=on(-2),
        ),
        7,
        ("-DX",),
    ),
    "two people hold a night": World(
        world(
            staff("a", "DN", rules.MinRest(minutes=11 * H), rules.OffBlock(longest=2)),
            posts=(post("p", 22, 8), post("q", 8, 8, days=WORKDAYS)),
            dates=on(4),
        ),
        4,
        ("-DN", "-DN"),
    ),
    "two people with a night carried in": World(
        world(
            staff("a", "X", rules.MinRest(minutes=12 * H)),
            staff("b", "DX", rules.MaxNights(nights=1)),
            posts=(post("p", 0, 8, "a", "b"), post("q", 20, 4, "a", "b")),
        ),
        4,
        ("-X", "-DX"),
        ("-X", "--"),
    ),
    "levels and loads on a holiday": World(
        world(
            staff("a", "Ds", skills=frozenset({"a", "b"})),
            staff("b", "D"),
            posts=(
                post("p", 8, 8, "a", days=WORKDAYS, load=50),
                post("q", 8, 8, "b", days=WORKDAYS, load=50),
                post("r", 8, 8, "b", days=Days(holidays=True), chain="c"),
                post("s", 8, 8, "a", days=Days(holidays=True), chain="c", level=2, presence=Presence.STANDBY),
            ),
            dates=HOLIDAY,
        ),
        4,
        ("- D s", "-D"),
    ),
    "a seat by night": World(
        world(
            staff("a", "DN", rules.MaxNights(nights=1)),
            posts=(post("p", 22, 8, vendor=True), post("q", 8, 8, people=2, days=WORKDAYS, vendor=True)),
            seats=(
                Seat("v", "p", cost=1, days=Days(restdays=True)),
                Seat("u", "q", cost=1),
            ),
            dates=on(3),
        ),
        4,
        ("-DN", "-DN"),
        (),
        (SeatUse("v", 1), SeatUse("u", 1)),
    ),
    "a weekday off every week": World(
        world(
            staff("a", "DXs"),
            posts=(
                post("p", 8, 24, hard=False, price=1),
                post("q", 16, 16, presence=Presence.STANDBY, hard=False, price=1),
            ),
            restrictions=(ban("P1", Ban.OFF, 2, 2), ban("P1", Ban.OFF, 5, 5)),
        ),
        5,
        ("- D X s",),
    ),
    "a time of a weekday off, and one over midnight": World(
        world(
            staff("a", "DXs"),
            posts=(
                post("p", 8, 24, hard=False, price=1),
                post("q", 16, 16, presence=Presence.STANDBY, hard=False, price=1),
            ),
            restrictions=(
                replace(ban("P1", Ban.OFF, 1, 1), start=16 * H, end=20 * H),
                replace(ban("P1", Ban.OFF, 3, 4), start=22 * H, end=7 * H),
            ),
        ),
        5,
        ("- D X s",),
    ),
    "two people kept apart": World(
        world(
            staff("a", "EAN"),
            posts=(post("p", 0, 24, hard=False, price=1),),
            pairings=(Pairing(Bond.APART, ("P1", "P2")),),
        ),
        3,
        ("-AN", "-EN"),
        ("N", "-"),
    ),
    "two people on the same shifts": World(
        world(
            staff("a", "DN"),
            staff("b", "DA"),
            posts=(
                post("p", 8, 8, "a", "b", hard=False, price=1),
                post("q", 14, 16, "a", "b", hard=False, price=1),
            ),
            restrictions=(ban("P2", Ban.DUTY, 1, 1),),
            pairings=(Pairing(Bond.TOGETHER, ("P1", "P2")),),
        ),
        3,
        ("-DN", "-DA"),
    ),
    "a learner beside somebody of a role": World(
        world(
            staff("a", "DX"),
            staff("b", "DA"),
            posts=(
                post("p", 8, 8, "a", "b", hard=False, price=1),
                post("q", 14, 18, "a", "b", hard=False, price=1),
            ),
            pairings=(Pairing(Bond.SUPERVISED, ("P1",), ("b",)),),
        ),
        3,
        ("-X", "-DA", "-A"),
        ("X", "A", "-"),
    ),
    "a learner of nights whose eve is not known": World(
        world(
            staff("a", "EN"),
            staff("b", "EN"),
            posts=(post("p", 22, 10, "a", "b", hard=False, price=1),),
            pairings=(Pairing(Bond.SUPERVISED, ("a",), ("P2",)),),
        ),
        3,
        ("-EN", "-EN"),
    ),
    "travel between sites": World(
        world(
            staff("a", "D", rules.MinRest(minutes=16 * H), sites=("e", "w")),
            posts=(
                post("p", 8, 8, site="e", days=Days(weekdays=frozenset({0, 2}))),
                post("q", 8, 8, site="w", days=Days(weekdays=frozenset({1}))),
            ),
        ),
        4,
        ("- D@e D@w", "- D@e D@w"),
    ),
}


def accepts(model: CalendarModel, rows: Sequence[Word]) -> bool:
    """Whether the model's rows can be kept with everybody's duties given."""
    fixed: dict[int, int] = {}
    for walk, row in zip(model.walks, rows, strict=True):
        for day, given in enumerate(row):
            if given not in walk.graph.duties:
                return False
            number = walk.graph.duties.index(given)
            if number not in walk.chosen[day]:
                return False
            for duty, terms in walk.chosen[day].items():
                if duty != number:
                    fixed |= {variable: 0 for variable, _ in terms}
    for variable in model.shortages.values():
        fixed[variable] = model.program.upper[variable]
    return settled(model.program, fixed)


def drawn(found: World) -> list[tuple[Word, ...]]:
    """Return all rosters, or a sample of them with what differs in one day from the first lawful ones."""
    every = found.every()
    if len(every) <= SAMPLE:
        return every
    rosters = random.Random(3).sample(every, SAMPLE)
    good = [rows for rows in rosters if not check_roster(found.problem, found.roster(rows))]
    return rosters + [other for rows in good[:3] for other in neighbours(found, rows)]


def neighbours(found: World, rows: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    for person, alphabet in enumerate(found.alphabets):
        for day, duty in product(range(found.days), alphabet):
            row = (*rows[person][:day], duty, *rows[person][day + 1 :])
            yield (*rows[:person], row, *rows[person + 1 :])


def busy(found: World) -> Roster:
    """Return a roster in which everybody has every duty, so that the model leaves none out."""
    return found.roster([(alphabet * found.days)[: found.days] for alphabet in found.alphabets])


@pytest.mark.parametrize("name", WORLDS)
def test_the_model_accepts_what_the_checker_accepts(name: str) -> None:
    found = WORLDS[name]
    model = build(found.problem, busy(found), elastic=False, free=None)
    verdicts = Counter[bool]()
    for rows in drawn(found):
        broken = check_roster(found.problem, found.roster(rows))
        told = " / ".join(" ".join(one.letters for one in row) for row in rows)
        assert accepts(model, rows) == (not broken), (told, [violation.sentence for violation in broken])
        verdicts[not broken] += 1
    assert verdicts[True]
    assert verdicts[False]


TINY = {
    name: found._replace(days=min(found.days, 4 if len(found.letters) == 1 else 3))
    for name, found in WORLDS.items()
}


def fewest_changes(found: World, wanted: Roster) -> int | None:
    """Return by trying every roster how few days have to change; None where no roster is lawful."""
    lawful = (rows for rows in found.every() if not check_roster(found.problem, found.roster(rows)))
    return min((differing(wanted, rows) for rows in lawful), default=None)


def differing(wanted: Roster, rows: Sequence[Sequence[Duty]]) -> int:
    return sum(
        a != b
        for one, other in zip(wanted.duties, rows, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def search() -> Search:
    return Search(ONE_WORKER, time.monotonic() + ONE_WORKER.time_limit_s)


@pytest.mark.parametrize("name", TINY)
def test_the_nearest_roster_changes_the_fewest_days(name: str) -> None:
    found = TINY[name]
    for rows in (busy(found).duties, *random.Random(9).sample(found.every(), 2)):
        wanted = found.roster(rows)
        expected = fewest_changes(found, wanted)
        answer = nearest(found.problem, wanted, search())
        if expected is None:
            assert answer.empty or answer.roster is None
            continue
        assert answer.status is Status.OPTIMAL
        assert answer.roster is not None
        assert check_roster(found.problem, answer.roster) == []
        assert differing(wanted, answer.roster.duties) == answer.changed == answer.bound == expected


def test_a_lawful_roster_stays_as_it_is() -> None:
    found = TINY["two people hold a night"]
    lawful = next(rows for rows in found.every() if not check_roster(found.problem, found.roster(rows)))
    answer = nearest(found.problem, found.roster(lawful), search())
    assert answer.changed == 0
    assert answer.roster == found.roster(lawful)


def test_a_duty_of_no_use_may_stay() -> None:
    problem = world(staff("a", "DA"), posts=(post("p", 8, 8, days=Days(weekdays=frozenset({0}))),))
    found = World(problem, 3, ("-DA",))
    assert nearest(problem, found.roster([word("DAA")]), search()).changed == 0
    assert nearest(problem, found.roster([word("AAD")]), search()).changed == 1


def test_only_the_days_set_free_change() -> None:
    found = WORLDS["two people hold a night"]
    wanted = found.roster([word("NN-D"), word("--NN")])
    everywhere = nearest(found.problem, wanted, search())
    assert everywhere.changed
    assert everywhere.roster is not None
    changed = frozenset(
        day
        for one, other in zip(wanted.duties, everywhere.roster.duties, strict=True)
        for day, (a, b) in enumerate(zip(one, other, strict=True))
        if a != b
    )
    there = nearest(found.problem, wanted, search(), changed)
    assert there.changed == everywhere.changed
    assert nearest(found.problem, wanted, search(), frozenset()).status is Status.INFEASIBLE


EMPTY = world(
    staff("a", "DN", rules.MinRest(minutes=16 * H)),
    posts=(post("p", 8, 8, people=2), post("q", 22, 8, days=Days(weekdays=frozenset({1})))),
)


@pytest.mark.parametrize("wanted", [("DD", "DN"), ("--", "--")])
def test_empty_places_are_told_not_hidden(wanted: tuple[str, str]) -> None:
    found = World(EMPTY, 2, ("-DN", "-DN"))
    answer = nearest(EMPTY, found.roster([word(line) for line in wanted]), search())
    # Tuesday wants two by day and one by night of the two people there are; one place is empty, for eight hours.
    assert answer.roster is not None
    assert sum(people * (end - start) for _, start, end, people in answer.empty) == 8 * H
    assert {start // DAY for _, start, _, _ in answer.empty} == {1}
    assert answer.bound is None
    assert [violation.rule for violation in check_roster(EMPTY, answer.roster)] == ["post"]


@pytest.mark.parametrize("absent", [(0,), (0, 1)])
def test_the_fewest_hours_stay_empty(absent: tuple[int, ...]) -> None:
    away = tuple(ban(f"P{number + 1}", Ban.DUTY, 0, 0) for number in absent)
    problem = replace(EMPTY, restrictions=away)
    found = World(problem, 2, ("-DN", "-DN"))
    answer = nearest(problem, found.roster([word("DD"), word("DN")]), search())
    least = min(
        empty_minutes(problem, found.roster(rows))
        for rows in found.every()
        if only_posts(problem, found, rows)
    )
    assert sum(people * (end - start) for _, start, end, people in answer.empty) == least
    assert answer.roster is not None
    assert empty_minutes(problem, answer.roster) == least


def empty_minutes(problem: Problem, given: Roster) -> int:
    return sum((row.required - row.held) * (row.end - row.start) for row in coverage(problem, given))


def only_posts(problem: Problem, found: World, rows: Sequence[Word]) -> bool:
    return {violation.rule for violation in check_roster(problem, found.roster(rows))} <= {"post"}
