"""
Where to branch: on what the linear program leaves in between, in the branch and price of `branch_and_price`.

Sums of extras come first (how many places stay empty in all, or in a week): they lift the bound most. Then single
extras and somebody's days off, then duties; a few of each are tried in the linear program, and the best one is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from roster.engine.columns.generate import Deadline
from roster.engine.columns.team import CoverRow, Flags, Floats, Piece, Team
from roster.engine.columns.tree_master import Limits, Span, TreeMaster

WHOLE = 1e-4
"""How near to a whole number is whole."""

TRIED = (("row", 3), ("extra", 5), ("off", 6), ("duty", 4))
"""How many of each kind are tried."""

MOST_SUMS = 60
"""Rows of sums of extras at most; more would slow the linear program down."""

GAIN = 0.01
"""What a side that gains nothing counts as."""


def with_sums(team: Team) -> tuple[Team, int]:
    """
    Return the team with rows for sums of extras of one price, in all and by week, and how many rows are in all.

    Parameters
    ----------
    team : Its rows stay the first ones; the new rows ask for nothing, and are there to be branched on.
    """
    alike: dict[float, list[int]] = defaultdict(list)
    weekly: dict[tuple[float, int], list[int]] = defaultdict(list)
    week = {
        extra: row.present[0][0] // team.places // 7
        for row in team.rows
        if row.present
        for extra, _ in row.extras
    }
    for number, extra in enumerate(team.extras):
        alike[extra.price].append(number)
        weekly[extra.price, week.get(number, -1)].append(number)
    whole = [own for own in alike.values() if len(own) > 1]
    parts = [own for (price, _), own in weekly.items() if 1 < len(own) < len(alike[price])]
    sums = (whole + parts)[:MOST_SUMS]
    rows = tuple(
        CoverRow(
            (), tuple((extra, 1) for extra in own), 0.0, float(sum(team.extras[extra].most for extra in own))
        )
        for own in sums
    )
    first = min(len(whole), MOST_SUMS)
    return replace(team, pieces=(*team.pieces, Piece(rows, ()))), first


@dataclass(frozen=True, slots=True)
class _Split:
    """Two sides that leave out what is in between: how far it is from whole, and of which kind."""

    distance: float
    kind: str
    sides: tuple[Callable[[Limits], Limits], Callable[[Limits], Limits]]


def branch(
    master: TreeMaster, limits: Limits, sums: range, first: int, deadline: Deadline
) -> tuple[Limits, ...]:
    """
    Return the two parts of a node, none where the answer of the linear program is whole.

    Parameters
    ----------
    master, limits : The master problem as solved last, within the limits of the node.
    sums, first : The rows of sums, and how many of them go before all else.
    deadline : Ends the trying; the best one tried so far is taken.
    """
    sides = totals(master, limits, sums[:first])
    if sides:
        return sides
    taken = master.taken()
    rows = (_row(master, limits, at, taken) for at in sums[first:])
    found = [split for split in rows if split is not None]
    found += _extras(master, limits, taken)
    found += _cells(master)
    if not found:
        return ()
    tried: list[_Split] = []
    for kind, many in TRIED:
        if kind == "duty" and tried:
            break
        of_kind = sorted((split for split in found if split.kind == kind), key=lambda split: -split.distance)
        tried += of_kind[:many]
    best, most = tried[0], -1.0
    for split in tried if len(tried) > 1 else ():
        if deadline.passed:
            break
        score = _score(master, limits, split)
        if score > most:
            best, most = split, score
    return tuple(side(limits) for side in best.sides)


def totals(master: TreeMaster, limits: Limits, sums: range) -> tuple[Limits, ...]:
    """
    Return the two sides of the first of some rows that is in between; none where all are whole.

    Parameters
    ----------
    master, limits : The master problem as solved last, within the limits of the node.
    sums : The rows.
    """
    taken = master.taken()
    for at in sums:
        split = _row(master, limits, at, taken)
        if split is not None:
            return tuple(side(limits) for side in split.sides)
    return ()


def _score(master: TreeMaster, limits: Limits, split: _Split) -> float:
    """Return how much the linear program of both sides is dearer, without new columns."""
    product, base = 1.0, master.value
    for side in split.sides:
        master.enter(side(limits))
        master.solve()
        product *= max(GAIN, master.value - base)
    master.enter(limits)
    master.value = base
    return product


def _between(value: float) -> float:
    return float(min(value - np.floor(value), np.ceil(value) - value))


def _beside(
    value: float, span: Span, side: Callable[[Span], Callable[[Limits], Limits]]
) -> tuple[Callable[[Limits], Limits], Callable[[Limits], Limits]]:
    """Return the parts of a span below and above a value that is not whole, as limits."""
    return side((span[0], float(np.floor(value)))), side((float(np.ceil(value)), span[1]))


def _row(master: TreeMaster, limits: Limits, at: int, taken: Floats) -> _Split | None:
    row = master.team.rows[at]
    value = sum(float(taken[extra]) for extra, _ in row.extras)
    if _between(value) <= WHOLE:
        return None
    span = limits.rows.get(at, (row.lower, row.upper))

    def side(part: Span) -> Callable[[Limits], Limits]:
        return lambda limits: replace(limits, rows={**limits.rows, at: part})

    return _Split(_between(value), "row", _beside(value, span, side))


def _extras(master: TreeMaster, limits: Limits, taken: Floats) -> list[_Split]:
    found = []
    for at, value in enumerate(taken.tolist()):
        if _between(value) <= WHOLE:
            continue
        span = limits.extras.get(at, (0.0, float(master.team.extras[at].most)))

        def side(part: Span, at: int = at) -> Callable[[Limits], Limits]:
            return lambda limits: replace(limits, extras={**limits.extras, at: part})

        found.append(_Split(_between(value), "extra", _beside(value, span, side)))
    return found


def _cells(master: TreeMaster) -> list[_Split]:
    """Return somebody's days off, and duties, that are in between."""
    cells, off = master.cells(), defaultdict[tuple[int, int], float](float)
    members = master.team.members
    found = []
    for (number, day, duty), share in cells.items():
        if members[number].place[duty] < 0:
            off[number, day] += share
        if _between(share) > WHOLE:
            mask = np.arange(len(members[number].place)) == duty
            found.append(_Split(_between(share), "duty", _either(number, day, mask)))
    for (number, day), share in off.items():
        if _between(share) > WHOLE:
            found.append(_Split(_between(share), "off", _either(number, day, members[number].place < 0)))
    return found


def _either(
    number: int, day: int, mask: Flags
) -> tuple[Callable[[Limits], Limits], Callable[[Limits], Limits]]:
    """Return the limits with one of some duties, and with none of them."""

    def side(wanted: Flags) -> Callable[[Limits], Limits]:
        def narrower(limits: Limits) -> Limits:
            own = limits.allowed[number].copy()
            own[day] &= wanted
            return replace(limits, allowed=(*limits.allowed[:number], own, *limits.allowed[number + 1 :]))

        return narrower

    return side(mask), side(~mask)
