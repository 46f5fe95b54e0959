"""
How many people answer alerts or calls fast enough: Erlang C, and Erlang A where callers give up.

Arrivals are Poisson, handling times exponential. Both formulas are evaluated so that neither tiny nor huge loads
overflow: Erlang B by its recursion, integrals relative to their largest term.

Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
exchanges", 1917 (Erlang C); C. Palm, 1957, and S. Zeltyn and A. Mandelbaum, "Call centers with impatient customers:
many-server asymptotics of the M/M/n+G queue", Queueing Systems 51, 2005 (Erlang A, the building blocks E and J).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

_Function = Callable[[float], float]

MOST_LOAD = 20_000.0
"""Largest load in erlangs that is answered: more people than any desk has."""

_PANELS = 2000
_NEGLIGIBLE = 45.0
"""Terms smaller than the largest by this factor's exponential (3e-20) are left out of integrals."""


@dataclass(frozen=True, slots=True)
class Target:
    """
    What comes in and how fast it is to be answered.

    Parameters
    ----------
    per_hour : Arrivals an hour.
    handling : Minutes that one takes on average.
    share : Share of arrivals, at least 0 and below 1, to be answered `within` so many minutes.
    patience : Minutes that callers wait on average before they give up; None: they never do.
    """

    per_hour: float
    handling: float
    share: float
    within: float
    patience: float | None = None

    @property
    def load(self) -> float:
        """Offered load in erlangs: how many people are busy on average if nobody waits."""
        return self.per_hour * self.handling / 60


def erlang_b(load: float, people: int) -> float:
    """
    Return the share of arrivals that find everybody busy if nobody may wait.

    B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)) for a load of a erlangs.

    >>> round(erlang_b(2.0, 4), 4)
    0.0952
    """
    blocked = 1.0
    for busy in range(1, people + 1):
        blocked = load * blocked / (busy + load * blocked)
    return blocked


def erlang_c(load: float, people: int) -> float:
    """
    Return the share of arrivals that must wait; 1 where the load is too much for so many people.

    C = B / (1 - a/n (1 - B)) for a load of a erlangs and n people.

    The published example of 360 calls per half hour of 4 minutes and 55 agents (48 erlangs):

    >>> round(erlang_c(48, 55), 3)
    0.239
    """
    if load <= 0:
        return 0.0
    if people <= load:
        return 1.0
    blocked = erlang_b(load, people)
    return blocked / (1 - load / people * (1 - blocked))


def answered(target: Target, people: int) -> float:
    """
    Return the share of arrivals that so many people answer in time; who gives up before counts as not answered.

    Erlang C: 1 - C exp(-(n - a) t / h), t the time allowed and h the handling time.

    >>> round(answered(Target(per_hour=720, handling=4, share=0.8, within=0.25), 55), 3)
    0.846
    """
    if target.load <= 0:
        return 1.0
    if people <= 0:
        return 0.0
    if target.patience is not None:
        return _answered_before_giving_up(target, people)
    if people <= target.load:
        return 0.0
    waits = erlang_c(target.load, people)
    return 1 - waits * math.exp(-(people - target.load) * target.within / target.handling)


def people_needed(target: Target) -> int:
    """
    Return the fewest people who answer a share of arrivals in time; 0 where nothing comes in.

    Raises
    ------
    ValueError
        No finite number can: every single arrival is to be answered in time, or the load is above `MOST_LOAD`.
    """
    if target.share >= 1 or target.load > MOST_LOAD:
        raise ValueError("no finite desk answers that")
    if target.load <= 0 or target.share <= 0:
        return 0
    enough = max(1, math.ceil(target.load))
    while answered(target, enough) < target.share:
        enough *= 2
    # More people never answer fewer in time, so the least number lies where the answer turns.
    short = 0
    while enough - short > 1:
        middle = (enough + short) // 2
        if answered(target, middle) < target.share:
            short = middle
        else:
            enough = middle
    return enough


def _answered_before_giving_up(target: Target, people: int) -> float:
    """
    Return the share served within the time, of all who come (M/M/n+M).

    With H(x) = (1 - exp(-x/p)) p for mean patience p, a load a, handling time h and n people, the wait that an
    endlessly patient caller would have is 0 with weight E = 1 / B(n-1), and x with weight
    f(x) = a/h exp(a/h H(x) - n x/h). Of those, the share exp(-x/p) is still there.
    """
    assert target.patience is not None
    rate, pace = target.load / target.handling, people / target.handling
    patience = target.patience

    def exponent(wait: float) -> float:
        return -rate * patience * math.expm1(-wait / patience) - pace * wait

    peak = max(0.0, patience * math.log(rate / pace)) if rate > pace else 0.0
    top = exponent(peak)
    first, last = _edges(exponent, peak, 1 / (pace + rate))
    none_waiting = _share_free(target.load, people) * math.exp(-top)
    if math.isinf(none_waiting):
        return 1.0

    def still_there(wait: float) -> float:
        return rate * math.exp(exponent(wait) - top - wait / patience)

    def any_wait(wait: float) -> float:
        return rate * math.exp(exponent(wait) - top)

    in_time = _integral(still_there, first, min(last, target.within)) if target.within > first else 0.0
    return (none_waiting + in_time) / (none_waiting + _integral(any_wait, first, last))


def _share_free(load: float, people: int) -> float:
    """Return 1 / B(n-1) by the recursion of its inverse; infinite where nobody ever waits."""
    inverse = 1.0
    for busy in range(1, people):
        inverse = 1 + busy / load * inverse
    return inverse


def _edges(exponent: _Function, peak: float, step: float) -> tuple[float, float]:
    """Return the stretch around the peak of a concave exponent outside which its exponential is negligible."""
    top = exponent(peak)
    reach = step
    while exponent(peak + reach) > top - _NEGLIGIBLE:
        reach *= 1.5
    first = 0.0
    if peak > 0 and exponent(0.0) < top - _NEGLIGIBLE:
        low, high = 0.0, peak
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if exponent(middle) < top - _NEGLIGIBLE else (low, middle)
        first = low
    return first, peak + reach


def _integral(function: _Function, first: float, last: float) -> float:
    """Return an integral by Simpson's rule."""
    if last <= first:
        return 0.0
    width = (last - first) / _PANELS
    inner = math.fsum((4 if at % 2 else 2) * function(first + at * width) for at in range(1, _PANELS))
    return (function(first) + inner + function(last)) * width / 3
