"""The rings that are tried where one week does not do, the shortest first, each with its share of the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import inf

from roster.domain.problem import Problem
from roster.engine.rotation.lawful_days import WEEK_DAYS, weekdays_alike
from roster.engine.rotation.model import RotationModel
from roster.engine.solvers.search import Search

MOST_DAYS = 13
"""Longest ring of days tried where weekdays are alike."""

RING_WEEKS = (2, 3, 4, 5, 6, 8, 7, 9, 10, 12)
"""Rings of weeks in the order they are tried; one of many divisors has more rotas than its neighbours."""

MOST_VARIABLES = 150_000
"""Largest ring tried."""

RING_SHARE = 0.5
"""Share of that for each ring."""

LONGEST = 4 * WEEK_DAYS
"""Days of the longest ring tried where a rota is one question of many."""

Made = Callable[[int], RotationModel]
"""Builds the model of a ring of so many days."""


def ring_lengths(problem: Problem) -> Iterator[int]:
    """Yield the lengths in days of rings to try where one week does not do: few days where weekdays are alike."""
    if weekdays_alike(problem):
        yield from (days for days in range(2, MOST_DAYS + 1) if days % WEEK_DAYS)
    yield from (WEEK_DAYS * weeks for weeks in RING_WEEKS)


def rings(
    make: Made, lengths: Iterable[int], search: Search, most_seconds: float = inf
) -> Iterator[tuple[RotationModel, Search]]:
    """
    Yield the model of each ring that is not too large, with the search that it gets, until time is up.

    Parameters
    ----------
    make : Builds the model of a ring.
    lengths : Days of the rings.
    search : Deadline and settings, of which each ring gets a share.
    most_seconds : Wall time at most for each.
    """
    for days in lengths:
        if search.seconds_left <= 0:
            return
        model = make(days)
        if len(model.program.lower) <= MOST_VARIABLES:
            seconds = min(search.seconds_left * RING_SHARE, most_seconds)
            yield model, replace(search, deadline=time.monotonic() + seconds)
