"""
Which posts stay empty at a moment, given what each person present could hold: the best that can be done, exactly.

The day is cut into pieces in which nothing changes. In one, people count only by the posts that they could hold, so
equal moments come again and again over a year and are worked out once. A person holds posts with loads of at most 100
percent together and never two levels of one chain; what is lost weighs by the post: hard before soft, then by
priority, on site before standby.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from roster.domain.horizon import Horizon, seat_window
from roster.domain.outcome import SeatUse
from roster.domain.problem import DAY, Duty, Post, Problem, StaffType

FACTOR = 6
"""How much more a post weighs than one of the next class: more than a long standby is longer than a shift."""

Needs = tuple[int, ...]
"""For each post the people wanted."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is lost at best: by weight, by post (place, people), and the levels that nobody answers."""

    weight: int
    missing: tuple[tuple[int, int], ...]
    unanswered: tuple[int, ...]


WHOLE = Moment(0, (), ())


class Posts:
    """The posts of a problem with the pieces of the day, what is wanted in each, and who could hold it."""

    def __init__(self, problem: Problem, horizon: Horizon, seats: Sequence[SeatUse]) -> None:
        self.problem, self.horizon, self.posts = problem, horizon, problem.posts
        self.weights = weights(problem.posts)
        chains = {(post.chain, post.level) for post in problem.posts if post.chain}
        self.levels: tuple[tuple[str, int], ...] = tuple(sorted((str(a), b) for a, b in chains))
        cuts = {0, DAY}
        edges = [minute for post in problem.posts for minute in (post.start, post.end)]
        edges += [minute for shift in problem.shifts for pair in shift.stretches for minute in pair]
        offers = {seat.name: seat for seat in problem.seats}
        taken = [(offers[use.seat], use.number) for use in seats if use.seat in offers]
        for seat, _ in taken:
            edges += seat_window(problem.post[seat.post], seat)
        cuts |= {minute % DAY for minute in edges}
        self.pieces = tuple(pairwise(sorted(cuts)))
        self.lengths = tuple(end - start for start, end in self.pieces)
        self._taken = taken
        self.needs = [[self._needs(day, start) for start, _ in self.pieces] for day in range(horizon.days)]
        latest = max((minute for minute in edges), default=0) - DAY
        self.tail = sum(start < latest for start, _ in self.pieces)
        self._known: dict[tuple[Needs, tuple[int, ...]], Moment] = {}
        self._bundles: dict[int, tuple[int, ...]] = {}
        self._asked: dict[Needs, tuple[int, ...]] = {}

    def _needs(self, day: int, minute: int) -> Needs:
        """Return what is wanted at a minute of a day; what began the day before counts as long as it lasts."""
        found = [0] * len(self.posts)
        for back in (0, 1):
            at = (day - back) % self.horizon.days
            for place, post in enumerate(self.posts):
                if self.horizon.needs(post.days, at) and post.start <= minute + back * DAY < post.end:
                    found[place] += max(0, post.people - self._seated(post, at, minute + back * DAY))
        return tuple(found)

    def _seated(self, post: Post, day: int, minute: int) -> int:
        return sum(
            number
            for seat, number in self._taken
            if post.name in seat.posts and post.vendor and self.horizon.needs(seat.days, day)
            for start, end in [seat_window(post, seat)]
            if start <= minute < end
        )

    def able(self, staff: StaffType, duty: Duty, back: int) -> tuple[int, ...]:
        """
        Return for each piece the posts that a duty lets people hold; `back`: of the day before.

        Parameters
        ----------
        staff, duty : The type of who is on it, and the duty.
        back : 1 for a duty of the day before, else 0.
        """
        found = []
        for start, _ in self.pieces:
            mask = 0
            for part in duty.parts:
                if any(a <= start + back * DAY < b for a, b in part.stretches):
                    mask |= sum(
                        1 << place
                        for place, post in enumerate(self.posts)
                        if self.problem.is_eligible(staff, post) and self.problem.suits(duty, part, post)
                    )
            found.append(mask)
        return tuple(found)

    def moment(self, needs: Needs, masks: Sequence[int]) -> Moment:
        """Return what is lost at best where these people could hold these posts."""
        key = (needs, tuple(sorted(mask for mask in masks if mask)))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._worked_out(needs, key[1])
        return found

    def _worked_out(self, needs: Needs, masks: tuple[int, ...]) -> Moment:
        """Try everybody on every largest set of posts; of what is left wanting, keep what nothing betters."""
        wanted = sum(1 << place for place, number in enumerate(needs) if number)
        if not wanted:
            return WHOLE
        left = {needs}
        for mask in masks:
            useful = mask & wanted
            if useful:
                left = {self._less(rest, bundle) for rest in left for bundle in self._largest(useful)}
        best = min(left, key=lambda rest: (sum(map(int.__mul__, rest, self.weights)), rest))
        missing = tuple((place, number) for place, number in enumerate(best) if number)
        weight = sum(self.weights[place] * number for place, number in missing)
        return Moment(weight, missing, self._unanswered(needs, best))

    @staticmethod
    def _less(rest: Needs, bundle: int) -> Needs:
        return tuple(
            number - 1 if number and bundle >> place & 1 else number for place, number in enumerate(rest)
        )

    def _largest(self, able: int) -> tuple[int, ...]:
        """Return the sets of posts that one person may hold at once and that take no other."""
        found = self._bundles.get(able)
        if found is None:
            sets = {0}
            for place in range(len(self.posts)):
                if able >> place & 1:
                    sets |= {one | 1 << place for one in sets if self._fits(one, place)}
            found = tuple(
                sorted(one for one in sets if one and not any(one & other == one != other for other in sets))
            )
            self._bundles[able] = found
        return found

    def _fits(self, held: int, place: int) -> bool:
        post, load = self.posts[place], self.posts[place].load
        for other, one in enumerate(self.posts):
            if held >> other & 1:
                load += one.load
                if one.chain is not None and one.chain == post.chain and one.level != post.level:
                    return False
        return load <= 100

    def asked(self, needs: Needs) -> tuple[int, ...]:
        """Return the levels of which somebody is wanted."""
        found = self._asked.get(needs)
        if found is None:
            levels = [
                (post.chain, post.level) for number, post in zip(needs, self.posts, strict=True) if number
            ]
            found = tuple(number for number, level in enumerate(self.levels) if level in levels)
            self._asked[needs] = found
        return found

    def _unanswered(self, needs: Needs, left: Needs) -> tuple[int, ...]:
        """Return the levels of which somebody is wanted and nobody is there."""
        held = tuple(wanted - missing for wanted, missing in zip(needs, left, strict=True))
        return tuple(level for level in self.asked(needs) if level not in self.asked(held))


def weights(posts: Sequence[Post]) -> tuple[int, ...]:
    """
    Return what a minute of each post weighs.

    >>> hard, soft = Post("a", ("a",), 0, 60), Post("b", ("a",), 0, 60, hard=False)
    >>> weights([hard, soft])
    (6, 1)
    """
    ranks = [(not post.hard, post.priority, not post.on_site) for post in posts]
    classes = sorted(set(ranks), reverse=True)
    return tuple(FACTOR ** classes.index(rank) for rank in ranks)
