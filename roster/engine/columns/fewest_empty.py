"""
The fewest hours of hard posts that must stay empty, whoever does what: a bound from prices of empty places alone.

Everything else costs nothing then; whole-number prices and everybody's own shortest walks at them give the bound, as
they do for the value of a calendar.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, gcd

import numpy as np

from roster.engine.columns.compile_team import Compiled
from roster.engine.columns.exact_bound import exact_bound, whole
from roster.engine.columns.relaxation import relax
from roster.engine.columns.state import TOLERANCE
from roster.engine.columns.team import DayArcs, Member, StaffKind, Team


def fewest_empty(compiled: Compiled) -> int:
    """Return person-minutes of hard posts of which no calendar of these people leaves fewer empty."""
    problem, team = compiled.problem, compiled.team
    hard = {extra for extra, (name, _, _) in compiled.empty.items() if problem.post[name].hard}
    extras = tuple(
        extra if number in hard else replace(extra, price=0.0) for number, extra in enumerate(team.extras)
    )
    unit = gcd(*(int(extra.price) for extra in extras)) or 1
    bound = least_of_posts(replace(team, extras=extras, unit=unit))
    return round(ceil((bound - TOLERANCE) / unit) * unit / compiled.hard * 60)


def least_of_posts(team: Team) -> float:
    """Return what all that posts cost comes to at least, whatever the rest costs; 0 where that is not known."""
    bare = _bare(replace(team, constant=0.0))
    relaxed = relax(bare)
    bound = 0.0 if relaxed is None else exact_bound(bare, whole(relaxed.duals))
    return max(0.0, bound) if np.isfinite(bound) else 0.0


def _bare(team: Team) -> Team:
    """Return a team in which nothing that anybody does costs anything; what is barred stays barred."""
    known: dict[int, DayArcs] = {}

    def free(days: tuple[DayArcs, ...]) -> tuple[DayArcs, ...]:
        for arcs in days:
            if id(arcs) not in known:
                known[id(arcs)] = replace(arcs, penalty=np.zeros_like(arcs.penalty))
        return tuple(known[id(arcs)] for arcs in days)

    def idle(member: Member) -> Member:
        return replace(
            member,
            days=free(member.days),
            ends=np.where(np.isfinite(member.ends), 0.0, np.inf),
            own=np.where(np.isfinite(member.own), 0.0, np.inf),
            tallies=tuple(replace(tally, prices=None) for tally in member.tallies),
        )

    kinds = tuple(StaffKind(kind.members, free(kind.days), kind.start) for kind in team.kinds)
    return replace(team, members=tuple(idle(member) for member in team.members), kinds=kinds)
