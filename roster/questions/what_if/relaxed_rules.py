"""One rule relaxed at a time, as little as does: which, from what to what, and whether it is law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile

from roster.domain.problem import Problem, StaffType
from roster.domain.rules import (
    Count,
    Counted,
    FreeWeekends,
    Gap,
    Handover,
    MaxNights,
    MinRest,
    NoStandbyAfterNights,
    OffBlock,
    Origin,
    RestAfterNights,
    Rule,
    ShiftRun,
    StandbyShare,
    Succession,
    WeeklyRest,
    WholeWeekends,
    WorkBlock,
)
from roster.engine.calendar.repair import Ask
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
    """Yield each rule, of some or all, whose relaxing alone lets everything be covered, relaxed as little as does."""
    rules: dict[Rule, list[StaffType]] = {}
    for staff in ask.problem.types:
        for rule in staff.rules:
            if rule.hard and (among is None or rule in among):
                rules.setdefault(rule, []).append(staff)
    for rule in _enough(ask, [rule for rule in rules if list(looser(rule))], holds):
        steps, types = list(looser(rule)), rules[rule]
        enough = next(step for step in steps if step is steps[-1] or holds(_with(ask, rule, step)))
        whom = tr("what_if.comma").join(staff.called for staff in types)
        after = tr("what_if.rule_dropped") if enough is None else enough.sentence
        yield Relaxation(rule.sentence, after, whom, rule.origin is Origin.LAW)


def _enough(ask: Ask, rules: Sequence[Rule], holds: Holds) -> Iterator[Rule]:
    """Yield the rules of which one alone, as loose as may be, is enough; where all together are not, none is."""
    loosest = ask
    for rule in rules:
        loosest = _with(loosest, rule, list(looser(rule))[-1])
    if not rules or not holds(loosest):
        return
    if len(rules) == 1:
        yield rules[0]
        return
    middle = len(rules) // 2
    yield from _enough(ask, rules[:middle], holds)
    yield from _enough(ask, rules[middle:], holds)


def _with(ask: Ask, rule: Rule, instead: Rule | None) -> Ask:
    return replace(ask, problem=relaxed(ask.problem, rule, instead))


def relaxed(problem: Problem, rule: Rule, instead: Rule | None) -> Problem:
    """Return the problem with one rule replaced, or dropped, for all types that have it."""
    kept = [] if instead is None else [instead]
    return replace(
        problem,
        types=tuple(
            replace(
                staff,
                rules=tuple(each for one in staff.rules for each in (kept if one == rule else [one])),
            )
            for staff in problem.types
        ),
    )


def looser(rule: Rule) -> Iterator[Rule | None]:
    """Yield a rule ever looser, by the step that people bargain in; None where it is dropped."""
    if isinstance(rule, MinRest | RestAfterNights | WeeklyRest):
        step = 60 if isinstance(rule, MinRest) else 12 * 60
        for minutes in takewhile(
            lambda left: left > 0, (rule.minutes - step * n for n in range(1, STEPS + 1))
        ):
            yield replace(rule, minutes=minutes)
    elif isinstance(rule, MaxNights):
        for more in range(1, 3):
            yield replace(rule, nights=rule.nights + more)
    elif isinstance(rule, WorkBlock | OffBlock | ShiftRun):
        if rule.shortest > 1:
            yield replace(rule, shortest=1)
        if rule.longest is not None:
            for more in range(1, 3):
                yield replace(rule, shortest=1, longest=rule.longest + more)
    elif isinstance(rule, StandbyShare):
        for percent in takewhile(lambda percent: percent <= 100, count(rule.percent + 5, 5)):
            yield replace(rule, percent=percent)
            if percent >= rule.percent + 5 * STEPS:
                return
    elif isinstance(rule, FreeWeekends):
        for more in range(1, 3):
            yield replace(rule, one_in=rule.one_in + more)
    elif isinstance(rule, Gap):
        for days in range(rule.days - 1, max(-1, rule.days - STEPS - 1), -1):
            yield replace(rule, days=days)
    elif isinstance(rule, Succession | Handover | WholeWeekends | NoStandbyAfterNights):
        yield None
    elif isinstance(rule, Count):
        yield from _looser_count(rule)


def _looser_count(rule: Count) -> Iterator[Rule]:
    step = 1
    if rule.of is Counted.HOURS:
        step = 60 if rule.contract is None else 5
    for more in range(1, STEPS + 1):
        most = None if rule.most is None else rule.most + more * step
        yield replace(rule, least=max(0, rule.least - more * step), most=most)
