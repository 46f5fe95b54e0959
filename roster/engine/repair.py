"""
The lawful roster nearest to a published one when people go away: fewest empty places, changes, people, then evenness.

Most of a calendar has nothing to do with a week's leave, so the search begins with a stretch of days around it. The
days outside may change too there, each at the price of a change, and may then do whatever a day could do: what is
found is a bound. Where it changes nothing outside, which is nearly always, it is a roster, and proven. Else the
stretch is widened, to the whole calendar in the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import gcd

from roster.engine.calendar import Around, CalendarModel, build, duties_of, empty_places
from roster.engine.linear import Program, Terms, restricted, summed, worth
from roster.engine.solver import AS_IT_IS, Search, Solution, branch_and_bound
from roster.engine.whole import least
from roster.plan import Roster, Status
from roster.problem import Duty, Problem

REACHES = (3, 10)
"""Days on either side of the leave that are searched first, and next; then all."""

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
    def stretches(self) -> Iterator[range]:
        """Ever wider stretches around what is amiss, the last one all days."""
        days = self.wanted.horizon.days
        for reach in REACHES if self.days else ():
            first, last = max(0, min(self.days) - reach), min(days, max(self.days) + reach + 1)
            if (last - first) * 10 <= days * 8:
                yield range(first, last)
        yield range(days)


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
    found = _nearest(ask, search)
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
    for days in ask.stretches:
        solved = _solve(_posed(ask, days, elastic=False), search)
        if solved.status is Status.INFEASIBLE:
            return False
        if solved.stays_inside:
            return True
    return None


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

    @property
    def stays_inside(self) -> bool:
        """Whether a roster was found: nothing changes on days that are not free."""
        counts = [walk.elsewhere for walk in self.posed.model.walks if walk.elsewhere is not None]
        return self.solution.found and not any(self.solution.values[variable] for variable in counts)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best of a bracket: the model it was found in, its values, the objective's bound."""

    status: Status
    model: CalendarModel | None = None
    values: tuple[int, ...] = ()
    objective: Terms | None = None
    bound: int = 0
    whole: bool = False


def _nearest(ask: Ask, search: Search) -> _Found:
    """Find the least objective over ever wider stretches, until one is not left."""
    below = 0
    for days in ask.stretches:
        solved = _solve(_posed(ask, days, elastic=True), search)
        if solved.status is Status.INFEASIBLE:
            return _Found(Status.INFEASIBLE)
        below = max(below, solved.solution.bound or 0)
        if solved.stays_inside:
            status = Status.OPTIMAL if solved.solution.objective == below else Status.FEASIBLE
            whole = len(days) == ask.wanted.horizon.days
            posed = solved.posed
            return _Found(status, posed.model, solved.solution.values, posed.objective, below, whole)
    return _Found(Status.UNKNOWN)


def _solve(posed: _Posed, search: Search) -> _Solved:
    return _Solved(posed, least(posed.model.program, posed.objective, search))


def _posed(ask: Ask, days: range, *, elastic: bool) -> _Posed:
    """Pose the question with some days free, and the others open at a price; only whether it can be, if not elastic."""
    around = Around(ask.frozen, open_ended=True, sparing=True)
    model = build(ask.problem, ask.wanted, elastic=elastic, free=frozenset(days) - ask.frozen, around=around)
    elsewhere = [(walk.elsewhere, 1) for walk in model.walks if walk.elsewhere is not None]
    if not elastic:
        return _Posed(model, elsewhere)
    weight = _weight(ask)
    shortages = [
        (variable, weight * (end - start))
        for (name, start, end), variable in model.shortages.items()
        if ask.problem.post[name].hard
    ]
    return _Posed(model, [*_scaled(shortages, weight), *_changed(ask, model), *elsewhere])


def _scaled(shortages: Terms, weight: int) -> Terms:
    """Return the minutes that stay empty in the largest unit that divides them all, times the weight."""
    unit = gcd(*(factor // weight for _, factor in shortages)) if shortages else 1
    return [(variable, factor // max(unit, 1)) for variable, factor in shortages]


def _weight(ask: Ask) -> int:
    """Return more than all cells: what one unit of emptiness counts against changes."""
    return len(ask.wanted.people) * ask.wanted.horizon.days + 1


def _changed(ask: Ask, model: CalendarModel) -> Terms:
    return [
        term
        for walk, duties in zip(model.walks, ask.wanted.duties, strict=True)
        for day, terms in enumerate(walk.changes(duties))
        if (walk.person.name, day) not in ask.excused
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
    given = duties_of(model, values)
    seconds = min(POLISH_SECONDS, search.seconds_left)
    if given == ask.wanted.duties or seconds <= 0:
        return found.values
    small = restricted(program, values, _free_variables(ask, model, program, given))
    number = {variable: at for at, variable in enumerate(small.kept)}
    terms = [(number[variable], factor) for variable, factor in objective if variable in number]
    better = branch_and_bound(small.program, terms, seconds, settings=AS_IT_IS)
    if not better.found:
        return found.values
    for variable, value in zip(small.kept, better.values, strict=True):
        values[variable] = value
    return tuple(values[: len(found.values)])


def _free_variables(
    ask: Ask, model: CalendarModel, program: Program, given: Sequence[Sequence[Duty]]
) -> list[int]:
    """
    Return the variables left open for polishing, and all that are no days.

    On a day that changes, everybody of a type may take any of the duties that somebody of it gave up or took on.
    """
    traded: dict[tuple[str, int], set[Duty]] = defaultdict(set)
    for walk, old, new in zip(model.walks, ask.wanted.duties, given, strict=True):
        for day, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                traded[walk.person.type, day] |= {before, after}
    settled: set[int] = set()
    for walk, old, new in zip(model.walks, ask.wanted.duties, given, strict=True):
        for day, chosen in enumerate(walk.chosen):
            open_to = {old[day], new[day]} | traded.get((walk.person.type, day), set())
            for number, terms in chosen.items():
                if walk.graph.duties[number] not in open_to:
                    settled.update(variable for variable, _ in terms)
        if walk.elsewhere is not None:
            settled.add(walk.elsewhere)
    return [variable for variable in range(len(program.lower)) if variable not in settled]


def _touched(ask: Ask, model: CalendarModel, program: Program, values: list[int]) -> Terms:
    """Add for each person whether anything changes for them."""
    found: Terms = []
    for walk, duties in zip(model.walks, ask.wanted.duties, strict=True):
        days = [
            terms
            for day, terms in enumerate(walk.changes(duties))
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
    one = program.variable(1, 1)
    values.append(1)
    for walk in model.walks:
        if walk.person.name not in away:
            minutes = [duty.work_minutes for duty in walk.graph.duties]
            kept = sum(duty.work_minutes for duty in walk.kept.values())
            every = (term for day in range(len(walk.chosen)) for term in walk.worth(day, minutes))
            hours[walk.person.type].append(summed([*every, (one, kept)]))
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
