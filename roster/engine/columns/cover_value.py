"""What the posts cost with given numbers of people present: the least over who holds what, piece by piece."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from roster.domain.outcome import Status
from roster.engine.columns.team import Extra, Floats, Ints, Piece, Team
from roster.engine.program import Program
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 10.0
"""Wall time for one piece; they are tiny."""


@dataclass(frozen=True, eq=False)
class _Groups:
    """
    A piece with presences that stand in the same rows taken together.

    `alone`: each row has one extra of its own. `fills` are the extras with a price that each group could lessen.
    """

    piece: Piece
    members: tuple[Ints, ...]
    factors: tuple[tuple[int, ...], ...]
    alone: bool
    fills: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """What a piece costs, and what one more of each group would save at most."""

    cost: float
    gains: tuple[float, ...]


class CoverValue:
    """The cost of the cover; remembers what each piece costs with each number of people of each group."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self._pieces = [_grouped(piece, team.extras) for piece in team.pieces]
        shared: dict[object, dict[tuple[int, ...], _Value]] = {}
        self._known = [shared.setdefault(_likeness(team.extras, groups), {}) for groups in self._pieces]

    @property
    def quick(self) -> bool:
        """Whether no piece needs a search to know what it costs."""
        return all(groups.alone for groups in self._pieces)

    def of(self, counts: Ints) -> float:
        """Return what the cover costs with so many people present, by presence."""
        return sum(self.of_piece(at, counts) for at in range(len(self._pieces)))

    def of_piece(self, at: int, counts: Ints) -> float:
        """Return what one piece costs."""
        groups = self._pieces[at]
        return self._value(at, tuple(int(counts[own].sum()) for own in groups.members)).cost

    def margins(self, counts: Ints) -> Floats:
        """
        Return what one more presence adds to the cost, days by places; negative where it helps.

        Exact where each row has an extra of its own; else it helps as much as the dearest empty place it could fill.
        """
        change = np.zeros(self.team.days * self.team.places)
        for at, groups in enumerate(self._pieces):
            key = tuple(int(counts[own].sum()) for own in groups.members)
            if groups.alone:
                base = self._value(at, key).cost
                for number, own in enumerate(groups.members):
                    more = tuple(has + (place == number) for place, has in enumerate(key))
                    change[own] += self._value(at, more).cost - base
                continue
            for own, gain in zip(groups.members, self._value(at, key).gains, strict=True):
                change[own] -= gain
        return change.reshape(self.team.days, self.team.places)

    def _value(self, at: int, key: tuple[int, ...]) -> _Value:
        known = self._known[at]
        if key not in known:
            known[key] = _solve(self.team.extras, self._pieces[at], key)
        return known[key]

    def presences(self, at: int) -> Ints:
        """Return the presences that stand in a piece."""
        members = self._pieces[at].members
        return np.concatenate(members) if members else np.array([], int)


def _grouped(piece: Piece, extras: tuple[Extra, ...]) -> _Groups:
    columns: dict[int, list[int]] = defaultdict(lambda: [0] * len(piece.rows))
    for at, row in enumerate(piece.rows):
        for where, factor in row.present:
            columns[where][at] += factor
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for where, factors in columns.items():
        alike[tuple(factors)].append(where)
    alone = all(len(row.extras) == 1 and row.extras[0][1] == 1 for row in piece.rows)
    fills = tuple(_fills(piece, extras, factors) for factors in alike)
    return _Groups(piece, tuple(np.array(own) for own in alike.values()), tuple(alike), alone, fills)


def _fills(piece: Piece, extras: tuple[Extra, ...], factors: tuple[int, ...]) -> frozenset[int]:
    """Return the extras with a price in a group's rows, or in rows of an extra without one that is in them."""
    rows = [row for row, factor in zip(piece.rows, factors, strict=True) if factor]
    direct = {extra for row in rows for extra, _ in row.extras}
    free = {extra for extra in direct if not extras[extra].price}
    rows += [row for row in piece.rows if any(extra in free for extra, _ in row.extras)]
    return frozenset(extra for row in rows for extra, _ in row.extras if extras[extra].price)


def _likeness(extras: tuple[Extra, ...], groups: _Groups) -> object:
    """What makes two pieces cost the same at the same numbers."""
    number = {extra: at for at, extra in enumerate(groups.piece.extras)}
    rows = tuple(
        (row.lower, row.upper, tuple((number[extra], factor) for extra, factor in row.extras))
        for row in groups.piece.rows
    )
    return rows, groups.factors, tuple(extras[extra] for extra in groups.piece.extras)


def _solve(extras: tuple[Extra, ...], groups: _Groups, key: tuple[int, ...]) -> _Value:
    """Return the least cost of the extras with so many people of each group; infinity where none will do."""
    piece = groups.piece
    needs = []
    for at, row in enumerate(piece.rows):
        has = sum(factors[at] * people for factors, people in zip(groups.factors, key, strict=True))
        needs.append((row.lower - has, row.upper - has))
    if groups.alone:
        return _Value(_alone(extras, piece, needs), ())
    nothing = tuple(0.0 for _ in groups.members)
    if all(lower <= 0 <= upper for lower, upper in needs):
        return _Value(0.0, nothing)
    program = Program()
    number = {extra: program.variable(0, extras[extra].most) for extra in piece.extras}
    for row, (lower, upper) in zip(piece.rows, needs, strict=True):
        terms = [(number[extra], factor) for extra, factor in row.extras]
        if np.isfinite(lower):
            program.at_least(terms, int(lower), "cover")
        if np.isfinite(upper):
            program.at_most(terms, int(upper), "cover")
    objective = [(number[extra], round(extras[extra].price)) for extra in piece.extras if extras[extra].price]
    solved = branch_and_bound(program, objective, SECONDS)
    if not solved.found or solved.status is not Status.OPTIMAL:
        return _Value(float("inf"), nothing)
    used = {extra for extra, variable in number.items() if solved.values[variable]}
    gains = (max((extras[extra].price for extra in own & used), default=0.0) for own in groups.fills)
    return _Value(float(solved.objective or 0), tuple(gains))


def _alone(extras: tuple[Extra, ...], piece: Piece, needs: list[tuple[float, float]]) -> float:
    """Return the cost where every row has one extra of its own: as much of it as the row asks for."""
    least: dict[int, float] = {}
    for row, (lower, upper) in zip(piece.rows, needs, strict=True):
        extra = row.extras[0][0]
        least[extra] = max(least.get(extra, 0.0), lower)
        if max(lower, 0.0) > min(extras[extra].most, upper):
            return float("inf")
    return sum(extras[extra].price * max(0.0, wanted) for extra, wanted in least.items())
