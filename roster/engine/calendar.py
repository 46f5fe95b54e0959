"""
The calendar model: one walk a person through the graph of lawful days, over dates.

The same graphs and the same rows of cover as for rotations, with the people told apart: each has a walk that starts
where the days before leave off, or with nothing known. The roster asked for is the one nearest to a wanted one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from roster.engine.coverage import Cover, Needs, Presence
from roster.engine.graph import Graph, History, compile_rules
from roster.engine.linear import Program, Terms
from roster.engine.offruns import off_limit, off_run_rows, without_off_limit
from roster.engine.solver import Search, Solution, minimise
from roster.engine.useful import useful_duties
from roster.horizon import Horizon
from roster.plan import Roster, Status
from roster.problem import Ban, Duty, Person, Problem, Restriction, StaffType
from roster.rules import AverageHours, Rule, StandbyShare


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's days: for each day the variable of each duty that may be given, and the terms of a duty chosen."""

    person: Person
    graph: Graph
    chosen: tuple[dict[int, Terms], ...]


@dataclass(frozen=True, slots=True)
class CalendarModel:
    """A program with its meaning: the walk of each person, the empty places of posts."""

    problem: Problem
    program: Program
    walks: tuple[Walk, ...]
    shortages: dict[tuple[str, int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nearest:
    """
    The roster nearest to the wanted one.

    `changed` counts the cells that differ, `bound` the fewest not excluded; `empty` the places no one could be found
    for: (post, first minute, end, people).
    """

    status: Status
    roster: Roster | None
    changed: int | None = None
    bound: int | None = None
    empty: tuple[tuple[str, int, int, int], ...] = ()


def nearest(problem: Problem, wanted: Roster, search: Search, free: frozenset[int] | None = None) -> Nearest:
    """
    Return the lawful roster that holds every hard post and differs from a wanted one in the fewest cells.

    Where no roster holds every post, the one that leaves the fewest hours empty, and then differs least.

    Parameters
    ----------
    free
        The days that may change; all where not given. With some only, the answer is the nearest among those, and
        where there is none the status is `infeasible` for those days alone.
    """
    model = build(problem, wanted, elastic=False, free=free)
    solved = minimise(model.program, _changes(model, wanted), search)
    if solved.found:
        return _read(model, wanted, solved)
    if solved.status is not Status.INFEASIBLE or free is not None:
        return Nearest(solved.status, None)
    model = build(problem, wanted, elastic=True, free=None)
    empty = [(v, end - start) for (name, start, end), v in model.shortages.items() if problem.post[name].hard]
    least = minimise(model.program, empty, search)
    if not least.found:
        return Nearest(least.status, None)
    model.program.at_most(empty, least.objective or 0, "empty")
    again = minimise(model.program, _changes(model, wanted), search)
    return _read(model, wanted, again if again.found else least)


def build(
    problem: Problem, wanted: Roster, *, elastic: bool, free: frozenset[int] | None, cut_out: bool = False
) -> CalendarModel:
    """
    Build the model of everybody's walks over the horizon of a roster.

    Parameters
    ----------
    elastic
        Whether posts may stay empty.
    free
        The days that may change; all where not given.
    cut_out
        Whether the roster is a stretch of a longer one. Then only what must hold whatever lies around it is asked:
        nothing on sums over all its days. Every lawful roster is lawful there, so its least changes are a bound.
    """
    program = Program()
    horizon = wanted.horizon
    before = [wanted.history(index) for index in range(len(wanted.people))]
    histories = [(horizon.weekday(-len(known)), known) for known in before if any(before)]
    graphs = {staff.name: _graph(problem, staff, wanted, histories) for staff in problem.types}
    walks = []
    for index, person in enumerate(wanted.people):
        bans = [ban for ban in problem.restrictions if ban.person == person.name]
        staff, graph = problem.type_of(person), graphs[person.type]
        if goes_away := off_limit(staff) is not None and any(ban.ban is Ban.DUTY for ban in bans):
            graph = _graph(problem, without_off_limit(staff), wanted, histories)
        kept = {
            day: duty for day, duty in enumerate(wanted.duties[index]) if free is not None and day not in free
        }
        course = Course(problem, horizon, graph, staff, tuple(bans), kept)
        start = graph.carried[index][1] if graph.carried else graph.start[horizon.weekday(0)]
        walk = _walk(program, person, course, start or 0)
        if not cut_out:
            _sums(program, walk, course)
        _limit_overtime(program, walk, course)
        if goes_away:
            _limit_off_runs(program, walk, course, None if cut_out else before[index])
        walks.append(walk)
    carried_in = bool(wanted.before) and all(wanted.before)
    needs = Needs(
        problem, horizon, {name: graph.duties for name, graph in graphs.items()}, problem.posts, carried_in
    )
    taken = {use.seat: use.number for use in wanted.seats}
    seats = {name: program.variable(number, number) for name, number in taken.items()}
    model = CalendarModel(problem, program, tuple(walks))
    counts = _counts(program, walks)
    if carried_in:
        _count_before(program, wanted, graphs, counts)
    Cover(needs, counts, seats, model.shortages, elastic).add_to(program)
    return model


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
            named = (*wanted.duties[index], *wanted.history(index)[-1:])
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


@dataclass(frozen=True, slots=True)
class Course:
    """What one person's walk goes through: the days, the graph, the contract, what is banned when, and what is kept."""

    problem: Problem
    horizon: Horizon
    graph: Graph
    staff: StaffType
    bans: tuple[Restriction, ...]
    kept: Mapping[int, Duty]

    def banned(self, day: int) -> list[Ban]:
        """Bans in force on a day."""
        on = self.horizon.on(day)
        return [ban.ban for ban in self.bans if ban.first <= on <= ban.last]

    @property
    def away(self) -> frozenset[int]:
        """Days of leave."""
        return frozenset(day for day in range(self.horizon.days) if Ban.DUTY in self.banned(day))

    def allows(self, duty: Duty, day: int) -> bool:
        """Whether no ban keeps a duty from a day, and the day may change or keeps its duty."""
        return self.kept.get(day, duty) == duty and not any(
            _breaks(self.problem, self.staff, duty, ban) for ban in self.banned(day)
        )


def _breaks(problem: Problem, staff: StaffType, duty: Duty, ban: Ban) -> bool:
    if ban is Ban.DUTY:
        return not duty.is_off
    if ban is Ban.STANDBY:
        return duty.standby is not None
    if ban is Ban.OVERTIME:
        return duty.work_minutes * 5 > staff.weekly_minutes
    return any(
        part.interrupts_rest and problem.night.overlap(part.start, part.end) > 0 for part in duty.parts
    )


def _walk(program: Program, person: Person, course: Course, state: int) -> Walk:
    """Add one person's walk from a state: one arc a day, each leading to the next; and the sums over it."""
    arriving: dict[int, Terms] = {state: []}
    chosen: list[dict[int, Terms]] = []
    for day in range(course.horizon.days):
        weekday = course.horizon.weekday(day)
        today: dict[int, Terms] = defaultdict(list)
        following: dict[int, Terms] = defaultdict(list)
        allowed = {number for number, duty in enumerate(course.graph.duties) if course.allows(duty, day)}
        for node, into in arriving.items():
            out: Terms = []
            for duty, (after, _) in course.graph.steps[weekday][node].items():
                if duty in allowed:
                    arc = program.variable(0, 1)
                    out.append((arc, 1))
                    today[duty].append((arc, 1))
                    following[after].append((arc, 1))
            program.equal(
                [*out, *((v, -f) for v, f in into)], 1 if day == 0 else 0, f"walk {person.name} {day}"
            )
        program.equal([term for terms in today.values() for term in terms], 1, f"day {person.name} {day}")
        chosen.append(dict(today))
        arriving = following
    return Walk(person, course.graph, tuple(chosen))


def _sums(program: Program, walk: Walk, course: Course) -> None:
    """Add the limits on a person's hours and standby over the calendar."""
    days, staff, name = course.horizon.days, course.staff, walk.person.name
    present = days - len(course.away)
    minutes = [_worth(walk, day, [duty.work_minutes for duty in walk.graph.duties]) for day in range(days)]
    standby = [int(duty.standby is not None) for duty in walk.graph.duties]
    for rule in staff.rules:
        if isinstance(rule, AverageHours):
            every = [(v, 7 * f) for terms in minutes for v, f in terms]
            program.at_most(every, staff.weekly_minutes * present, f"{rule.key} {name}")
        elif isinstance(rule, StandbyShare):
            every = [term for day in range(days) for term in _worth(walk, day, standby)]
            program.at_most(every, -(-rule.percent * days // 100), f"{rule.key} {name}")


def _limit_overtime(program: Program, walk: Walk, course: Course) -> None:
    """Add the limit on hours of each week without overtime."""
    worth = [duty.work_minutes for duty in walk.graph.duties]
    for week in course.horizon.weeks():
        limited = [day for day in range(week.first, week.last + 1) if Ban.OVERTIME in course.banned(day)]
        if limited:
            every = [term for day in limited for term in _worth(walk, day, worth)]
            program.at_most(every, course.staff.weekly_minutes, f"no overtime {walk.person.name}")


def _limit_off_runs(program: Program, walk: Walk, course: Course, before: Sequence[Duty] | None) -> None:
    """Add the longest runs of days off of somebody who goes away; `before` None where the days around are open."""
    limit = off_limit(course.staff)
    if limit is None:
        return
    works = [int(duty.works) for duty in walk.graph.duties]
    days = [_worth(walk, day, works) for day in range(course.horizon.days)]
    off_before = None
    if before is not None:
        off_before = next((back for back, duty in enumerate(reversed(before)) if duty.works), len(before))
    for terms, least in off_run_rows(days, course.away, limit, off_before):
        program.at_least(terms, least, f"off_block {walk.person.name}")


def _worth(walk: Walk, day: int, worth: Sequence[int]) -> Terms:
    return [(v, f * worth[duty]) for duty, terms in walk.chosen[day].items() for v, f in terms if worth[duty]]


def _counts(program: Program, walks: Sequence[Walk]) -> dict[Presence, Terms]:
    """Count the people of a type on each duty of each day, in a variable where there are several terms."""
    sums: dict[Presence, Terms] = defaultdict(list)
    for walk in walks:
        for day, duties in enumerate(walk.chosen):
            for duty, terms in duties.items():
                if not walk.graph.duties[duty].is_off:
                    sums[walk.person.type, day, duty] += terms
    counts: dict[Presence, Terms] = {}
    for who, terms in sums.items():
        total = program.variable(0, len(walks))
        program.equal([*terms, (total, -1)], 0, "count")
        counts[who] = [(total, 1)]
    return counts


def _count_before(
    program: Program, wanted: Roster, graphs: Mapping[str, Graph], counts: dict[Presence, Terms]
) -> None:
    """Count who came into the first day still on the duty of the day before."""
    one = program.variable(1, 1)
    for index, person in enumerate(wanted.people):
        duties = graphs[person.type].duties
        last = wanted.history(index)[-1]
        if last in duties and not last.is_off:
            counts.setdefault((person.type, -1, duties.index(last)), []).append((one, 1))


def changes_of(walk: Walk, duties: Sequence[Duty]) -> list[Terms]:
    """Return for each day the terms that say whether a person's duty differs from the wanted one."""
    number = {duty: at for at, duty in enumerate(walk.graph.duties)}
    found = []
    for day, duty in enumerate(duties):
        kept = number.get(duty, -1)
        found.append([term for other, arcs in walk.chosen[day].items() if other != kept for term in arcs])
    return found


def _changes(model: CalendarModel, wanted: Roster) -> Terms:
    """Return the cells that differ from the wanted roster, as terms to be made few."""
    return [
        term
        for walk, duties in zip(model.walks, wanted.duties, strict=True)
        for terms in changes_of(walk, duties)
        for term in terms
    ]


def duties_of(model: CalendarModel, values: Sequence[int]) -> tuple[tuple[Duty, ...], ...]:
    """Return everybody's duties in a solution."""
    return tuple(
        tuple(
            next(
                walk.graph.duties[duty]
                for duty, terms in day.items()
                if any(values[variable] for variable, _ in terms)
            )
            for day in walk.chosen
        )
        for walk in model.walks
    )


def empty_places(model: CalendarModel, values: Sequence[int]) -> tuple[tuple[str, int, int, int], ...]:
    """Return the places of hard posts that a solution leaves empty: (post, first minute, end, people)."""
    return tuple(
        (name, start, end, values[variable])
        for (name, start, end), variable in model.shortages.items()
        if values[variable] and model.problem.post[name].hard
    )


def _read(model: CalendarModel, wanted: Roster, solved: Solution) -> Nearest:
    duties, empty = duties_of(model, solved.values), empty_places(model, solved.values)
    roster = Roster(wanted.people, wanted.horizon, duties, wanted.seats, wanted.before)
    changed = sum(
        given != asked
        for line, wish in zip(duties, wanted.duties, strict=True)
        for given, asked in zip(line, wish, strict=True)
    )
    return Nearest(solved.status, roster, changed, None if empty else solved.bound, empty)
