"""
A linear relaxation kept warm: bounds change, and the dual simplex goes on from where it was.

For calendars the relaxation says nearly everything: its least value is nearly always the program's, and after a leave
has been added to a solved calendar the next solution is a few dozen pivots away. On the tertiary hospital (11,500
variables) that is 0.02 s a leave, where HiGHS takes 0.4 to 0.8 s for a stretch of it from nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from roster.engine.linear import Program, Terms
from roster.plan import Status

NEAR_WHOLE = 1e-6
"""How far from a whole number a value may be and still be one."""

SLACK = 1e-4
"""How much of a value in floating point is not believed."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a relaxation came to: its value and everybody's values; `whole` where no value is a fraction."""

    status: Status
    value: float = 0.0
    values: tuple[float, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it solves the program itself."""
        return all(abs(value - round(value)) <= NEAR_WHOLE for value in self.values)


class WarmRelaxation:
    """The relaxation of a program whose bounds change from one solve to the next."""

    def __init__(self, program: Program, objective: Terms) -> None:
        self.program = program.copy()
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._variables = [
            self._solver.NumVar(lower, upper, "")
            for lower, upper in zip(program.lower, program.upper, strict=True)
        ]
        self._rows = []
        for row in program.rows:
            made = self._solver.Constraint(*self._bounds(row.lower, row.upper))
            for variable, factor in row.terms:
                made.SetCoefficient(self._variables[variable], factor)
            self._rows.append(made)
        for variable, factor in objective:
            self._solver.Objective().SetCoefficient(self._variables[variable], factor)
        self._solver.Objective().SetMinimization()
        self._settings = pywraplp.MPSolverParameters()
        for setting, value in (
            (pywraplp.MPSolverParameters.PRESOLVE, pywraplp.MPSolverParameters.PRESOLVE_OFF),
            (pywraplp.MPSolverParameters.INCREMENTALITY, pywraplp.MPSolverParameters.INCREMENTALITY_ON),
            (pywraplp.MPSolverParameters.LP_ALGORITHM, pywraplp.MPSolverParameters.DUAL),
        ):
            self._settings.SetIntegerParam(setting, value)

    def _bounds(self, lower: int | None, upper: int | None) -> tuple[float, float]:
        open_end = self._solver.infinity()
        return -open_end if lower is None else lower, open_end if upper is None else upper

    def limit(self, variable: int, upper: int) -> None:
        """Change the most that a variable may be."""
        self.program.upper[variable] = upper
        self._variables[variable].SetUb(upper)

    def limit_row(self, number: int, lower: int | None, upper: int | None) -> None:
        """Change between what a row has to be."""
        self.program.rows[number] = replace(self.program.rows[number], lower=lower, upper=upper)
        self._rows[number].SetBounds(*self._bounds(lower, upper))

    def solve(self, seconds: float) -> Relaxed:
        """Solve from the last basis."""
        self._solver.set_time_limit(max(1, int(1000 * seconds)))
        status = self._solver.Solve(self._settings)
        if status == pywraplp.Solver.OPTIMAL:
            values = tuple(variable.solution_value() for variable in self._variables)
            return Relaxed(Status.OPTIMAL, self._solver.Objective().Value(), values)
        return Relaxed(Status.INFEASIBLE if status == pywraplp.Solver.INFEASIBLE else Status.UNKNOWN)

    def movable(self, gap: float) -> list[int]:
        """
        Return the variables that may differ from the last solution in a whole one that is worse by at most `gap`.

        A variable at one of its bounds, whose reduced cost is more than the gap, would cost too much to move by one.
        """
        return [
            number
            for number, variable in enumerate(self._variables)
            if abs(variable.reduced_cost()) <= gap + SLACK
        ]
