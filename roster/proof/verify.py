"""
A proof held against a scenario, in exact fractions and without any solver.

Each part claims that the goal is at least some whole number as far as its types, posts and seats go. Its tree splits
into cases that together are all there are (a whole number is at most k, or at least k + 1). At the end of a case the
inequalities named there are added up, each as often as its multiplier says; what is left over is bounded by the ranges
of the numbers themselves. Either that reaches the claim, or it shows that the case cannot be.

What is added up holds of the average week of any roster that goes on for ever (`roster.proof.inequalities`). Only
people and seats are whole there. A proof about every roster may therefore split by nothing else; one about rotas of
some weeks may, counting over all weeks of the rota.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from roster.domain.problem import Problem
from roster.language import tr
from roster.proof.certificate import ALWAYS_WHOLE, Certificate, Count, Leaf, Node, Part, Searched, Split, Use
from roster.proof.fingerprint import fingerprint
from roster.proof.inequalities import Inequality, inequality
from roster.proof.quantities import Ordinary, Refused, Terms
from roster.proof.scope import Scope

DEEPEST = 200
"""Most cases within cases."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a case supposes: a sum of numbers, over so many weeks, at most or at least some whole number."""

    counts: tuple[Count, ...]
    at_most: bool
    limit: int
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class ProofStep:
    """An inequality added up at the end of a case: how many times, and what it says."""

    use: Use
    said: Inequality


@dataclass(frozen=True, slots=True)
class End:
    """
    The end of a case: what it supposes, what was added up, and what comes of it.

    `reached` is what the goal is at least, or None where the case cannot be: then the sum says that 0 is at
    least `beyond`, which is more than 0. `ranges` are the numbers whose own limits were used as well, with the amounts.
    """

    supposed: tuple[Supposed, ...]
    steps: tuple[ProofStep, ...]
    reached: Fraction | None
    beyond: Fraction
    ranges: tuple[tuple[Count, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part that holds: its claim, the ends of its cases, in order."""

    part: Part
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    The result: the parts that hold, and why the proof is refused, empty where it is not.

    `bound` is what has been shown in exact arithmetic: the least value of the goal not excluded; None where it cannot
    be done at all, or nothing was shown. `impossible` tells these apart.
    """

    certificate: Certificate
    shown: tuple[Shown, ...]
    bound: int | None
    impossible: bool
    refusal: str = ""

    @property
    def refused(self) -> bool:
        """Whether the proof does not hold."""
        return bool(self.refusal)

    @property
    def searched(self) -> bool:
        """Whether the file rests on search for a part of what it claims of all rosters in its scope."""
        return any(_counts(part.searched, self.certificate.scope) for part in self.certificate.parts)

    @property
    def complete(self) -> bool:
        """Whether all that the file claims has been shown."""
        return not self.refused and not self.searched


def verify(problem: Problem, certificate: Certificate) -> Verdict:
    """Hold a proof against a scenario; what does not hold is refused with the reason, never an exception."""
    shown: list[Shown] = []
    try:
        _must_fit(problem, certificate)
        week = Ordinary.of(problem)
        for number, part in enumerate(certificate.parts, 1):
            shown.append(_shown(week, certificate, part, number))
        impossible = any(each.part.bound is None for each in shown)
        bound = None if impossible else sum(each.part.bound or 0 for each in shown)
        _must_add_up(certificate, bound)
    except Refused as refused:
        return Verdict(certificate, tuple(shown), None, False, tr(f"proof.{refused.key}", **refused.words))
    return Verdict(certificate, tuple(shown), bound, impossible)


def _must_fit(problem: Problem, certificate: Certificate) -> None:
    """Refuse a proof of another scenario, and one that counts anybody or anything twice."""
    if certificate.fingerprint != fingerprint(problem):
        raise Refused("other_scenario", made_for=certificate.scenario, given=problem.name)
    if certificate.goal is not problem.goal:
        raise Refused("other_goal")
    named: dict[str, set[str]] = {
        "type": set(problem.type),
        "post": set(problem.post),
        "seat": {seat.name for seat in problem.seats},
    }
    said = {
        "type": [name for part in certificate.parts for name in part.types],
        "post": [name for part in certificate.parts for name in part.posts],
        "seat": [name for part in certificate.parts for name in part.seats],
    }
    for kind, names in said.items():
        for name in names:
            if name not in named[kind]:
                raise Refused(f"unknown_{kind}", name=name)
            if names.count(name) > 1:
                raise Refused("twice", name=name)


def _must_add_up(certificate: Certificate, bound: int | None) -> None:
    """Refuse a claim that is not the sum of the parts'; what was searched within its scope counts as claimed."""
    claimed: int | None = bound
    for part in certificate.parts:
        if part.searched is None:
            continue
        if part.bound is None or (part.searched.bound is not None and part.searched.bound <= part.bound):
            raise Refused("searched_less")
        if claimed is None or not _counts(part.searched, certificate.scope):
            continue
        claimed = None if part.searched.bound is None else claimed + part.searched.bound - part.bound
    if certificate.bound != claimed:
        raise Refused("not_the_sum", claimed=_value(certificate.bound), sum=_value(claimed))


def _counts(searched: Searched | None, scope: Scope) -> bool:
    return searched is not None and searched.scope.covers(scope)


def _value(bound: int | None) -> str:
    return tr("proof.impossible") if bound is None else f"{bound:,}"


def _shown(week: Ordinary, certificate: Certificate, part: Part, number: int) -> Shown:
    goal = week.goal(part)
    ends = []
    todo: list[tuple[Node, tuple[Supposed, ...]]] = [(part.tree, ())]
    while todo:
        node, above = todo.pop()
        if len(above) > DEEPEST:
            raise Refused("too_deep", limit=DEEPEST)
        if isinstance(node, Leaf):
            ends.append(_ended(week, goal, part, (node, above), number))
            continue
        weeks = _weeks(week, certificate.scope, node, number)
        todo.append((node.more, (*above, Supposed(node.counts, False, node.at_most + 1, weeks))))
        todo.append((node.fewer, (*above, Supposed(node.counts, True, node.at_most, weeks))))
    return Shown(part, tuple(ends))


def _weeks(week: Ordinary, scope: Scope, split: Split, number: int) -> int:
    """Return over how many weeks a split counts; refuse one by what is no whole number within the scope."""
    if not split.counts:
        raise Refused("unknown_count", name="")
    for count in split.counts:
        week.meaning(count)
    kinds = {str(count[0]) for count in split.counts} - ALWAYS_WHOLE
    if not kinds:
        return 1
    if scope.weeks is None:
        raise Refused("not_whole_on_average", part=number, what=tr(f"proof.whole_{min(kinds)}"))
    return scope.weeks


def _ended(
    week: Ordinary, goal: Terms, part: Part, case: tuple[Leaf, tuple[Supposed, ...]], number: int
) -> End:
    end = _end(week, goal, *case)
    if not _reaches(end, goal, part.bound):
        reached = _rounded(max(end.reached or Fraction(0), Fraction(0)))
        raise Refused("falls_short", part=number, claimed=_value(part.bound), reached=reached)
    return end


def closes(week: Ordinary, part: Part, leaf: Leaf, above: tuple[Supposed, ...]) -> bool:
    """
    Return whether the end of a case shows what the part claims.

    Parameters
    ----------
    week, part : The ordinary week, and the part with its claim.
    leaf : What the proof shows at the end of the case.
    above : What is supposed in that case.
    """
    goal = week.goal(part)
    return _reaches(_end(week, goal, leaf, above), goal, part.bound)


def _reaches(end: End, goal: Terms, bound: int | None) -> bool:
    if end.reached is None:
        return True
    return bound is not None and (ceil(end.reached) if rounds_up(goal) else end.reached) >= bound


def rounds_up(goal: Terms) -> bool:
    """
    Return whether the goal takes no value between what a sum reaches and the next whole unit.

    People and seats are whole in the average week, and so is what each costs. Places of a soft post that nobody fills
    are not: empty in one week of four, a place costs a quarter, and nothing may be rounded.
    """
    return all(count[0] in ALWAYS_WHOLE for count, factor in goal.items() if factor)


def _end(week: Ordinary, goal: Terms, leaf: Leaf, above: tuple[Supposed, ...]) -> End:
    steps = tuple(ProofStep(use, _named(week, use, above)) for use in leaf.uses)
    total, least = _added(steps)
    beyond, used = _with_ranges(week, {}, total, least)
    if beyond > 0:
        return End(above, steps, None, beyond, used)
    reached, used = _with_ranges(week, goal, total, least)
    return End(above, steps, reached, Fraction(0), used)


def _rounded(value: Fraction) -> str:
    """Return a value to two decimals, never more than it is."""
    return f"{floor(value * 100) / 100:,.2f}"


def supposed_terms(week: Ordinary, supposed: Supposed) -> Inequality:
    """Return what a case supposes as an inequality of the average week."""
    sign = -1 if supposed.at_most else 1
    terms = Terms()
    for count in supposed.counts:
        for key, factor in week.meaning(count).items():
            terms[key] = terms.get(key, Fraction(0)) + sign * factor
    return Inequality(terms, Fraction(sign * supposed.limit, supposed.weeks))


def _named(week: Ordinary, use: Use, above: Sequence[Supposed]) -> Inequality:
    if use.times < 0 or any(times < 0 for _, times in use.posts):
        raise Refused("negative", row=use.row)
    if use.row != "case":
        return inequality(week, use)
    if not 1 <= use.number <= len(above):
        raise Refused("unknown_case", number=use.number)
    return supposed_terms(week, above[use.number - 1])


def _added(steps: Sequence[ProofStep]) -> tuple[Terms, Fraction]:
    total, least = Terms(), Fraction(0)
    for step in steps:
        least += step.use.times * step.said.least
        for count, factor in step.said.terms.items():
            total[count] = total.get(count, Fraction(0)) + step.use.times * factor
    return total, least


def _with_ranges(
    week: Ordinary, goal: Terms, total: Terms, least: Fraction
) -> tuple[Fraction, tuple[tuple[Count, Fraction], ...]]:
    """
    Return what the goal is at least: what was added up, and for each number what the goal asks beyond its factor.

    That difference is as small as the number's range lets it be.
    """
    value, used = least, []
    for count in goal.keys() | total.keys():
        rest = goal.get(count, Fraction(0)) - total.get(count, Fraction(0))
        if rest:
            lowest, highest = week.range(count)
            amount = rest * (lowest if rest > 0 else highest)
            value += amount
            if amount:
                used.append((count, amount))
    return value, tuple(sorted(used, key=lambda pair: tuple(map(str, pair[0]))))
