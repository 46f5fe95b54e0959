"""
Wishes of people, with what each date of them counts.

Ranked ones get prices from their order alone: each date of a rank outweighs all dates of the lower ranks of the same
person together. Rank 1 counts as much as a wish without a price, more only where so many dates come after it that the
lowest would count nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from roster.domain.problem import DateRange, Wish
from roster.scenario.build.calendar import dated, each_day
from roster.scenario.schema import sections as schema
from roster.scenario.schema.sections import Scenario

USUAL = 100
"""Points of a wish that has neither a price nor a rank, and of rank 1."""


def wishes(scenario: Scenario, dates: DateRange) -> Iterator[Wish]:
    """Yield everybody's wishes, each stretch of dates one."""
    for name, person in scenario.people.items():
        prices = rank_prices(dates_of_ranks(person, dates.start, dates.last))
        for wish in person.wishes:
            price = wish.price if wish.rank is None else prices.get(wish.rank, USUAL)
            for first, last in dated(wish.dates, dates.start, dates.last):
                duty, *others = wish.avoid or wish.duty
                yield Wish(name, duty, first, last, price, wish.avoid is not None, tuple(others))


def dates_of_ranks(person: schema.Person, first: date, last: date) -> Counter[int]:
    """
    Return how many dates between a first and a last each rank of a person asks for.

    Parameters
    ----------
    person : With the wishes.
    first, last : The first and the last date of the calendar.
    """
    found = Counter[int]()
    for wish in (wish for wish in person.wishes if wish.rank is not None):
        spans = ((max(begin, first), min(end, last)) for begin, end in dated(wish.dates, first, last))
        found[wish.rank or 0] += sum(len(each_day([span])) for span in spans if span[0] <= span[1])
    return +found


def rank_prices(number: Mapping[int, int]) -> dict[int, int]:
    """
    Return the points of each date of each rank, from how many dates each rank has.

    >>> rank_prices({1: 1, 2: 1, 3: 1})
    {3: 25, 2: 50, 1: 100}
    >>> rank_prices({1: 2, 2: 7, 4: 1})
    {4: 6, 2: 12, 1: 100}
    """
    weights, below = {}, 0
    for rank in sorted(number, reverse=True):
        weights[rank] = 1 + below
        below += number[rank] * weights[rank]
    top = max(weights.values(), default=1)
    # Rounding down keeps the order: what comes after sums up to less than a whole weight.
    return {rank: max(weight, weight * USUAL // top) for rank, weight in weights.items()}
