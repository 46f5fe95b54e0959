"""
Looking for a proof that others can check: cases few enough to read, each ended by the prices of a linear relaxation.

The relaxation is of the verifier's own inequalities. Its prices come in floating point; they are made into fractions
with small denominators, and only what the verifier accepts is kept. Where the relaxation does not reach the claim, a
number of people or seats that it has in fractions is split into two cases, preferably one of them impossible at once.
Nothing else is split: people and seats alone are whole on average over the weeks of a roster, so what is found holds of
every roster that goes on for ever.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, inf, isfinite

from roster.domain.outcome import Status
from roster.engine.certificate.proof_program import NEARLY, Model, groups_of_types, models
from roster.engine.integer_program import Row
from roster.engine.solvers.merged import merged
from roster.engine.solvers.mip import Priced, branch_and_bound, priced
from roster.proof import (
    ALWAYS_WHOLE,
    Count,
    Leaf,
    Node,
    Ordinary,
    Part,
    Split,
    Supposed,
    Use,
    closes,
    supposed_terms,
)

DENOMINATORS = (12, 100, 1_000, 10_000, 1_000_000, 10**9)
"""How fine multipliers are made, the coarsest that will do first."""

LAST_SECONDS = 0.2
"""Wall time that each bound gets in any case: one that needs no cases is then always found."""

MOST_CASES = 400
"""Most ends of cases; a proof with more is not looked for."""

MOST_MISSING = (10**4, 10**6, 10**9)
"""What may be missing from every row at most: a little first, for with far limits GLOP fails on numerical grounds."""

MANY_CANDIDATES = 32
"""With more sums to split than this, the first of which one case ends at once is taken."""

Above = tuple[Supposed, ...]


@dataclass(slots=True)
class Budget:
    """What is left to spend on one part: ends of cases, and a moment to stop."""

    deadline: float
    cases: int = MOST_CASES

    @property
    def spent(self) -> bool:
        """Whether to give up."""
        return self.cases <= 0 or time.monotonic() > self.deadline


def certified(week: Ordinary, part: Part, claim: int | None, deadline: float) -> Part | None:
    """
    Return a part with the best bound that can be proven, at most its claim; None where nothing is found.

    Parameters
    ----------
    week : The ordinary week.
    part : Types, posts and seats; its tree and bound are looked for.
    claim : The bound to reach: None for "impossible". More is not looked for.
    deadline : On the monotonic clock, in seconds.
    """
    reached: list[tuple[int | None, Model]] = []
    for model in models(week, part):
        if reached and time.monotonic() > deadline + LAST_SECONDS:
            break  # a program of many types takes seconds to be written down
        reached.append((_reachable(model, claim, deadline), model))
        if reached[-1][0] == claim:
            break
    # The simplest program that gets farthest first; `impossible` is farther than any number.
    reached.sort(key=lambda pair: -inf if pair[0] is None else -pair[0])
    for target, model in reached:
        for bound in _targets(model, target):
            made = replace(part, bound=bound)
            tree = _tree(model, made, (), Budget(max(deadline, time.monotonic() + LAST_SECONDS)))
            if tree is not None:
                return replace(made, tree=tree)
    return None


def _targets(model: Model, target: int | None) -> Iterator[int | None]:
    """Yield bounds to try: what whole numbers reach, one or two fewer, and what needs no cases at all."""
    yield target
    root = priced(model.program, model.goal)
    least = model.reached(root.value) if root.status is Status.OPTIMAL else 0
    fewer = [] if target is None else [bound for bound in (target - 1, target - 2) if bound > least]
    yield from (*fewer, least)


def _reachable(model: Model, claim: int | None, deadline: float) -> int | None:
    """
    Return what the model reaches with whole people and seats, as far as the claim.

    Where sums of what is alike reach it already, nothing else is asked.
    """
    whole = frozenset(model.number(count) for count in model.numbers if count[0] in ALWAYS_WHOLE)
    alike = merged(model.program, [model.goal], whole)
    reached = 0
    for program, goal, sums in (
        (alike.program, alike.sum_of(model.goal), alike.among(whole)),
        (model.program, model.goal, whole),
    ):
        found = branch_and_bound(program, goal, max(deadline - time.monotonic(), 0.1), sums)
        if found.status is Status.INFEASIBLE:
            return claim
        reached = max(reached, found.bound or 0)
        if claim is not None and reached >= claim:
            return claim
    return reached


def _tree(model: Model, part: Part, above: Above, budget: Budget) -> Node | None:
    """Return a tree that proves the part's bound under what is supposed above; None where the budget is spent."""
    if budget.spent:
        return None
    solved, contradiction = _solved(model)
    if not isfinite(solved.value):
        return None
    if contradiction or (part.bound is not None and model.reached(solved.value) >= part.bound):
        budget.cases -= 1
        return _leaf(model, part, above, solved)
    chosen = _best_split(model, part, solved)
    if chosen is None:
        return None
    counts, at_most = chosen
    number = len(above) + 1
    branches = []
    for supposed in (Supposed(counts, True, at_most), Supposed(counts, False, at_most + 1)):
        branch = _tree(_under(model, supposed, number), part, (*above, supposed), budget)
        if branch is None:
            return None
        if not _leans(branch, number):
            return _without(branch, number)
        branches.append(branch)
    return Split(counts, at_most, *branches)


def _leans(node: Node, number: int) -> bool:
    """Whether what a case supposes is of any use in what follows."""
    if isinstance(node, Leaf):
        return any(use.row == "case" and use.number == number for use in node.uses)
    return _leans(node.fewer, number) or _leans(node.more, number)


def _without(node: Node, number: int) -> Node:
    """Return a tree without the case above it of that number; the cases below it count one less."""
    if isinstance(node, Leaf):
        return Leaf(tuple(replace(use, number=use.number - (use.number > number)) for use in node.uses))
    return Split(node.counts, node.at_most, _without(node.fewer, number), _without(node.more, number))


def _under(model: Model, supposed: Supposed, number: int) -> Model:
    deeper = model.copy()
    deeper.add_said(Use("case", number=number), supposed_terms(model.week, supposed))
    return deeper


def _solved(model: Model) -> tuple[Priced, bool]:
    """Solve the relaxation; where it has no solution, return the prices that show it, and True."""
    solved = priced(model.program, model.goal)
    if solved.status is Status.OPTIMAL:
        return solved, False
    program = model.program.copy()
    missing = program.variable(0, 0)
    program.rows = [Row([*row.terms, (missing, 1)], row.lower, row.upper, row.why) for row in program.rows]
    for program.upper[missing] in MOST_MISSING:
        elastic = priced(program, [(missing, 1)])
        if elastic.status is Status.OPTIMAL and elastic.value > NEARLY:
            largest = max(map(abs, elastic.prices))
            return replace(elastic, prices=tuple(price / largest for price in elastic.prices)), True
    return Priced(Status.OPTIMAL, -inf), False


def _leaf(model: Model, part: Part, above: Above, solved: Priced) -> Leaf | None:
    """Make prices into fractions that the verifier accepts, as coarse as will do."""
    for finest in DENOMINATORS:
        leaf = Leaf(tuple(_uses(model, solved, finest)))
        if closes(model.week, part, leaf, above):
            return leaf
    return None


def _uses(model: Model, solved: Priced, finest: int) -> Iterator[Use]:
    covers: dict[int, list[tuple[str, Fraction]]] = {}
    for mark, price in zip(model.marks, solved.prices, strict=True):
        if mark is None or price <= 0:
            continue
        times = Fraction(price * mark.scale).limit_denominator(finest)
        if not times:
            continue
        if mark.use.row == "cover":
            covers.setdefault(mark.use.at, []).append((mark.use.posts[0][0], times))
        else:
            yield replace(mark.use, times=times)
    for at, posts in covers.items():
        yield Use("cover", at=at, posts=tuple(posts))


def _best_split(model: Model, part: Part, solved: Priced) -> tuple[tuple[Count, ...], int] | None:
    """
    Return the people or seats to split, and where: the sum whose two cases get farthest.

    A case that ends at once is worth most: the proof then goes on in one line.
    """
    best: tuple[float, float] | None = None
    chosen: tuple[tuple[Count, ...], int] | None = None
    candidates = list(_candidates(model, part))
    for counts in candidates:
        worth = _worth(model, counts, solved)
        if worth is None or abs(worth - round(worth)) < 1e-4:
            continue
        at_most = floor(worth)
        values = sorted(
            _value(_under(model, supposed, 1), part)
            for supposed in (Supposed(counts, True, at_most), Supposed(counts, False, at_most + 1))
        )
        if best is None or (values[0] + values[1] / 8, values[1]) > best:
            best, chosen = (values[0] + values[1] / 8, values[1]), (counts, at_most)
        if part.bound is not None and values[len(candidates) > MANY_CANDIDATES] >= part.bound:
            break
    return chosen


def _value(model: Model, part: Part) -> float:
    """Return how far a case gets, as far as it matters."""
    enough = float(part.bound) if part.bound is not None else 1e6
    solved = priced(model.program, model.goal)
    if solved.status is Status.UNKNOWN:
        return 0.0
    if solved.status is Status.INFEASIBLE or model.reached(solved.value) >= enough:
        return enough
    return min(solved.value, enough)


def _worth(model: Model, counts: tuple[Count, ...], solved: Priced) -> float | None:
    numbers = [model.number(count) for count in counts]
    if max(numbers) >= len(solved.values):
        return None
    return sum(solved.values[number] for number in numbers)


def _candidates(model: Model, part: Part) -> Iterator[tuple[Count, ...]]:
    """Yield what may be split: the people of types together, and seats."""
    for names in groups_of_types(model.week, part):
        yield tuple(("people", name) for name in names)
    for seat in part.seats:
        yield (("seats", seat),)
