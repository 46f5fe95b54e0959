"""
CP-SAT, in a module of its own: importing it takes half a second, and most questions never need it.

Traps kept out here, met on OR-Tools 9.15: `repair_hint` with several workers aborts the process; attributes set on
the solver instead of its parameters are ignored; two workers are among the slowest settings; its own handler of
Ctrl-C writes to a log, which waits for ever where the search was just asking for memory.
"""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor, wait

from ortools.sat.python import cp_model

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.search import Report, Search, Solution

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


WAITED_FOR = "waited-for"
"""Name of the thread of a solver that the search waits for."""


def minimise(program: Program, objective: Terms, search: Search) -> Solution:
    """
    Search for the least objective with CP-SAT.

    A run that ends early returns `feasible` with the bound reached, or `unknown`; never `infeasible`.

    Parameters
    ----------
    program, objective : The program, and the terms that are to be least.
    search : Deadline and settings; its `at_least` is a bound proven elsewhere, at which the search stops.
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
    status = solved(solver, model, _Watch(search.report) if search.report else None)
    named = _STATUS.get(status, Status.UNKNOWN)
    if named not in (Status.OPTIMAL, Status.FEASIBLE):
        return Solution(named, (), None, None)
    values = tuple(solver.value(variable) for variable in flows)
    bound = math.ceil(solver.best_objective_bound - 1e-6)
    return Solution(named, values, round(solver.objective_value), bound)


def solved(
    solver: cp_model.CpSolver, model: cp_model.CpModel, watch: cp_model.CpSolverSolutionCallback | None = None
) -> cp_model.CpSolverStatus:
    """
    Solve on a thread of its own, so that a signal ends the search at once instead of its time limit.

    Returns the status, one of `cp_model`'s; raises what the handler of a signal raises, when the search has ended.

    Parameters
    ----------
    solver, model : The solver with its settings, and the model.
    watch : What hears of solutions, on a thread of the solver's.
    """
    solver.parameters.catch_sigint_signal = False
    if threading.current_thread() is not threading.main_thread():
        return solver.solve(model, watch)  # signals come to the main thread alone
    with ThreadPoolExecutor(1, WAITED_FOR) as pool:
        search = pool.submit(solver.solve, model, watch)
        try:
            return search.result()
        finally:
            while not search.done():  # a search that has only been started does not hear the first word
                solver.stop_search()
                wait((search,), timeout=0.01)


def _configure(solver: cp_model.CpSolver, search: Search) -> None:
    parameters = solver.parameters
    parameters.num_workers = search.options.workers
    parameters.random_seed = search.options.seed
    parameters.max_time_in_seconds = search.seconds_left
    if search.options.workers == 1:
        # Flows are sums: the linear relaxation decides, so a single search must see all of it.
        parameters.linearization_level = 2
    if search.subsolvers:
        parameters.subsolvers.extend(search.subsolvers)
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
