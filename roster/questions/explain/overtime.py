"""Overtime as far as the employers' regimes let it be planned: the least that is enough, and what it may cost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from roster.domain.costs import OVERTIME_PERCENT, WEEKS_A_MONTH, overtime_cost
from roster.domain.problem import Ban, Problem, StaffType
from roster.domain.rules import WeekHours, hours
from roster.language import tr
from roster.questions.conflict import QuestionChange, WayOut, with_types
from roster.questions.explain.trial import Trials, headcount
from roster.questions.wording import overtime_sources, type_names

STEP = 30
"""Minutes a week in which overtime is looked for."""

MOST_STEPS = 3


def overtime(trials: Trials) -> Iterator[WayOut]:
    """Yield the least overtime a week that is enough, where hours are what is missing and the regimes allow any."""
    problem = trials.problem
    short = {
        name
        for one in trials.conflict.conditions
        if one.kind == "hours" or isinstance(one.rule, WeekHours)
        for name in one.names
    }
    types = [staff for staff in problem.types if staff.name in short and _may(problem, staff)]
    if not types:
        return
    most = max(staff.overtime_average for staff in types)
    steps = list(range(STEP, most + 1, STEP)) or [0]
    if trials.refuses(_longer(types, steps[-1])):
        return
    # What is quickly seen not to help is left out first; what is left is tried from the least on.
    last = len(steps) - 1
    low = bisect_left(steps, True, 0, last, key=lambda minutes: not trials.refuses(_longer(types, minutes)))
    tried = dict.fromkeys([*steps[low : low + MOST_STEPS], steps[-1]])
    enough = next((minutes for minutes in tried if trials.works(_longer(types, minutes))), None)
    if enough is not None:
        yield _told(trials, types, enough)


def _may(problem: Problem, staff: StaffType) -> bool:
    """Whether everybody of a type may do overtime, and it would be any."""
    more = staff.overtime_average or (staff.overtime_week and staff.week_limit is not None)
    without = {one.person for one in problem.restrictions if one.ban is Ban.OVERTIME}
    return bool(more) and not any(one.type == staff.name and one.name in without for one in problem.people)


def _longer(types: Sequence[StaffType], minutes: int) -> QuestionChange:
    """Let people of some types work so much more a week on average, within their regime; single weeks all it allows."""

    def longer(staff: StaffType) -> StaffType:
        more = min(minutes, staff.overtime_average)
        allowed = staff.with_overtime()
        return replace(
            staff,
            rules=allowed.rules,
            net_minutes=staff.net_minutes + more,
            weekly_minutes=staff.weekly_minutes + more,
        )

    return lambda question: with_types(question, [staff.name for staff in types], longer)


def _told(trials: Trials, types: Sequence[StaffType], minutes: int) -> WayOut:
    """Say how much it is, what allows it, and what it costs at most: everybody's whole overtime, every week."""
    problem, people = trials.problem, headcount(trials.question)
    weekly = sum(
        (staff.maximum if people is None else min(staff.maximum, people))
        * overtime_cost(staff, min(minutes, staff.overtime_average))
        for staff in types
    )
    cost = ceil(weekly * WEEKS_A_MONTH)
    words = {
        "types": type_names(problem, [staff.name for staff in types]),
        "hours": hours(minutes or max(staff.overtime_week for staff in types)),
        "source": overtime_sources(problem, types),
    }
    known = all(staff.cost for staff in types)
    price = tr(
        "explain.overtime_cost" if known else "explain.overtime_no_cost",
        money=tr("explain.a_month", currency=problem.currency, amount=f"{cost:,}"),
        percent=OVERTIME_PERCENT,
    )
    key = "explain.way_overtime" if minutes else "explain.way_overtime_weeks"
    sentence = tr(key, price=price, **words)
    return WayOut(
        "overtime", sentence, cost if known else None, people, _longer(types, minutes)(trials.question)
    )
