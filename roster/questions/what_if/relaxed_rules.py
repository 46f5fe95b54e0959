"""One rule relaxed at a time, as little as does: which, from what to what, and whether it is law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from roster.domain.loosening import chain
from roster.domain.problem import Problem, StaffType
from roster.domain.rules import Origin, Rule
from roster.engine.calendar import Ask
from roster.language import tr

STEPS = 4
"""How far a limit is relaxed at most, in steps of its kind."""

Holds = Callable[[Ask], bool]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A rule of some staff types, as it is and as it would do, in words; whether it is law."""

    before: str
    after: str
    whom: str
    law: bool


def relaxations(ask: Ask, holds: Holds, among: Collection[Rule] | None = None) -> Iterator[Relaxation]:
    """
    Yield each rule, of some or all, whose relaxing alone lets everything be covered, relaxed as little as does.

    Parameters
    ----------
    ask, holds : What is to be repaired, and what tells whether a changed one can be.
    among : The rules that are tried; None for all.
    """
    rules: dict[Rule, list[StaffType]] = {}
    for staff in ask.problem.types:
        for rule in staff.rules:
            if rule.hard and (among is None or rule in among):
                rules.setdefault(rule, []).append(staff)
    for rule in _enough(ask, [rule for rule in rules if chain(rule, STEPS)], holds):
        steps, types = chain(rule, STEPS), rules[rule]
        enough = next(step for step in steps if step is steps[-1] or holds(_with(ask, rule, step)))
        whom = tr("what_if.comma").join(staff.called for staff in types)
        after = tr("what_if.rule_dropped") if enough is None else enough.sentence
        yield Relaxation(rule.sentence, after, whom, rule.origin is Origin.LAW)


def _enough(ask: Ask, rules: Sequence[Rule], holds: Holds) -> Iterator[Rule]:
    """Yield the rules of which one alone, as loose as may be, is enough; where all together are not, none is."""
    loosest = ask
    for rule in rules:
        loosest = _with(loosest, rule, chain(rule, STEPS)[-1])
    if not rules or not holds(loosest):
        return
    if len(rules) == 1:
        yield rules[0]
        return
    middle = len(rules) // 2
    yield from _enough(ask, rules[:middle], holds)
    yield from _enough(ask, rules[middle:], holds)


def _with(ask: Ask, rule: Rule, instead: Rule | None) -> Ask:
    return replace(ask, problem=_relaxed(ask.problem, rule, instead))


def _relaxed(problem: Problem, rule: Rule, instead: Rule | None) -> Problem:
    """Return the problem with one rule replaced, or dropped, for all types that have it."""
    kept = [] if instead is None else [instead]
    return replace(
        problem,
        types=tuple(
            replace(
                staff, rules=tuple(each for one in staff.rules for each in (kept if one == rule else [one]))
            )
            for staff in problem.types
        ),
    )
