"""
Duties worth considering: leaving out what can never help keeps graphs small and every answer the same.

A standby that lets nobody hold a post on some weekday only ties a person down; one that a shorter standby could
replace there does so needlessly. Dropping or shortening a standby breaks no rule, save one that asks for runs, counts
or successions of either: those standbys are left alone. A working shift is kept on every day if it can be of use on
one: a rule may ask for longer blocks of work than the posts do.
"""

from __future__ import annotations

from collections.abc import Sequence

from roster.horizon import Horizon, ring
from roster.problem import DAY, Duty, Post, Problem, Shift, StaffType
from roster.rules import Count, Gap, Handover, ShiftRun, Succession, WholeWeekends

Held = frozenset[tuple[str, int, int]]
"""Posts with the stretches (minutes of the ring week) in which a part of a duty lets a person hold them."""


def useful_duties(problem: Problem, staff: StaffType, horizon: Horizon) -> tuple[Duty, ...]:
    """Return the duties of a type in which every part meets, on some day, a post it can hold; off always."""
    posts = [
        post
        for post in problem.posts
        if problem.can_hold(staff, post) and any(horizon.needs(post.days, day) for day in range(horizon.days))
    ]
    return tuple(
        duty
        for duty in problem.duties(staff)
        if all(
            any(problem.suits(duty, part, post) and _meet(part, post) for post in posts)
            for part in duty.parts
        )
    )


def _meet(part: Shift, post: Post) -> bool:
    """Whether a part of a duty can overlap a post's window, on the same day or one before or after."""
    return any(part.start < post.end + turn and post.start + turn < part.end for turn in (-DAY, 0, DAY))


def useful_numbers(
    problem: Problem, staff: StaffType, duties: Sequence[Duty], horizon: Horizon | None = None
) -> list[frozenset[int]]:
    """Return for each day (each weekday of a rotation where not given) the numbers of the duties of use on it."""
    horizon = horizon or ring()
    standbys = {duty.standby for duty in duties if duty.standby is not None}
    named = _needed(staff, {standby.name for standby in standbys})
    counted = named | _limited(staff)
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
            if standby.name not in named and (not held[standby] or _replaceable(standby, held, counted))
        }
        found.append(frozenset(n for n, duty in enumerate(duties) if duty.standby not in needless))
    return found


def _needed(staff: StaffType, standbys: set[str]) -> set[str]:
    """Return the standbys of which a day left out may break a rule."""
    found: set[str] = set()
    for rule in staff.rules:
        if isinstance(rule, ShiftRun) and (rule.shortest > 1 or rule.starts):
            found.add(rule.shift)
        elif isinstance(rule, Handover) or (isinstance(rule, Succession) and rule.days_off):
            found |= {rule.first, rule.second}
        elif isinstance(rule, WholeWeekends):
            found |= standbys
        elif (isinstance(rule, Gap) and rule.blocks) or (isinstance(rule, Count) and rule.least):
            found |= set(rule.shifts) or standbys
    return found


def _limited(staff: StaffType) -> set[str]:
    """Return the shifts and standbys of which a day more may break a rule."""
    found: set[str] = set()
    for rule in staff.rules:
        if isinstance(rule, ShiftRun) and rule.longest is not None:
            found.add(rule.shift)
        elif isinstance(rule, Succession | Handover):
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
    own = [
        (post, [horizon.needs(post.days, day) for day in range(-1, horizon.days + 2)])
        for post in problem.posts
        if problem.can_hold(staff, post)
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


def _replaceable(standby: Shift, held: dict[Shift, Held], counted: set[str]) -> bool:
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
