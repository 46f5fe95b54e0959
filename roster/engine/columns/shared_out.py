"""
What a piece of the cover costs where nobody holds two posts at once: people shared out by a flow, without a program.

Which places can be held together by the people present are the independent sets of a matroid (Edmonds and Fulkerson,
Transversals and matroid partition, 1965), so the dearest are held first, each by whoever is free or can be made free.
A linear program of a piece with 32 posts takes a millisecond, this a hundredth of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roster.engine.columns.team import CoverRow, Extra, Piece

Places = tuple[tuple[float, int], ...]
"""How many places of a post cost how much each where they stay empty, the dearest first."""

UNHELD = float("inf")


@dataclass(frozen=True, slots=True)
class SharedOut:
    """
    A piece as a flow from people to posts.

    Parameters
    ----------
    places : The places of each post.
    wanted : How many each has.
    single : For each group of people who can hold one post only: the row of the group, and the post.
    groups : For each other one: its row, and the posts.
    most : For each row of people, how many there are if nobody is present.
    rows : The numbers of the rows of people in the piece.
    """

    places: tuple[Places, ...]
    wanted: tuple[int, ...]
    single: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, tuple[int, ...]], ...]
    most: tuple[int, ...]
    rows: tuple[int, ...]

    def least(self, present: Sequence[int]) -> float:
        """Return what empty places cost at least, with so many people of each row; infinity where none will do."""
        left = list(self.wanted)
        free = [known + people for known, people in zip(self.most, present, strict=True)]
        if min(free, default=0) < 0:
            return UNHELD
        for row, post in self.single:
            left[post] -= min(left[post], free[row])
        if not any(left):
            return 0.0
        groups = [(free[row], posts) for row, posts in self.groups if free[row]]
        shares = _Shares([people for people, _ in groups], [posts for _, posts in groups])
        cost = 0.0
        for price, post, number in self._dearest_first(left):
            empty = number - shares.held(post, number)
            if empty:
                cost += empty * price
        return cost

    def _dearest_first(self, left: Sequence[int]) -> list[tuple[float, int, int]]:
        """Return price, post and number of the places not held by those who can hold nothing else."""
        found = []
        for post, number in enumerate(left):
            # Whoever holds places of a post holds its dearest ones: the cheapest are left.
            for price, places in reversed(self.places[post]) if number else ():
                if number:
                    taken = min(number, places)
                    found.append((price, post, taken))
                    number -= taken
        return sorted(found, key=lambda one: -one[0])


class _Shares:
    """Who of which group holds what, while places are asked for one after the other."""

    def __init__(self, free: list[int], posts: list[tuple[int, ...]]) -> None:
        self._free, self._posts = free, posts
        self._holds: list[dict[int, int]] = [{} for _ in free]

    def held(self, post: int, number: int) -> int:
        """Hold as many places of a post as can be, of so many; whatever was held stays so. Return how many."""
        done = 0
        while done < number and (way := self._way(post)):
            self._go(way)
            done += 1
        return done

    def _way(self, post: int) -> list[tuple[int, int]]:
        """Return who should hold what one after the other, from a group with somebody free; nothing without one."""
        came: dict[int, tuple[int, int | None]] = {}
        todo: list[tuple[int, int | None]] = [(post, None)]
        asked = {post}
        for wanted, before in todo:
            for group, posts in enumerate(self._posts):
                if group in came or wanted not in posts:
                    continue
                came[group] = (wanted, before)
                if self._free[group]:
                    return _back(came, group)
                fresh = [other for other in self._holds[group] if other not in asked]
                asked.update(fresh)
                todo += [(other, group) for other in fresh]
        return []

    def _go(self, way: list[tuple[int, int]]) -> None:
        self._free[way[0][0]] -= 1
        for at, (group, post) in enumerate(way):
            holds = self._holds[group]
            holds[post] = holds.get(post, 0) + 1
            if at + 1 < len(way):
                other = self._holds[way[at + 1][0]]
                other[post] -= 1
                if not other[post]:
                    del other[post]


def _back(came: dict[int, tuple[int, int | None]], group: int | None) -> list[tuple[int, int]]:
    """Return the way on which a group was come to, from its end."""
    way = []
    while group is not None:
        post, before = came[group]
        way.append((group, post))
        group = before
    return way


def shared_out(extras: Sequence[Extra], piece: Piece) -> SharedOut | None:
    """
    Return a piece as a flow from people to posts; None where it is not one.

    Parameters
    ----------
    extras, piece : All extras of the cover, and a piece of it.
    """
    posts = [row for row in piece.rows if _asks(row)]
    groups = [row for row in piece.rows if _supplies(row)]
    if len(posts) + len(groups) < len(piece.rows) or not groups:
        return None
    empty: list[list[int]] = [[] for _ in posts]
    held: dict[int, int] = {}
    for post, row in enumerate(posts):
        for extra, _ in row.extras:
            if extra in held:
                return None
            held[extra] = post
            empty[post].append(extra)
    can: list[list[int]] = []
    for row in groups:
        own = []
        for extra, _ in row.extras:
            if (
                held.get(extra, -1) < 0
                or extras[extra].price
                or extras[extra].most < posts[held[extra]].lower
            ):
                return None
            empty[held[extra]].remove(extra)
            own.append(held.pop(extra))
        can.append(own)
    if any(extras[extra].price < 0 for own in empty for extra in own):
        return None
    wanted = tuple(max(0, int(row.lower)) for row in posts)
    return SharedOut(
        tuple(_places([extras[extra] for extra in own], n) for own, n in zip(empty, wanted, strict=True)),
        wanted,
        tuple((row, own[0]) for row, own in enumerate(can) if len(own) == 1),
        tuple((row, tuple(own)) for row, own in enumerate(can) if len(own) > 1),
        tuple(int(row.upper) for row in groups),
        tuple(at for at, row in enumerate(piece.rows) if _supplies(row)),
    )


def _asks(row: CoverRow) -> bool:
    """Whether a row is of a post: so many places, held by extras alone."""
    return (
        not row.present
        and float(row.lower).is_integer()
        and row.upper == UNHELD
        and all(factor == 1 for _, factor in row.extras)
    )


def _supplies(row: CoverRow) -> bool:
    """Whether a row is of people: no more extras than are present."""
    return (
        row.lower == -UNHELD
        and float(row.upper).is_integer()
        and all(factor < 0 for _, factor in row.present)
        and all(factor == 1 for _, factor in row.extras)
    )


def _places(empty: Sequence[Extra], wanted: int) -> Places:
    """Return what so many empty places cost, the dearest first: those that nothing stands for cost without end."""
    found: list[tuple[float, int]] = []
    for extra in sorted(empty, key=lambda one: one.price):
        number = min(extra.most, wanted)
        if number:
            found.append((extra.price, number))
            wanted -= number
    if wanted:
        found.append((UNHELD, wanted))
    return tuple(reversed(found))
