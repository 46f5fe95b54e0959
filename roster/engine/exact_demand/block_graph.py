"""
Rules that treat every weekday alike, compiled into a ring of walks: whole blocks, or single days.

`automata.product` compiles any rules, weekday by weekday. Where no rule looks at the weekday one layer is enough, and
the walks between two changes from work to rest are few: then an arc is a whole block, most nodes disappear, and the
integer program on the arcs is far easier. Where blocks are long and many, the engine falls back to a day an arc.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roster.domain.horizon import SATURDAY, SUNDAY
from roster.domain.problem import Duty
from roster.domain.rules import FreeWeekends, Rule, WeekHours, WeeklyRest
from roster.engine.automata import RuleAutomaton, numbered, rule_automaton, strong_parts, tell_apart

MOST_BLOCKS = 700
"""More blocks of work than this from one weekday, and days are the smaller graph."""

Word = tuple[int, ...]
Steps = list[dict[int, int]]
"""For each state: duty number to next state."""


@dataclass(frozen=True, slots=True)
class Walks:
    """
    A ring of lawful walks over the seven weekdays: one arc a walk and weekday on which it begins.

    Parameters
    ----------
    tails, heads : Node numbers of each arc.
    weekdays, words : The weekday each arc begins on, and its duties by number, one a day.
    free_weekends : For each arc how many Saturday-Sunday pairs without work end in it.
    width : Nodes of one weekday; node w * width + i is the same place on weekday w.
    blocks : Whether an arc is a whole block of work or of days off; otherwise it is a day.
    """

    duties: tuple[Duty, ...]
    tails: tuple[int, ...]
    heads: tuple[int, ...]
    weekdays: tuple[int, ...]
    words: tuple[Word, ...]
    free_weekends: tuple[int, ...]
    width: int
    blocks: bool

    def days(self, arc: int) -> Iterator[tuple[int, int]]:
        """Yield the weekday and the duty number of each day of an arc."""
        for ahead, duty in enumerate(self.words[arc]):
            yield (self.weekdays[arc] + ahead) % 7, duty


def ring_of_walks(duties: Sequence[Duty], rules: Iterable[Rule], most_blocks: int = MOST_BLOCKS) -> Walks:
    """
    Compile rules over an alphabet of duties into a ring.

    Parameters
    ----------
    duties, rules : The alphabet, off among it, and the rules.
    most_blocks : Blocks are arcs unless more than so many begin on a weekday; then single days are.

    Raises
    ------
    ValueError
        A rule looks at the weekday.
    """
    steps = _minimised(_recurrent(automaton(duties, rules)))
    works = [duty.works for duty in duties]
    pieces = _blocks(steps, works, most_blocks)
    found = pieces if pieces is not None else _single_days(steps, works)
    return _ring(duties, works, found, blocks=pieces is not None)


def _table(made: RuleAutomaton, duties: Sequence[Duty]) -> list[list[int]]:
    """Return a machine as a table: state, then duty, to next state; -1 where the rule would be broken."""
    numbers = {made.start(0): 0}
    order = [made.start(0)]
    rows: list[list[int]] = []
    for memory in order:
        row = []
        for duty in duties:
            after, breaches = made.step(memory, 0, duty)
            if not breaches and after not in numbers:
                numbers[after] = len(order)
                order.append(after)
            row.append(-1 if breaches else numbers[after])
        rows.append(row)
    return rows


def automaton(duties: Sequence[Duty], rules: Iterable[Rule]) -> Steps:
    """
    Return the states in which all rules hold at once; state 0 is the start, where nothing is known of the days before.

    Raises
    ------
    ValueError
        A rule looks at the weekday.
    """
    tables = []
    for rule in rules:
        if isinstance(rule, FreeWeekends | WeekHours | WeeklyRest):
            raise ValueError(f"{rule.key} looks at the weekday")
        made = rule_automaton(rule, {})
        if made is not None:
            tables.append(_table(made, duties))
    start = (0,) * len(tables)
    numbers = {start: 0}
    order = [start]
    steps: Steps = []
    for state in order:
        here: dict[int, int] = {}
        for duty in range(len(duties)):
            after = tuple([table[memory][duty] for table, memory in zip(tables, state, strict=True)])
            if -1 in after:
                continue
            if after not in numbers:
                numbers[after] = len(order)
                order.append(after)
            here[duty] = numbers[after]
        steps.append(here)
    return steps


def _recurrent(steps: Steps) -> Steps:
    """Return the states and steps that lie on closed walks."""
    part = strong_parts(
        len(steps), [(state, after) for state, step in enumerate(steps) for after in step.values()]
    )
    kept = [
        {duty: after for duty, after in step.items() if part[after] == part[state]}
        for state, step in enumerate(steps)
    ]
    number = {state: at for at, state in enumerate(s for s, step in enumerate(kept) if step)}
    return [{duty: number[after] for duty, after in step.items()} for step in kept if step]


def _minimised(steps: Steps) -> Steps:
    """Return the states with those merged that allow the same days for ever."""
    layers = [numbered(tuple(step) for step in steps)]
    tell_apart(layers, [[list(step.values()) for step in steps]])
    (classes,) = layers
    merged: dict[int, dict[int, int]] = {}
    for state, step in enumerate(steps):
        merged.setdefault(classes[state], {duty: classes[after] for duty, after in step.items()})
    return [merged[group] for group in sorted(merged)]


Node = tuple[object, object]
BlockArc = tuple[Node, Word, Node]
"""A walk between two nodes, on any weekday: tail, duties, head."""


def _blocks(steps: Steps, works: Sequence[bool], most: int) -> list[BlockArc] | None:
    """Return every block of work and of days off as a walk; None when there are more than `most`."""
    entries = {kind: _entries(steps, works, kind) for kind in (True, False)}
    found: list[BlockArc] = []
    for kind, begins in entries.items():
        for (first, state), tail in begins.items():
            open_walks: list[tuple[int, Word]] = [(state, (first,))]
            while open_walks:
                at, word = open_walks.pop()
                following = steps[at].items()
                heads = {entries[not kind][d, to] for d, to in following if works[d] is not kind}
                found += [(tail, word, head) for head in sorted(heads)]
                open_walks += [(to, (*word, d)) for d, to in following if works[d] is kind]
                if len(found) > most or len(word) + len(open_walks) > most:
                    return None
    return found


def _entries(steps: Steps, works: Sequence[bool], kind: bool) -> dict[tuple[int, int], Node]:
    """
    Return the first steps of blocks of a kind, each (duty, state reached) with the node it leaves.

    Where a block may begin is decided by the block before it. First steps that are always allowed together share a
    node: fewer nodes, and fewer ways for a flow to fall into parts.
    """
    before = {to for step in steps for duty, to in step.items() if works[duty] is not kind}
    choices = sorted(
        {tuple((d, to) for d, to in steps[state].items() if works[d] is kind) for state in before}
    )
    allowed: dict[tuple[int, int], list[int]] = {}
    for number, choice in enumerate(choices):
        for entry in choice:
            allowed.setdefault(entry, []).append(number)
    return {entry: (kind, tuple(numbers)) for entry, numbers in allowed.items()}


def _single_days(steps: Steps, works: Sequence[bool]) -> list[BlockArc]:
    """Return every day as a walk of its own; nodes also know whether the day before was worked."""
    found: list[BlockArc] = []
    begun = {(after, works[duty]) for step in steps for duty, after in step.items()}
    for state, worked in sorted(begun):
        for duty, after in steps[state].items():
            found.append(((state, worked), (duty,), (after, works[duty])))
    return found


def _ring(
    duties: Sequence[Duty], works: Sequence[bool], pieces: Sequence[BlockArc], *, blocks: bool
) -> Walks:
    """Lay the walks round the week, once from each weekday."""
    numbers: dict[Node, int] = {}
    for tail, _, head in pieces:
        numbers.setdefault(tail, len(numbers))
        numbers.setdefault(head, len(numbers))
    count = len(numbers)
    laid = [(weekday, piece) for weekday in range(7) for piece in pieces]
    return Walks(
        duties=tuple(duties),
        tails=tuple(weekday * count + numbers[tail] for weekday, (tail, _, _) in laid),
        heads=tuple((weekday + len(word)) % 7 * count + numbers[head] for weekday, (_, word, head) in laid),
        weekdays=tuple(weekday for weekday, _ in laid),
        words=tuple(word for _, (_, word, _) in laid),
        free_weekends=tuple(
            _free(weekday, word, works, rested_before=not blocks and not tail[1])
            for weekday, (tail, word, _) in laid
        ),
        width=count,
        blocks=blocks,
    )


def _free(weekday: int, word: Word, works: Sequence[bool], *, rested_before: bool) -> int:
    """Count the Sundays off of a walk whose Saturday is off as well."""
    off = [not works[duty] for duty in word]
    pairs = sum(off[at] and off[at - 1] for at in range(1, len(word)) if (weekday + at) % 7 == SUNDAY)
    return pairs + int(weekday == SATURDAY + 1 and off[0] and rested_before)
