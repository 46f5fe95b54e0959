"""Arrivals by kind of day and hour: rates with exact intervals, how they spread, and whether they grow."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.demand.days import DayKinds, KindOfDay
from roster.demand.poisson import chi_square_above, interval, mixed
from roster.demand.times import DAY_S

LEVEL = 0.95
UPPER_LEVEL = 0.90
ENOUGH_WEEKS = 13
"""From so many weeks on the rate itself is staffed; below, the upper end of its interval of 90 %."""

FEW = 5
"""Arrivals below which an hour is staffed at least for the rate of it and its neighbours."""

SPREAD = 1.5
"""Index of dispersion from which counts are taken for more spread than Poisson ones."""

MIXED_SHARE = 0.8
"""Of a rate that varies from day to day, the quantile that is staffed."""

APART_ARRIVALS = 30
APART_CHANCE = 0.01
GROWTH = 0.10
"""A year; above it a trend is said."""


@dataclass(frozen=True, slots=True)
class HourRate:
    """
    One hour of one kind of day.

    Parameters
    ----------
    kind, hour : Which.
    count : Arrivals seen.
    hours : Hours of observation.
    rate, low, high : Arrivals an hour, with the exact interval of 95 %.
    dispersion : Variance over mean of the counts of single days, pooled over the hours of the kind.
    staffed : The rate that people are worked out for.
    """

    kind: KindOfDay
    hour: int
    count: int
    hours: float
    rate: float
    low: float
    high: float
    dispersion: float
    staffed: float


@dataclass(frozen=True, slots=True)
class Arrivals:
    """
    Rates of one stream of work.

    `why` says which rate is staffed: `rate`, `upper` or `mixed`; `growth` is the trend a year, None where it cannot be
    told; `mondays_apart` is whether Mondays were told apart.
    """

    cells: tuple[HourRate, ...]
    weeks: float
    why: str
    growth: float | None
    mondays_apart: bool

    def cell(self, kind: KindOfDay, hour: int) -> HourRate:
        """Return a cell; a kind of day that the data lack is taken for a rest day, and that for a working day."""
        there = {(one.kind, one.hour): one for one in self.cells}
        for wanted in (kind, KindOfDay.RESTDAY, KindOfDay.WORKDAY):
            if (wanted, hour) in there:
                return there[wanted, hour]
        return self.cells[hour % len(self.cells)]

    @property
    def kinds(self) -> tuple[KindOfDay, ...]:
        """Kinds of day with observations, in order."""
        there = {one.kind for one in self.cells}
        return tuple(kind for kind in KindOfDay if kind in there)


Counts = Mapping[tuple[int, int], int]
"""Arrivals by day of the calendar and hour."""


def counted(moments: Iterable[int], calendar: DayKinds) -> Counts:
    """Return how many arrivals each day and hour of a calendar saw."""
    return Counter(
        (moment // DAY_S - calendar.first, moment % DAY_S // 3600)
        for moment in moments
        if calendar.kind(moment // DAY_S) is not None
    )


def arrivals(counts: Counts, calendar: DayKinds, growth: bool = False) -> Arrivals:
    """
    Return the rates of a stream.

    Parameters
    ----------
    counts : Arrivals by day and hour.
    calendar : Its days.
    growth : Whether the trend is applied up to the last day.
    """
    apart = _mondays_differ(counts, calendar)
    kinds = [
        KindOfDay.MONDAY if apart and monday else kind
        for kind, monday in zip(calendar.kinds, calendar.mondays, strict=True)
    ]
    why = "rate" if calendar.weeks >= ENOUGH_WEEKS else "upper"
    cells: list[HourRate] = []
    for kind in dict.fromkeys(kinds):
        days = [at for at, one in enumerate(kinds) if one is kind and any(calendar.hours[at])]
        if days:
            cells += _cells(kind, days, counts, calendar, why)
    slope = _growth(counts, calendar)
    if growth and slope is not None and slope > 0:
        factor = (1 + slope) ** (calendar.weeks / 104)
        cells = [replace(cell, staffed=cell.staffed * factor) for cell in cells]
    if any(cell.dispersion > SPREAD for cell in cells):
        why = "mixed"
    order = {kind: at for at, kind in enumerate(KindOfDay)}
    return Arrivals(
        tuple(sorted(cells, key=lambda cell: (order[cell.kind], cell.hour))),
        calendar.weeks,
        why,
        slope,
        apart,
    )


def _cells(
    kind: KindOfDay, days: Sequence[int], counts: Counts, calendar: DayKinds, why: str
) -> list[HourRate]:
    spread = dispersion([[counts.get((day, hour), 0) for day in days] for hour in range(24)])
    found = []
    for hour in range(24):
        hours = sum(calendar.hours[day][hour] for day in days)
        count = sum(counts.get((day, hour), 0) for day in days)
        if hours <= 0:
            continue
        rate = count / hours
        low, high = interval(count, hours, LEVEL)
        staffed = rate if why == "rate" else interval(count, hours, UPPER_LEVEL)[1]
        if count < FEW:
            staffed = max(staffed, _around(hour, days, counts, calendar))
        if spread > SPREAD:
            staffed = max(staffed, mixed(rate, spread, MIXED_SHARE))
        found.append(HourRate(kind, hour, count, hours, rate, low, high, spread, staffed))
    return found


def _around(hour: int, days: Sequence[int], counts: Counts, calendar: DayKinds) -> float:
    """Return the rate of an hour and its two neighbours: a handful of arrivals tells no hour from the next."""
    near = [(hour + step) % 24 for step in (-1, 0, 1)]
    hours = sum(calendar.hours[day][at] for day in days for at in near)
    return sum(counts.get((day, at), 0) for day in days for at in near) / hours if hours else 0.0


def dispersion(rows: Sequence[Sequence[int]]) -> float:
    """
    Return variance over mean of counts, pooled over hours; 1 for Poisson counts, and where there are too few.

    >>> round(dispersion([[1, 5, 1, 5], [0, 0, 0, 0]]), 2)
    1.78
    """
    variance = mean = 0.0
    for row in rows:
        if len(row) > 1:
            middle = sum(row) / len(row)
            mean += middle
            variance += sum((one - middle) ** 2 for one in row) / (len(row) - 1)
    return variance / mean if mean > 0 else 1.0


def _mondays_differ(counts: Counts, calendar: DayKinds) -> bool:
    """Return whether Mondays are told apart: chi-square at 1 % over the hours in which both have 30 arrivals."""
    mondays = [at for at, one in enumerate(calendar.mondays) if one]
    others = [
        at
        for at, (kind, monday) in enumerate(zip(calendar.kinds, calendar.mondays, strict=True))
        if kind is KindOfDay.WORKDAY and not monday
    ]
    if not mondays or not others:
        return False
    share = len(mondays) / (len(mondays) + len(others))
    value, degrees = 0.0, 0
    for hour in range(24):
        a = sum(counts.get((day, hour), 0) for day in mondays)
        b = sum(counts.get((day, hour), 0) for day in others)
        if min(a, b) < APART_ARRIVALS:
            continue
        expected = (a + b) * share
        value += (a - expected) ** 2 / expected + (b - (a + b - expected)) ** 2 / (a + b - expected)
        degrees += 1
    return degrees > 0 and chi_square_above(value, degrees) < APART_CHANCE


def _growth(counts: Counts, calendar: DayKinds) -> float | None:
    """Return the trend a year: least squares over whole weeks on the logarithm of their counts; None below 8 weeks."""
    weeks = Counter[int]()
    for (day, _), number in counts.items():
        weeks[day // 7] += number
    whole = [
        week
        for week in range(len(calendar.kinds) // 7)
        if weeks[week] and all(any(calendar.hours[day]) for day in range(7 * week, 7 * week + 7))
    ]
    if len(whole) < 8:
        return None
    xs = [week / 52.18 for week in whole]
    ys = [math.log(weeks[week]) for week in whole]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)
    error = math.sqrt(
        sum((y - my - slope * (x - mx)) ** 2 for x, y in zip(xs, ys, strict=True))
        / max(1, len(xs) - 2)
        / sum((x - mx) ** 2 for x in xs)
    )
    # A trend that its own error explains is none.
    return math.expm1(slope) if abs(slope) > 2 * error else 0.0
