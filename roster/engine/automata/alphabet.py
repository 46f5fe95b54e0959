"""
The alphabet of the automata: the duties worth considering.

Leaving out what can never help keeps graphs small and every answer the same.

A shift that lets nobody hold a post only ties a person down, and so does a standby on a weekday when it lets nobody
hold one, or when a shorter standby would do. Such a part is left out only where every hard rule of the type is known
to be kept without it as well: a rule may ask for longer blocks of work than the posts do, or for no single days off,
and then work that no post needs is what keeps it. `_MISSED` says of each rule when a part would be missed; a rule that
is not in it is taken to miss every part. A working shift is kept on every day if it can be of use on one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from roster.domain import rules
from roster.domain.counts import Count, Counted, Gap
from roster.domain.horizon import Horizon, ring
from roster.domain.problem import DAY, Duty, Post, Problem, Shift, StaffType
from roster.domain.rules import Rule

HeldSet = frozenset[tuple[str, int, int]]
"""Posts with the stretches (minutes of the ring week) in which a part of a duty lets a person hold them."""


def _never(_rule: Any, _part: Shift) -> bool:
    return False


_MISSED: dict[type[Rule], Callable[[Any, Shift], bool]] = {
    # Limits on how much there is, and on what lies between: less of it, or a longer rest, breaks none of them.
    rules.NoOverlap: _never,
    rules.MinRest: _never,
    rules.MaxNights: _never,
    rules.WeekHours: _never,
    rules.WeeklyRest: _never,
    rules.FreeWeekends: _never,
    rules.NoStandbyBefore: _never,
    rules.NoStandbyAfterNights: _never,
    rules.ShiftLength: _never,
    rules.AverageHours: _never,
    rules.StandbyShare: _never,
    # A night taken out of a block leaves two blocks, and the rest after the first is then too short.
    rules.RestAfterNights: lambda _rule, part: part.night,
    # Days with a shift make blocks of work and end blocks of days off; a standby alone does neither.
    rules.WorkBlock: lambda rule, part: part.on_site and rule.shortest > 1,
    rules.OffBlock: lambda rule, part: part.on_site and (rule.shortest > 1 or rule.longest is not None),
    rules.ShiftRun: lambda rule, part: part.name == rule.shift and (rule.shortest > 1 or bool(rule.starts)),
    rules.Handover: lambda rule, part: part.name in (rule.first, rule.second),
    # `first`, another shift, `second` is lawful where `first`, off, `second` is not.
    rules.Succession: lambda rule, part: rule.days_off > 0,
    # A block of nights cut in two has to keep the gap in the middle.
    Gap: lambda rule, part: rule.blocks,
    Count: lambda rule, part: rule.least > 0 or rule.of is Counted.DAYS_OFF,
}
"""When a rule might be broken by leaving a part out of a duty."""


def _spared(staff: StaffType, part: Shift) -> bool:
    """Whether every hard rule of a type that is kept with a part of a duty is kept without it."""
    return not any(_misses(rule, part) for rule in staff.rules if rule.hard)


def _misses(rule: Rule, part: Shift) -> bool:
    missed = _MISSED.get(type(rule))
    return missed is None or missed(rule, part)


def useful_duties(problem: Problem, staff: StaffType, horizon: Horizon) -> tuple[Duty, ...]:
    """
    Return the duties of a type whose parts each meet, on some day, a post it can hold, or might be missed by a rule.

    Off is always among them.

    Parameters
    ----------
    problem, staff : The scenario, and the type whose duties are meant.
    horizon : The days on which a post may be met.
    """
    posts = [
        post
        for post in problem.posts
        if problem.is_eligible(staff, post)
        and any(horizon.needs(post.days, day) for day in range(horizon.days))
    ]
    return tuple(
        duty
        for duty in problem.duties(staff)
        if all(
            any(problem.suits(duty, part, post) and _meet(part, post) for post in posts)
            or not _spared(staff, part)
            for part in duty.parts
        )
    )


def _meet(part: Shift, post: Post) -> bool:
    """Whether a part of a duty can overlap a post's window, on the same day or one before or after."""
    return any(part.start < post.end + turn and post.start + turn < part.end for turn in (-DAY, 0, DAY))


def useful_numbers(
    problem: Problem, staff: StaffType, duties: Sequence[Duty], horizon: Horizon | None = None
) -> list[frozenset[int]]:
    """
    Return for each day the numbers of the duties of use on it.

    Parameters
    ----------
    problem, staff : The scenario, and the type whose duties are meant.
    duties : The type's alphabet; a number is a place in it.
    horizon : The days looked at; the seven weekdays of a rotation where not given.
    """
    horizon = horizon or ring()
    standbys = {duty.standby for duty in duties if duty.standby is not None}
    counted = _limited(staff) | {standby.name for standby in standbys if not _spared(staff, standby)}
    if not standbys:
        return [frozenset(range(len(duties)))] * horizon.days
    windows = _windows(problem, staff, horizon)
    found = []
    for day in range(horizon.days):
        held = {
            standby: frozenset(
                (name, max(start, window[0]), min(end, window[1]))
                for name, post, *window in windows[day]
                for start, end in [_stretch(day, standby)]
                if _answers(standby, post) and max(start, window[0]) < min(end, window[1])
            )
            for standby in standbys
        }
        needless = {
            standby
            for standby in standbys
            if _spared(staff, standby) and (not held[standby] or _replaceable(standby, held, counted))
        }
        found.append(frozenset(n for n, duty in enumerate(duties) if duty.standby not in needless))
    return found


def _limited(staff: StaffType) -> set[str]:
    """Return the shifts and standbys of which a day more may break a rule."""
    found: set[str] = set()
    for rule in staff.rules:
        if isinstance(rule, rules.ShiftRun) and rule.longest is not None:
            found.add(rule.shift)
        elif isinstance(rule, rules.Succession | rules.Handover):
            found |= {rule.first, rule.second}
        elif isinstance(rule, Gap | Count):
            found |= set(rule.shifts)
    return found


def _stretch(day: int, part: Shift) -> tuple[int, int]:
    return day * DAY + part.start, day * DAY + part.end


def _answers(standby: Shift, post: Post) -> bool:
    if post.shifts and standby.name not in post.shifts:
        return False
    return not post.on_site and (
        post.response is None or (standby.response is not None and standby.response <= post.response)
    )


def _windows(problem: Problem, staff: StaffType, horizon: Horizon) -> list[list[tuple[str, Post, int, int]]]:
    """Return for each day the posts a type can hold, windows around it; in a ring Sunday is before Monday."""
    # Whoever may hold one of the posts that are asked alike may hold the others: thirty calls are no more than one.
    alike = {
        (post.start, post.end, post.days, post.shifts, post.on_site, post.response): post
        for post in problem.posts
        if problem.is_eligible(staff, post)
    }
    own = [
        (post, [horizon.needs(post.days, day) for day in range(-1, horizon.days + 2)])
        for post in alike.values()
    ]
    return [
        [
            (post.name, post, day * DAY + post.start, day * DAY + post.end)
            for post, needed in own
            for day in range(middle - 1, middle + 3)
            if needed[day % horizon.days + 1 if horizon.cyclic else day + 1]
        ]
        for middle in range(horizon.days)
    ]


def _replaceable(standby: Shift, held: dict[Shift, HeldSet], counted: set[str]) -> bool:
    """Whether another standby, inside this one in time and no harder, lets a person hold all that this one does."""
    for other, more in held.items():
        if other.name in counted:
            continue
        inside = standby.start <= other.start and other.end <= standby.end
        shorter = other.length < standby.length or (
            other.length == standby.length and other.name < standby.name
        )
        if inside and shorter and other.work_minutes <= standby.work_minutes and held[standby] <= more:
            return True
    return False
