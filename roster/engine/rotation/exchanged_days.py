"""
Days of a calendar exchanged between people of one rotation, until it asks too much of nobody by itself.

Two people may each do for some days what the other did, where what comes of it is lawful and both go on as before:
then the duties of every day stay the same in number, so cover and sums do, and the circuit stays one. No solver is
asked: a few exchanges take milliseconds where a program of everybody's days takes seconds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations
from math import lcm

from roster.engine.rotation.model import Flow

MOST_READ = 10_000
"""Exchanges read through the graph for one rotation: a third of a second."""

Turn = tuple[int, ...]
"""Duties that one person does once round the ring."""


@dataclass(frozen=True, slots=True)
class Most:
    """The most that the days of one person in a calendar may come to; what each duty counts, and the limit."""

    worth: tuple[int, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody's days once round the ring, and the states in which they begin and end it."""

    duties: Turn
    begun: int
    ended: int

    def with_days_of(self, other: _Person, begin: int, end: int) -> _Person:
        """Return these days with another's from one day to before another."""
        return replace(self, duties=(*self.duties[:begin], *other.duties[begin:end], *self.duties[end:]))

    def lawful(self, flow: Flow) -> bool:
        """Whether the days are, and lead from the one state to the other."""
        read = flow.graph.read(self.duties, 0, self.begun)
        return read is not None and read[0] == self.ended


@dataclass(frozen=True, order=True, slots=True)
class _Exchange:
    """What an exchange adds to what is above the limits, then to unevenness; with whom, and of which days."""

    added: tuple[int, int]
    other: int
    begin: int
    end: int


def exchanged(flow: Flow, turns: Sequence[Turn], days: range, limits: Sequence[Most]) -> list[Turn] | None:
    """
    Return turns round the ring that keep the limits of a calendar; None where no exchanges were found that do.

    Parameters
    ----------
    flow, turns : A type's flow, and the turns of its people in the order of one lawful circuit.
    days : The days of the ring that the calendar shows.
    limits : What each person's days in the calendar may come to.
    """
    people, draw, reads = _people(flow, turns), random.Random(1), 0
    while reads < MOST_READ:
        above = [_judged(limits, _running(person, days, limits)[-1])[0] for person in people]
        one = max(range(len(people)), key=lambda at: above[at])
        if not above[one]:
            return [person.duties for person in people]
        found = list(_exchanges(people, one, days, limits))
        # Where none helps, what is too much goes to another, of whom somebody else may take it.
        level = [each for each in found if each.added == (0, 0)]
        draw.shuffle(level)
        for each in (*sorted(each for each in found if each.added < (0, 0)), *level):
            reads += 1
            mine, theirs = people[one], people[each.other]
            both = (
                mine.with_days_of(theirs, each.begin, each.end),
                theirs.with_days_of(mine, each.begin, each.end),
            )
            if all(person.lawful(flow) for person in both):
                people[one], people[each.other] = both
                break
        else:
            return None
    return None


def _people(flow: Flow, turns: Sequence[Turn]) -> list[_Person]:
    """Return everybody with the states of the circuit."""
    begun = flow.graph.read_round([duty for turn in turns for duty in turn])
    if begun is None:
        raise ValueError("a rotation that the graph does not allow")
    state, people = begun[0], []
    for turn in turns:
        read = flow.graph.read(turn, 0, state)
        assert read is not None, "the whole circuit was read"
        people.append(_Person(turn, state, read[0]))
        state = read[0]
    return people


def _judged(limits: Sequence[Most], counts: Sequence[int]) -> tuple[int, int]:
    """Return how far counts are above their limits, each limit taken as much as the others, and how uneven they are."""
    whole = lcm(*(max(1, most.limit) for most in limits))
    above = uneven = 0
    for most, count in zip(limits, counts, strict=True):
        scaled = count * whole // max(1, most.limit)
        above += max(0, scaled - (whole if most.limit else 0))
        uneven += scaled**2
    return above, uneven


def _running(person: _Person, days: range, limits: Sequence[Most]) -> list[tuple[int, ...]]:
    """Return what the days have come to by each morning of the calendar and after its end."""
    each = [accumulate([most.worth[person.duties[day]] for day in days], initial=0) for most in limits]
    return list(zip(*each, strict=True))


def _exchanges(
    people: Sequence[_Person], one: int, days: range, limits: Sequence[Most]
) -> Iterator[_Exchange]:
    """Yield the exchanges of a person with others that change what the two come to, and make nothing worse."""
    mine = _running(people[one], days, limits)
    for other, person in enumerate(people):
        theirs = _running(person, days, limits)
        ahead = [_less(their, my) for their, my in zip(theirs, mine, strict=True)]
        before = _both(limits, mine[-1], theirs[-1])
        for begin, end in combinations(range(len(ahead)), 2):
            if any(taken := _less(ahead[begin], ahead[end])):
                after = _both(limits, _less(mine[-1], taken), _less(theirs[-1], (-each for each in taken)))
                added = after[0] - before[0], after[1] - before[1]
                if added <= (0, 0):
                    yield _Exchange(added, other, days.start + begin, days.start + end)


def _less(one: Iterable[int], other: Iterable[int]) -> list[int]:
    return [mine - theirs for mine, theirs in zip(one, other, strict=True)]


def _both(limits: Sequence[Most], one: Sequence[int], other: Sequence[int]) -> tuple[int, int]:
    (above, uneven), (more, less_even) = _judged(limits, one), _judged(limits, other)
    return above + more, uneven + less_even
