"""
Where no two people can settle it between them: the fewest changes over three or more that free somebody of a duty.

The nearest lawful roster is searched for in which the person is off on that day, or has another duty of that day; posts
are held as before.
"""

from __future__ import annotations

import time
from dataclasses import replace

from roster.checker import check_roster
from roster.domain.outcome import Roster, SolveOptions
from roster.domain.problem import Ban, Duty, Pin, Problem, Restriction
from roster.engine.calendar import Ask, repair
from roster.engine.rotation import split
from roster.engine.solvers.search import Search
from roster.questions.absences import only
from roster.questions.swap.options import Move, SwapRequest

SECONDS = 5.0
"""Wall time for each thing that the person may do instead."""


def chain(problem: Problem, roster: Roster, request: SwapRequest) -> Move | None:
    """
    Return the fewest changes that free somebody of a duty, posts held; None where there are none, or none was found.

    A roster that breaks rules already is left as it is: what is changed for the request could not be told apart.

    Parameters
    ----------
    problem, roster : The scenario, and the published roster.
    request : Who wants to be rid of which duty.
    """
    own = [person.name for person in roster.people].index(request.person)
    kind = roster.people[own].type
    part = next(part for part in split(problem) if kind in part.type)
    among = [index for index, person in enumerate(roster.people) if person.type in part.type]
    mine = only(roster, part, among)
    if check_roster(part, mine):
        return None
    best: Move | None = None
    for asked in _without(part, mine, request):
        found = _nearest(asked, mine, request.day)
        if found is None or check_roster(part, found):
            continue
        move = _move(roster, replace(roster, duties=_placed(roster, among, found)), own)
        if best is None or len(move.cells) < len(best.cells):
            best = move
    return best


def _without(part: Problem, roster: Roster, request: SwapRequest) -> list[Problem]:
    """Return the problem with the person off on the day, then with each other duty that somebody has on it."""
    index = [person.name for person in roster.people].index(request.person)
    on, mine = roster.horizon.on(request.day), roster.duties[index][request.day]
    off = part.with_restrictions([Restriction(request.person, Ban.OFF, on, on)])
    duties = dict.fromkeys(line[request.day] for line in roster.duties)
    staff = part.type_of(roster.people[index])
    others: list[Duty] = [duty for duty in part.duties(staff) if duty in duties and duty != mine]
    pinned = [
        replace(part, pins=(*part.pins, Pin(request.person, duty.name, on, on)))
        for duty in others
        if not duty.is_off
    ]
    return [off, *pinned]


def _nearest(asked: Problem, roster: Roster, day: int) -> Roster | None:
    options = SolveOptions(time_limit_s=SECONDS)
    found = repair(Ask(asked, roster, frozenset({day})), Search(options, options.ends(time.monotonic())))
    return None if found.empty else found.roster


def _placed(roster: Roster, among: list[int], part: Roster) -> tuple[tuple[Duty, ...], ...]:
    lines = list(roster.duties)
    for index, line in zip(among, part.duties, strict=True):
        lines[index] = line
    return tuple(lines)


def _move(before: Roster, after: Roster, own: int) -> Move:
    """Return what differs, the cells of the person first."""
    cells = [
        (index, day, old, new)
        for index in sorted(range(len(before.people)), key=lambda index: index != own)
        for day, (old, new) in enumerate(zip(before.duties[index], after.duties[index], strict=True))
        if old != new
    ]
    partner = next((index for index, *_ in cells if index != own), own)
    return Move(partner, None, tuple(cells), chain=True)
