"""
The rota of the last period, read off its days, so that everybody goes on from where they stand.

After as many weeks as the team's rota repeats after, everybody does what somebody of the same type did before. Whoever
did last what I did before that shows what comes next for me: a permutation, whose cycles are the rotations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roster.checker import check_rotation
from roster.domain.horizon import calendar
from roster.domain.outcome import Rotation, SeatUse
from roster.domain.problem import Duty, Problem

WEEK_DAYS = 7

Block = tuple[Duty, ...]
"""What somebody did in as many days as it takes until the team's rota repeats."""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """
    Rotations, and for each of them who walks it, in the order in which they begin.

    No walkers where everybody may start on any line.
    """

    rotations: tuple[Rotation, ...]
    walkers: tuple[tuple[str, ...], ...] = ()


def going_on(problem: Problem, people: Mapping[str, int], seats: Sequence[SeatUse]) -> GoingOn | None:
    """
    Return the lawful rotations that the days before the calendar show, the shortest ring first; None without any.

    Parameters
    ----------
    problem, seats : The scenario with the days before, and the vendor seats that are taken.
    people : How many people of each type there are to be. As many must have been there before.
    """
    before = dict(problem.carried)
    types = {person.name: person.type for person in problem.people}
    teams: dict[str, list[str]] = defaultdict(list)
    for name, days in before.items():
        kind = types.get(name) or _type_of(problem, name)
        if kind is not None and any(not duty.is_off for duty in days):
            teams[kind].append(name)
    if {name: len(team) for name, team in teams.items()} != {name: n for name, n in people.items() if n}:
        return None
    length = min((len(days) for days in before.values()), default=0)
    for weeks in range(1, length // (2 * WEEK_DAYS) + 1):
        found = [
            _of_team(problem, name, {one: before[one] for one in team}, weeks) for name, team in teams.items()
        ]
        if None in found:
            continue
        walks = [walk for team in found if team is not None for walk in team]
        answer = GoingOn(tuple(rotation for rotation, _ in walks), tuple(names for _, names in walks))
        if not check_rotation(problem, answer.rotations, seats):
            return answer
    return None


def _type_of(problem: Problem, name: str) -> str | None:
    """Return the type of a numbered person such as `ops-1`; None where the name is of no type."""
    kind, _, number = name.rpartition("-")
    return kind if number.isdigit() and kind in problem.type else None


def _of_team(
    problem: Problem, name: str, before: Mapping[str, Block], weeks: int
) -> list[tuple[Rotation, tuple[str, ...]]] | None:
    """Return the rotations of one type with their walkers; None where the days show none."""
    days = WEEK_DAYS * weeks
    last = {person: duties[-days:] for person, duties in before.items()}
    after: dict[Block, list[str]] = defaultdict(list)
    for person, duties in before.items():
        after[duties[-2 * days : -days]].append(person)
    follows: dict[str, str] = {}
    for person, block in last.items():
        if not after[block]:
            return None
        # Of several who did the same, oneself goes on as before: that keeps cycles short.
        other = person if person in after[block] else after[block][0]
        after[block].remove(other)
        follows[person] = other
    back = calendar(problem.dates).weekday(0)
    return [
        (_rotation(name, [last[follows[person]] for person in cycle], back, (weeks, number)), cycle)
        for number, cycle in enumerate(_cycles(follows))
    ]


def _rotation(name: str, blocks: Sequence[Block], back: int, place: tuple[int, int]) -> Rotation:
    """Return blocks that begin on day 0 of the calendar as lines that begin on the Monday on or before it."""
    weeks, number = place
    word = [duty for block in blocks for duty in block]
    word = word[len(word) - back :] + word[: len(word) - back]
    lines = tuple(tuple(word[at : at + WEEK_DAYS]) for at in range(0, len(word), WEEK_DAYS))
    return Rotation(name, lines, f"{name} {chr(ord('a') + number % 26)}", weeks)


def _cycles(follows: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield who takes the place of whom, round and round, each person once."""
    left = dict(follows)
    while left:
        person = next(iter(left))
        cycle = []
        while person in left:
            cycle.append(person)
            person = left.pop(person)
        yield tuple(cycle)
