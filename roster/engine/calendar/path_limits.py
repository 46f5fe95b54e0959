"""Limits on sums over one person's walk: hours, standby, weeks without overtime, runs of days off around leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roster.domain.problem import Ban, Duty, StaffType
from roster.domain.rules import AverageHours, StandbyShare
from roster.engine.automata import off_limit, off_run_rows
from roster.engine.calendar.leave_hours import minutes_before, most_minutes
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import PersonDays
from roster.engine.integer_program import Program, Terms


def limit_sums(program: Program, walk: DutyPath, course: PersonDays, before: Sequence[Duty]) -> None:
    """
    Add the limits on a person's hours, standby and runs of days off over the calendar.

    Parameters
    ----------
    program, walk : What gets the rows, and the person's path in it.
    course : The same person's type, dates and leave.
    before : The duties of the days before.
    """
    days, staff, name = course.horizon.days, course.staff, walk.person.name
    for rule in staff.rules:
        if isinstance(rule, AverageHours):
            every = walk.hours()
            used = minutes_before(course.problem, staff, course.horizon, before)
            most = most_minutes(staff, days, course.taken, used) - every.kept
            limit = most if course.edge is None else course.edge.ways.minutes + course.published(worked)
            program.at_most(every.terms, limit, f"{rule.key} {name}")
        elif isinstance(rule, StandbyShare):
            every = walk.standbys()
            most = rule.most_days(days) - every.kept
            limit = most if course.edge is None else course.edge.ways.standbys + course.published(standby)
            program.at_most(every.terms, limit, f"{rule.key} {name}")
    _limit_overtime(program, walk, course)
    if course.away:
        for terms, least in off_runs(walk, staff, course.away, before):
            program.at_least(terms, least, f"off_block {name}")


def worked(duty: Duty) -> int:
    """Return the working time of a duty, in minutes."""
    return duty.work_minutes


def standby(duty: Duty) -> int:
    """Return 1 where a duty has a standby, else 0."""
    return int(duty.standby is not None)


def _limit_overtime(program: Program, walk: DutyPath, course: PersonDays) -> None:
    """Add the limit on hours of each week without overtime."""
    if not any(ban.ban is Ban.OVERTIME for ban in course.bans):
        return
    for week in course.horizon.weeks():
        limited = [day for day in range(week.first, week.last + 1) if course.without_overtime(day)]
        if limited:
            every = walk.hours(limited)
            limit = course.staff.weekly_minutes - every.kept
            program.at_most(every.terms, limit, f"no overtime {walk.person.name}")


def off_runs(
    walk: DutyPath, staff: StaffType, away: frozenset[int], before: Sequence[Duty]
) -> Iterator[tuple[Terms, int]]:
    """
    Yield rows (terms, least) on the runs of days off of somebody with days of leave, what is kept taken out.

    Parameters
    ----------
    walk, staff : A person's path, and the type with its limit.
    away : Numbers of the days of leave.
    before : The duties of the days before.
    """
    longest = off_limit(staff)
    if longest is None:
        return
    works = [int(duty.works) for duty in walk.graph.duties]
    days = [
        [(_ONE, int(walk.kept[day].works))] if day in walk.kept else walk.worth(day, works)
        for day in range(len(walk.chosen))
    ]
    off_before = next((back for back, duty in enumerate(reversed(before)) if duty.works), len(before))
    for terms, least in off_run_rows(days, away, longest, off_before):
        known = sum(factor for variable, factor in terms if variable == _ONE)
        left = [term for term in terms if term[0] != _ONE]
        if walk.elsewhere is not None:
            left.append((walk.elsewhere, 1))
        if left or known < least:
            yield left, least - known


_ONE = -1
"""Stands for what is known, among the variables of a row being made."""
