"""
What must hold while one person is away: a stretch of the calendar, as flows that share the people of a rotation.

While one of `n` people is away, `n - 1` of the type and all others hold every hard post. In a stretch cut out of the
calendar, with nothing known of the days around it, people of a type are interchangeable, so whole numbers on the arcs
of the graph of lawful days say all of it, as they do in a rotation. Every roster that covers the absence is such a
flow: where there is none, no roster covers it. Put beside the rotation, with the same people in both, the flows make
the headcount grow until the absence can be covered: its least is a proven bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import gcd

from roster.domain.horizon import Horizon, calendar
from roster.domain.outcome import ProofKind, Status
from roster.domain.problem import Duty, Problem, StaffType
from roster.engine.automata import StateGraph, compiled, useful_duties, while_away
from roster.engine.cover import Cover, Needs, Presence
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.model import RotationModel
from roster.engine.solvers.mip import branch_and_bound, relaxed

REACH = 3
"""Days on either side of an absence that the stretch takes in: rest and runs reach so far."""


@dataclass(frozen=True, slots=True)
class AbsenceGap:
    """One person of a type away on the days [first, stop) of the calendar."""

    type: str
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class HeadcountVariables:
    """The variables that say who is there: people of each type, and how many of each vendor seat."""

    people: Mapping[str, int]
    seats: Mapping[str, int]


def headcount_variables(model: RotationModel) -> HeadcountVariables:
    """Return the people and seats of a rotation model."""
    return HeadcountVariables({name: flow.headcount for name, flow in model.flows.items()}, model.seats)


@dataclass(frozen=True, slots=True)
class AbsenceWindow:
    """The stretch around an absence: its days as a calendar of its own, and those of them that the person is away."""

    horizon: Horizon
    away: range


def stretch_of(problem: Problem, gap: AbsenceGap) -> AbsenceWindow:
    """Cut the stretch around an absence out of the calendar."""
    whole = calendar(problem.dates)
    first, stop = max(0, gap.first - REACH), min(whole.days, gap.stop + REACH)
    return AbsenceWindow(whole.part(first, stop), range(gap.first - first, gap.stop - first))


@dataclass(slots=True)
class Absence:
    """
    An absence written into a program: `shortages` are empty places where they are let be, `deciding` what settles all.
    """

    shortages: dict[tuple[str, int, int], int]
    deciding: list[int]


def add_absence(
    problem: Problem,
    program: Program,
    variables: HeadcountVariables,
    gap: AbsenceGap,
    *,
    elastic: bool = False,
) -> Absence:
    """
    Add the flows of everybody through the stretch around an absence, who is away staying off meanwhile.

    A type without people has no absences. Named people without a line of the rota may help.

    Parameters
    ----------
    problem : The scenario.
    program, variables : What gets the flows, and its variables of people and seats.
    gap : Who is away, and when.
    elastic : Whether posts may stay empty, at a price.
    """
    stretch = stretch_of(problem, gap)
    posts = [post for post in problem.posts if post.hard]
    sums: dict[Presence, Terms] = defaultdict(list)
    duties: dict[str, tuple[Duty, ...]] = {}
    deciding = []
    for staff in problem.types:
        people, most = variables.people[staff.name], program.upper[variables.people[staff.name]]
        duties[staff.name] = useful_duties(problem, staff, stretch.horizon)
        graph = _graph(problem, staff, duties[staff.name])
        there: Terms = [(people, 1)]
        named = sum(person.type == staff.name for person in problem.people)
        if spare := max(0, named - program.lower[people]):
            there.append((program.variable(0, spare), 1))
        if staff.name == gap.type:
            one = program.variable(int(program.lower[people] > 0), int(most > 0))
            deciding.append(one)
            program.at_most([(people, 1), (one, -most)], 0, f"away {staff.name}")
            there.append((one, -1))
            alone = _graph(problem, while_away(staff), duties[staff.name])
            _flow(program, alone, stretch, ([(one, 1)], 1, frozenset(stretch.away)), (staff.name, sums))
        _flow(program, graph, stretch, (there, most + spare, frozenset()), (staff.name, sums))
    counts = _counted(program, sums)
    made = Absence({}, deciding)
    needs = Needs(problem, stretch.horizon, duties, posts)
    Cover(needs, counts, variables.seats, made.shortages, elastic).add_to(program)
    return made


def _graph(problem: Problem, staff: StaffType, duties: tuple[Duty, ...]) -> StateGraph:
    """Compile a type's rules over duties that posts count everybody of it by, whoever goes away included."""
    rules = tuple(rule for rule in staff.rules if rule.hard)
    return compiled(duties, rules, tuple(problem.travel_minutes.items()))


def _flow(
    program: Program,
    graph: StateGraph,
    stretch: AbsenceWindow,
    who: tuple[Terms, int, frozenset[int]],
    into_sums: tuple[str, dict[Presence, Terms]],
) -> None:
    """Add a flow of so many people, at most so many, off on some days; gather who is on which duty."""
    people, most, off = who
    name, sums = into_sums
    state = graph.start[stretch.horizon.weekday(0)]
    arriving: dict[int, Terms] = {state or 0: people}
    for day in range(stretch.horizon.days):
        weekday = stretch.horizon.weekday(day)
        following: dict[int, Terms] = defaultdict(list)
        for node, into in arriving.items():
            out: Terms = []
            for duty, (after, _) in graph.steps[weekday][node].items():
                idle = graph.duties[duty].is_off
                if idle or day not in off:
                    arc = program.variable(0, most)
                    out.append((arc, 1))
                    following[after].append((arc, 1))
                    if not idle:
                        sums[name, day, duty].append((arc, 1))
            program.equal([*out, *((v, -f) for v, f in into)], 0, "balance")
        arriving = following


def _counted(program: Program, sums: Mapping[Presence, Terms]) -> dict[Presence, Terms]:
    """Give each duty of each day a variable of its own where several terms make it up."""
    counts: dict[Presence, Terms] = {}
    for who, terms in sums.items():
        if len(terms) == 1:
            counts[who] = terms
            continue
        most = max(program.upper[variable] for variable, _ in terms) + 1
        counts[who] = [(program.sum_of(terms, most, "count"), 1)]
    return counts


def other_than(
    program: Program,
    variables: HeadcountVariables,
    people: Mapping[str, int],
    seats: Mapping[str, int],
    *,
    fewer: bool = False,
) -> list[int]:
    """
    Add that the numbers must be others; return the variables that say what changes.

    More is what follows from an absence that so many cannot cover: no part of them can either.

    Parameters
    ----------
    program, variables : What gets the rows, and its variables of people and seats.
    people, seats : The numbers that are ruled out, by name.
    fewer : Whether something less will do too.
    """
    chosen: list[int] = []
    numbers = {variable: people[name] for name, variable in variables.people.items()}
    numbers |= {variable: seats[name] for name, variable in variables.seats.items()}
    for variable, number in numbers.items():
        lower, upper = program.lower[variable], program.upper[variable]
        if number < upper:
            chosen.append(program.variable(0, 1))
            program.at_least([(variable, 1), (chosen[-1], lower - number - 1)], lower, "more")
        if fewer and number > lower:
            chosen.append(program.variable(0, 1))
            program.at_most([(variable, 1), (chosen[-1], upper - number + 1)], upper, "fewer")
    program.at_least([(changes, 1) for changes in chosen], 1, "other")
    return chosen


def _settled(
    problem: Problem, people: Mapping[str, int], seats: Mapping[str, int]
) -> tuple[Program, HeadcountVariables]:
    program = Program()
    return program, HeadcountVariables(
        {staff.name: program.variable(people[staff.name], people[staff.name]) for staff in problem.types},
        {seat.name: program.variable(seats[seat.name], seats[seat.name]) for seat in problem.seats},
    )


def excluded(
    problem: Problem, people: Mapping[str, int], seats: Mapping[str, int], gap: AbsenceGap, seconds: float
) -> ProofKind:
    """
    Return how the stretch around an absence shows that so many people cannot cover it; NONE where it does not.

    Parameters
    ----------
    problem : The scenario.
    people, seats : Numbers of each type and seat, by name.
    gap : Who is away, and when.
    seconds : For the search in whole numbers; 0 for the relaxation alone.
    """
    program, variables = _settled(problem, people, seats)
    add_absence(problem, program, variables, gap)
    if relaxed(program, [])[0] is Status.INFEASIBLE:
        return ProofKind.RELAXATION
    if seconds > 0 and branch_and_bound(program, [], seconds).status is Status.INFEASIBLE:
        return ProofKind.SEARCH
    return ProofKind.NONE


def empty_at_best(
    problem: Problem, people: Mapping[str, int], seats: Mapping[str, int], gap: AbsenceGap, seconds: float
) -> Counter[str]:
    """
    Return the minutes that each hard post stays empty at best around an absence; nothing out of time.

    Parameters
    ----------
    problem : The scenario.
    people, seats : Numbers of each type and seat, by name.
    gap : Who is away, and when.
    seconds : Time limit.
    """
    program, variables = _settled(problem, people, seats)
    made = add_absence(problem, program, variables, gap, elastic=True)
    # In minutes the same search takes ten times as long as in the largest unit that divides them.
    unit = gcd(*(end - start for _, start, end in made.shortages)) or 1
    objective = [(variable, (end - start) // unit) for (_, start, end), variable in made.shortages.items()]
    found = branch_and_bound(program, objective, seconds)
    empty: Counter[str] = Counter()
    if found.found:
        for (name, start, end), variable in made.shortages.items():
            empty[name] += found.values[variable] * (end - start)
    return +empty


def grown(model: RotationModel, program: Program, deciding: Iterable[int]) -> RotationModel:
    """
    Return a model whose program has grown, with the variables that settle what was added.

    Parameters
    ----------
    model, program : The model, and its program after something was added.
    deciding : The variables that settle what was added.
    """
    return replace(model, program=program, deciding=model.deciding | frozenset(deciding))
