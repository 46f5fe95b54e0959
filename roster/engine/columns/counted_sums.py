"""What is counted along somebody's calendar: hours, standby, weeks without overtime, and what is shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from roster.domain.counts import Count, Counted, Per
from roster.domain.elapsed import real_duty
from roster.domain.fairness import HOURS, TENTHS, WEEKENDS, Share, Total
from roster.domain.horizon import SATURDAY, SUNDAY
from roster.domain.outcome import Roster
from roster.domain.problem import Ban, Duty, Problem
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.automata import amount as amount_of
from roster.engine.automata import spoils
from roster.engine.calendar import bans_of, counts_of, leave_of, minutes_before, most_minutes, taken, windows
from roster.engine.columns.measures import amount
from roster.engine.columns.team import Floats, Ints, Tally

PAID = 15_000
"""How large a table of states and sums may be for sums to be counted along a walk for their price's sake."""


def paid(counted: Sequence[Tally], states: int) -> tuple[Tally, ...]:
    """
    Return what is counted of one person, with the prices of as many sums as fit charged to columns, smallest first.

    Of use where a range of sums costs nothing: a mixture of calendars below and above it would, too. Fair shares, which
    cost as soon as somebody is off them, have the same bound either way, and walks that count them take twice as long.

    Parameters
    ----------
    counted : Everything that is counted.
    states : How many states the person's graph of lawful days has on a day, at most.
    """
    found = list(counted)
    table = states * prod(tally.most + 1 for tally in counted if tally.axis)
    for number in sorted(range(len(found)), key=lambda at: found[at].most):
        tally = found[number]
        if (
            tally.prices is None
            or tally.axis
            or np.count_nonzero(tally.prices == 0) < 2
            or not tally.prices.any()
        ):
            continue
        table *= tally.most + 1
        if table > PAID:
            break
        found[number] = replace(tally, paid=True)
    return tuple(found)


def tallies(
    problem: Problem, roster: Roster, index: int, duties: Sequence[Duty], shares: Sequence[Share | Total]
) -> tuple[Tally, ...]:
    """
    Return what is counted of one person: working time first, then what else has a limit or a price.

    Parameters
    ----------
    problem, roster : The scenario, and the roster with the days before.
    index : The person's place in the roster.
    duties : The alphabet of the person's type.
    shares : This person's fair shares and totals.
    """
    of_hours = [share for share in shares if isinstance(share, Share) and share.measure == HOURS]
    found = [_hours(problem, roster, index, duties, of_hours[0] if of_hours else None)]
    found += _standby(problem, roster, index, duties)
    found += _without_overtime(problem, roster, index, duties)
    found += _counts(problem, roster, index, duties)
    found += [_shared(problem, roster, duties, share) for share in shares if share.measure != HOURS]
    return tuple(tally for tally in found if tally.hard or tally.prices is not None)


def _hours(
    problem: Problem, roster: Roster, index: int, duties: Sequence[Duty], share: Share | None
) -> Tally:
    """Count working time, in the largest unit in which every duty is whole."""
    staff, days = problem.type_of(roster.people[index]), roster.horizon.days
    weights = _minutes(problem, roster, index, duties)
    unit = int(np.gcd.reduce(weights, axis=None)) or 1
    weights = weights // unit
    reach = int(weights.max(axis=1).sum())
    most = reach
    if any(isinstance(rule, AverageHours) for rule in staff.rules):
        gone = taken(bans_of(problem, roster.people[index].name), roster.horizon, staff)
        used = minutes_before(problem, staff, roster.horizon, roster.history(index))
        most = min(reach, most_minutes(staff, days, gone, used) // unit)
    prices = None if share is None else np.array([share.cost(unit * n) for n in range(most + 1)], float)
    return Tally(HOURS, weights, False, 0, most, prices, reach)


def _minutes(problem: Problem, roster: Roster, index: int, duties: Sequence[Duty]) -> Ints:
    """Return the working time of each duty on each day, days by duties."""
    horizon, staff = roster.horizon, problem.type_of(roster.people[index])
    weights = np.tile(np.array([duty.work_minutes for duty in duties], int), (horizon.days, 1))
    for day, _, clock in problem.clocks(staff, horizon.on(0), horizon.days):
        if day >= 0:
            weights[day] = [real_duty(duty, clock).work_minutes for duty in duties]
    return weights


def _standby(problem: Problem, roster: Roster, index: int, duties: Sequence[Duty]) -> Iterator[Tally]:
    days = roster.horizon.days
    weights = np.tile(np.array([int(duty.standby is not None) for duty in duties], int), (days, 1))
    reach = int(weights.max(axis=1).sum())
    for rule in problem.type_of(roster.people[index]).rules:
        if isinstance(rule, StandbyShare):
            yield Tally(rule.key, weights, False, 0, min(reach, rule.most_days(days)), None, reach)


def _without_overtime(
    problem: Problem, roster: Roster, index: int, duties: Sequence[Duty]
) -> Iterator[Tally]:
    """Count the hours of each week in which somebody is given no overtime."""
    person, horizon = roster.people[index], roster.horizon
    bans = [ban for ban in bans_of(problem, person.name) if ban.ban is Ban.OVERTIME]
    minutes = _minutes(problem, roster, index, duties)
    unit = int(np.gcd.reduce(minutes, axis=None)) or 1
    for ban in bans:
        first, last = horizon.number(ban.first), horizon.number(ban.last)
        for week in horizon.weeks():
            inside = [day for day in range(week.first, week.last + 1) if first <= day <= last]
            weights = np.zeros((horizon.days, len(duties)), int)
            weights[inside] = minutes[inside] // unit
            reach = int(weights.max(axis=1).sum())
            most = min(reach, problem.type_of(person).weekly_minutes // unit)
            if inside and most < reach:
                yield Tally(f"{ban.ban.value} {week.first}", weights, False, 0, most, None, reach)


def _counts(problem: Problem, roster: Roster, index: int, duties: Sequence[Duty]) -> Iterator[Tally]:
    """Count what the counts of a type ask beyond the graph of lawful days: see `engine.count_rows`."""
    person, horizon, history = roster.people[index], roster.horizon, roster.history(index)
    away = leave_of(bans_of(problem, person.name), horizon)
    for rule in counts_of(problem.type_of(person)):
        if rule.by_sequence and not (away and rule.least):
            continue
        for window in windows(rule, horizon, len(history)):
            days = range(max(window.first, 0), min(window.last + 1, horizon.days))
            inside = [day for day in days if rule.counts_on(horizon.weekday(day))]
            weekends = rule.of is Counted.WEEKENDS
            length = window.last - window.first + 1
            carried = 0 if rule.per is Per.CALENDAR else _carried(problem, rule, roster, index, window.first)
            gone = sum(window.first <= day <= window.last for day in away)
            limit = None if rule.by_sequence else rule.most_in(length)
            least = rule.least_in(length, gone) - carried if window.whole else 0
            daily = [1 if weekends else amount_of(rule.of, rule.shifts, duty) for duty in duties]
            every = np.tile(np.array(daily, int), (horizon.days, 1))
            if rule.of is Counted.HOURS:
                every = _minutes(problem, roster, index, duties)
            unit = int(np.gcd.reduce(every[inside], axis=None)) or 1
            weights = np.zeros((horizon.days, len(duties)), int)
            weights[inside] = every[inside] // unit
            reach = int(weights.max(axis=1).sum())
            if weekends:
                reach = sum(1 for day in inside if horizon.weekday(day) == SUNDAY)
            most = reach if limit is None else min(reach, max(0, limit - carried) // unit)
            yield Tally(rule.subject, weights, weekends, max(0, -(-least // unit)), most, None, reach)


def _carried(problem: Problem, rule: Count, roster: Roster, index: int, first: int) -> int:
    """Return what the days carried in add to a window."""
    history, horizon = roster.history(index), roster.horizon
    known = range(max(first, -len(history)), 0)
    days = [day for day in known if rule.counts_on(horizon.weekday(day))]
    if rule.of is Counted.HOURS:
        staff = problem.type_of(roster.people[index])
        return sum(problem.minutes(staff, horizon.on(day), history[day]) for day in days)
    if rule.of is not Counted.WEEKENDS:
        return sum(amount_of(rule.of, rule.shifts, history[day]) for day in days)
    return sum(
        any(
            spoils(horizon.weekday(near), history[near])
            for near in range(day - 1, day + 2)
            if near >= -len(history)
        )
        for day in days
        if horizon.weekday(day) == SATURDAY and day + 1 < 0
    )


def _shared(problem: Problem, roster: Roster, duties: Sequence[Duty], share: Share | Total) -> Tally:
    """Count what is shared; each value costs what its distance from the share does."""
    horizon = roster.horizon
    weights: Ints = np.array(
        [
            [amount(share.measure, duty, horizon, problem.dates, day) for duty in duties]
            for day in range(horizon.days)
        ],
        int,
    )
    weekends = share.measure == WEEKENDS
    if weekends:
        weights = np.ones_like(weights)
    reach = sum(1 for _ in horizon.saturdays()) if weekends else int(weights.max(axis=1).sum())
    prices: Floats = np.array([share.cost(TENTHS * n) for n in range(reach + 1)], float)
    return Tally(share.measure, weights, weekends, 0, reach, prices, reach)
