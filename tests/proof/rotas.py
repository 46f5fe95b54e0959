"""Rotations counted, and every inequality that a scenario has, so that one can be held against the other."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from roster.checker import coverage_of_rotation
from roster.domain.outcome import Rotation, SeatUse
from roster.domain.problem import DAY, WEEK, Problem
from roster.proof import Count, Inequality, Ordinary, Refused, Use, exclusive_sets, inequality

KINDS_OF_A_TYPE = ("hours", "week_hours", "standby")
KINDS_OF_A_DAY = ("one_duty", "work_days", "nights", "weekend")
KINDS_OF_A_MINUTE = ("one_place", "rest")


def counted(week: Ordinary, rotations: Sequence[Rotation], seats: Sequence[SeatUse] = ()) -> dict[Count, int]:
    """How many people, duties, seats and empty places a week has with every line in force."""
    found: defaultdict[Count, int] = defaultdict(int)
    for rotation in rotations:
        found["people", rotation.type] += len(rotation.lines)
        for line in rotation.lines:
            for weekday, duty in enumerate(line):
                found["duty", rotation.type, weekday, duty.name] += 1
    for use in seats:
        found["seats", use.seat] += use.number
    for held in coverage_of_rotation(week.problem, rotations, seats):
        if held.held < held.required and not week.problem.post[held.post].hard:
            for stretch in week.stretches:
                for turn in (0, WEEK):
                    if held.day * DAY + held.start <= stretch.start + turn < held.day * DAY + held.end:
                        found["empty", held.post, stretch.start] += held.required - held.held
    return dict(found)


def shortfall(found: Inequality, counts: Mapping[Count, Fraction | int]) -> Fraction:
    """By how much counts miss an inequality; 0 or less where they satisfy it."""
    return found.least - sum(
        (factor * counts.get(count, 0) for count, factor in found.terms.items()), Fraction(0)
    )


def every_use(week: Ordinary, seed: int = 1) -> Iterator[tuple[Use, Inequality]]:
    """Yield every inequality that a problem has; of cover a few with weights drawn at random."""
    for use in (*_of_types(week), *_of_cover(week, random.Random(seed))):
        try:
            yield use, inequality(week, use)
        except Refused:
            continue


def _of_types(week: Ordinary) -> Iterator[Use]:
    for staff in week.problem.types:
        name = staff.name
        yield from (Use(kind, type=name) for kind in KINDS_OF_A_TYPE)
        minutes = {*week.starting, *(minute + 1 for minute in range(0, WEEK, 4 * 60))}
        yield from (Use(kind, type=name, at=at) for kind in KINDS_OF_A_MINUTE for at in sorted(minutes))
        for weekday in range(7):
            yield from (Use(kind, type=name, weekday=weekday) for kind in KINDS_OF_A_DAY)
            for shift in staff.shifts:
                yield Use("run", type=name, weekday=weekday, shift=shift)
            for first, second in exclusive_sets(week, name, weekday):
                yield Use("pair", type=name, weekday=weekday, first=tuple(first), second=tuple(second))


def _of_cover(week: Ordinary, draw: random.Random) -> Iterator[Use]:
    yield Use("control")
    names = [post.name for post in week.problem.posts]
    for chosen in (names, *([name] for name in names), draw.sample(names, len(names) // 2)):
        yield Use("week", posts=tuple((name, Fraction(1)) for name in chosen))
    for at, stretch in week.starting.items():
        plain = Use("cover", at=at, posts=tuple((name, Fraction(1)) for name in stretch.wanted))
        yield plain
        weights = ((name, Fraction(draw.randint(0, 9), draw.randint(1, 9))) for name in stretch.wanted)
        yield replace(plain, posts=tuple(weights))


def broken(problem: Problem, rotations: Iterable[Rotation], seats: Sequence[SeatUse] = ()) -> list[Use]:
    """The inequalities of a problem that rotations do not satisfy."""
    week = Ordinary.of(problem)
    counts = counted(week, list(rotations), seats)
    return [use for use, found in every_use(week) if shortfall(found, counts) > 0]
