"""
Ways out of a conflict, each the cheapest of its kind and each solved: every one of them was found to hold.

One person more, a vendor seat, a second skill, a post that may stay empty for some hours, a limit made looser.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace

from roster.engine.conflict import Emptying, mix, refused
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
    Change,
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
MOST_HOURS = 3
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
    """What one kind of ways needs: the question, its conflict, and a solver with a deadline."""

    def __init__(self, world: World, conflict: Conflict, search: Search) -> None:
        self.world, self.conflict, self.search = world, conflict, search
        self.undecided = False
        """Whether time ran out on something that was tried."""

    @property
    def problem(self) -> Problem:
        """The problem as it was asked."""
        return self.world.problem

    @property
    def soon(self) -> Search:
        """The solver for one thing to be tried."""
        deadline = min(self.search.deadline, time.monotonic() + EACH_SECONDS)
        return replace(self.search, deadline=deadline)

    def refuses(self, change: Change, *, wholly: bool = False) -> bool:
        """
        Whether it is quickly seen that a change does not help, or there is no time left for it.

        Where it does not help the conflict alone, which asks for less, it does not help at all; `wholly` asks all.
        """
        world = change(self.world)
        if hopeless(precheck(world.problem, *limit_of(world))):
            return True
        if self.search.seconds_left <= 0:
            self.undecided = True
            return True
        asked = [change(self.conflict.world), *([world] if wholly else [])]
        return any(refused(one.problem, one.cap, self.soon) for one in asked)

    def works(self, change: Change) -> bool:
        """Whether a change is found to help in time."""
        if self.refuses(change):
            return False
        answer = holds(change(self.world), self.soon)
        self.undecided |= answer is None
        return answer is True

    def of(self, kind: str) -> list[Element]:
        """Return the conflict's elements of a kind."""
        return [one for one in self.conflict.elements if one.kind == kind]


def ways_out(world: World, conflict: Conflict, search: Search) -> tuple[tuple[WayOut, ...], tuple[str, ...]]:
    """Return the ways out of a conflict over an ordinary week, the cheapest first; and kinds not decided in time."""
    kinds: dict[str, Callable[[Seeker], Iterator[WayOut]]] = {
        "hire": _hires,
        "seat": _seats,
        "soft": _softer,
        "limit": _limits,
        "skill": _second_skills,
        "shift": _shifts,
    }
    with ThreadPoolExecutor(2) as threads:
        # The solvers let go of the interpreter, so two kinds are sought at a time.
        seekers = {kind: Seeker(world, conflict, search) for kind in kinds}
        asked = {
            kind: threads.submit(copy_context().run, _listed, seek, seekers[kind])
            for kind, seek in kinds.items()
        }
        found = {kind: one.result() for kind, one in asked.items()}
    ways = [way for some in found.values() for way in some]
    open_ = tuple(kind for kind in kinds if seekers[kind].undecided and not found[kind])
    return tuple(sorted(ways, key=lambda way: (way.law, way.cost or 0, KINDS.index(way.kind)))), open_


def _listed(kind: Callable[[Seeker], Iterator[WayOut]], seeker: Seeker) -> list[WayOut]:
    return list(kind(seeker))


def _hires(seeker: Seeker) -> Iterator[WayOut]:
    """Yield one person more: of the cheapest type that helps, or as many in all as it takes."""
    world, problem = seeker.world, seeker.problem
    if not seeker.of("people") and not seeker.of("budget"):
        return
    limited = [problem.type[one.names[0]] for one in seeker.of("people") if one.names]
    for staff in sorted(limited, key=lambda staff: staff.cost):
        one_more = _one_more(staff, counts=world.cap is not None and _counts(world, staff))
        if seeker.works(one_more):
            more = one_more(world)
            words = {"type": type_names(problem, [staff.name]), "people": staff.maximum + 1}
            money = tr("explain.a_month", currency=problem.currency, amount=f"{staff.cost:,}")
            sentence = tr("explain.way_hire", money=money, **words)
            yield WayOut("hire", sentence, staff.cost, _headcount(more), more)
            return
    yield from _cheapest_mix(seeker, limited)


def _one_more(staff: StaffType, *, counts: bool) -> Change:
    """Let there be one more of a type; `counts` whether they count towards the limit on everybody."""

    def change(world: World) -> World:
        more = with_numbers({staff.name: (staff.minimum, staff.maximum + 1)})(world)
        if more.cap is None or not counts:
            return more
        return replace(more, cap=replace(more.cap, most=more.cap.most + 1))

    return change


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
    """Yield the post that could stay empty at times so that all else is held: least important, then fewest hours."""
    world, problem = seeker.world, seeker.problem
    few = Emptying(seeker.conflict.world.problem, seeker.conflict.world.cap, seeker.search)
    names = [one.names[0] for one in seeker.of("post")]
    bounds = {name: few.at_least(name) for name in names}
    whole = Emptying(problem, world.cap, seeker.search)
    order = sorted(
        (-problem.post[name].priority, least, name) for name, least in bounds.items() if least is not None
    )
    for _, _, name in order:
        gaps = whole.least(name)
        if not gaps:
            seeker.undecided |= seeker.search.seconds_left <= 0
            continue
        minutes = sum((end - start) * people for _, start, end, people in gaps)
        stretches = [_stretch(start, end) for start, end in _joined(gaps)]
        more = tr("explain.and_more", number=len(stretches) - MOST_STRETCHES)
        when = listed([*stretches[:MOST_STRETCHES], *([more] if len(stretches) > MOST_STRETCHES else [])])
        words = {"post": post_names(problem, [name]), "hours": hours(minutes), "when": when}
        soft = tuple(replace(p, hard=False, price=1) if p.name == name else p for p in problem.posts)
        other = replace(world, problem=changed(problem, posts=soft))
        yield WayOut("soft", tr("explain.way_soft", **words), None, _headcount(world), other)
        return


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
            enough = first_that(ladder, lambda rule, one=one: seeker.works(_swapped(one, rule)))  # type: ignore[misc]
            if enough is not None:
                yield _limit(seeker, one, one.rule.sentence, enough.sentence, _swapped(one, enough)(world))
    for one in seeker.of("hours"):
        yield from _longer_hours(seeker, one)


def _swapped(one: Element, rule: Rule) -> Change:
    assert one.rule is not None
    return with_rule(one.rule, rule, one.names)


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
    # Up to the contract first: the rest of the scenario may well be written for it.
    steps = list(range(first, staff.weekly_minutes + 1, HALF_HOUR))
    if not steps or seeker.refuses(_working(one, steps[-1])):
        steps = list(range(max(first, staff.weekly_minutes + HALF_HOUR), LONGEST_WEEK + 1, HALF_HOUR))
        if not steps or seeker.refuses(_working(one, steps[-1])):
            return
    last = len(steps) - 1
    low = bisect_left(steps, True, 0, last, key=lambda m: not seeker.refuses(_working(one, m)))
    low = bisect_left(steps, True, low, last, key=lambda m: not seeker.refuses(_working(one, m), wholly=True))
    tried = dict.fromkeys([*steps[low : low + MOST_HOURS], steps[-1]])
    high = next((minutes for minutes in tried if seeker.works(_working(one, minutes))), None)
    if high is not None:
        yield _hours_way(seeker, one, high)


def _hours_way(seeker: Seeker, one: Element, minutes: int) -> WayOut:
    """Say what more hours mean: within the contract, less is left for absences; above it is overtime."""
    staff = seeker.problem.type[one.names[0]]
    other = _working(one, minutes)(seeker.world)
    if minutes <= staff.weekly_minutes:
        words = {
            "before": hours(staff.net_minutes),
            "after": hours(minutes),
            "weekly": hours(staff.weekly_minutes),
        }
        sentence = tr("explain.way_reserve", types=type_names(seeker.problem, one.names), **words)
        return WayOut("limit", sentence, 0, _headcount(seeker.world), other, False, one.where)
    before = tr("explain.hours_each", hours=hours(staff.net_minutes))
    after = tr("explain.hours_above", hours=hours(minutes), weekly=hours(staff.weekly_minutes))
    return _limit(seeker, one, before, after, other)


def _working(one: Element, minutes: int) -> Change:
    def longer(staff: StaffType) -> StaffType:
        return replace(staff, net_minutes=minutes, weekly_minutes=max(staff.weekly_minutes, minutes))

    return lambda world: with_types(world, one.names, longer)


def _seats(seeker: Seeker) -> Iterator[WayOut]:
    """Yield the vendor seat of the fewest hours that helps."""
    world, problem = seeker.world, seeker.problem
    posts = [one.names[0] for one in seeker.of("post")]
    for offer in offers(problem, posts):
        if seeker.works(offer.buy):
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
            yield WayOut("seat", sentence, offer.cost, _headcount(world), offer.buy(world))
            return


def _second_skills(seeker: Seeker) -> Iterator[WayOut]:
    """Yield second skills."""
    for sentence, other in skills(seeker):
        yield WayOut("skill", sentence, None, _headcount(other), other)


def _shifts(seeker: Seeker) -> Iterator[WayOut]:
    """Yield shifts that people do not do yet."""
    for sentence, other in more_shifts(seeker):
        yield WayOut("shift", sentence, None, _headcount(other), other)
