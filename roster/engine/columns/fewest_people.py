"""
How few of these people could hold the hard posts of these dates: a bound, and whom to try.

Everybody is in or out. Whoever is in may do any duty that is open to them on any day, one a day, up to the hours that
they may work; sequences are left out of account. People of a kind are counted together, so the program is small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from roster.domain.fairness import HOURS
from roster.engine.columns.compile_team import Compiled
from roster.engine.columns.cover_rows import add_cover
from roster.engine.columns.team import Ints, Member, Team
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.mip import branch_and_bound

SECONDS = 3.0
"""Wall time at most."""

LARGE = 20_000
"""Variables from which on nobody waits for it."""


def fewest_people(compiled: Compiled) -> tuple[int, tuple[int, ...]] | None:
    """
    Return how many people it takes at least, and the numbers of so many who might do.

    None where these people cannot hold every hard post even so, or where time ran out.
    """
    team = compiled.team
    groups = _groups(team)
    if len(groups) * team.days * team.places > LARGE:
        return None
    program = Program()
    used = [program.variable(0, 1) for _ in team.members]
    present: dict[int, Terms] = defaultdict(list)
    for members in groups:
        for where, variable in _kind(program, team, members, used):
            present[where].append((variable, 1))
    _posts(program, compiled, present)
    solved = branch_and_bound(program, [(one, 1) for one in used], SECONDS, frozenset(used))
    if not solved.found or solved.bound is None:
        return None
    return solved.bound, tuple(number for number, one in enumerate(used) if solved.values[one])


def _groups(team: Team) -> list[list[int]]:
    """Return who counts as the same presences for the same time."""
    found: dict[tuple[bytes, bytes], list[int]] = defaultdict(list)
    for number, member in enumerate(team.members):
        hours = _hours(member)
        found[member.place.tobytes(), b"" if hours is None else hours[0].tobytes()].append(number)
    return list(found.values())


def _hours(member: Member) -> tuple[Ints, int] | None:
    """Return the hours of each duty of each day and the most of them; None where they are not limited."""
    tally = next((one for one in member.tallies if one.name == HOURS and not one.weekends), None)
    return None if tally is None else (tally.weights, tally.most)


def _kind(program: Program, team: Team, members: list[int], used: list[int]) -> Iterator[tuple[int, int]]:
    """Add the presences of people of a kind; yield the number of each with its variable."""
    first = team.members[members[0]]
    places = sorted({place for place in first.place.tolist() if place >= 0})
    worked: Terms = []
    for day in range(team.days):
        today: Terms = []
        for place in places:
            duties = np.flatnonzero(first.place == place)
            open_to = [at for at in members if np.isfinite(team.members[at].own[day, duties]).any()]
            variable = program.variable(0, len(open_to))
            program.at_most([(variable, 1), *((used[at], -1) for at in open_to)], 0, "who is in")
            today.append((variable, 1))
            hours = _hours(first)
            if hours is not None:
                worked.append((variable, int(hours[0][day, duties].min())))
            yield day * team.places + place, variable
        program.at_most([*today, *((used[at], -1) for at in members)], 0, "one duty a day")
    limits = [(used[at], -hours[1]) for at in members if (hours := _hours(team.members[at])) is not None]
    if worked and limits:
        program.at_most([*worked, *limits], 0, "hours")


def _posts(program: Program, compiled: Compiled, present: dict[int, Terms]) -> None:
    """Add the posts: those that must be held are held, others may stay empty."""
    team, posts = compiled.team, compiled.problem.post
    hard = {extra for extra, (name, _, _) in compiled.empty.items() if posts[name].hard}
    extras = [
        program.variable(0, 0 if number in hard else extra.most) for number, extra in enumerate(team.extras)
    ]
    add_cover(program, team, present, extras)
