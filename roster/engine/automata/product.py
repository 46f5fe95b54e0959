"""
Rules of a staff type compiled into one graph of lawful days.

A node is (weekday, state); an arc is a duty that may be done there, and leads to a node of the next weekday. Rules are
multiplied in one at a time and the graph is minimised after each, so that it never grows far beyond the seven to
fifteen states a weekday that it ends with. A rota is a closed walk round the seven weekdays; a calendar is a walk
from the start node of its first weekday.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from roster.domain.problem import Duty
from roster.domain.rules import Rule
from roster.engine.automata.rules import RuleAutomaton, State, Travel, machine
from roster.engine.automata.together import grouped, together

Step = dict[int, tuple[int, int]]
"""Duty number to (next state, penalty)."""

History = tuple[int, tuple[Duty, ...]]
"""Days carried in: the weekday of the first, and a duty each."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class StateGraph:
    """
    Lawful days of a staff type.

    Parameters
    ----------
    duties
        The alphabet; arcs name duties by number.
    start
        For each weekday the state in which nothing is known of the days before; None where not compiled.
    steps
        `steps[weekday][state][duty]` is the next weekday's state and the penalty of soft rules broken by that step.
        One layer instead of seven where weekdays make no difference.
    carried
        The weekday and state after each of the histories compiled in.
    """

    duties: tuple[Duty, ...]
    start: tuple[int | None, ...]
    steps: tuple[tuple[Step, ...], ...]
    carried: tuple[tuple[int, int], ...] = ()

    @property
    def size(self) -> int:
        """Number of arcs."""
        return sum(len(step) for layer in self.steps for step in layer)

    def read(self, duties: Iterable[int], weekday: int, state: int) -> tuple[int, int] | None:
        """Walk from a state; return the state reached and the penalties, None if some day is not lawful."""
        penalty = 0
        for number in duties:
            found = self.steps[weekday][state].get(number)
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
) -> StateGraph:
    """
    Compile rules over an alphabet of duties.

    Parameters
    ----------
    weekdays
        On which weekdays a walk may start with nothing known.
    allowed
        For each weekday the numbers of the duties that are of use; all where not given.
    carried
        Histories after which walks start. What they did among themselves may be unlawful, and may be duties outside
        the alphabet: it is remembered, and is nobody's fault now.
    forgiven
        For each history the keys of the rules that remember nothing of it; none where not given.
    """
    wanted = frozenset(weekdays)
    useful = allowed or [frozenset(range(len(duties)))] * 7
    graph = StateGraph(
        tuple(duties),
        tuple(0 if day in wanted else None for day in range(7)),
        tuple((dict.fromkeys(sorted(numbers), (0, 0)),) for numbers in useful),
        tuple(((weekday + len(days)) % 7, 0) for weekday, days in carried),
    )
    for alike in grouped(rules):
        machines = [made for rule in alike if (made := machine(rule, travel)) is not None]
        if machines:
            made = together(machines)
            memories = [
                made.start((history[0] + len(history[1])) % 7)
                if forgiven and alike[0].key in forgiven[index]
                else _remembered(made, history)
                for index, history in enumerate(carried)
            ]
            graph = minimised(_times(graph, made, alike[0].price, memories))
    return graph


def _remembered(made: RuleAutomaton, history: History) -> State:
    """Return what a machine remembers after days carried in."""
    weekday, days = history
    memory = made.start(weekday)
    for day, duty in enumerate(days, weekday):
        memory, _ = made.step(memory, day % 7, duty)
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
    steps: list[dict[int, Step]] = [{} for _ in range(7)]
    while todo:
        weekday, state, memory = todo.pop()
        here = steps[weekday][numbers[weekday][state, memory]] = {}
        following = (weekday + 1) % 7
        for duty, (after, penalty) in graph.steps[weekday][state].items():
            remembered, breaches = made.step(memory, weekday, graph.duties[duty])
            if breaches and price is None:
                continue
            here[duty] = (number(following, after, remembered), penalty + breaches * (price or 0))
    layers = tuple(tuple(layer[state] for state in range(len(layer))) for layer in steps)
    return StateGraph(graph.duties, start, layers, carried)


def minimised(graph: StateGraph) -> StateGraph:
    """
    Return the graph with states merged that allow the same days with the same penalties for ever.

    States are told apart by their own days first, then by where those lead, from the last weekday to the first and
    round again until nothing new is told apart.
    """
    classes = [
        _numbered(tuple((duty, penalty) for duty, (_, penalty) in step.items()) for step in layer)
        for layer in graph.steps
    ]
    leads = [[[to for to, _ in step.values()] for step in layer] for layer in graph.steps]
    count = 0
    while (refined := sum(max(layer, default=-1) + 1 for layer in classes)) != count:
        count = refined
        for day in range(6, -1, -1):
            after = classes[(day + 1) % 7]
            classes[day] = _numbered(
                (own, *[after[to] for to in onward])
                for own, onward in zip(classes[day], leads[day], strict=True)
            )
    return _merged(graph, classes)


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _merged(graph: StateGraph, classes: list[list[int]]) -> StateGraph:
    layers: list[tuple[Step, ...]] = []
    for day, layer in enumerate(graph.steps):
        after = classes[(day + 1) % 7]
        merged: dict[int, Step] = {}
        for state, step in enumerate(layer):
            group = classes[day][state]
            if group not in merged:
                merged[group] = {duty: (after[to], penalty) for duty, (to, penalty) in step.items()}
        layers.append(tuple(merged[group] for group in range(len(merged))))
    start = tuple(None if state is None else classes[day][state] for day, state in enumerate(graph.start))
    carried = tuple((day, classes[day][state]) for day, state in graph.carried)
    return StateGraph(graph.duties, start, tuple(layers), carried)


def without_weekdays(graph: StateGraph) -> StateGraph | None:
    """
    Return the graph with all weekdays merged into one layer; None where a rule tells weekdays apart.

    The graph must have been compiled for a start on every weekday. States of all weekdays are told apart together: if
    the starts of all weekdays are then one state, whatever may follow one of them may follow any.
    """
    starts = [state for state in graph.start if state is not None]
    if len(starts) < len(graph.steps):
        return None
    offset = node_numbers(graph)
    nodes = [
        {duty: (offset[(day + 1) % len(graph.steps)] + to, penalty) for duty, (to, penalty) in step.items()}
        for day, layer in enumerate(graph.steps)
        for step in layer
    ]
    classes = _numbered(tuple((duty, penalty) for duty, (_, penalty) in step.items()) for step in nodes)
    count = 0
    while (refined := max(classes, default=-1) + 1) != count:
        count = refined
        classes = _numbered(
            (own, *(classes[to] for to, _ in step.values())) for own, step in zip(classes, nodes, strict=True)
        )
    if len({classes[offset[day] + state] for day, state in enumerate(starts)}) > 1:
        return None
    layer: dict[int, Step] = {}
    for number, step in zip(classes, nodes, strict=True):
        layer.setdefault(number, {duty: (classes[to], penalty) for duty, (to, penalty) in step.items()})
    return StateGraph(graph.duties, (classes[starts[0]],), (tuple(layer[n] for n in range(len(layer))),))


@dataclass(frozen=True, slots=True)
class RingArc:
    """One duty done on a day of a ring, from a node to a node; nodes are numbered over all days of the ring."""

    day: int
    tail: int
    head: int
    duty: int
    penalty: int


def node_numbers(graph: StateGraph) -> list[int]:
    """Return for each weekday the number of its first node; state s of weekday w is node `numbers[w] + s`."""
    numbers = [0]
    for layer in graph.steps:
        numbers.append(numbers[-1] + len(layer))
    return numbers


def ring_node(graph: StateGraph, numbers: Sequence[int], day: int, state: int) -> int:
    """Return the node of a state on a day of a ring; `numbers` are the graph's `node_numbers`."""
    turn, layer = divmod(day, len(graph.steps))
    return turn * numbers[-1] + numbers[layer] + state


def ring_arcs(graph: StateGraph, days: int = 7) -> list[RingArc]:
    """
    Return the arcs that lie on a closed walk round a ring of days: all that a rotation can use.

    Only arcs within one strongly connected part are kept, for no closed walk leaves its part. `days` is a multiple of
    the graph's layers.
    """
    numbers = node_numbers(graph)
    layers = len(graph.steps)

    def node(day: int, state: int) -> int:
        return numbers[day % layers] + state

    arcs = [
        RingArc(day, node(day, state), node(day + 1, to), duty, cost)
        for day, layer in enumerate(graph.steps)
        for state, step in enumerate(layer)
        for duty, (to, cost) in step.items()
    ]
    part = strong_parts(numbers[-1], [(arc.tail, arc.head) for arc in arcs])
    kept = [arc for arc in arcs if part[arc.tail] == part[arc.head]]
    # A closed walk of the graph, gone round often enough, closes in a longer ring too: no further arc falls away.
    turns = days // layers
    return [
        replace(
            arc,
            day=turn * layers + arc.day,
            tail=turn * numbers[-1] + arc.tail,
            head=(turn + (arc.day == layers - 1)) % turns * numbers[-1] + arc.head,
        )
        for turn in range(turns)
        for arc in kept
    ]


def strong_parts(nodes: int, arcs: Iterable[tuple[int, int]]) -> list[int]:
    """
    Return for each node the number of its strongly connected part (Kosaraju, without recursion).

    >>> strong_parts(3, [(0, 1), (1, 0), (1, 2)])
    [0, 0, 1]
    """
    ahead: dict[int, list[int]] = defaultdict(list)
    behind: dict[int, list[int]] = defaultdict(list)
    for tail, head in arcs:
        ahead[tail].append(head)
        behind[head].append(tail)
    order: list[int] = []
    seen = [False] * nodes
    for root in range(nodes):
        if seen[root]:
            continue
        seen[root] = True
        stack = [(root, iter(ahead[root]))]
        while stack:
            node, following = stack[-1]
            step = next((n for n in following if not seen[n]), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen[step] = True
                stack.append((step, iter(ahead[step])))
    part = [-1] * nodes
    count = 0
    for root in reversed(order):
        if part[root] >= 0:
            continue
        part[root] = count
        todo = [root]
        while todo:
            for node in behind[todo.pop()]:
                if part[node] < 0:
                    part[node] = count
                    todo.append(node)
        count += 1
    return part
