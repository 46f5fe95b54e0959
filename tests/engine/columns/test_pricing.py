"""The shortest walk of one person against a list of every calendar, and what a team's calendar costs, term by term."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from roster.checker import check_roster
from roster.domain import rules
from roster.domain.fairness import HOURS, NIGHTS, POINT, TENTHS, WEEKENDS, Share, Total
from roster.domain.problem import Ban, Days, Person, Pin, Post, Problem, Restriction, Wish
from roster.domain.rules import Counted, Per
from roster.engine.columns.compile_team import Aims, Compiled, compile_team
from roster.engine.columns.fewest_empty import fewest_empty
from roster.engine.columns.generate import Deadline, generate
from roster.engine.columns.one_person_program import alone
from roster.engine.columns.pricing import Pricer
from roster.engine.columns.search import boxes, search
from roster.engine.columns.state import State
from roster.engine.columns.team import Line, Team
from roster.penalties import empty_hard, terms
from roster.scenario.build.posts import with_best
from tests.small import MONDAY, cut, post, roster, staff, word, words, world

FRIDAY = MONDAY + timedelta(days=4)
DAYS = 6

RULES: dict[str, tuple[rules.Rule, ...]] = {
    "rest": (rules.MinRest(minutes=11 * 60),),
    "blocks": (rules.WorkBlock(shortest=2, longest=3), rules.OffBlock(shortest=2)),
    "soft blocks": (rules.WorkBlock(shortest=2, price=7), rules.OffBlock(longest=2, price=3)),
    "weekends": (rules.FreeWeekends(one_in=2), rules.FreeWeekends(one_in=1, price=5)),
    "nights": (rules.MaxNights(nights=2), rules.RestAfterNights(minutes=24 * 60)),
    "counts": (
        rules.Count(of=Counted.NIGHTS, per=Per.CALENDAR, least=1, most=2),
        rules.Count(of=Counted.HOURS, per=Per.CALENDAR, least=16 * 60, most=32 * 60),
    ),
    "weekends counted": (rules.Count(of=Counted.WEEKENDS, per=Per.CALENDAR, most=0),),
}
SHARES = (
    Share("Li", HOURS, 30 * 60, 30 * 60, 10),
    Share("Li", NIGHTS, 15, 15, 10),
    Share("Li", WEEKENDS, 10, 10, 5),
)


def one_person(limits: tuple[rules.Rule, ...], *, leave: bool = False, short: int = 168) -> Problem:
    problem = world(
        staff("a", "DN", *limits, weekly_minutes=short * 60),
        posts=(post("day", 8, 8, "a"), post("night", 22, 8, "a")),
        start=FRIDAY,
        weeks=2,
        people=(Person("Li", "a"),),
        wishes=(Wish("Li", "D", FRIDAY, FRIDAY + timedelta(days=1), 4),),
    )
    away = Restriction("Li", Ban.DUTY, FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=3))
    return problem.with_restrictions([away]) if leave else problem


def compiled(problem: Problem, shares: tuple[Share, ...] = ()) -> Compiled:
    empty = replace(roster(problem, [word("-" * DAYS)] * len(problem.people)), duties=())
    return compile_team(problem, empty, Aims(shares))


def lawful(problem: Problem) -> set[Line]:
    """Every calendar that the independent checker accepts of the only person."""
    duties = problem.duties(problem.types[0])
    found = set()
    for line in words(duties, DAYS):
        if not any(one.person for one in check_roster(problem, roster(problem, [line]))):
            found.add(tuple(duties.index(duty) for duty in line))
    return found


@pytest.mark.parametrize("leave", [False, True])
@pytest.mark.parametrize("name", RULES)
def test_the_shortest_walk_is_the_cheapest_of_all_lawful_calendars(name: str, leave: bool) -> None:
    problem = one_person(RULES[name], leave=leave, short=40)
    team = compiled(problem, SHARES)
    member = team.team.members[0]
    assert list(team.duties[0]) == list(problem.duties(problem.types[0]))
    every = lawful(problem)
    assert every == {line for line in product(range(3), repeat=DAYS) if member.price(line) is not None}, (
        "the engine and the checker accept the same"
    )
    every_axis = all(tally.axis or not tally.hard for tally in member.tallies)
    generator = np.random.default_rng(5)
    for _ in range(3):
        prices = np.round(generator.integers(-40, 40, member.own.shape) * 1.0)
        slopes = np.zeros(len(member.tallies))
        cost = {line: _price(member, line, prices) for line in every}
        walks = Pricer(member, {}).shortest(member.own + prices, slopes, 3)
        assert walks.cost == pytest.approx(min(cost.values()))
        assert walks.lines[0] in every
        assert cost[walks.lines[0]] == pytest.approx(walks.cost)
        through = Pricer(member, {}).through(member.own + prices, slopes)
        for day, duty in product(range(DAYS), range(3)):
            best = min((value for line, value in cost.items() if line[day] == duty), default=np.inf)
            # Limits that are no axis of the table are left out of account: the value is a bound then.
            assert through.cells[day, duty] <= best + 1e-6
            assert through.cells[day, duty] == pytest.approx(best) or not every_axis
        assert through.cells.min(axis=1) == pytest.approx(np.full(DAYS, walks.cost))


@pytest.mark.parametrize("name", RULES)
def test_a_table_too_small_for_every_limit_gives_a_bound_and_lawful_calendars(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = one_person(RULES[name], short=40)
    member, every = compiled(problem).team.members[0], lawful(problem)
    monkeypatch.setattr("roster.engine.columns.pricing.CELLS", 0)
    prices = np.round(np.random.default_rng(7).integers(-40, 40, member.own.shape) * 1.0)
    walks = Pricer(member, {}).shortest(member.own + prices, np.zeros(len(member.tallies)), 3)
    cost = {line: _price(member, line, prices) for line in every}
    assert walks.cost <= min(cost.values()) + 1e-6
    assert set(walks.lines) <= every
    found = alone(member, member.own + prices)
    assert found is not None
    assert cost[found] == pytest.approx(min(cost.values()))


def _price(member: object, line: Line, prices: np.ndarray) -> float:  # type: ignore[type-arg]
    """What a calendar costs without the tallies that the master problem charges."""
    from roster.engine.columns.team import Member

    assert isinstance(member, Member)
    priced = member.price(line)
    assert priced is not None
    apart = sum(float(t.prices[0]) for t in member.tallies if t.prices is not None and not t.charged)
    return priced.column - apart + float(sum(prices[day, duty] for day, duty in enumerate(line)))


def singled_out(one: Post, on: date, draw: random.Random) -> Iterator[Post]:
    """A post with another number on one date, a best number, and a price of too many."""
    but, price = replace(one.days, but=frozenset([on])), draw.choice((1, 2))
    for own in (
        replace(one, days=but, over_price=price),
        replace(one, name=f"{one.name}@{on}", days=Days(dates=frozenset([on])), people=2, over_price=price),
    ):
        yield from with_best(own, own.people + draw.choice((0, 1)), 4)


def two_people(seed: int) -> tuple[Problem, tuple[Share, ...]]:
    """Two people, two kinds of posts, five days: few enough to list every calendar."""
    draw = random.Random(seed)
    limits = draw.choice(list(RULES.values()))[:1] if draw.random() < 0.6 else ()
    limits = tuple(rule for rule in limits if not isinstance(rule, rules.Count))
    hard = draw.random() < 0.5
    problem = world(
        staff("a", "DN", *limits),
        posts=(
            post("day", 8, 8, "a", people=draw.choice((1, 2)), hard=hard, price=0 if hard else 6),
            post("night", 22, 8, "a", hard=False, price=draw.choice((3, 9))),
        ),
        start=FRIDAY,
        people=(Person("Li", "a"), Person("Wang", "a")),
        wishes=(
            Wish("Wang", draw.choice("DN"), FRIDAY, FRIDAY + timedelta(days=2), draw.choice((5, 40))),
            Wish("Li", "N", FRIDAY, FRIDAY + timedelta(days=1), 6, seed % 3 == 0, ("off",)),
        ),
        quality=(rules.WorkBlock(shortest=2, price=2),),
    )
    if seed % 2:
        on = FRIDAY + timedelta(days=draw.randrange(3))
        problem = replace(
            problem, posts=tuple(new for one in problem.posts for new in singled_out(one, on, draw))
        )
    shares = (Share("Li", HOURS, 960, 960, 10), Share("Wang", NIGHTS, 12, 12, draw.choice((5, 30))))
    return problem, shares


@pytest.mark.parametrize("seed", range(8))
def test_value_and_bound_are_the_truth_on_calendars_that_can_all_be_listed(seed: int) -> None:
    problem, shares = two_people(seed)
    empty = replace(roster(problem, [word("-" * 4)] * 2), duties=(), horizon=cut(problem, 4))
    team = compile_team(problem, empty, Aims(shares))
    costs = _costs(problem, shares, team)
    best = min(costs.values())
    # An hour of a hard post costs more than all points together here, so the best calendar has the fewest.
    assert fewest_empty(team) <= best / team.hard * 60
    found = search(team.team, 20.0)
    assert found.optimal
    assert found.value == pytest.approx(best)
    state = State(team.team, 1, Deadline(1e12))
    generate(state.generator, Deadline(1e12), boxes(team.team), state.bound)
    assert state.bound.value <= best + 1e-6


@pytest.mark.parametrize(("seed", "better"), [(2, False), (4, True)])
def test_a_range_that_costs_nothing_is_no_place_for_mixtures_of_too_much_and_too_little(
    seed: int, better: bool
) -> None:
    problem, _ = two_people(seed)
    totals = tuple(Total(name, NIGHTS, 2, 3, 30) for name in ("Li", "Wang"))
    empty = replace(roster(problem, [word("-" * 4)] * 2), duties=(), horizon=cut(problem, 4))
    team = compile_team(problem, empty, Aims(totals=totals))
    nights = next(i for i, duty in enumerate(problem.duties(problem.types[0])) if duty.name == "N")
    best = min(
        cost
        + sum(total.cost(TENTHS * line.count(nights)) for total, line in zip(totals, lines, strict=True))
        / POINT
        * team.per_point
        for lines, cost in _costs(problem, (), team).items()
    )
    found = search(team.team, 20.0)
    assert found.optimal
    assert found.value == pytest.approx(best)
    assert all(tally.paid for member in team.team.members for tally in member.tallies if tally.name == NIGHTS)
    bounds = [bound_of(team.team), bound_of(mixed(team.team))]
    assert bounds[1] <= bounds[0] + 1e-6 <= best + 2e-6
    assert (bounds[1] < bounds[0] - 1) == better


def bound_of(team: Team) -> float:
    """The bound of the master problem, solved to its end."""
    state = State(team, 1, Deadline(1e12))
    assert generate(state.generator, Deadline(1e12), boxes(team), state.bound)
    return state.bound.value


def mixed(team: Team) -> Team:
    """The same team where the master problem pays for sums, for the mixture of calendars."""
    members = (
        replace(one, tallies=tuple(replace(tally, paid=False) for tally in one.tallies))
        for one in team.members
    )
    return replace(team, members=tuple(members))


def _costs(problem: Problem, shares: tuple[Share, ...], team: Compiled) -> dict[tuple[Line, ...], float]:
    """Every lawful calendar of two people with its cost as the independent scorer has it, in units of the engine."""
    duties, found = problem.duties(problem.types[0]), {}
    single = [
        line
        for line in words(duties, 4)
        if not any(v.person == "Li" for v in check_roster(problem, _two(problem, line, word("----"))))
    ]
    for one, other in product(single, repeat=2):
        given = _two(problem, one, other)
        points = sum(term.parts for term in terms(problem, given, shares)) / POINT
        hard = empty_hard(problem, given) / 60 * team.hard
        key = tuple(tuple(duties.index(duty) for duty in line) for line in (one, other))
        found[key] = hard + points * team.per_point
    return found


def _two(problem: Problem, one: object, other: object):  # type: ignore[no-untyped-def]
    return replace(roster(problem, [one, other]), horizon=cut(problem, 4))  # type: ignore[list-item]


@pytest.mark.parametrize("seed", range(4))
def test_the_engines_value_is_the_scorers_sum_of_terms(seed: int) -> None:
    problem, shares = two_people(seed)
    problem = replace(
        problem,
        pins=(Pin("Li", "N", FRIDAY + timedelta(days=6), FRIDAY + timedelta(days=6)),),
        carried=(("Li", word("--DD-N")), ("Wang", word("DD----"))),
    )
    empty = replace(roster(problem, [word("-" * 14)] * 2), duties=(), before=problem.before(problem.people))
    problem = replace(problem, dates=replace(problem.dates, weeks=2))
    empty = replace(empty, horizon=cut(problem, 14))
    team = compile_team(problem, empty, Aims(shares))
    found = search(team.team, 1.5)
    given = team.read(found.lines)
    points = sum(term.parts for term in terms(problem, given, shares)) / POINT
    assert found.value == pytest.approx(empty_hard(problem, given) / 60 * team.hard + points * team.per_point)
    assert not any(one.person for one in check_roster(problem, given))


def test_a_share_costs_more_the_further_away_one_is() -> None:
    share = Share("Li", NIGHTS, target=55, fair=55, price=10)
    at = [share.cost(TENTHS * nights) / POINT for nights in range(4, 9)]
    assert at == [20.0, 5.0, 5.0, 20.0, 45.0]
