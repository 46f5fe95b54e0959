"""
The calendar model: one walk a person through the graph of lawful days, over dates.

The same graphs and the same rows of cover as for rotations, with the people told apart: each has a walk that starts
where the days before leave off, or with nothing known.

Only some days need be free. Asked for a bound, the others may change as well, at the price of one for each changed
day, and each such day may take off as much of a sum, and hold as many posts, as any one day could. So every lawful
roster has its place in the model and costs no more there than it does: what the model makes least is a bound. And
where its answer changes no day outside the free ones, it is a roster: the bound is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from roster.engine.calendar_cover import Around, CalendarModel, cover, hire
from roster.engine.graph import Graph, History, compile_rules
from roster.engine.linear import Program, Terms
from roster.engine.offruns import off_limit, off_run_rows, without_off_limit
from roster.engine.useful import useful_duties, useful_numbers
from roster.engine.walks import Course, Walk, lay_walk
from roster.horizon import Horizon
from roster.plan import Roster
from roster.problem import Ban, Duty, Problem, Restriction, StaffType
from roster.rules import AverageHours, Rule, StandbyShare

NOTHING = Around()


def build(
    problem: Problem, wanted: Roster, *, elastic: bool, free: frozenset[int] | None, around: Around = NOTHING
) -> CalendarModel:
    """
    Build the model of everybody's walks over the horizon of a roster.

    Parameters
    ----------
    elastic
        Whether posts may stay empty.
    free
        The days that may change; all where not given.
    around
        What may happen on the other days; nothing where not given.
    """
    program = Program()
    days = frozenset(range(wanted.horizon.days))
    free = days - around.frozen if free is None else free & days
    courses = list(_courses(problem, wanted, free, around))
    walks = []
    for index, course in enumerate(courses):
        walk = lay_walk(program, course)
        _sums(program, walk, course)
        _limit_overtime(program, walk, course)
        _limit_off_runs(program, walk, course, wanted.history(index))
        walks.append(walk)
    model = CalendarModel(problem, program, tuple(walks))
    hire(model, wanted, free, around)
    # Where kept days might change, posts of days that no free one touches say nothing.
    near = frozenset(day + step for day in free for step in (0, 1))
    cover(model, wanted, near if around.open_ended else frozenset(range(-1, len(days) + 2)), elastic=elastic)
    return model


def _courses(problem: Problem, wanted: Roster, free: frozenset[int], around: Around) -> Iterator[Course]:
    """Yield what each person's walk goes through."""
    horizon = wanted.horizon
    before = [wanted.history(index) for index in range(len(wanted.people))]
    histories = [(horizon.weekday(-len(known)), known) for known in before if any(before)]
    graphs: dict[tuple[str, bool], Graph] = {}
    useful: dict[str, tuple[frozenset[int], ...]] = {}
    for index, person in enumerate(wanted.people):
        bans = tuple(ban for ban in problem.restrictions if ban.person == person.name)
        staff = problem.type_of(person)
        goes_away = off_limit(staff) is not None and any(_inside(horizon, ban) for ban in bans)
        if (staff.name, goes_away) not in graphs:
            ruled = without_off_limit(staff) if goes_away else staff
            graphs[staff.name, goes_away] = _graph(problem, ruled, wanted, histories)
        graph = graphs[staff.name, goes_away]
        if around.sparing and staff.name not in useful:
            useful[staff.name] = tuple(useful_numbers(problem, staff, graph.duties, horizon))
        state = graph.carried[index][1] if graph.carried else graph.start[horizon.weekday(0)] or 0
        yield Course(
            problem,
            horizon,
            person,
            graph,
            state,
            bans,
            wanted.duties[index],
            free,
            around.frozen,
            around.open_ended,
            useful.get(staff.name, ()),
        )


def _inside(horizon: Horizon, ban: Restriction) -> bool:
    """Whether it is leave of which some day lies in the calendar."""
    return ban.ban is Ban.DUTY and horizon.number(ban.last) >= 0 and horizon.number(ban.first) < horizon.days


def _graph(problem: Problem, staff: StaffType, wanted: Roster, histories: Sequence[History]) -> Graph:
    """
    Compile the hard rules of a type over the duties of use on these dates and those that its people are wanted on.

    A duty of no use costs nothing where it stays, and changing it would not be the nearest. What was done on the last
    day carried in may be of use on the first morning only.
    """
    duties = list(useful_duties(problem, staff, wanted.horizon))
    allowed = frozenset(problem.duties(staff))
    for index, person in enumerate(wanted.people):
        if person.type == staff.name:
            pins = {pin.duty for pin in problem.pins if pin.person == person.name}
            settled = [duty for duty in problem.duties(staff) if duty.name in pins]
            named = (*wanted.duties[index], *wanted.history(index)[-1:], *settled)
            duties += [duty for duty in dict.fromkeys(named) if duty in allowed and duty not in duties]
    rules = tuple(rule for rule in staff.rules if rule.hard)
    return _compiled(tuple(duties), rules, problem.travel, tuple(histories))


@lru_cache(maxsize=64)
def _compiled(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[str, str, int], ...],
    histories: tuple[History, ...],
) -> Graph:
    """Compile rules once for all the questions that are asked of one roster."""
    minutes = {pair: time for a, b, time in travel for pair in ((a, b), (b, a))}
    # Where nothing is known of anybody's days before, one graph serves calendars from every weekday.
    weekdays = () if histories else range(7)
    return compile_rules(duties, rules, minutes, weekdays, carried=histories)


def _sums(program: Program, walk: Walk, course: Course) -> None:
    """Add the limits on a person's hours and standby over the calendar."""
    days, staff, name = course.horizon.days, course.staff, walk.person.name
    present = days - len(course.away)
    minutes = [duty.work_minutes for duty in walk.graph.duties]
    standby = [int(duty.standby is not None) for duty in walk.graph.duties]
    for rule in staff.rules:
        if isinstance(rule, AverageHours):
            every = _over(walk, course, range(days), minutes)
            limit = staff.calendar_minutes * present // 7
            program.at_most(every.terms, limit - every.kept, f"{rule.key} {name}")
        elif isinstance(rule, StandbyShare):
            every = _over(walk, course, range(days), standby)
            program.at_most(every.terms, -(-rule.percent * days // 100) - every.kept, f"{rule.key} {name}")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum over days: its terms, and what kept days add to it."""

    terms: Terms
    kept: int


def _over(walk: Walk, course: Course, days: Sequence[int], worth: Sequence[int]) -> _Sum:
    """Sum over days; a kept day that is changed after all takes off what the heaviest kept day is worth."""
    terms: Terms = []
    kept, heaviest = 0, 0
    for day in days:
        if day in course.free:
            terms += walk.worth(day, worth)
            continue
        number = course.number.get(course.wanted[day])
        heavy = 0 if number is None else worth[number]
        kept += heavy
        if course.may_change(day):
            heaviest = max(heaviest, heavy)
    if walk.elsewhere is not None and heaviest:
        terms.append((walk.elsewhere, -heaviest))
    return _Sum(terms, kept)


def _limit_overtime(program: Program, walk: Walk, course: Course) -> None:
    """Add the limit on hours of each week without overtime."""
    if not any(ban.ban is Ban.OVERTIME for ban in course.bans):
        return
    worth = [duty.work_minutes for duty in walk.graph.duties]
    for week in course.horizon.weeks():
        limited = [day for day in range(week.first, week.last + 1) if Ban.OVERTIME in course.banned(day)]
        if limited:
            every = _over(walk, course, limited, worth)
            limit = course.staff.weekly_minutes - every.kept
            program.at_most(every.terms, limit, f"no overtime {walk.person.name}")


def _limit_off_runs(program: Program, walk: Walk, course: Course, before: Sequence[Duty]) -> None:
    """Add the longest runs of days off of somebody who goes away."""
    limit = off_limit(course.staff)
    if limit is None or not course.away:
        return
    works = [int(duty.works) for duty in walk.graph.duties]
    kept = {
        day: int(course.wanted[day].works) for day in range(course.horizon.days) if day not in course.free
    }
    days = [
        [(_ONE, kept[day])] if day in kept else walk.worth(day, works) for day in range(course.horizon.days)
    ]
    off_before = next((back for back, duty in enumerate(reversed(before)) if duty.works), len(before))
    for terms, least in off_run_rows(days, course.away, limit, off_before):
        known = sum(factor for variable, factor in terms if variable == _ONE)
        open_terms = [term for term in terms if term[0] != _ONE]
        if walk.elsewhere is not None:
            open_terms.append((walk.elsewhere, 1))
        if open_terms or known < least:
            program.at_least(open_terms, least - known, f"off_block {walk.person.name}")


_ONE = -1
"""Stands for what is known, among the variables of a row being made."""


def duties_of(model: CalendarModel, values: Sequence[int]) -> tuple[tuple[Duty, ...], ...]:
    """Return everybody's duties in a solution."""
    return tuple(walk.duties(values) for walk in model.walks)


def empty_places(model: CalendarModel, values: Sequence[int]) -> tuple[tuple[str, int, int, int], ...]:
    """Return the places of hard posts that a solution leaves empty: (post, first minute, end, people)."""
    return tuple(
        (name, start, end, values[variable])
        for (name, start, end), variable in model.shortages.items()
        if values[variable] and model.problem.post[name].hard
    )
