"""
Which posts one person may hold at once, and the exact answer to whether a crowd of people can hold given numbers.

Posts are bits of an integer, in the order of the problem; a *bundle* is a set of posts one person holds together: loads
at most 100 percent, never two levels of one escalation chain. People who are able to hold the same posts are
interchangeable, so the question is how many of each such class hold which bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from roster.problem import Post

Classes = tuple[tuple[int, int], ...]
"""(posts able, how many people), in a fixed order."""

Counts = dict[tuple[int, int], int]
"""How many people of a class (posts able) hold a bundle."""

MANY = 7
"""With more posts than this at stake, only some of their subsets are tried as bounds."""


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

        Exact: a depth-first search over classes and bundles that remembers dead ends. Sums over sets of posts show
        most impossible cases at once.
        """
        wanted = tuple(sorted((post, number) for post, number in required.items() if number > 0))
        key = (classes, wanted)
        if key not in self._solved:
            self._solved[key] = _Search(self, classes, wanted).run()
        return self._solved[key]


class _Search:
    """One exact search; see `Bundles.solve`."""

    def __init__(self, bundles: Bundles, classes: Classes, wanted: tuple[tuple[int, int], ...]) -> None:
        self.places = [post for post, _ in wanted]
        self.numbers = tuple(number for _, number in wanted)
        at_stake = sum(1 << post for post in self.places)
        options = [(able, number, bundles.largest(able & at_stake)) for able, number in classes]
        self.options = sorted((o for o in options if o[2] and o[1] > 0), key=lambda o: (len(o[2]), o[0]))
        self.weights = self._weights(bundles)
        self.supply = self._supply()
        self.dead: set[tuple[int, int, int, tuple[int, ...]]] = set()
        self.found: Counts = {}

    def run(self) -> Counts | None:
        """Return the counts found, or None."""
        people = self.options[0][1] if self.options else 0
        return self.found if self._go(0, 0, people, self.numbers) else None

    def _weights(self, bundles: Bundles) -> list[tuple[int, ...]]:
        """Weights of posts such that no crowd supplies more weight than its people's heaviest bundles."""
        count = len(self.places)
        sizes = range(1, count + 1) if count <= MANY else (1, 2, count)
        loads = [bundles.posts[post].load for post in self.places]
        found = []
        for size in sizes:
            for chosen in combinations(range(count), size):
                found.append(tuple(int(i in chosen) for i in range(count)))
                found.append(tuple(loads[i] * (i in chosen) for i in range(count)))
        return found

    def _supply(self) -> list[list[int]]:
        """For each class, what it and those after it supply at most of each weight."""
        table = [[0] * len(self.weights)]
        for _, number, masks in reversed(self.options):
            heaviest = [
                max(
                    sum(w for w, post in zip(weight, self.places, strict=True) if mask >> post & 1)
                    for mask in masks
                )
                for weight in self.weights
            ]
            table.append([before + number * most for before, most in zip(table[-1], heaviest, strict=True)])
        return table[::-1]

    def _hopeless(self, at: int, left: tuple[int, ...]) -> bool:
        return any(
            sum(w * number for w, number in zip(weight, left, strict=True)) > most
            for weight, most in zip(self.weights, self.supply[at], strict=True)
        )

    def _go(self, at: int, bundle: int, people: int, left: tuple[int, ...]) -> bool:
        """Place the people of class `at` that are left on its bundles from `bundle` on, then the later classes."""
        if not any(left):
            return True
        if at == len(self.options) or (bundle == 0 and self._hopeless(at, left)):
            return False
        state = (at, bundle, people, left)
        if state in self.dead:
            return False
        able, _, masks = self.options[at]
        if bundle == len(masks) or people == 0:
            following = self.options[at + 1][1] if at + 1 < len(self.options) else 0
            good = self._go(at + 1, 0, following, left)
        else:
            good = self._try_numbers(state, able, masks[bundle])
        if not good:
            self.dead.add(state)
        return good

    def _try_numbers(self, state: tuple[int, int, int, tuple[int, ...]], able: int, mask: int) -> bool:
        at, bundle, people, left = state
        useful = max(
            (number for post, number in zip(self.places, left, strict=True) if mask >> post & 1), default=0
        )
        for taken in range(min(people, useful), -1, -1):
            after = tuple(
                max(0, number - taken) if mask >> post & 1 else number
                for post, number in zip(self.places, left, strict=True)
            )
            if self._go(at, bundle + 1, people - taken, after):
                if taken:
                    self.found[able, mask] = taken
                return True
        return False
