"""
A solution of a program of many teams, one team after the other: its days whole, what is alike of the others summed.

While one team's days are looked for, those of the others are fractions of which only the sums are seen, so each search
is about as large as one team, whatever their number. What a team takes may leave the next one nothing that will do.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from roster.engine.integer_program import Program, restricted
from roster.engine.rotation.first_rota import first
from roster.engine.solvers.merged import merged


def team_by_team(
    program: Program, teams: Sequence[frozenset[int]], settled: frozenset[int], seconds: float
) -> tuple[int, ...]:
    """
    Return a solution of a program, a value for each variable; nothing where a team found none.

    Parameters
    ----------
    program : The program.
    teams : The variables of each team, in the order in which they are settled.
    settled : Variables that are whole from the beginning, in sum where they are alike.
    seconds : Wall time at most.
    """
    ends = time.monotonic() + seconds
    values = list(program.lower)
    free = {variable for variable, upper in enumerate(program.upper) if upper > values[variable]}
    for team in teams:
        small = restricted(program, values, free)
        at = {variable: number for number, variable in enumerate(small.kept)}
        own = frozenset(at[variable] for variable in team & free)
        sums = merged(small.program, [], alone=own)
        whole = sums.among({*own, *(at[variable] for variable in settled & free)})
        found = first(sums.program, ends - time.monotonic(), whole=whole)
        if not found.found:
            return ()
        for variable in team & free:
            values[variable] = found.values[sums.number[at[variable]]]
        free -= team
    if not free:
        return tuple(values)
    small = restricted(program, values, free)
    found = first(small.program, ends - time.monotonic())
    for variable, value in zip(small.kept, found.values, strict=False):
        values[variable] = value
    return tuple(values) if found.found else ()
