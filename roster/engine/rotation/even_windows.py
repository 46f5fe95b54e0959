"""
A rotation cut so that a short calendar gives nobody more than the share of days on call, or than the hours.

Everybody walks the rotation a ring apart, and of that a calendar no longer than the ring shows each person a piece.
Who does what is chosen anew: the duties of every day stay the same in number, so cover and sums do.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from roster.domain.horizon import Horizon
from roster.domain.outcome import Rotation, SolveOptions
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.flows.circulation import circuit, parts
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.exchanged_days import Most, Turn, exchanged
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow
from roster.engine.rotation.patching import spelled
from roster.engine.solvers.mip import minimise
from roster.engine.solvers.search import Search

SECONDS = 10.0
"""Wall time for one rotation at most."""

MOST_VARIABLES = 20_000
"""Largest program tried."""

Ways = Literal["in one circuit", "alone", "anyhow"]
"""
How the walks of people round the ring hang together, in the order tried.

In one circuit averages stay as they were; a walk alone keeps them in whole shifts, of which little may be left.
"""

Walk = tuple[int, ...]
"""Arcs of a type's graph, one for each day of the ring."""


def cut_evenly(flows: Mapping[str, Flow], rotations: Sequence[Rotation], horizon: Horizon) -> list[Rotation]:
    """
    Return rotations whose people all keep the averages on a calendar by itself; as they are where none were found.

    One may fall into several, each of which keeps the averages for ever.

    Parameters
    ----------
    flows, rotations : The graph of each type, and the rotations that people walk in it.
    horizon : The calendar's dates.
    """
    done: dict[object, list[Rotation]] = {}
    cut = []
    for rotation in rotations:
        flow = flows[rotation.type]
        key = flow.arcs, flow.staff.rules, rotation.lines  # equal types have equal rotas
        if key not in done:
            done[key] = _cut(flow, rotation, horizon)
        cut += [replace(each, type=rotation.type, name=rotation.name) for each in done[key]]
    return cut if len(cut) == len(rotations) else _named(cut)


def _named(rotations: Sequence[Rotation]) -> list[Rotation]:
    """Give the rotations of each type a letter each, where there are several."""
    found = []
    for rotation in rotations:
        same = [other for other in rotations if other.type == rotation.type]
        number = next(at for at, other in enumerate(same) if other is rotation)
        name = rotation.type if len(same) == 1 else f"{rotation.type} {chr(ord('a') + number % 26)}"
        found.append(replace(rotation, name=name))
    return found


def can_be_cut(flow: Flow, rotation: Rotation, horizon: Horizon) -> bool:
    """
    Whether exchanging days cuts a rotation so that all its people keep the averages on a calendar by itself.

    Parameters
    ----------
    flow, rotation : The graph of a type, and a rotation that people walk in it.
    horizon : The calendar's dates.
    """
    return _shows_all(flow, rotation, horizon) or _exchanged(flow, rotation, _shown(horizon)) is not None


def _shows_all(flow: Flow, rotation: Rotation, horizon: Horizon) -> bool:
    """Whether a calendar shows more than one ring, or there is nothing to be kept in it."""
    longer = _shown(horizon).stop > flow.days or flow.days != rotation.weeks * WEEK_DAYS
    return longer or not list(_limits(flow, _shown(horizon)))


def _exchanged(flow: Flow, rotation: Rotation, days: range) -> list[Turn] | None:
    return exchanged(flow, _turns(flow, rotation), days, list(_limits(flow, days)))


def _turns(flow: Flow, rotation: Rotation) -> list[Turn]:
    (word,) = spelled(flow, [rotation])
    return [word[at : at + flow.days] for at in range(0, len(word), flow.days)]


def _cut(flow: Flow, rotation: Rotation, horizon: Horizon) -> list[Rotation]:
    if _shows_all(flow, rotation, horizon):
        return [rotation]
    days = _shown(horizon)
    if done := _exchanged(flow, rotation, days):
        return [_rotation(flow, rotation, [duty for turn in done for duty in turn])]
    for ways in get_args(Ways):
        circuits = list(_circuits(flow, _chosen(flow, _turns(flow, rotation), days, ways)))
        kept = all(sum(worth[arc] for arc in one) <= 0 for one in circuits for _, worth in flow.excess())
        if circuits and kept:
            return [_rotation(flow, rotation, [flow.arcs[arc].duty for arc in one]) for one in circuits]
    return [rotation]


def sums_in_calendar(flow: Flow, horizon: Horizon) -> Iterator[tuple[Terms, int]]:
    """
    Yield sums over a type's days in a calendar no longer than the ring, and what each person may come to in it.

    Parameters
    ----------
    flow, horizon : The type's flow round a ring, and the calendar's dates.
    """
    days = _shown(horizon)
    for most in _limits(flow, days) if days.stop <= flow.days else ():
        shown = [
            (v, most.worth[arc.duty])
            for arc, v in zip(flow.arcs, flow.variables, strict=True)
            if arc.day in days and most.worth[arc.duty]
        ]
        yield shown, most.limit


def _shown(horizon: Horizon) -> range:
    """Return the days of a ring that begins on a Monday which a calendar shows."""
    begin = horizon.weekday(0)
    return range(begin, begin + horizon.days)


def _limits(flow: Flow, days: range) -> Iterator[Most]:
    """Yield what the independent check asks of a calendar by itself: a share on call is rounded up to a whole day."""
    for rule in flow.staff.rules:
        if isinstance(rule, AverageHours):
            minutes = tuple(duty.work_minutes for duty in flow.graph.duties)
            yield Most(minutes, flow.staff.calendar_minutes * len(days) // WEEK_DAYS)
        elif isinstance(rule, StandbyShare):
            on_call = tuple(int(duty.standby is not None) for duty in flow.graph.duties)
            yield Most(on_call, rule.most_days(len(days)))


def _chosen(flow: Flow, turns: Sequence[Turn], days: range, ways: Ways) -> list[Walk]:
    """
    Return walks of everybody once round the ring with as many of each duty on every day, or nothing.

    They keep the limits of a calendar.
    """
    counts = Counter((day, duty) for turn in turns for day, duty in enumerate(turn))
    arcs = [at for at, arc in enumerate(flow.arcs) if counts[arc.day, arc.duty]]
    if len(arcs) * len(turns) > MOST_VARIABLES:
        return []
    program = Program()
    people = [{at: program.variable(0, 1) for at in arcs} for _ in turns]
    for own in people:
        _add_walk(program, flow, own)
        for most in _limits(flow, days):
            inside = [(v, flow.arcs[at].duty) for at, v in own.items() if flow.arcs[at].day in days]
            program.at_most([(v, most.worth[duty]) for v, duty in inside], most.limit, "calendar")
        for rule, worth in flow.excess() if ways == "alone" else ():
            program.at_most([(v, worth[at]) for at, v in own.items()], 0, rule)
    _add_sums(program, flow, people, counts)
    if ways == "in one circuit":
        _add_turns(program, flow, people)
    # Yes or no for one person after the other is what CP-SAT is quick at: 0.2 s where HiGHS takes one.
    found = minimise(program, [], Search(SolveOptions(workers=1), time.monotonic() + SECONDS))
    if not found.found:
        return []
    return [_in_order(flow, [at for at, v in own.items() if found.values[v]]) for own in people]


def _add_walk(program: Program, flow: Flow, own: Mapping[int, int]) -> None:
    """Make the arcs of one person a walk from the first day to the end of the ring."""
    balance: dict[int, Terms] = defaultdict(list)
    for at, variable in own.items():
        arc = flow.arcs[at]
        if arc.day:
            balance[arc.tail].append((variable, -1))
        if arc.day < flow.days - 1:
            balance[arc.head].append((variable, 1))
    for terms in balance.values():
        program.equal(terms, 0, "balance")
    program.equal([(v, 1) for at, v in own.items() if flow.arcs[at].day == 0], 1, "start")


def _add_sums(
    program: Program, flow: Flow, people: Sequence[Mapping[int, int]], counts: Mapping[tuple[int, int], int]
) -> None:
    """Let all together do the duties of every day, and begin the ring in the states in which they end it."""
    done, turned = defaultdict[tuple[int, int], Terms](list), defaultdict[int, Terms](list)
    for own in people:
        for at, variable in own.items():
            arc = flow.arcs[at]
            done[arc.day, arc.duty].append((variable, 1))
            if arc.day == 0:
                turned[arc.tail].append((variable, 1))
            if arc.day == flow.days - 1:
                turned[arc.head].append((variable, -1))
    for key, terms in done.items():
        program.equal(terms, counts[key], "count")
    for terms in turned.values():
        program.equal(terms, 0, "round")


def _add_turns(program: Program, flow: Flow, people: Sequence[Mapping[int, int]]) -> None:
    """Let each begin the ring where the one before ends it."""
    for own, before in zip(people, (*people[-1:], *people[:-1]), strict=True):
        states = defaultdict[int, Terms](list)
        for at, variable in own.items():
            if flow.arcs[at].day == 0:
                states[flow.arcs[at].tail].append((variable, 1))
        for at, variable in before.items():
            if flow.arcs[at].day == flow.days - 1:
                states[flow.arcs[at].head].append((variable, -1))
        for terms in states.values():
            program.equal(terms, 0, "turns")


def _in_order(flow: Flow, arcs: Sequence[int]) -> Walk:
    return tuple(sorted(arcs, key=lambda arc: flow.arcs[arc].day))


def _circuits(flow: Flow, walks: Sequence[Walk]) -> Iterator[Walk]:
    """Yield walks joined into closed ones: each goes on with one that begins where it ends."""
    tails, heads = [flow.arcs[walk[0]].tail for walk in walks], [flow.arcs[walk[-1]].head for walk in walks]
    once = [1] * len(walks)
    for part in parts(tails, heads, once):
        yield tuple(arc for walk in circuit(tails, heads, once, part) for arc in walks[walk])


def _rotation(flow: Flow, rotation: Rotation, word: Sequence[int]) -> Rotation:
    duties = [flow.graph.duties[duty] for duty in word]
    lines = (tuple(duties[at : at + WEEK_DAYS]) for at in range(0, len(duties), WEEK_DAYS))
    return replace(rotation, lines=tuple(lines))
