"""Stretches on call: who holds a chain's level, or a post without a chain, from when to when without a break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from roster.domain.problem import DAY, Post
from roster.output.examined_roster import Examined


@dataclass(frozen=True, slots=True)
class OnCallStretch:
    """
    Somebody on call, in minutes since the midnight that starts day 0.

    `post` is the one that it begins with, `number` the holder's place in it; `schedule` the chain and level, or the
    post.
    """

    schedule: str
    who: str
    start: int
    end: int
    post: str
    number: int = 0


def schedule_of(post: Post) -> str:
    """Return what tools call the schedule of a post."""
    return f"{post.chain}-{post.level}" if post.chain else post.name


def stretches(examined: Examined) -> dict[str, list[OnCallStretch]]:
    """Return by schedule every stretch in order of time; what one person holds without a break is one."""
    found: dict[str, list[OnCallStretch]] = {}
    rows = sorted(examined.cover, key=lambda row: (row.day * DAY + row.start, row.post))
    for row in rows:
        name = schedule_of(examined.problem.post[row.post])
        known = found.setdefault(name, [])
        for number, who in enumerate(row.by[: row.required]):
            start, end = row.day * DAY + row.start, row.day * DAY + row.end
            at = next((at for at, one in enumerate(known) if (one.who, one.end) == (who, start)), None)
            if at is None:
                known.append(OnCallStretch(name, who, start, end, row.post, number))
            else:
                known[at] = replace(known[at], end=end)
    return {
        name: sorted(known, key=lambda one: (one.start, one.end, one.who)) for name, known in found.items()
    }


def overrides(
    now: Mapping[str, Iterable[OnCallStretch]], before: Mapping[str, Iterable[OnCallStretch]]
) -> dict[str, list[OnCallStretch]]:
    """Return what of the stretches now was not there before: the times that somebody else is to be paged."""
    return {
        name: [piece for one in known for piece in _without(one, before.get(name, ()))]
        for name, known in now.items()
    }


def _without(one: OnCallStretch, others: Iterable[OnCallStretch]) -> list[OnCallStretch]:
    pieces = [one]
    for other in (other for other in others if other.who == one.who):
        pieces = [
            replace(piece, start=start, end=end)
            for piece in pieces
            for start, end in (
                (piece.start, min(piece.end, other.start)),
                (max(piece.start, other.end), piece.end),
            )
            if start < end
        ]
    return pieces
