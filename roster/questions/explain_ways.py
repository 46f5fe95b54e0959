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
from roster.problem import DAY, Goal, Problem, StaffType
from roster.questions.conflict import Conflict
from roster.questions.explain_abilities import more_shifts, skills
from roster.questions.explain_elements import Element
from roster.questions.explain_limits import first_that, ladders
from roster.questions.explain_seats import offers
from roster.questions.explain_words import (
    hour_text,
    listed,
    post_names,
    type_names,
    weekday_clock,
)
from roster.questions.explain_world import (
    World,
    changed,
    holds,
    limit_of,
    with_numbers,
    with_rule,
    with_types,
)
from roster.questions.precheck import hopeless, precheck
from roster.rules import Rule, hours

EACH_SECONDS = 3.0
MOST_POSTS = 8
MOST_STRETCHES = 7
HALF_HOUR = 30
LONGEST_WEEK = 60 * 60

KINDS = ("limit", "shift", "skill", "soft", "hire", "seat")


@dataclass(frozen=True)
class WayOut:
    """
    A change after which it can be held.

    Parameters
    ----------
    kind
        `hire`, `seat`, `skill`, `shift`, `soft` or `limit`.
    cost
        What it costs more a month, None where the scenario names no price.
    headcount
        People it then takes; None where that was not proven in time.
    world
        The question with the change in it; None where the change is only told.
    law
        Whether it asks for another limit than the law's.
    """

    kind: str
    sentence: str
    cost: int | None
    headcount: int | None
    world: World | None
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
        if soon.seconds_left <= 0 or hopeless(precheck(world.problem, *limit_of(world))):
            return False
        return holds(world, soon) is True

    def of(self, kind: str) -> list[Element]:
        """Return the conflict's elements of a kind."""
        return [one for one in self.conflict.elements if one.kind == kind]


def ways_out(world: World, conflict: Conflict, search: Search) -> tuple[WayOut, ...]:
    """Return the ways out of a conflict over an ordinary week that were found in time, the cheapest first."""
    seeker = Seeker(world, conflict, search)
    kinds: list[Callable[[Seeker], Iterator[WayOut]]] = [_hires, _softer, _limits, _seats, _abilities]
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
        stretches = [_stretch(start, end) for start, end in _joined(gaps)]
        more = tr("explain.and_more", number=len(stretches) - MOST_STRETCHES)
        when = listed([*stretches[:MOST_STRETCHES], *([more] if len(stretches) > MOST_STRETCHES else [])])
        words = {"post": post_names(problem, [name]), "hours": hours(minutes), "when": when}
        soft = tuple(replace(p, hard=False, price=1) if p.name == name else p for p in problem.posts)
        other = replace(world, problem=changed(problem, posts=soft))
        yield WayOut("soft", tr("explain.way_soft", **words), None, _headcount(world), other)


def _joined(gaps: list[tuple[str, int, int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for _, start, end, _ in sorted(gaps, key=lambda gap: gap[1]):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _stretch(start: int, end: int) -> str:
    """Return a stretch of the week, its last day too where it is longer than a day."""
    return f"{weekday_clock(start)}-{hour_text(end) if end - start <= DAY else weekday_clock(end)}"


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
    # The contract first: the rest of the scenario may well be written for it.
    tried = [minutes for minutes in (staff.weekly_minutes, LONGEST_WEEK) if minutes >= first]
    high = next((minutes for minutes in tried if seeker.works(_working(seeker.world, one, minutes))), 0)
    if not high:
        return
    low = first if high == tried[0] else tried[0] + HALF_HOUR
    while low < high:
        middle = max(low, (low + high) // 2 // HALF_HOUR * HALF_HOUR)
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


def _abilities(seeker: Seeker) -> Iterator[WayOut]:
    """Yield second skills, and shifts that people do not do yet."""
    for sentence, other in (*skills(seeker), *more_shifts(seeker)):
        kind = (
            "shift"
            if len(other.problem.shifts) > len(seeker.problem.shifts) or _same_skills(seeker, other)
            else "skill"
        )
        yield WayOut(kind, sentence, None, _headcount(other), other)


def _same_skills(seeker: Seeker, other: World) -> bool:
    pairs = zip(seeker.problem.types, other.problem.types, strict=True)
    return all(one.skills == two.skills for one, two in pairs)
