"""
What one change on the days outside a stretch can do: which states it leads to, and whether somebody else must change.

Whoever comes into a stretch otherwise than published has changed a day before it. Where every way of doing so with one
change gives up a duty that nobody is to spare for, somebody else has changed a day outside as well: without that, the
bound of a stretch would be that of a calendar in which posts outside hold themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from roster.domain.outcome import Roster
from roster.domain.problem import Problem
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import Eased, Helpers, PersonDays, Ways
from roster.engine.cover import Needs, Presence, TimePiece, pieces
from roster.engine.integer_program import Program, summed

Duties = frozenset[tuple[str, int]]
"""Duties of one day: the type, and the number among its duties."""
Tight = tuple[tuple[Duties, Helpers], ...]
"""Of a day, duties of which as many are published as have to be, and who can do them."""
MOST_POSTS = 8
"""Posts at once up to which every set of them is looked at; beyond, each by itself."""


@dataclass(frozen=True, slots=True)
class TightDays:
    """For each day what nobody is to spare for, held by that day and those before alone, and by it and those after."""

    before: Mapping[int, Tight]
    after: Mapping[int, Tight]


def tight_days(problem: Problem, published: Roster, people: Sequence[PersonDays]) -> TightDays:
    """
    Return what nobody is to spare for on the days of a roster.

    Parameters
    ----------
    problem, published, people : The scenario, the roster, and what each person's days go through.
    """
    carried_in = bool(published.before) and all(published.before)
    duties = {course.person.type: course.graph.duties for course in people}
    used = {use.seat for use in published.seats}
    seated = {name for seat in problem.seats if seat.name in used for name in seat.posts}
    posts = [post for post in problem.posts if post.hard and post.name not in seated]
    there = Counter[Presence](
        (course.person.type, day, number)
        for course in people
        for day, duty in enumerate(course.wanted)
        if (number := course.number.get(duty)) is not None
    )
    before: dict[int, set[tuple[Duties, Helpers]]] = defaultdict(set)
    after: dict[int, set[tuple[Duties, Helpers]]] = defaultdict(set)
    for piece in pieces(Needs(problem, published.horizon, duties, posts, carried_in)):
        for who in _tight(problem, piece, there):
            days, helpers = {day for _, day, _ in who}, tuple(sorted({name for name, *_ in who}))
            for day, found in ((max(days), before), (min(days), after)):
                found[day].add((frozenset((name, number) for name, on, number in who if on == day), helpers))
    return TightDays(*({day: _ranked(each) for day, each in found.items()} for found in (before, after)))


def _ranked(found: Collection[tuple[Duties, Helpers]]) -> Tight:
    """Return what is tight in order, the fewest who can help first: of several, the first says most."""
    return tuple(sorted(found, key=lambda each: (len(each[1]), each[1], sorted(each[0]))))


def _tight(
    problem: Problem, piece: TimePiece, there: Mapping[Presence, int]
) -> Iterator[frozenset[Presence]]:
    """Yield for each set of posts of a piece of time that needs everybody published for it all who could hold them."""
    names = sorted(piece.needed)
    sizes = range(1, len(names) + 1) if len(names) <= MOST_POSTS else (1,)
    for chosen in (chosen for size in sizes for chosen in combinations(names, size)):
        who = frozenset(
            one for can, group in piece.groups.items() if not can.isdisjoint(chosen) for one in group
        )
        people = [(piece.needed[name][0], problem.post[name].load) for name in chosen]
        # One person holds posts of at most 100 % together, and each of them once.
        least = max(*(number for number, _ in people), -(-sum(n * load for n, load in people) // 100))
        if who and sum(there[one] for one in who) == least:
            yield who


def eased_into(course: PersonDays, states: Sequence[int], tight: TightDays) -> tuple[Eased, ...]:
    """
    Return for each day, and the one after the last, the states before it that one change on days before leads to.

    Parameters
    ----------
    course, states : A person's days, and the states before each as they are published.
    tight : What nobody is to spare for.
    """
    found: list[dict[int, Helpers]] = [{}]
    for day in range(course.horizon.days):
        layer, kept, after = course.layer(day), course.number[course.wanted[day]], dict[int, Helpers]()
        for state, helpers in found[-1].items():
            if kept in layer[state]:
                _add(after, layer[state][kept][0], helpers)
        for duty, (state, _) in layer[states[day]].items():
            if duty != kept and duty in course.choices[day]:
                _add(after, state, _helpers(course, tight.before.get(day, ()), kept, duty))
        found.append(after)
    return tuple(found)


def eased_onward(
    course: PersonDays, onward: Sequence[Collection[int]], tight: TightDays
) -> tuple[Eased, ...]:
    """
    Return for each day the states before it from which one change leads on to what is published.

    Parameters
    ----------
    course, onward : A person's days, and the states before each from which what is published may follow.
    tight : What nobody is to spare for.
    """
    last, found = course.horizon.days - 1, [dict[int, Helpers]()]
    for day in reversed(range(course.horizon.days)):
        layer, kept, before = course.layer(day), course.number[course.wanted[day]], dict[int, Helpers]()
        others = {
            duty: _helpers(course, tight.after.get(day, ()), kept, duty)
            for duty in course.choices[day] - {kept}
        }
        later, well = found[-1], set(onward[day + 1]) if day < last else None
        for state, steps in enumerate(layer):
            if state in onward[day]:
                continue
            for duty, (after, _) in steps.items():
                if duty == kept and after in later:
                    _add(before, state, later[after])
                elif duty in others and (well is None or after in well):
                    _add(before, state, others[duty])
        found.append(before)
    return tuple(reversed(found))


def _helpers(course: PersonDays, tight: Tight, kept: int, given: int) -> Helpers:
    """Return who has to change as well where somebody has another duty than the published one."""
    name = course.person.type
    return next((who for duties, who in tight if (name, kept) in duties and (name, given) not in duties), ())


def _add(found: dict[int, Helpers], state: int, helpers: Helpers) -> None:
    """Add a way to a state: the best is one that does by itself, else whoever helps in any of them may."""
    known = found.get(state)
    if known is None:
        found[state] = helpers
    elif known != helpers:
        found[state] = tuple(sorted({*known, *helpers})) if known and helpers else ()


def joined(every: Sequence[Ways]) -> Ways:
    """
    Return how some days may be come into, and gone on from, in any of several ways.

    Parameters
    ----------
    every : The ways.
    """
    into, onward = dict[int, Helpers](), dict[int, Helpers]()
    for each in every:
        for found, eased in ((into, each.eased_into), (onward, each.eased_onward)):
            for state, helpers in eased.items():
                _add(found, state, helpers)
    return Ways(
        frozenset[int]().union(*(each.entered for each in every)),
        frozenset[int]().union(*(each.onward for each in every)),
        into,
        onward,
        max(each.minutes for each in every),
        max(each.standbys for each in every),
    )


def tie_changes(program: Program, walks: Sequence[DutyPath]) -> tuple[int, ...]:
    """
    Add that somebody else changes a day where one change alone gives up what nobody is to spare for.

    Or whoever it is changes another, too: there may be a way with two changes that gives nothing up. What is returned
    counts the posts that stay empty in place of that.

    Parameters
    ----------
    program, walks : What gets the rows, and everybody's path in it.
    """
    empty = []
    for walk in (walk for walk in walks if walk.elsewhere is not None):
        for helpers in walk.helped:
            arcs = [arc for who, each in walk.helped.items() if set(who) <= set(helpers) for arc in each]
            those = [
                (other.elsewhere, 1)
                for other in walks
                if other.elsewhere is not None and (other is walk or other.person.type in helpers)
            ]
            missing = program.variable(0, 2)
            empty.append(missing)
            needed = [(arc, -factor) for arc, factor in (*walk.moved, *((arc, 1) for arc in arcs))]
            program.at_least(summed([*those, (missing, 1), *needed]), 0, f"helped {walk.person.name}")
    return tuple(empty)
