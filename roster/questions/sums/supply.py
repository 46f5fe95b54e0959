"""Sums of what is wanted against what there is: the form they take, and whom a set of posts can count on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from roster.domain.problem import Goal, Post, Problem, StaffType
from roster.engine.rotation import sets_of

UNLIMITED = 1000
"""So many of a type, or more, is as many as are needed."""


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """
    One sum: what is wanted and what there is at most, in minutes, days or people a week; None for no limit.

    Parameters
    ----------
    kind : `hours`, `standby`, `moment`, `people`, `skill`, `reach` or `week`.
    needed, allowed : People it takes at least, and people there may be; None where there is no limit.
    sentence : The sum in words, said of what is missing where it fails.
    posts : The posts it is about.
    """

    kind: str
    what: str
    wanted: int
    supply: int | None
    needed: int
    allowed: int | None
    sentence: str
    posts: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether no rota can get round it. Weeks borrow hours from their neighbours, so theirs only show slack."""
        if self.kind == "week":
            return False
        short = self.allowed is not None and self.needed > self.allowed
        return short or (self.supply is not None and self.supply < self.wanted)

    @property
    def slack(self) -> int | None:
        """People to spare; None without a limit."""
        return None if self.allowed is None else self.allowed - self.needed


@dataclass(frozen=True)
class SupplyLimits:
    """A problem with a limit on the number of people (None: none), and what both mean for a set of staff types."""

    problem: Problem
    most: int | None = None
    goal: Goal = Goal.IN_HOUSE

    def counted(self, staff: StaffType) -> bool:
        """Whether people of a type count towards the limit."""
        return self.goal is Goal.PEOPLE or not self.problem.is_vendor(staff)

    def able(self, post: Post) -> frozenset[str]:
        """Return the types that may hold a post and of which there may be anybody."""
        return frozenset(
            staff.name
            for staff in self.problem.types
            if staff.maximum and self.problem.is_eligible(staff, post)
        )

    def allowed(self, names: Iterable[str]) -> int | None:
        """Return how many people of these types there may be."""
        types = [self.problem.type[name] for name in names]
        most = sum(staff.maximum for staff in types)
        limit = None if any(staff.maximum >= UNLIMITED for staff in types) else most
        if self.most is not None and all(map(self.counted, types)):
            limit = self.most if limit is None else min(limit, self.most)
        return limit

    def supply(self, rates: Mapping[str, Fraction]) -> Fraction | None:
        """
        Return what people of some types supply at most a week, given what each of them supplies; None for no limit.

        As many of each as there may be, and where the number of all is limited, as if everybody were of the strongest.
        """
        total = sum((self.problem.type[name].maximum * rate for name, rate in rates.items()), Fraction(0))
        limit = None if any(self.problem.type[name].maximum >= UNLIMITED for name in rates) else total
        if self.most is not None and all(self.counted(self.problem.type[name]) for name in rates):
            best = self.most * max(rates.values(), default=Fraction(0))
            limit = best if limit is None else min(limit, best)
        return limit

    @cached_property
    def groups(self) -> dict[frozenset[str], list[Post]]:
        """The hard posts by who may hold them."""
        found: dict[frozenset[str], list[Post]] = {}
        for post in self.problem.posts:
            if post.hard:
                found.setdefault(self.able(post), []).append(post)
        return found

    def sets(self) -> Iterator[tuple[frozenset[str], list[Post]]]:
        """Yield the sets of posts worth a sum, with everybody who may hold any of them."""
        chosen = sets_of([able for able in self.groups if able])
        for able in dict.fromkeys(frozenset().union(*one) for one in chosen):
            yield able, [post for can, posts in self.groups.items() if can <= able for post in posts]
