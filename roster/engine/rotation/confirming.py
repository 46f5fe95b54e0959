"""An impossibility confirmed a second way: by the other solver, within a time of its own."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.mip import SECOND, SOLVER, minimise
from roster.engine.solvers.search import Search
from roster.language import tr

CONFIRM_SECONDS = 10.0
"""Wall time at most for confirming an impossibility a second way."""


def confirm(program: Program, goal: Terms, value: int | None, search: Search) -> str:
    """
    Ask CP-SAT whether a value is impossible; say whether it agreed within the time.

    Parameters
    ----------
    program : The program.
    goal, value : The terms, and the most they may come to; None where the program alone is in question.
    search : Deadline and settings; `CONFIRM_SECONDS` of it are used at most.
    """
    program = program.copy()
    if value is not None:
        program.at_most(goal, value, "goal")
    answer = minimise(program, [], replace(search.within(CONFIRM_SECONDS), report=None))
    if answer.status is Status.INFEASIBLE:
        return tr("engine.confirmed", solver=SOLVER)
    return tr("engine.not_confirmed", solver=SECOND)
