"""What so many people cost at least, in any rota: a rota of few weeks often takes dearer people than one of more."""

from __future__ import annotations

from roster.domain.outcome import Status
from roster.domain.problem import Goal, Problem
from roster.engine.automata import capped
from roster.engine.integer_program import worth
from roster.engine.rotation.at_value import goal_of
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.minimum import LONG_RUN, Fewest
from roster.engine.rotation.model import build
from roster.engine.rotation.search_run import SearchRun
from roster.engine.solvers.merged import merged
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 2.0
"""Longest that is spent on it; the shipped scenarios take 0.01 to 0.2 s."""


def most_saved(problem: Problem, found: Fewest, run: SearchRun) -> int:
    """
    Return the most money a month that a roster of as many people and vendors can save beside a rota.

    It holds for every roster, whatever its period. 0 where posts left empty have a price or time was too short, too.

    Parameters
    ----------
    problem, found, run : The scenario, its rota, and the time there is.
    """
    model = found.model
    if model is None or problem.goal is Goal.COST or model.empty_cost or not worth(model.cost, found.values):
        return 0
    week = build(capped(problem, LONG_RUN, None), days=WEEK_DAYS)
    goal, value = goal_of(week), worth(goal_of(model), found.values)
    week.program.between(goal, value, value, "goal")
    week.program.at_most(week.vendor, worth(model.vendor, found.values), "vendor")
    small = merged(week.program, [week.cost], week.bodies)
    aim, whole = small.sum_of(week.cost), small.among(week.bodies)
    solved = branch_and_bound(small.program, aim, min(SECONDS, run.left()), whole)
    if solved.status is not Status.OPTIMAL or solved.bound is None:
        return 0
    return max(0, worth(model.cost, found.values) - solved.bound)
