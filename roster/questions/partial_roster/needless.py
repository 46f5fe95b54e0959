"""The last step of a roster that was searched in a hurry: nobody stays on a duty that no post needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roster.checker import check_roster, cover_of_roster
from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Problem
from roster.penalties import terms

Cell = tuple[int, int, Duty]
"""Whose day becomes which duty: the person's place, the day, and what is left of the duty."""


def without_needless(problem: Problem, roster: Roster) -> Roster:
    """
    Return a roster without the shifts and standbys that hold no post.

    Who holds what is settled minute by minute; whoever holds nothing in that is not missed. A duty stays where a rule,
    a pin or a wish wants it.
    """
    cells = list(_idle(roster, cover_of_roster(problem, roster).posts))
    if not cells:
        return roster
    known = _worth(problem, roster)
    unasked = [cell for cell in cells if not _asked_for(problem, roster, cell)]
    if (worth := _worth(problem, whole := _with(roster, unasked))) <= known:
        roster, known = whole, worth
        cells = [cell for cell in cells if cell not in unasked]
    for cell in cells:
        trial = _with(roster, [cell])
        if (worth := _worth(problem, trial)) <= known:
            roster, known = trial, worth
    return roster


def _idle(roster: Roster, posts: dict[tuple[int, int, int], tuple[str, ...]]) -> Iterator[Cell]:
    """Yield the days on which part of a duty, or all of it, holds no post."""
    for index, line in enumerate(roster.duties):
        for day, duty in enumerate(line):
            busy = [part for number, part in enumerate(duty.parts) if posts.get((index, day, number))]
            if len(busy) == len(duty.parts):
                continue
            left = Duty()
            if busy:
                kept = busy[0]
                left = replace(duty, standby=None) if kept.on_site else Duty(None, duty.standby)
            yield index, day, left


def _asked_for(problem: Problem, roster: Roster, cell: Cell) -> bool:
    """Whether somebody wishes for this duty on this day."""
    index, day, _ = cell
    name, on = roster.people[index].name, roster.horizon.on(day)
    mine = (wish for wish in problem.wishes if wish.person == name and wish.first <= on <= wish.last)
    return any(wish.granted(roster.duties[index][day].name) for wish in mine)


def _with(roster: Roster, cells: list[Cell]) -> Roster:
    duties = [list(line) for line in roster.duties]
    for index, day, duty in cells:
        duties[index][day] = duty
    return replace(roster, duties=tuple(map(tuple, duties)))


def _worth(problem: Problem, roster: Roster) -> tuple[int, int]:
    """Return how many rules a roster breaks, and its points without fair shares; fewer of both are better."""
    return len(check_roster(problem, roster)), sum(term.parts for term in terms(problem, roster))
