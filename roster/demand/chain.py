"""
The exact level: the chain of how many are in the system, hour after hour of a week that repeats.

Up with the rate of the hour, down with min(n, people) / h, cut off where its mass is below 1e-9. Level of an hour: the
average over it of the chance that an arrival is answered in time: 1 where somebody is free, else that n - s + 1 of s
people are done within the time allowed (Erlang distribution). Where the number of people changes within that time, the
hour's own number is taken.

The method is randomisation, found almost as accurate as Runge-Kutta by A. Ingolfsson, E. Akhmetshina, S. Budge, Y. Li,
X. Wu, "A survey and experimental comparison of service-level-approximation methods for nonstationary M(t)/M/s(t)
queueing systems with exhaustive discipline", INFORMS Journal on Computing 19(2), 2007, p. 201. Each pair of rate and
people has one matrix for its hour, made by doubling and kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

CUT = 1e-9
MOST_STATES = 600
"""Above it the answer keeps to the offered load, and says so."""

FEWEST_TRIED = 128
"""States tried at least before a queue is taken for one that grows all day."""

_MEMORY = 4000
_SAME = 1e-10


class TooLarge(Exception):
    """The chain would need more states than are worked out."""


class Chain:
    """
    Levels of weeks with one handling time and one time allowed.

    Parameters
    ----------
    handling : Minutes that one takes on average.
    wait : Minutes within which one is to be answered.
    """

    def __init__(self, handling: float, wait: float) -> None:
        self.hour = 60 / handling
        self.allowed = wait / handling
        self.kept: dict[tuple[int, float, int], tuple[Matrix, Vector]] = {}

    def levels(self, rates: Sequence[float], people: Sequence[int]) -> list[float]:
        """
        Return the share answered in time of those who come in each hour.

        Raises TooLarge where the queue grows without end, or more are in the system than are worked out.

        Parameters
        ----------
        rates, people : Arrivals an hour and people there, one a clock hour of a span that repeats.
        """
        if sum(people) / len(people) <= sum(rates) / len(rates) / self.hour:
            raise TooLarge
        states = self._states(rates, people)
        most = min(MOST_STATES, max(FEWEST_TRIED, 2 * states))
        while True:
            found = self._run(rates, people, states)
            if found is not None:
                return found
            states *= 2
            if states > most:
                raise TooLarge

    def _states(self, rates: Sequence[float], people: Sequence[int]) -> int:
        most = max(max(rates) / self.hour, max(people), 1)
        return min(MOST_STATES, 16 * math.ceil((most + 6 * math.sqrt(most) + 12) / 16))

    def _run(self, rates: Sequence[float], people: Sequence[int], states: int) -> list[float] | None:
        """Return the levels once a span ends as it began; None where mass gathers at the last state."""
        start = np.zeros(states)
        start[0] = 1.0
        hours = [self._hour(states, rate, there) for rate, there in zip(rates, people, strict=True)]
        for _ in range(60):
            now, found = start, []
            for step, answered in hours:
                found.append(float(now @ answered))
                now = now @ step
                if now[-1] > CUT:
                    return None
            if float(np.abs(now - start).max()) < _SAME:
                return found
            start = now / now.sum()
        return found

    def _hour(self, states: int, rate: float, people: int) -> tuple[Matrix, Vector]:
        """Return what an hour makes of the states, and the level of the hour begun in each state."""
        key = states, rate, people
        if key not in self.kept:
            if len(self.kept) > _MEMORY:
                self.kept.clear()
            self.kept[key] = _one_hour(states, rate, people, self.hour, self.allowed)
        return self.kept[key]


def _one_hour(states: int, rate: float, people: int, pace: float, allowed: float) -> tuple[Matrix, Vector]:
    """
    Return the transition matrix of an hour, and the average over it of the chance of being answered in time.

    `pace` is how many one person handles an hour, `allowed` the time allowed in handling times. Everything added up is
    positive, so nothing cancels.
    """
    number = np.arange(states)
    down = np.minimum(number, people) * pace
    up = np.full(states, rate)
    up[-1] = 0.0
    most = float((up + down).max()) or 1.0
    doublings = max(0, math.ceil(math.log2(most)) + 2)
    span = 0.5**doublings
    jump = np.zeros((states, states))
    jump[number, number] = 1 - (up + down) / most
    jump[number[:-1], number[1:]] = up[:-1] / most
    jump[number[1:], number[:-1]] = down[1:] / most
    step, integral = _short(jump, most * span)
    integral = integral * span
    for _ in range(doublings):
        integral = integral + step @ integral
        step = step @ step
    return step, integral @ _answered(states, people, allowed)


def _short(jump: Matrix, mean: float) -> tuple[Matrix, Matrix]:
    """Return the matrix of a short span in which `mean` jumps are expected, and the average of it over the span."""
    weight = math.exp(-mean)
    left = 1 - weight
    power = np.eye(len(jump))
    step, average = weight * power, left / mean * power
    for jumps in range(1, 60):
        power = power @ jump
        weight *= mean / jumps
        left -= weight
        step += weight * power
        average += max(left, 0.0) / mean * power
        if left < 1e-15:
            break
    return step, average


def _answered(states: int, people: int, allowed: float) -> Vector:
    """
    Return for each number in the system the chance that who comes now is answered in time.

    >>> _answered(3, 1, 0.0).tolist()
    [1.0, 0.0, 0.0]
    """
    found = np.zeros(states)
    found[: min(people, states)] = 1.0
    if people <= 0:
        return found
    # Erlang with k phases: 1 - sum of the first k Poisson terms of mean people x allowed.
    mean = people * allowed
    log_term, below = -mean, 0.0
    for phase, at in enumerate(range(people, states)):
        below += math.exp(log_term)
        found[at] = max(0.0, 1 - below)
        log_term += math.log(mean / (phase + 1)) if mean > 0 else -math.inf
    return found
