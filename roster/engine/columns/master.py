"""
The restricted master problem: which share of which column, at least cost, in GLOP kept warm from one solve to the next.

A row a person (one column each), the rows of the cover as they are, and a row for each tally that has prices and is
not charged to the column: its total is a mixture of the columns', and what lies in between costs in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from roster.engine.columns.team import Floats, Line, Member, Team
from roster.errors import EngineError

NO_CALENDAR = 1e7
"""What it costs, in units, to have no lawful calendar for somebody: more than any real column."""

_P = pywraplp.MPSolverParameters
WAYS = (
    (_P.INCREMENTALITY_ON, _P.PRIMAL),
    (_P.INCREMENTALITY_OFF, _P.PRIMAL),
    (_P.INCREMENTALITY_OFF, _P.DUAL),
)
"""How the linear program is solved, the later ones where an earlier one fails."""

SHUTTING = (_P.INCREMENTALITY_ON, _P.DUAL)
"""How it is solved first where columns have been shut: the prices are then still lawful, the shares are not."""

MOST_PIVOTS, UNLIMITED = (20, 10_000), -1
"""How many pivots a way may take, for each row and beside, before it is given up for the next; the last may take any
number. Seldom, the dual simplex goes round and round for ever (GLOP 9.15, once in thousands of calendars)."""

SPARE = 200
"""Columns that are shut, beyond as many as are open, that the linear program may carry along."""


@dataclass(frozen=True, eq=False)
class Duals:
    """Prices: of the cover's rows, of one more of each tally of each person, of being there at all."""

    rows: Floats
    slopes: tuple[Floats, ...]
    people: Floats

    def mixed(self, other: Duals, share: float) -> Duals:
        """Return prices on the way from these to others."""
        return Duals(
            (1 - share) * self.rows + share * other.rows,
            tuple((1 - share) * a + share * b for a, b in zip(self.slopes, other.slopes, strict=True)),
            self.people,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One calendar of one person in the master problem."""

    member: int
    line: Line
    cost: float
    sums: tuple[int, ...]


class Master:
    """The linear program over the columns found so far."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.columns: list[Column] = []
        self.known: list[dict[Line, int]] = [{} for _ in team.members]
        self.value = np.inf
        self.shut: set[int] = set()
        self._shutting = False
        self._ceiling = np.inf
        self._lower = np.array([-np.inf if row.upper < np.inf else 0.0 for row in team.rows])
        self._upper = np.array([np.inf if row.lower > -np.inf else 0.0 for row in team.rows])
        self._parameters = pywraplp.MPSolverParameters()
        self._parameters.SetIntegerParam(self._parameters.PRESOLVE, self._parameters.PRESOLVE_OFF)
        self._build()

    def _build(self) -> None:
        """Make the program, with the columns that are open."""
        team = self.team
        solver = pywraplp.Solver.CreateSolver("GLOP")
        if solver is None:
            raise EngineError("GLOP is missing")
        self._solver = solver
        self._objective = solver.Objective()
        self._objective.SetMinimization()
        self._objective.SetOffset(team.constant)
        self._variables: dict[int, pywraplp.Variable] = {}
        self._people = [solver.Constraint(1, 1) for _ in team.members]
        self._rows = [solver.Constraint(row.lower, row.upper) for row in team.rows]
        self._extras = [self._extra(extra.most, extra.price) for extra in team.extras]
        for at, row in enumerate(team.rows):
            for extra, factor in row.extras:
                self._rows[at].SetCoefficient(self._extras[extra], factor)
        for person in self._people:
            person.SetCoefficient(self._extra(1, NO_CALENDAR), 1)
        self._tallies = [self._tally_rows(member) for member in team.members]
        for at, column in enumerate(self.columns):
            if at not in self.shut:
                self._variables[at] = self._column(column)
        self.ceiling(self._ceiling)

    def _extra(self, most: float, price: float) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, most, "")
        self._objective.SetCoefficient(variable, price)
        return variable

    def _tally_rows(self, member: Member) -> dict[int, pywraplp.Constraint]:
        """Add a row for each tally with prices: its total, cut into steps that cost the same."""
        rows: dict[int, pywraplp.Constraint] = {}
        for number, tally in enumerate(member.tallies):
            if tally.prices is None or tally.charged:
                continue
            rows[number] = row = self._solver.Constraint(0, 0)
            for width, slope in steps(tally.prices):
                row.SetCoefficient(self._extra(width, slope), -1)
        return rows

    def ceiling(self, most: float) -> None:
        """Let no place that stays empty, or is too full, cost more than this: prices in a box."""
        self._ceiling = most
        for variable, extra in zip(self._extras, self.team.extras, strict=True):
            self._objective.SetCoefficient(variable, min(most, extra.price))

    def add(self, number: int, line: Line) -> bool:
        """Add a column; return whether it is new."""
        if line in self.known[number]:
            return False
        member = self.team.members[number]
        priced = member.price(line)
        if priced is None:
            raise EngineError(f"a column of {member.name} is not lawful")
        column = Column(number, line, priced.column, priced.sums)
        self.known[number][line] = len(self.columns)
        self._variables[len(self.columns)] = self._column(column)
        self.columns.append(column)
        return True

    def _column(self, column: Column) -> pywraplp.Variable:
        """Add the variable of a column, with its place in every row."""
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._objective.SetCoefficient(variable, column.cost)
        self._people[column.member].SetCoefficient(variable, 1)
        factors: dict[int, int] = {}
        for where in self.team.presences(self.team.members[column.member], column.line):
            for row, factor in self.team.by_presence.get(where, ()):
                factors[row] = factors.get(row, 0) + factor
        for row, factor in factors.items():
            self._rows[row].SetCoefficient(variable, factor)
        for tally, constraint in self._tallies[column.member].items():
            constraint.SetCoefficient(variable, column.sums[tally])
        return variable

    def solve(self) -> Duals:
        """Solve over the columns that are open; return the prices."""
        spare = len(self._variables) - (len(self.columns) - len(self.shut))
        if spare > SPARE + len(self._variables) // 2:
            self._build()
        if not self._solved():
            self._build()
            if not self._solved():
                raise EngineError("GLOP found no answer")
        self.value = self._objective.Value()
        slopes = []
        for member, rows in zip(self.team.members, self._tallies, strict=True):
            slope = np.zeros(len(member.tallies))
            for tally, constraint in rows.items():
                slope[tally] = -constraint.dual_value()
            slopes.append(slope)
        return Duals(
            np.clip([row.dual_value() for row in self._rows], self._lower, self._upper),
            tuple(slopes),
            np.array([row.dual_value() for row in self._people]),
        )

    def _solved(self) -> bool:
        """Solve from the last basis; where rounding has spoilt it, from the beginning, and with the dual simplex."""
        ways = (SHUTTING, *WAYS) if self._shutting else WAYS
        self._shutting = False
        rows = len(self._people) + len(self._rows) + sum(map(len, self._tallies))
        for at, (warm, algorithm) in enumerate(ways, 1):
            pivots = MOST_PIVOTS[0] * rows + MOST_PIVOTS[1] if at < len(ways) else UNLIMITED
            # Coefficients are small whole numbers: scaled, it took three times as many pivots.
            self._solver.SetSolverSpecificParametersAsString(
                f"use_scaling: false max_number_of_iterations: {pivots}"
            )
            self._parameters.SetIntegerParam(self._parameters.INCREMENTALITY, warm)
            self._parameters.SetIntegerParam(self._parameters.LP_ALGORITHM, algorithm)
            if self._solver.Solve(self._parameters) == pywraplp.Solver.OPTIMAL:
                return True
        return False

    def shares(self) -> Floats:
        """Return how much of each column is taken."""
        found = np.zeros(len(self.columns))
        for at, variable in self._variables.items():
            found[at] = variable.solution_value()
        return found

    def open(self, number: int, settled: Line) -> None:
        """Shut a person's columns that differ from the settled cells (-1: any duty), and open the others."""
        cells = [(day, duty) for day, duty in enumerate(settled) if duty >= 0]
        for line, at in self.known[number].items():
            fits = all(line[day] == duty for day, duty in cells)
            if fits and at in self.shut:
                self._open(at)
            elif not fits and at not in self.shut:
                self._shut(at)

    def _open(self, at: int) -> None:
        """Let a column that was shut be taken again."""
        self.shut.discard(at)
        if at in self._variables:
            self._variables[at].SetUb(self._solver.infinity())
        else:
            self._variables[at] = self._column(self.columns[at])

    def _shut(self, at: int) -> None:
        """Let a column be taken no more."""
        self.shut.add(at)
        self._variables[at].SetUb(0.0)
        self._shutting = True

    def reduced(self, number: int, line: Line, duals: Duals, rewards: Floats) -> float:
        """
        Return the reduced cost of a calendar.

        Parameters
        ----------
        number, line : The person, and its calendar.
        duals, rewards : The prices, and what the rows of the cover give for each presence under them.

        Raises
        ------
        EngineError
            The calendar is not lawful.
        """
        member = self.team.members[number]
        priced = member.price(line)
        if priced is None:
            raise EngineError(f"a column of {member.name} is not lawful")
        gained = sum(float(rewards.flat[where]) for where in self.team.presences(member, line))
        counted = float(np.dot(duals.slopes[number], priced.sums)) if priced.sums else 0.0
        return priced.column + counted - gained - float(duals.people[number])


def steps(prices: Floats) -> list[tuple[int, float]]:
    """
    Return a convex price cut into (width, slope), steps of one slope taken together.

    >>> steps(np.array([2.0, 1.0, 0.0, 3.0]))
    [(2, -1.0), (1, 3.0)]
    """
    found: list[tuple[int, float]] = []
    for slope in np.diff(prices).tolist():
        if found and found[-1][1] == slope:
            found[-1] = (found[-1][0] + 1, slope)
        else:
            found.append((1, slope))
    return found
