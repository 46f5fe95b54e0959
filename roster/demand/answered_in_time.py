"""The share answered in time that a roster reaches, hour by hour of its dates, with the rates that were measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roster.checker import PostHeld
from roster.demand.chain import Chain, TooLarge
from roster.demand.days import KINDS, KindOfDay
from roster.domain.horizon import Horizon
from roster.domain.problem import DAY, Problem
from roster.sizing.measured import Measured, MeasuredRole


@dataclass(frozen=True, slots=True)
class ReachedHour:
    """
    One hour of one kind of day: the lowest level on any such date, the fewest people there, and on how many dates the
    level is below the target. `level` is None where the queue of the calendar has no end.
    """

    kind: KindOfDay
    hour: int
    people: int
    level: float | None
    below: int
    dates: int


@dataclass(frozen=True, slots=True)
class Reached:
    """What a roster reaches for a role: its hours with people awake asked for, and its target."""

    role: MeasuredRole
    hours: tuple[ReachedHour, ...]

    @property
    def short(self) -> tuple[ReachedHour, ...]:
        """The hours below the target on some date."""
        return tuple(one for one in self.hours if one.below)


def reached(
    problem: Problem, horizon: Horizon, rows: Iterable[PostHeld], measured: Measured
) -> list[Reached]:
    """
    Return what a roster reaches for each measured role that a post of the scenario asks for.

    Parameters
    ----------
    problem, horizon : The scenario, and the dates of the roster.
    rows : Who holds which post when, as the check found it.
    measured : Rates, handling times and targets.
    """
    held = list(rows)
    found = []
    for name, role in measured.roles.items():
        posts = {post.name for post in problem.posts if post.on_site and name in post.roles}
        if posts:
            found.append(_of_role(horizon, [row for row in held if row.post in posts], role))
    return found


def _of_role(horizon: Horizon, rows: list[PostHeld], role: MeasuredRole) -> Reached:
    people = people_by_hour(horizon, rows)
    places = [(_kind(horizon, day, role), hour) for day in range(horizon.days) for hour in range(24)]
    rates = [_rate(role, place) for place in places]
    try:
        levels: list[float] | None = Chain(role.handling, role.within).levels(rates, people)
    except TooLarge:
        levels = None
    hours: dict[tuple[KindOfDay, int], list[int]] = {}
    for at, place in enumerate(places):
        if role.awake.get((place[0].value, place[1]), 1):
            hours.setdefault(place, []).append(at)
    return Reached(role, tuple(_hour(place, at, people, levels, role.share) for place, at in hours.items()))


def _hour(
    place: tuple[KindOfDay, int], at: list[int], people: list[int], levels: list[float] | None, share: float
) -> ReachedHour:
    fewest = min(people[one] for one in at)
    if levels is None:
        return ReachedHour(*place, fewest, None, sum(not people[one] for one in at), len(at))
    reached_ = [levels[one] for one in at]
    return ReachedHour(*place, fewest, min(reached_), sum(level < share for level in reached_), len(at))


def people_by_hour(horizon: Horizon, rows: Iterable[PostHeld]) -> list[int]:
    """Return the fewest people who hold posts at any minute of each hour of a calendar."""
    minutes = [0] * (horizon.days * DAY)
    seen: dict[int, set[str]] = {}
    for row in rows:
        for minute in range(row.day * DAY + row.start, row.day * DAY + row.end):
            if 0 <= minute < len(minutes):
                seen.setdefault(minute, set()).update(row.by)
    for minute, names in seen.items():
        minutes[minute] = len(names)
    return [min(minutes[at : at + 60]) for at in range(0, len(minutes), 60)]


def _kind(horizon: Horizon, day: int, role: MeasuredRole) -> KindOfDay:
    kind = KINDS[horizon.kind(day)]
    monday = kind is KindOfDay.WORKDAY and horizon.weekday(day) == 0
    if monday and (KindOfDay.MONDAY.value, 0) in role.rates:
        return KindOfDay.MONDAY
    return kind


def _rate(role: MeasuredRole, place: tuple[KindOfDay, int]) -> float:
    """Return the rate of an hour; a kind of day without data is as a rest day, and that as a working day."""
    for kind in (place[0], KindOfDay.RESTDAY, KindOfDay.WORKDAY):
        if (kind.value, place[1]) in role.rates:
            return role.rates[kind.value, place[1]]
    return 0.0
