"""
A part of a roster made ready to be simulated: lines that go on for a year, machines, hours to spare, posts.

The calendar comes round again: after its last day it begins anew, with everybody on a line that may lawfully follow
their own. In a rotation that is the next line; who has bans of their own stays on the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import heappop, heappush
from math import floor

from roster.domain.horizon import Horizon
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Duty, Problem, Restriction, StaffType
from roster.domain.rules import StandbyShare
from roster.engine.calendar import bans_of, breaks, in_reach
from roster.questions.simulate.automaton import LAWFUL, OVERTIME, TypeAutomaton
from roster.questions.simulate.cover import Needs, Posts
from roster.questions.simulate.rates import YEAR

AHEAD = 14
"""Days looked ahead: after so many without breach a change is taken for one that the line can be joined again from."""
MOST_STEPS = 150
DROPPED = 3
"""What giving up a duty costs that holds a post, in changes of days that hold none."""

Deviations = tuple[tuple[int, int], ...]
"""Days, and the duty on each, that differ from the published line."""

CoverPiece = tuple[Needs, list[int], int, bool]
"""Of a day: what is wanted, what everybody could hold, minutes, whether past midnight."""

Situation = list[CoverPiece]
"""The pieces that a day decides."""


@dataclass(frozen=True, slots=True)
class Move:
    """A duty for somebody today, and the departures from the line that follow from it."""

    slot: int
    duty: int
    after: Deviations


class SimulatedType:
    """What all people of a staff type have in common."""

    def __init__(self, problem: Problem, staff: StaffType, posts: Posts, days: int) -> None:
        self.staff, self.machine = staff, TypeAutomaton(problem, staff)
        self.duties = self.machine.duties
        self.number: dict[Duty, int] = {duty: at for at, duty in enumerate(self.duties)}
        self.minutes = [duty.work_minutes for duty in self.duties]
        self.standby = [duty.standby is not None for duty in self.duties]
        self.now = [posts.able(staff, duty, 0) for duty in self.duties]
        self.late = [posts.able(staff, duty, 1) for duty in self.duties]
        self.holds = [any(now) or any(late) for now, late in zip(self.now, self.late, strict=True)]
        more = staff.with_overtime()
        self.most = [floor(staff.weekly_minutes * days / 7), floor(more.calendar_minutes * days / 7)]
        shares = [rule.most_days(days) for rule in staff.rules if isinstance(rule, StandbyShare)]
        self.most_standby = min(shares, default=days)


@dataclass(frozen=True, slots=True)
class Slot:
    """
    A place in the team: whose it is, the kind, and where they stand in the roster (None: added, without a line).

    `barred` has for each day of the calendar the numbers of the duties that the person's restrictions forbid, leave
    left out; nothing where there are none.
    """

    name: str
    kind: SimulatedType
    row: int | None
    barred: tuple[frozenset[int], ...] = ()


@dataclass(eq=False)
class SimulatedTeam:
    """
    Everything about a part of the roster that is the same in every year.

    Days count from 0, the first of the calendar; `pub[slot][day + days]` is the published duty, from one calendar
    before day 0 on, `ref[slot][day]` the state on that day of who has done nothing else.
    """

    problem: Problem
    horizon: Horizon
    slots: tuple[Slot, ...]
    posts: Posts
    pub: list[list[int]] = field(default_factory=list)
    ref: list[list[int]] = field(default_factory=list)
    seams: set[tuple[int, int]] = field(default_factory=set)
    _minutes: dict[tuple[int, int], int] = field(default_factory=dict)
    _rejoined: dict[tuple[int, int, int, int, int, bool], Deviations | None] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Days of the calendar that comes round."""
        return self.horizon.days

    def weekday(self, day: int) -> int:
        """Return the weekday of a day of the year."""
        return self.horizon.weekday(day)

    def published(self, slot: int, day: int) -> int:
        """Return the number of the published duty; also of the calendar before day 0."""
        return self.pub[slot][day + self.days]

    def published_minutes(self, slot: int, period: int) -> int:
        """Return the working time of a line in one round of the calendar."""
        found = self._minutes.get((slot, period))
        if found is None:
            minutes, start = self.slots[slot].kind.minutes, self.days * (period + 1)
            found = sum(minutes[duty] for duty in self.pub[slot][start : start + self.days])
            self._minutes[slot, period] = found
        return found

    def ref_broken(self, slot: int, day: int) -> bool:
        """Whether the published line itself is not lawful there: where the calendar begins anew, it may not be."""
        return (slot, day) in self.seams

    def banned(self, slot: int, day: int, duty: int) -> bool:
        """
        Whether somebody's restrictions forbid a duty that is not the published one.

        Parameters
        ----------
        slot, day, duty : The place in the team, a day of the year, and the number of the duty.
        """
        own = self.slots[slot]
        return bool(own.barred) and duty in own.barred[day % self.days]

    def rejoin(
        self, slot: int, day: int, state: int, before: int, allow: int, *, drops: bool
    ) -> Deviations | None:
        """
        Return the fewest departures by which somebody in a state comes lawfully back to the published line.

        Parameters
        ----------
        slot, state : The place in the team, and the state of its automaton on that day.
        day : The first day to be done.
        before : The duty of the day before: a run of it may go on.
        allow : How far steps must be lawful.
        drops : Whether a duty may be given up that holds a post.
        """
        key = (slot, day, state, before, allow, drops)
        if key not in self._rejoined:
            self._rejoined[key] = self._rejoin(*key)
        return self._rejoined[key]

    def _rejoin(
        self, slot: int, first: int, state: int, before: int, allow: int, drops: bool
    ) -> Deviations | None:
        kind, line, known = self.slots[slot].kind, self.pub[slot], self.ref[slot]
        heap: list[tuple[int, int, int, int, int, Deviations]] = [(0, -first, 0, state, before, ())]
        seen: set[tuple[int, int, int]] = set()
        for count in range(1, MOST_STEPS):
            if not heap:
                return None
            cost, day, _, now, last, path = heappop(heap)
            day = -day
            if day >= first + AHEAD or (day < len(known) and now == known[day]):
                return path
            if (day, now, last) in seen:
                continue
            seen.add((day, now, last))
            own = line[day + self.days]
            choices = [(own, 0)]
            if own and (drops or not kind.holds[own]):
                choices.append((0, DROPPED if kind.holds[own] else 1))
            if last and last != own and not (kind.holds[own] and not drops):
                choices.append((last, 1 + DROPPED * kind.holds[own]))
            for at, (duty, price) in enumerate(choices):
                after, lawful = kind.machine.step(now, self.weekday(day), duty)
                if lawful <= allow and not (duty != own and self.banned(slot, day, duty)):
                    longer = path if duty == own else (*path, (day, duty))
                    heappush(heap, (cost + price, -(day + 1), 3 * count + at, after, duty, longer))
        return None


def team_of(problem: Problem, roster: Roster, extra: str | None = None) -> SimulatedTeam:
    """
    Return a part of a roster ready to be simulated.

    Parameters
    ----------
    problem : A part that shares nobody with the rest.
    roster : The published one.
    extra : A staff type with one person more, who has no line and fills in.
    """
    horizon = roster.horizon
    posts = Posts(problem, horizon, roster.seats)
    kinds = {staff.name: SimulatedType(problem, staff, posts, horizon.days) for staff in problem.types}
    slots = [
        Slot(person.name, kinds[person.type], row, _barred(problem, person.name, kinds[person.type], horizon))
        for row, person in enumerate(roster.people)
    ]
    if extra is not None:
        slots.append(Slot(f"{extra} +1", kinds[extra], None))
    team = SimulatedTeam(problem, horizon, tuple(slots), posts)
    _lay_lines(team, roster)
    return team


def _barred(
    problem: Problem, person: str, kind: SimulatedType, horizon: Horizon
) -> tuple[frozenset[int], ...]:
    bans = [ban for ban in bans_of(problem, person) if ban.ban is not Ban.DUTY]
    return tuple(
        frozenset(
            number
            for number, duty in enumerate(kind.duties)
            if any(_forbids(problem, kind.staff, duty, ban, horizon.on(day)) for ban in near)
        )
        for day in range(horizon.days if bans else 0)
        for near in (in_reach(bans, horizon, day),)
    )


def _forbids(problem: Problem, staff: StaffType, duty: Duty, ban: Restriction, on: date) -> bool:
    if ban.ban is Ban.OVERTIME:
        return ban.first <= on <= ban.last and bool(duty.work_minutes)
    return breaks(problem, staff, duty, ban, on)


def _lay_lines(team: SimulatedTeam, roster: Roster) -> None:
    """Write down everybody's published line for a year, what lies before it, and the states along it."""
    days, rounds = team.days, -(-(YEAR + AHEAD + 1) // team.days)
    rows = [
        [slot.kind.number[duty] for duty in roster.duties[slot.row]] if slot.row is not None else [0] * days
        for slot in team.slots
    ]
    after = _next_lines(team, rows)
    back = {to: at for at, to in enumerate(after)}
    for at, slot in enumerate(team.slots):
        line, on = list(rows[back[at]]), at
        for _ in range(rounds):
            line += rows[on]
            on = after[on]
        state, known, machine = slot.kind.machine.start(team.weekday(-days)), [], slot.kind.machine
        for place, duty in enumerate(line):
            day = place - days
            if day >= 0:
                known.append(state)
            state, lawful = machine.step(state, team.weekday(day), duty)
            if lawful > OVERTIME and day >= 0:
                team.seams.add((at, day))
        team.pub.append(line)
        team.ref.append(known)


def _next_lines(team: SimulatedTeam, rows: Sequence[Sequence[int]]) -> list[int]:
    """Return for each place the one whose line its person goes on with; who has bans keeps to the own line."""
    after = [-1] * len(rows)
    groups: dict[int, list[int]] = {}
    for at, slot in enumerate(team.slots):
        if slot.barred or slot.row is None:
            after[at] = at
        else:
            groups.setdefault(id(slot.kind), []).append(at)
    for among in groups.values():
        machine = team.slots[among[0]].kind.machine
        ends = {at: _end(team, at, rows[at]) for at in among}
        follows = {at: [to for to in among if _follows(team, machine, ends[at], rows[to])] for at in among}
        taken: dict[int, int] = {}
        for at in among:
            _seat(at, follows, taken, set())
        for to, at in taken.items():
            after[at] = to
        free = [to for to in among if to not in taken]
        for at in among:
            if after[at] < 0:
                after[at] = free.pop(0)
    return after


def _seat(at: int, follows: dict[int, list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Find a line for somebody, moving others where that frees one (an augmenting path)."""
    for to in follows[at]:
        if to not in tried:
            tried.add(to)
            if to not in taken or _seat(taken[to], follows, taken, tried):
                taken[to] = at
                return True
    return False


def _end(team: SimulatedTeam, slot: int, row: Sequence[int]) -> int:
    machine = team.slots[slot].kind.machine
    state = machine.start(team.weekday(0))
    for day, duty in enumerate(row):
        state, _ = machine.step(state, team.weekday(day), duty)
    return state


def _follows(team: SimulatedTeam, machine: TypeAutomaton, state: int, row: Sequence[int]) -> bool:
    """Whether a line may be gone on with from a state: as lawful as it is by itself."""
    alone = machine.start(team.weekday(0))
    for day, duty in enumerate(row):
        state, lawful = machine.step(state, team.weekday(day), duty)
        alone, own = machine.step(alone, team.weekday(day), duty)
        if lawful > max(own, LAWFUL):
            return False
    return True


def whole_weeks(problem: Problem, roster: Roster) -> Roster:
    """Return the whole weeks that a roster begins with, as they can come round again."""
    days = roster.horizon.days // 7 * 7
    return replace(
        roster,
        horizon=roster.horizon.part(0, days),
        duties=tuple(line[:days] for line in roster.duties),
        stand_ins=(),
        before=(),
        forgiven=(),
    )
