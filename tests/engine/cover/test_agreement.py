"""
Engine and checker agree on whether posts are held: two or three people, four days of dates or of a ring week.

The engine's rows of cover are settled by trying every way, without a solver; the checker matches minute by minute.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import NamedTuple

import pytest

from roster.checker import count_breaches, cover_of_roster, cover_of_rotations
from roster.domain.horizon import Horizon, ring
from roster.domain.outcome import Roster, Rotation, SeatUse
from roster.domain.problem import DAILY, DateRange, Days, Person, Post, Problem, Seat, StaffType
from roster.domain.problem import Presence as At
from roster.domain.rules import NoOverlap
from roster.engine.cover.rows import Cover
from roster.engine.cover.time_pieces import Needs, Presence
from roster.engine.integer_program import Program
from tests.engine.settle import settled
from tests.small import MONDAY, H, Word, cut, post, staff, word, words, world

ROSTERS = 250
"""So many of each situation's rosters, drawn at random where there are more."""

FRIDAY = MONDAY + timedelta(days=4)
SINGLE_DAYS = frozenset({5, 6, 0, 1})
WORKDAYS = Days(workdays=True)
RESTDAYS = Days(restdays=True, holidays=True)


class Situation(NamedTuple):
    """A problem, and for each person (of a type) the duties to try."""

    problem: Problem
    people: tuple[tuple[str, str], ...]
    seats: tuple[SeatUse, ...] = ()
    before: tuple[str, ...] = ()


def situation(
    *posts: Post,
    types: tuple[StaffType, ...],
    people: tuple[tuple[str, str], ...],
    taken: tuple[SeatUse, ...] = (),
    before: tuple[str, ...] = (),
    **other: object,
) -> Situation:
    other = {"start": FRIDAY, **other}
    return Situation(world(*types, posts=posts, **other), people, taken, before)  # type: ignore[arg-type]


def on_call(name: str, start: float, length: float, *roles: str, **other: object) -> Post:
    return post(name, start, length, *roles, presence=At.STANDBY, **other)


A = staff("a", "DANXMZQst")
B = staff("b", "DANXs", skills=frozenset({"b"}))
BOTH = staff("both", "DANXst", skills=frozenset({"a", "b"}))
TRIPLE = staff("triple", "DANst", skills=frozenset({"a", "b", "c"}))
QUICK = staff("quick", "Dstu", skills=frozenset({"a"}))
CAMPUS = staff("campus", "Ds", skills=frozenset({"a"}), sites=("e", "w"))
HIRED = staff("hired", "DN", skills=frozenset({"a"}), employer="vendor")

ONE_FLEXIBLE = (("both", "-D"), ("both", "-D"))
FLEXIBLE_AND_NOT = (("both", "-DA"), ("b", "-DA"))

SITUATIONS = {
    "a flexible person is one person": situation(
        post("p", 8, 8, "a"), post("q", 8, 8, "b"), types=(BOTH,), people=ONE_FLEXIBLE
    ),
    "the flexible one leaves the post to who can do nothing else": situation(
        post("p", 8, 8, "a"), post("q", 8, 8, "b"), types=(BOTH, B), people=FLEXIBLE_AND_NOT
    ),
    "either role will do": situation(
        post("p", 8, 8, "a", "b"), post("q", 8, 8, "b"), types=(A, B), people=(("a", "-DA"), ("b", "-DA"))
    ),
    "two people of one post": situation(
        post("p", 8, 8, "a", people=2),
        post("q", 14, 2, "b"),
        types=(BOTH, B),
        people=(("both", "-DA"), ("both", "-D"), ("b", "-DA")),
    ),
    "half and half is one person": situation(
        post("p", 8, 8, "a", load=50),
        post("q", 8, 8, "b", load=50),
        types=(BOTH,),
        people=(("both", "-DA"),) * 2,
    ),
    "half and a little more is not": situation(
        post("p", 8, 8, "a", load=50), post("q", 8, 8, "b", load=51), types=(BOTH,), people=ONE_FLEXIBLE
    ),
    "thirds of three posts": situation(
        post("p", 8, 8, "a", load=33),
        post("q", 8, 8, "b", load=33),
        post("r", 10, 12, "c", load=34),
        types=(TRIPLE,),
        people=(("triple", "-DA"),) * 2,
    ),
    "thirds rounded up are too many": situation(
        post("p", 8, 8, "a", load=34),
        post("q", 8, 8, "b", load=33),
        post("r", 8, 8, "c", load=34),
        types=(TRIPLE, B),
        people=(("triple", "-D"), ("b", "-D")),
    ),
    "a share of two people's attention": situation(
        post("p", 8, 8, "a", load=40, people=2),
        post("q", 8, 8, "b", load=70),
        types=(BOTH, B),
        people=(("both", "-DA"), ("both", "-D"), ("b", "-D")),
    ),
    "levels of a chain are different people": situation(
        post("p", 8, 8, "a", chain="c", level=1, load=50),
        post("q", 8, 8, "b", chain="c", level=2, load=50),
        types=(BOTH, A),
        people=(("both", "-DA"), ("a", "-DA")),
    ),
    "one level of a chain may be one person": situation(
        post("p", 8, 8, "a", chain="c", level=2, load=50),
        post("q", 8, 8, "b", chain="c", level=2, load=50),
        post("r", 8, 8, "b", chain="d", load=50),
        types=(BOTH,),
        people=(("both", "-DA"),) * 2,
    ),
    "presence also holds a standby post": situation(
        on_call("p", 16, 16, "a"), types=(A,), people=(("a", "-As"), ("a", "-Ns"))
    ),
    "a standby never holds a post on site": situation(
        post("p", 16, 6, "a"), types=(A,), people=(("a", "-As"), ("a", "-st"))
    ),
    "standby after a shift": situation(
        post("p", 8, 8, "a"),
        on_call("q", 0, 24, "a"),
        types=(A,),
        people=(("a", "- D Ds"), ("a", "- D Ds s")),
    ),
    "answering within the time": situation(
        on_call("p", 16, 8, "a", response=10),
        on_call("q", 18, 4, "a", response=30),
        types=(QUICK,),
        people=(("quick", "-su"), ("quick", "-tu")),
    ),
    "two levels at home": situation(
        on_call("p", 16, 8, "a", chain="c", level=1),
        on_call("q", 20, 12, "b", chain="c", level=2),
        types=(BOTH, A),
        people=(("both", "-As"), ("a", "-As")),
    ),
    "a post across midnight": situation(
        post("p", 22, 8, "a"), types=(A,), people=(("a", "-NX"), ("a", "-NZ"))
    ),
    "a post round the clock": situation(post("p", 0, 24), types=(A,), people=(("a", "-QD"), ("a", "-QX"))),
    "a post of a whole day across midnight": situation(
        post("p", 20, 24), types=(A,), people=(("a", "-QD"), ("a", "-QX"))
    ),
    "a post held by one after the other": situation(
        post("p", 8, 14, "a"), types=(A,), people=(("a", "-DA"), ("a", "-AM"))
    ),
    "posts of different ends across midnight": situation(
        post("p", 20, 12, "a"),
        post("q", 22, 8, "b"),
        types=(BOTH, A),
        people=(("both", "-XN"), ("a", "-XN")),
    ),
    "the place of a post": situation(
        post("p", 8, 8, "a", site="e"),
        post("q", 8, 8, "a", site="w"),
        types=(CAMPUS,),
        people=(("campus", "- D@e D@w"), ("campus", "- D@e D@w")),
    ),
    "standby answers for every place": situation(
        on_call("p", 8, 24, "a", site="e"),
        types=(CAMPUS,),
        people=(("campus", "- D@e s"), ("campus", "- D@w Ds@w")),
    ),
    "vendors only where they are let": situation(
        post("p", 8, 8, "a", vendor=True),
        post("q", 8, 8, "a"),
        types=(A, HIRED),
        people=(("a", "-D"), ("hired", "-DN")),
    ),
    "a seat fills a place": situation(
        post("p", 8, 8, "a", people=2, vendor=True),
        post("q", 8, 8, "b"),
        types=(BOTH, B),
        people=(("both", "-D"), ("b", "-D")),
        seats=(Seat("v", "p", cost=1),),
        taken=(SeatUse("v", 1),),
    ),
    "a seat at night and on rest days": situation(
        post("p", 16, 16, "a", vendor=True),
        types=(A,),
        people=(("a", "-ANX"), ("a", "-X")),
        seats=(
            Seat("v", "p", cost=1, start=0, length=8 * H),
            Seat("r", "p", cost=1, days=RESTDAYS, start=16 * H, length=8 * H),
        ),
        taken=(SeatUse("v", 1), SeatUse("r", 1)),
    ),
    "more seats than places": situation(
        post("p", 8, 8, "a", vendor=True),
        post("q", 8, 8, "a"),
        types=(A,),
        people=(("a", "-D"), ("a", "-D")),
        seats=(Seat("v", "p", cost=1, maximum=2, days=WORKDAYS),),
        taken=(SeatUse("v", 2),),
    ),
    "days of the week": situation(
        post("p", 8, 8, "a", days=WORKDAYS),
        post("q", 22, 8, "a", days=RESTDAYS),
        post("r", 14, 8, "a", days=Days(weekdays=frozenset({4, 0}))),
        types=(A,),
        people=(("a", "-DN"), ("a", "-AN")),
    ),
    "more posts at once than sets of them": situation(
        *(post(f"p{number}", 8, 8, "a", load=60) for number in range(2)),
        *(post(f"q{number}", 8 + number, 4, "b", load=40) for number in range(4)),
        types=(BOTH,),
        people=(("both", "-D"),) * 3,
    ),
    "soft posts may be empty": situation(
        post("p", 8, 8, "a"),
        post("q", 8, 8, "b", hard=False, price=5),
        types=(BOTH, B),
        people=FLEXIBLE_AND_NOT,
    ),
}

DATED = {
    **SITUATIONS,
    "public holidays and made up weekends": situation(
        post("p", 8, 8, "a", days=WORKDAYS),
        post("q", 8, 8, "b", days=RESTDAYS),
        post("r", 20, 12, "a", days=Days(workdays=True, restdays=True)),
        types=(BOTH, A),
        people=(("both", "-DX"), ("a", "-DX")),
        dates=DateRange(FRIDAY, 1, frozenset({FRIDAY}), frozenset({FRIDAY + timedelta(days=1)})),
    ),
    "the night carried in holds the first morning": situation(
        post("p", 0, 8, "a"),
        on_call("q", 0, 8, "b"),
        types=(BOTH,),
        people=(("both", "-DX"), ("both", "-XN")),
        before=("DX", "-X"),
    ),
    "the standby carried in holds the first morning": situation(
        on_call("p", 0, 12, "a"),
        post("q", 6, 6, "a"),
        types=(A,),
        people=(("a", "- s D Ds"), ("a", "-MN")),
        before=("s", "N"),
    ),
    "only one of them carried in": situation(
        post("p", 0, 24, "a"), types=(A,), people=(("a", "-QD"), ("a", "-QX")), before=("Q", "")
    ),
}


@dataclass(frozen=True)
class Rows:
    """The engine's rows of cover, and the variable of each presence and seat."""

    program: Program
    counts: dict[Presence, int]
    seats: dict[str, int]
    soft: dict[int, int]

    def hold(self, present: Counter[Presence], seats: tuple[SeatUse, ...]) -> bool:
        fixed = {variable: present[who] for who, variable in self.counts.items()} | self.soft
        assert all(who in self.counts for who in present)
        taken = {use.seat: use.number for use in seats}
        return settled(self.program, fixed | {v: taken.get(name, 0) for name, v in self.seats.items()})


def rows_of(problem: Problem, horizon: Horizon, people: int, *, carried_in: bool) -> Rows:
    program = Program()
    duties = {one.name: problem.duties(one) for one in problem.types}
    counts = {
        (name, day, number): program.variable(0, people)
        for name, all_duties in duties.items()
        for day in range(-int(carried_in), horizon.days)
        for number, one in enumerate(all_duties)
        if not one.is_off
    }
    seats = {seat.name: program.variable(0, seat.maximum) for seat in problem.seats}
    short: dict[tuple[str, int, int], int] = {}
    needs = Needs(problem, horizon, duties, problem.posts, carried_in)
    Cover(needs, {who: [(v, 1)] for who, v in counts.items()}, seats, short).add_to(program)
    return Rows(program, counts, seats, {variable: program.upper[variable] for variable in short.values()})


def present(problem: Problem, types: list[str], rows: tuple[Word, ...], first: int = 0) -> Counter[Presence]:
    """Count who is on which duty; `first` is the number of the first day."""
    found = Counter[Presence]()
    for name, row in zip(types, rows, strict=True):
        duties = problem.duties(problem.type[name])
        found.update((name, day, duties.index(one)) for day, one in enumerate(row, first) if not one.is_off)
    return found


def drawn(alphabets: list[Word], days: int, on: frozenset[int] | None = None) -> list[tuple[Word, ...]]:
    """Return rosters in which nobody is in two duties at once: all, or so many at random."""
    lawful = [
        [text for text in words(alphabet, days, on) if not clash(text, ring() if on else None)]
        for alphabet in alphabets
    ]
    every = 1
    for texts in lawful:
        every *= len(texts)
    chance = random.Random(every)
    if every <= ROSTERS:
        return list(product(*lawful))
    return [tuple(chance.choice(texts) for texts in lawful) for _ in range(ROSTERS)]


def clash(text: Word, horizon: Horizon | None) -> int:
    problem = world(A)
    return count_breaches(
        NoOverlap(), text, horizon or cut(replace(problem, dates=DateRange(MONDAY, 2)), len(text)), problem
    )


def alphabets_of(found: Situation) -> list[Word]:
    return [word(text if " " in text else " ".join(text)) for _, text in found.people]


def held(found: Situation, rows: object) -> bool:
    posts = found.problem.post
    return all(row.held >= row.required for row in rows if posts[row.post].hard)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", DATED)
def test_dates_agree(name: str) -> None:
    found = DATED[name]
    verdicts = dated_verdicts(found, 2) + dated_verdicts(found, 4)
    assert verdicts[True]
    assert verdicts[False]


def dated_verdicts(found: Situation, days: int) -> Counter[bool]:
    problem, horizon = found.problem, cut(found.problem, days)
    types = [one for one, _ in found.people]
    people = tuple(Person(f"P{number}", one) for number, one in enumerate(types))
    before = tuple(word(text) for text in found.before)
    known = bool(before) and all(before)
    engine = rows_of(problem, horizon, len(people), carried_in=known)
    yesterday = present(problem, types, tuple(row[-1:] for row in before), -1) if known else Counter()
    verdicts = Counter[bool]()
    for rows in drawn(alphabets_of(found), days):
        if any(clash((*b, *row), None) for b, row in zip(before, rows, strict=False)):
            continue
        roster = Roster(people, horizon, rows, found.seats, before)
        verdict = held(found, cover_of_roster(problem, roster).rows)
        assert engine.hold(present(problem, types, rows) + yesterday, found.seats) == verdict, rows
        verdicts[verdict] += 1
    return verdicts


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_ring_week_agrees(name: str) -> None:
    found = SITUATIONS[name]
    problem = replace(
        found.problem, posts=tuple(replace(one, days=only_near(one.days)) for one in found.problem.posts)
    )
    types = [one for one, _ in found.people]
    engine = rows_of(problem, ring(), len(types), carried_in=False)
    verdicts = Counter[bool]()
    for rows in drawn(alphabets_of(found), 7, SINGLE_DAYS):
        rotations = [
            Rotation(one, (row,), str(at)) for at, (one, row) in enumerate(zip(types, rows, strict=True))
        ]
        verdict = held(found, cover_of_rotations(problem, rotations, found.seats).rows)
        assert engine.hold(present(problem, types, rows), found.seats) == verdict, rows
        verdicts[verdict] += 1
    assert verdicts[False]


def only_near(days: Days) -> Days:
    """Keep of the days of a post those round Sunday that vary: Saturday to Tuesday."""
    if days == DAILY:
        return Days(weekdays=frozenset({6, 0}))
    return days
