"""What the posts cost with given numbers of people present: the least over who holds what, piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from roster.engine.columns.piece_program import PieceProgram
from roster.engine.columns.shared_out import SharedOut, shared_out
from roster.engine.columns.team import Extra, Floats, Ints, Piece, Team


@dataclass(frozen=True, eq=False)
class _Groups:
    """
    A piece with presences that stand in the same rows taken together.

    `stands` are the groups with their factors in each row; `alone`: each row has one extra of its own; `shared` is the
    piece as a flow, where it is one.
    """

    piece: Piece
    members: tuple[Ints, ...]
    factors: tuple[tuple[int, ...], ...]
    stands: tuple[tuple[tuple[int, int], ...], ...]
    alone: bool
    shared: SharedOut | None


class CoverValue:
    """The cost of the cover; remembers what each piece costs with each number of people of each group."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self._pieces = [_grouped(team.extras, piece) for piece in team.pieces]
        shared: dict[object, tuple[dict[tuple[int, ...], float], PieceProgram]] = {}
        self._known = [
            shared.setdefault(_likeness(team.extras, groups), ({}, PieceProgram(team.extras, groups.piece)))
            for groups in self._pieces
        ]

    def of(self, counts: Ints) -> float:
        """Return what the cover costs with so many people present, by presence."""
        return sum(self.of_piece(at, counts) for at in range(len(self._pieces)))

    def of_piece(self, at: int, counts: Ints) -> float:
        """Return what one piece costs."""
        return self.value(at, tuple(int(counts[own].sum()) for own in self._pieces[at].members))

    def value(self, at: int, key: tuple[int, ...]) -> float:
        """Return what one piece costs with so many people of each of its groups."""
        known, program = self._known[at]
        if key not in known:
            known[key] = _solve(self.team.extras, self._pieces[at], program, key)
        return known[key]

    def groups(self, at: int) -> tuple[Ints, ...]:
        """Return the presences of a piece, those that do the same for it together."""
        return self._pieces[at].members

    def presences(self, at: int) -> Ints:
        """Return the presences that stand in a piece."""
        members = self._pieces[at].members
        return np.concatenate(members) if members else np.array([], int)


class Present:
    """Who is present, piece by piece, kept up to date while people come and go; and what the cover costs then."""

    def __init__(self, cover: CoverValue, counts: Ints) -> None:
        self.cover = cover
        pieces = range(len(cover.team.pieces))
        self._keys = [[int(counts[own].sum()) for own in cover.groups(at)] for at in pieces]
        self._costs = [cover.value(at, tuple(self._keys[at])) for at in pieces]
        self._stands: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for at in pieces:
            for group, own in enumerate(cover.groups(at)):
                for where in own.tolist():
                    self._stands[where].append((at, group))

    def count(self, moved: Iterable[tuple[int, int]]) -> set[int]:
        """Count so many people more at each presence; return the pieces that they stand in."""
        touched: set[int] = set()
        for where, people in moved:
            for at, group in self._stands[where]:
                self._keys[at][group] += people
                touched.add(at)
        return touched

    def move(self, moved: Iterable[tuple[int, int]]) -> float:
        """Count so many people more at each presence; return by how much the cover becomes dearer."""
        more = 0.0
        for at in self.count(moved):
            cost = self.cover.value(at, tuple(self._keys[at]))
            more += cost - self._costs[at]
            self._costs[at] = cost
        return more


class Margins(Present):
    """What one more presence adds to the cost of the cover."""

    def __init__(self, cover: CoverValue, counts: Ints) -> None:
        super().__init__(cover, counts)
        self._change = np.zeros(cover.team.days * cover.team.places)
        self._added = [[0.0] * len(keys) for keys in self._keys]
        self._weigh(range(len(self._keys)))

    @property
    def costs(self) -> Floats:
        """Days by places; negative where one more helps."""
        return self._change.reshape(self.cover.team.days, self.cover.team.places)

    def come(self, presences: Sequence[int], people: int) -> None:
        """Count so many people more at some presences, and weigh what they stand in anew."""
        self._weigh(self.count((where, people) for where in presences))

    def _weigh(self, pieces: Iterable[int]) -> None:
        for at in pieces:
            keys, added, groups = self._keys[at], self._added[at], self.cover.groups(at)
            base = self.cover.value(at, tuple(keys))
            for group, own in enumerate(groups):
                keys[group] += 1
                change = self.cover.value(at, tuple(keys)) - base
                keys[group] -= 1
                if change != added[group]:
                    self._change[own] += change - added[group]
                    added[group] = change


def _grouped(extras: tuple[Extra, ...], piece: Piece) -> _Groups:
    columns: dict[int, list[int]] = defaultdict(lambda: [0] * len(piece.rows))
    for at, row in enumerate(piece.rows):
        for where, factor in row.present:
            columns[where][at] += factor
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for where, factors in columns.items():
        alike[tuple(factors)].append(where)
    alone = all(len(row.extras) == 1 and row.extras[0][1] == 1 for row in piece.rows)
    stands = tuple(
        tuple((group, factors[at]) for group, factors in enumerate(alike) if factors[at])
        for at in range(len(piece.rows))
    )
    members = tuple(np.array(own) for own in alike.values())
    return _Groups(piece, members, tuple(alike), stands, alone, None if alone else shared_out(extras, piece))


def _likeness(extras: tuple[Extra, ...], groups: _Groups) -> object:
    """What makes two pieces cost the same at the same numbers."""
    number = {extra: at for at, extra in enumerate(groups.piece.extras)}
    rows = tuple(
        (row.lower, row.upper, tuple((number[extra], factor) for extra, factor in row.extras))
        for row in groups.piece.rows
    )
    return rows, groups.factors, tuple(extras[extra] for extra in groups.piece.extras)


def _solve(extras: tuple[Extra, ...], groups: _Groups, program: PieceProgram, key: tuple[int, ...]) -> float:
    """Return the least cost of the extras with so many people of each group; infinity where none will do."""
    has = [sum([factor * key[group] for group, factor in own]) for own in groups.stands]
    if groups.shared is not None:
        return groups.shared.least([-has[row] for row in groups.shared.rows])
    needs = [
        (row.lower - there, row.upper - there) for row, there in zip(groups.piece.rows, has, strict=True)
    ]
    if groups.alone:
        return _alone(extras, groups.piece, needs)
    if all(lower <= 0 <= upper for lower, upper in needs):
        return 0.0
    return program.least(needs)


def _alone(extras: tuple[Extra, ...], piece: Piece, needs: list[tuple[float, float]]) -> float:
    """Return the cost where every row has one extra of its own: as much of it as the row asks for."""
    least: dict[int, float] = {}
    for row, (lower, upper) in zip(piece.rows, needs, strict=True):
        extra = row.extras[0][0]
        least[extra] = max(least.get(extra, 0.0), lower)
        if max(lower, 0.0) > min(extras[extra].most, upper):
            return float("inf")
    return sum(extras[extra].price * max(0.0, wanted) for extra, wanted in least.items())
