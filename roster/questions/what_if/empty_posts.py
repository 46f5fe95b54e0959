"""What more means would do for posts that a roster leaves empty: overtime, or a vendor's people; each is solved."""

from __future__ import annotations

import time
from dataclasses import replace

from roster.domain.outcome import Roster, SolveOptions
from roster.domain.problem import Problem
from roster.engine.solvers.search import Search
from roster.questions.absences import LeaveCase
from roster.questions.conflict import WayOut
from roster.questions.what_if.trial import Trial
from roster.questions.what_if.ways_out import by_overtime, by_vendor

SECONDS = 4.0
"""Wall time for all of it."""

MOST_CELLS = 1_500
"""People times days up to which it is looked for: beyond, a whole calendar is not repaired while somebody waits."""


def ways_for_empty(problem: Problem, roster: Roster, options: SolveOptions) -> tuple[WayOut, ...]:
    """
    Return the means by which every hard post of these people's dates is held, as far as they are found in time.

    Vendors are thought of for every post that no role closes to them, whether the scenario lets them in yet or not.

    Parameters
    ----------
    problem, roster : The scenario, and the roster with its empty posts.
    options : Settings; `SECONDS` are used at most.
    """
    if len(roster.people) * roster.horizon.days > MOST_CELLS:
        return ()
    closed = {role.name for role in problem.roles if role.in_house}
    posts = tuple(replace(post, vendor=closed.isdisjoint(post.roles)) for post in problem.posts)
    trial = Trial(Search(options, time.monotonic() + SECONDS))
    overtime = by_overtime(LeaveCase(problem, roster, (), None, True), None, trial)
    opened = replace(problem, posts=posts)
    return (*overtime, *by_vendor(LeaveCase(opened, roster, (), None, True), None, trial))
