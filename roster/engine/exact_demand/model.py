"""
One rotation that meets an exact demand: so many of each duty on each weekday, everybody on one closed walk.

The model is a circulation as in `rotation.model` with two differences: cover is an equality, and the flow must be in
one piece. Arcs are whole blocks where the graph of blocks is small (`block_graph`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from roster.domain.problem import Duty
from roster.domain.rules import Rule
from roster.engine.exact_demand.block_graph import Walks, ring_of_walks
from roster.engine.flows.circulation import circuit
from roster.engine.integer_program import Program, Terms


@dataclass(frozen=True, slots=True)
class ExactQuestion:
    """
    What one rotation must hold.

    Parameters
    ----------
    duties : The alphabet, the day off first.
    rules : Hard rules that treat all weekdays alike.
    demand : For each duty but the day off, seven numbers: exactly so many do it on each weekday.
    """

    duties: tuple[Duty, ...]
    rules: tuple[Rule, ...]
    demand: tuple[tuple[int, ...], ...]

    @property
    def flat(self) -> bool:
        """Whether every weekday asks the same, so that what is proven of one is proven of all."""
        return all(len(set(row)) == 1 for row in self.demand)

    @property
    def busiest(self) -> int:
        """Most people at work on one weekday."""
        return max(map(sum, zip(*self.demand, strict=True)), default=0)


@dataclass(frozen=True, slots=True)
class ExactModel:
    """A program with its meaning: variable i is the flow of arc i, `headcount` the number of people."""

    walks: Walks
    program: Program
    headcount: int
    flat: bool

    @property
    def people(self) -> Terms:
        """The objective of fewest people."""
        return [(self.headcount, 1)]

    @property
    def spoiled_weekends(self) -> Terms:
        """The objective of most free weekends, as a sum to be made small."""
        return [(arc, -free) for arc, free in enumerate(self.walks.free_weekends) if free]

    def flows(self, values: Sequence[int]) -> list[int]:
        """Return the flow of each arc."""
        return list(values[: len(self.walks.tails)])

    def word(self, flows: Sequence[int]) -> tuple[int, ...]:
        """Return the rotation of a connected flow: duty numbers, line after line, Monday first."""
        walks = self.walks
        used = [arc for arc, flow in enumerate(flows) if flow]
        walk = circuit(walks.tails, walks.heads, flows, used)
        days = [duty for arc in walk for duty in walks.words[arc]]
        monday = -walks.weekdays[walk[0]] % 7
        return tuple(days[monday:] + days[:monday])


def build(question: ExactQuestion, least: int, most: int, walks: Walks | None = None) -> ExactModel:
    """
    Build the model for `least` to `most` people; `walks` where the rules are compiled already.

    Parameters
    ----------
    question : The instance.
    least, most : Numbers of people, both included.
    walks : The compiled rules, where they are at hand.
    """
    walks = walks or ring_of_walks(question.duties, question.rules)
    walks = useful(walks, question)
    program = Program()
    for arc in range(len(walks.words)):
        program.variable(0, _most(question, walks, arc, most))
    headcount = program.variable(max(least, question.busiest), most)
    balance: dict[int, Terms] = defaultdict(list)
    cover: dict[tuple[int, int], Terms] = defaultdict(list)
    for arc, (tail, head) in enumerate(zip(walks.tails, walks.heads, strict=True)):
        balance[tail].append((arc, -1))
        balance[head].append((arc, 1))
        for weekday, duty in walks.days(arc):
            cover[weekday, duty].append((arc, 1))
    for terms in balance.values():
        program.equal(terms, 0, "balance")
    for weekday in range(7):
        for duty, row in enumerate(question.demand, start=1):
            program.equal(cover[weekday, duty], row[weekday], "demand")
        at_work = sum(row[weekday] for row in question.demand)
        program.equal([*cover[weekday, 0], (headcount, -1)], -at_work, "days off")
    return ExactModel(walks, program, headcount, question.flat)


def useful(walks: Walks, question: ExactQuestion) -> Walks:
    """Return the walks without those that hold a duty on a weekday on which nobody may do it."""
    kept = [
        arc
        for arc in range(len(walks.words))
        if all(duty == 0 or question.demand[duty - 1][weekday] for weekday, duty in walks.days(arc))
    ]
    if len(kept) == len(walks.words):
        return walks

    def only(values: Sequence[int]) -> tuple[int, ...]:
        return tuple(values[arc] for arc in kept)

    return Walks(
        walks.duties,
        only(walks.tails),
        only(walks.heads),
        only(walks.weekdays),
        tuple(walks.words[arc] for arc in kept),
        only(walks.free_weekends),
        walks.width,
        walks.blocks,
    )


def _most(question: ExactQuestion, walks: Walks, arc: int, most: int) -> int:
    """Return the most flow that cover leaves an arc."""
    return min(
        question.demand[duty - 1][weekday] if duty else most - sum(row[weekday] for row in question.demand)
        for weekday, duty in walks.days(arc)
    )
