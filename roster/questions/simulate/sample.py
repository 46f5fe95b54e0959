"""
A year that was replanned day by day, held against the independent check.

Each round of the calendar is a roster of its own with the round before carried in, and absences are leave. All rules
must be kept, and what stays empty must be what the year counted. Only what an absence itself breaks off (a run of
shifts that is now too short) is nobody's doing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from roster.checker import check_roster, coverage
from roster.domain.outcome import Roster, SeatUse, StandIn, Violation
from roster.domain.pairing import BONDS
from roster.domain.problem import DAY, Ban, Person, Problem, Restriction
from roster.errors import EngineError
from roster.questions.simulate.rates import YEAR
from roster.questions.simulate.year import Year

BROKEN_OFF = (
    frozenset({"shift_run", "work_block", "off_block", "handover", "count", "whole_weekends", "succession"})
    | BONDS
)
"""Rules that somebody's going away can break by itself."""


def must_be_lawful(year: Year, seats: tuple[SeatUse, ...]) -> int:
    """
    Check every whole round of the calendar in a year; return how many there are.

    Raises
    ------
    EngineError
        Something replanned breaks a rule, or more or less is empty than was counted.
    """
    team, counted = year.team, 0
    problem = team.problem if "overtime" not in year.allowed else team.problem.with_overtime()
    rounds = YEAR // team.days
    for number in range(rounds):
        asked, roster = _round(year, problem, number, seats)
        broken = [each for each in check_roster(asked, roster) if not _excused(year, number, each)]
        if broken:
            raise EngineError("; ".join(violation.sentence for violation in broken[:5]))
        counted += _empty(asked, roster)
    if rounds * team.days == YEAR and counted != sum(year.sums.empty):
        raise EngineError(f"{counted} != {sum(year.sums.empty)} minutes empty")
    return rounds


def _round(year: Year, problem: Problem, number: int, seats: tuple[SeatUse, ...]) -> tuple[Problem, Roster]:
    """Return a round of the calendar as a roster, and the problem with absences as leave."""
    team, days = year.team, year.team.days
    start = number * days
    people = tuple(Person(slot.name, slot.kind.staff.name) for slot in team.slots)
    kept = [each for each in problem.restrictions if each.ban is not Ban.DUTY]
    asked = replace(problem, people=people, restrictions=(*kept, *_leave(year, start)), pins=(), carried=())
    lines = [[slot.kind.duties[duty] for duty in year.given[at]] for at, slot in enumerate(team.slots)]
    sent = tuple(
        StandIn(team.posts.posts[place].name, day - start, people)
        for day in range(start, start + days)
        for place, people in year.stand_ins[day].items()
    )
    roster = Roster(
        people,
        team.horizon,
        tuple(tuple(line[start + days : start + 2 * days]) for line in lines),
        seats=seats,
        before=tuple(tuple(line[start : start + days]) for line in lines),
        stand_ins=sent,
    )
    return asked, roster


def _leave(year: Year, start: int) -> Iterator[Restriction]:
    """Yield absences as leave, which takes the hours of the published line; a stretch of days as one."""
    team = year.team
    for at, slot in enumerate(team.slots):
        gone = [day for day in range(start, start + team.days) if year.away[at][day]]
        for day in gone:
            on = team.horizon.on(day - start)
            taken = year.lost[at][day]
            # What began on the eve is done before somebody goes.
            eve = slot.kind.duties[year.given[at][day + team.days - 1]].span
            begins = max(0, eve[1] - DAY) if eve is not None else 0
            yield Restriction(slot.name, Ban.DUTY, on, on, start=begins, minutes=taken)


def _excused(year: Year, number: int, violation: Violation) -> bool:
    """Whether a violation is an empty post, which is counted, or what an absence has broken off by itself."""
    if violation.rule == "post":
        return True
    team, start = year.team, number * year.team.days
    days = [start + day for day in violation.days] or [start]
    around = range(max(0, min(days) - 1), min(YEAR, max(days) + 2))
    slot = next((at for at, each in enumerate(team.slots) if each.name == violation.person), None)
    if slot is None:
        return False
    if team.slots[slot].row is None and violation.rule in ("off_block", "count"):
        return True  # Who has no line of their own may be idle for long.
    if any(team.ref_broken(slot, day) for day in around):
        return True
    if violation.rule not in BROKEN_OFF:
        return False
    forced = {day for who, day in year.forced if who == slot}
    return any(year.away[slot][day] or day in forced for day in around)


def _empty(problem: Problem, roster: Roster) -> int:
    """Return the minutes of people missing between the first midnight and the last."""
    missing: Counter[int] = Counter()
    end = roster.horizon.days * DAY
    for row in coverage(problem, roster):
        first, last = row.day * DAY + row.start, min(row.day * DAY + row.end, end)
        if row.held < row.required and first < last:
            missing[row.day] += (row.required - row.held) * (last - first)
    return sum(missing.values())
