"""
The ordinary week as a proof sees it: stretches of time, who is wanted in each, and whose duties reach into it.

Written from the problem's data alone. Days and minutes go round: Sunday's night reaches into Monday morning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from roster.checker import may_hold
from roster.domain.horizon import ring, seat_window
from roster.domain.problem import DAY, WEEK, Post, Problem

MANY_POSTS = 12
"""Up to so many posts at once, every set that one person may hold is listed."""


@dataclass(frozen=True, slots=True)
class Present:
    """People of a type on a duty of a weekday, and the posts that they could hold."""

    type: str
    weekday: int
    duty: int
    able: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    Minutes [start, end) of the week in which nobody and nothing comes or goes.

    `wanted` says how many people each post wants, `seats` which vendor seats fill a place of it.
    """

    start: int
    end: int
    wanted: dict[str, int]
    seats: dict[str, tuple[str, ...]]
    present: tuple[Present, ...]

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


def round_the_week(weekday: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """
    Yield where minutes of a weekday lie in the week: in pieces, and more than once where they are longer than it.

    Parameters
    ----------
    weekday : 0 is Monday.
    start, end : Minutes after its midnight; the end may lie on a later day.

    >>> list(round_the_week(6, 16 * 60, 32 * 60))
    [(9600, 10080), (0, 480)]
    """
    start, end = weekday * DAY + start, weekday * DAY + end
    for turn in range(start // WEEK, -(-end // WEEK)):
        yield max(start - turn * WEEK, 0), min(end - turn * WEEK, WEEK)


def stretches(problem: Problem) -> tuple[Stretch, ...]:
    """Return the stretches of the week in which some post is wanted, in order of time."""
    wanted, seated, there = _wanted(problem), _seated(problem), _there(problem)
    cuts = {0, WEEK} | {edge for each in (wanted, seated, there) for window in each for edge in window[:2]}
    found = []
    for start, end in pairwise(sorted(cuts)):
        places = {name: people for left, right, name, people in wanted if left <= start < right}
        if not places:
            continue
        seats: defaultdict[str, list[str]] = defaultdict(list)
        for left, right, post, seat in seated:
            if left <= start < right and post in places:
                seats[post].append(seat)
        present = [
            Present(who.type, who.weekday, who.duty, who.able.intersection(places))
            for left, right, who in there
            if left <= start < right and not who.able.isdisjoint(places)
        ]
        filled = {name: tuple(names) for name, names in seats.items()}
        found.append(Stretch(start, end, places, filled, tuple(present)))
    return tuple(found)


def _wanted(problem: Problem) -> list[tuple[int, int, str, int]]:
    week = ring()
    return [
        (start, end, post.name, post.people)
        for post in problem.posts
        for day in range(7)
        if week.needs(post.days, day)
        for start, end in round_the_week(day, post.start, post.end)
    ]


def _seated(problem: Problem) -> list[tuple[int, int, str, str]]:
    week, found = ring(), []
    for seat in problem.seats:
        post = problem.post.get(seat.post)
        for day in range(7) if post is not None else ():
            assert post is not None
            if week.needs(post.days, day) and week.needs(seat.days, day):
                first, last = seat_window(post, seat)
                pieces = round_the_week(day, first, last) if first < last else ()
                found += [(start, end, post.name, seat.name) for start, end in pieces]
    return found


def _there(problem: Problem) -> list[tuple[int, int, Present]]:
    found = []
    for staff in problem.types:
        for number, duty in enumerate(problem.duties(staff)):
            for part in duty.parts:
                able = frozenset(
                    post.name for post in problem.posts if may_hold(problem, staff, (duty, part), post)
                )
                for day in range(7):
                    who = Present(staff.name, day, number, able)
                    for stretch in part.stretches:
                        found += [(start, end, who) for start, end in round_the_week(day, *stretch)]
    return found


def together(chosen: tuple[Post, ...], post: Post) -> bool:
    """Whether one person may hold a post beside others: loads up to 100 percent, one level of a chain."""
    if sum(other.load for other in chosen) + post.load > 100:
        return False
    return all(
        post.chain is None or other.chain != post.chain or other.level == post.level for other in chosen
    )


def bundles(posts: tuple[Post, ...]) -> list[tuple[Post, ...]]:
    """Return every set of posts that one person may hold at once, the empty one too."""
    found: list[tuple[Post, ...]] = [()]
    for post in posts:
        found += [(*chosen, post) for chosen in found if together(chosen, post)]
    return found


def most_held(posts: tuple[Post, ...], worth: Mapping[str, Fraction]) -> Fraction:
    """
    Return the most that what one person holds of these posts at once can count.

    Of many posts, as much as fits by load if posts could be divided: never less than the true figure, which is all
    that a bound needs.
    """
    if len(posts) <= MANY_POSTS:
        return max(sum((worth[post.name] for post in chosen), Fraction(0)) for chosen in bundles(posts))
    left, total = Fraction(100), Fraction(0)
    for post in sorted(posts, key=lambda post: worth[post.name] / post.load, reverse=True):
        share = min(Fraction(1), left / post.load)
        total += share * worth[post.name]
        left -= share * post.load
    return total
