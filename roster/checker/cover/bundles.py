"""
Which posts one person may hold at once, and the exact answer to whether a crowd of people can hold given numbers.

Posts are bits of an integer, in the order of the problem; a *bundle* is a set of posts one person holds together: loads
at most 100 percent, never two levels of one escalation chain. People who are able to hold the same posts are
interchangeable, so the question is how many of each such class hold which bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from roster.checker.cover.exact_covering import covering
from roster.domain.problem import Post

Classes = tuple[tuple[int, int], ...]
"""(posts able, how many people), in a fixed order."""

Counts = dict[tuple[int, int], int]
"""How many people of a class (posts able) hold a bundle."""


def bits(mask: int) -> Iterator[int]:
    """
    Return the numbers of the bits set.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Bundles:
    """What may be held together, for one list of posts; remembers what it has worked out."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        self.posts = posts
        self._valid: dict[int, bool] = {}
        self._solved: dict[tuple[Classes, tuple[tuple[int, int], ...]], Counts | None] = {}

    def valid(self, mask: int) -> bool:
        """Whether one person may hold all these posts at once."""
        if mask not in self._valid:
            self._valid[mask] = self._may_hold([self.posts[number] for number in bits(mask)])
        return self._valid[mask]

    @staticmethod
    def _may_hold(posts: list[Post]) -> bool:
        levels: dict[str, int] = {}
        for post in posts:
            if post.chain is not None and levels.setdefault(post.chain, post.level) != post.level:
                return False
        return sum(post.load for post in posts) <= 100

    def largest(self, able: int) -> list[int]:
        """Return the bundles within some posts to which none of those posts can be added."""
        if not able:
            return []
        found: set[int] = set()
        stack, seen = [0], {0}
        while stack:
            mask = stack.pop()
            wider = [mask | 1 << bit for bit in bits(able & ~mask) if self.valid(mask | 1 << bit)]
            if not wider and mask:
                found.add(mask)
            stack += [larger for larger in wider if larger not in seen]
            seen.update(wider)
        return sorted(found, key=lambda mask: (-mask.bit_count(), mask))

    def combines(self, able: int) -> bool:
        """Whether some two of these posts may be held by one person."""
        return any(self.valid(1 << a | 1 << b) for a, b in combinations(bits(able), 2))

    def solve(self, classes: Classes, required: dict[int, int]) -> Counts | None:
        """
        Return how many of each class hold which bundle so that every post has its number, or None: impossible.

        Exact; see `roster.checker.cover.exact_covering`. Posts that nobody is required on are in no bundle.
        """
        wanted = tuple(sorted((post, number) for post, number in required.items() if number > 0))
        key = (classes, wanted)
        if key not in self._solved:
            self._solved[key] = self._solve(classes, dict(wanted))
        return self._solved[key]

    def _solve(self, classes: Classes, wanted: dict[int, int]) -> Counts | None:
        places = {post: place for place, post in enumerate(wanted)}
        at_stake = sum(1 << post for post in wanted)
        names: list[tuple[int, int]] = []
        columns: list[tuple[int, frozenset[int]]] = []
        for group, (able, _) in enumerate(classes):
            for mask in self.largest(able & at_stake):
                names.append((able, mask))
                columns.append((group, frozenset(places[post] for post in bits(mask))))
        found = covering([number for _, number in classes], columns, list(wanted.values()))
        if found is None:
            return None
        return {name: number for name, number in zip(names, found, strict=True) if number}
