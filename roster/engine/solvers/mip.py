"""
Integer programs handed to solvers: HiGHS for flows and bounds, CP-SAT for rotas, calendars and second opinions.

Measured on the tertiary hospital's flow (2,500 variables): at the bound HiGHS finds a rota in 1.9 s and CP-SAT in 13;
one below it HiGHS proves it impossible in 0.6 s and CP-SAT in 4.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

from ortools import __version__ as version  # type: ignore[attr-defined]
from ortools.linear_solver.python import model_builder_helper as mip

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms, summed
from roster.engine.solvers.search import Search, Solution

HIGHS_SETTINGS = "output_flag=false,mip_rel_gap=0"
"""Silent (it writes to stdout otherwise), and exact: its own tolerance is one in ten thousand."""

AS_IT_IS = (
    f"{HIGHS_SETTINGS},presolve=off,mip_detect_symmetry=false"
    ",mip_heuristic_run_feasibility_jump=false,mip_root_presolve_only=true"
)
"""For programs of walks, where presolve costs more than the search: 1.3 s instead of 3.1 on the tertiary hospital."""

LARGE = 2_000
"""Variables from which on a single step of HiGHS may take longer than a question has time."""

LATE_SECONDS = 0.3
"""How long after its time a solver is waited for: it nearly always comes, with what it has found."""

LEFT_ALONE = "solver"

SOLVER = f"OR-Tools CP-SAT {version}"

SECOND = "HiGHS 1.12"
"""The solver of flows and of second opinions, as bundled with OR-Tools 9.15."""


def minimise(program: Program, objective: Terms, search: Search) -> Solution:
    """
    Search for the least objective with CP-SAT, which is imported only now; see `cpsat.minimise`.

    Parameters
    ----------
    program, objective : The program, and the terms that are to be least.
    search : Deadline and settings.
    """
    from roster.engine.solvers import cpsat

    return cpsat.minimise(program, objective, search)


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
    program, objective : The program, and the terms that are to be least.
    seconds : Time limit.
    whole : The variables that must be whole; all where not given. With a few only, the answer is a bound: values are
        then rounded for reading and need not satisfy the rows.
    settings : Of HiGHS, as its text format has them.
    """
    if any(row.never for row in program.rows):
        # Without any variable, as where nobody can hold a post, HiGHS has no answer.
        return Solution(Status.INFEASIBLE, (), None, None)
    if seconds <= 0:
        # HiGHS would take its first steps all the same: seconds in a large program.
        return Solution(Status.UNKNOWN, (), None, None)
    solver = mip.ModelSolverHelper("highs")
    if not solver.solver_is_supported():
        return Solution(Status.UNKNOWN, (), None, None)
    solver.set_time_limit_in_seconds(seconds)
    solver.set_solver_specific_parameters(settings)
    if not _solved_in_time(solver, _mip_model(program, objective, whole), seconds):
        return Solution(Status.UNKNOWN, (), None, None)
    if solver.status() == mip.SolveStatus.INFEASIBLE:
        return Solution(Status.INFEASIBLE, (), None, None)
    if solver.status() not in (mip.SolveStatus.OPTIMAL, mip.SolveStatus.FEASIBLE):
        return Solution(Status.UNKNOWN, (), None, None)
    values = tuple(round(float(value)) for value in solver.variable_values())
    named = Status.OPTIMAL if solver.status() == mip.SolveStatus.OPTIMAL else Status.FEASIBLE
    bound = math.ceil(solver.best_objective_bound() - 1e-6)
    return Solution(named, values, math.ceil(solver.objective_value() - 1e-6), bound)


def _solved_in_time(solver: mip.ModelSolverHelper, model: mip.ModelBuilderHelper, seconds: float) -> bool:
    """
    Solve, and say whether the solver came back in time.

    HiGHS looks at the clock between its steps, and in a large program one step takes seconds: then it is left to end
    by itself, on a thread that nobody waits for.
    """
    if model.num_variables() < LARGE:
        solver.solve(model)
        return True
    thread = threading.Thread(target=solver.solve, args=(model,), name=LEFT_ALONE)
    thread.start()
    thread.join(seconds + LATE_SECONDS)
    return not thread.is_alive()


def left_alone() -> bool:
    """Whether a solver that was not waited for is still at work: the interpreter would wait for it in the end."""
    return any(thread.name == LEFT_ALONE for thread in threading.enumerate())


def second_opinion(program: Program, objective: Terms, seconds: float) -> Solution:
    """
    Solve with the other solver than `minimise`: what confirms a claim that rests on search.

    Parameters
    ----------
    program, objective : The program, and the terms that are to be least.
    seconds : Time limit.
    """
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
