"""What stays empty of posts that must be held, read off who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from roster.checker.cover.stretches import PostHeld
from roster.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Gap:
    """People missing at a post: `start` and `end` are minutes after midnight of `day`, the day the post belongs to."""

    post: str
    day: int
    start: int
    end: int
    missing: int

    @property
    def minutes(self) -> int:
        """Person-minutes."""
        return (self.end - self.start) * self.missing


def gaps_of(problem: Problem, rows: Iterable[PostHeld]) -> tuple[Gap, ...]:
    """
    Return what stays empty of posts that must be held, by post in the order of their priority, then in order of time.

    Stretches that follow each other with as many missing are one.
    """
    places = {post.name: (post.priority, at) for at, post in enumerate(problem.posts) if post.hard}
    short = [row for row in rows if row.post in places and row.held < row.required]
    found: list[Gap] = []
    for row in sorted(short, key=lambda row: (places[row.post], row.day, row.start)):
        gap = Gap(row.post, row.day, row.start, row.end, row.required - row.held)
        last = found[-1] if found else None
        same = last and (last.post, last.day, last.end, last.missing) == (
            gap.post,
            gap.day,
            gap.start,
            gap.missing,
        )
        if last is not None and same:
            found[-1] = replace(last, end=gap.end)
        else:
            found.append(gap)
    return tuple(found)
