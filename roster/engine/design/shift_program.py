"""
The choice of shifts as an integer program over one week.

A number of people of each type, how many of them start which shift on which weekday, and whether a kind of shift is
used. Every row holds of the weeks of any roster on average, whatever its period: what each moment asks for, hours, one
shift a day, the longest run of working days, and the rest between two days. With only the people whole, its least value
is therefore a bound for every roster and every choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from roster.domain.problem import DAY, WEEK, Goal, Problem, Shift, StaffType
from roster.domain.rules import MinRest, ShiftLength, WorkBlock
from roster.engine.design.week import Need, needs
from roster.engine.integer_program import Program, Terms


@dataclass(frozen=True, slots=True)
class WeekProgram:
    """
    The program with what its variables mean.

    `people` by type, `starts` by type, shift and weekday, `used` by name of a candidate. `goal` is what is made least
    first, `minutes` the minutes at work in the week,
    `supply` those that the people may work.
    """

    program: Program
    people: dict[str, int]
    starts: dict[tuple[str, str, int], int]
    used: dict[str, int]
    goal: Terms
    minutes: Terms
    supply: Terms
    shifts: dict[str, Shift]

    @property
    def whole(self) -> frozenset[int]:
        """The variables that every roster has whole: people, and which kinds are used."""
        return frozenset([*self.people.values(), *self.used.values()])


def week_program(problem: Problem, *, at_most: int | None) -> WeekProgram:
    """
    Return the program of a scenario whose shifts are to be chosen.

    Parameters
    ----------
    problem : With all candidates among its shifts.
    at_most : How many kinds may be used; None: any number, and kinds are not looked at.
    """
    assert problem.design is not None
    program = Program()
    shifts = {shift.name: shift for shift in problem.shifts if shift.on_site}
    asked = needs(problem, tuple(shifts.values()))
    most = most_people(problem, asked)
    people: dict[str, int] = {}
    starts: dict[tuple[str, str, int], int] = {}
    for staff in problem.types:
        people[staff.name] = program.variable(staff.minimum, min(staff.maximum, max(most, staff.minimum)))
        for shift in allowed(staff, shifts):
            for day in range(7):
                starts[staff.name, shift.name, day] = program.variable(0, most)
        _limits(program, staff, people[staff.name], starts, allowed(staff, shifts))
    _cover(program, asked, starts, shifts)
    used: dict[str, int] = {}
    if at_most is not None:
        used = {name: program.variable(0, 1) for name in problem.design.candidates}
        program.at_most([(variable, 1) for variable in used.values()], at_most, "kinds")
        _kinds(program, used, starts, (asked, shifts))
    cost = problem.goal is Goal.COST
    in_house = [
        staff for staff in problem.types if problem.goal is not Goal.IN_HOUSE or not problem.is_vendor(staff)
    ]
    goal = [(people[staff.name], staff.cost if cost else 1) for staff in in_house]
    minutes = [(variable, shifts[name].work_minutes) for (_, name, _), variable in starts.items()]
    supply = [(people[staff.name], staff.net_minutes) for staff in problem.types]
    return WeekProgram(program, people, starts, used, goal, minutes, supply, shifts)


def allowed(staff: StaffType, shifts: dict[str, Shift]) -> list[Shift]:
    """Return the working shifts of a type that none of its rules finds too long."""
    longest = [rule.minutes for rule in staff.rules if isinstance(rule, ShiftLength) and rule.hard]
    return [
        shifts[name]
        for name in staff.shifts
        if name in shifts and shifts[name].minutes <= min(longest, default=DAY)
    ]


def most_people(problem: Problem, asked: Iterable[Need]) -> int:
    """Return a number of people that is always enough to look at: ten for each person wanted at the busiest moment."""
    busiest = max((need.load for need in asked), default=0)
    return max(10, 10 * math.ceil(busiest / 100), *(staff.minimum for staff in problem.types))


def _limits(
    program: Program,
    staff: StaffType,
    people: int,
    starts: dict[tuple[str, str, int], int],
    shifts: list[Shift],
) -> None:
    own = {(shift.name, day): starts[staff.name, shift.name, day] for shift in shifts for day in range(7)}
    worked = [(own[shift.name, day], shift.work_minutes) for shift in shifts for day in range(7)]
    program.at_most([*worked, (people, -staff.net_minutes)], 0, "hours")
    for day in range(7):
        program.at_most([*((own[shift.name, day], 1) for shift in shifts), (people, -1)], 0, "one a day")
    for rule in staff.rules:
        if not rule.hard:
            continue
        if isinstance(rule, WorkBlock) and rule.longest is not None:
            # Of any longest + 1 days on end at most `longest` are worked, so of seven on average 7 L / (L + 1).
            every = [(variable, rule.longest + 1) for variable in own.values()]
            program.at_most([*every, (people, -7 * rule.longest)], 0, "work block")
        if isinstance(rule, MinRest):
            _rest(program, rule.minutes, people, own, shifts)


def _rest(
    program: Program, minutes: int, people: int, own: dict[tuple[str, int], int], shifts: list[Shift]
) -> None:
    """Let nobody end after a moment and begin on the next day before the rest from that moment is over."""
    for moment in sorted({shift.end for shift in shifts}):
        late = [shift for shift in shifts if shift.end >= moment]
        early = [shift for shift in shifts if shift.start + DAY < moment + minutes]
        if not early:
            continue
        for day in range(7):
            terms = [(own[shift.name, day], 1) for shift in late]
            terms += [(own[shift.name, (day + 1) % 7], 1) for shift in early]
            program.at_most([*terms, (people, -1)], 0, "rest")


def _there(shifts: dict[str, Shift]) -> dict[tuple[str, int], set[int]]:
    """Return for each shift that starts on a weekday the slots of five minutes of the week in which it is there."""
    return {
        (name, day): {
            (day * DAY + minute) % WEEK // 5 for a, b in shift.stretches for minute in range(a, b, 5)
        }
        for name, shift in shifts.items()
        for day in range(7)
    }


def _cover(
    program: Program, asked: Iterable[Need], starts: dict[tuple[str, str, int], int], shifts: dict[str, Shift]
) -> None:
    there = _there(shifts)
    for need in asked:
        terms = [
            (variable, 100)
            for (staff, name, day), variable in starts.items()
            if staff in need.types and need.start // 5 in there[name, day]
        ]
        program.at_least(terms, need.load, "cover")


def _kinds(
    program: Program,
    used: dict[str, int],
    starts: dict[tuple[str, str, int], int],
    wanted: tuple[list[Need], dict[str, Shift]],
) -> None:
    """
    Let nobody start a shift of a kind that is not used.

    More of a type than are wanted at once while a shift lasts hold nothing more, and no row asks for them, so that a
    kind that is used stands for no more. Types that hold the same are counted together.
    """
    asked, shifts = wanted
    there = _there(shifts)
    alike: dict[str, tuple[int, ...]] = {}
    for staff, _, _ in starts:
        alike[staff] = tuple(at for at, need in enumerate(asked) if staff in need.types)
    by_day: dict[tuple[str, int, tuple[int, ...]], Terms] = {}
    for (staff, name, day), variable in starts.items():
        if name in used:
            by_day.setdefault((name, day, alike[staff]), []).append((variable, 1))
    for (name, day, needs_), terms in by_day.items():
        loads = (asked[at].load for at in needs_ if asked[at].start // 5 in there[name, day])
        program.at_most([*terms, (used[name], -math.ceil(max(loads, default=0) / 100))], 0, "kind")
    able = {name for _, name, _ in starts}
    for names in {
        frozenset(name for name, day in there if name in able and need.start // 5 in there[name, day])
        for need in asked
    }:
        if names <= used.keys():
            program.at_least([(used[name], 1) for name in sorted(names)], 1, "some kind")
