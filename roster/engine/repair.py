"""
The lawful roster nearest to a published one when people go away: fewest empty places, changes, people, then evenness.

Most of a calendar has nothing to do with a week's leave, so the search begins there. A stretch of days around the
leave, cut out of the calendar, asks for less than the whole: its least changes are a bound. The calendar with
only these days free to change asks for more: its least changes can be had. Where the two agree, which is nearly
always, the answer is proven; else the whole calendar is searched. HiGHS does both: on the tertiary hospital it takes
1.3 s for the whole calendar, CP-SAT 16 to 20.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import gcd

from roster.engine.calendar import CalendarModel, build, changes_of, duties_of, empty_places
from roster.engine.linear import Program, Terms, restricted, summed, worth
from roster.engine.solver import AS_IT_IS, Search, Solution, branch_and_bound, minimise
from roster.horizon import Horizon
from roster.plan import Roster, Status
from roster.problem import Problem

REACH = 3
"""Days on either side of the leave that are searched first."""

POLISH_SECONDS = 1.0
"""Wall time for touching fewer people and spreading hours evenly, once the fewest changes are known."""

Empty = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """
    What is to be repaired.

    Parameters
    ----------
    problem, wanted
        The problem with the leave in it, and the published roster.
    days
        The days on which something is amiss: leave, and whatever the roster breaks.
    frozen
        Days that never change.
    excused
        Cells (person, day) that differ without counting: the leave itself.
    """

    problem: Problem
    wanted: Roster
    days: frozenset[int]
    frozen: frozenset[int] = frozenset()
    excused: frozenset[tuple[str, int]] = frozenset()

    @property
    def free(self) -> frozenset[int]:
        """The days that may change."""
        return frozenset(range(self.wanted.horizon.days)) - self.frozen

    @property
    def near(self) -> range:
        """The stretch around what is amiss; all days where that is most of them."""
        days = self.wanted.horizon.days
        if not self.days:
            return range(days)
        first, last = max(0, min(self.days) - REACH), min(days, max(self.days) + REACH + 1)
        return range(first, last) if (last - first) * 10 <= days * 7 else range(days)


@dataclass(frozen=True, slots=True)
class Repaired:
    """
    The nearest roster; None where no roster keeps the rules, or time ran out.

    `changed` counts cells without the excused ones, `bound` the fewest not excluded among rosters that leave as little
    empty. `empty` are the places left empty, `empty_proven` whether fewer hours are impossible. `whole` tells whether
    the whole calendar had to be searched.
    """

    status: Status
    roster: Roster | None = None
    changed: int | None = None
    bound: int | None = None
    empty: Empty = ()
    whole: bool = False


def repair(ask: Ask, search: Search) -> Repaired:
    """Return the nearest lawful roster; where it cannot hold every hard post, the one that leaves least empty."""
    found = _bracket(ask, search, elastic=False)
    if found.status is Status.INFEASIBLE:
        found = _bracket(ask, search, elastic=True)
    if found.model is None:
        return Repaired(found.status)
    values = _polished(ask, found, search)
    duties = duties_of(found.model, values)
    roster = replace(ask.wanted, duties=duties)
    changed = count_changes(ask, roster)
    empty = empty_places(found.model, values)
    proven = found.status is Status.OPTIMAL
    bound = min(changed, found.bound % _weight(ask)) if proven else None if empty else found.bound
    return Repaired(found.status, roster, changed, bound, empty, found.whole)


def coverable(ask: Ask, search: Search) -> bool | None:
    """Return whether some lawful roster holds every hard post; None where time ran out."""
    near = ask.near
    if len(near) < ask.wanted.horizon.days:
        if _solve(_model(ask, near, elastic=False, cut_out=True), search).status is Status.INFEASIBLE:
            return False
        if _solve(_model(ask, near, elastic=False), search).solution.found:
            return True
    solved = _solve(_model(ask, range(ask.wanted.horizon.days), elastic=False), search)
    return True if solved.solution.found else False if solved.status is Status.INFEASIBLE else None


def count_changes(ask: Ask, roster: Roster) -> int:
    """Return the cells in which a roster differs from the published one, the excused ones left out."""
    return sum(
        given != asked and (person.name, day) not in ask.excused
        for person, line, wish in zip(roster.people, roster.duties, ask.wanted.duties, strict=True)
        for day, (given, asked) in enumerate(zip(line, wish, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Posed:
    """A model with what is made least in it."""

    model: CalendarModel
    objective: Terms


@dataclass(frozen=True, slots=True)
class _Solved:
    posed: _Posed
    solution: Solution

    @property
    def status(self) -> Status:
        return self.solution.status


@dataclass(frozen=True, slots=True)
class _Found:
    """The best of a bracket: the model it was found in, its values, the objective's bound."""

    status: Status
    model: CalendarModel | None = None
    values: tuple[int, ...] = ()
    objective: Terms | None = None
    bound: int = 0
    whole: bool = False


def _bracket(ask: Ask, search: Search, *, elastic: bool) -> _Found:
    """Find the least objective between the bound of a stretch cut out and the value of a stretch freed."""
    near = ask.near
    below, best = 0, None
    if len(near) < ask.wanted.horizon.days:
        with ThreadPoolExecutor(1) as beside:
            # The solver lets go of the interpreter, so bound and value are searched for at the same time.
            bounding = beside.submit(_solve, _model(ask, near, elastic=elastic, cut_out=True), search)
            best = _solve(_model(ask, near, elastic=elastic), search)
            lower = bounding.result()
        if lower.status is Status.INFEASIBLE:
            return _Found(Status.INFEASIBLE)
        below = max(0, lower.solution.bound or 0)
        if best.solution.found and best.solution.objective == below:
            return _taken(Status.OPTIMAL, best, below, whole=False)
    every = _solve(_model(ask, range(ask.wanted.horizon.days), elastic=elastic), search)
    if every.status is Status.INFEASIBLE:
        return _Found(Status.INFEASIBLE)
    bound = max(below, every.solution.bound or 0)
    found = [solved for solved in (every, best) if solved is not None and solved.solution.found]
    if not found:
        return _Found(Status.UNKNOWN)
    least = min(found, key=lambda solved: solved.solution.objective or 0)
    status = Status.OPTIMAL if least.solution.objective == bound else Status.FEASIBLE
    return _taken(status, least, bound, whole=True)


def _taken(status: Status, solved: _Solved, bound: int, *, whole: bool) -> _Found:
    return _Found(status, solved.posed.model, solved.solution.values, solved.posed.objective, bound, whole)


def _solve(posed: _Posed, search: Search) -> _Solved:
    """Solve with HiGHS; with CP-SAT where it comes to no end."""
    program, seconds = posed.model.program, search.seconds_left
    if seconds <= 0:
        return _Solved(posed, Solution(Status.UNKNOWN, (), None, None))
    solution = branch_and_bound(program, posed.objective, seconds * 0.7, settings=AS_IT_IS)
    if solution.status is Status.UNKNOWN and search.seconds_left > 0:
        solution = minimise(program, posed.objective, search)
    return _Solved(posed, solution)


def _model(ask: Ask, days: range, *, elastic: bool, cut_out: bool = False) -> _Posed:
    """Pose the question with some days free, as a stretch cut out or within the whole calendar."""
    wanted, frozen, first = ask.wanted, ask.frozen, 0
    if cut_out:
        wanted, frozen, first = (
            _cut_out(wanted, days),
            frozenset(day - days.start for day in frozen),
            days.start,
        )
        days = range(len(days))
    model = build(ask.problem, wanted, elastic=elastic, free=frozenset(days) - frozen, cut_out=cut_out)
    weight = _weight(ask) if elastic else 1
    shortages = [
        (variable, weight * (end - start))
        for (name, start, end), variable in model.shortages.items()
        if elastic and ask.problem.post[name].hard
    ]
    return _Posed(model, [*_scaled(shortages, weight), *_changed(ask, model, wanted, first)])


def _scaled(shortages: Terms, weight: int) -> Terms:
    """Return the minutes that stay empty in the largest unit that divides them all, times the weight."""
    unit = gcd(*(factor // weight for _, factor in shortages)) if shortages else 1
    return [(variable, factor // max(unit, 1)) for variable, factor in shortages]


def _weight(ask: Ask) -> int:
    """Return more than all cells: what one unit of emptiness counts against changes."""
    return len(ask.wanted.people) * ask.wanted.horizon.days + 1


def _cut_out(roster: Roster, days: range) -> Roster:
    """Return a stretch of a roster, with nothing known of the days before."""
    whole = roster.horizon
    horizon = Horizon(len(days), first=whole.on(days.start), kinds=whole.kinds[days.start : days.stop])
    return replace(
        roster,
        horizon=horizon,
        duties=tuple(line[days.start : days.stop] for line in roster.duties),
        before=(),
    )


def _changed(ask: Ask, model: CalendarModel, wanted: Roster, first: int) -> Terms:
    return [
        term
        for walk, duties in zip(model.walks, wanted.duties, strict=True)
        for day, terms in enumerate(changes_of(walk, duties))
        if (walk.person.name, first + day) not in ask.excused
        for term in terms
    ]


def _polished(ask: Ask, found: _Found, search: Search) -> tuple[int, ...]:
    """Touch the fewest people, then spread hours evenly, without more empty places or changes; near the leave only."""
    assert found.model is not None
    assert found.objective is not None
    model, values = found.model, list(found.values)
    program = model.program.copy()
    program.at_most(found.objective, worth(found.objective, values), "changes")
    touched = _touched(ask, model, program, values)
    spread = _spread(ask, model, program, values)
    most = 1 + sum(program.upper[variable] * factor for variable, factor in spread if factor > 0)
    objective = [*((variable, most) for variable, _ in touched), *spread]
    moved = {day for day in ask.days if day not in ask.frozen}
    for walk, old, new in zip(model.walks, ask.wanted.duties, duties_of(model, values), strict=True):
        moved |= {d for d, (a, b) in enumerate(zip(old, new, strict=True)) if a != b and walk}
    small = restricted(program, values, _free_variables(model, program, moved))
    seconds = min(POLISH_SECONDS, search.seconds_left)
    if not moved or seconds <= 0:
        return found.values
    number = {variable: at for at, variable in enumerate(small.kept)}
    terms = [(number[variable], factor) for variable, factor in objective if variable in number]
    better = branch_and_bound(small.program, terms, seconds, settings=AS_IT_IS)
    if not better.found:
        return found.values
    for variable, value in zip(small.kept, better.values, strict=True):
        values[variable] = value
    return tuple(values[: len(found.values)])


def _free_variables(model: CalendarModel, program: Program, moved: Iterable[int]) -> list[int]:
    """Return the variables of the days that change and their neighbours, and all that are no days."""
    near = {day + step for day in moved for step in (-1, 0, 1)}
    settled = {
        variable
        for walk in model.walks
        for day, chosen in enumerate(walk.chosen)
        if day not in near
        for terms in chosen.values()
        for variable, _ in terms
    }
    return [variable for variable in range(len(program.lower)) if variable not in settled]


def _touched(ask: Ask, model: CalendarModel, program: Program, values: list[int]) -> Terms:
    """Add for each person whether anything changes for them."""
    found: Terms = []
    for walk, duties in zip(model.walks, ask.wanted.duties, strict=True):
        days = [
            terms
            for day, terms in enumerate(changes_of(walk, duties))
            if terms and (walk.person.name, day) not in ask.excused
        ]
        touched = program.variable(0, 1)
        values.append(int(any(worth(terms, values) for terms in days)))
        for terms in days:
            program.at_most([*terms, (touched, -1)], 0, f"touched {walk.person.name}")
        found.append((touched, 1))
    return found


def _spread(ask: Ask, model: CalendarModel, program: Program, values: list[int]) -> Terms:
    """Add for each type the most and the least hours of those who stay; their distance is made small."""
    away = {name for name, _ in ask.excused}
    hours: dict[str, list[Terms]] = defaultdict(list)
    for walk in model.walks:
        if walk.person.name not in away:
            minutes = [duty.work_minutes for duty in walk.graph.duties]
            hours[walk.person.type].append(
                summed(
                    (variable, minutes[duty] * factor)
                    for chosen in walk.chosen
                    for duty, terms in chosen.items()
                    for variable, factor in terms
                )
            )
    unit = gcd(*(factor for rows in hours.values() for terms in rows for _, factor in terms)) or 1
    found: Terms = []
    for rows in (rows for rows in hours.values() if len(rows) > 1):
        sums = [[(variable, factor // unit) for variable, factor in terms] for terms in rows]
        worked = [worth(terms, values) for terms in sums]
        limit = max(worked) + len(ask.days)
        most, least = program.variable(0, limit), program.variable(0, limit)
        values += [max(worked), min(worked)]
        for terms in sums:
            program.at_most([*terms, (most, -1)], 0, "most hours")
            program.at_least([*terms, (least, -1)], 0, "least hours")
        found += [(most, 1), (least, -1)]
    return found
