"""
Cover as rows of an integer program: posts against the people present.

Where nobody can hold two posts at once, the posts of a piece of time can all be held if and only if every set of posts
is wanted by no more than the people who could hold one of them (Hall, 1935): rows without further variables. Where
loads let one person hold several, a variable counts the people of a group who hold each largest lawful combination.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from roster.domain.problem import DAY
from roster.engine.cover.eligibility import combinations_held, shared_by_one
from roster.engine.cover.time_pieces import (
    Needs,
    Presence,
    TimePiece,
    pieces,
)
from roster.engine.integer_program import Program, Terms

HALL_POSTS = 5
"""Up to so many posts at once, every set of them is a row; beyond, variables are fewer."""


@dataclass(slots=True)
class Cover:
    """
    Cover as rows.

    `counts` gives the variables (with factors) that count the people on a duty, `seats` the variable of a seat,
    `shortages` collects a variable for each soft post and piece: places empty. `days`, where given, are the only days
    whose pieces are asked for. `stand_ins` counts the vendor's people for one post on one day.
    """

    needs: Needs
    counts: Mapping[Presence, Terms]
    seats: Mapping[str, int]
    shortages: dict[tuple[str, int, int], int]
    elastic: bool = False
    days: frozenset[int] | None = None
    stand_ins: Mapping[tuple[str, int], Terms] = field(default_factory=dict)

    def add_to(self, program: Program) -> None:
        """Add the rows of every piece."""
        done: set[object] = set()
        for piece in pieces(self.needs, self.days):
            key = signature(piece)
            if key in done and not self.stand_ins and not self._may_be_short(piece):
                continue
            done.add(key)
            self.add_piece(program, piece)

    def _may_be_short(self, piece: TimePiece) -> bool:
        return self.elastic or any(not self.needs.problem.post[name].hard for name in piece.needed)

    def add_piece(self, program: Program, piece: TimePiece) -> None:
        """Add the rows of one piece."""
        short = {name: self._shortage(program, piece, name) for name in piece.needed}
        fixed = [name for name in piece.needed if not any(name in can for can in piece.groups)]
        posts = [self.needs.problem.post[name] for name in piece.needed]
        shared = any(
            shared_by_one((one,), other)
            for can in piece.groups
            for one, other in combinations([post for post in posts if post.name in can], 2)
        )
        if shared or len(posts) > HALL_POSTS:
            self._by_combinations(program, piece, short)
        else:
            self._by_hall(program, piece, short, fixed)

    def _shortage(self, program: Program, piece: TimePiece, name: str) -> Terms:
        """Return the places of a post that others than people fill: seats, and nobody where it is soft."""
        people, seats = piece.needed[name]
        terms: Terms = [(self.seats[seat], 1) for seat in seats if seat in self.seats]
        day = (piece.start - self.needs.problem.post[name].start) // DAY
        terms += self.stand_ins.get((name, day), [])
        if self.elastic or not self.needs.problem.post[name].hard:
            empty = program.variable(0, people)
            self.shortages[name, piece.start, piece.end] = empty
            terms.append((empty, 1))
        return terms

    def _people(self, group: Sequence[Presence]) -> Terms:
        return [term for who in group for term in self.counts.get(who, [])]

    def _by_hall(
        self, program: Program, piece: TimePiece, short: Mapping[str, Terms], alone: Sequence[str]
    ) -> None:
        for size in range(1, len(piece.needed) + 1):
            for chosen in combinations(piece.needed, size):
                if size > 1 and not self._tied(piece, chosen, alone):
                    continue
                terms = [term for name in chosen for term in short[name]]
                for can, group in piece.groups.items():
                    if not can.isdisjoint(chosen):
                        terms += self._people(group)
                wanted = sum(piece.needed[name][0] for name in chosen)
                program.at_least(terms, wanted, why(chosen, piece))

    def _tied(self, piece: TimePiece, chosen: tuple[str, ...], alone: Sequence[str]) -> bool:
        """Whether a set of posts shares its people, so that its row says more than the rows of its parts."""
        if any(name in alone for name in chosen):
            return False
        reached, todo = {chosen[0]}, [chosen[0]]
        while todo:
            name = todo.pop()
            for can in piece.groups:
                if name in can:
                    fresh = (can & set(chosen)) - reached
                    reached |= fresh
                    todo += fresh
        return len(reached) == len(chosen)

    def _by_combinations(self, program: Program, piece: TimePiece, short: Mapping[str, Terms]) -> None:
        held: dict[str, Terms] = {name: list(short[name]) for name in piece.needed}
        for can, group in piece.groups.items():
            people = self._people(group)
            if not people:
                continue
            most = sum(program.upper[variable] * factor for variable, factor in people)
            chosen = combinations_held([self.needs.problem.post[name] for name in sorted(can)])
            used = []
            for together in chosen:
                number = program.variable(0, min(most, max(piece.needed[post.name][0] for post in together)))
                used.append((number, 1))
                for post in together:
                    held[post.name].append((number, 1))
            program.at_most([*used, *((v, -f) for v, f in people)], 0, why(tuple(sorted(can)), piece))
        for name, terms in held.items():
            program.at_least(terms, piece.needed[name][0], why((name,), piece))


def signature(piece: TimePiece) -> object:
    """What makes two pieces ask for exactly the same."""
    return (
        tuple(sorted(piece.needed.items())),
        tuple(sorted((tuple(sorted(can)), group) for can, group in piece.groups.items())),
    )


def why(posts: Sequence[str], piece: TimePiece) -> str:
    """Name a row of cover: its posts and its stretch of time."""
    return f"cover {'+'.join(posts)} {piece.start}-{piece.end}"
