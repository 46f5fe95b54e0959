"""An existing scenario held against the load: which hours are short, and which posts ask for more than comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from roster.demand.chain import Chain, TooLarge
from roster.demand.days import KindOfDay
from roster.demand.staffing import Levels, weeks
from roster.demand.streams import Stream
from roster.domain.duty import DAY
from roster.domain.horizon import ring
from roster.domain.posts_and_seats import Post
from roster.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Short:
    """
    Hours of a kind of day in which a role has too few.

    From `first` to `end` o'clock; `held` and `needed` people, `level` the share answered in time in the worst of the
    hours, None where it cannot be said. `missed` arrivals a day that are answered too late beyond what is allowed.
    """

    role: str
    kind: KindOfDay
    first: int
    end: int
    held: int
    needed: int
    level: float | None
    missed: float


@dataclass(frozen=True, slots=True)
class Spare:
    """A post of which `people` places are more than the load asks for at any hour."""

    post: str
    people: int


@dataclass(frozen=True, slots=True)
class ScenarioPeople:
    """What a scenario holds: people by role, kind of day and hour, what is short, and what is spare."""

    people: dict[str, dict[KindOfDay, tuple[int, ...]]]
    levels: dict[str, dict[tuple[KindOfDay, int], float]]
    short: tuple[Short, ...]
    spare: tuple[Spare, ...]

    @property
    def helps_most(self) -> Short | None:
        """Where one more person answers most of what is late now; None where nothing is short."""
        return max(self.short, key=lambda one: one.missed, default=None)


def held(problem: Problem, streams: Sequence[Stream]) -> ScenarioPeople:
    """Return what a scenario holds of the load of some roles."""
    people = {one.role: by_hour(problem.posts, one.role) for one in streams}
    levels = {one.role: _levels(one, people[one.role]) for one in streams}
    short = tuple(found for one in streams for found in _short(one, people[one.role], levels[one.role]))
    spare = tuple(_spare(problem.posts, streams, people))
    return ScenarioPeople(people, levels, short, spare)


def by_hour(posts: Sequence[Post], role: str) -> dict[KindOfDay, tuple[int, ...]]:
    """
    Return the fewest people at work in each hour who hold posts of a role, by kind of day.

    A post of which several roles will do counts for each of them.
    """
    own = [post for post in posts if post.on_site and role in post.roles]
    week, holiday = np.zeros(7 * DAY, dtype=int), np.zeros(DAY, dtype=int)
    ordinary = ring()
    for post in own:
        minutes = np.arange(post.start, post.end)
        for day in range(7):
            if ordinary.needs(post.days, day):
                week[(day * DAY + minutes) % len(week)] += post.people
        if post.days.holidays:
            holiday[minutes % DAY] += post.people
    hours = week.reshape(7, 24, 60).min(axis=2)

    def lowest(days: slice) -> tuple[int, ...]:
        return tuple(int(one) for one in hours[days].min(axis=0))

    return {
        KindOfDay.WORKDAY: lowest(slice(1, 5)),
        KindOfDay.MONDAY: lowest(slice(0, 1)),
        KindOfDay.RESTDAY: lowest(slice(5, 7)),
        KindOfDay.HOLIDAY: tuple(int(one) for one in holiday.reshape(24, 60).min(axis=1)),
    }


def _levels(one: Stream, people: dict[KindOfDay, tuple[int, ...]]) -> dict[tuple[KindOfDay, int], float]:
    """Return the share answered in time with the people there, where it can be worked out."""
    chain = Chain(one.now.mean, one.target.within)
    found: dict[tuple[KindOfDay, int], float] = {}
    for week in weeks(one.arrivals):
        rates = [one.arrivals.cell(*place).rate for place in week]
        there = {place: people[place[0]][place[1]] for place in week}
        try:
            found |= Levels(chain, rates, week).of(there)
        except TooLarge:
            # The queue never ends; nobody is answered where nobody is.
            found |= {place: 0.0 for place, number in there.items() if not number}
    return found


def _short(
    one: Stream, people: dict[KindOfDay, tuple[int, ...]], levels: dict[tuple[KindOfDay, int], float]
) -> list[Short]:
    found: list[Short] = []
    for kind, needed in one.awake.items():
        for hour in range(24):
            there = people[kind][hour]
            if there >= needed[hour]:
                continue
            level = levels.get((kind, hour))
            rate = one.arrivals.cell(kind, hour).rate
            missed = rate * max(0.0, one.target.share - (level or 0.0))
            last = found[-1] if found else None
            same = last is not None and (last.kind, last.end) == (kind, hour)
            if last is not None and same and last.needed - last.held == needed[hour] - there:
                low = level if last.level is None else min(last.level, level if level is not None else 1.0)
                found[-1] = Short(
                    one.role, kind, last.first, hour + 1, last.held, last.needed, low, last.missed + missed
                )
            else:
                found.append(Short(one.role, kind, hour, hour + 1, there, needed[hour], level, missed))
    return found


def _spare(
    posts: Sequence[Post], streams: Sequence[Stream], people: dict[str, dict[KindOfDay, tuple[int, ...]]]
) -> list[Spare]:
    """Return places that can go, the last posts of the file first; what has gone does not count twice."""
    kept = list(posts)
    found: list[Spare] = []
    needs = {one.role: one.awake for one in streams}
    for post in reversed(posts):
        roles = [role for role in post.roles if role in needs]
        if not post.on_site or not roles or len(roles) < len(post.roles):
            continue
        gone = 0
        while gone < post.people:
            each = (_less(one, gone + 1) if one.name == post.name else one for one in kept)
            fewer = [one for one in each if one is not None]
            if any(_worse(needs[role], by_hour(fewer, role), by_hour(kept, role)) for role in roles):
                break
            gone += 1
        if gone:
            found.append(Spare(post.name, gone))
            kept = [one for each in kept if (one := _less(each, gone) if each.name == post.name else each)]
    return found


def _less(post: Post, by: int) -> Post | None:
    return replace(post, people=post.people - by) if post.people > by else None


def _worse(
    needs: dict[KindOfDay, tuple[int, ...]],
    fewer: dict[KindOfDay, tuple[int, ...]],
    now: dict[KindOfDay, tuple[int, ...]],
) -> bool:
    """Whether an hour has too few that had enough, or fewer still."""
    return any(
        fewer[kind][hour] < min(numbers[hour], now[kind][hour])
        for kind, numbers in needs.items()
        for hour in range(24)
    )
