"""From a problem on dates to a team in numbers: graphs, places, sums and prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import gcd

import numpy as np

from roster.domain.duty_price import duty_price
from roster.domain.elapsed import Clocks, DayClock
from roster.domain.fairness import POINT, Share, Total
from roster.domain.likeness import Likeness
from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Person, Problem, StaffType
from roster.domain.rules import AVERAGES, Count, OffBlock, Rule
from roster.engine.automata import History, compile_rules, useful_duties, within
from roster.engine.calendar import bans_of, breaks, leave_of
from roster.engine.columns.arcs import COUNTER, changed_arcs, weekday_arcs
from roster.engine.columns.counted_sums import paid, tallies
from roster.engine.columns.cover_rows import (
    CoverRequest,
    Places,
    bond_pieces,
    bound_people,
    cover_rows,
    places,
)
from roster.engine.columns.off_runs_at_leave import LongestOff, with_leave
from roster.engine.columns.team import DayArcs, Extra, Floats, Line, Member, StaffKind, Team

HARD = 20
"""How much dearer an empty hour of a hard post is than the dearest of anything else."""


@dataclass(frozen=True, eq=False)
class Aims:
    """
    What counts beside the rules.

    `shares` are everybody's fair shares, `totals` how often somebody should have something; `quality` whether the soft
    rules of the `quality` section count; `duty` the points of each duty, the usual ones where None; `like` a rota to be
    like.
    """

    shares: tuple[Share, ...] = ()
    totals: tuple[Total, ...] = ()
    quality: bool = True
    duty: int | None = None
    like: Likeness | None = None


@dataclass(frozen=True, eq=False)
class Compiled:
    """A team with its meaning: everybody's duties by number, and how many units make a point."""

    problem: Problem
    roster: Roster
    team: Team
    duties: tuple[tuple[Duty, ...], ...]
    empty: dict[int, tuple[str, int, int]]
    per_point: float
    hard: float
    like: Likeness | None = None

    def points(self, value: float) -> float:
        """Return units as points."""
        return value / self.per_point

    def lines(self, roster: Roster) -> list[Line] | None:
        """Return a roster as columns; None where somebody's is not lawful, or has a duty that is not considered."""
        found = []
        for member, own, line in zip(self.team.members, self.duties, roster.duties, strict=True):
            number = {duty: at for at, duty in enumerate(own)}
            if any(duty not in number for duty in line):
                return None
            column = tuple(number[duty] for duty in line)
            if member.price(column) is None:
                return None
            found.append(column)
        return found

    def read(self, lines: Sequence[Line]) -> Roster:
        """Return columns as a roster."""
        duties = tuple(
            tuple(own[number] for number in line) for own, line in zip(self.duties, lines, strict=True)
        )
        return replace(self.roster, duties=duties)


def compile_team(problem: Problem, roster: Roster, aims: Aims) -> Compiled:
    """
    Return the team of a roster's people on its dates.

    Parameters
    ----------
    problem : The scenario.
    roster : Gives the people, the dates, and what is known (days before, seats).
    aims : What counts beside the rules.
    """
    aims = aims if aims.duty is not None else replace(aims, duty=duty_price(problem))
    duties = {staff.name: _duties(problem, staff, roster) for staff in _types(problem, roster)}
    kinds = places(problem, duties, bound_people(problem, roster))
    hard = HARD * max(
        [100, *(post.price for post in problem.posts), *(wish.price // 8 for wish in problem.wishes)]
    )
    asked = CoverRequest(problem, roster, duties, kinds, hard * POINT, aims.duty or 0)
    extras, pieces, empty = cover_rows(asked)
    extras, bonds = bond_pieces(asked, extras)
    shares: dict[str, list[Share | Total]] = {}
    priced: list[Share | Total] = [*aims.shares, *aims.totals]
    for share in priced:
        shares.setdefault(share.person, []).append(share)
    members = tuple(
        _member(problem, roster, index, (duties[person.type], kinds, aims), shares.get(person.name, []))
        for index, person in enumerate(roster.people)
    )
    alike = _kinds(problem, roster, members, (duties, aims))
    unit = _unit(members, extras)
    members, alike = _scaled(members, alike, unit)
    team = Team(
        roster.horizon.days,
        len(kinds.named),
        members,
        tuple(Extra(extra.most, extra.price / unit) for extra in extras),
        (*pieces, *bonds),
        kinds=alike,
    )
    own = tuple(duties[person.type] for person in roster.people)
    return Compiled(problem, roster, team, own, empty, POINT / unit, hard * POINT / unit, aims.like)


def _kinds(
    problem: Problem,
    roster: Roster,
    members: Sequence[Member],
    known: tuple[Mapping[str, tuple[Duty, ...]], Aims],
) -> tuple[StaffKind, ...]:
    """Return who walks through the same graph and counts as the same presences."""
    duties, aims = known
    groups: dict[tuple[str, bytes], list[int]] = {}
    for number, (person, member) in enumerate(zip(roster.people, members, strict=True)):
        groups.setdefault((person.type, member.place.tobytes()), []).append(number)
    horizon, travel = roster.horizon, tuple(problem.travel_minutes.items())
    found = []
    for (name, _), own in groups.items():
        rules, _ = _rules(problem, problem.type[name], aims, going_away=False)
        weekdays, _, start = _compiled(duties[name], rules, travel, ((), horizon.weekday(0)), ())
        days = tuple(weekdays[horizon.weekday(day)] for day in range(horizon.days))
        found.append(StaffKind(tuple(own), days, start))
    return tuple(found)


def _types(problem: Problem, roster: Roster) -> Iterator[StaffType]:
    names = {person.type for person in roster.people}
    return (staff for staff in problem.types if staff.name in names)


def _duties(problem: Problem, staff: StaffType, roster: Roster) -> tuple[Duty, ...]:
    """Return the duties of use on these dates, those of the roster and of pins, and the last ones carried in."""
    duties = list(useful_duties(problem, staff, roster.horizon))
    allowed = set(problem.duties(staff))
    people = {person.name for person in roster.people if person.type == staff.name}
    pinned = {pin.duty for pin in problem.pins if pin.person in people}
    pinned |= {duty for wish in problem.wishes if wish.person in people for duty in wish.duties}
    more = [duty for duty in problem.duties(staff) if duty.name in pinned]
    for index, person in enumerate(roster.people):
        if person.type == staff.name:
            more += [*(roster.duties[index] if roster.duties else ()), *roster.history(index)[-1:]]
    duties += [duty for duty in dict.fromkeys(more) if duty in allowed and duty not in duties]
    return tuple(duties)


def _member(
    problem: Problem,
    roster: Roster,
    index: int,
    known: tuple[tuple[Duty, ...], Places, Aims],
    shares: Sequence[Share | Total],
) -> Member:
    duties, kinds, aims = known
    person, horizon = roster.people[index], roster.horizon
    staff = problem.type_of(person)
    bans = bans_of(problem, person.name)
    away = leave_of(bans, horizon)
    rules, longest = _rules(problem, staff, aims, going_away=bool(away))
    history = roster.history(index)
    histories: tuple[History, ...] = ((horizon.weekday(-len(history)), history),) if history else ()
    near = problem.clocks(staff, horizon.on(0), horizon.days)
    travel = tuple(problem.travel_minutes.items())
    weekdays, changed, start = _compiled(duties, rules, travel, (histories, horizon.weekday(0)), near)
    clocks = {day: (weekday, clock) for day, weekday, clock in near}
    days = tuple(
        changed[clocks[day]] if day in clocks else weekdays[horizon.weekday(day)]
        for day in range(horizon.days)
    )
    ends = np.zeros(days[-1].after)
    if longest:
        works = np.array([duty.works for duty in duties])
        before = next((back for back, duty in enumerate(reversed(history)) if duty.works), len(history))
        days, start, ends = with_leave(days, start, works, away, longest, before)
        ends = ends * POINT
    own = _own(problem, roster, index, duties, aims)
    counted = paid(tallies(problem, roster, index, duties, shares), max(arcs.before for arcs in days))
    return Member(person.name, days, start, ends, kinds.of(person), own, kinds.meaning[person.type], counted)


def _rules(
    problem: Problem, staff: StaffType, aims: Aims, *, going_away: bool
) -> tuple[tuple[Rule, ...], list[LongestOff]]:
    """Return the rules that the graph reads; for who goes away, the longest runs of days off apart."""
    quality = problem.quality if aims.quality else ()
    rules, longest = [], []
    for rule in dict.fromkeys((*staff.rules, *quality)):
        if isinstance(rule, AVERAGES):
            continue
        if going_away and isinstance(rule, OffBlock) and rule.longest is not None:
            longest.append(LongestOff(rule.longest, rule.price))
            rule = replace(rule, longest=None)
        if going_away and isinstance(rule, Count):
            rule = replace(rule, least=0)
        rules.append(rule)
    known = max((len(before) for _, before in problem.carried), default=0)
    return within(rules, problem.dates.days + known), longest


@lru_cache(maxsize=256)
def _compiled(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[tuple[str, str], int], ...],
    begun: tuple[tuple[History, ...], int],
    clocks: Clocks,
) -> tuple[tuple[DayArcs, ...], dict[tuple[int, DayClock], DayArcs], int]:
    """
    Return the arcs of each weekday, those near a change of clocks, and the state before day 0; a type shares them.

    `begun` are the days before, where they are known, and the weekday of day 0.
    """
    histories, weekday = begun
    weekdays = () if histories else (weekday,)
    graph = compile_rules(duties, (*rules, COUNTER), dict(travel), weekdays, carried=histories, clocks=clocks)
    start = graph.carried[0][1] if histories else graph.start[weekday]
    return weekday_arcs(graph), changed_arcs(graph), start or 0


def _own(problem: Problem, roster: Roster, index: int, duties: Sequence[Duty], aims: Aims) -> Floats:
    """Return what each duty of each day costs somebody; infinity where it is banned or another is settled."""
    person, horizon = roster.people[index], roster.horizon
    own = np.zeros((horizon.days, len(duties)))
    own += [(aims.duty or 0) * POINT * len(duty.parts) for duty in duties]
    _wishes(problem, roster, person, (duties, own))
    staff = problem.type_of(person)
    for ban in bans_of(problem, person.name):
        for day in _days(roster, ban.first - timedelta(days=1), ban.last):
            on = horizon.on(day)
            barred = [number for number, duty in enumerate(duties) if breaks(problem, staff, duty, ban, on)]
            own[day, barred] = np.inf
    for pin in (pin for pin in problem.pins if pin.person == person.name):
        barred = [number for number, duty in enumerate(duties) if duty.name != pin.duty]
        for day in _days(roster, pin.first, pin.last):
            own[day, barred] = np.inf
    if aims.like is not None:
        for day, wanted in enumerate(aims.like.lines.get(person.name, ())):
            own[day, [number for number, duty in enumerate(duties) if duty != wanted]] += (
                aims.like.price * POINT
            )
    return own


def _wishes(problem: Problem, roster: Roster, person: Person, cells: tuple[Sequence[Duty], Floats]) -> None:
    duties, own = cells
    for wish in (wish for wish in problem.wishes if wish.person == person.name):
        other = [number for number, duty in enumerate(duties) if not wish.granted(duty.name)]
        for day in _days(roster, wish.first, wish.last):
            own[day, other] += wish.price * POINT


def _days(roster: Roster, first: date, last: date) -> list[int]:
    horizon = roster.horizon
    return list(range(max(0, horizon.number(first)), min(horizon.days, horizon.number(last) + 1)))


def _unit(members: Sequence[Member], extras: Sequence[Extra]) -> int:
    """Return the greatest number that divides all prices; penalties of arcs are points."""
    found = {int(extra.price) for extra in extras}
    seen: set[int] = set()
    for member in members:
        found.update(np.unique(member.own[np.isfinite(member.own)]).astype(int).tolist())
        found.update(np.unique(member.ends[np.isfinite(member.ends)]).astype(int).tolist())
        for tally in member.tallies:
            if tally.prices is not None:
                found.update(np.unique(np.diff(tally.prices)).astype(int).tolist())
                found.add(int(tally.prices[0]))
        for arcs in member.days:
            if id(arcs) not in seen:
                seen.add(id(arcs))
                found.update((POINT * np.unique(arcs.penalty)).tolist())
    return gcd(*(abs(number) for number in found)) or POINT


def _scaled(
    members: Sequence[Member], kinds: Sequence[StaffKind], unit: int
) -> tuple[tuple[Member, ...], tuple[StaffKind, ...]]:
    """Return everybody's prices in units; people who shared arcs go on sharing them."""
    known: dict[int, DayArcs] = {}
    walked = [*(member.days for member in members), *(kind.days for kind in kinds)]
    for arcs in (arcs for days in walked for arcs in days):
        if id(arcs) not in known:
            known[id(arcs)] = replace(arcs, penalty=arcs.penalty * POINT // unit)
    scaled = tuple(
        replace(
            member,
            days=tuple(known[id(arcs)] for arcs in member.days),
            ends=member.ends / unit,
            own=member.own / unit,
            tallies=tuple(
                tally if tally.prices is None else replace(tally, prices=tally.prices / unit)
                for tally in member.tallies
            ),
        )
        for member in members
    )
    return scaled, tuple(replace(kind, days=tuple(known[id(arcs)] for arcs in kind.days)) for kind in kinds)
