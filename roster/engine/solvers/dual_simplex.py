"""
A linear relaxation kept warm: bounds change, and the dual simplex goes on from where it was.

For calendars the relaxation says nearly everything: its least value is nearly always the program's, and after a leave
has been added to a solved calendar the next solution is a few dozen pivots away. On the tertiary hospital (11,500
variables) that is 0.02 s a leave, where HiGHS takes 0.4 to 0.8 s for a stretch of it from nothing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.linear_solver import linear_solver_pb2, pywraplp  # type: ignore[attr-defined]

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms, summed
from roster.errors import EngineError

NEAR_WHOLE = 1e-6
"""How far from a whole number a value may be and still be one."""

SLACK = 1e-4
"""How much of a value in floating point is not believed."""

TIES = 1 / 16
"""What the variables that are avoided where solutions are worth the same come to at most."""

A_DAY = 86_400.0
"""Longest wall time that the simplex can be told, in seconds."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """
    What a relaxation came to.

    `value` is its own and `values` those of the variables, `rounded` to whole numbers; `whole` where none is a
    fraction, so that it solves the program itself. No whole solution is worth less than `bound`.
    """

    status: Status
    value: float = 0.0
    values: tuple[float, ...] = ()
    rounded: tuple[int, ...] = ()
    whole: bool = True
    bound: int = 0


class WarmRelaxation:
    """
    The relaxation of a program whose bounds change from one solve to the next.

    The program goes to the solver, and its solution comes back, as one message: half the time of a call for each
    coefficient and a sixth of that for each value.

    Of solutions worth the same, those are preferred that use none of some variables: each costs so little more that all
    they can come to in one solution is less than `TIES` more. As worths are whole numbers, that hides none.

    Parameters
    ----------
    program, objective : The program, and the terms that are to be least.
    avoided, most : The variables, and what they come to in a whole solution at most.
    """

    def __init__(
        self, program: Program, objective: Terms, avoided: Sequence[int] = (), most: int = 1
    ) -> None:
        self.program = program.copy()
        self.slack = SLACK + (TIES if avoided else 0)
        self._message = _message(program, objective)
        for variable in avoided:
            self._message.variable[variable].objective_coefficient += TIES / most
        self._solver = self._loaded()
        self._solution = linear_solver_pb2.MPSolutionResponse()
        # GLOP's perturb_costs_in_dual_simplex would save a fifth of the time, and has ended where a sum was not least.
        self._settings = pywraplp.MPSolverParameters()
        for setting, value in (
            (pywraplp.MPSolverParameters.PRESOLVE, pywraplp.MPSolverParameters.PRESOLVE_OFF),
            (pywraplp.MPSolverParameters.INCREMENTALITY, pywraplp.MPSolverParameters.INCREMENTALITY_ON),
            (pywraplp.MPSolverParameters.LP_ALGORITHM, pywraplp.MPSolverParameters.DUAL),
        ):
            self._settings.SetIntegerParam(setting, value)

    def forget(self) -> None:
        """Begin the next solve from no basis, as the first; for use while no bound is changed."""
        self._solver = self._loaded()

    def limit(self, variable: int, upper: int, lower: int = 0) -> None:
        """
        Change between what a variable may be.

        Parameters
        ----------
        variable : Its number.
        upper, lower : The new bounds.
        """
        self.program.lower[variable], self.program.upper[variable] = lower, upper
        self._solver.variable(variable).SetBounds(lower, upper)

    def limit_row(self, number: int, lower: int | None, upper: int | None) -> None:
        """
        Change between what a row has to be.

        Parameters
        ----------
        number : The row.
        lower, upper : The new bounds; None for none.
        """
        self.program.rows[number] = replace(self.program.rows[number], lower=lower, upper=upper)
        self._solver.constraint(number).SetBounds(*_ends(lower, upper))

    def solve(self, seconds: float) -> Relaxed:
        """Solve from the last basis; from none where rounding led that astray, about once in a thousand times."""
        deadline = time.monotonic() + seconds
        status = self._solved(seconds)
        if status == pywraplp.Solver.ABNORMAL and (left := deadline - time.monotonic()) > 0:
            self._solver = self._loaded()
            self._bound()
            status = self._solved(left)
        if status != pywraplp.Solver.OPTIMAL:
            return Relaxed(Status.INFEASIBLE if status == pywraplp.Solver.INFEASIBLE else Status.UNKNOWN)
        self._solver.FillSolutionResponseProto(self._solution)
        values = np.array(list(self._solution.variable_value))
        rounded = np.rint(values)
        return Relaxed(
            Status.OPTIMAL,
            self._solution.objective_value,
            tuple(values.tolist()),
            tuple(rounded.astype(int).tolist()),
            bool((np.abs(values - rounded) <= NEAR_WHOLE).all()),
            math.ceil(self._solution.objective_value - self.slack),
        )

    def _loaded(self) -> pywraplp.Solver:
        """Return a solver that knows the program as it was made, and no basis."""
        solver = pywraplp.Solver.CreateSolver("GLOP")
        if problem := solver.LoadModelFromProto(self._message):
            raise EngineError(f"GLOP: {problem}")
        return solver

    def _bound(self) -> None:
        """Tell a solver that knows the program as it was made the bounds of now."""
        ends = zip(self.program.lower, self.program.upper, strict=True)
        for variable, (lower, upper) in zip(self._solver.variables(), ends, strict=True):
            variable.SetBounds(lower, upper)
        for constraint, row in zip(self._solver.constraints(), self.program.rows, strict=True):
            constraint.SetBounds(*_ends(row.lower, row.upper))

    def _solved(self, seconds: float) -> int:
        """Let the simplex run; return its status."""
        self._solver.set_time_limit(max(1, int(1000 * min(seconds, A_DAY))))
        status: int = self._solver.Solve(self._settings)
        return status

    def movable(self, gap: float) -> list[int]:
        """
        Return the variables that may differ from the last solution in a whole one that is worse by at most `gap`.

        A variable at one of its bounds, whose reduced cost is more than the gap, would cost too much to move by one.
        """
        most = gap + self.slack
        return [number for number, cost in enumerate(self._solution.reduced_cost) if abs(cost) <= most]


def _message(program: Program, objective: Terms) -> linear_solver_pb2.MPModelProto:
    """Return the relaxation of a program as the solver's own message."""
    message = linear_solver_pb2.MPModelProto()
    bounds = list(zip(program.lower, program.upper, strict=True))
    made = {
        (least, most): linear_solver_pb2.MPVariableProto(lower_bound=least, upper_bound=most)
        for least, most in set(bounds)
    }
    message.variable.extend([made[each] for each in bounds])
    for variable, factor in summed(objective):
        message.variable[variable].objective_coefficient = factor
    for row in program.rows:
        lower, upper = _ends(row.lower, row.upper)
        variables, factors = zip(*row.terms, strict=True) if row.terms else ((), ())
        message.constraint.add(lower_bound=lower, upper_bound=upper, var_index=variables, coefficient=factors)
    return message


def _ends(lower: int | None, upper: int | None) -> tuple[float, float]:
    """Return bounds as the solver knows them."""
    return -math.inf if lower is None else lower, math.inf if upper is None else upper
