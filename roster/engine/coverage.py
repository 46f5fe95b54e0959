"""
Who may hold what: posts against the people present, as rows of an integer program.

Time is cut at every start and end of a post, a shift or a seat. In each piece the people present fall into groups of
equal ability: the set of posts they could hold there. Where nobody can hold two posts at once, the posts can all be
held if and only if every set of posts is wanted by no more than the people who could hold one of them (Hall, 1935):
rows without further variables. Where loads let one person hold several, a variable counts the people of a group
who hold each largest lawful combination.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any, TypeVar

from roster.engine.linear import Program, Terms
from roster.horizon import Horizon, judged_from, judged_until, seat_window
from roster.problem import DAY, Duty, Post, Problem, StaffType

Presence = tuple[str, int, int]
"""Staff type, day, number of the duty among the type's duties."""

HALL_POSTS = 5
"""Up to so many posts at once, every set of them is a row; beyond, variables are fewer."""


@dataclass(frozen=True, slots=True)
class Piece:
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


def pieces(needs: Needs) -> list[Piece]:
    """Cut the horizon into pieces and return those in which some post is needed, in order of time."""
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
            Piece(
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
    for seat in needs.problem.seats:
        if seat.post not in names:
            continue
        post = needs.problem.post[seat.post]
        first, last = seat_window(post, seat)
        for day in range(needs.horizon.days):
            if needs.horizon.needs(post.days, day) and needs.horizon.needs(seat.days, day):
                for start, end in _wrapped(needs.horizon, day * DAY + first, day * DAY + last):
                    windows.append((start, end, seat.name, seat.post))
    return windows


def _present(needs: Needs) -> list[tuple[int, int, Presence, frozenset[str]]]:
    problem, windows = needs.problem, []
    first = -1 if needs.carried_in else 0
    for name, duties in needs.duties.items():
        staff = problem.type[name]
        for number, duty in enumerate(duties):
            for part in duty.parts:
                able = _able(problem, staff, duty, needs.posts)[part.name]
                if not able:
                    continue
                for day in range(first, needs.horizon.days):
                    for start, end in _wrapped(needs.horizon, day * DAY + part.start, day * DAY + part.end):
                        if end > 0:
                            windows.append((start, end, (name, day, number), able))
    return windows


def _able(problem: Problem, staff: StaffType, duty: Duty, posts: Sequence[Post]) -> dict[str, frozenset[str]]:
    """Return for each part of a duty the posts it lets people of a type hold."""
    return {
        part.name: frozenset(
            post.name for post in posts if problem.can_hold(staff, post) and problem.suits(duty, part, post)
        )
        for part in duty.parts
    }


def combinations_held(posts: Sequence[Post]) -> list[tuple[Post, ...]]:
    """
    Return the largest sets of these posts that one person may hold at once.

    The loads add up to at most 100 percent and no two levels of one escalation chain are among them.
    """
    sets: list[tuple[Post, ...]] = []

    def grow(chosen: tuple[Post, ...], rest: Sequence[Post]) -> None:
        fitting = [post for post in rest if _together(chosen, post)]
        if chosen and not any(_together(chosen, post) for post in posts if post not in chosen):
            sets.append(chosen)
        for at, post in enumerate(fitting):
            grow((*chosen, post), fitting[at + 1 :])

    grow((), posts)
    return sets


def _together(chosen: tuple[Post, ...], post: Post) -> bool:
    return sum(other.load for other in chosen) + post.load <= 100 and not any(
        other.chain is not None and other.chain == post.chain and other.level != post.level
        for other in chosen
    )


@dataclass(slots=True)
class Cover:
    """
    Cover as rows.

    `counts` gives the variables (with factors) that count the people on a duty, `seats` the variable of a seat,
    `shortages` collects a variable for each soft post and piece: places empty. `days`, where given, are the only days
    whose pieces are asked for. `stand_ins` counts the vendor's people for one post on one day.
    """

    needs: Needs
    counts: Mapping[Presence, Terms]
    seats: Mapping[str, int]
    shortages: dict[tuple[str, int, int], int]
    elastic: bool = False
    days: frozenset[int] | None = None
    stand_ins: Mapping[tuple[str, int], Terms] = field(default_factory=dict)

    def add_to(self, program: Program) -> None:
        """Add the rows of every piece."""
        done: set[object] = set()
        for piece in pieces(self.needs):
            if self.days is not None and piece.start // DAY not in self.days:
                continue
            key = _signature(piece)
            if key in done and not self.stand_ins and not self._may_be_short(piece):
                continue
            done.add(key)
            self._add_piece(program, piece)

    def _may_be_short(self, piece: Piece) -> bool:
        return self.elastic or any(not self.needs.problem.post[name].hard for name in piece.needed)

    def _add_piece(self, program: Program, piece: Piece) -> None:
        short = {name: self._shortage(program, piece, name) for name in piece.needed}
        fixed = [name for name in piece.needed if not any(name in can for can in piece.groups)]
        posts = [self.needs.problem.post[name] for name in piece.needed]
        shared = any(
            _together((one,), other)
            for can in piece.groups
            for one, other in combinations([post for post in posts if post.name in can], 2)
        )
        if shared or len(posts) > HALL_POSTS:
            self._by_combinations(program, piece, short)
        else:
            self._by_hall(program, piece, short, fixed)

    def _shortage(self, program: Program, piece: Piece, name: str) -> Terms:
        """Return the places of a post that others than people fill: seats, and nobody where it is soft."""
        people, seats = piece.needed[name]
        terms: Terms = [(self.seats[seat], 1) for seat in seats if seat in self.seats]
        day = (piece.start - self.needs.problem.post[name].start) // DAY
        terms += self.stand_ins.get((name, day), [])
        if self.elastic or not self.needs.problem.post[name].hard:
            empty = program.variable(0, people)
            self.shortages[name, piece.start, piece.end] = empty
            terms.append((empty, 1))
        return terms

    def _people(self, group: Sequence[Presence]) -> Terms:
        return [term for who in group for term in self.counts.get(who, [])]

    def _by_hall(
        self, program: Program, piece: Piece, short: Mapping[str, Terms], alone: Sequence[str]
    ) -> None:
        for size in range(1, len(piece.needed) + 1):
            for chosen in combinations(piece.needed, size):
                if size > 1 and not self._tied(piece, chosen, alone):
                    continue
                terms = [term for name in chosen for term in short[name]]
                for can, group in piece.groups.items():
                    if not can.isdisjoint(chosen):
                        terms += self._people(group)
                wanted = sum(piece.needed[name][0] for name in chosen)
                program.at_least(terms, wanted, why(chosen, piece))

    def _tied(self, piece: Piece, chosen: tuple[str, ...], alone: Sequence[str]) -> bool:
        """Whether a set of posts shares its people, so that its row says more than the rows of its parts."""
        if any(name in alone for name in chosen):
            return False
        reached, todo = {chosen[0]}, [chosen[0]]
        while todo:
            name = todo.pop()
            for can in piece.groups:
                if name in can:
                    fresh = (can & set(chosen)) - reached
                    reached |= fresh
                    todo += fresh
        return len(reached) == len(chosen)

    def _by_combinations(self, program: Program, piece: Piece, short: Mapping[str, Terms]) -> None:
        held: dict[str, Terms] = {name: list(short[name]) for name in piece.needed}
        for can, group in piece.groups.items():
            people = self._people(group)
            if not people:
                continue
            most = sum(program.upper[variable] * factor for variable, factor in people)
            chosen = combinations_held([self.needs.problem.post[name] for name in sorted(can)])
            used = []
            for together in chosen:
                number = program.variable(0, min(most, max(piece.needed[post.name][0] for post in together)))
                used.append((number, 1))
                for post in together:
                    held[post.name].append((number, 1))
            program.at_most([*used, *((v, -f) for v, f in people)], 0, why(tuple(sorted(can)), piece))
        for name, terms in held.items():
            program.at_least(terms, piece.needed[name][0], why((name,), piece))


def _signature(piece: Piece) -> object:
    """What makes two pieces ask for exactly the same."""
    return (
        tuple(sorted(piece.needed.items())),
        tuple(sorted((tuple(sorted(can)), group) for can, group in piece.groups.items())),
    )


def why(posts: Sequence[str], piece: Piece) -> str:
    """Name a row of cover: its posts and its stretch of time."""
    return f"cover {'+'.join(posts)} {piece.start}-{piece.end}"
