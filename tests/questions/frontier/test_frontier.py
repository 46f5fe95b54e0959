"""Make or buy: by listing every staffing of every purchase, by its properties, and by what may never be sold."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import Control, Days, Problem, Role, Seat
from roster.errors import Faults
from roster.questions.frontier.answer import Frontier, frontier, purchases
from roster.questions.frontier.offers import Market, Offer, cut, market
from roster.questions.frontier.request import Wishes, parse_market
from tests.questions.plan.test_headcount import few, problems
from tests.questions.test_brute_force import held_by
from tests.small import ONE_WORKER, H, post, staff, world

SUNDAY = Days(weekdays=frozenset({6}))
WEEKEND = Days(weekdays=frozenset({5, 6}))
MONDAY_AND_SUNDAY = Days(weekdays=frozenset({0, 6}))


def swept(
    problem: Problem, fees: Mapping[str, int] | None = None, options: SolveOptions = ONE_WORKER
) -> Frontier:
    with ThreadPoolExecutor(1) as executor:
        return frontier(problem, market(problem, fees), options, None, executor)


def least_cost(answer: Frontier) -> int:
    return min(point.cost.total for point in answer.points)


def two_types() -> Problem:
    """A desk on two days that vendors may hold, beside a post that they may not; one type is dear and flexible."""
    return world(
        staff("a", "D", skills=frozenset({"a"}), cost=10, net_minutes=8 * H, maximum=2),
        staff("b", "D", skills=frozenset({"a", "b"}), cost=17, net_minutes=16 * H, maximum=2),
        posts=(
            post("desk", 8, 8, "a", days=MONDAY_AND_SUNDAY, people=1, vendor=True),
            post("core", 8, 8, "b", days=SUNDAY),
        ),
        control=Control(percent=0),
    )


def listed(problem: Problem, fees: Mapping[str, int]) -> set[tuple[int, int, int]]:
    """Return the points that none beats, by listing staffings and asking the checker; the posts are cut by hand."""
    desk, core = problem.posts
    left = {
        "": (desk,),
        "desk:whole": (),
        "desk:weekends": (replace(desk, days=Days(weekdays=frozenset({0}))),),
    }
    found = set()
    for name, posts in left.items():
        for numbers in product(range(3), repeat=2):
            people = dict(zip(("a", "b"), numbers, strict=True))
            if held_by(replace(problem, posts=(*posts, core)), people):
                cost = sum(problem.type[one].cost * number for one, number in people.items())
                found.add((sum(numbers), int(bool(name)), cost + fees.get(name, 0)))
    return {
        one
        for one in found
        if not any(all(x <= y for x, y in zip(other, one, strict=True)) for other in found - {one})
    }


@pytest.mark.parametrize("fees", [(1, 1), (9, 3), (12, 8), (40, 40)])
def test_the_points_are_those_that_listing_finds(fees: tuple[int, int]) -> None:
    problem = two_types()
    named = dict(zip(("desk:whole", "desk:weekends"), fees, strict=True))
    answer = swept(problem, named)
    assert answer.status is Status.OPTIMAL
    assert {point.measures for point in answer.points} == listed(problem, named)


def test_the_break_even_fee_is_where_buying_stops_paying() -> None:
    problem = two_types()
    answer = swept(problem, {"desk:whole": 1, "desk:weekends": 1})
    alone = least_cost(swept(replace(problem, posts=tuple(replace(p, vendor=False) for p in problem.posts))))
    for one in answer.break_even:
        only = [offer for offer in market(problem).offers if offer.name == one.offer.name]
        for fee, pays in ((one.fee - 1, True), (one.fee, False)):
            offers = tuple(replace(offer, fee=fee) for offer in only)
            with ThreadPoolExecutor(1) as executor:
                again = frontier(problem, Market(offers), ONE_WORKER, None, executor)
            assert (least_cost(again) < alone) is pays
            assert again.break_even[0].pays is pays
    assert {one.offer.name for one in answer.break_even} == {"desk:whole", "desk:weekends"}


@given(problems(), st.integers(0, 60), st.integers(0, 60))
@settings(few, max_examples=8)
def test_a_cheaper_vendor_never_raises_the_cost(problem: Problem, one: int, other: int) -> None:
    bought = replace(
        problem,
        posts=tuple(replace(each, vendor=each.name == "p0") for each in problem.posts),
        types=tuple(replace(each, cost=20 + 7 * at) for at, each in enumerate(problem.types)),
    )
    offers = tuple(offer for offer in market(bought).offers if offer.kind in ("whole", "nights"))[:2]
    asked = Market(tuple(replace(offer, fee=max(one, other)) for offer in offers))
    cheaper = Market(tuple(replace(offer, fee=min(one, other)) for offer in offers))
    with ThreadPoolExecutor(1) as executor:
        dear = frontier(bought, asked, ONE_WORKER, None, executor)
        cheap = frontier(bought, cheaper, ONE_WORKER, None, executor)
    assert dear.status is cheap.status
    assert dear.undecided == 0
    if dear.points:
        assert least_cost(cheap) <= least_cost(dear)
        assert min(p.headcount.in_house for p in cheap.points) == min(
            p.headcount.in_house for p in dear.points
        )


def test_a_place_is_directed_once_however_many_stretches_it_has() -> None:
    problem = world(
        staff("a", "EDAN", cost=30),
        posts=(
            post("desk", 0, 24, days=Days(workdays=True, restdays=True), vendor=True),
            post("office", 8, 8, days=Days(workdays=True)),
        ),
        control=Control(percent=10),
    )
    (offer,) = [offer for offer in market(problem).offers if offer.kind == "off_hours"]
    assert len({(start, end) for _, start, end in offer.cells}) == 3
    with ThreadPoolExecutor(1) as executor:
        answer = frontier(problem, Market((replace(offer, fee=1),)), ONE_WORKER, None, executor)
    assert {point.cost.control for point in answer.points if point.purchase.offers} == {3}


def test_directing_takes_hours_once_for_each_place() -> None:
    problem = world(
        staff("a", "D", net_minutes=20 * H, maximum=2),
        posts=(
            post("desk", 0, 24, days=Days(weekdays=frozenset({0})), people=2, vendor=True),
            post("office", 8, 8, days=MONDAY_AND_SUNDAY),
        ),
        control=Control(percent=10),
    )
    cells = frozenset({(0, 0, 8 * H), (0, 8 * H, 24 * H)})
    for places, people in ((2, {2}), (1, set())):
        offer = Offer("o", "desk", "part", places, cells, 1, "option")
        with ThreadPoolExecutor(1) as executor:
            answer = frontier(problem, Market((offer,)), ONE_WORKER, None, executor)
        assert {point.headcount.in_house for point in answer.points} == people
    once = replace(problem, posts=(replace(problem.posts[0], people=1), problem.posts[1]))
    with ThreadPoolExecutor(1) as executor:
        offer = Offer("o", "desk", "part", 1, cells, 1, "option")
        answer = frontier(once, Market((offer,)), ONE_WORKER, None, executor)
    assert {point.headcount.in_house for point in answer.points} == {1}


def test_fewer_people_may_cost_more_and_both_are_shown() -> None:
    days = Days(weekdays=frozenset({0}))
    problem = world(
        staff("a", "D", cost=10, net_minutes=8 * H, maximum=2),
        staff("b", "D", skills=frozenset({"a"}), cost=30, net_minutes=16 * H, maximum=2),
        posts=(post("desk", 8, 8, days=days, vendor=True), post("core", 8, 8, days=SUNDAY)),
        control=Control(percent=0),
    )
    answer = swept(problem, {"desk:whole": 5})
    # One b holds both days at 30; two a hold a day each at 20; with the desk bought one a is enough.
    assert [point.measures for point in answer.points] == [(2, 0, 20), (1, 1, 15), (1, 0, 30)]
    assert [(one.fee, one.saved) for one in answer.break_even] == [(10, 0)]


def test_what_is_left_of_a_post_is_all_that_was_not_bought() -> None:
    desk = post("desk", 16, 16, people=3, days=WEEKEND)
    cells = frozenset({(5, 22 * H, 32 * H), (6, 16 * H, 32 * H)})
    anchor, *parts = cut(desk, Offer("night", "desk", "part", 2, cells, 1, "option"))
    assert anchor.days == Days()
    told = {(tuple(sorted(part.days.weekdays)), part.start, part.length, part.people) for part in parts}
    assert told == {((5,), 16 * H, 6 * H, 3), ((5,), 22 * H, 10 * H, 1), ((6,), 16 * H, 16 * H, 1)}


def test_core_work_and_exclusive_roles_are_never_for_sale() -> None:
    problem = replace(two_types(), roles=(Role("b", in_house=True), Role("a", exclusive=True)))
    assert market(problem).offers == ()
    with pytest.raises(Faults, match="core work"):
        parse_market(problem, Wishes(may_buy=("core",)))
    assert len(purchases(market(problem))) == 1


def test_fees_come_from_the_option_the_scenario_or_an_assumption() -> None:
    problem = replace(two_types(), seats=(Seat("service", "desk", 80, 0),))
    offers = {offer.name: offer for offer in market(problem).offers}
    assert {name: (one.kind, one.fee, one.origin) for name, one in offers.items()} == {
        "service": ("whole", 80, "scenario"),
        "desk:weekends": ("weekends", 40, "by_hour"),
    }
    stated = {offer.name: offer for offer in market(problem, {"service": 60, "desk:weekends": 7}).offers}
    assert {(one.fee, one.origin) for one in stated.values()} == {(60, "option"), (7, "option")}
    bare = market(two_types())
    assert {one.origin for one in bare.offers} == {"tier"}
    assert bare.tier == "county"


def test_residents_are_swept_with_and_without_and_kept_to_a_tenth() -> None:
    problem = two_types()
    resident = staff(
        "r", "D", skills=frozenset({"a"}), cost=3, employer="vendor", net_minutes=8 * H, maximum=2
    )
    both = replace(problem, types=(*problem.types, resident))
    free = swept(both, {"desk:whole": 100, "desk:weekends": 100})
    assert least_cost(free) == 17 + 3
    assert {point.purchase.residents for point in free.points} == {False, True}
    meant, offered = parse_market(both, Wishes(staff=9))
    assert meant.type["r"].maximum == 0
    assert offered.residents == ()


def test_posts_that_nobody_could_hold_are_impossible_until_bought() -> None:
    problem = world(
        staff("a", "D", cost=5, maximum=1),
        posts=(post("p", 8, 8, days=SUNDAY), post("q", 8, 8, days=SUNDAY, vendor=True)),
    )
    answer = swept(problem, {"q": 4})
    assert (answer.status, answer.impossible) == (Status.OPTIMAL, 1)
    assert [point.measures for point in answer.points] == [(1, 1, 9)]
    assert answer.break_even == ()
    never = swept(replace(problem, posts=tuple(replace(p, vendor=False) for p in problem.posts)))
    assert (never.status, never.points) == (Status.INFEASIBLE, ())


def test_out_of_time_decides_nothing_and_claims_nothing() -> None:
    answer = swept(two_types(), options=SolveOptions(time_limit_s=1e-9, workers=1))
    assert (answer.status, answer.points, answer.break_even) == (Status.UNKNOWN, (), ())
    assert answer.undecided == answer.considered
