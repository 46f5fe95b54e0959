"""
Programs in which variables that nothing tells apart are one: thirty equal campuses are as large a program as one.

Variables and rows get colours, and are told apart while the rows of a variable, or the variables of a row, differ in
theirs (Grohe et al., Dimension reduction via colour refinement, 2014). What stays of one colour is summed. A solution
of the program, summed so, keeps the smaller program's rows, and sums of whole numbers are whole: its bound is one on
the program. Where nothing must be whole the two have the same bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from roster.engine.integer_program import Program, Row, Terms

Numbers = np.ndarray[Any, Any]

NO_KINDS: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Merged:
    """A smaller program; `number` is the variable of it that holds the sum in which each variable before is."""

    program: Program
    number: tuple[int, ...]

    def sum_of(self, terms: Terms) -> Terms:
        """Return the terms of an aim that was kept as terms of the smaller program."""
        return list({self.number[variable]: factor for variable, factor in terms}.items())

    def spread(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return a value for each variable before, those of a sum as even as whole numbers are."""
        sizes, met = Counter(self.number), Counter[int]()
        found = []
        for number in self.number:
            each, over = divmod(values[number], sizes[number])
            found.append(each + (met[number] < over))
            met[number] += 1
        return tuple(found)

    def among(self, variables: Iterable[int]) -> frozenset[int]:
        """Return the sums in which variables are."""
        return frozenset(self.number[variable] for variable in variables)


def merged(
    program: Program,
    aims: Sequence[Terms],
    apart: frozenset[int] = frozenset(),
    kinds: Mapping[int, int] = NO_KINDS,
) -> Merged:
    """
    Sum the variables that nothing tells apart, and the rows.

    Parameters
    ----------
    program : A program.
    aims : Sums that are asked for later: only variables with the same factor in each are summed.
    apart : Variables that are summed with one another only, not with others.
    kinds : Variables that are summed with those of the same number only.

    >>> twins = Program([0, 0], [5, 5])
    >>> for each in (0, 1):
    ...     twins.at_least([(each, 2)], 3, "each")
    >>> smaller = merged(twins, [[(0, 1), (1, 1)]])
    >>> smaller.program.rows, smaller.number
    ([Row(terms=[(0, 2)], lower=6, upper=None, why='each')], (0, 0))
    """
    whole = replace(program, rows=[*program.rows, *(Row(aim, None, None, "") for aim in aims)])
    entries = _entries(whole)
    bounds = zip(program.lower, program.upper, strict=True)
    told = [(*both, v in apart, kinds.get(v)) for v, both in enumerate(bounds)]
    number, line = _colours(whole, entries, told)
    return Merged(_summed(program, entries, number, line), tuple(number.tolist()))


@dataclass(frozen=True, slots=True)
class _Entries:
    """The factors of a program other than zero, each with its row and its variable."""

    row: Numbers
    variable: Numbers
    factor: Numbers


def _entries(program: Program) -> _Entries:
    sizes = [len(row.terms) for row in program.rows]
    told = chain.from_iterable(chain.from_iterable(row.terms for row in program.rows))
    flat = np.fromiter(told, np.int64, 2 * sum(sizes))
    return _Entries(np.repeat(np.arange(len(sizes)), sizes), flat[::2], flat[1::2])


def _numbered(values: Iterable[object]) -> Numbers:
    """Number different values in the order met."""
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(value, len(seen)) for value in values], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Side:
    """
    Rows or variables, whose colours depend on those of the others that have a factor with them.

    The factors of each follow one another, from `begin` on for those in `with_any`.
    """

    whose: Numbers
    other: Numbers
    factor: Numbers
    with_any: Numbers
    begin: Numbers

    def refined(self, own: Numbers, other: Numbers, draw: np.random.Generator) -> Numbers:
        """
        Tell apart those of a colour whose sums of factors over some colour of the others differ, by sums of draws.

        What should be told apart is not once in billions of times, and then is by the next draws.
        """
        drawn = draw.integers(0, 2**64, int(other.max()) + 1, np.uint64)
        weighed = drawn[other[self.other]] * self.factor.astype(np.uint64)
        sums = np.zeros(len(own), dtype=np.uint64)
        sums[self.with_any] = np.add.reduceat(weighed, self.begin) if len(weighed) else weighed
        seen = np.unique(sums, return_inverse=True)[1]
        return np.unique(own * len(own) + seen, return_inverse=True)[1]

    def even(self, own: Numbers, other: Numbers) -> bool:
        """Whether all of a colour have the same sums of factors over each colour of the others."""
        colours = int(other.max()) + 1
        keys, at = np.unique(self.whose * colours + other[self.other], return_inverse=True)
        sums = np.zeros(len(keys), dtype=np.int64)
        np.add.at(sums, at, self.factor)
        whose, colour = np.divmod(keys[sums != 0], colours)
        sums = sums[sums != 0]
        size = np.bincount(whose, minlength=len(own))
        begin = np.cumsum(size) - size
        like = np.unique(own, return_index=True)[1][own]
        if (size != size[like]).any():
            return False
        same = np.arange(len(whose)) - begin[whose] + begin[like[whose]]
        return bool((colour == colour[same]).all() and (sums == sums[same]).all())


def _side(whose: Numbers, other: Numbers, factor: Numbers) -> _Side:
    order = np.argsort(whose, kind="stable")
    with_any, begin = np.unique(whose[order], return_index=True)
    return _Side(whose[order], other[order], factor[order], with_any, begin)


def _colours(program: Program, entries: _Entries, told: Iterable[object]) -> tuple[Numbers, Numbers]:
    """
    Return the colour of each variable and of each row, no more than the rows and the aims ask for.

    `told` is what tells variables apart to begin with.
    """
    variables = _numbered(told)
    rows = _numbered((row.lower, row.upper) for row in program.rows)
    by_row = _side(entries.row, entries.variable, entries.factor)
    by_variable = _side(entries.variable, entries.row, entries.factor)
    draw = np.random.default_rng(1)
    while len(rows) and len(variables):
        known = 0
        while (found := int(variables.max()) + int(rows.max())) > known:
            known = found
            rows = by_row.refined(rows, variables, draw)
            variables = by_variable.refined(variables, rows, draw)
        if by_row.even(rows, variables) and by_variable.even(variables, rows):
            break
    return _numbered(variables.tolist()), _numbered(rows.tolist())


def _summed(program: Program, entries: _Entries, number: Numbers, line: Numbers) -> Program:
    """Return the program of the sums: of a colour's variables any one says what it adds to each sum of rows."""
    sizes, first = np.bincount(number).tolist(), np.unique(number, return_index=True)[1]
    rows = line[: len(program.rows)]
    small = Program(
        [program.lower[v] * size for v, size in zip(first, sizes, strict=True)],
        [program.upper[v] * size for v, size in zip(first, sizes, strict=True)],
    )
    kept = (first[number[entries.variable]] == entries.variable) & (entries.row < len(rows))
    sums: dict[int, dict[int, int]] = {}
    chosen = (line[entries.row[kept]], number[entries.variable[kept]], entries.factor[kept])
    for at, variable, factor in zip(*(each.tolist() for each in chosen), strict=True):
        own = sums.setdefault(at, {})
        own[variable] = own.get(variable, 0) + factor
    heads, times = np.unique(rows, return_index=True), np.bincount(rows)
    for at, head in zip(*(each.tolist() for each in heads), strict=True):
        row, size = program.rows[head], int(times[at])
        lower = None if row.lower is None else row.lower * size
        upper = None if row.upper is None else row.upper * size
        terms = [(v, f) for v, f in sums.get(at, {}).items() if f]
        small.rows.append(Row(terms, lower, upper, row.why))
    return small
