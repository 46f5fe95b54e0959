"""Absences of named people, and what they ask of a published roster, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from roster.checker import check_roster, leave_minutes, worked_minutes
from roster.domain.costs import WEEKS_A_MONTH
from roster.domain.horizon import Horizon, seat_week_minutes
from roster.domain.outcome import Roster
from roster.domain.problem import DAY, Ban, Duty, Problem, Restriction
from roster.engine.calendar import Ask
from roster.engine.rotation import split

OVERTIME, VENDOR = "overtime", "vendor"
"""What may be allowed beyond the roster's own means."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A person away from one date to another, both included; from a minute of the first to a minute of the last."""

    person: str
    first: date
    last: date
    start: int = 0
    end: int = DAY

    @property
    def length(self) -> int:
        """Days away."""
        return (self.last - self.first).days + 1

    def moved(self, days: int) -> Absence:
        """Return the same absence so many days later."""
        step = timedelta(days=days)
        return replace(self, first=self.first + step, last=self.last + step)

    @property
    def whole(self) -> bool:
        """Whether it is of whole days."""
        return self.start == 0 and self.end == DAY

    def days(self, horizon: Horizon) -> range:
        """Return the days of a calendar that are away from midnight to midnight."""
        first = horizon.number(self.first) + (self.start > 0)
        last = horizon.number(self.last) - (self.end < DAY)
        return range(max(first, 0), min(last + 1, horizon.days))

    def touched(self, horizon: Horizon) -> range:
        """Return the days of a calendar of which any part is away."""
        return replace(self, start=0, end=DAY).days(horizon)


@dataclass(frozen=True, slots=True)
class LeaveCase:
    """
    A published roster, who goes away, and up to which day (None: none) it may not change any more.

    `mend`: whether the roster may break rules by itself, and what it breaks is to be repaired. `allow` holds
    `overtime` (within each employer's regime) and `vendor` (people for single days) where they may be used.
    """

    problem: Problem
    published: Roster
    absences: tuple[Absence, ...]
    frozen_until: int | None = None
    mend: bool = False
    allow: frozenset[str] = frozenset()

    @property
    def frozen(self) -> frozenset[int]:
        """Days that never change."""
        return frozenset(range((-1 if self.frozen_until is None else self.frozen_until) + 1))

    @property
    def in_force(self) -> tuple[Absence, ...]:
        """The absences as far as they can be granted: what is frozen stays as it was published."""
        if self.frozen_until is None:
            return self.absences
        earliest = self.published.horizon.on(self.frozen_until + 1)
        clipped = (
            one if earliest <= one.first else replace(one, first=earliest, start=0) for one in self.absences
        )
        return tuple(one for one in clipped if one.first <= one.last)

    @property
    def ruled(self) -> Problem:
        """The problem without the leave, but with overtime where it is allowed."""
        return self.problem.with_overtime() if OVERTIME in self.allow else self.problem

    @property
    def asked(self) -> Problem:
        """
        The problem with the leave in it, and overtime where it is allowed.

        Leave takes the working time of the duties that are published on its days: none on days off.
        """
        return self.ruled.with_leave(self.leaves)

    @property
    def leaves(self) -> tuple[Restriction, ...]:
        """The absences in force as they are granted."""
        return self.granted(self.in_force)

    def granted(self, absences: Sequence[Absence]) -> tuple[Restriction, ...]:
        """
        Return absences as they are granted.

        What the scenario's own leave or an earlier absence of the same person has taken is not taken twice.
        """
        known = [one for one in self.problem.restrictions if one.ban is Ban.DUTY]
        others = len(known)
        for one in absences:
            own = [leave for leave in known if leave.person == one.person]
            known.append(granted(self.problem, self.published, one, self.frozen, own))
        return tuple(known[others:])


def granted(
    problem: Problem,
    published: Roster,
    one: Absence,
    frozen: frozenset[int] = frozenset(),
    known: Sequence[Restriction] = (),
) -> Restriction:
    """
    Return a leave as it is granted, with the working time that it takes of a published roster.

    Parameters
    ----------
    problem : The problem, which says how much of a duty is working time on its date.
    published : The roster, of whose duties the leave takes the working time.
    one : Who is away, and when.
    frozen : Days that never change: a duty of them that runs into the first day of the leave is done before it begins.
    known : Other leave of the same person: what it takes is not taken again.
    """
    index = next(at for at, person in enumerate(published.people) if person.name == one.person)
    duties, horizon = published.duties[index], published.horizon
    asked = Restriction(one.person, Ban.DUTY, one.first, one.last, start=one.start, end=one.end)
    eve = horizon.number(one.first) - 1
    if eve in frozen and (span := duties[eve].span) is not None:
        asked = replace(asked, start=max(asked.start, span[1] - DAY))
    staff = problem.type_of(published.people[index])
    taken = 0
    # A duty ends within the day after its own: none of earlier days runs into the leave.
    for day in range(max(0, eve), min(horizon.days, horizon.number(one.last) + 1)):
        duty, on = duties[day], horizon.on(day)
        worked = tuple(worked_minutes(problem, staff, horizon, day, Duty(part)) for part in duty.parts)
        taken += lost(duty, [*known, asked], on, worked) - lost(duty, known, on, worked)
    return replace(asked, minutes=taken)


def lost(duty: Duty, leaves: Sequence[Restriction], on: date, worked: Sequence[int]) -> int:
    """
    Return the working time that somebody's leave takes of a duty that begins on a date.

    All of it where one leave has the whole date; else as much as lies in leave.

    Parameters
    ----------
    duty : What is published for the date.
    leaves : When the person is away; where leaves overlap, their time counts once.
    on : The date.
    worked : The working time of each part of the duty, in minutes.
    """
    spans = sorted(
        ((leave.first - on).days * DAY + leave.start, (leave.last - on).days * DAY + leave.end)
        for leave in leaves
    )
    if any(first <= 0 and until >= DAY for first, until in spans):
        return sum(worked)
    total = 0
    for part, minutes in zip(duty.parts, worked, strict=True):
        gone = 0
        for start, end in part.stretches:
            done = start
            for first, until in spans:
                gone += max(0, min(end, until) - max(done, first))
                done = max(done, min(until, end))
        total += minutes * gone // part.minutes
    return total


def reaches(duty: Duty, leave: Restriction, on: date) -> bool:
    """
    Whether any part of a duty that begins on a date lies in a leave.

    Parameters
    ----------
    duty, on : The duty, and the date it begins on.
    leave : From its first date and minute to its last.
    """
    first = (leave.first - on).days * DAY + leave.start
    until = (leave.last - on).days * DAY + leave.end
    return any(start < until and end > first for part in duty.parts for start, end in part.stretches)


@dataclass(frozen=True, slots=True)
class Share:
    """What a case asks of one part of the problem: the places of its people in the roster."""

    ask: Ask
    among: tuple[int, ...]


def shares(case: LeaveCase) -> Iterator[Share]:
    """Yield what is asked of each part of the problem in which something is amiss: leave, or a rule broken before."""
    horizon = case.published.horizon
    away: dict[str, set[int]] = {}
    amiss: dict[str, set[int]] = {}
    for one in case.in_force:
        away.setdefault(one.person, set()).update(one.days(horizon))
        amiss.setdefault(one.person, set()).update(one.touched(horizon))
    prices = vendor_prices(case.problem) if VENDOR in case.allow else {}
    for part in split(case.asked):
        among = tuple(index for index, person in enumerate(case.published.people) if person.type in part.type)
        own = only(case.published, part, among)
        excused = frozenset((person.name, day) for person in own.people for day in away.get(person.name, ()))
        broken: set[int] = set()
        if case.mend:
            before = replace(part, restrictions=case.problem.restrictions)
            # What the days before have left to be mended is mended on the first day.
            broken = {day for violation in check_roster(before, own) for day in violation.days or (0,)}
        touched = {day for person in own.people for day in amiss.get(person.name, ())}
        days = frozenset(broken | touched)
        if days:
            hired = {post: price for post, price in prices.items() if post in part.post}
            yield Share(Ask(part, own, days, case.frozen, excused, hired), among)


def only(roster: Roster, part: Problem, among: Sequence[int]) -> Roster:
    """
    Return the roster of some people, with the seats that are theirs to count on.

    Parameters
    ----------
    roster, part : The roster, and the part of the scenario that the people are of.
    among : Their places in the roster.
    """
    names = {seat.name for seat in part.seats}
    return replace(
        roster,
        people=tuple(roster.people[index] for index in among),
        duties=tuple(roster.duties[index] for index in among),
        before=tuple(roster.before[index] for index in among) if roster.before else (),
        forgiven=tuple(roster.forgiven[index] for index in among) if roster.forgiven else (),
        seats=tuple(use for use in roster.seats if use.seat in names),
        stand_ins=tuple(each for each in roster.stand_ins if each.post in part.post),
    )


def vendor_prices(problem: Problem) -> dict[str, int]:
    """
    Return for each post that lets vendors in what one of their people costs for one day of it.

    By the hour of the cheapest seat on offer for the post, even if none is taken, or of the cheapest vendor staff able
    to hold it; 0 where the scenario tells no price. In whole units of the currency, rounded up.
    """
    found = {}
    for post in (post for post in problem.posts if post.vendor):
        fees = [
            seat.cost / (WEEKS_A_MONTH * minutes)
            for seat in problem.seats
            if seat.post == post.name and (minutes := seat_week_minutes(post, seat))
        ]
        fees += [
            staff.cost / (WEEKS_A_MONTH * staff.weekly_minutes)
            for staff in problem.types
            if problem.is_vendor(staff) and problem.is_eligible(staff, post) and staff.weekly_minutes
        ]
        found[post.name] = ceil(min(fees, default=Fraction(0)) * post.length)
    return found


def overtime_minutes(problem: Problem, roster: Roster) -> dict[str, int]:
    """
    Return each person's overtime: working time that would not be lawful without any.

    That is what weeks have above their limit, or the calendar above the contract's hours less leave, whichever is
    more. A long week that shorter ones make up for, where no limit holds for a week, is none.
    """
    found = {}
    for person, duties in zip(roster.people, roster.duties, strict=True):
        staff = problem.type_of(person)
        usual = replace(staff, overtime=False)
        taken = leave_minutes(problem, person.name, usual, roster.horizon)
        most = max(Fraction(0), Fraction(staff.weekly_minutes * roster.horizon.days, 7) - taken)
        worked = [
            worked_minutes(problem, staff, roster.horizon, day, duty) for day, duty in enumerate(duties)
        ]
        above = sum(worked) - floor(most)
        limit = staff.week_limit
        weeks = (sum(worked[week.first : week.last + 1]) for week in roster.horizon.weeks())
        long = 0 if limit is None else sum(max(0, week - limit) for week in weeks)
        found[person.name] = max(0, above, long)
    return found
