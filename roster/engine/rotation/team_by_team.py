"""
A solution of a program of many teams, one team after the other: what each does in sum whole, then its days.

While one team's sums are looked for, the days of all and the sums of the others are fractions, and what is alike of
them is one variable, so each search is about as large as one team, whatever their number. Whole sums nearly always
have whole days, which are a small program of the team alone. What a team takes may leave the next one nothing that will
do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from roster.engine.integer_program import Program, Row, restricted, worth
from roster.engine.rotation.first_rota import first
from roster.engine.solvers.merged import merged
from roster.engine.solvers.rounding import roundings


@dataclass(frozen=True, slots=True)
class Team:
    """
    The variables of a team: its days, and their sums, which are all that anybody else sees of them.

    Of each sum a number says with which others it may be taken together where nothing tells them apart.

    `limits` are rows that its days keep beside those of the program, which others need not know of.

    `suits` says of values whether its days are as good as any; others are only taken where no such were found.
    """

    days: frozenset[int]
    sums: Mapping[int, int]
    limits: tuple[Row, ...] = ()
    suits: Callable[[Sequence[int]], bool] = lambda _: True


def team_by_team(
    program: Program, teams: Sequence[Team], settled: frozenset[int], seconds: float
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
        own = replace(team, days=team.days & free, sums={v: n for v, n in team.sums.items() if v in free})
        found = _settled(program, values, free, (own, settled), ends)
        if found is None and len(set(own.sums.values())) < len(own.sums):
            alone = replace(own, sums={variable: variable for variable in own.sums})
            found = _settled(program, values, free, (alone, settled), ends)
        if found is None:
            return ()
        values = found
        free -= own.days | own.sums.keys()
    return tuple(values) if _settle(program, values, free, ends) and _kept(program, values) else ()


def _settled(
    program: Program, values: list[int], free: set[int], whole: tuple[Team, frozenset[int]], ends: float
) -> list[int] | None:
    """Settle a team: its sums whole where fractions are left for all who are free, then its days; None where not."""
    team, settled = whole
    limited = Program(program.lower, program.upper, [*program.rows, *team.limits])
    small = restricted(limited, values, free)
    at = small.numbers
    own = {variable: at[variable] for variable in team.sums}
    kinds = {at[variable]: kind for variable, kind in team.sums.items()}
    smaller = merged(small.program, [], kinds=kinds)
    among = smaller.among({*own.values(), *(at[variable] for variable in settled & free)})
    alone = _seen(limited, free - team.days - team.sums.keys())

    def with_days(sums: Sequence[int]) -> list[int] | None:
        found, left = list(values), list(sums)
        for variable, number in own.items():
            # Of what is taken together the first does all that it may.
            found[variable] = min(left[smaller.number[number]], program.upper[variable])
            left[smaller.number[number]] -= found[variable]
        return found if _settle(alone, found, team.days, ends) else None

    some = None
    for sums in roundings(smaller.program, among, ends - time.monotonic()):
        found = with_days(sums)
        if found is not None and team.suits(found):
            return found
        some = some or found
    if some is None:
        searched = first(smaller.program, ends - time.monotonic(), whole=among)
        some = with_days(searched.values) if searched.found else None
    return some


def _settle(program: Program, values: list[int], some: Iterable[int], ends: float) -> bool:
    """Give variables values that keep the rows; say whether there were any."""
    small = restricted(program, values, some)
    if not small.kept:
        return True
    found = first(small.program, ends - time.monotonic())
    for variable, value in zip(small.kept, found.values, strict=False):
        values[variable] = value
    return found.found


def _seen(program: Program, others: set[int]) -> Program:
    """Return a program without the rows of variables of others."""
    rows = [row for row in program.rows if not any(variable in others for variable, _ in row.terms)]
    return Program(program.lower, program.upper, rows)


def _kept(program: Program, values: Sequence[int]) -> bool:
    return all(
        (row.lower is None or row.lower <= came) and (row.upper is None or came <= row.upper)
        for row in program.rows
        for came in (worth(row.terms, values),)
    )
