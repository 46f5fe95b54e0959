"""What stays empty at best where no rota holds every post: the shortest list of hours, found by the same model."""

from __future__ import annotations

from collections import Counter

from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.engine.rotation.model import build
from roster.engine.solvers.mip import branch_and_bound
from roster.language import tr

SHORTFALL_SECONDS = 5.0
"""Wall time at most for finding what stays empty."""


def shortfall(problem: Problem, seconds: float) -> str:
    """
    Say which hard posts stay empty for how long a week at best; nothing where that is not found in time.

    Every hard post may be left empty here, minute by minute, and the people-minutes empty are made least.
    """
    model = build(problem, elastic=True)
    objective = [
        (variable, end - start)
        for (name, start, end), variable in model.shortages.items()
        if problem.post[name].hard
    ]
    found = branch_and_bound(model.program, objective, min(seconds, SHORTFALL_SECONDS))
    if not found.found:
        return ""
    empty: Counter[str] = Counter()
    for (name, start, end), variable in model.shortages.items():
        if problem.post[name].hard:
            empty[name] += found.values[variable] * (end - start)
    listed = [
        tr("engine.short_week", post=problem.post[name].called, hours=hours(minutes))
        for name, minutes in empty.most_common()
        if minutes
    ]
    return tr("engine.at_best", posts=tr("engine.and").join(listed)) if listed else ""
