"""
Whole numbers of people for bundles of posts: an exact search over an exact linear relaxation, in integers throughout.

How many people of each group take which column so that every place is filled? The relaxation drops that people are
whole; it is solved by the simplex method on integers with one common denominator (J. Edmonds' integer pivoting), so
that no rounding decides. Where its answer splits a person, two smaller questions are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

GREEDY_PIVOTS = 200
"""So many pivots follow the steepest column; then the smallest index, which cannot go round in circles (Bland 1977)."""


@dataclass(frozen=True, slots=True)
class Covering:
    """
    People in `groups`, each to take at most one column of the group; `columns` are (group, places filled).

    `wanted` is how many times each place is to be filled; `low` and `high` bound how many take each column.
    """

    groups: tuple[int, ...]
    columns: tuple[tuple[int, frozenset[int]], ...]
    wanted: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int | None, ...]


def covering(
    groups: Sequence[int], columns: Sequence[tuple[int, frozenset[int]]], wanted: Sequence[int]
) -> list[int] | None:
    """
    Return how many people take each column so that all places are filled, or None: impossible.

    Parameters
    ----------
    groups : How many people there are of each group.
    columns : What one person can take: the number of the group, and the places that are then filled.
    wanted : How many people each place wants.

    >>> covering([2], [(0, frozenset({0, 1})), (0, frozenset({2}))], [1, 1, 1])
    [1, 1]
    >>> covering([1], [(0, frozenset({0, 1})), (0, frozenset({2}))], [1, 1, 1]) is None
    True
    """
    free = (None,) * len(columns)
    stack = [Covering(tuple(groups), tuple(columns), tuple(wanted), (0,) * len(columns), free)]
    while stack:
        question = stack.pop()
        found = _relaxed(question)
        if found is None:
            continue
        values, whole = found
        split = [column for column, value in enumerate(values) if value % whole]
        if not split:
            return [value // whole for value in values]
        column = max(split, key=lambda number: min(values[number] % whole, -values[number] % whole))
        below = values[column] // whole
        fewer = (*question.high[:column], below, *question.high[column + 1 :])
        more = (*question.low[:column], below + 1, *question.low[column + 1 :])
        stack += [replace(question, high=fewer), replace(question, low=more)]
    return None


def _relaxed(question: Covering) -> tuple[list[int], int] | None:
    """Return people for each column as numerators over one denominator, people divisible; None: impossible even so."""
    columns, places = len(question.columns), len(question.wanted)
    rows = _rows(question)
    if any(row[-1] < 0 for row in rows):
        return None
    rows.append([0] * columns + [-1] * places + [0])
    basis, whole = _maximise(rows)
    if rows[-1][-1] != sum(question.wanted) * whole:
        return None
    values = [low * whole for low in question.low]
    for row, variable in zip(rows, basis, strict=False):
        if variable < columns:
            values[variable] += row[-1]
    return values, whole


def _rows(question: Covering) -> list[list[int]]:
    """One inequality a row: coefficients of the columns, then of the places filled, then the right-hand side."""
    columns, places = len(question.columns), len(question.wanted)
    rows = []
    for group, people in enumerate(question.groups):
        own = [int(of == group) for of, _ in question.columns]
        taken = sum(low for low, mine in zip(question.low, own, strict=True) if mine)
        rows.append([*own, *[0] * places, people - taken])
    for place, wanted in enumerate(question.wanted):
        fills = [int(place in filled) for _, filled in question.columns]
        taken = sum(low for low, mine in zip(question.low, fills, strict=True) if mine)
        one = [int(other == place) for other in range(places)]
        rows.append([*(-fill for fill in fills), *one, taken])
        rows.append([*[0] * columns, *one, wanted])
    for column, high in enumerate(question.high):
        if high is not None:
            one = [int(other == column) for other in range(columns)]
            rows.append([*one, *[0] * places, high - question.low[column]])
    return rows


def _maximise(rows: list[list[int]]) -> tuple[list[int], int]:
    """
    Pivot until the last row, the negated objective, has no negative entry; return the basis and the denominator.

    The table is condensed: column j belongs to the variable `outside[j]` that is zero, row i to `basis[i]`.
    """
    width, height = len(rows[0]) - 1, len(rows) - 1
    outside, basis = list(range(width)), list(range(width, width + height))
    whole, pivots = 1, 0
    while True:
        goal = rows[-1]
        negative = [column for column in range(width) if goal[column] < 0]
        if not negative:
            return basis, whole
        pivots += 1
        rank = goal if pivots <= GREEDY_PIVOTS else outside
        column = min(negative, key=rank.__getitem__)
        row = _leaving(rows, basis, column)
        whole = _pivot(rows, row, column, whole)
        basis[row], outside[column] = outside[column], basis[row]


def _leaving(rows: list[list[int]], basis: list[int], column: int) -> int:
    """Return the row that bounds a column most; every column is bounded, by its group or by what is wanted."""
    best = -1
    for row in range(len(rows) - 1):
        slope = rows[row][column]
        if slope <= 0:
            continue
        if best >= 0:
            left, right = rows[row][-1] * rows[best][column], rows[best][-1] * slope
            if left > right or (left == right and basis[row] > basis[best]):
                continue
        best = row
    return best


def _pivot(rows: list[list[int]], row: int, column: int, whole: int) -> int:
    """Swap the variables of a row and a column; all entries stay integers over the new denominator, returned."""
    pivot_row = rows[row]
    pivot = pivot_row[column]
    for number, other in enumerate(rows):
        if number == row:
            continue
        slope = other[column]
        if slope:
            rows[number] = [(a * pivot - slope * b) // whole for a, b in zip(other, pivot_row, strict=True)]
        elif pivot != whole:
            rows[number] = [a * pivot // whole for a in other]
        rows[number][column] = -slope
    pivot_row[column] = whole
    return pivot
