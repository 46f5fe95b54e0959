"""Who may hold a post: which posts a duty lets people of a type hold, and which of them one person may hold at once."""

from __future__ import annotations

from collections.abc import Sequence

from roster.domain.problem import Duty, Post, Problem, StaffType


def posts_able(
    problem: Problem, staff: StaffType, duty: Duty, posts: Sequence[Post]
) -> dict[str, frozenset[str]]:
    """
    Return for each part of a duty, by name, the names of the posts that it lets people of a type hold.

    Parameters
    ----------
    problem : The scenario, for sites, clocks and vendors.
    staff, duty : The type of who works, and what.
    posts : The posts in question.
    """
    return {
        part.name: frozenset(
            post.name
            for post in posts
            if problem.is_eligible(staff, post) and problem.suits(duty, part, post)
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
        fitting = [post for post in rest if shared_by_one(chosen, post)]
        if chosen and not any(shared_by_one(chosen, post) for post in posts if post not in chosen):
            sets.append(chosen)
        for at, post in enumerate(fitting):
            grow((*chosen, post), fitting[at + 1 :])

    grow((), posts)
    return sets


def shared_by_one(chosen: tuple[Post, ...], post: Post) -> bool:
    """Whether one person may hold a post beside others: loads of at most 100 %, no two levels of a chain."""
    return sum(other.load for other in chosen) + post.load <= 100 and not any(
        other.chain is not None and other.chain == post.chain and other.level != post.level
        for other in chosen
    )
