"""From rotation to calendar: everybody's lines on the dates, and the least repair where the dates ask otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from roster.checker import check_roster, coverage
from roster.domain.horizon import SATURDAY, DayKind, Horizon, calendar
from roster.domain.outcome import Repair, Roster, Rotation, SeatUse, Status
from roster.domain.problem import DAY, OFF, Duty, Person, Problem, Shift, StaffType
from roster.domain.staff import numbered
from roster.engine.calendar import Nearest, forgiving, nearest
from roster.engine.rotation import SearchRun, split
from roster.language import listed, tr
from roster.questions.absences import only
from roster.questions.dates.going_on import GoingOn
from roster.questions.dates.starting_lines import seated

REACH = (2, 5)
"""Days on either side of a failing one that a repair may change, before it may change all."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """
    The calendar, None where there is no lawful one or time ran out; what was repaired, and why there is none.

    `broken` are the rules that the rota breaks on the dates where there is none.
    """

    status: Status
    roster: Roster | None
    repairs: tuple[Repair, ...] = ()
    reason: str = ""
    broken: frozenset[str] = frozenset()


def lay_out(problem: Problem, ahead: GoingOn, seats: tuple[SeatUse, ...], run: SearchRun) -> LaidOut:
    """
    Lay rotations onto the scenario's dates, and repair what does not fit them.

    Duties that no post needs on a date (a day post on a public holiday) are dropped first; where the independent
    check still finds something, the nearest lawful roster is searched for. It never leaves a hard post empty: where it
    must, there is no calendar, and the reason names the posts. Whoever is known to walk a rotation goes on there.

    Parameters
    ----------
    problem, ahead : The scenario with its dates, and the rotations with who walks them.
    seats : The vendor seats that are taken.
    run : The time there is.
    """
    planned = unrolled(problem, ahead, seats)
    wanted = without_needless(problem, planned)
    duties = list(wanted.duties)
    for part in split(problem):
        among = [index for index, person in enumerate(wanted.people) if person.type in part.type]
        own = only(wanted, part, among)
        violations = check_roster(part, own)
        if not violations:
            continue
        run.report("calendar", None, None)
        found = _repaired(part, own, run)
        if found.roster is None or found.empty:
            broken = frozenset(violation.rule for violation in violations)
            reason = _why_not(problem, wanted.horizon, found)
            if found.status is Status.INFEASIBLE and not found.empty:
                reason = _who_cannot(part, own, run)
            return LaidOut(_no(found), None, (), reason, broken)
        for index, line in zip(among, found.roster.duties, strict=True):
            duties[index] = line
    roster = replace(wanted, duties=tuple(duties))
    return LaidOut(Status.OPTIMAL, roster, _repairs(problem, planned, roster))


def _repaired(problem: Problem, wanted: Roster, run: SearchRun) -> Nearest:
    """Repair around the days that fail, in widening circles; all days where that is not enough, or nearly all."""
    for reach in REACH:
        failing = {day for violation in check_roster(problem, wanted) for day in violation.days}
        if not failing:
            break
        near = (day + step for day in failing for step in range(-reach, reach + 1))
        free = frozenset(day for day in near if 0 <= day < wanted.horizon.days)
        if 3 * len(free) > 2 * wanted.horizon.days:
            break
        found = nearest(problem, wanted, run.search, free)
        if found.roster is not None:
            return found
    return nearest(problem, wanted, run.search)


def _no(found: Nearest) -> Status:
    return Status.UNKNOWN if found.status is Status.UNKNOWN else Status.INFEASIBLE


def _why_not(problem: Problem, horizon: Horizon, found: Nearest) -> str:
    if found.status is Status.UNKNOWN or not found.empty:
        return tr("engine.calendar_late")
    places = [
        tr(
            "engine.short",
            post=problem.post[name].called,
            people=people,
            when=f"{horizon.on(start // DAY)} {start % DAY // 60:02d}:{start % 60:02d}",
        )
        for name, start, _, people in found.empty[:5]
    ]
    return tr("engine.calendar_short", date=horizon.on(0), posts=" ".join(places))


def _who_cannot(problem: Problem, wanted: Roster, run: SearchRun) -> str:
    """Say who has no lawful days even where every post may stay empty, each looked at alone."""
    stuck = [
        person.name
        for index, person in enumerate(wanted.people)
        if nearest(problem, only(wanted, problem, [index]), run.search).status is Status.INFEASIBLE
    ]
    if not stuck:
        return tr("engine.calendar_none", date=wanted.horizon.on(0))
    return tr("engine.calendar_stuck", date=wanted.horizon.on(0), people=listed(stuck))


def people_for(problem: Problem, rotations: Sequence[Rotation]) -> tuple[Person, ...]:
    """
    Return who walks the lines: the scenario's people first, then numbered ones (`ops-1`) up to the headcount.

    Named people whom no line needs stay in the roster, off.
    """
    people: list[Person] = []
    for staff in problem.types:
        lines = sum(rotation.people for rotation in rotations if rotation.type == staff.name)
        named = [person for person in problem.people if person.type == staff.name]
        hired = islice(numbered(staff.name, named), max(0, lines - len(named)))
        people += named
        people += [Person(f"{staff.name}-{number}", staff.name) for number in hired]
    return tuple(people)


def unrolled(problem: Problem, ahead: GoingOn, seats: tuple[SeatUse, ...]) -> Roster:
    """
    Return the calendar in which everybody starts on a line of their own and moves on by one each Monday.

    Parameters
    ----------
    problem, ahead : The scenario with its dates, and the rotations with who walks them.
    seats : The vendor seats that are taken.
    """
    horizon, rotations = calendar(problem.dates), ahead.rotations
    people = people_for(problem, rotations)
    if ahead.walkers:
        walked = _walked(ahead, horizon)
        off = (OFF,) * horizon.days
        given = tuple(walked.get(person.name, off) for person in people)
        return Roster(people, horizon, given, seats, problem.before(people))
    lines: dict[str, list[tuple[Duty, ...]]] = defaultdict(list)
    for rotation in rotations:
        lines[rotation.type] += [
            tuple(_on_line(rotation, person, horizon, day) for day in range(horizon.days))
            for person in range(rotation.people)
        ]
    duties = seated(problem, people, horizon, lines)
    return forgiving(problem, Roster(people, horizon, tuple(duties), seats, problem.before(people)))


def _walked(ahead: GoingOn, horizon: Horizon) -> dict[str, tuple[Duty, ...]]:
    """Return the days of those who are known to walk the rotations."""
    return {
        name: tuple(_on_line(rotation, index, horizon, day) for day in range(horizon.days))
        for rotation, names in zip(ahead.rotations, ahead.walkers, strict=True)
        for index, name in enumerate(names)
    }


def _on_line(rotation: Rotation, person: int, horizon: Horizon, day: int) -> Duty:
    week = (horizon.weekday(0) + day) // 7
    return rotation.lines[rotation.line(person, week)][horizon.weekday(day)]


def without_needless(problem: Problem, roster: Roster) -> Roster:
    """
    Return the roster without the shifts and standbys that the posts can do without on their date.

    Only days that differ from an ordinary week are looked at (a working public holiday is paid threefold); on others
    the rota means what it says. Duties go one by one, as long as no post is held by fewer for it.
    """
    horizon = roster.horizon
    duties = [list(line) for line in roster.duties]
    singled_out = frozenset[date]().union(*(post.days.singled_out for post in problem.posts))
    for day in (
        day for day in range(horizon.days) if _differs(horizon, day) or horizon.on(day) in singled_out
    ):
        for index, person in enumerate(roster.people):
            duties[index][day] = _needed(problem, problem.type_of(person), horizon, (day, duties[index][day]))
        _drop(problem, roster, duties, day)
    return replace(roster, duties=tuple(tuple(line) for line in duties))


def _drop(problem: Problem, roster: Roster, duties: list[list[Duty]], day: int) -> None:
    """Drop duties of a day while the days around it hold as much as before."""
    held = _held(problem, roster, duties, day)
    for line in duties:
        for fewer in _fewer(line[day]):
            kept, line[day] = line[day], fewer
            if _held(problem, roster, duties, day) >= held:
                break
            line[day] = kept


def _fewer(duty: Duty) -> Iterator[Duty]:
    """Yield what is left of a duty without one part or both, the least first."""
    if not duty.is_off:
        yield Duty()
    if duty.shift is not None and duty.standby is not None:
        yield Duty(None, duty.standby)
        yield replace(duty, standby=None)


def _held(problem: Problem, roster: Roster, duties: Sequence[Sequence[Duty]], day: int) -> int:
    """Return the minutes of posts held on a day and the days beside it."""
    first, last = max(0, day - 1), min(roster.horizon.days, day + 2)
    around = Roster(
        roster.people,
        roster.horizon.part(first, last),
        tuple(tuple(line[first:last]) for line in duties),
        roster.seats,
    )
    return sum((row.end - row.start) * min(row.held, row.required) for row in coverage(problem, around))


def _differs(horizon: Horizon, day: int) -> bool:
    ordinary = DayKind.RESTDAY if horizon.weekday(day) >= SATURDAY else DayKind.WORKDAY
    countries = ("", *(name for name, _ in horizon.elsewhere))
    return any(horizon.kind(day, country) is not ordinary for country in countries)


def _needed(problem: Problem, staff: StaffType, horizon: Horizon, cell: tuple[int, Duty]) -> Duty:
    day, duty = cell
    shift = duty.shift if duty.shift and _asked(problem, staff, horizon, (day, duty, duty.shift)) else None
    standby = (
        duty.standby if duty.standby and _asked(problem, staff, horizon, (day, duty, duty.standby)) else None
    )
    return Duty(shift, standby, duty.site if shift else None, duty.site_letter if shift else "")


def _asked(problem: Problem, staff: StaffType, horizon: Horizon, part: tuple[int, Duty, Shift]) -> bool:
    """Whether some post the type can hold is needed while this part of a duty runs."""
    day, duty, shift = part
    return any(
        problem.is_eligible(staff, post) and problem.suits(duty, shift, post)
        for post in problem.posts
        for other in (day - 1, day, day + 1)
        if horizon.needs(post.days, other)
        and other * DAY + post.start < day * DAY + shift.end
        and day * DAY + shift.start < other * DAY + post.end
    )


def _repairs(problem: Problem, planned: Roster, given: Roster) -> tuple[Repair, ...]:
    """Return every cell in which the calendar departs from the rota, with the reason its date gives."""
    found = []
    for index, person in enumerate(planned.people):
        for day, (before, after) in enumerate(zip(planned.duties[index], given.duties[index], strict=True)):
            if before != after:
                why = _why(problem, planned.horizon, person, (day, before, after))
                found.append(Repair(person.name, day, before, after, why))
    return tuple(found)


def _why(problem: Problem, horizon: Horizon, person: Person, cell: tuple[int, Duty, Duty]) -> str:
    day, before, after = cell
    on = horizon.on(day)
    if any(ban.person == person.name and ban.first <= on <= ban.last for ban in problem.restrictions):
        return tr("engine.restricted")
    if any(pin.person == person.name and pin.first <= on <= pin.last for pin in problem.pins):
        return tr("engine.settled")
    if any(on in post.days.singled_out for post in problem.posts):
        return tr("engine.singled_out")
    if horizon.kind(day) is DayKind.HOLIDAY:
        return tr("engine.holiday_off") if len(after.parts) < len(before.parts) else tr("engine.holiday_on")
    if horizon.kind(day) is DayKind.WORKDAY and horizon.weekday(day) >= SATURDAY:
        return tr("engine.made_up")
    return tr("engine.follows")
