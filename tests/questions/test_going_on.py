"""The next period goes on where everybody stands: over a whole circuit all do the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from roster.domain.horizon import calendar
from roster.domain.outcome import Plan, SolveOptions
from roster.domain.problem import DateRange, Problem
from roster.domain.rules import OffBlock, WorkBlock
from roster.questions.plan.answer import plan_headcount
from tests.small import MONDAY, H, post, staff, world

OPTIONS = SolveOptions(time_limit_s=60, workers=1)


def seat(**other: object) -> Problem:
    """Return a night seat of twelve hours for people of 42 hours."""
    one = staff("a", "XQ", WorkBlock(longest=4), OffBlock(shortest=2), net_minutes=42 * H, minimum=0)
    return world(replace(one, shifts=("X",)), posts=(post("p", 20, 12),), **other)


def planned(problem: Problem) -> Plan:
    outcome = plan_headcount(problem, OPTIONS)
    assert outcome.plan is not None
    return outcome.plan


def following(problem: Problem, plan: Plan) -> Problem:
    """Return the next period, with what everybody did in the last."""
    start = problem.dates.start + timedelta(days=calendar(problem.dates).days)
    days = {person.name: line for person, line in zip(plan.roster.people, plan.roster.duties, strict=True)}
    before = dict(problem.carried)
    carried = tuple((name, (before.get(name, ()) + line)[-56:]) for name, line in days.items())
    return replace(problem, dates=replace(problem.dates, start=start), carried=carried)


@pytest.mark.parametrize("first", [0, 3])
def test_over_a_circuit_everybody_does_the_same(first: int) -> None:
    problem = seat(dates=DateRange(MONDAY + timedelta(days=first), 4))
    plan = planned(problem)
    circuit = max(len(rotation.lines) for rotation in plan.rotations)
    done: Counter[str] = Counter()
    for _ in range(circuit):
        for person, line in zip(plan.roster.people, plan.roster.duties, strict=True):
            done[person.name] += sum(duty.night for duty in line)
        problem = following(problem, plan)
        plan = planned(problem)
    assert len(set(done.values())) == 1, done


def test_who_is_new_lets_the_rota_be_made_anew() -> None:
    problem = seat(dates=DateRange(MONDAY, 4))
    nobody_known = replace(problem, carried=(("a-1", problem.duties(problem.types[0])[:1] * 28),))
    assert planned(nobody_known).headcount == planned(problem).headcount
