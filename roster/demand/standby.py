"""
What being on call costs and gives: a person on call is no idle server, but goes, works, and rests afterwards.

Of callouts at a rate over a standby of so many hours, each taking w hours: level 1 is out when the next comes with
chance B(1, rate w), both levels with B(2, rate w) (Erlang B); a standby is disturbed with 1 - exp(-rate L); more than
two come with the Poisson tail (Google, "Site Reliability Engineering", chapter "Being On-Call": at most two incidents
in a shift of 12 hours); work is rate L w hours; the morning after is lost with 1 - exp(-rate x), x the hours of the
standby in which a callout that begins ends too late for the rest before the next shift.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roster.sizing.erlang import erlang_b

REST_H = 11.0
"""Directive 2003/88/EC, art. 3; used where no rule of the scenario says otherwise."""

SHIFT_H = 8.0
MOST_IN_ONE = 2
TOO_MANY = 0.10
LOST = 0.20
FASTEST_MIN = 10
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Callouts:
    """
    A standby and what may happen in it.

    Parameters
    ----------
    rate : Callouts an hour.
    hours : Length of the standby.
    work : Hours that one takes, way included.
    response : Minutes within which the person answers.
    reaches : Chance that the way takes no longer than that.
    until_shift : Hours from its end to the next shift.
    rest : Hours of rest before a shift.
    """

    rate: float
    hours: float
    work: float
    response: float = 30.0
    reaches: float = 1.0
    until_shift: float = 0.0
    rest: float = REST_H


@dataclass(frozen=True, slots=True)
class Costs:
    """
    The figures of a standby.

    `expected` callouts in one; `out` chance that 1, 2, 3 levels are all out when the next comes; `answered` in time
    with so many levels; `disturbed`, `too_many` and `lost` chances a standby; `work` hours in it.
    """

    expected: float
    out: tuple[float, ...]
    answered: tuple[float, ...]
    disturbed: float
    too_many: float
    work: float
    lost: float


def costs(call: Callouts) -> Costs:
    """
    Return what a standby costs and gives.

    >>> night = costs(Callouts(rate=0.5 / 16, hours=16, work=1.5))
    >>> [round(100 * one, 1) for one in (night.out[0], night.disturbed, night.too_many, night.lost)]
    [4.5, 39.3, 1.4, 32.3]
    """
    load = call.rate * call.work
    mean = call.rate * call.hours
    out = tuple(erlang_b(load, levels) for levels in range(1, MOST_LEVELS + 1))
    few = math.exp(-mean) * sum(mean**n / math.factorial(n) for n in range(MOST_IN_ONE + 1))
    late = min(call.hours, max(0.0, call.rest - call.until_shift + call.work))
    return Costs(
        expected=mean,
        out=out,
        answered=tuple((1 - share) * call.reaches for share in out),
        disturbed=-math.expm1(-mean),
        too_many=max(0.0, 1 - few),
        work=mean * call.work,
        lost=-math.expm1(-call.rate * late),
    )


@dataclass(frozen=True, slots=True)
class StandbyVerdict:
    """
    Whether standby holds a window.

    `levels` needed, None where three are not enough; `seat` says why somebody awake is better, empty where standby is:
    `slow`, `missed`, `too_many` or `dear`. `no_shift_after` asks for no early shift after it.
    """

    levels: int | None
    seat: str
    no_shift_after: bool


def verdict(call: Callouts, share: float, within: float, fastest: float = FASTEST_MIN) -> StandbyVerdict:
    """
    Return whether standby is enough, and with how many levels.

    Parameters
    ----------
    call : The standby.
    share, within : Share of callouts to be answered within so many minutes.
    fastest : Minutes below which nobody can promise to answer from home.

    >>> verdict(Callouts(0.5 / 16, 16, 1.5, response=15), 0.9, 15).levels
    1
    >>> verdict(Callouts(2 / 16, 16, 1.5, response=15), 0.8, 15).seat
    'too_many'
    """
    found = costs(call)
    levels = next((n for n, reached in enumerate(found.answered, start=1) if reached >= share), None)
    dear = found.work + found.lost * SHIFT_H >= call.hours
    reasons = (
        ("slow", call.response > within or call.response < fastest),
        ("missed", levels is None),
        ("too_many", found.too_many > TOO_MANY),
        ("dear", dear),
    )
    return StandbyVerdict(levels, next((name for name, holds in reasons if holds), ""), found.lost > LOST)


def over_window(numbers: Sequence[float], start: int, length: int) -> float:
    """
    Return the sum over a window of what each hour of a day that repeats has.

    Parameters
    ----------
    numbers : 24 of them.
    start, length : The window in minutes.

    >>> over_window([1.0] * 12 + [3.0] * 12, 11 * 60, 120)
    4.0
    """
    return sum(
        numbers[hour % 24] * max(0, min(60 * hour + 60, start + length) - max(60 * hour, start)) / 60
        for hour in range(start // 60, (start + length + 59) // 60)
    )
