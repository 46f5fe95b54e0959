"""What the engine charges, person by person and thing by thing, beside the scorer's terms of the finished roster."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from roster.benchmark.calendar.teams import FIRST, team
from roster.checker import check_roster
from roster.domain.duty_price import duty_price
from roster.domain.fairness import POINT, TENTHS, Account, Carried
from roster.domain.likeness import Likeness
from roster.domain.problem import OFF, Ban, Pin, Problem, Restriction, Wish
from roster.domain.rules import Count, Counted, FreeWeekends, OffBlock, Per, WorkBlock
from roster.engine.columns.compile_team import Aims, Compiled, compile_team
from roster.engine.columns.generate import Deadline
from roster.engine.columns.large import begin
from roster.engine.columns.relaxation import relax
from roster.engine.columns.search import search
from roster.engine.columns.state import State
from roster.engine.columns.team import Line
from roster.penalties import empty_weighed, had, terms
from roster.questions.calendar import shares_of, skeleton
from tests.engine.columns.test_pricing import FRIDAY, singled_out, two_people
from tests.small import cut, roster, word


def drawn(seed: int) -> Problem:
    """A team with leave, requests, days before and a ledger; with pins, soft rules, numbers of single dates,
    best numbers and a price of too many drawn."""
    draw, problem = random.Random(seed), team(10, seed + 1)
    people = draw.sample(problem.people, 3)
    on = [FIRST + timedelta(days=draw.randrange(28)) for _ in people]
    pins = tuple(Pin(person.name, "off", day, day) for person, day in zip(people, on, strict=True))
    wish = Wish(people[0].name, "N", FIRST, FIRST + timedelta(days=27), draw.choice((2, 3)), against=True)
    either = Wish(people[1].name, "D", FIRST, FIRST + timedelta(days=9), 6, draw.random() < 0.5, ("N", "off"))
    quality = (
        WorkBlock(shortest=2, price=draw.choice((2, 5))),
        OffBlock(shortest=3, price=3, per_day=draw.random() < 0.5),
    )
    return replace(
        problem,
        pins=pins,
        wishes=(*problem.wishes, wish, either),
        quality=(*quality, FreeWeekends(one_in=1, price=7)),
        posts=tuple(
            made
            for post in problem.posts
            for made in singled_out(
                replace(post, people=post.people + (0 if post.hard else 3)),
                FIRST + timedelta(days=draw.randrange(28)),
                draw,
            )
        ),
    )


def calendars(given: Compiled, seed: int) -> list[list[Line]]:
    """Some lawful calendars: the first of the relaxation, and what best responses make of it."""
    state, relaxed, found = State(given.team, seed, Deadline(1e12)), relax(given.team), []
    assert relaxed is not None
    for deadline in (Deadline(0), Deadline(1e12)):
        begin(state, relaxed, deadline)
        found.append(list(state.lines))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_each_thing_costs_what_the_scorer_says(seed: int) -> None:
    problem = drawn(seed)
    empty = skeleton(problem)
    shares = shares_of(problem, empty)
    lines = {person.name: (OFF,) * empty.horizon.days for person in problem.people[seed::2]}
    like = Likeness(lines, 3)
    given = compile_team(problem, empty, Aims(shares, like=like))
    part = POINT / given.per_point
    kinds = set()
    for lines in calendars(given, seed):
        made = given.read(lines)
        assert not [one for one in check_roster(problem, made) if one.person is not None]
        found = terms(problem, made, shares, like)
        kinds |= {term.kind for term in found}
        for number, (member, line) in enumerate(zip(given.team.members, lines, strict=True)):
            priced = member.price(line)
            assert priced is not None
            duties = duty_price(problem) * POINT * sum(len(duty.parts) for duty in made.duties[number])
            mine = [term for term in found if term.person == member.name]
            assert priced.cost * part == pytest.approx(duties + sum(term.parts for term in mine))
            tallies = {
                t.name: (t, has)
                for t, has in zip(member.tallies, priced.sums, strict=True)
                if t.prices is not None
            }
            for share in (one for one in shares if one.person == member.name):
                tally, has = tallies[share.measure]
                assert tally.prices is not None
                amount = had(problem, made, number, share.measure)
                assert float(tally.prices[has]) * part == pytest.approx(share.cost(amount))
        posts = sum(term.parts for term in found if term.kind in ("empty", "over", "spared"))
        hard = empty_weighed(problem, made) / 60 * given.hard
        cover = State(given.team, 1, Deadline(0)).cover.of(given.team.counts(lines)) + given.team.constant
        assert cover * part == pytest.approx(posts + hard * part)
    assert {"rule", "wish", "share", "empty", "over", "rota", "duty"} <= kinds


def best(problem: Problem, shares: tuple) -> float:  # type: ignore[type-arg]
    """The proven least of two people's calendars, in points."""
    empty = replace(roster(problem, [word("-" * 4)] * 2), duties=(), horizon=cut(problem, 4))
    given = compile_team(problem, empty, Aims(shares))
    found = search(given.team, 20.0)
    assert found.optimal
    return given.points(found.value)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_asked_beside_never_makes_it_cheaper(seed: int) -> None:
    problem, shares = two_people(seed)
    before = best(problem, shares)
    monday = FRIDAY + timedelta(days=3)
    wish = Wish("Li", "N", FRIDAY, monday, 7)
    away = Restriction("Wang", Ban.DUTY, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=1))
    least = Count(of=Counted.NIGHTS, per=Per.CALENDAR, least=2, most=None)
    counted = replace(problem, types=tuple(replace(one, rules=(*one.rules, least)) for one in problem.types))
    for asked in (
        replace(problem, wishes=(*problem.wishes, wish)),
        problem.with_restrictions([away]),
        counted,
    ):
        assert best(asked, shares) >= before - 1e-6


def test_a_ledger_in_which_everybody_had_what_was_fair_changes_nothing() -> None:
    problem = team(12, 2, history=False)
    sums = tuple(Carried(measure, TENTHS * 4, TENTHS * 4) for measure in ("nights", "weekends", "holidays"))
    accounts = tuple(Account(person.name, FIRST - timedelta(days=28), 28, sums) for person in problem.people)
    even = shares_of(replace(problem, ledger=accounts), skeleton(problem))
    assert even == shares_of(problem, skeleton(problem))
    more = (Carried("nights", TENTHS * 6, TENTHS * 4),)
    uneven = replace(problem, ledger=(replace(accounts[-1], sums=more), *accounts[:-1]))
    assert shares_of(uneven, skeleton(problem)) != even
