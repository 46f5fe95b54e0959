"""
What one piece of the cover costs: the least over who holds what, by a linear program that is kept from call to call.

Who holds what is nearly always a flow, so that the answer of the linear program is whole; where it is not, it is
searched.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from roster.domain.outcome import Status
from roster.engine.columns.team import Extra, Piece
from roster.engine.integer_program import Program
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 10.0
"""Wall time for one piece; they are tiny."""

WHOLE = 1e-6


class PieceProgram:
    """The program of one piece, made when it is first asked."""

    def __init__(self, extras: tuple[Extra, ...], piece: Piece) -> None:
        self._extras, self._piece = extras, piece
        self._solver: pywraplp.Solver | None = None
        self._rows: list[pywraplp.Constraint] = []
        self._variables: dict[int, pywraplp.Variable] = {}

    def _make(self) -> pywraplp.Solver:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        solver.Objective().SetMinimization()
        for extra in self._piece.extras:
            self._variables[extra] = solver.NumVar(0, self._extras[extra].most, "")
            solver.Objective().SetCoefficient(self._variables[extra], self._extras[extra].price)
        for row in self._piece.rows:
            self._rows.append(solver.Constraint(-solver.infinity(), solver.infinity()))
            for extra, factor in row.extras:
                self._rows[-1].SetCoefficient(self._variables[extra], factor)
        return solver

    def least(self, needs: Sequence[tuple[float, float]]) -> float:
        """Return the least cost where the extras of each row lie between two numbers; infinity where none will do."""
        if self._solver is None:
            self._solver = self._make()
        for row, (lower, upper) in zip(self._rows, needs, strict=True):
            row.SetBounds(lower, upper)
        if self._solver.Solve() == pywraplp.Solver.OPTIMAL:
            values = {extra: float(variable.solution_value()) for extra, variable in self._variables.items()}
            if all(abs(value - round(value)) < WHOLE for value in values.values()):
                return sum(round(value) * self._extras[extra].price for extra, value in values.items())
        return self._searched(needs)

    def _searched(self, needs: Sequence[tuple[float, float]]) -> float:
        program = Program()
        number = {extra: program.variable(0, self._extras[extra].most) for extra in self._piece.extras}
        for row, (lower, upper) in zip(self._piece.rows, needs, strict=True):
            terms = [(number[extra], factor) for extra, factor in row.extras]
            if np.isfinite(lower):
                program.at_least(terms, int(lower), "cover")
            if np.isfinite(upper):
                program.at_most(terms, int(upper), "cover")
        objective = [
            (number[extra], round(self._extras[extra].price))
            for extra in self._piece.extras
            if self._extras[extra].price
        ]
        solved = branch_and_bound(program, objective, SECONDS)
        if not solved.found or solved.status is not Status.OPTIMAL:
            return float("inf")
        return float(solved.objective or 0)
