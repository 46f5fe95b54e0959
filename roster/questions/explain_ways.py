"""
Ways out of a conflict, each the cheapest of its kind and each solved: every one of them was found to hold.

One person more, a vendor seat, a second skill, a post that may stay empty for some hours, a limit made looser.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace

from roster.engine.conflict import least_empty, mix
from roster.engine.solver import Search
from roster.language import tr
from roster.problem import Goal, Problem, Role, StaffType
from roster.questions.conflict import Conflict
from roster.questions.explain_elements import Element
from roster.questions.explain_limits import first_that, ladders
from roster.questions.explain_seats import offers
from roster.questions.explain_words import (
    hour_text,
    listed,
    post_names,
    role_names,
    type_names,
    weekday_clock,
)
from roster.questions.explain_world import (
    World,
    changed,
    holds,
    with_numbers,
    with_rule,
    with_skill,
    with_types,
)
from roster.rules import Rule, hours

EACH_SECONDS = 3.0
MOST_POSTS = 8
MOST_SKILLS = 3
HALF_HOUR = 30
LONGEST_WEEK = 60 * 60

KINDS = ("limit", "skill", "soft", "hire", "seat")


@dataclass(frozen=True)
class WayOut:
    """
    A change after which it can be held.

    Parameters
    ----------
    kind
        `hire`, `seat`, `skill`, `soft` or `limit`.
    cost
        What it costs more a month, None where the scenario names no price.
    headcount
        People it then takes; None where that was not proven in time.
    world
        The question with the change in it.
    law
        Whether it asks for another limit than the law's.
    """

    kind: str
    sentence: str
    cost: int | None
    headcount: int | None
    world: World
    law: bool = False
    where: str = ""


class Seeker:
    """What the kinds of ways share: the question, its conflict, and a solver with a deadline."""

    def __init__(self, world: World, conflict: Conflict, search: Search) -> None:
        self.world, self.conflict, self.search = world, conflict, search

    @property
    def problem(self) -> Problem:
        """The problem as it was asked."""
        return self.world.problem

    def works(self, world: World) -> bool:
        """Whether a changed question is found to hold in time."""
        soon = replace(self.search, deadline=min(self.search.deadline, time.monotonic() + EACH_SECONDS))
        return soon.seconds_left > 0 and holds(world, soon) is True

    def of(self, kind: str) -> list[Element]:
        """Return the conflict's elements of a kind."""
        return [one for one in self.conflict.elements if one.kind == kind]


def ways_out(world: World, conflict: Conflict, search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a conflict over an ordinary week that were found in time, the cheapest first."""
    seeker = Seeker(world, conflict, search)
    kinds: list[Callable[[Seeker], Iterator[WayOut]]] = [_hires, _softer, _limits, _seats, _skills]
    with ThreadPoolExecutor(2) as threads:
        # The solvers let go of the interpreter, so two kinds are sought at a time.
        asked = [threads.submit(copy_context().run, _listed, kind, seeker) for kind in kinds]
        found = [way for one in asked for way in one.result()]
    return tuple(sorted(found, key=lambda way: (way.law, way.cost or 0, KINDS.index(way.kind))))


def _listed(kind: Callable[[Seeker], Iterator[WayOut]], seeker: Seeker) -> list[WayOut]:
    return list(kind(seeker))


def _hires(seeker: Seeker) -> Iterator[WayOut]:
    """Yield one person more: of the cheapest type that helps, or as many in all as it takes."""
    world, problem = seeker.world, seeker.problem
    if not seeker.of("people") and not seeker.of("budget"):
        return
    limited = [problem.type[one.names[0]] for one in seeker.of("people") if one.names]
    for staff in sorted(limited, key=lambda staff: staff.cost):
        more = with_numbers({staff.name: (staff.minimum, staff.maximum + 1)})(world)
        if world.cap is not None and _counts(world, staff):
            more = replace(more, cap=replace(world.cap, most=world.cap.most + 1))
        if seeker.works(more):
            words = {"type": type_names(problem, [staff.name]), "people": staff.maximum + 1}
            money = tr("explain.a_month", currency=problem.currency, amount=f"{staff.cost:,}")
            sentence = tr("explain.way_hire", money=money, **words)
            yield WayOut("hire", sentence, staff.cost, _headcount(more), more)
            return
    yield from _cheapest_mix(seeker, limited)


def _counts(world: World, staff: StaffType) -> bool:
    assert world.cap is not None
    return world.cap.goal is not Goal.IN_HOUSE or not world.problem.is_vendor(staff)


def _headcount(world: World) -> int | None:
    return world.cap.most if world.cap is not None and world.cap.goal is not Goal.COST else None


def _cheapest_mix(seeker: Seeker, limited: list[StaffType]) -> Iterator[WayOut]:
    """Yield the fewest people in all, where the limits on their number go; with the mix that costs least."""
    world, problem = seeker.world, seeker.problem
    free = world
    for staff in limited:
        free = with_numbers({staff.name: (staff.minimum, 1000)})(free)
    found = mix(free.problem, seeker.search)
    if found is None:
        return
    people, by_type = found
    names = [name for name, number in by_type.items() if number]
    shown = listed(f"{type_names(problem, [name])} {by_type[name]}" for name in names)
    before = world.cap.most if world.cap is not None and world.cap.goal is not Goal.COST else None
    added = sum(max(0, by_type[staff.name] - staff.maximum) * staff.cost for staff in limited) or (
        people - (before or people)
    ) * min((problem.type[name].cost for name in names), default=0)
    money = tr("explain.a_month", currency=problem.currency, amount=f"{added:,}")
    key = "explain.way_mix" if before is None else "explain.way_more"
    sentence = tr(key, more=people - (before or 0), people=people, mix=shown, money=money)
    most = {name: (staff.minimum, max(staff.maximum, by_type[name])) for name, staff in problem.type.items()}
    enough = with_numbers(most)(world)
    if world.cap is not None:
        enough = replace(enough, cap=replace(world.cap, most=max(world.cap.most, people)))
    yield WayOut("hire", sentence, added, people, enough)


def _softer(seeker: Seeker) -> Iterator[WayOut]:
    """Yield the posts that could stay empty at times so that all else is held; those of the fewest hours first."""
    world, problem = seeker.world, seeker.problem
    posts = [one.names[0] for one in seeker.of("post")][-MOST_POSTS:]
    soon = replace(seeker.search, deadline=min(seeker.search.deadline, time.monotonic() + EACH_SECONDS))
    found = []
    for name, gaps in zip(posts, least_empty(problem, world.cap, posts, soon), strict=True):
        if gaps:
            minutes = sum((end - start) * people for _, start, end, people in gaps)
            found.append((problem.post[name].priority, minutes, name, gaps))
    for _, minutes, name, gaps in sorted(found, key=lambda one: (-one[0], one[1]))[:2]:
        when = listed(f"{weekday_clock(start)}-{hour_text(end)}" for start, end in _joined(gaps))
        words = {"post": post_names(problem, [name]), "hours": hours(minutes), "when": when}
        soft = tuple(replace(p, hard=False, price=1) if p.name == name else p for p in problem.posts)
        other = replace(world, problem=changed(problem, posts=soft))
        yield WayOut("soft", tr("explain.way_soft", **words), None, _headcount(world), other)


def _joined(gaps: list[tuple[str, int, int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for _, start, end, _ in sorted(gaps, key=lambda gap: gap[1]):
        if found and found[-1][1] == start and start % 1440:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _limits(seeker: Seeker) -> Iterator[WayOut]:
    """Yield each limit of the conflict made just loose enough."""
    world = seeker.world
    for one in seeker.of("rule"):
        if one.rule is None:
            continue
        for ladder in ladders(one.rule):
            enough = first_that(ladder, lambda rule, one=one: seeker.works(_swapped(world, one, rule)))  # type: ignore[misc]
            if enough is not None:
                yield _limit(seeker, one, one.rule.sentence, enough.sentence, _swapped(world, one, enough))
    for one in seeker.of("hours"):
        yield from _longer_hours(seeker, one)


def _swapped(world: World, one: Element, rule: Rule) -> World:
    assert one.rule is not None
    return with_rule(one.rule, rule, one.names)(world)


def _limit(seeker: Seeker, one: Element, before: str, after: str, other: World) -> WayOut:
    names = "" if len(one.names) == len(seeker.problem.types) else type_names(seeker.problem, one.names)
    key = "explain.way_limit" + ("_of" if names else "") + ("_law" if one.law else "")
    source = one.rule.source if one.rule is not None and one.rule.source else one.where
    sentence = tr(key, types=names, before=before, after=after, source=source)
    return WayOut("limit", sentence, 0, _headcount(seeker.world), other, one.law, one.where)


def _longer_hours(seeker: Seeker, one: Element) -> Iterator[WayOut]:
    """Yield the least more hours a week that help, to the half hour."""
    staff = seeker.problem.type[one.names[0]]
    first = -(-(staff.net_minutes + 1) // HALF_HOUR) * HALF_HOUR
    low, high = first, LONGEST_WEEK
    if not seeker.works(_working(seeker.world, one, high)):
        return
    while low < high:
        middle = (low + high) // 2 // HALF_HOUR * HALF_HOUR
        if seeker.works(_working(seeker.world, one, middle)):
            high = middle
        else:
            low = middle + HALF_HOUR
    before = tr("explain.hours_each", hours=hours(staff.net_minutes))
    key = "explain.hours_above" if high > staff.weekly_minutes else "explain.hours_each"
    after = tr(key, hours=hours(high), weekly=hours(staff.weekly_minutes))
    way = _limit(seeker, replace(one, law=one.law), before, after, _working(seeker.world, one, high))
    yield way


def _working(world: World, one: Element, minutes: int) -> World:
    return with_types(
        world,
        one.names,
        lambda staff: replace(staff, net_minutes=minutes, weekly_minutes=max(staff.weekly_minutes, minutes)),
    )


def _seats(seeker: Seeker) -> Iterator[WayOut]:
    """Yield the vendor seat of the fewest hours that helps."""
    world, problem = seeker.world, seeker.problem
    posts = [one.names[0] for one in seeker.of("post")]
    for offer in offers(problem, posts):
        other = replace(world, problem=offer.problem)
        if seeker.works(other):
            words = {
                "post": post_names(problem, [offer.post]),
                "when": offer.when,
                "hours": hours(offer.minutes),
            }
            if offer.cost is None:
                sentence = tr("explain.way_seat", **words)
            else:
                money = tr("explain.a_month", currency=problem.currency, amount=f"{offer.cost:,}")
                sentence = tr("explain.way_seat_price", money=money, **words)
            yield WayOut("seat", sentence, offer.cost, _headcount(world), other)
            return


def _skills(seeker: Seeker) -> Iterator[WayOut]:
    """Yield the types that with one more role would let it hold, the cheapest people first."""
    problem, found = seeker.problem, 0
    for one in seeker.of("skill"):
        role = one.names[0]
        for staff in sorted(problem.types, key=lambda staff: staff.cost):
            if role in staff.skills or not may_learn(problem, staff, role) or found >= MOST_SKILLS:
                continue
            other = with_skill(role, [staff.name])(seeker.world)
            if seeker.works(other):
                found += 1
                words = {"type": type_names(problem, [staff.name]), "role": role_names(problem, [role])}
                yield WayOut("skill", tr("explain.way_skill", **words), None, _headcount(seeker.world), other)
                break


def may_learn(problem: Problem, staff: StaffType, role: str) -> bool:
    """Whether people of a type may have one more role: neither exclusive nor incompatible, nor kept in-house."""
    roles = {each.name: each for each in problem.roles}
    wanted = roles.get(role, Role(role))
    have = [roles.get(name, Role(name)) for name in staff.skills]
    apart = any(role in each.incompatible or each.name in wanted.incompatible for each in have)
    alone = wanted.exclusive or any(each.exclusive for each in have)
    return not apart and not (alone and have) and not (wanted.in_house and problem.is_vendor(staff))
