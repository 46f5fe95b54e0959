"""How many people are needed on each duty of each day, whoever they are: the fewest duties that hold the posts."""

from __future__ import annotations

import numpy as np

from roster.engine.columns.compile_team import Compiled
from roster.engine.columns.cover_rows import add_cover
from roster.engine.columns.team import Floats
from roster.engine.integer_program import Program
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 10.0
"""Wall time at most; it is a small program."""


def needed(compiled: Compiled) -> Floats:
    """
    Return the number of people needed by day and place.

    Posts are held as far as people of the right kind exist at all; what one person may do is left out of account.
    """
    team = compiled.team
    program, objective = Program(), list[tuple[int, int]]()
    able, parts = np.zeros(team.places, int), np.zeros(team.places, int)
    for member, duties in zip(team.members, compiled.duties, strict=True):
        for place in np.unique(member.place[member.place >= 0]).tolist():
            able[place] += 1
        for place, duty in zip(member.place.tolist(), duties, strict=True):
            if place >= 0:
                parts[place] = len(duty.parts)
    present = []
    for _ in range(team.days):
        for place in range(team.places):
            present.append(program.variable(0, int(able[place])))
            objective.append((present[-1], int(parts[place])))
    extras = [program.variable(0, extra.most) for extra in team.extras]
    objective += [
        (variable, round(1000 * extra.price))
        for variable, extra in zip(extras, team.extras, strict=True)
        if extra.price
    ]
    add_cover(program, team, {where: [(one, 1)] for where, one in enumerate(present)}, extras)
    solved = branch_and_bound(program, objective, SECONDS)
    if not solved.found:
        return np.zeros((team.days, team.places))
    return np.array([solved.values[variable] for variable in present], float).reshape(team.days, team.places)
