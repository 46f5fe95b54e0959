"""The answer to "how few people?", whether the shifts are given or to be chosen as well."""

from __future__ import annotations

from roster.domain.outcome import Outcome, SolveOptions, Tell
from roster.domain.problem import Problem
from roster.questions.design.answer import Designed, design
from roster.questions.plan import plan_headcount


def planned(
    problem: Problem, options: SolveOptions, progress: Tell | None = None, survive_days: int | None = None
) -> tuple[Problem, Outcome, Designed | None]:
    """
    Return the answer, and the problem that it is about: where shifts are to be chosen, the one with those chosen.

    Parameters
    ----------
    problem : The scenario.
    options : How long and how hard to search.
    progress : Whom to tell how it goes.
    survive_days : For how many days anybody may be away; nobody where not given.
    """
    if problem.design is None:
        return problem, plan_headcount(problem, options, progress, survive_days), None
    found = design(problem, options, lambda one, limits: plan_headcount(one, limits, progress, survive_days))
    return found.problem, found.outcome, found
