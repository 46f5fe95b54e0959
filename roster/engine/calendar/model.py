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

from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Problem, StaffType
from roster.domain.rules import Count
from roster.engine.automata import (
    History,
    StateGraph,
    compiled,
    leave_matters,
    useful_duties,
    useful_numbers,
    while_away,
    within,
)
from roster.engine.calendar.cover import CalendarModel, OutsideDays, cover, hire
from roster.engine.calendar.outside_changes import tie_changes
from roster.engine.calendar.outside_standby import tie_standby
from roster.engine.calendar.pairings import pair
from roster.engine.calendar.path_counts import limit_counts
from roster.engine.calendar.path_limits import limit_sums
from roster.engine.calendar.paths import DutyPath, lay_walk
from roster.engine.calendar.person_days import PersonDays, bans_of, leave_of
from roster.engine.integer_program import Program

NOTHING = OutsideDays()


def build(
    problem: Problem,
    wanted: Roster,
    *,
    elastic: bool,
    free: frozenset[int] | None,
    around: OutsideDays = NOTHING,
) -> CalendarModel:
    """
    Build the model of everybody's walks over the horizon of a roster.

    Parameters
    ----------
    problem, wanted : The scenario, and the roster whose people, dates and days before hold.
    elastic : Whether posts may stay empty.
    free : The days that may change; all where not given.
    around : What may happen on the other days; nothing where not given.
    """
    program = Program()
    days = frozenset(range(wanted.horizon.days))
    free = days - around.frozen if free is None else free & days
    people = list((_in_stretch if around.edges else courses)(problem, wanted, free, around))
    walks: list[DutyPath] = []
    for index, course in enumerate(people):
        walk = lay_walk(program, course)
        limit_sums(program, walk, course, wanted.history(index))
        counted = wanted.history(index) if wanted.counts_before(index, Count.key) else ()
        limit_counts(program, walk, course.staff, (course.horizon, counted, course.away))
        walks.append(walk)
    unbound = pair(program, problem, wanted, list(zip(walks, people, strict=True)))
    missing = (*tie_standby(program, walks, around.surplus), *tie_changes(program, walks))
    model = CalendarModel(problem, program, tuple(walks), unbound=unbound, missing=missing)
    hire(model, wanted, free, around)
    # Where kept days might change, posts of days that no free one touches say nothing.
    near = frozenset(day + step for day in free for step in (0, 1))
    cover(model, wanted, near if around.open_ended else frozenset(range(-1, len(days) + 2)), elastic=elastic)
    return model


def courses(
    problem: Problem, wanted: Roster, free: frozenset[int], around: OutsideDays
) -> Iterator[PersonDays]:
    """
    Yield what each person's walk goes through.

    Parameters
    ----------
    problem, wanted : The scenario, and the roster whose people, dates and days before hold.
    free : The days that may change.
    around : What may happen on the other days.
    """
    horizon = wanted.horizon
    before = [wanted.history(index) for index in range(len(wanted.people))]
    histories = [(horizon.weekday(-len(known)), known) for known in before if any(before)]
    graphs: dict[tuple[str, bool], StateGraph] = {}
    useful: dict[str, tuple[frozenset[int], ...]] = {}
    for index, person in enumerate(wanted.people):
        bans = bans_of(problem, person.name)
        staff = problem.type_of(person)
        goes_away = leave_matters(staff) and bool(leave_of(bans, horizon))
        if (staff.name, goes_away) not in graphs:
            ruled = while_away(staff) if goes_away else staff
            duties = _duties(problem, staff, wanted)
            graphs[staff.name, goes_away] = _graph(problem, ruled, duties, wanted, histories)
        graph = graphs[staff.name, goes_away]
        if around.sparing and staff.name not in useful:
            useful[staff.name] = tuple(useful_numbers(problem, staff, graph.duties, horizon))
        state = graph.carried[index][1] if graph.carried else graph.start[horizon.weekday(0)] or 0
        yield PersonDays(
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


def _in_stretch(
    problem: Problem, wanted: Roster, free: frozenset[int], around: OutsideDays
) -> Iterator[PersonDays]:
    """Yield what each person's walk through a stretch cut out of a calendar goes through."""
    for person, duties, edge in zip(wanted.people, wanted.duties, around.edges, strict=True):
        bans = bans_of(problem, person.name)
        yield PersonDays(
            problem,
            wanted.horizon,
            person,
            edge.graph,
            edge.state,
            bans,
            duties,
            free,
            around.frozen,
            around.open_ended,
            edge.useful,
            edge,
        )


def _duties(problem: Problem, staff: StaffType, wanted: Roster) -> tuple[Duty, ...]:
    """
    Return the duties of a type that are of use on these dates, and those that its people are wanted on.

    Posts count everybody of a type by this one list, those as well who go away and of whom the rules ask less. A duty
    of no use costs nothing where it stays, and changing it would not be the nearest. What was done on the last day
    carried in may be of use on the first morning only.
    """
    duties = dict.fromkeys(useful_duties(problem, staff, wanted.horizon))
    allowed = frozenset(problem.duties(staff))
    for index, person in enumerate(wanted.people):
        if person.type == staff.name:
            pins = {pin.duty for pin in problem.pins if pin.person == person.name}
            settled = [duty for duty in problem.duties(staff) if duty.name in pins]
            named = (*wanted.duties[index], *wanted.history(index)[-1:], *settled)
            duties |= dict.fromkeys(duty for duty in named if duty in allowed)
    return tuple(duties)


def _graph(
    problem: Problem, staff: StaffType, duties: tuple[Duty, ...], wanted: Roster, histories: Sequence[History]
) -> StateGraph:
    """Compile the hard rules of a type over some duties."""
    known = max((len(before) for _, before in histories), default=0)
    rules = within((rule for rule in staff.rules if rule.hard), wanted.horizon.days + known)
    clocks = problem.clocks(staff, wanted.horizon.on(0), wanted.horizon.days)
    # Where nothing is known of anybody's days before, one graph serves calendars from every weekday.
    weekdays = () if histories else tuple(range(7))
    travel = tuple(problem.travel_minutes.items())
    return compiled(duties, rules, travel, weekdays, tuple(histories), wanted.forgiven, clocks)


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
