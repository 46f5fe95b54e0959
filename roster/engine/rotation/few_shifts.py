"""
The fewest people by a few of the shifts, where types have many: graphs of lawful days grow with pairs of shifts.

What a week asks for bounds every rota, whatever its shifts. So where a rota of a few of them reaches that, the graph of
all is never made: 24 shifts have 9,900 lawful days of a week, three of them 250.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from roster.domain.horizon import Horizon
from roster.domain.outcome import Proof, ProofKind, Status
from roster.domain.problem import Duty, Goal, Problem, StaffType
from roster.domain.rules import AverageHours
from roster.engine.automata import capped, useful_duties
from roster.engine.cover import Cover, Needs, Presence
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.at_value import at_value, goal_of
from roster.engine.rotation.first_rota import fewest_used
from roster.engine.rotation.hours_bound import sums_of
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.minimum import LONG_RUN, Fewest, bound_said, fewest
from roster.engine.rotation.model import build
from roster.engine.rotation.orders import settled_already
from roster.engine.rotation.search_run import SearchRun
from roster.engine.rotation.taking_turns import many_alike
from roster.engine.solvers.mip import branch_and_bound
from roster.language import tr

MANY = 8
"""Different shifts of a type from which on the graph of all is put off: that of fewer is soon made."""

SEARCHED = 12
"""Different shifts of a type up to which a better rota is looked for among all; the graphs of more leave no time."""

SECONDS = 1.0
"""Wall time for a rota of a few shifts, which is found at once or not."""

MOST_PEOPLE = 100
"""Above so many, sums are rarely reached."""


def fewest_soonest(problem: Problem, run: SearchRun) -> Fewest:
    """
    Find the fewest people for a problem, with proof; by a rota of a few of many shifts where that reaches the sums.

    The model of such a rota knows no other shifts: whoever asks more of all rotas asks for `fewest`.

    Parameters
    ----------
    problem, run : The scenario, and the time there is.
    """
    return _of_few_shifts(problem, run) or fewest(problem, run)


def _of_few_shifts(problem: Problem, run: SearchRun) -> Fewest | None:
    """
    Return the fewest people by a rota of a few of the shifts; None where types have few, or the sums are not reached.

    Only where nothing is to be chosen once the number is known: the best of all shifts is not looked for.
    """
    many = [staff for staff in problem.types if _different(problem, staff) >= MANY]
    if not many or problem.goal is Goal.COST or problem.rotation_weeks is not None:
        return None
    sums = sums_of(problem, run.search)
    if sums is None or not 0 < sums.bound <= MOST_PEOPLE:
        return None
    week, run = _week(problem, sums.bound), replace(run, search=run.search.within(SECONDS))
    relaxed = branch_and_bound(week.program, week.goal, run.left(), week.whole)
    if relaxed.bound is None or relaxed.bound > MOST_PEOPLE:
        return None
    bound = max(sums.bound, relaxed.bound)
    few = _with_few_shifts(week, {staff.name for staff in many}, bound)
    if few is None:
        return None
    tight = capped(few, LONG_RUN, WEEK_DAYS)
    model = build(tight, days=WEEK_DAYS)
    settled = model.program.copy()
    settled.between(goal_of(model), bound, bound, "goal")
    if many_alike(model) or not settled_already(model, settled):
        return None
    found = at_value(model, model.program.copy(), bound, run)
    if not found.found:
        return None
    run.report("search", bound, bound)
    if bound > sums.bound:
        proof = Proof(ProofKind.RELAXATION, bound_said(problem, "relaxation", bound))
    else:
        proof = Proof(ProofKind.ARITHMETIC, sums.reason or tr("engine.minimum", people=bound))
    shortened = None if tight is few else WEEK_DAYS
    if all(_different(problem, staff) <= SEARCHED for staff in many):
        # Who holds what has other variables than in a model of all shifts: nobody may take the one for the other.
        model = replace(model, problem=problem, holding=len(model.program.lower))
    values = tuple(found.values)
    return Fewest(Status.OPTIMAL, bound, bound, proof, model, values, shortened=shortened, whole=problem)


def _different(problem: Problem, staff: StaffType) -> int:
    """Return how many shifts on site a type has, those at the same hours being one."""
    return len({problem.shift[name].stretches for name in staff.shifts if problem.shift[name].on_site})


@dataclass(frozen=True, slots=True)
class _Week:
    """
    What a week asks for, and what people can do of it by their hours and a duty a day, whatever their other rules.

    Each row holds of the weeks of any roster on average: with only people and seats whole (`whole`) its least `goal` is
    one of every roster. `counts` says who is on which of the `duties` of each type.
    """

    problem: Problem
    program: Program
    goal: Terms
    whole: frozenset[int]
    duties: dict[str, tuple[Duty, ...]]
    counts: dict[Presence, Terms]


def _week(problem: Problem, least: int) -> _Week:
    program, counts, goal = Program(), dict[Presence, Terms](), list[tuple[int, int]]()
    ring = Horizon(WEEK_DAYS, cyclic=True)
    duties = {staff.name: useful_duties(problem, staff, ring) for staff in problem.types}
    whole = set[int]()
    for staff in problem.types:
        there = program.variable(staff.minimum, staff.maximum)
        whole.add(there)
        if problem.goal is Goal.PEOPLE or not problem.is_vendor(staff):
            goal.append((there, 1))
        minutes: Terms = [(there, -staff.net_minutes)]
        for day in range(WEEK_DAYS):
            today: Terms = [(there, -1)]
            for number, duty in enumerate(duties[staff.name]):
                if not duty.is_off:
                    variable = program.variable(0, staff.maximum)
                    counts[staff.name, day, number] = [(variable, 1)]
                    today.append((variable, 1))
                    minutes.append((variable, duty.work_minutes))
            program.at_most(today, 0, "a duty a day")
        if any(isinstance(rule, AverageHours) for rule in staff.rules):
            program.at_most(minutes, 0, "hours")
    program.at_least(goal, least, "goal")
    seats = {seat.name: program.variable(0, seat.maximum) for seat in problem.seats}
    whole.update(seats.values())
    Cover(Needs(problem, ring, duties, problem.posts), counts, seats, {}).add_to(program)
    return _Week(problem, program, goal, frozenset(whole), duties, counts)


def _with_few_shifts(week: _Week, many: set[str], people: int) -> Problem | None:
    """Return the problem with few of the shifts of some types; None where not even the week's hours allow any."""
    program = week.program.copy()
    program.at_most(week.goal, people, "goal")
    works = [
        (variable, (name, number))
        for (name, _, number), [(variable, _)] in week.counts.items()
        if name in many
    ]
    used = fewest_used(program, works)
    if used is None:
        return None
    kept: dict[str, set[str]] = defaultdict(set)
    for name, number in used:
        kept[name].update(part.name for part in week.duties[name][number].parts)
    shift = week.problem.shift

    def fewer(staff: StaffType) -> StaffType:
        if staff.name not in many:
            return staff
        left = (one for one in staff.shifts if one in kept[staff.name] or not shift[one].on_site)
        return replace(staff, shifts=tuple(left))

    return replace(week.problem, types=tuple(map(fewer, week.problem.types)))
