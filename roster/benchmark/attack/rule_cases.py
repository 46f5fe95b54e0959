"""
Random scenarios with every newer rule: proven numbers, calendars and single rosters, against a plain model of them.

A roster is drawn by the plain model, and a few of its days are changed; what the engine, the checker and the plain
model then say of it has to be the same. Posts may stay empty there, so that it is the rules that decide.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from ortools.sat.python import cp_model

from roster.benchmark.attack.differences import OPEN, Difference
from roster.benchmark.attack.draw_rules import scenario
from roster.benchmark.attack.plain_counts import PlainCounts
from roster.benchmark.attack.scenarios import fewer, planned
from roster.checker import check_roster
from roster.domain.horizon import calendar
from roster.domain.outcome import Outcome, Roster, SolveOptions, Status
from roster.domain.problem import Duty, Person, Problem
from roster.engine.calendar import nearest
from roster.engine.solvers.search import Search

KIND = "rules"
PLAN_S, EACH_S = 6.0, 2.0
EDITS = 8
"""Rosters that are looked at for each scenario."""


def attack(seed: int, text: str = "") -> Difference | str:
    """Hold the program's answers for a random scenario, or a given one, against the plain model's."""
    text = text or scenario(seed)
    asked = planned(KIND, seed, text, PLAN_S)
    if not isinstance(asked, tuple):
        return asked
    problem, outcome, files = asked
    said = _planned(problem, outcome)
    if said:
        return Difference(KIND, seed, said, files)
    for said, roster in _rosters(problem, Random(f"rosters {seed}")):
        shown = "\n".join(
            f"{person.name},{','.join(duty.name for duty in row)}"
            for person, row in zip(roster.people, roster.duties, strict=True)
        )
        return Difference(KIND, seed, said, {**files, f"{KIND}{seed}.csv": shown})
    return OPEN if outcome.status is Status.UNKNOWN else outcome.status.value


def _planned(problem: Problem, outcome: Outcome) -> str:
    """Return what differs about the number of people and the calendar; nothing where nothing does."""
    if outcome.status is not Status.UNKNOWN and isinstance(
        weeks := fewer(problem, outcome, PlainCounts), int
    ):
        said = "impossible" if outcome.bound is None else f"at least {outcome.bound}"
        return f"the program says {said}; fewer do with a rota of {weeks} weeks"
    if outcome.plan is not None:
        roster = outcome.plan.roster
        plain = PlainCounts(problem, roster.horizon, roster.people, all_used=True)
        plain.cover()
        plain.bonds()
        if not plain.fix(roster.duties) or plain.solve(EACH_S)[0] is False:
            return "the plain model refuses the program's calendar"
    return ""


def _rosters(problem: Problem, random: Random) -> Iterator[tuple[str, Roster]]:
    """Yield rosters of which engine, checker and plain model do not say the same, and what they say."""
    soft = replace(problem, posts=tuple(replace(post, hard=False, price=0) for post in problem.posts))
    people = _people(problem, random)
    plain = PlainCounts(soft, calendar(problem.dates), people, all_used=True)
    plain.bonds()
    drawn = _drawn(plain, random)
    if drawn is None:
        return
    roster = Roster(people, plain.horizon, drawn, (), ())
    for number in range(EDITS):
        rows = [list(row) for row in drawn]
        for _ in range(random.choice((1, 1, 2, 3)) if number else 0):
            index, day = random.randrange(len(rows)), random.randrange(len(rows[0]))
            rows[index][day] = random.choice(list(plain.people[index].cells[day]))
        edited = replace(roster, duties=tuple(map(tuple, rows)))
        plain.suppose(edited.duties)
        lawful, _ = plain.solve(EACH_S)
        broken = check_roster(soft, edited)
        if lawful is None:
            continue
        if lawful is bool(broken):
            verdict = f"refuses ({broken[0].sentence})" if broken else "accepts"
            yield f"the checker {verdict} what the plain model does not judge so", edited
            return
        search = Search(SolveOptions(EACH_S, 1, 1), time.monotonic() + EACH_S)
        status = nearest(soft, edited, search, frozenset()).status
        if status is not Status.UNKNOWN and (status is not Status.INFEASIBLE) is not lawful:
            verdict = "refuses" if lawful else "accepts"
            yield f"the engine {verdict} what the checker and the plain model do not judge so", edited
            return


def _people(problem: Problem, random: Random) -> tuple[Person, ...]:
    """Return those with names, and some more of each type."""
    more = [
        Person(f"{staff.name}-{number}", staff.name)
        for staff in problem.types
        for number in range(1, random.randint(2, 3))
    ]
    return (*problem.people, *more)


def _drawn(plain: PlainCounts, random: Random) -> tuple[tuple[Duty, ...], ...] | None:
    """Return a lawful roster in which as much as possible is done of what chance prefers; None where none is found."""
    wanted: list[cp_model.LinearExprT] = [
        random.randint(-2, 4) * literal
        for days in plain.people
        for today in days.cells
        for duty, literal in today.items()
        if not duty.is_off
    ]
    plain.model.maximize(sum(wanted))
    lawful, solver = plain.solve(EACH_S / 4)
    plain.model.minimize(0)
    if not lawful:
        return None
    return tuple(
        tuple(
            next(duty for duty, literal in today.items() if solver.boolean_value(literal))
            for today in days.cells
        )
        for days in plain.people
    )
