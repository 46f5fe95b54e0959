"""
Intervals of counted rates, and the two quantiles they need, in logarithms so that nothing underflows.

Sources: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936 (the exact interval, by
quantiles of chi-square, which for whole counts are Erlang quantiles); G. Jongbloed and G. Koole, "Managing uncertainty
in call centres using Poisson mixtures", 2001 (gamma-mixed rates where counts spread more than Poisson ones do).
"""

from __future__ import annotations

import math

_STEPS = 200


def below(shape: float, at: float) -> float:
    """
    Return the share of a gamma distribution of that shape and scale 1 which lies below a number.

    >>> round(below(1.0, 1.0), 6), round(below(1000.0, 1000.0), 4)
    (0.632121, 0.5042)
    """
    if at <= 0:
        return 0.0
    front = shape * math.log(at) - at - math.lgamma(shape)
    if at < shape + 1:
        term = total = 1 / shape
        number = shape
        while term > total * 1e-16:
            number += 1
            term *= at / number
            total += term
        return min(1.0, math.exp(front + math.log(total)))
    return max(0.0, 1 - math.exp(front) * _above(shape, at))


def _above(shape: float, at: float) -> float:
    """Return the continued fraction of what lies above (Lentz), without its factor."""
    tiny = 1e-300
    b = at + 1 - shape
    c, d = 1 / tiny, 1 / b
    found = d
    for step in range(1, 10_000):
        a = -step * (step - shape)
        b += 2
        d = a * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + a / c
        c = c if abs(c) > tiny else tiny
        found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return found


def quantile(shape: float, share: float) -> float:
    """
    Return the number below which a share of a gamma distribution of that shape and scale 1 lies, by bisection.

    >>> round(quantile(1.0, 0.5), 6)
    0.693147
    """
    low, high = 0.0, shape + 10 * math.sqrt(shape) + 10
    while below(shape, high) < share:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if below(shape, middle) < share else (low, middle)
    return (low + high) / 2


def interval(count: int, exposure: float, level: float = 0.95) -> tuple[float, float]:
    """
    Return the exact interval of a rate of which `count` events were seen in so many hours.

    Parameters
    ----------
    count, exposure : Events seen, and hours in which they were.
    level : Of confidence, 0 to 1.

    >>> low, high = interval(10, 1.0)
    >>> round(low, 3), round(high, 3), interval(0, 2.0)[0]
    (4.795, 18.39, 0.0)
    """
    tail = (1 - level) / 2
    low = quantile(count, tail) if count else 0.0
    return low / exposure, quantile(count + 1, 1 - tail) / exposure


def mixed(mean: float, dispersion: float, share: float) -> float:
    """
    Return a quantile of the rate where counts of mean `mean` have so many times the variance of Poisson counts.

    The rate is then gamma with that mean and variance (dispersion - 1) x mean.

    Parameters
    ----------
    mean, dispersion : Of the counts; their variance is dispersion times the mean.
    share : Which quantile, 0 to 1.

    >>> mixed(4.0, 1.0, 0.8), round(mixed(4.0, 3.0, 0.8), 3)
    (4.0, 5.989)
    """
    if dispersion <= 1 or mean <= 0:
        return mean
    scale = dispersion - 1
    return quantile(mean / scale, share) * scale


def chi_square_above(value: float, degrees: int) -> float:
    """
    Return the chance that chi-square exceeds a value.

    >>> round(chi_square_above(3.841, 1), 3)
    0.05
    """
    return 1 - below(degrees / 2, value / 2)
