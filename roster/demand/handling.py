"""How long one takes: mean, spread and interval of booked effort, never of the time from open to resolved."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

ASSUMED_MIN = 15.0
"""Minutes where no effort is booked: an assumption, said as one wherever it is used."""

FEWEST = 30
TRIMMED = 0.99


@dataclass(frozen=True, slots=True)
class Handling:
    """
    Handling time of a stream in minutes.

    `number` of records it rests on; `low` and `high` the interval of 95 % of the mean; `spread` the squared coefficient
    of variation (1 for exponential times); `origin` is `measured`, `hint` or `assumed`.
    """

    mean: float
    low: float
    high: float
    spread: float
    number: int
    origin: str


def handling(seconds: Iterable[float], *, hint: bool = False, assumed: float = ASSUMED_MIN) -> Handling:
    """
    Return the handling time of some efforts.

    The largest hundredth is cut down to the 99th percentile.

    Parameters
    ----------
    seconds : Efforts booked, in seconds; those not booked are negative, or zero.
    hint : Whether the effort is no booked work, only a sign of it.
    assumed : Minutes that are taken where too few efforts are booked.

    >>> handling([600.0] * 50).mean, handling([]).origin
    (10.0, 'assumed')
    """
    minutes = sorted(one / 60 for one in seconds if one > 0)
    if len(minutes) < FEWEST:
        return Handling(assumed, assumed, assumed, 1.0, len(minutes), "assumed")
    cap = minutes[min(len(minutes) - 1, math.ceil(TRIMMED * len(minutes)) - 1)]
    cut = [min(one, cap) for one in minutes]
    mean = sum(cut) / len(cut)
    variance = sum((one - mean) ** 2 for one in cut) / (len(cut) - 1)
    half = 1.96 * math.sqrt(variance / len(cut))
    return Handling(
        mean, max(0.0, mean - half), mean + half, variance / mean**2, len(cut), "hint" if hint else "measured"
    )
