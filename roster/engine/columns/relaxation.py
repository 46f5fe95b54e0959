"""
A linear program whose size does not depend on the number of people: how many of each kind do what, day by day.

People of one staff type walk through the same graph of lawful days, leave and requests apart. Its flow, with how many
of them are there and who would rather not work as a price by number, gives prices close to those of column generation
in one solve, and how many people should be on each duty. What anybody's history is does not matter to it; bounds are
worked out from its prices with everybody's own walks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from roster.engine.columns.master import Duals, steps
from roster.engine.columns.team import Floats, StaffKind, Tally, Team

LARGEST = 60_000
"""Arcs of all days and kinds beyond which the program would take longer than what it saves."""


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Prices, and for each kind how many of its people should be on each duty of each day."""

    duals: Duals
    wanted: tuple[Floats, ...]


@dataclass(slots=True)
class _Flow:
    """The program while it is made; `slopes` are the rows of tallies by kind and number."""

    solver: pywraplp.Solver
    rows: list[pywraplp.Constraint]
    slopes: list[dict[int, pywraplp.Constraint]] = field(default_factory=list)
    cells: list[dict[tuple[int, int], list[pywraplp.Variable]]] = field(default_factory=list)

    def variable(self, most: float, cost: float) -> pywraplp.Variable:
        """Add a variable."""
        made = self.solver.NumVar(0.0, most, "")
        self.solver.Objective().SetCoefficient(made, float(cost))
        return made


def relax(team: Team, seconds: float = 60.0) -> Relaxed | None:
    """
    Return the answer of the program; None where it is too large, or not solved in so many seconds.

    Where hardly anybody is of the same kind as somebody else it says no more than column generation, later.
    """
    size = sum(len(arcs.tail) for kind in team.kinds for arcs in kind.days)
    if 2 * len(team.kinds) > len(team.members) or size > LARGEST:
        return None
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(max(1, round(1000 * min(seconds, 600.0))))
    solver.Objective().SetMinimization()
    flow = _Flow(solver, [solver.Constraint(row.lower, row.upper) for row in team.rows])
    extras = [flow.variable(extra.most, extra.price) for extra in team.extras]
    for at, row in enumerate(team.rows):
        for extra, factor in row.extras:
            flow.rows[at].SetCoefficient(extras[extra], factor)
    for kind in team.kinds:
        _add(flow, team, kind)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return Relaxed(
        _duals(flow, team), tuple(_wanted(flow, team, number) for number in range(len(team.kinds)))
    )


def _add(flow: _Flow, team: Team, kind: StaffKind) -> None:
    """Add the flow of one kind of people: as many as there are, through the days."""
    solver, number = flow.solver, float(len(kind.members))
    someone = team.members[kind.members[0]]
    counted = _counted(team, kind)
    rows = {at: _tally(flow, team, kind, at) for at in counted}
    nodes: dict[tuple[int, int], pywraplp.Constraint] = {(0, kind.start): solver.Constraint(number, number)}
    cells: dict[tuple[int, int], list[pywraplp.Variable]] = defaultdict(list)
    for day, arcs in enumerate(kind.days):
        base, at_work = _at_work(flow, team, kind, day)
        columns = (arcs.tail, arcs.head, arcs.duty, arcs.penalty, arcs.weekends)
        for tail, head, duty, penalty, weekends in zip(*(c.tolist() for c in columns), strict=True):
            if (day, tail) not in nodes:
                continue
            arc = flow.variable(solver.infinity(), penalty + base[duty])
            nodes[day, tail].SetCoefficient(arc, 1)
            if day + 1 < len(kind.days):
                if (day + 1, head) not in nodes:
                    nodes[day + 1, head] = solver.Constraint(0, 0)
                nodes[day + 1, head].SetCoefficient(arc, -1)
            cells[day, duty].append(arc)
            if someone.place[duty] >= 0:
                at_work.SetCoefficient(arc, 1)
                where = day * team.places + int(someone.place[duty])
                for row, factor in team.by_presence.get(where, ()):
                    flow.rows[row].SetCoefficient(arc, factor)
            for at, (limit, price) in rows.items():
                tally = someone.tallies[at]
                adds = weekends * tally.weights[day, 0] if tally.weekends else tally.weights[day, duty]
                if adds:
                    limit.SetCoefficient(arc, float(adds))
                    price.SetCoefficient(arc, float(adds))
    flow.slopes.append({at: price for at, (_, price) in rows.items()})
    flow.cells.append(cells)


def _at_work(flow: _Flow, team: Team, kind: StaffKind, day: int) -> tuple[Floats, pywraplp.Constraint]:
    """Return what each duty costs whoever minds least, and a row of all at work: the more, the more they mind."""
    own = np.array([team.members[number].own[day] for number in kind.members])
    works = team.members[kind.members[0]].place >= 0
    base = np.where(
        np.isfinite(own).any(axis=0), np.nanmin(np.where(np.isfinite(own), own, 1e12), axis=0), 0.0
    )
    row = flow.solver.Constraint(0, 0)
    worked = np.min(np.where(works, own - base, np.inf), axis=1, initial=np.inf)
    idle = np.min(np.where(works, np.inf, own - base), axis=1, initial=np.inf)
    minded = np.where(np.isfinite(idle), worked - np.where(np.isfinite(idle), idle, 0.0), -1e6)
    prices, people = np.unique(minded[np.isfinite(worked)], return_counts=True)
    for price, count in zip(prices.tolist(), people.tolist(), strict=True):
        row.SetCoefficient(flow.variable(float(count), price), -1)
    return base, row


def _counted(team: Team, kind: StaffKind) -> list[int]:
    """Return the tallies that everybody of a kind has, by their number: those that count the same."""
    first = team.members[kind.members[0]].tallies
    alike = []
    for at, tally in enumerate(first):
        own = [_same(team.members[number].tallies, tally) for number in kind.members]
        if all(one is not None for one in own):
            alike.append(at)
    return alike


def _same(tallies: tuple[Tally, ...], wanted: Tally) -> Tally | None:
    """Return the tally that counts the same as another."""
    for tally in tallies:
        if (tally.name, tally.weekends) == (wanted.name, wanted.weekends) and (
            tally.weights is wanted.weights or np.array_equal(tally.weights, wanted.weights)
        ):
            return tally
    return None


def _tally(
    flow: _Flow, team: Team, kind: StaffKind, at: int
) -> tuple[pywraplp.Constraint, pywraplp.Constraint]:
    """Add the limits of a tally for all people together, and what their total costs."""
    wanted = team.members[kind.members[0]].tallies[at]
    own = [_same(team.members[number].tallies, wanted) for number in kind.members]
    found = [tally for tally in own if tally is not None]
    limit = flow.solver.Constraint(float(sum(t.least for t in found)), float(sum(t.most for t in found)))
    price = flow.solver.Constraint(0, 0)
    widths: dict[float, float] = defaultdict(float)
    for tally in found:
        for width, slope in [(tally.most, 0.0)] if tally.prices is None else steps(tally.prices):
            widths[slope] += width
    for slope, total in widths.items():
        price.SetCoefficient(flow.variable(total, slope), -1)
    return limit, price


def _duals(flow: _Flow, team: Team) -> Duals:
    slopes = [np.zeros(len(member.tallies)) for member in team.members]
    for kind, rows in zip(team.kinds, flow.slopes, strict=True):
        first = team.members[kind.members[0]].tallies
        for at, row in rows.items():
            for number in kind.members:
                for place, tally in enumerate(team.members[number].tallies):
                    if tally.prices is not None and not tally.charged and tally is _same((tally,), first[at]):
                        slopes[number][place] = -row.dual_value()
    return Duals(
        np.clip([row.dual_value() for row in flow.rows], *team.price_bounds),
        tuple(slopes),
        np.zeros(len(team.members)),
    )


def _wanted(flow: _Flow, team: Team, number: int) -> Floats:
    """Return how many people of a kind should be on each duty of each day."""
    kind = team.kinds[number]
    found = np.zeros(team.members[kind.members[0]].own.shape)
    for (day, duty), arcs in flow.cells[number].items():
        found[day, duty] = sum(arc.solution_value() for arc in arcs)
    return found
