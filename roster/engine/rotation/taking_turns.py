"""
Rotas in which equal types take turns: one does this week what the next one did last week.

Ten campuses with teams of their own, tied by a pool, are ten times the same days with only the pool between them, and
a search that does not know tries them all in every order. Here types that differ in name only, with as many people
each, do the same weeks, each at another one of them, and everybody else does the same every week: what the pool
sees of the campuses together hardly changes from week to week. Days that must be alike are one variable, so the
program of four weeks is smaller than that of one in which each type is free. What is found keeps every row of the
whole program; what is not found may still exist.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import gcd

from roster.domain.horizon import calendar
from roster.domain.outcome import Status
from roster.engine.integer_program import Program, Row, summed
from roster.engine.rotation.even_windows import can_be_cut, sums_in_calendar
from roster.engine.rotation.lawful_days import WEEK_DAYS
from roster.engine.rotation.model import Flow, RotationModel, most_units
from roster.engine.rotation.patching import joined
from roster.engine.rotation.read import rotations_of
from roster.engine.rotation.team_by_team import Team, team_by_team
from roster.engine.solvers.reduced_costs import UNDECIDED
from roster.engine.solvers.search import Solution

FEWEST_ALIKE = 4
"""Equal types from which on they take turns."""

LARGE = 3_000
"""Variables of a week from which on they do; in smaller programs each is free, which is as quick and finds more."""

HOPELESS = 6_000
"""Variables of a week from which on rings in which each is free find nothing in a minute."""

MANY_SUMS = 4_000
"""
Duties of a type round a ring from which on those of a day are taken together where nothing tells them apart.

Whoever holds what is not whole yet while they are, and of a few duties it was found too late that it cannot be.
"""

_Turn = tuple[str, str, int, int]
"""A type, the one whose weeks it does, how many weeks later, and after how many they come again."""

REPEAT = 4
"""Most weeks after which what everybody does together comes again in a longer ring; each is a program of its own."""


def equal_types(model: RotationModel) -> list[list[str]]:
    """Return the names of types that differ in nothing but their names and the places they are bound to."""
    found: dict[object, list[str]] = defaultdict(list)
    for name, flow in model.flows.items():
        found[_kind(model, flow)].append(name)
    return list(found.values())


def _kind(model: RotationModel, flow: Flow) -> object:
    staff, problem = flow.staff, model.problem
    limits = (staff.minimum, staff.maximum, staff.cost, staff.net_minutes, staff.employer, staff.rules)
    able = sorted(
        (post.start, post.end, post.people, post.load, post.presence.value)
        for post in problem.posts
        if problem.is_eligible(staff, post)
    )
    return flow.arcs, limits, tuple(able)


def many_alike(model: RotationModel) -> bool:
    """Whether a week is so large, and so many of its types equal, that they had better take turns."""
    large = len(model.program.lower) >= LARGE
    return large and max(map(len, equal_types(model)), default=0) >= FEWEST_ALIKE


def only_in_turns(model: RotationModel) -> bool:
    """Whether a week is so large that equal types had better take turns or nothing."""
    return many_alike(model) and len(model.program.lower) >= HOPELESS


def in_turns(
    model: RotationModel, people: Mapping[str, int], seconds: float, repeat: int = REPEAT
) -> Solution:
    """
    Return a rota of so many people of each type in which equal types take turns; `unknown` where none was found.

    Parameters
    ----------
    model, people : That of a ring of whole weeks, and how many people of each type it has.
    seconds : Wall time at most.
    repeat : See `places`.
    """
    turns = list(turns_of(model, people, model.days // WEEK_DAYS, repeat))
    folded = _folded(_limited(model, people, turns), _alike(model, turns))
    settled = frozenset(folded.numbers[variable] for variable in model.settled_first)
    values = team_by_team(folded.program, _teams(model, folded, turns), settled, seconds)
    if not values:
        return UNDECIDED
    return Solution(Status.FEASIBLE, tuple(values[number] for number in folded.numbers), None, None)


def _limited(model: RotationModel, people: Mapping[str, int], turns: Iterable[_Turn]) -> Program:
    """Return the program of so many people of each type, each with the most whole shifts."""
    program, weeks = model.program.copy(), model.days // WEEK_DAYS
    for name, _, _, period in turns:
        flow = model.flows[name]
        program.lower[flow.headcount] = program.upper[flow.headcount] = people[name]
        for unit, most in zip(flow.units, most_units(flow, people[name], period), strict=True):
            program.upper[unit] = most * (weeks // period)
    return program


def _teams(model: RotationModel, folded: _Folded, turns: Sequence[_Turn]) -> list[Team]:
    """Return the variables of each type that others do the weeks of: of whom there are most first, then small ones."""
    times = Counter(first_one for _, first_one, _, _ in turns)
    found = []
    for name in reversed(times):
        flow = model.flows[name]
        days = frozenset(folded.numbers[variable] for variable in flow.variables)
        sums = {folded.numbers[unit]: -at for at, unit in enumerate(flow.units, 1)}
        # Duties of a day that differ in their sites only are mostly told apart by nothing.
        day = dict(zip(flow.variables, (arc.day for arc in flow.arcs), strict=True))
        done = {folded.numbers[v]: day[model.program.sums[v][0][0]] for v in model.counted.get(name, ())}
        sums |= done if len(done) > MANY_SUMS else {total: MANY_SUMS + total for total in done}
        same = [model.flows[other] for other, first_one, _, _ in turns if first_one == name]
        limits = tuple(_of_calendar(model, folded, same))
        team = Team(days, sums, limits, partial(_cut_by_itself, model, folded, flow))
        found.append(((-times[name], len(days)), team))
    return [team for _, team in sorted(found, key=lambda pair: pair[0])]


def _of_calendar(model: RotationModel, folded: _Folded, flows: Iterable[Flow]) -> Iterator[Row]:
    """
    Yield what types may come to in a calendar that shows a part of a ring longer than `REPEAT`.

    Only the team whose days are looked for has these: of the others, as fractions, every week can be the same, and
    then no calendar shows more than its part. With them no two weeks would be alike.
    """
    dates = calendar(model.problem.dates)
    for flow in flows if model.days > REPEAT * WEEK_DAYS else ():
        head = folded.numbers[flow.headcount]
        for terms, each in sums_in_calendar(flow, dates):
            shown = summed((folded.numbers[variable], factor) for variable, factor in terms)
            yield Row(shown, None, each * folded.program.lower[head], "calendar")


def _cut_by_itself(model: RotationModel, folded: _Folded, flow: Flow, values: Sequence[int]) -> bool:
    """Whether a type's days in a ring longer than `REPEAT` can be cut into a calendar that keeps averages."""
    if model.days <= REPEAT * WEEK_DAYS:
        return True
    amounts = joined(flow, [values[folded.numbers[variable]] for variable in flow.variables])
    dates = calendar(model.problem.dates)
    return all(can_be_cut(flow, rotation, dates) for rotation in rotations_of(flow, amounts))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A program in which variables that must be alike are one; `numbers` are theirs, of each variable before."""

    program: Program
    numbers: tuple[int, ...]


def _folded(program: Program, alike: Sequence[int]) -> _Folded:
    """Make one variable of all that have the same representative, and drop the rows that then say the same."""
    number = {variable: at for at, variable in enumerate(sorted(set(alike)))}
    numbers = tuple(number[variable] for variable in alike)
    small = Program([0] * len(number), [max(program.upper, default=0)] * len(number))
    for variable, at in enumerate(numbers):
        small.lower[at] = max(small.lower[at], program.lower[variable])
        small.upper[at] = min(small.upper[at], program.upper[variable])
    seen: dict[object, Row] = {}
    for row in program.rows:
        terms = sorted(summed((numbers[variable], factor) for variable, factor in row.terms))
        seen.setdefault((tuple(terms), row.lower, row.upper), Row(terms, row.lower, row.upper, row.why))
    small.rows.extend(seen.values())
    return _Folded(small, numbers)


def _alike(model: RotationModel, turns: Iterable[_Turn]) -> list[int]:
    """Return for each variable the one it must equal, itself where it is free."""
    alike, weeks = list(range(len(model.program.lower))), model.days // WEEK_DAYS
    for name, first_one, shift, period in turns:
        flow, other = model.flows[name], model.flows[first_one]
        for mine, theirs in (
            (flow.variables, other.variables),
            (model.counted.get(name, ()), model.counted.get(first_one, ())),
        ):
            a_week = len(mine) // weeks
            for at, variable in enumerate(mine):
                week, place = divmod(at, a_week)
                alike[variable] = theirs[(week + shift) % period * a_week + place]
        for variable, same in zip(
            (flow.headcount, *flow.units), (other.headcount, *other.units), strict=True
        ):
            alike[variable] = same
    return alike


def turns_of(
    model: RotationModel, people: Mapping[str, int], weeks: int, repeat: int = REPEAT
) -> Iterator[_Turn]:
    """
    Yield each type with the one whose weeks it does, how many weeks later, and after how many they come again.

    What all types of a team do together comes again each week, in a ring longer than `REPEAT` after `repeat`.

    Parameters
    ----------
    model, people, weeks : The types, how many people each of them has, and the weeks of the ring.
    repeat : See `places`.
    """
    for names in equal_types(model):
        teams: dict[int, list[str]] = defaultdict(list)
        for name in names:
            teams[people[name]].append(name)
        for team in teams.values():
            of_team = places(len(team), weeks, repeat)
            for name, (leader, shift, period) in zip(team, of_team, strict=True):
                yield name, team[leader], shift, period


def places(count: int, weeks: int, repeat: int = REPEAT) -> Iterator[tuple[int, int, int]]:
    """
    Yield for each of some equal types whose weeks it does, how many weeks later, and after how many they come again.

    As many as there are weeks, or a part of it, together do the same every week: as many as can be, then of the rest.

    Parameters
    ----------
    count, weeks : How many types, with as many people each, and the weeks of the ring.
    repeat : In a ring longer than `REPEAT`, the most weeks after which what those do together who are fewer than its
        weeks comes again: the more, the less they lose to whole shifts, and the larger the program.

    >>> list(places(3, 2))
    [(0, 0, 2), (0, 1, 2), (2, 0, 1)]
    >>> list(places(3, 10)), list(places(3, 10, 10))
    ([(0, 0, 2), (0, 1, 2), (2, 0, 2)], [(0, 0, 10), (0, 5, 10), (2, 0, 10)])
    """
    begin = 0
    while begin < count:
        turns = max(n for n in range(1, weeks + 1) if weeks % n == 0 and n <= count - begin)
        step = gcd(repeat, weeks // turns) if turns < repeat and weeks > REPEAT else 1
        size = (count - begin) // turns * turns
        yield from ((begin, at % turns * step, turns * step) for at in range(size))
        begin += size
