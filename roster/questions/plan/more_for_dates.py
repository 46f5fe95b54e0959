"""
More people than a rota needs for ever, where no calendar of the fewest keeps every rule on the dates asked for.

A rota that is even after three weeks breaks a limit on average hours in a calendar of two, and public holidays ask for
more than an ordinary week. Part by part, one more person is asked for until a calendar is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from roster.domain.outcome import Status
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import (
    Fewest,
    RotationModel,
    SearchRun,
    build,
    fewest,
    goal_of,
    hurried,
    rotations,
    seats_taken,
    split,
)
from roster.questions.dates import GoingOn, lay_out

MOST_MORE = 3
"""People beyond the fewest for ever that are tried for a part."""

SHARE = 0.5
"""Share of the time left in which more people are tried; the rest is for their calendar."""


def more_for_dates(problem: Problem, found: Sequence[Fewest], run: SearchRun) -> list[Fewest] | None:
    """
    Return the parts' answers with as many more people as their calendars need; None where that was not found.

    Parameters
    ----------
    problem : The scenario; one that makes cost least is not tried, for dearer people are not more people.
    found : The fewest of each of its parts, with a rota, of which no calendar keeps every rule.
    run : When the question must end.
    """
    if problem.goal is Goal.COST:
        return None
    run = hurried(run, SHARE)
    made = []
    for part, least in zip(split(problem), found, strict=True):
        enough = _enough(part, least, run)
        if enough is None:
            return None
        made.append(enough)
    return made if any(new is not old for new, old in zip(made, found, strict=True)) else None


def _enough(part: Problem, least: Fewest, run: SearchRun) -> Fewest | None:
    """Return the answer itself, or that of the fewest more people found to have a lawful calendar."""
    tried = least
    for more in range(1, MOST_MORE + 2):
        verdict = _calendar(part, tried, run)
        if verdict is Status.OPTIMAL:
            return tried
        if verdict is not Status.INFEASIBLE or more > MOST_MORE or least.value is None:
            return None
        tried = fewest(part, run, partial(_at_least, part, least.value + more))
        if not tried.values:
            return None
    return None


def _at_least(part: Problem, people: int, days: int) -> RotationModel:
    """Build the model of a ring for at least so many people."""
    model = build(part, days=days)
    program = model.program.copy()
    program.at_least(goal_of(model), people, "dates")
    return replace(model, program=program)


def _calendar(part: Problem, found: Fewest, run: SearchRun) -> Status:
    assert found.model is not None, "nothing found does not come here"
    ahead = GoingOn(tuple(rotations(found.model, found.values)))
    return lay_out(part, ahead, seats_taken(found.model, found.values), run).status
