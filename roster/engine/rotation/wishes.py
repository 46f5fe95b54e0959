"""
The wishes that make one rota better than another, by kind, and what a rota pays for each.

A kind is all soft rules of one sort and price: a hundred backward changes of shift are one wish, forward rotation.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from roster.domain.even_weeks import even_weeks
from roster.domain.outcome import Rotation
from roster.domain.problem import Duty, Problem, StaffType
from roster.domain.rules import AVERAGES, Rule
from roster.engine.automata import RuleAutomaton, State, grouped, rule_automaton, together

SPREAD_SCALE = 10
"""Standby is compared between types in tenths of a day a week and person."""

NEEDLESS = 3
"""Points for each shift and standby: equal for rotas that only fill posts, so it drops those that fill none."""


@dataclass(frozen=True, slots=True)
class SoftRuleKind:
    """
    Soft rules of one sort and price; `type` is the staff type whose own rules they are, None for everybody's.

    Several are read as one machine where that is possible.
    """

    type: str | None
    rules: tuple[Rule, ...]

    def of(self, staff: StaffType) -> tuple[Rule, ...]:
        """Return its rules that are about a staff type."""
        return self.rules if self.type in (None, staff.name) else ()


def kinds(problem: Problem, rota: Sequence[Rotation] = ()) -> list[SoftRuleKind]:
    """Return the wishes of a problem, each once; with a rota also that weeks are like the average of its weeks."""
    found: list[SoftRuleKind] = []
    for name, rules in ((None, problem.quality), *((staff.name, staff.rules) for staff in problem.types)):
        soft = dict.fromkeys(rule for rule in rules if not rule.hard and not isinstance(rule, AVERAGES))
        found += [SoftRuleKind(name, tuple(group)) for group in grouped(soft)]
    for staff in problem.types:
        own = [rotation for rotation in rota if rotation.type == staff.name]
        if (rule := even_weeks(own, problem.even_weeks)) is not None:
            found.append(SoftRuleKind(staff.name, (rule,)))
    return found


def wishing(problem: Problem, priced: Sequence[SoftRuleKind], kept: Sequence[SoftRuleKind] = ()) -> Problem:
    """
    Return the problem with some wishes only, and some of them as limits that must be kept.

    Parameters
    ----------
    problem : The scenario.
    priced : The wishes that stay, with their prices.
    kept : The wishes that become limits.
    """

    def rules(staff: StaffType) -> tuple[Rule, ...]:
        hard = [rule for rule in staff.rules if rule.hard or isinstance(rule, AVERAGES)]
        soft = [rule for kind in priced if kind.type == staff.name for rule in kind.rules]
        limits = [replace(rule, price=None) for kind in kept for rule in kind.of(staff)]
        return (*hard, *soft, *limits)

    types = tuple(replace(staff, rules=rules(staff)) for staff in problem.types)
    everybody = tuple(rule for kind in priced if kind.type is None for rule in kind.rules)
    return replace(problem, types=types, quality=everybody)


def paid(problem: Problem, kind: SoftRuleKind, rota: Sequence[Rotation]) -> int:
    """
    Return the points that a rota pays for one wish, in one circuit of each rotation.

    Parameters
    ----------
    problem, kind : The scenario, and the wish.
    rota : One rotation a type.
    """
    found = 0
    for rotation in rota:
        rules = kind.of(problem.type[rotation.type])
        machines = [
            made for rule in rules if (made := rule_automaton(rule, problem.travel_minutes)) is not None
        ]
        if machines and rotation.lines:
            found += _breaches(together(machines), rotation.word) * (kind.rules[0].price or 0)
    return found


def total(problem: Problem, rota: Sequence[Rotation]) -> int:
    """Return the points that a rota pays for all wishes, for standby unevenly spread and for every duty."""
    found = sum(paid(problem, kind, rota) for kind in kinds(problem, rota))
    duties = [duty for rotation in rota for duty in rotation.word]
    found += NEEDLESS * sum((duty.work_minutes > 0) + (duty.standby is not None) for duty in duties)
    return found + problem.standby_spread * _spread(rota)


def _spread(rota: Sequence[Rotation]) -> int:
    """Return the most standby that a person of a type has on average, once round the ring."""
    days: dict[str, int] = {}
    people: dict[str, int] = {}
    for rotation in rota:
        people[rotation.type] = people.get(rotation.type, 0) + rotation.people
        standby = sum(duty.standby is not None for duty in rotation.word)
        days[rotation.type] = days.get(rotation.type, 0) + standby
    sharing = [name for name in days if people[name] and days[name]]
    return max((-(-SPREAD_SCALE * days[name] // people[name]) for name in sharing), default=0)


def _breaches(made: RuleAutomaton, word: Sequence[Duty]) -> int:
    """Return how often a word breaks a rule, gone round for ever."""
    state, seen, found = made.start(0), set[Hashable](), 0
    while state not in seen:
        seen.add(state)
        found, state = _once_round(made, word, state)
    return found


def _once_round(made: RuleAutomaton, word: Sequence[Duty], state: State) -> tuple[int, State]:
    found = 0
    for day, duty in enumerate(word):
        state, breaches = made.step(state, day % 7, duty)
        found += breaches
    return found, state
