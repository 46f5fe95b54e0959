"""
Integer programs handed to solvers: HiGHS for flows and bounds, CP-SAT for rotas, calendars and second opinions.

Measured on the tertiary hospital's flow (2,500 variables): at the bound HiGHS finds a rota in 1.9 s and CP-SAT in 13;
one below it HiGHS proves it impossible in 0.6 s and CP-SAT in 4.

Traps kept out here, met on OR-Tools 9.15: `repair_hint` with several workers aborts the process; attributes set on
the solver instead of its parameters are ignored; two workers are among the slowest settings.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from ortools.linear_solver.python import model_builder_helper as mip
from ortools.sat.python import cp_model

from roster.engine.linear import Program, Terms, summed
from roster.plan import SolveOptions, Status

HIGHS_SETTINGS = "output_flag=false,mip_rel_gap=0"
"""Silent (it writes to stdout otherwise), and exact: its own tolerance is one in ten thousand."""

AS_IT_IS = (
    f"{HIGHS_SETTINGS},presolve=off,mip_detect_symmetry=false"
    ",mip_heuristic_run_feasibility_jump=false,mip_root_presolve_only=true"
)
"""For programs of walks, where presolve costs more than the search: 1.3 s instead of 3.1 on the tertiary hospital."""

SOLVER = f"OR-Tools CP-SAT {version('ortools')}"

SECOND = "HiGHS 1.12"
"""The solver of flows and of second opinions, as bundled with OR-Tools 9.15."""

Report = Callable[[int | None, int | None], None]
"""Called with the best value and the bound so far, either None while unknown."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What a solver found: a value for each variable (empty without one), the objective and its proven bound."""

    status: Status
    values: tuple[int, ...]
    objective: int | None
    bound: int | None

    @property
    def found(self) -> bool:
        """Whether there are values."""
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Search:
    """Settings of one search: the shared options, a deadline on the monotonic clock, a start, a known bound."""

    options: SolveOptions
    deadline: float
    hint: tuple[int, ...] = ()
    at_least: int | None = None
    deterministic: float | None = None
    report: Report | None = None

    @property
    def seconds_left(self) -> float:
        """Wall time left."""
        return max(0.0, self.deadline - time.monotonic())


_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


class _Watch(cp_model.CpSolverSolutionCallback):
    """Pass every better solution on to whoever watches."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def on_solution_callback(self) -> None:
        """Report the value and the bound; called by the solver on a thread of its own."""
        self._report(round(self.objective_value), math.ceil(self.best_objective_bound - 1e-6))


def minimise(program: Program, objective: Terms, search: Search) -> Solution:
    """
    Search for the least objective with CP-SAT.

    `search.at_least` is a bound proven elsewhere: the search stops as soon as it is reached. A run that ends early
    returns `feasible` with the bound reached, or `unknown`; never `infeasible`.
    """
    model, flows = cp_model_of(program)
    expression = cp_model.LinearExpr.weighted_sum(
        [flows[variable] for variable, _ in objective], [factor for _, factor in objective]
    )
    if search.at_least is not None and objective:
        model.add(expression >= search.at_least)
    model.minimize(expression)
    for variable, value in zip(flows, search.hint, strict=False):
        model.add_hint(variable, value)
    solver = cp_model.CpSolver()
    _configure(solver, search)
    status = solver.solve(model, _Watch(search.report) if search.report else None)
    named = _STATUS.get(status, Status.UNKNOWN)
    if named not in (Status.OPTIMAL, Status.FEASIBLE):
        return Solution(named, (), None, None)
    values = tuple(solver.value(variable) for variable in flows)
    bound = math.ceil(solver.best_objective_bound - 1e-6)
    return Solution(named, values, round(solver.objective_value), bound)


def _configure(solver: cp_model.CpSolver, search: Search) -> None:
    parameters = solver.parameters
    parameters.num_workers = search.options.workers
    parameters.random_seed = search.options.seed
    parameters.max_time_in_seconds = search.seconds_left
    if search.options.workers == 1:
        # Flows are sums: the linear relaxation decides, so a single search must see all of it.
        parameters.linearization_level = 2
    if search.deterministic is not None:
        parameters.max_deterministic_time = search.deterministic


def cp_model_of(program: Program) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return a program as a CP-SAT model, to which more may be added, and its variables in order."""
    model = cp_model.CpModel()
    flows = [
        model.new_int_var(lower, upper, "") for lower, upper in zip(program.lower, program.upper, strict=True)
    ]
    for row in program.rows:
        expression = cp_model.LinearExpr.weighted_sum(
            [flows[variable] for variable, _ in row.terms], [factor for _, factor in row.terms]
        )
        model.add_linear_constraint(
            expression,
            cp_model.INT_MIN if row.lower is None else row.lower,
            cp_model.INT_MAX if row.upper is None else row.upper,
        )
    return model, flows


def _mip_model(program: Program, objective: Terms, whole: frozenset[int] | None) -> mip.ModelBuilderHelper:
    model = mip.ModelBuilderHelper()
    for lower, upper in zip(program.lower, program.upper, strict=True):
        number = model.add_var()
        model.set_var_lower_bound(number, lower)
        model.set_var_upper_bound(number, upper)
        model.set_var_integrality(number, whole is None or number in whole)
    add_term = model.add_term_to_constraint
    for row in program.rows:
        number = model.add_linear_constraint()
        model.set_constraint_lower_bound(number, -math.inf if row.lower is None else row.lower)
        model.set_constraint_upper_bound(number, math.inf if row.upper is None else row.upper)
        for variable, factor in row.terms:
            add_term(number, variable, factor)
    for variable, factor in summed(objective):  # a second coefficient would replace the first
        model.set_var_objective_coefficient(variable, factor)
    return model


def branch_and_bound(
    program: Program,
    objective: Terms,
    seconds: float,
    whole: frozenset[int] | None = None,
    settings: str = HIGHS_SETTINGS,
) -> Solution:
    """
    Solve with HiGHS, whose code and method have nothing in common with CP-SAT's.

    Parameters
    ----------
    whole
        The variables that must be whole; all where not given. With a few only, the answer is a bound: values are then
        rounded for reading and need not satisfy the rows.
    """
    if any(row.never for row in program.rows):
        # Without any variable, as where nobody can hold a post, HiGHS has no answer.
        return Solution(Status.INFEASIBLE, (), None, None)
    solver = mip.ModelSolverHelper("highs")
    if not solver.solver_is_supported():
        return Solution(Status.UNKNOWN, (), None, None)
    solver.set_time_limit_in_seconds(max(seconds, 0.01))
    solver.set_solver_specific_parameters(settings)
    solver.solve(_mip_model(program, objective, whole))
    if solver.status() == mip.SolveStatus.INFEASIBLE:
        return Solution(Status.INFEASIBLE, (), None, None)
    if solver.status() not in (mip.SolveStatus.OPTIMAL, mip.SolveStatus.FEASIBLE):
        return Solution(Status.UNKNOWN, (), None, None)
    values = tuple(round(float(value)) for value in solver.variable_values())
    named = Status.OPTIMAL if solver.status() == mip.SolveStatus.OPTIMAL else Status.FEASIBLE
    bound = math.ceil(solver.best_objective_bound() - 1e-6)
    return Solution(named, values, math.ceil(solver.objective_value() - 1e-6), bound)


def second_opinion(program: Program, objective: Terms, seconds: float) -> Solution:
    """Solve with the other solver than `minimise`: what confirms a claim that rests on search."""
    return branch_and_bound(program, objective, seconds)


def relaxed(program: Program, objective: Terms) -> tuple[Status, float]:
    """
    Solve the linear relaxation with GLOP; return its status and value.

    The value is a bound in floating point: round it up only after taking off a tolerance.
    """
    solver = mip.ModelSolverHelper("glop")
    solver.solve(_mip_model(program, objective, frozenset()))
    if solver.status() == mip.SolveStatus.OPTIMAL:
        return Status.OPTIMAL, solver.objective_value()
    if solver.status() == mip.SolveStatus.INFEASIBLE:
        return Status.INFEASIBLE, 0.0
    return Status.UNKNOWN, 0.0


@dataclass(frozen=True, slots=True)
class Priced:
    """A linear relaxation solved: its value, and for each row what one unit more of its bound would add to it."""

    status: Status
    value: float = 0.0
    values: tuple[float, ...] = ()
    prices: tuple[float, ...] = ()


def priced(program: Program, objective: Terms) -> Priced:
    """Solve the linear relaxation with GLOP, rows priced; everything in floating point."""
    solver = mip.ModelSolverHelper("glop")
    solver.solve(_mip_model(program, objective, frozenset()))
    if solver.status() != mip.SolveStatus.OPTIMAL:
        infeasible = solver.status() == mip.SolveStatus.INFEASIBLE
        return Priced(Status.INFEASIBLE if infeasible else Status.UNKNOWN)
    values = tuple(map(float, solver.variable_values()))
    return Priced(Status.OPTIMAL, solver.objective_value(), values, tuple(map(float, solver.dual_values())))
