"""A part of a team on its own: some people on some days, everybody else as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from roster.engine.columns.master import Duals
from roster.engine.columns.team import CoverRow, Flags, Line, Member, Team


def subteam(team: Team, lines: Sequence[Line], free: Flags) -> tuple[Team, tuple[int, ...]]:
    """
    Return the team of those with free cells, and who they are.

    Parameters
    ----------
    team, lines : The whole team, and everybody's calendar.
    free : People by days. Cells that are not free keep their duty, and so does everybody else: their presences are
        taken off what the posts ask for. The value of the part is what its people and the whole cover cost.
    """
    people = tuple(np.flatnonzero(free.any(axis=1)).tolist())
    freed = set(people)
    counts = team.counts([None if number in freed else line for number, line in enumerate(lines)]).tolist()

    def rest(row: CoverRow) -> CoverRow:
        has = sum(factor * counts[where] for where, factor in row.present)
        return replace(row, lower=row.lower - has, upper=row.upper - has) if has else row

    pieces = tuple(replace(piece, rows=tuple(rest(row) for row in piece.rows)) for piece in team.pieces)
    members = tuple(_kept(team.members[number], lines[number], free[number]) for number in people)
    return replace(team, members=members, pieces=pieces, kinds=(), constant=0.0), people


def _kept(member: Member, line: Line, free: Flags) -> Member:
    """Return somebody whose cells that are not free are settled."""
    if free.all():
        return member
    own = member.own.copy()
    for day in np.flatnonzero(~free).tolist():
        barred = np.arange(own.shape[1]) != line[day]
        own[day, barred] = np.inf
    return replace(member, own=own)


def part_of(duals: Duals, people: Sequence[int]) -> Duals:
    """Return the prices for a part of the people."""
    return Duals(duals.rows, tuple(duals.slopes[number] for number in people), duals.people[list(people)])
