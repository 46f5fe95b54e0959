"""
The product of the automata of a staff type: its rules compiled into one graph of lawful days.

A node is (weekday, state); an arc is a duty that may be done there, and leads to a node of the next weekday. Rules are
multiplied in one at a time and the graph is minimised after each, so that it never grows far beyond the seven to
fifteen states a weekday that it ends with. A rota is a closed walk round the seven weekdays; a calendar is a walk
from the start node of its first weekday.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from roster.domain.elapsed import PLAIN, Clocks, DayClock, real_duty
from roster.domain.problem import Duty
from roster.domain.rules import Rule
from roster.engine.automata.combined_rules import grouped, together
from roster.engine.automata.rules import RuleAutomaton, State, Travel, rule_automaton

Transitions = dict[int, tuple[int, int]]
"""Duty number to (next state, penalty)."""

History = tuple[int, tuple[Duty, ...]]
"""Days carried in: the weekday of the first, and a duty each."""

Key = TypeVar("Key", bound=Hashable)

Variant = tuple[int, DayClock, tuple[Transitions, ...]]
"""A weekday with a clock of its own: other steps from the states of that weekday."""


NO_CLOCKS: Mapping[int, DayClock] = {}


@dataclass(frozen=True, slots=True)
class StateGraph:
    """
    Lawful days of a staff type.

    Parameters
    ----------
    duties : The alphabet; arcs name duties by number.
    start : For each weekday the state in which nothing is known of the days before; None where not compiled.
    steps : `steps[weekday][state][duty]` is the next weekday's state and the penalty of soft rules broken by that step.
        One layer instead of seven where weekdays make no difference.
    carried : The weekday and state after each of the histories compiled in.
    variants : The steps of weekdays near a change of clocks, on which hours are not those of the clock.
    """

    duties: tuple[Duty, ...]
    start: tuple[int | None, ...]
    steps: tuple[tuple[Transitions, ...], ...]
    carried: tuple[tuple[int, int], ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def size(self) -> int:
        """Number of arcs."""
        return sum(len(step) for layer in self.steps for step in layer)

    def layer(self, weekday: int, clock: DayClock = PLAIN) -> tuple[Transitions, ...]:
        """Return the steps of a weekday, on a day with this clock."""
        for day, other, steps in self.variants if clock is not PLAIN else ():
            if (day, other) == (weekday, clock):
                return steps
        return self.steps[weekday]

    def read(
        self, duties: Iterable[int], weekday: int, state: int, clocks: Mapping[int, DayClock] = NO_CLOCKS
    ) -> tuple[int, int] | None:
        """
        Walk from a state; return the state reached and the penalties, None if some day is not lawful.

        Parameters
        ----------
        duties : Numbers of the duties, one a day.
        weekday, state : Where the walk begins; 0 is Monday.
        clocks : The clock of each day on which it changes, by place in `duties`.
        """
        penalty = 0
        for day, number in enumerate(duties):
            found = self.layer(weekday, clocks.get(day, PLAIN))[state].get(number)
            if found is None:
                return None
            state, cost = found
            penalty += cost
            weekday = (weekday + 1) % len(self.steps)
        return state, penalty

    def read_round(self, duties: Sequence[int]) -> tuple[int, int] | None:
        """
        Walk a rotation's word round for ever from a Monday, until it comes back to where it began.

        Returns the state of that Monday and the penalties of one round; None if the word is not lawful. Raises
        ValueError where the graph was not compiled for Mondays.
        """
        state = self.start[0]
        if state is None:
            raise ValueError("compiled without Mondays")
        seen: set[int] = set()
        while state not in seen:
            seen.add(state)
            found = self.read(duties, 0, state)
            if found is None:
                return None
            state, penalty = found
        return state, penalty


def compile_rules(
    duties: Sequence[Duty],
    rules: Iterable[Rule],
    travel: Travel,
    weekdays: Iterable[int] = (0,),
    allowed: Sequence[frozenset[int]] = (),
    carried: Sequence[History] = (),
    forgiven: Sequence[frozenset[str]] = (),
    clocks: Clocks = (),
) -> StateGraph:
    """
    Compile rules over an alphabet of duties.

    Parameters
    ----------
    duties, rules : The alphabet, which arcs name by number, and the rules.
    travel : Minutes between two sites.
    weekdays : On which weekdays a walk may start with nothing known.
    allowed : For each weekday the numbers of the duties that are of use; all where not given.
    carried : Histories after which walks start. What they did among themselves may be unlawful, and may be duties
        outside the alphabet: it is remembered, and is nobody's fault now.
    forgiven : For each history the keys of the rules that remember nothing of it; none where not given.
    clocks : The days that are not plain, by number; those of histories are negative, the last one is -1.
    """
    wanted = frozenset(weekdays)
    useful = allowed or [frozenset(range(len(duties)))] * 7
    graph = StateGraph(
        tuple(duties),
        tuple(0 if day in wanted else None for day in range(7)),
        tuple((dict.fromkeys(sorted(numbers), (0, 0)),) for numbers in useful),
        tuple(((weekday + len(days)) % 7, 0) for weekday, days in carried),
        tuple(
            (weekday, clock, (dict.fromkeys(sorted(useful[weekday]), (0, 0)),))
            for weekday, clock in dict.fromkeys(
                (weekday, clock) for day, weekday, clock in clocks if day >= 0
            )
        ),
    )
    earlier = {day: clock for day, _, clock in clocks if day < 0}
    forward = max((by for *_, clock in clocks for _, by in clock.changes), default=0)
    for alike in grouped(rules):
        machines = [
            made for rule in alike if (made := rule_automaton(rule, travel, max(0, forward))) is not None
        ]
        if machines:
            made = together(machines)
            memories = [
                made.start((history[0] + len(history[1])) % 7)
                if forgiven and alike[0].key in forgiven[index]
                else _remembered(made, history, earlier)
                for index, history in enumerate(carried)
            ]
            graph = minimised(_times(graph, made, alike[0].price, memories))
    return graph


@lru_cache(maxsize=192)
def compiled(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[tuple[str, str], int], ...],
    weekdays: tuple[int, ...] = tuple(range(7)),
    carried: tuple[History, ...] = (),
    forgiven: tuple[frozenset[str], ...] = (),
    clocks: Clocks = (),
) -> StateGraph:
    """
    Compile rules once for all the questions that are asked of one scenario.

    Parameters
    ----------
    duties, rules, weekdays, carried, forgiven, clocks : As of `compile_rules`.
    travel : The items of its mapping.
    """
    return compile_rules(
        duties, rules, dict(travel), weekdays, carried=carried, forgiven=forgiven, clocks=clocks
    )


def _remembered(made: RuleAutomaton, history: History, clocks: Mapping[int, DayClock]) -> State:
    """Return what a machine remembers after days carried in."""
    weekday, days = history
    memory = made.start(weekday)
    for day, duty in enumerate(days, weekday):
        clock = clocks.get(day - weekday - len(days))
        if clock is None or made.by_day is None:
            memory, _ = made.step(memory, day % 7, duty)
        else:
            memory, _ = made.by_day(memory, day % 7, real_duty(duty, clock), clock)
    return made.carry(memory)


def _times(
    graph: StateGraph, made: RuleAutomaton, price: int | None, memories: Sequence[State]
) -> StateGraph:
    """Return the product of a graph with one more rule: pairs of states that can be reached, with their arcs."""
    numbers: list[dict[tuple[int, State], int]] = [{} for _ in range(7)]
    todo: list[tuple[int, int, State]] = []

    def number(weekday: int, state: int, memory: State) -> int:
        known = numbers[weekday].get((state, memory))
        if known is None:
            known = numbers[weekday][state, memory] = len(numbers[weekday])
            todo.append((weekday, state, memory))
        return known

    start = tuple(
        None if state is None else number(day, state, made.start(day))
        for day, state in enumerate(graph.start)
    )
    carried = tuple(
        (day, number(day, state, memory))
        for (day, state), memory in zip(graph.carried, memories, strict=True)
    )
    steps: list[dict[int, Transitions]] = [{} for _ in range(7)]
    changed: list[dict[int, Transitions]] = [{} for _ in graph.variants]
    while todo:
        weekday, state, memory = todo.pop()
        node = numbers[weekday][state, memory]
        here = steps[weekday][node] = {}
        following = (weekday + 1) % 7
        for duty, (after, penalty) in graph.steps[weekday][state].items():
            remembered, breaches = made.step(memory, weekday, graph.duties[duty])
            if breaches and price is None:
                continue
            here[duty] = (number(following, after, remembered), penalty + breaches * (price or 0))
        for place, (own, clock, layer) in enumerate(graph.variants):
            if own != weekday:
                continue
            here = changed[place][node] = {}
            for duty, (after, penalty) in layer[state].items():
                remembered, breaches = _on_day(made, (memory, weekday, graph.duties[duty]), clock)
                if breaches and price is None:
                    continue
                here[duty] = (number(following, after, remembered), penalty + breaches * (price or 0))
    variants = tuple(
        (weekday, clock, _in_order(own))
        for (weekday, clock, _), own in zip(graph.variants, changed, strict=True)
    )
    return StateGraph(graph.duties, start, tuple(map(_in_order, steps)), carried, variants)


def _in_order(layer: dict[int, Transitions]) -> tuple[Transitions, ...]:
    return tuple(layer[state] for state in range(len(layer)))


def _on_day(made: RuleAutomaton, read: tuple[State, int, Duty], clock: DayClock) -> tuple[State, int]:
    """Return the step of a machine on a day with a clock of its own."""
    memory, weekday, duty = read
    if made.by_day is None:
        return made.step(memory, weekday, duty)
    return made.by_day(memory, weekday, real_duty(duty, clock), clock)


def minimised(graph: StateGraph) -> StateGraph:
    """Return the graph with states merged that allow the same days with the same penalties for ever."""
    classes = [
        numbered(tuple((duty, penalty) for duty, (_, penalty) in step.items()) for step in layer)
        for layer in graph.steps
    ]
    leads = [[[to for to, _ in step.values()] for step in layer] for layer in graph.steps]
    for day, _, layer in graph.variants:
        for state, step in enumerate(layer):
            leads[day][state] += [to for to, _ in step.values()]
        own = (tuple((duty, penalty) for duty, (_, penalty) in step.items()) for step in layer)
        classes[day] = numbered(zip(classes[day], own, strict=True))
    tell_apart(classes, leads)
    return _merged(graph, classes)


def tell_apart(classes: list[list[int]], leads: Sequence[Sequence[Sequence[int]]]) -> None:
    """
    Refine the classes of states until all of a class allow the same days for ever (Moore's minimisation).

    States of a ring of layers are told apart by their own days first, which is what the classes begin with, then by
    where those lead, from the last layer to the first and round again until nothing new is told apart.
    """
    count = 0
    while (refined := sum(max(layer, default=-1) + 1 for layer in classes)) != count:
        count = refined
        for at in reversed(range(len(classes))):
            after = classes[(at + 1) % len(classes)]
            classes[at] = numbered(
                (own, *[after[to] for to in onward])
                for own, onward in zip(classes[at], leads[at], strict=True)
            )


def numbered(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key a number, from 0 in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _merged(graph: StateGraph, classes: list[list[int]]) -> StateGraph:

    def layer_of(day: int, layer: tuple[Transitions, ...]) -> tuple[Transitions, ...]:
        after = classes[(day + 1) % 7]
        merged: dict[int, Transitions] = {}
        for state, step in enumerate(layer):
            group = classes[day][state]
            if group not in merged:
                merged[group] = {duty: (after[to], penalty) for duty, (to, penalty) in step.items()}
        return _in_order(merged)

    layers = tuple(layer_of(day, layer) for day, layer in enumerate(graph.steps))
    variants = tuple((day, clock, layer_of(day, layer)) for day, clock, layer in graph.variants)
    start = tuple(None if state is None else classes[day][state] for day, state in enumerate(graph.start))
    carried = tuple((day, classes[day][state]) for day, state in graph.carried)
    return StateGraph(graph.duties, start, layers, carried, variants)
