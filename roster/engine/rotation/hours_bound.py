"""
Lower bounds that anybody can redo: hours wanted against hours supplied, over every set of posts.

Each set of posts wants so many hours a week on site, which only the types able to hold one of them can supply. A
person supplies at most the net hours, on average: a week may have a shift more where another has one less. The fewest
people whom no set of posts contradicts is a bound on every roster that goes on for ever; it is found as a program of a
few variables, and said in words wherever one sum, or a few sums over different people, reach it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, lcm

from roster.domain.horizon import days_a_week, seat_week_minutes
from roster.domain.outcome import Status
from roster.domain.problem import Goal, Post, Problem, StaffType
from roster.domain.rules import hours
from roster.engine.integer_program import Program, Terms
from roster.engine.solvers.mip import minimise
from roster.engine.solvers.search import Search
from roster.language import counted, tr

SUMS_SECONDS = 2.0
"""Wall time that the sums get in any case."""

MANY_GROUPS = 9
"""Up to so many groups of posts, every set of groups is tried; beyond, single ones, pairs and all together."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A set of posts, the minutes a week it wants on site, and who can hold any of it."""

    posts: tuple[str, ...]
    minutes: int
    able: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sums:
    """The bound by arithmetic: the fewest people, and the sentence that says why."""

    bound: int
    reason: str


def weekly_minutes(post: Post) -> int:
    """Attention that an on-site post wants in an ordinary week, in minutes of one person."""
    return days_a_week(post.days) * post.length * post.people * post.load // 100


def demands(problem: Problem) -> list[Demand]:
    """Return the sets of on-site posts worth a sum: posts that the same people can hold always go together."""
    groups: dict[frozenset[str], list[Post]] = {}
    for post in problem.posts:
        if post.on_site and post.hard:
            able = frozenset(staff.name for staff in problem.types if problem.is_eligible(staff, post))
            groups.setdefault(able, []).append(post)
    found: dict[frozenset[str], Demand] = {}
    for chosen in sets_of(list(groups)):
        able = frozenset().union(*chosen)
        posts = [post for can, group in groups.items() if can <= able for post in group]
        found[able] = Demand(tuple(post.name for post in posts), sum(map(weekly_minutes, posts)), able)
    return list(found.values())


def sets_of(groups: Sequence[frozenset[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield the sets of groups worth a sum; see `MANY_GROUPS`."""
    sizes = range(1, len(groups) + 1) if len(groups) <= MANY_GROUPS else (1, 2, len(groups))
    for size in sizes:
        yield from combinations(groups, size)


def seat_minutes(problem: Problem, seat_name: str) -> int:
    """Minutes a week that one vendor seat takes off its post, as attention of one person."""
    seat = next(seat for seat in problem.seats if seat.name == seat_name)
    post = problem.post[seat.post]
    return seat_week_minutes(post, seat) * post.load // 100


def supply(problem: Problem, staff: StaffType) -> Fraction | None:
    """
    Return the most minutes of presence a week that one person of a type supplies on site, on average.

    None where presence costs no working time, and sums say nothing.
    """
    shifts = [problem.shift[name] for name in staff.shifts if problem.shift[name].on_site]
    if any(shift.work_minutes == 0 for shift in shifts):
        return None
    ratio = max((Fraction(shift.minutes, shift.work_minutes) for shift in shifts), default=Fraction(0))
    return staff.net_minutes * ratio


def work_in(able: Iterable[StaffType], rate: Fraction) -> str:
    """Return in words how much of the most presence of people of some types is work; nothing where all is."""
    work = max((staff.net_minutes for staff in able), default=0)
    return "" if work >= rate else tr("engine.of_it_work", hours=hours(work))


def sums_of(problem: Problem, search: Search) -> Sums | None:
    """Return the bound that sums of hours give; None where they show that nothing can hold the posts."""
    if problem.goal is Goal.COST:
        return Sums(0, "")
    count_all = problem.goal is Goal.PEOPLE
    weights = {staff.name: int(count_all or not problem.is_vendor(staff)) for staff in problem.types}
    # The sums are a matter of milliseconds, so even a question out of time hears what they say.
    enough = max(search.deadline, time.monotonic() + SUMS_SECONDS)
    return by_arithmetic(problem, weights, replace(search, deadline=enough))


def by_arithmetic(problem: Problem, weights: dict[str, int], search: Search) -> Sums | None:
    """
    Return the least weighted number of people that no sum contradicts.

    Parameters
    ----------
    problem : The scenario.
    weights : What one person of each type counts: 1 for in-house people, 0 for a vendor's, or the other way the goal
        says.
    search : Its deadline is kept.

    Returns
    -------
    None where no number of people would do; 0 where the sums say nothing, because presence costs no working time or
    time ran out.
    """
    supplies = {staff.name: supply(problem, staff) for staff in problem.types}
    wanted = demands(problem)
    known = {name: found for name, found in supplies.items() if found is not None}
    if len(known) < len(supplies) or not wanted:
        return Sums(sum(staff.minimum * weights[staff.name] for staff in problem.types), "")
    program = Program()
    people = {staff.name: program.variable(staff.minimum, staff.maximum) for staff in problem.types}
    seats = {seat.name: program.variable(0, seat.maximum) for seat in problem.seats}
    for demand in wanted:
        scale = lcm(*(known[name].denominator for name in demand.able))
        terms = [(people[name], int(known[name] * scale)) for name in demand.able]
        terms += [
            (seats[seat.name], seat_minutes(problem, seat.name) * scale)
            for seat in problem.seats
            if seat.post in demand.posts
        ]
        program.at_least(terms, demand.minutes * scale, "demand")
    objective: Terms = [(people[name], weights[name]) for name in people if weights[name]]
    solved = minimise(program, objective, search)
    if solved.status is Status.INFEASIBLE:
        return None
    if solved.bound is None:
        return Sums(0, "")
    return Sums(solved.bound, _reason(problem, wanted, known, weights, solved.bound))


def _reason(
    problem: Problem, wanted: list[Demand], known: dict[str, Fraction], weights: dict[str, int], bound: int
) -> str:
    """Say why in words: one set of posts, or sets that share nobody, wherever their sums reach the bound."""
    told = [
        (demand.able, *_one_sum(problem, demand, known))
        for demand in wanted
        if all(weights[name] == 1 for name in demand.able) and not _has_seat(problem, demand)
    ]
    best = _disjoint(told, bound)
    if best is not None:
        text = " ".join(sentence for _, _, sentence in best)
        return text if len(best) == 1 else f"{text} {tr('engine.together', people=bound)}"
    everything = max(wanted, key=lambda demand: len(demand.able))
    bought = any(seat.maximum for seat in problem.seats) or any(
        problem.is_vendor(staff) and staff.maximum for staff in problem.types
    )
    key = "engine.no_mix_bought" if bought else "engine.no_mix"
    return tr(key, fewer=bound - 1, hours=hours(everything.minutes))


def _has_seat(problem: Problem, demand: Demand) -> bool:
    return any(seat.maximum and seat.post in demand.posts for seat in problem.seats)


def _one_sum(problem: Problem, demand: Demand, known: dict[str, Fraction]) -> tuple[int, str]:
    rate = max((known[name] for name in demand.able), default=Fraction(0))
    people = ceil(demand.minutes / rate) if rate else 0
    roles = sorted({role for name in demand.posts for role in problem.post[name].roles})
    titles = {role.name: role.called for role in problem.roles}
    called = dict.fromkeys(titles.get(role, role) for role in roles)
    return people, counted(
        "engine.sum",
        people,
        roles=tr("engine.and").join(called),
        hours=hours(demand.minutes),
        supply=hours(floor(rate)),
        work=work_in((problem.type[name] for name in demand.able if known[name] == rate), rate),
        people=people,
    )


def _disjoint(
    told: list[tuple[frozenset[str], int, str]], bound: int
) -> list[tuple[frozenset[str], int, str]] | None:
    """Return the fewest sums, over people who have nothing in common, that add up to the bound."""
    largest = sorted(told, key=lambda one: -one[1])
    for size in range(1, min(4, len(told)) + 1):
        if (found := _apart(largest, size, bound)) is not None:
            return found
    return None


def _apart(
    left: list[tuple[frozenset[str], int, str]], size: int, bound: int
) -> list[tuple[frozenset[str], int, str]] | None:
    """Choose so many of some sums, the largest first, that share nobody and add up to a bound."""
    for place, one in enumerate(left):
        able, people, _ = one
        if people * size < bound:
            return None
        if size == 1:
            return [one]
        others = [other for other in left[place + 1 :] if other[0].isdisjoint(able)]
        if (found := _apart(others, size - 1, bound - people)) is not None:
            return [one, *found]
    return None
