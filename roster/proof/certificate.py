"""
What a proof file says, as plain data: parts, each a tree of cases whose ends are sums of inequalities.

A proof never carries an inequality, only its name: the scenario says what it is (`roster.proof.inequalities`). A
multiplier is an exact fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from roster.domain.problem import Goal
from roster.proof.scope import EVERY_ROSTER, Scope

Count = tuple[str | int, ...]
"""
A number that a roster has in a week: `("people", type)`, `("seats", seat)`, `("shifts", type)`, `("standbys", type)`,
`("duty", type, weekday, name)`; see `roster.proof.quantities`.
"""

ALWAYS_WHOLE = frozenset({"people", "seats"})
"""Kinds of numbers that are the same in every week, and so are whole on average as well."""


@dataclass(frozen=True, slots=True)
class Use:
    """
    An inequality of the scenario by name, and how many times it is added to the sum.

    Parameters
    ----------
    row : Its kind: a key of `roster.proof.inequalities.KINDS`, or `case` for what one of the cases above it supposes.
    times : The multiplier, never negative.
    type, weekday, at, shift : Whose, on which weekday, at which minute of the week, of which shift: what the kind
        needs, empty otherwise.
    posts : For `cover`: posts and what each place counts; for `week`: posts, counted by their loads.
    first, second : For `pair`: names of duties on a weekday, and on the day after.
    number : For `case`: which of the cases above, the outermost being 1.
    """

    row: str
    times: Fraction = Fraction(1)
    type: str = ""
    weekday: int = -1
    at: int = -1
    shift: str = ""
    posts: tuple[tuple[str, Fraction], ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a case: these inequalities, added up, say all that is needed."""

    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """
    Two cases: a sum of whole numbers is at most `at_most`, or it is more.

    People and seats are whole in every roster. A sum with anything else in it is counted over all weeks of the rota
    that the proof is about, and cannot be split in a proof about every roster.
    """

    counts: tuple[Count, ...]
    at_most: int
    fewer: Node
    more: Node


Node = Leaf | Split


@dataclass(frozen=True, slots=True)
class Searched:
    """
    What is claimed beyond the tree, and found by search alone.

    `bound` is None where it is that no number of people will do; `scope` says of which rosters it is claimed, and the
    rest names who searched, and how.
    """

    bound: int | None
    scope: Scope
    solver: str
    version: str
    parameters: str
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """
    A claim about some types, posts and seats that no other part speaks of.

    `bound` is what the tree proves: the least value of the goal, or None: it cannot be done at all.
    """

    types: tuple[str, ...]
    posts: tuple[str, ...]
    seats: tuple[str, ...]
    bound: int | None
    tree: Node
    searched: Searched | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """
    A whole proof: for which scenario, what is claimed (None: impossible), and the parts that add up to it.

    `scope` says of which rosters the claim and every tree are. What a part claims of fewer rosters, by search, is told
    beside it and no part of the claim.
    """

    scenario: str
    fingerprint: str
    goal: Goal
    bound: int | None
    parts: tuple[Part, ...]
    program: str = ""
    scope: Scope = EVERY_ROSTER
