"""
Make or buy: in-house headcount and cost as windows, posts and roles go to vendors; and when a seat stops paying.

What may be bought is swept; for each purchase every staffing worth having is found and proven, from the fewest
in-house people to the lowest cost. Points that another beats in people, vendors and cost at once are left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from itertools import product

from roster.domain.costs import Cost, headcount_of, monthly_cost
from roster.domain.outcome import Headcount, Progress, ProofKind, SeatUse, SolveOptions, Status, Tell, weakest
from roster.domain.problem import Days, Problem, Seat
from roster.engine.rotation import SearchRun, Staffing, Staffings, split, staffings
from roster.engine.solvers.mip import SECOND
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.frontier.offers import Market, Offer, cut

MOST_PURCHASES = 48
"""Purchases swept at most; of more, those of several posts at once are left to one kind for all."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: offers, and whether vendors' resident staff may be taken as well."""

    offers: tuple[Offer, ...]
    residents: bool

    @property
    def fee(self) -> int:
        """Of all its offers, a month."""
        return sum(offer.fee for offer in self.offers)

    @property
    def seats(self) -> int:
        """Vendor seats: places bought, however many stretches each has."""
        return sum(offer.places for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Point:
    """
    One staffing with one purchase.

    `headcount` counts people; `cost` is a month's, the offers' fees as its seats. `kind` is what the least in-house
    number rests on.
    """

    purchase: Purchase
    headcount: Headcount
    cost: Cost
    kind: ProofKind

    @property
    def vendor(self) -> int:
        """Vendor seats and resident people."""
        return self.headcount.vendor + self.purchase.seats

    @property
    def measures(self) -> tuple[int, int, int]:
        """What points are compared by: in-house people, vendors, cost."""
        return self.headcount.in_house, self.vendor, self.cost.total


@dataclass(frozen=True, slots=True)
class BreakEven:
    """
    The fee at which one offer stops paying: what the cheapest staffing costs without it, less with it for nothing.

    `saved` are in-house people: the fewest without it less the fewest with it.
    """

    offer: Offer
    fee: int
    saved: int

    @property
    def pays(self) -> bool:
        """Whether the fee asked is below it."""
        return self.offer.fee < self.fee


@dataclass(frozen=True, slots=True)
class Frontier:
    """
    The points that no other beats, the fewest in-house people last.

    `considered` purchases; `impossible` of them cannot be staffed, `undecided` were not finished in time; `dominated`
    counts the points left out.
    """

    problem: Problem
    market: Market
    status: Status
    points: tuple[Point, ...]
    break_even: tuple[BreakEven, ...]
    considered: int
    impossible: int
    undecided: int
    dominated: int
    solved: int = 0
    seconds: float = 0.0
    solver: str = SECOND


def frontier(
    problem: Problem, market: Market, options: SolveOptions, progress: Tell | None, executor: Executor
) -> Frontier:
    """
    Sweep what may be bought and return the points worth having, each proven.

    Parameters
    ----------
    problem, market : The scenario, and what may be bought at which price.
    options, progress : Time limit and settings, and whom to tell how it goes.
    executor : Who solves the purchases.
    """
    began = time.monotonic()
    asked = purchases(market)
    every = _solved(problem, asked, options, progress, executor)
    points = [
        point
        for purchase, parts in zip(asked, every, strict=True)
        if all(part.status is Status.OPTIMAL for part in parts)
        for point in _points(problem, purchase, parts)
    ]
    impossible = sum(any(part.status is Status.INFEASIBLE for part in parts) for parts in every)
    decided = sum(all(part.status is Status.OPTIMAL for part in parts) for parts in every)
    undecided = len(asked) - impossible - decided
    best = _worth_having(points)
    status = Status.OPTIMAL if not undecided else Status.FEASIBLE if best else Status.UNKNOWN
    return Frontier(
        problem=problem,
        market=market,
        status=Status.INFEASIBLE if impossible == len(asked) else status,
        points=tuple(best),
        break_even=tuple(_break_evens(market, asked, points)),
        considered=len(asked),
        impossible=impossible,
        undecided=undecided,
        dominated=len(points) - len(best),
        solved=len({id(part) for parts in every for part in parts}),
        seconds=time.monotonic() - began,
    )


def purchases(market: Market) -> list[Purchase]:
    """
    Return what is swept: nothing first, then for each post one offer or none, in every combination.

    Where those are too many: each offer alone, then one kind for all the posts that have it.
    """
    by_post: dict[str, list[tuple[Offer, ...]]] = {}
    for offer in market.offers:
        by_post.setdefault(offer.post, [()]).append((offer,))
    most = MOST_PURCHASES // (2 if market.residents else 1)
    count = 1
    for choices in by_post.values():
        count *= len(choices)
    if count <= most:
        sets = [tuple(offer for one in chosen for offer in one) for chosen in product(*by_post.values())]
    else:
        alone = [(offer,) for offer in market.offers]
        sets = list(dict.fromkeys([(), *alone, *_of_one_kind(market)]))
    with_residents = (False, True) if market.residents else (False,)
    # What little time is left without an answer is best the purchases of many offers.
    sets.sort(key=len)
    return [Purchase(offers, residents) for offers in sets for residents in with_residents]


def _of_one_kind(market: Market) -> Iterator[tuple[Offer, ...]]:
    """Yield offers of one kind for all posts that have it, as many places of each as there are."""
    for kind in dict.fromkeys(offer.kind for offer in market.offers):
        same: dict[str, Offer] = {}
        for offer in market.offers:
            if offer.kind == kind and (offer.post not in same or offer.places > same[offer.post].places):
                same[offer.post] = offer
        yield tuple(same.values())


def _offered(problem: Problem, purchase: Purchase) -> Problem:
    """Return the problem with exactly what is bought."""
    types = tuple(
        one if purchase.residents or not problem.is_vendor(one) else replace(one, minimum=0, maximum=0)
        for one in problem.types
    )
    bought = {offer.post: offer for offer in purchase.offers}
    posts = tuple(
        part
        for post in problem.posts
        for part in (cut(post, bought[post.name]) if post.name in bought else [post])
    )
    # The posts are cut already: these seats fill nothing, but each place has to be directed.
    seats = tuple(Seat(one.name, one.post, 0, one.places, Days()) for one in purchase.offers)
    return replace(problem, types=types, posts=posts, seats=seats)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One part of one purchase: plain data, for an executor may be of other processes."""

    problem: Problem
    options: SolveOptions


def _staffed(asked: _Ask) -> Staffings:
    now = time.monotonic()
    return staffings(asked.problem, SearchRun(now, Search(asked.options, asked.options.ends(now)), _nobody))


def _nobody(_progress: Progress) -> None:
    """Take a sign of life that nobody watches."""


def _solved(
    problem: Problem,
    asked: Sequence[Purchase],
    options: SolveOptions,
    progress: Tell | None,
    executor: Executor,
) -> list[list[Staffings]]:
    """Solve the parts of every purchase, each different one once; parts that nothing is bought of are the same."""
    began = time.monotonic()
    running: dict[object, Future[Staffings]] = {}
    parts: list[list[object]] = []
    for purchase in asked:
        keys = []
        for part in split(_offered(problem, purchase)):
            key = _key(part)
            keys.append(key)
            if key not in running:
                running[key] = executor.submit(_in_time, _Ask(part, options), began)
        parts.append(keys)
    done: dict[object, Staffings] = {}
    for number, (key, future) in enumerate(running.items(), start=1):
        done[key] = future.result()
        if progress is not None:
            stage = tr("frontier.stage", number=number, all=len(running))
            progress(Progress(stage, None, None, time.monotonic() - began))
    return [[done[key] for key in keys] for keys in parts]


def _in_time(asked: _Ask, began: float) -> Staffings:
    """Solve in what is left of the time for the whole question; nothing is begun when it is over."""
    left = asked.options.ends(began) - time.monotonic()
    if left <= 0:
        return Staffings(Status.UNKNOWN)
    return _staffed(_Ask(asked.problem, replace(asked.options, time_limit_s=left, until=None)))


def _key(part: Problem) -> object:
    """What makes two parts ask the same: who, what, and what is bought, whatever its name."""
    seats = tuple((seat.post, seat.maximum) for seat in part.seats)
    types = tuple((one.name, one.minimum, one.maximum) for one in part.types)
    return types, part.posts, seats


def _points(problem: Problem, purchase: Purchase, parts: Sequence[Staffings]) -> Iterator[Point]:
    """Yield the staffings of a purchase: one of each part, in every combination."""
    for chosen in product(*(part.found for part in parts)):
        people = {name: number for one in chosen for name, number in one.people.items()}
        yield _point(problem, purchase, people, chosen)


def _point(
    problem: Problem, purchase: Purchase, people: Mapping[str, int], chosen: Iterable[Staffing]
) -> Point:
    by_type = {one.name: people.get(one.name, 0) for one in problem.types}
    # Each place bought is directed once, however many stretches of the week it has.
    uses = tuple(SeatUse(offer.name, offer.places) for offer in purchase.offers)
    head = headcount_of(problem, by_type, uses)
    cost = monthly_cost(replace(problem, seats=()), head)
    kind = weakest(one.kind for one in chosen)
    return Point(purchase, head, replace(cost, seats=purchase.fee), kind)


def _worth_having(points: Sequence[Point]) -> list[Point]:
    """Return the points that no other beats or equals in everything, most in-house people first."""
    kept: dict[tuple[int, int, int], Point] = {}
    for point in sorted(points, key=lambda one: (one.measures, len(one.purchase.offers))):
        kept.setdefault(point.measures, point)
    best = [one for one in kept.values() if not any(_beats(other, one) for other in kept.values())]
    return sorted(best, key=lambda one: (-one.headcount.in_house, one.cost.total))


def _beats(one: Point, other: Point) -> bool:
    return one.measures != other.measures and all(
        mine <= theirs for mine, theirs in zip(one.measures, other.measures, strict=True)
    )


def _break_evens(market: Market, asked: Sequence[Purchase], points: Sequence[Point]) -> Iterator[BreakEven]:
    """
    Yield for each offer by itself the fee at which the cheapest staffing with it costs what it costs without.

    Only where every way to have it, and every way to buy no seat, was decided.
    """
    decided = {id(point.purchase) for point in points}
    without = _of_all((), asked, points, decided)
    for offer in market.offers if without else ():
        having = _of_all((offer,), asked, points, decided)
        if having:
            least = min(point.cost.total - point.purchase.fee for point in having)
            cost = min(point.cost.total for point in without)
            fewest = min(point.headcount.in_house for point in without)
            saved = fewest - min(point.headcount.in_house for point in having)
            yield BreakEven(offer, cost - least, saved)


def _of_all(
    offers: tuple[Offer, ...], asked: Sequence[Purchase], points: Sequence[Point], decided: set[int]
) -> list[Point]:
    """Return the points that buy just these offers; none unless all their purchases were decided."""
    ways = [purchase for purchase in asked if purchase.offers == offers]
    if not all(id(purchase) in decided for purchase in ways):
        return []
    return [point for point in points if point.purchase.offers == offers]
