"""
Integer programs as plain data, so that one model goes to several solvers and its rows can be read back in words.

Variables are numbers; a row is a list of (variable, coefficient) between two bounds. Everything is whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Terms = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum of terms <= upper`, either side None where open; `why` says which demand or limit it is."""

    terms: Terms
    lower: int | None
    upper: int | None
    why: str

    @property
    def never(self) -> bool:
        """Whether it has no terms left, and nothing is not between its bounds."""
        return not self.terms and ((self.lower or 0) > 0 or (self.upper or 0) < 0)


@dataclass(slots=True)
class Program:
    """An integer program under construction."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sums: dict[int, Terms] = field(default_factory=dict)

    def variable(self, lower: int, upper: int) -> int:
        """Add a whole variable between two bounds; return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def at_most(self, terms: Iterable[tuple[int, int]], upper: int, why: str) -> None:
        """
        Add `sum of terms <= upper`.

        Parameters
        ----------
        terms, upper : Pairs (variable, coefficient), and their bound.
        why : The row in words, for reports.
        """
        self.rows.append(Row(summed(terms), None, upper, why))

    def at_least(self, terms: Iterable[tuple[int, int]], lower: int, why: str) -> None:
        """
        Add `sum of terms >= lower`.

        Parameters
        ----------
        terms, lower : Pairs (variable, coefficient), and their bound.
        why : The row in words, for reports.
        """
        self.rows.append(Row(summed(terms), lower, None, why))

    def equal(self, terms: Iterable[tuple[int, int]], value: int, why: str) -> None:
        """
        Add `sum of terms == value`.

        Parameters
        ----------
        terms, value : Pairs (variable, coefficient), and their sum.
        why : The row in words, for reports.
        """
        self.rows.append(Row(summed(terms), value, value, why))

    def between(self, terms: Iterable[tuple[int, int]], lower: int, upper: int, why: str) -> None:
        """
        Add `lower <= sum of terms <= upper`.

        Parameters
        ----------
        terms, lower, upper : Pairs (variable, coefficient), and their bounds.
        why : The row in words, for reports.
        """
        self.rows.append(Row(summed(terms), lower, upper, why))

    def flow(self, out: Terms, into: Terms, value: int, why: str) -> None:
        """
        Add `sum of out - sum of into == value`; all variables differ, which is not looked at.

        Parameters
        ----------
        out, into, value : What leaves, what arrives, and by how much more leaves.
        why : The row in words, for reports.
        """
        self.rows.append(Row([*out, *((variable, -factor) for variable, factor in into)], value, value, why))

    def sum_of(self, terms: Iterable[tuple[int, int]], upper: int, why: str) -> int:
        """
        Add a variable that equals a sum of others, and remember that it does; return its number.

        Parameters
        ----------
        terms, upper : Pairs (variable, coefficient), and what they add up to at most; at least 0.
        why : The row in words, for reports.
        """
        total = self.variable(0, upper)
        self.sums[total] = summed(terms)
        self.equal([*self.sums[total], (total, -1)], 0, why)
        return total

    def near(self, values: Sequence[int], reach: int) -> Program:
        """
        Return the program with every variable kept within `reach` of a value, as far as its bounds allow.

        A hundred times the demand is then no larger a search than once: the bulk is settled, the rounding is left.
        """
        near = self.copy()
        for variable, value in enumerate(values):
            lower, upper = self.lower[variable], self.upper[variable]
            near.lower[variable] = max(lower, min(value - reach, upper))
            near.upper[variable] = min(upper, max(value + reach, lower))
        return near

    def copy(self) -> Program:
        """Return a program that can grow on its own; rows are shared, for they never change."""
        return Program(list(self.lower), list(self.upper), list(self.rows), dict(self.sums))


def worth(terms: Terms, values: Sequence[int]) -> int:
    """Return what a sum of terms comes to in a solution."""
    return sum(values[variable] * factor for variable, factor in terms)


@dataclass(frozen=True, slots=True)
class Smaller:
    """A program with most variables fixed and gone; `kept[i]` is the number its variable i had before."""

    program: Program
    kept: tuple[int, ...]

    @property
    def numbers(self) -> dict[int, int]:
        """The number of each variable that it keeps, by the number before."""
        return {variable: at for at, variable in enumerate(self.kept)}

    def own(self, terms: Terms) -> Terms:
        """Return those of the whole program's terms that are its own, in its own numbers."""
        numbers = self.numbers
        return [(numbers[variable], factor) for variable, factor in terms if variable in numbers]

    def set_in(self, values: Sequence[int], found: Sequence[int]) -> list[int]:
        """Return a solution of the whole program, given one of it and one of this."""
        whole = list(values)
        for variable, value in zip(self.kept, found, strict=True):
            whole[variable] = value
        return whole


def restricted(program: Program, values: Sequence[int], free: Iterable[int]) -> Smaller:
    """
    Return the program in which only some variables are free and all others have the values given.

    Parameters
    ----------
    program : The whole program.
    values : A value for each variable.
    free : Numbers of the variables that stay free.
    """
    kept = tuple(sorted(set(free)))
    number = {variable: at for at, variable in enumerate(kept)}
    small = Program([program.lower[v] for v in kept], [program.upper[v] for v in kept])
    for row in program.rows:
        terms = [(number[v], f) for v, f in row.terms if v in number]
        if terms:
            rest = sum(f * values[v] for v, f in row.terms if v not in number)
            lower = None if row.lower is None else row.lower - rest
            upper = None if row.upper is None else row.upper - rest
            small.rows.append(Row(terms, lower, upper, row.why))
    return Smaller(small, kept)


def summed(terms: Iterable[tuple[int, int]]) -> Terms:
    """
    Return terms with each variable once and no zero.

    >>> summed([(0, 1), (1, 2), (0, 3), (1, -2)])
    [(0, 4)]
    """
    total: dict[int, int] = {}
    for variable, coefficient in terms:
        total[variable] = total.get(variable, 0) + coefficient
    return [(variable, coefficient) for variable, coefficient in total.items() if coefficient]
