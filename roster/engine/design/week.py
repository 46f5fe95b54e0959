"""What an ordinary week asks for, moment by moment: of each set of staff types that alone can hold something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from roster.domain.horizon import ring, seat_window
from roster.domain.problem import DAY, WEEK, Post, Problem, Shift

MOST_SETS = 6
"""Sets of types of which every union is looked at; of more, each by itself and all together."""


@dataclass(frozen=True, slots=True)
class Need:
    """In a week's minutes [start, end), so many hundredths of a person out of these types."""

    start: int
    end: int
    types: frozenset[str]
    load: int


def needs(problem: Problem, shifts: tuple[Shift, ...]) -> list[Need]:
    """
    Return what any roster must have at work, moment by moment of an ordinary week.

    Posts are put together by the types that can hold them (Hall's condition), what vendor seats may hold taken off, so
    each need is one that every roster meets. Standby posts, and posts that may stay empty, ask for nobody at work.
    """
    week = ring()
    spans: list[tuple[int, int, frozenset[str], int]] = []
    for post in problem.posts:
        if not post.on_site or not post.hard:
            continue
        able = frozenset(staff.name for staff in problem.types if problem.is_eligible(staff, post))
        for day in range(7):
            if week.needs(post.days, day):
                spans += [
                    (day * DAY + a, day * DAY + b, able, load) for a, b, load in _stretches(problem, post)
                ]
    cuts = {edge % WEEK for start, end, _, _ in spans for edge in (start, end)}
    for shift in shifts:
        cuts |= {(day * DAY + edge) % WEEK for day in range(7) for one in shift.stretches for edge in one}
    edges = sorted(cuts | {0, WEEK})
    found: list[Need] = []
    for first, end in pairwise(edges):
        now: dict[frozenset[str], int] = {}
        for start, stop, able, load in spans:
            if start <= first < stop or start <= first + WEEK < stop:
                now[able] = now.get(able, 0) + load
        found += [Need(first, end, types, load) for types, load in _unions(now) if load > 0]
    return found


def _stretches(problem: Problem, post: Post) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of a post's window with the load that nobody but people can hold."""
    seats = [seat for seat in problem.seats if seat.post == post.name]
    inside = [(*seat_window(post, seat), seat.maximum) for seat in seats]
    edges = sorted({post.start, post.end, *(edge for a, b, _ in inside for edge in (a, b))})
    for first, end in pairwise(edges):
        bought = sum(number for a, b, number in inside if a <= first and end <= b)
        load = max(0, post.people - bought) * post.load
        if load:
            yield first, end, load


def _unions(now: dict[frozenset[str], int]) -> Iterator[tuple[frozenset[str], int]]:
    """Yield sets of types with all the load that only they can hold."""
    sets = list(now)
    every = range(1, len(sets) + 1) if len(sets) <= MOST_SETS else (1, len(sets))
    unions = {frozenset[str]().union(*some) for size in every for some in combinations(sets, size)}
    for types in unions:
        yield types, sum(load for able, load in now.items() if able <= types)
