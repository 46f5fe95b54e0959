"""
Days of a calendar exchanged between people of one rotation, until it asks too much of nobody by itself.

Two people may deal out anew who does which of their days, where what comes of it is lawful and both go on as before:
then the duties of every day stay the same in number, so cover and sums do, and the circuit stays one. What two can
deal out is a few dozen states a day, so all of it is looked at in a millisecond; who deals with whom, and which of the
ways is taken, is drawn, the better ways mostly. No solver is asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import exp

from roster.engine.rotation.model import Flow

MOST_EACH = 100
"""Exchanges for each person at most: a third of a second for seven people, of whom most need twenty."""

HEAT, UNEVEN = 0.3, 0.02
"""
Days above the limits by which a way of dealing is taken a third as often, and what unevenness counts beside them.

The first of Kirkpatrick, Gelatt and Vecchi (Optimization by simulated annealing, 1983); it need not fall, for whoever
keeps the limits is done.
"""

MOST_PLACES = 2_000
"""Places on a morning that are looked on from, drawn where there are more: those of long circuits are some hundred."""

Turn = tuple[int, ...]
"""Duties that one person does once round the ring."""

Sums = tuple[int, ...]
"""What days come to, for each limit."""

_Place = tuple[tuple[int, int], Sums]
"""The states of two people on a morning, and what the days of the first have come to."""

_Way = tuple[_Place, int, int]
"""The morning before, and the duties of the two on that day."""


@dataclass(frozen=True, slots=True)
class Most:
    """The most that the days of one person in a calendar may come to; what each duty counts, and the limit."""

    worth: tuple[int, ...]
    limit: int

    def days_above(self, come_to: int) -> float:
        """By how many of the dearest days a sum is above the limit."""
        return max(0, come_to - self.limit) / max(1, *self.worth)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody's days once round the ring, and the states in which they begin and end it."""

    duties: Turn
    begun: int
    ended: int

    def with_days(self, days: range, duties: Iterable[int]) -> _Person:
        """Return these days with others for some of them."""
        return replace(self, duties=(*self.duties[: days.start], *duties, *self.duties[days.stop :]))


def exchanged(flow: Flow, turns: Sequence[Turn], days: range, limits: Sequence[Most]) -> list[Turn] | None:
    """
    Return turns round the ring that keep the limits of a calendar; None where no exchanges were found that do.

    Parameters
    ----------
    flow, turns : A type's flow, and the turns of its people in the order of one lawful circuit.
    days : The days of the ring that the calendar shows.
    limits : What each person's days in the calendar may come to.
    """
    people, draw = _people(flow, turns), random.Random(1)
    for _ in range(MOST_EACH * len(people)):
        above = [at for at, person in enumerate(people) if _above(limits, _sums(limits, person.duties, days))]
        if not above:
            return [person.duties for person in people]
        if len(people) == 1 or _too_much(limits, people, days):
            return None
        # Others deal, too, until there is somebody to take what one has too much of.
        one = draw.choice(above if draw.random() < 0.5 else range(len(people)))
        other = draw.choice([at for at in range(len(people)) if at != one])
        people[one], people[other] = _dealt(flow, (people[one], people[other]), (days, limits), draw)
    return None


def _too_much(limits: Sequence[Most], people: Sequence[_Person], days: range) -> bool:
    """Whether all together have more than all may have."""
    every = [_sums(limits, person.duties, days) for person in people]
    return any(sum(own[at] for own in every) > most.limit * len(people) for at, most in enumerate(limits))


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


def _sums(limits: Sequence[Most], duties: Turn, days: range) -> Sums:
    return tuple(sum(most.worth[duties[day]] for day in days) for most in limits)


def _above(limits: Sequence[Most], sums: Sums) -> float:
    return sum(most.days_above(come_to) for most, come_to in zip(limits, sums, strict=True))


def _dealt(
    flow: Flow, two: tuple[_Person, _Person], asked: tuple[range, Sequence[Most]], draw: random.Random
) -> tuple[_Person, _Person]:
    """Return two people with the days of a calendar dealt out between them in a way that is drawn."""
    days, limits = asked
    mornings = _mornings(flow, two, asked, draw)
    both = _both(limits, two, days)
    ends = [place for place in mornings[-1] if all(map(partial(_goes_on, flow, days), place[0], two))]
    if not ends:
        return two
    place = draw.choices(ends, [_liking(limits, sums, both) for _, sums in ends])[0]
    duties: list[tuple[int, int]] = []
    for ways in reversed(mornings[1:]):
        place, mine, theirs = draw.choice(ways[place])
        duties.append((mine, theirs))
    mine_then, theirs_then = zip(*reversed(duties), strict=True)
    return two[0].with_days(days, mine_then), two[1].with_days(days, theirs_then)


def _both(limits: Sequence[Most], two: Iterable[_Person], days: range) -> Sums:
    one, other = (_sums(limits, person.duties, days) for person in two)
    return tuple(mine + theirs for mine, theirs in zip(one, other, strict=True))


def _mornings(
    flow: Flow, two: tuple[_Person, _Person], asked: tuple[range, Sequence[Most]], draw: random.Random
) -> list[dict[_Place, list[_Way]]]:
    """Return where two people may be on each morning of the calendar and after it, with the ways that lead there."""
    days, limits = asked
    one, other = two
    begun = _state(flow, one, days.start), _state(flow, other, days.start)
    found: list[dict[_Place, list[_Way]]] = [{(begun, (0,) * len(limits)): []}]
    for day in days:
        steps = flow.graph.layer(day % len(flow.graph.steps))
        mine, theirs = one.duties[day], other.duties[day]
        reached: dict[_Place, list[_Way]] = {}
        places = list(found[-1])
        for place in draw.sample(places, min(len(places), MOST_PLACES)):
            (state, beside), sums = place
            for first, second in ((mine, theirs), (theirs, mine))[: 1 + (mine != theirs)]:
                after, then = steps[state].get(first), steps[beside].get(second)
                if after is not None and then is not None:
                    come_to = tuple(n + most.worth[first] for n, most in zip(sums, limits, strict=True))
                    reached.setdefault(((after[0], then[0]), come_to), []).append((place, first, second))
        found.append(reached)
    return found


def _state(flow: Flow, person: _Person, day: int) -> int:
    read = flow.graph.read(person.duties[:day], 0, person.begun)
    assert read is not None, "everybody's days are lawful"
    return read[0]


def _goes_on(flow: Flow, days: range, state: int, person: _Person) -> bool:
    """Whether somebody in a state after a calendar can go on as before."""
    read = flow.graph.read(person.duties[days.stop :], days.stop % len(flow.graph.steps), state)
    return read is not None and read[0] == person.ended


def _liking(limits: Sequence[Most], mine: Sums, both: Sums) -> float:
    """Return how often a way of dealing is taken: the less above the limits, and the more even, the oftener."""
    theirs = tuple(sum_ - own for sum_, own in zip(both, mine, strict=True))
    pairs = zip(limits, mine, theirs, strict=True)
    uneven = sum(((one - other) / max(1, *most.worth)) ** 2 for most, one, other in pairs)
    return exp(-(_above(limits, mine) + _above(limits, theirs) + UNEVEN * uneven) / HEAT)
