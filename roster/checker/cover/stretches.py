"""
Whether every post is held at every minute, and by whom.

Between two break-points nothing changes: there each person present is matched to posts afresh, starting from what they
held a moment before. See `roster.checker.cover.assignment`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import lcm

from roster.checker.cover.assignment import hold
from roster.checker.cover.bundles import Bundles, bits
from roster.checker.cover.presence import (
    PostDay,
    Presence,
    roster_presences,
    roster_wants,
    rotation_presences,
    rotation_wants,
)
from roster.domain.outcome import Roster, Rotation, SeatUse
from roster.domain.problem import DAY, WEEK, Post, Problem


@dataclass(frozen=True, slots=True)
class PostHeld:
    """
    Who holds a post over one stretch of time.

    `start` and `end` are minutes after midnight of `day`, the day the post belongs to. `by` names people and vendor
    seats; `held` counts them.
    """

    day: int
    start: int
    end: int
    post: str
    level: int
    required: int
    held: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """Who holds each post when, and which posts each part of each duty holds: (person, day, part) → names of posts."""

    rows: tuple[PostHeld, ...]
    posts: dict[tuple[int, int, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Instant:
    """A stretch of time in which nothing changes: who is there, what is wanted."""

    start: int
    end: int
    present: dict[int, list[Presence]]
    wanted: dict[int, PostDay]


def cover_of_roster(
    problem: Problem, roster: Roster, stated: Mapping[tuple[int, int, int], tuple[str, ...]] | None = None
) -> Cover:
    """
    Return who holds what on the dates of a roster.

    Parameters
    ----------
    problem, roster : The scenario, and the roster read.
    stated : Posts by (person, day, part); whoever is there holds those alone.
    """
    names = [person.name for person in roster.people]
    present = list(roster_presences(problem, roster, stated))
    return _cover(problem, names, present, roster_wants(problem, roster))


def cover_of_rotations(
    problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse] = ()
) -> Cover:
    """
    Return who holds what in `ring_weeks` of rotations; people are named by the line they begin on.

    Rotations that repeat after different numbers of weeks are looked at for as many as all of them fit into.

    Parameters
    ----------
    problem, rotations : The scenario, and all its rotations together.
    seats : The vendor seats that are taken.
    """
    names = [
        f"{label(rotation)}-{rotation.line(person, 0) + 1}"
        for rotation in rotations
        for person in range(rotation.people)
    ]
    weeks = ring_weeks(rotations)
    present = list(rotation_presences(problem, rotations, weeks))
    return _cover(problem, names, present, rotation_wants(problem, seats, weeks))


def ring_weeks(rotations: Sequence[Rotation]) -> int:
    """Return after how many weeks all rotations together repeat."""
    return lcm(*(rotation.weeks for rotation in rotations))


def label(rotation: Rotation) -> str:
    """Return what tells a rotation from others: its type, and its name where it has one."""
    return f"{rotation.type}/{rotation.name}" if rotation.name else rotation.type


def _cover(problem: Problem, names: Sequence[str], presences: list[Presence], wants: list[PostDay]) -> Cover:
    bundles = Bundles(problem.posts)
    ranked = sorted(range(len(problem.posts)), key=lambda n: (*_rank(problem.posts[n]), n))
    kept: dict[int, int] = {}
    rows: list[PostHeld] = []
    posts: defaultdict[tuple[int, int, int], dict[str, None]] = defaultdict(dict)
    for now in _instants(presences, wants):
        seated = {number: _seated(now, want, problem) for number, want in now.wanted.items()}
        needs = {n: problem.posts[n].people - len(seated[n]) for n in ranked if n in now.wanted}
        able = {person: _either(parts) for person, parts in now.present.items()}
        kept = hold(bundles, able, needs, kept)
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for person, mask in kept.items():
            for number in bits(mask):
                holders[number].append(person)
                at = next(part for part in now.present[person] if part.able >> number & 1)
                posts[at.person, at.day, at.part].setdefault(problem.posts[number].name)
        rows += _rows(
            problem, now, seated, {n: [names[p] for p in sorted(people)] for n, people in holders.items()}
        )
    order = {post.name: place for place, post in enumerate(problem.posts)}
    merged = _merge(sorted(rows, key=lambda row: (row.day, order[row.post], row.start)))
    return Cover(tuple(merged), {slot: tuple(held) for slot, held in posts.items()})


def _rank(post: Post) -> tuple[bool, int]:
    """What is filled first: posts that must be held by priority, then the others by what an empty hour costs."""
    return (not post.hard, post.priority if post.hard else -post.price)


def _either(parts: list[Presence]) -> int:
    mask = 0
    for part in parts:
        mask |= part.able
    return mask


def _instants(presences: list[Presence], wants: list[PostDay]) -> Iterator[Instant]:
    """Cut time where a person or a post comes or goes; skip the stretches in which nothing is wanted."""
    arriving: defaultdict[int, list[Presence]] = defaultdict(list)
    opening: defaultdict[int, list[PostDay]] = defaultdict(list)
    cuts: set[int] = set()
    for presence in presences:
        arriving[presence.start].append(presence)
        cuts |= {presence.start, presence.end}
    for want in wants:
        opening[want.start].append(want)
        cuts |= {want.start, want.end, want.judged, want.judged_end}
        cuts.update(minute for seat in want.seats for minute in seat[1:])
    here: list[Presence] = []
    wanted: list[PostDay] = []
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        here = [presence for presence in here if presence.end > start] + arriving[start]
        wanted = [want for want in wanted if want.end > start] + opening[start]
        if wanted:
            present: defaultdict[int, list[Presence]] = defaultdict(list)
            for presence in here:
                present[presence.person].append(presence)
            yield Instant(start, end, present, {want.post: want for want in wanted})


def _seated(now: Instant, want: PostDay, problem: Problem) -> list[str]:
    """Return the vendor seats that fill places of a post now."""
    filled = [name for name, start, end in want.seats if start <= now.start and now.end <= end]
    return filled[: problem.posts[want.post].people]


def _rows(
    problem: Problem, now: Instant, seated: dict[int, list[str]], holders: dict[int, list[str]]
) -> Iterator[PostHeld]:
    for number, want in now.wanted.items():
        post = problem.posts[number]
        by = (*holders.get(number, ()), *seated[number])
        judged = want.judged <= now.start and now.end <= want.judged_end
        if len(by) < post.people and not judged:
            continue
        midnight = want.day * DAY
        # Past Sunday midnight a ring begins again; the post still counts from its own day.
        turn = WEEK if now.start < midnight else 0
        start, end = now.start + turn - midnight, now.end + turn - midnight
        yield PostHeld(want.day, start, end, post.name, post.level, post.people, len(by), by)


def _merge(rows: Iterable[PostHeld]) -> Iterator[PostHeld]:
    """Join rows that follow each other with the same holders."""
    last: PostHeld | None = None
    for row in rows:
        if last is not None and last.end == row.start and replace(last, start=row.start, end=row.end) == row:
            last = replace(last, end=row.end)
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last
