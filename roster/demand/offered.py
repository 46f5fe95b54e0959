"""
Modified offered load: how many would be busy if nobody ever waited, as the day goes on.

m'(t) = rate(t) - m(t) / h, solved in closed form over hours of constant rate and made periodic by running the week
twice. Each hour takes the largest m in it.

Source: O. B. Jennings, A. Mandelbaum, W. A. Massey, W. Whitt, "Server staffing to meet time-varying demand", Management
Science 42(10), 1996, p. 1383-1394; L. V. Green, P. J. Kolesar, W. Whitt, "Coping with time-varying demand when setting
staffing requirements for a service system", Production and Operations Management 16(1), 2007, p. 13-39.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from roster.sizing.erlang import erlang_c


def offered_load(rates: Sequence[float], handling: float) -> list[float]:
    """
    Return the largest load in each hour, in people.

    A constant rate gives its product with the handling time:

    Parameters
    ----------
    rates : Arrivals an hour, one a clock hour of a span that repeats.
    handling : Minutes that one takes on average. Positive.

    >>> [round(one, 9) for one in offered_load([6.0] * 4, 20.0)]
    [2.0, 2.0, 2.0, 2.0]
    """
    h = handling / 60
    fading = math.exp(-1 / h)
    load = sum(rates) / len(rates) * h
    # Begun from the average; what is wrong with that fades by exp(-1/h) an hour.
    rounds = max(2, math.ceil(25 * h / len(rates)) + 1)
    found: list[float] = []
    for _ in range(rounds):
        found = []
        for rate in rates:
            end = rate * h + (load - rate * h) * fading
            found.append(max(load, end))
            load = end
    return found


def answered_in_time(load: float, people: int, wait: float) -> float:
    """
    Return the share answered in time by so many people at a load held for ever: 1 - C(n, m) exp(-(n - m) T / h).

    Parameters
    ----------
    load : In people.
    people : How many there are.
    wait : Time allowed, in handling times.
    """
    if load <= 0:
        return 1.0
    if people <= load:
        return 0.0
    return 1 - erlang_c(load, people) * math.exp(-(people - load) * wait)


def first_class_in_time(load: float, first: float, people: int, wait: float) -> float:
    """
    Return the share of the first class answered in time where it goes before all others, and nobody is interrupted.

    It waits at all as often as everybody, C(n, m) of the whole load, and then for a time that is exponential with rate
    n/h less its own arrivals. All classes take the same time on average. Source: R. H. Davis, "Waiting-time
    distribution of a multi-server, priority queuing system", Operations Research 14(1), 1966, p. 133.

    Parameters
    ----------
    load, first : Load of all classes, and of the first, in people.
    people, wait : How many there are, and the time allowed in handling times.
    """
    if load <= 0:
        return 1.0
    if people <= load:
        return 0.0
    return 1 - erlang_c(load, people) * math.exp(-(people - first) * wait)


def fewest(load: float, wait: float, share: float) -> int:
    """
    Return the fewest people who answer a share in time at a load; 0 where nothing comes in.

    Parameters
    ----------
    load : People busy if nobody ever waited (Erlang).
    wait : Time in which one is to be answered, as a share of the handling time.
    share : Share of all that is to be answered in that time, 0 to 1.

    >>> fewest(2.0, 0.5, 0.8), fewest(0.0, 0.5, 0.8)
    (4, 0)
    """
    if load <= 0:
        return 0
    people = max(1, math.ceil(load))
    while answered_in_time(load, people, wait) < share:
        people += 1
    return people
