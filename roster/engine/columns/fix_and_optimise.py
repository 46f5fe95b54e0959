"""
Fix and optimise: an exact search on few cells.

Everybody else's days stay, and those freed are flows through the graph of lawful days.

Small teams are freed whole, with the bound of column generation as a constraint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from roster.domain.outcome import SolveOptions, Status
from roster.engine.columns.master import steps
from roster.engine.columns.state import State
from roster.engine.columns.team import Flags, Line, Member
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.mip import minimise
from roster.engine.solvers.search import Search, Solution

FEW = ("max_lp", "quick_restart")
"""CP-SAT's searches for few cells; for everything at once its own eight are best (2 s instead of 16 on 8 x 14)."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A better calendar, None where none was found; whether that is proven, and the bound of these cells."""

    lines: tuple[Line, ...] | None
    proven: bool
    bound: float


@dataclass(slots=True)
class _Model:
    program: Program = field(default_factory=Program)
    objective: Terms = field(default_factory=list)
    posts: Terms = field(default_factory=list)
    constant: float = 0.0
    hint: dict[int, int] = field(default_factory=dict)
    chosen: dict[int, list[dict[int, int]]] = field(default_factory=dict)
    present: dict[int, Terms] = field(default_factory=lambda: defaultdict(list))

    @property
    def hinted(self) -> tuple[int, ...]:
        """The value of every variable in the calendar that is known."""
        return tuple(self.hint.get(variable, 0) for variable in range(len(self.program.lower)))


def improve(state: State, free: Flags, seconds: float, *, whole: bool, seed: int = 1) -> Improvement:
    """
    Return the best calendar in which only free cells change, where it is better than the best so far.

    Parameters
    ----------
    state : The search, with its best calendar.
    free : The cells that may change, people by days.
    seconds : Time limit.
    whole : Whether everything is free, so that the bound may be used and the answer proven.
    seed : Of the random choices of CP-SAT.
    """
    if not state.lines:
        return Improvement(None, False, -np.inf)
    built, unit = _build(state, free), state.team.unit
    if not whole:
        built.program.at_most(built.objective, round(state.best - built.constant) - unit, "better")
    search = Search(
        SolveOptions(time_limit_s=seconds, workers=8 if whole else 2, seed=seed),
        min(state.deadline.at, _now() + seconds),
        built.hinted,
        at_least=round(state.rounded - built.constant) if whole and np.isfinite(state.rounded) else None,
        subsolvers=() if whole else FEW,
    )
    solved = minimise(built.program, built.objective, search)
    if solved.status is Status.INFEASIBLE:
        return Improvement(None, True, state.best)
    bound = -np.inf if solved.bound is None else solved.bound + built.constant
    if not solved.found:
        return Improvement(None, False, bound)
    return Improvement(_read(state, built, solved), solved.status is Status.OPTIMAL, bound)


def fill(state: State, seconds: float, least: int = 0) -> list[Line] | None:
    """
    Return a calendar whose posts cost less, whatever the rest costs; None where none was found in time.

    Where limits over many overlapping weeks leave few lawful calendars, an exact search that asks for nothing but
    posts held finds one long before a search by all prices.

    Parameters
    ----------
    state, seconds : The search, with its best calendar, and the time limit.
    least : What the posts cost in any calendar.
    """
    built = _build(state, np.ones((len(state.team.members), state.team.days), bool))
    options = SolveOptions(time_limit_s=seconds, workers=4, seed=int(state.random.integers(1 << 20)))
    deadline = min(state.deadline.at, _now() + seconds)
    solved = minimise(built.program, built.posts, Search(options, deadline, built.hinted, at_least=least))
    return list(_read(state, built, solved)) if solved.found else None


def _now() -> float:
    import time

    return time.monotonic()


def _build(state: State, free: Flags) -> _Model:
    model, team = _Model(constant=state.team.constant), state.team
    fixed: list[Line | None] = []
    for number, member in enumerate(team.members):
        line = state.lines[number]
        if free[number].any():
            _walk(model, state, number, free[number])
            fixed.append(None)
        else:
            priced = member.price(line)
            model.constant += priced.cost if priced else 0.0
            fixed.append(line)
    _cover(model, state, team.counts(fixed).tolist())
    model.objective += model.posts
    return model


def _walk(model: _Model, state: State, number: int, free: Flags) -> None:
    """Add one person's flow through the days, and what is counted along it."""
    member, line, program = state.team.members[number], state.lines[number], model.program
    cells: list[dict[int, Terms]] = [{} for _ in range(state.team.days)]
    weekends: list[tuple[int, int]] = []
    arriving: dict[int, Terms] = {member.start: []}
    on = member.start
    layers = list(_layers(member, line, free))
    for day, layer in enumerate(layers):
        following: dict[int, Terms] = defaultdict(list)
        for tail, into in arriving.items():
            out: Terms = []
            for duty, head, cost, counted in layer.get(tail, ()):
                arc = program.variable(0, 1)
                model.hint[arc] = int(tail == on and duty == line[day])
                out.append((arc, 1))
                following[head].append((arc, 1))
                cells[day].setdefault(duty, []).append((arc, 1))
                if cost:
                    model.objective.append((arc, round(cost)))
                if counted:
                    weekends.append((arc, day))
            program.flow(out, into, 0 if day else 1, "walk")
        on = member.days[day].step[on, line[day]][0]
        arriving = following
    chosen = [_choices(model, day_cells, line[day]) for day, day_cells in enumerate(cells)]
    model.chosen[number] = chosen
    for day, duties in enumerate(chosen):
        for duty, variable in duties.items():
            place = int(member.place[duty])
            if place >= 0:
                model.present[day * state.team.places + place].append((variable, 1))
    _tallies(model, member, (line, chosen, weekends))


def _layers(
    member: Member, line: Line, free: Flags
) -> Iterator[dict[int, list[tuple[int, int, float, int]]]]:
    """Yield for each day the arcs (duty, next state, cost, weekends) by state, without dead ends."""
    reached = {member.start}
    forward: list[dict[int, list[tuple[int, int, float, int]]]] = []
    for day, arcs in enumerate(member.days):
        layer: dict[int, list[tuple[int, int, float, int]]] = defaultdict(list)
        for (tail, duty), (head, penalty, counted) in arcs.step.items():
            cost = penalty + float(member.own[day, duty])
            if tail in reached and np.isfinite(cost) and (free[day] or duty == line[day]):
                layer[tail].append((duty, head, cost, counted))
        forward.append(layer)
        reached = {arc[1] for found in layer.values() for arc in found}
    alive = {end for end in reached if np.isfinite(member.ends[end])}
    kept = []
    for day in range(len(forward) - 1, -1, -1):
        last = day == len(forward) - 1
        layer = {}
        for tail, found in forward[day].items():
            good = [
                (duty, head, cost + (float(member.ends[head]) if last else 0.0), counted)
                for duty, head, cost, counted in found
                if head in alive
            ]
            if good:
                layer[tail] = good
        kept.append(layer)
        alive = set(layer)
    yield from reversed(kept)


def _choices(model: _Model, cells: dict[int, Terms], now: int) -> dict[int, int]:
    """Return a variable for each duty of a day."""
    found = {}
    for duty, terms in cells.items():
        if len(terms) == 1:
            found[duty] = terms[0][0]
            continue
        found[duty] = model.program.variable(0, 1)
        model.hint[found[duty]] = int(duty == now)
        model.program.equal([*terms, (found[duty], -1)], 0, "duty")
    return found


def _tallies(
    model: _Model, member: Member, walk: tuple[Line, list[dict[int, int]], list[tuple[int, int]]]
) -> None:
    line, chosen, weekends = walk
    priced = member.price(line)
    for number, tally in enumerate(member.tallies):
        if not tally.hard and tally.prices is None:
            continue
        if tally.weekends:
            terms = [(arc, 1) for arc, day in weekends if tally.weights[day, 0]]
        else:
            terms = [
                (variable, int(tally.weights[day, duty]))
                for day, duties in enumerate(chosen)
                for duty, variable in duties.items()
                if tally.weights[day, duty]
            ]
        if tally.hard:
            model.program.at_most(terms, tally.most, tally.name)
            model.program.at_least(terms, tally.least, tally.name)
        if tally.prices is None:
            continue
        model.constant += float(tally.prices[0])
        has = priced.sums[number] if priced else 0
        pieces: Terms = []
        for width, slope in steps(tally.prices):
            piece = model.program.variable(0, width)
            model.hint[piece] = max(0, min(width, has))
            has -= width
            pieces.append((piece, -1))
            model.objective.append((piece, round(slope)))
        model.program.equal([*terms, *pieces], 0, tally.name)


def _cover(model: _Model, state: State, base: Sequence[int]) -> None:
    """Add the rows of the pieces that free cells can change; the others are constant."""
    team = state.team
    counts = team.counts(state.lines)
    for at, piece in enumerate(team.pieces):
        if not any(where in model.present for row in piece.rows for where, _ in row.present):
            model.constant += state.cover.of_piece(at, counts)
            continue
        number = {}
        for extra in piece.extras:
            number[extra] = model.program.variable(0, team.extras[extra].most)
            if team.extras[extra].price:
                model.posts.append((number[extra], round(team.extras[extra].price)))
        for row in piece.rows:
            terms: Terms = [(number[extra], factor) for extra, factor in row.extras]
            has = 0
            for where, factor in row.present:
                has += factor * base[where]
                terms += [(variable, factor * one) for variable, one in model.present.get(where, ())]
            if np.isfinite(row.lower):
                model.program.at_least(terms, int(row.lower) - has, "cover")
            if np.isfinite(row.upper):
                model.program.at_most(terms, int(row.upper) - has, "cover")


def _read(state: State, model: _Model, solved: Solution) -> tuple[Line, ...]:
    lines = list(state.lines)
    for number, days in model.chosen.items():
        lines[number] = tuple(
            next(duty for duty, variable in duties.items() if solved.values[variable]) for duties in days
        )
    return tuple(lines)
