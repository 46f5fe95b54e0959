"""A mean over years, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

NORMAL = 1.959964
"""The 97.5 percent point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over independent years with its 95 percent confidence interval; of one year the interval is not known."""

    value: float
    low: float | None
    high: float | None


def mean(values: Sequence[float]) -> Mean:
    """
    Return the mean of independent values, with the interval of Student's t.

    >>> mean([1, 2, 3, 4])
    Mean(value=2.5, low=0.448, high=4.552)
    """
    number = len(values)
    middle = sum(values) / number
    if number < 2:
        return Mean(round(middle, 6), None, None)
    spread = math.sqrt(sum((each - middle) ** 2 for each in values) / (number - 1) / number)
    reach = t_point(number - 1) * spread
    return Mean(round(middle, 6), round(middle - reach, 3), round(middle + reach, 3))


def t_point(freedom: int) -> float:
    """
    Return the 97.5 percent point of Student's t (Abramowitz and Stegun 26.7.5; 26.7.3 and 26.7.4 for 1 and 2).

    >>> [round(t_point(number), 2) for number in (1, 2, 3, 10, 99)]
    [12.71, 4.3, 3.18, 2.23, 1.98]
    """
    if freedom == 1:
        return math.tan(math.pi * 0.475)
    if freedom == 2:
        return float(0.95 * math.sqrt(2 / (1 - 0.95**2)))
    x = NORMAL
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + math.fsum(term / freedom ** (power + 1) for power, term in enumerate(terms))
