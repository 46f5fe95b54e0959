"""
Figures that know where they come from: a line of the driver file, a line of the profile, or other figures.

Whatever the answer prints can be followed down to such lines; `worked_out` does each step again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roster.sizing.erlang import Target, people_needed


class How(StrEnum):
    """How a figure is made of its parts; `given` ones stand in a file."""

    GIVEN = "given"
    SUM = "sum"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    DIFFERENCE = "difference"
    WHOLE_UP = "whole_up"
    PER_HUNDRED = "per_hundred"
    FURTHER = "further"
    LOAD = "load"
    ANSWERING = "answering"


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A number, what it is in words, and where it comes from.

    `where` is the file and line (`drivers.yaml:14`) of a given figure, `key` the path of the value there. A figure
    worked out has its parts instead.
    """

    value: float
    what: str
    where: str = ""
    key: str = ""
    how: How = How.GIVEN
    parts: tuple[Figure, ...] = ()

    def __str__(self) -> str:
        return plain(self.value)

    def leaves(self) -> Iterator[Figure]:
        """Yield the given figures that it rests on."""
        if self.how is How.GIVEN:
            yield self
        for part in self.parts:
            yield from part.leaves()


def plain(value: float) -> str:
    """
    Return a number as short as it can be said.

    >>> plain(8.0), plain(31.5), plain(1234.0)
    ('8', '31.5', '1234')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def total(what: str, parts: list[Figure]) -> Figure:
    """Return a sum; of one part, and of none, as well."""
    return _made(what, How.SUM, tuple(parts))


def product(what: str, *parts: Figure) -> Figure:
    """Return a product."""
    return _made(what, How.PRODUCT, parts)


def difference(what: str, whole: Figure, part: Figure) -> Figure:
    """
    Return what is left, never less than nothing.

    Parameters
    ----------
    what : What it is, in words.
    whole, part : From what, and what is taken off.
    """
    return _made(what, How.DIFFERENCE, (whole, part))


def quotient(what: str, whole: Figure, part: Figure) -> Figure:
    """
    Return a quotient.

    Parameters
    ----------
    what : What it is, in words.
    whole, part : What is divided, and by what.
    """
    return _made(what, How.QUOTIENT, (whole, part))


def whole_up(what: str, figure: Figure) -> Figure:
    """Return a figure rounded up to a whole number."""
    return _made(what, How.WHOLE_UP, (figure,))


def per_hundred(what: str, number: Figure, each: Figure) -> Figure:
    """
    Return so much for every hundred of a number.

    Parameters
    ----------
    what : What it is, in words.
    number, each : Of how many, and how much for every hundred of them.
    """
    return _made(what, How.PER_HUNDRED, (number, each))


def further(what: str, number: Figure, share: Figure) -> Figure:
    """
    Return the factor for several of a kind, of which each beyond the first adds a share.

    Parameters
    ----------
    what : What it is, in words.
    number, share : How many there are, and what each beyond the first adds.
    """
    return _made(what, How.FURTHER, (number, share))


def load(what: str, queue: tuple[Figure, ...]) -> Figure:
    """Return how many people are busy on average, from arrivals an hour and minutes each."""
    return _made(what, How.LOAD, queue[:2])


def people_answering(what: str, queue: tuple[Figure, ...]) -> Figure:
    """Return how many people answer in time, from arrivals, minutes each, share, minutes allowed and patience."""
    return _made(what, How.ANSWERING, queue)


def _made(what: str, how: How, parts: tuple[Figure, ...]) -> Figure:
    return Figure(worked_out(how, [part.value for part in parts]), what, how=how, parts=parts)


def worked_out(how: How, values: list[float]) -> float:
    """
    Return what a step makes of its parts.

    >>> worked_out(How.WHOLE_UP, [3.000000001]), worked_out(How.DIFFERENCE, [8, 10])
    (3.0, 0.0)
    """
    if how is How.SUM:
        return math.fsum(values)
    if how is How.PRODUCT:
        return math.prod(values)
    if how is How.QUOTIENT:
        return values[0] / values[1]
    if how is How.DIFFERENCE:
        return max(0.0, values[0] - values[1])
    if how is How.PER_HUNDRED:
        return values[0] * values[1] / 100
    if how is How.FURTHER:
        return 1 + (values[0] - 1) * values[1]
    if how is How.LOAD:
        return values[0] * values[1] / 60
    if how is How.ANSWERING:
        return float(people_needed(Target(*values)))
    # Sums of decimal fractions must not turn 3 days into 4.
    return float(math.ceil(round(values[0], 6)))
