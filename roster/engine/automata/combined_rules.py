"""
Many rules of one kind read as one machine.

A hundred forbidden pairs of shifts all look at the last shift worked. One by one they would be a hundred products of
graphs, each minimised; together they are one machine with a state for each shift.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from roster.domain.problem import Duty
from roster.domain.rules import Handover, Rule, Succession
from roster.engine.automata.automaton import RuleAutomaton, State

TOGETHER = (Succession, Handover)
"""Kinds that a scenario has many of, and that do not look at weekdays."""


def grouped(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Return rules in groups that are read as one: those of `TOGETHER` by kind and price, each other one alone."""
    groups: dict[Hashable, list[Rule]] = {}
    for place, rule in enumerate(rules):
        key = (rule.key, rule.price) if isinstance(rule, TOGETHER) else place
        groups.setdefault(key, []).append(rule)
    return list(groups.values())


def together(machines: Sequence[RuleAutomaton]) -> RuleAutomaton:
    """
    Return one machine that breaks a rule as often as all of these do, which look at no weekday.

    Its state is what each of them remembers. Every step is worked out once.
    """
    if len(machines) == 1:
        return machines[0]
    known: dict[tuple[State, Duty], tuple[State, int]] = {}
    kept: dict[State, State] = {}

    def step(memories: State, weekday: int, duty: Duty) -> tuple[State, int]:
        found = known.get((memories, duty))
        if found is None:
            steps = [one.step(memory, weekday, duty) for one, memory in zip(machines, memories, strict=True)]
            after = tuple(memory for memory, _ in steps)
            found = kept.setdefault(after, after), sum(breaches for _, breaches in steps)
            known[memories, duty] = found
        return found

    def start(weekday: int) -> State:
        return tuple(one.start(weekday) for one in machines)

    def carry(memories: State) -> State:
        return tuple(one.carry(memory) for one, memory in zip(machines, memories, strict=True))

    return RuleAutomaton(start, step, carry)
