"""What stays empty of posts that must be held, in figures and words: the same in every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from roster.checker import Gap, days_text
from roster.domain.horizon import Horizon
from roster.domain.outcome import Partial
from roster.domain.posts_and_seats import WEIGHT
from roster.domain.problem import DAY, Post
from roster.domain.rules import clock, hours
from roster.language import counted, tr
from roster.output.examined_roster import Examined

MOST_STRETCHES = 4
"""Stretches of the day of one post that are written out; the rest is counted."""


@dataclass(frozen=True, slots=True)
class EmptyPost:
    """A post that is not always held: person-minutes wanted and empty over the calendar, and when it is empty."""

    post: Post
    wanted: int
    gaps: tuple[Gap, ...]

    @property
    def minutes(self) -> int:
        """Person-minutes empty."""
        return sum(gap.minutes for gap in self.gaps)

    @property
    def percent(self) -> float:
        """Share that is empty; never rounded down to nothing."""
        return max(0.1, round(100 * self.minutes / max(1, self.wanted), 1))

    def by_day(self) -> dict[int, int]:
        """Return the person-minutes empty of each day that has any."""
        found: dict[int, int] = {}
        for gap in self.gaps:
            found[gap.day] = found.get(gap.day, 0) + gap.minutes
        return found


def empty_posts(examined: Examined) -> tuple[EmptyPost, ...]:
    """Return the posts that must be held and are not always, the most important first."""
    wanted = {post.post: post.wanted for post in examined.scores.posts}
    return tuple(
        EmptyPost(examined.problem.post[name], wanted[name], tuple(gaps))
        for name, gaps in groupby(examined.gaps, key=lambda gap: gap.post)
    )


def empty_days(examined: Examined) -> dict[str, dict[int, int]]:
    """Return the person-minutes empty by what the post is called, and by day."""
    return {one.post.called: one.by_day() for one in empty_posts(examined)}


def when_empty(horizon: Horizon, gaps: Sequence[Gap]) -> str:
    """Return when a post is empty: the same hours on several days once, the longest first; beyond some, the rest."""
    alike: dict[tuple[int, int, int], list[int]] = {}
    for gap in gaps:
        turn = gap.start // DAY * DAY
        alike.setdefault((gap.start - turn, gap.end - turn, gap.missing), []).append(gap.day + turn // DAY)
    found = sorted(alike.items(), key=lambda one: (-len(one[1]), one[0]))
    shown = [_stretch(horizon, *one) for one in found[:MOST_STRETCHES]]
    text = tr("gaps.comma").join(shown)
    left = len(found) - MOST_STRETCHES
    return tr("gaps.and_more", stretches=text, number=left) if left > 0 else text


def _stretch(horizon: Horizon, window: tuple[int, int, int], days: Sequence[int]) -> str:
    start, end, missing = window
    text = tr("gaps.stretch", days=days_text(horizon, days), times=f"{clock(start)}-{clock(end)}")
    return tr("gaps.missing", stretch=text, number=missing) if missing > 1 else text


def lawful_sentence(examined: Examined) -> str:
    """Say that every rule holds, and how much of the posts does not."""
    found = empty_posts(examined)
    minutes = sum(one.minutes for one in found)
    return tr("gaps.lawful", hours=hours(minutes), posts=counted("gaps.posts", len(found)))


def partial_sentences(examined: Examined, partial: Partial) -> list[str]:
    """Say how much stays empty at best, and how far that is from the least possible."""
    empty = sum(one.minutes for one in empty_posts(examined))
    people = counted("gaps.people", len(examined.roster.people))
    if not empty:
        return [tr("gaps.nothing_empty", people=people)]
    wanted = sum(post.wanted for post in examined.scores.posts if post.hard)
    share = f"{min(99.9, 100 * (1 - empty / wanted)):.1f}".removesuffix(".0")
    said = [tr("gaps.best", people=people, hours=hours(empty), share=share)]
    if partial.bound >= empty:
        said.append(tr("gaps.least_proven", hours=hours(empty)))
    elif partial.proven:
        said.append(tr("gaps.order_proven", hours=hours(partial.bound)))
    else:
        said.append(tr("gaps.least", hours=hours(partial.bound)))
    if len({post.priority for post in examined.problem.posts if post.hard}) > 1:
        said.append(tr("gaps.by_priority", weight=WEIGHT))
    return said


def empty_document(examined: Examined) -> list[dict[str, object]]:
    """Return what stays empty as part of a document with stable keys; minutes count from the midnight of the date."""
    horizon = examined.roster.horizon
    return [
        {
            "post": one.post.name,
            "title": one.post.title,
            "priority": one.post.priority,
            "empty_minutes": one.minutes,
            "wanted_minutes": one.wanted,
            "gaps": [
                {
                    "date": horizon.on(gap.day).isoformat(),
                    "start": gap.start,
                    "end": gap.end,
                    "missing": gap.missing,
                }
                for gap in one.gaps
            ],
        }
        for one in empty_posts(examined)
    ]


def gap_text(minutes: int) -> str:
    """
    Return how long a post is empty on a day, in hours, short enough for a column of a calendar.

    >>> gap_text(480), gap_text(20)
    ('8', '0.3')
    """
    return hours(minutes) if minutes % 60 == 0 else f"{max(0.1, minutes / 60):.1f}"
