"""
Stretches of days swapped between two people: the posts are held as before, and what it costs them two may be less.

Thousands are tried in the time of one exact search; what is left is what more than two people have to settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roster.engine.columns.generate import Deadline
from roster.engine.columns.state import State
from roster.engine.columns.team import Line, Member

Pair = tuple[Member, Member]


def swap_stretches(state: State, people: Iterable[int], deadline: Deadline) -> None:
    """
    Swap stretches of these people with others who count as the same presences, until no swap is cheaper.

    Parameters
    ----------
    state : The search, with everybody's calendar; nothing is swapped where there is none.
    people : Numbers of those whose stretches are tried.
    deadline : Ends it.
    """
    if not state.lines:
        return
    lines, waiting = list(state.lines), list(dict.fromkeys(people))
    team, random = state.team, state.random
    alike: dict[bytes, list[int]] = {}
    for number, member in enumerate(team.members):
        alike.setdefault(member.place.tobytes(), []).append(number)
    while waiting:
        number = waiting.pop(int(random.integers(len(waiting))))
        for other in random.permutation(alike[team.members[number].place.tobytes()]).tolist():
            if deadline.passed:
                waiting.clear()
                break
            if other == number:
                continue
            found = _swapped((team.members[number], team.members[other]), (lines[number], lines[other]))
            if found is not None:
                lines[number], lines[other] = found
                waiting += [one for one in (number, other) if one not in waiting]
    state.offer(lines, "stretches swapped")


def _swapped(pair: Pair, lines: tuple[Line, Line]) -> tuple[Line, Line] | None:
    """Return the cheapest calendars of two people that come of one swap; None where none is cheaper."""
    best, found = _cost(pair, lines), None
    for swapped in _swaps(*lines):
        cost = _cost(pair, swapped)
        if cost < best - 1e-6:
            best, found = cost, swapped
    return found


def _swaps(one: Line, other: Line) -> Iterator[tuple[Line, Line]]:
    """Yield the calendars of two people with one stretch swapped; those that differ at both of its ends are all."""
    differ = [day for day in range(len(one)) if one[day] != other[day]]
    for at, first in enumerate(differ):
        for last in differ[at:]:
            end = last + 1
            yield (
                one[:first] + other[first:end] + one[end:],
                other[:first] + one[first:end] + other[end:],
            )


def _cost(pair: Pair, lines: tuple[Line, Line]) -> float:
    total = 0.0
    for member, line in zip(pair, lines, strict=True):
        priced = member.price(line)
        if priced is None:
            return float("inf")
        total += priced.cost
    return total
