"""Absences of one person in one year, drawn from a stream of random numbers of the person's own."""

from __future__ import annotations

import math
import random
from enum import IntEnum

from roster.questions.simulate.rates import YEAR, Away, Rates

WARM_UP = 400
"""Days before the year from which sickness and empty places may last into it."""
WEEKS = YEAR // 7


class Why(IntEnum):
    """Why somebody is away on a day."""

    PRESENT = 0
    SICK = 1
    LEAVE = 2
    TRAINING = 3
    VACANT = 4


def stream(seed: int, year: int, person: str) -> random.Random:
    """
    Return the random numbers of one person in one year.

    They depend on nothing else: with more people or fewer, on whatever machine, everybody's absences are the same.

    Parameters
    ----------
    seed, year, person : The seed of the simulation, the number of the year, and a name.
    """
    return random.Random(f"{seed}/{year}/{person}")


def year_of(away: Away, numbers: random.Random, monday: int) -> bytes:
    """
    Return for each day of a year why a person is away, as values of `Why`.

    Parameters
    ----------
    away, numbers : Rates of the person's type, and the person's random numbers.
    monday : The first Monday of the year, 0 to 6.
    """
    days = bytearray(YEAR)
    _train(days, away, numbers, monday)
    _leave(days, away, numbers, monday)
    _renew(days, Why.SICK, away.sick, lambda: _length(away.rates, numbers), numbers)
    _renew(days, Why.VACANT, away.resign, lambda: away.rates.vacancy, numbers)
    return bytes(days)


def _renew(days: bytearray, why: Why, chance: float, length: object, numbers: random.Random) -> None:
    """Mark spells that begin with a chance on each day on which none lasts."""
    if chance <= 0:
        return
    day = -WARM_UP
    while True:
        day += _wait(chance, numbers)
        if day >= YEAR:
            return
        lasts: int = length()  # type: ignore[operator]
        for marked in range(max(day, 0), min(day + lasts, YEAR)):
            days[marked] = why
        day += lasts


def _wait(chance: float, numbers: random.Random) -> int:
    """Return after how many days without it something happens that has a chance each day."""
    drawn = 1.0 - numbers.random()
    return 0 if chance >= 1 else int(math.log(drawn) / math.log1p(-chance))


def _length(rates: Rates, numbers: random.Random) -> int:
    kinds = [one for one in rates.lengths if one.percent > 0]
    left = numbers.random() * sum(one.percent for one in kinds)
    for kind in kinds:
        left -= kind.percent
        if left < 0:
            return numbers.randint(kind.first, kind.last)
    return kinds[-1].last


def _leave(days: bytearray, away: Away, numbers: random.Random, monday: int) -> None:
    """Mark blocks of leave, each from a Monday; the weekend after a whole week belongs to it."""
    left = _whole(away.leave_days, numbers)
    weeks = numbers.sample(range(WEEKS), WEEKS)
    while left > 0 and weeks:
        block = min(left, away.rates.leave_block)
        wanted = -(-block // 5)
        first = next((at for at in weeks if all(at + more in weeks for more in range(wanted))), None)
        if first is None:
            wanted, first, block = 1, weeks[0], min(block, 5)
        weeks = [week for week in weeks if not first <= week < first + wanted]
        length = block // 5 * 7 + block % 5
        start = monday + 7 * first
        for day in range(start, min(start + length, YEAR)):
            days[day] = Why.LEAVE
        left -= block


def _train(days: bytearray, away: Away, numbers: random.Random, monday: int) -> None:
    """Mark single days from Monday to Friday."""
    working = [day for day in range(YEAR) if (day - monday) % 7 < 5]
    for day in numbers.sample(working, min(_whole(away.training_days, numbers), len(working))):
        days[day] = Why.TRAINING


def _whole(number: float, numbers: random.Random) -> int:
    """Return a whole number, of which the mean is the one given."""
    below = math.floor(number)
    return below + (numbers.random() < number - below)
