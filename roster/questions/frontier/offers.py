"""
What could be bought: seats on offer in the scenario, and parts of posts that vendors may hold; at what fee.

A post that allows vendors may go to one whole, at night, at weekends, or outside working hours. Fees that nobody stated
are assumptions and say so: of the scenario's own seat by the hour, or the reference figures of the tier whose wages are
nearest (facts.md 5.8: prices seen in tenders and job markets, as ranges; the middle is taken).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from roster.domain.horizon import SATURDAY, ring, seat_window
from roster.domain.problem import DAILY, DAY, WEEK, Days, Post, Problem, Seat, StaffType
from roster.domain.titles import Named
from roster.questions.service import MissingPeople, PostService, held_parts

RESTDAYS = Days(restdays=True, holidays=True)
WORKDAYS = Days(workdays=True)
KINDS = ("whole", "off_hours", "nights_weekends", "nights", "weekends")
"""Parts of a post's time that may be bought, the largest first."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Reference fees of one hospital tier, CNY a month: for average wages up to `wage`."""

    name: str
    wage: int
    on_site: int
    remote: int


TIERS = (
    Tier("county", 10_500, 46_500, 9_000),
    Tier("city_secondary", 15_000, 51_000, 13_000),
    Tier("tertiary", 10**9, 61_500, 22_500),
)
"""Middle of 38-55, 42-60, 48-75 thousand for a seat around the clock; 6-12, 8-18, 15-30 for one at a distance."""


Cells = frozenset[tuple[int, int, int]]
"""Stretches of a post's time: weekday, start and end after its midnight."""


@dataclass(frozen=True, slots=True)
class Offer(Named):
    """
    Something that may be bought whole: places of one post for part of its time.

    `cells` are its stretches in an ordinary week; `fee` is for all of it; `origin` is `scenario`, `option`, `by_hour`
    (of a seat of the scenario) or `tier` (a reference figure): the last two are assumptions.
    """

    name: str
    post: str
    kind: str
    places: int
    cells: Cells
    fee: int
    origin: str
    title: str = ""

    @property
    def minutes(self) -> int:
        """Minutes a week of one place."""
        return minutes_of(self.cells)

    @property
    def assumed(self) -> bool:
        """Whether the fee is an assumption."""
        return self.origin in ("by_hour", "tier")


@dataclass(frozen=True, slots=True)
class Market:
    """Everything on offer: parts of posts, and vendors' resident staff; `tier` where its figures were used."""

    offers: tuple[Offer, ...]
    residents: tuple[StaffType, ...] = ()
    tier: str = ""
    fees: Mapping[str, int] = field(default_factory=dict)


def market(problem: Problem, fees: Mapping[str, int] | None = None) -> Market:
    """
    Return what a scenario lets be bought.

    Parameters
    ----------
    fees : Fees stated by the user, a month: of an offer, or of a post around its whole time, by name.
    """
    stated = dict(fees or {})
    tier = tier_of(problem)
    posts = [post for post in problem.posts if buyable(problem, post)]
    offers = [offer for post in posts for offer in _of_post(problem, post, tier, stated)]
    residents = tuple(one for one in problem.types if problem.is_vendor(one) and one.maximum > 0)
    used = tier.name if any(offer.origin == "tier" for offer in offers) else ""
    return Market(tuple(offers), residents, tier=used, fees=stated)


def buyable(problem: Problem, post: Post) -> bool:
    """Whether a vendor may hold a post: it says so, and none of its roles is core work or exclusive."""
    kept = {role.name for role in problem.roles if role.in_house or role.exclusive}
    return post.vendor and kept.isdisjoint(post.roles)


def tier_of(problem: Problem) -> Tier:
    """Return the tier whose wages are nearest to the scenario's average."""
    wages = [one.cost for one in problem.types if one.cost and not problem.is_vendor(one)]
    mean = sum(wages) / len(wages) if wages else 10**9
    return next(tier for tier in TIERS if mean <= tier.wage)


def _of_post(problem: Problem, post: Post, tier: Tier, stated: Mapping[str, int]) -> Iterator[Offer]:
    """Yield the scenario's seats for a post, then the parts of it that no seat of the scenario is."""
    own = [seat for seat in problem.seats if seat.post == post.name]
    known: set[tuple[Cells, int]] = set()
    for seat in own:
        cells = _cells(post, (seat,))
        fee = stated.get(seat.name, seat.cost)
        if cells:
            known.add((cells, 1))
            origin = "option" if seat.name in stated else "scenario"
            yield Offer(seat.name, post.name, _kind(post, cells), 1, cells, fee, origin, seat.title)
    price = _Price(post, own, tier, stated)
    for kind, windows in _windows(problem, post).items():
        cells = _cells(post, [_stretch(post, *window) for window in windows])
        for places in sorted({1, post.people}):
            if (cells, places) not in known and cells:
                known.add((cells, places))
                name = f"{post.name}:{kind}" + (f":{places}" if post.people > 1 else "")
                fee, origin = price.of(name, minutes_of(cells), places)
                yield Offer(name, post.name, kind, places, cells, fee, origin)


def _stretch(post: Post, days: Days, start: int, length: int) -> Seat:
    return Seat("", post.name, 0, 1, days, start % DAY, length)


def cut(post: Post, offer: Offer) -> list[Post]:
    """
    Return what is left of a post once an offer is bought, in parts with as many people each.

    The post itself comes first, needed on no day: whatever belongs to it still has it.
    """
    gaps = tuple(MissingPeople(day, start, end, offer.places) for day, start, end in sorted(offer.cells))
    alike: dict[tuple[int, int, int], Post] = {}
    for part, _, _ in held_parts(PostService(post, 0, gaps)):
        key = (part.start, part.length, part.people)
        before = alike.get(key)
        days = part.days.weekdays | (before.days.weekdays if before else frozenset())
        alike[key] = replace(part, days=Days(weekdays=days))
    return [replace(post, days=Days()), *alike.values()]


def _cells(post: Post, seats: Iterable[Seat]) -> Cells:
    week = ring()
    found: dict[int, list[tuple[int, int]]] = {}
    for seat in seats:
        start, end = seat_window(post, seat)
        for day in range(7):
            if start < end and week.needs(post.days, day) and week.needs(seat.days, day):
                found.setdefault(day, []).append((start, end))
    return frozenset((day, start, end) for day, spans in found.items() for start, end in _joined(spans))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def minutes_of(cells: Cells) -> int:
    """Return the minutes a week of some stretches."""
    return sum(end - start for _, start, end in cells)


def _kind(post: Post, cells: Cells) -> str:
    return "whole" if cells == _cells(post, (Seat("", post.name, 0),)) else "part"


Windows = list[tuple[Days, int, int]]


def _windows(problem: Problem, post: Post) -> dict[str, Windows]:
    """Return the parts of a post's time that make sense to buy, as days, start and length."""
    night = _nights(problem, post)
    office = _office(problem, post)
    whole: Windows = [(DAILY, post.start, post.length)]
    weekend: Windows = [(RESTDAYS, post.start, post.length)]
    nights: Windows = [(DAILY, start, end - start) for start, end in night]
    week = ring()
    needed = [week.needs(post.days, day) for day in range(7)]
    both = any(needed[:SATURDAY]) and any(needed[SATURDAY:])
    found = {"whole": whole}
    if office and both:
        rest = _outside(post, office)
        found["off_hours"] = [*weekend, *((WORKDAYS, start, end - start) for start, end in rest)]
    if nights and both:
        weekday_nights: Windows = [(WORKDAYS, start, length) for _, start, length in nights]
        found["nights_weekends"] = [*weekend, *weekday_nights]
    if nights:
        found["nights"] = nights
    if both:
        found["weekends"] = weekend
    return found


def _nights(problem: Problem, post: Post) -> list[tuple[int, int]]:
    """Return the stretches of a post's window that night shifts work, not all of it."""
    spans = [
        (max(post.start, shift.start + turn), min(post.end, shift.end + turn))
        for shift in problem.shifts
        if shift.on_site and shift.night
        for turn in (-DAY, 0, DAY)
    ]
    joined = _joined([span for span in spans if span[0] < span[1]])
    return [] if joined == [(post.start, post.end)] else joined


def _office(problem: Problem, post: Post) -> tuple[int, int] | None:
    """Return the working hours within a post's window: those of the other posts of working days."""
    week = ring()
    others = [
        other
        for other in problem.posts
        if other.on_site and other.name != post.name and other.end <= DAY and not week.needs(other.days, 5)
    ]
    if not others:
        return None
    start, end = min(other.start for other in others), max(other.end for other in others)
    start, end = max(start, post.start), min(end, post.end)
    return (start, end) if start < end and (start, end) != (post.start, post.end) else None


def _outside(post: Post, office: tuple[int, int]) -> list[tuple[int, int]]:
    edges = [post.start, *office, post.end]
    return [(start, end) for at, (start, end) in enumerate(pairwise(edges)) if at != 1 and start < end]


@dataclass(frozen=True, slots=True)
class _Price:
    """How the fee of a part of one post is made."""

    post: Post
    own: Sequence[Seat]
    tier: Tier
    stated: Mapping[str, int]

    def of(self, name: str, minutes: int, places: int) -> tuple[int, str]:
        """Return the fee of an offer and where it comes from."""
        whole = minutes_of(_cells(self.post, (Seat("", self.post.name, 0),)))
        if name in self.stated:
            return self.stated[name], "option"
        if self.post.name in self.stated:
            return round(self.stated[self.post.name] * places * minutes / whole), "option"
        full = [
            seat for seat in self.own if _kind(self.post, _cells(self.post, (seat,))) == "whole" and seat.cost
        ]
        if full:
            return round(full[0].cost * places * minutes / whole), "by_hour"
        fee = self.tier.on_site if self.post.on_site else self.tier.remote
        return round(fee * places * minutes / WEEK), "tier"
