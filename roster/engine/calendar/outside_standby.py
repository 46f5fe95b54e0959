"""
Standby of days outside a stretch: who gives one up leaves it to somebody else, who takes one more.

Shares of standby tie a whole calendar together. Where at some minute of a day nothing but standby will do for a post,
so many of the people who may hold it are on standby from that day; and what one of them gives up on days outside
another takes on, at the price of a second change. Without this the bound of a stretch would be that of a calendar in
which standby disappears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roster.domain.horizon import judged_from, judged_until
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Post, Problem
from roster.engine.calendar.paths import DutyPath
from roster.engine.integer_program import Program, Terms

Surplus = dict[frozenset[str], tuple[int, ...]]
"""For people of some types, day by day, how many more of them are on standby than have to be."""


def surplus_of(problem: Problem, published: Roster) -> Surplus:
    """Return for each set of types that a post needs on standby how many are published beyond that, by day."""
    horizon, carried_in = published.horizon, bool(published.before) and all(published.before)
    present = {person.type for person in published.people}
    seats = [seat for use in published.seats for seat in problem.seats if seat.name == use.seat]
    taken = {name for seat in seats for name in seat.posts}
    wanted: dict[frozenset[str], list[int]] = {}
    for post in problem.posts:
        if not post.hard or post.name in taken:
            continue
        types, minutes = _standby_alone(problem, post, present)
        first = judged_from(problem, post, carried_in=carried_in)
        last = judged_until(problem, post, horizon.days)
        if types and minutes:
            most = wanted.setdefault(types, [0] * horizon.days)
            for day in range(horizon.days):
                judged = any(first <= day * DAY + minute < last for minute in minutes)
                if judged and horizon.needs(post.days, day):
                    most[day] = max(most[day], post.people)
    return {
        types: tuple(_on_standby(published, types, day) - least for day, least in enumerate(days))
        for types, days in wanted.items()
    }


def _standby_alone(problem: Problem, post: Post, present: set[str]) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return who may hold a post, and minutes at which only standby that begins on its day will do."""
    able = [staff for staff in problem.types if staff.name in present and problem.is_eligible(staff, post)]
    holding = [
        (begin + step * DAY, end + step * DAY, step == 0 and not part.on_site)
        for staff in able
        for duty in problem.duties(staff)
        for part in duty.parts
        if problem.suits(duty, part, post)
        for begin, end in part.stretches
        for step in (-1, 0, 1)
    ]
    edges = {post.start, *(edge for begin, end, _ in holding for edge in (begin, end))}
    minutes = tuple(
        minute
        for minute in sorted(edges)
        if post.start <= minute < post.end
        and all(standby for begin, end, standby in holding if begin <= minute < end)
    )
    return frozenset(staff.name for staff in able), minutes


def _on_standby(published: Roster, types: frozenset[str], day: int) -> int:
    everybody = zip(published.people, published.duties, strict=True)
    return sum(row[day].standby is not None for person, row in everybody if person.type in types)


def tie_standby(
    program: Program, walks: Sequence[DutyPath], surplus: Iterable[tuple[frozenset[str], int]]
) -> tuple[int, ...]:
    """
    Add that standby given up outside is taken on by somebody, or stays empty; return what counts the empty ones.

    Parameters
    ----------
    program, walks : What gets the rows, and everybody's path in it.
    surplus : For people of some types how many more are on standby on the days outside than have to be.
    """
    empty = []
    for types, left in surplus:
        terms: Terms = []
        for walk in (walk for walk in walks if walk.person.type in types and walk.elsewhere is not None):
            if walk.traded is None:
                terms.append((walk.elsewhere or 0, 1))
            else:
                given, taken = walk.traded
                terms += [(given, -1), (taken, 1)]
        if terms:
            missing = program.variable(0, max(program.upper[given] for given, _ in terms) * len(walks))
            empty.append(missing)
            program.at_least([*terms, (missing, 1)], -left, "standby outside")
    return tuple(empty)
