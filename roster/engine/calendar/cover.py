"""The posts of a calendar as rows: who is present on which duty of which day, told apart by staff type only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from roster.domain.outcome import Roster
from roster.domain.problem import Duty, Problem
from roster.engine.calendar.paths import DutyPath
from roster.engine.calendar.person_days import Edge
from roster.engine.cover import Cover, Needs, Presence
from roster.engine.integer_program import Program, Terms


@dataclass(frozen=True, slots=True)
class CalendarModel:
    """
    A program with its meaning: the walk of each person, the empty places of posts, people hired for single days.

    `unbound` are the rows that say nothing on a day on which somebody is on leave. `missing` counts the standbys that
    stay empty on days outside.
    """

    problem: Problem
    program: Program
    walks: tuple[DutyPath, ...]
    shortages: dict[tuple[str, int, int], int] = field(default_factory=dict)
    hired: dict[tuple[str, int], int] = field(default_factory=dict)
    unbound: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideDays:
    """
    What may happen on the days that are not free.

    `frozen` never change. `open_ended`: whether the others might after all, at a price; the model is then a bound.
    `sparing`: whether duties that are of no use on a day are left out of it; no nearest roster needs them. `hired`:
    the posts for which a vendor may send people on free days. `edges`, of a stretch cut out of a calendar, are what it
    knows of each person's other days, and `surplus` how many standbys of people of some types may be spared on them.
    """

    frozen: frozenset[int] = frozenset()
    open_ended: bool = False
    sparing: bool = False
    hired: frozenset[str] = frozenset()
    edges: tuple[Edge, ...] = ()
    surplus: tuple[tuple[frozenset[str], int], ...] = ()


def cover(model: CalendarModel, wanted: Roster, told: frozenset[int], *, elastic: bool) -> None:
    """
    Add the rows of the posts on some days.

    Parameters
    ----------
    model : The program that gets the rows, with everybody's path in it.
    wanted : The roster whose dates, days before and vendor seats hold.
    told : Numbers of the days whose posts are written down.
    elastic : Whether a post may stay empty, at the price of the model's shortages.
    """
    program, horizon = model.program, wanted.horizon
    carried_in = bool(wanted.before) and all(wanted.before)
    duties = {walk.person.type: walk.graph.duties for walk in model.walks}
    needs = Needs(model.problem, horizon, duties, model.problem.posts, carried_in)
    seats = {use.seat: program.variable(use.number, use.number) for use in wanted.seats}
    present = sorted({day - back for day in told for back in (0, 1)} & set(range(horizon.days)))
    counts = _counts(program, model.walks, duties, present)
    if carried_in:
        _count_before(program, wanted, duties, counts)
    stand_ins = _stand_ins(model, wanted)
    Cover(needs, counts, seats, model.shortages, elastic, told, stand_ins).add_to(program)


def hire(model: CalendarModel, wanted: Roster, free: frozenset[int], around: OutsideDays) -> None:
    """
    Add how many people a vendor sends, beyond those it sends already, for each post on each free day.

    Parameters
    ----------
    model : The program that gets the variables.
    wanted : The roster whose dates hold.
    free : Numbers of the days that may change.
    around : Says for which posts a vendor may send somebody.
    """
    for post in model.problem.posts:
        for day in sorted(free) if post.name in around.hired and post.vendor else ():
            if wanted.horizon.needs(post.days, day):
                model.hired[post.name, day] = model.program.variable(0, post.people)


def _stand_ins(model: CalendarModel, wanted: Roster) -> dict[tuple[str, int], Terms]:
    terms: dict[tuple[str, int], Terms] = {place: [(count, 1)] for place, count in model.hired.items()}
    for each in wanted.stand_ins:
        sent = model.program.variable(each.number, each.number)
        terms.setdefault((each.post, each.day), []).append((sent, 1))
    return terms


def _counts(
    program: Program, walks: Sequence[DutyPath], duties: Mapping[str, Sequence[Duty]], told: Collection[int]
) -> dict[Presence, Terms]:
    """
    Count the people of a type on each duty of each day, in a variable where several have the choice.

    Whoever changes a kept day after all counts on every duty of it.
    """
    sums: dict[Presence, Terms] = defaultdict(list)
    known: Counter[Presence] = Counter()
    one = program.variable(1, 1)
    for walk in walks:
        numbers = duties[walk.person.type]
        for day in told:
            if day in walk.kept:
                kept = walk.kept[day]
                if kept in numbers:
                    known[walk.person.type, day, numbers.index(kept)] += 1
                if walk.elsewhere is not None:
                    for number in range(len(numbers)):
                        sums[walk.person.type, day, number].append((walk.elsewhere, 1))
                continue
            for number, terms in walk.chosen[day].items():
                sums[walk.person.type, day, number] += terms
    counts: dict[Presence, Terms] = {who: [(one, people)] for who, people in known.items()}
    for who, terms in sums.items():
        if not duties[who[0]][who[2]].is_off:
            counts[who] = [*_counted(program, terms), *counts.get(who, [])]
    return counts


def _counted(program: Program, terms: Terms) -> Terms:
    if len(terms) < 2:
        return terms
    total = program.variable(0, sum(program.upper[variable] * factor for variable, factor in terms))
    program.equal([*terms, (total, -1)], 0, "count")
    return [(total, 1)]


def _count_before(
    program: Program, wanted: Roster, duties: Mapping[str, Sequence[Duty]], counts: dict[Presence, Terms]
) -> None:
    """Count who came into the first day still on the duty of the day before."""
    one = program.variable(1, 1)
    for index, person in enumerate(wanted.people):
        numbers, last = duties[person.type], wanted.history(index)[-1]
        if last in numbers and not last.is_off:
            counts.setdefault((person.type, -1, numbers.index(last)), []).append((one, 1))
