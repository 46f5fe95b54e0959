"""
Posts against the people present, piece by piece of time.

Time is cut at every start and end of a post, a shift or a seat. In each piece the people present fall into groups of
equal ability: the set of posts they could hold there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, TypeVar

from roster.domain.horizon import Horizon, judged_from, judged_until, seat_window
from roster.domain.problem import DAY, Duty, Post, Problem
from roster.engine.cover.eligibility import posts_able

Presence = tuple[str, int, int]
"""Staff type, day, number of the duty among the type's duties."""


@dataclass(frozen=True, slots=True)
class TimePiece:
    """
    A stretch of time within which nothing changes: minutes from day 0, posts needed, who could hold them.

    `needed` maps posts to (people, seats that may fill a place); `groups` maps what a group can hold to who is in it.
    """

    start: int
    end: int
    needed: dict[str, tuple[int, tuple[str, ...]]]
    groups: dict[frozenset[str], tuple[Presence, ...]]


@dataclass(frozen=True, slots=True)
class Needs:
    """What cover is asked of: the types and their duties, over a horizon, with or without days carried in."""

    problem: Problem
    horizon: Horizon
    duties: Mapping[str, Sequence[Duty]]
    posts: Sequence[Post]
    carried_in: bool = False


def pieces(needs: Needs, days: frozenset[int] | None = None) -> list[TimePiece]:
    """
    Cut the horizon into pieces and return those in which some post is needed, in order of time.

    `days`, where given, are the only days whose pieces are wanted.
    """
    horizon = needs.horizon
    wanted = _wanted(needs)
    filled = _filled(needs)
    present = _present(needs)
    limit = horizon.days * DAY + (0 if horizon.cyclic else DAY)
    cuts = {0, limit}
    for windows in (wanted, filled, present):
        for start, end, *_ in windows:
            cuts.update((start, end))
    edges = sorted(cut for cut in cuts if 0 <= cut <= limit)
    active, seated, there = _by_day(wanted), _by_day(filled), _by_day(present)
    found = []
    for start, end in pairwise(edges):
        if days is not None and start // DAY not in days:
            continue
        needed = {post: people for s, e, post, people in _at(active, start) if s <= start < e}
        if not needed:
            continue
        seats: dict[str, list[str]] = defaultdict(list)
        for s, e, seat, post in _at(seated, start):
            if s <= start < e:
                seats[post].append(seat)
        groups: dict[frozenset[str], list[Presence]] = defaultdict(list)
        for s, e, who, able in _at(there, start):
            if s <= start < e and (can := able & needed.keys()):
                groups[frozenset(can)].append(who)
        found.append(
            TimePiece(
                start,
                end,
                {post: (people, tuple(seats[post])) for post, people in needed.items()},
                {can: tuple(who) for can, who in groups.items()},
            )
        )
    return found


Windows = TypeVar("Windows", bound=tuple[Any, ...])


def _by_day(windows: Sequence[Windows]) -> dict[int, list[Windows]]:
    """Sort windows by the day they start on, so that a piece looks at few of them."""
    days: dict[int, list[Windows]] = defaultdict(list)
    for window in windows:
        days[window[0] // DAY].append(window)
    return days


def _at(days: dict[int, list[Windows]], minute: int) -> list[Windows]:
    """Return the windows that may contain a minute: none is longer than a day."""
    day = minute // DAY
    return days.get(day - 1, []) + days.get(day, [])


def _wrapped(horizon: Horizon, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretch where it lies in the horizon; in a ring what runs past the end begins it."""
    limit = horizon.days * DAY
    if horizon.cyclic and end > limit:
        return [(start, limit), (0, end - limit)]
    return [(start, end)]


def _wanted(needs: Needs) -> list[tuple[int, int, str, int]]:
    windows = []
    for post in needs.posts:
        first, last = _judged(needs, post)
        for day in range(needs.horizon.days):
            if not needs.horizon.needs(post.days, day):
                continue
            for start, end in _wrapped(needs.horizon, day * DAY + post.start, day * DAY + post.end):
                if max(start, first) < min(end, last):
                    windows.append((max(start, first), min(end, last), post.name, post.people))
    return windows


def _judged(needs: Needs, post: Post) -> tuple[int, int]:
    """Return the minutes between which a post's cover is known: all of a ring, the inside of a calendar."""
    horizon = needs.horizon
    if horizon.cyclic:
        return 0, horizon.days * DAY
    first = judged_from(needs.problem, post, carried_in=needs.carried_in)
    return first, judged_until(needs.problem, post, horizon.days)


def _filled(needs: Needs) -> list[tuple[int, int, str, str]]:
    windows = []
    names = {post.name for post in needs.posts}
    filled = [(seat, name) for seat in needs.problem.seats for name in seat.posts if name in names]
    for seat, name in filled:
        post = needs.problem.post[name]
        first, last = seat_window(post, seat)
        for day in range(needs.horizon.days):
            if needs.horizon.needs(post.days, day) and needs.horizon.needs(seat.days, day):
                for start, end in _wrapped(needs.horizon, day * DAY + first, day * DAY + last):
                    windows.append((start, end, seat.name, name))
    return windows


def _present(needs: Needs) -> list[tuple[int, int, Presence, frozenset[str]]]:
    problem, windows = needs.problem, []
    first = -1 if needs.carried_in else 0
    for name, duties in needs.duties.items():
        staff = problem.type[name]
        for number, duty in enumerate(duties):
            for part in duty.parts:
                able = posts_able(problem, staff, duty, needs.posts)[part.name]
                if not able:
                    continue
                for day, (begin, stop) in product(range(first, needs.horizon.days), part.stretches):
                    for start, end in _wrapped(needs.horizon, day * DAY + begin, day * DAY + stop):
                        if end > 0:
                            windows.append((start, end, (name, day, number), able))
    return windows
