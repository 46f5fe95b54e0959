"""
How many people are wanted from hour to hour, and the posts that together ask for just that.

A curve has a number for each minute of the clock, for each kind of day. It is cut into layers: layer k is where at
least k are wanted. Each run of a layer is a window, and equal windows of several layers or kinds of day are one post,
so that whatever holds posts holds a curve.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from roster.domain.duty import DAY
from roster.domain.posts_and_seats import Days

WORKDAYS, RESTDAYS, HOLIDAYS = "weekdays", "weekends", "holidays"
KINDS = (WORKDAYS, RESTDAYS, HOLIDAYS)

Span = tuple[int, int]
"""First minute and end; the end of one over midnight is above 1440."""

Levels = tuple[tuple[int, int, int], ...]
"""Stretches of a day, each first minute, end and number of people; in order, from 0 to 1440."""


@dataclass(frozen=True, slots=True)
class Curve:
    """
    People wanted by kind of day.

    `kinds` hold all day long for working days, rest days that are no public holidays, and public holidays. `weekdays`
    (0 Monday) are numbers for single weekdays: where they are higher than the kind's, they count.
    """

    kinds: Mapping[str, Levels]
    weekdays: Mapping[int, Levels] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CurvePiece:
    """A window of some kinds of day, or of single weekdays, in which so many people are wanted beyond other pieces."""

    start: int
    length: int
    people: int
    kinds: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()

    @property
    def days(self) -> Days:
        """The days on which it is needed."""
        rest = RESTDAYS in self.kinds
        return Days(
            workdays=WORKDAYS in self.kinds,
            restdays=rest,
            holidays=HOLIDAYS in self.kinds,
            weekdays=frozenset(self.weekdays),
            ordinary=rest and HOLIDAYS not in self.kinds,
        )


def at(levels: Levels, minute: int) -> int:
    """
    Return how many are wanted at a minute of the day.

    >>> at(((0, 480, 1), (480, 1440, 3)), 500)
    3
    """
    return next((people for first, end, people in levels if first <= minute < end), 0)


def hourly(numbers: Sequence[int]) -> Levels:
    """
    Return the levels of 24 numbers.

    >>> hourly([0] * 8 + [2] * 10 + [1] * 6)
    ((0, 480, 0), (480, 1080, 2), (1080, 1440, 1))
    """
    return merged((60 * hour, 60 * hour + 60, people) for hour, people in enumerate(numbers))


def merged(stretches: Iterable[tuple[int, int, int]]) -> Levels:
    """Return stretches with equal neighbours made one."""
    found: list[tuple[int, int, int]] = []
    for first, end, people in stretches:
        if found and found[-1][2] == people and found[-1][1] == first:
            found[-1] = found[-1][0], end, people
        else:
            found.append((first, end, people))
    return tuple(found)


def pieces(curve: Curve, limits: Sequence[int] = (), fill: int = 0) -> list[CurvePiece]:
    """
    Return windows that together hold a curve.

    Without limits and filling, the windows ask for exactly what the curve does at every minute.

    Parameters
    ----------
    curve : What is wanted.
    limits : Minutes of the clock at which windows may begin and end; they are widened to the next. Empty: any.
    fill : Minutes; a hole in a layer that is shorter is held as well.
    """
    found: dict[tuple[Span, tuple[str, ...]], int] = {}
    most = max((people for levels in curve.kinds.values() for _, _, people in levels), default=0)
    for layer in range(1, most + 1):
        windows: dict[Span, list[str]] = {}
        for kind in KINDS:
            for span in _layer_spans(curve.kinds.get(kind, ()), layer, limits, fill):
                windows.setdefault(span, []).append(kind)
        for span, kinds in windows.items():
            key = span, tuple(kinds)
            found[key] = found.get(key, 0) + 1
    made = [CurvePiece(first, end - first, people, kinds) for ((first, end), kinds), people in found.items()]
    return made + _extra(curve, limits, fill)


def _extra(curve: Curve, limits: Sequence[int], fill: int) -> list[CurvePiece]:
    """Return what single weekdays want beyond their kind of day."""
    found: dict[tuple[Span, tuple[int, ...]], int] = {}
    spans: dict[tuple[Span, int], list[int]] = {}
    for weekday, levels in curve.weekdays.items():
        beyond = difference(levels, curve.kinds.get(RESTDAYS if weekday > 4 else WORKDAYS, ()))
        most = max((people for _, _, people in beyond), default=0)
        for layer in range(1, most + 1):
            for span in _layer_spans(beyond, layer, limits, fill):
                spans.setdefault((span, layer), []).append(weekday)
    for (span, _), weekdays in spans.items():
        key = span, tuple(weekdays)
        found[key] = found.get(key, 0) + 1
    return [
        CurvePiece(first, end - first, people, weekdays=weekdays)
        for ((first, end), weekdays), people in found.items()
    ]


def difference(levels: Levels, other: Levels) -> Levels:
    """
    Return by how many one curve is above another, never below 0.

    >>> difference(((0, 1440, 3),), ((0, 480, 1), (480, 1440, 4)))
    ((0, 480, 2), (480, 1440, 0))
    """
    cuts = sorted({0, DAY, *(edge for one in (*levels, *other) for edge in one[:2])})
    return merged((first, end, max(0, at(levels, first) - at(other, first))) for first, end in pairwise(cuts))


def _layer_spans(levels: Levels, layer: int, limits: Sequence[int], fill: int) -> list[Span]:
    """
    Return the windows of one layer of one kind of day.

    With limits, the day is a ring on which a window may cross midnight. Without, windows end there, so that each holds
    minutes of its own day only; a layer of the whole day is one window.

    >>> _layer_spans(hourly([1] * 8 + [0] * 12 + [1] * 4), 1, (), 0)
    [(0, 480), (1200, 1440)]
    >>> _layer_spans(hourly([1] * 8 + [0] * 12 + [1] * 4), 1, (0, 480, 960), 0)
    [(960, 1920)]
    """
    runs = [(first, end) for first, end, people in _above(levels, layer) if people]
    if not runs:
        return []
    if limits:
        return _on_limits(runs, sorted(set(limits)), fill)
    joined = [runs[0]]
    for first, end in runs[1:]:
        if first - joined[-1][1] < fill:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((first, end))
    return joined


def _above(levels: Levels, layer: int) -> Levels:
    return merged((first, end, int(people >= layer)) for first, end, people in levels)


def _on_limits(runs: list[Span], limits: list[int], fill: int) -> list[Span]:
    """Return runs of a ring widened to limits, those that meet or nearly meet made one."""
    parts = [limits[number : number + 2] for number in range(len(limits) - 1)]
    slots = [(a, b) for a, b in parts] + [(limits[-1], limits[0] + DAY)]
    wanted = [any(_meet(slot, run) for run in runs) for slot in slots]
    if all(wanted):
        return [(limits[0], limits[0] + DAY)]
    count = len(slots)
    begin = wanted.index(False)
    found: list[Span] = []
    for step in range(count):
        at_slot = (begin + step) % count
        first, end = slots[at_slot]
        first, end = (first + DAY, end + DAY) if begin + step >= count else (first, end)
        if not wanted[at_slot]:
            continue
        if found and first - found[-1][1] < max(fill, 1):
            found[-1] = found[-1][0], end
        else:
            found.append((first, end))
    if len(found) > 1 and found[0][0] + DAY - found[-1][1] < max(fill, 1):
        found = [(found[-1][0] - DAY, found[0][1]), *found[1:-1]]
    return sorted((first % DAY, first % DAY + end - first) for first, end in found)


def _meet(slot: Span, run: Span) -> bool:
    return any(slot[0] < run[1] + turn and run[0] + turn < slot[1] for turn in (-DAY, 0, DAY))
