"""Limits made just loose enough: a rule, or the hours a week; flagged where that is law."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace

from roster.domain.loosening import ladders
from roster.domain.problem import StaffType
from roster.domain.rules import Rule, hours
from roster.language import tr
from roster.questions.conflict import (
    Condition,
    FeasibilityQuestion,
    QuestionChange,
    WayOut,
    with_rule,
    with_types,
)
from roster.questions.explain.trial import Trials
from roster.questions.wording import type_names, whom

MOST_HOURS = 3
HALF_HOUR = 30
LONGEST_WEEK = 60 * 60


def limits(trials: Trials) -> Iterator[WayOut]:
    """Yield each limit of the conflict made just loose enough."""
    question = trials.question
    for one in trials.of("rule"):
        if one.rule is None:
            continue
        for ladder in ladders(one.rule):
            enough = first_that(ladder, lambda rule, one=one: trials.works(_swapped(one, rule)))  # type: ignore[misc]
            if enough is not None:
                yield _limit(trials, one, one.rule.sentence, enough.sentence, _swapped(one, enough)(question))
    for one in trials.of("hours"):
        yield from _longer_hours(trials, one)


def _swapped(one: Condition, rule: Rule) -> QuestionChange:
    assert one.rule is not None
    return with_rule(one.rule, rule, one.names)


def _limit(trials: Trials, one: Condition, before: str, after: str, other: FeasibilityQuestion) -> WayOut:
    names = "" if len(one.names) == len(trials.problem.types) else type_names(trials.problem, one.names)
    key = "explain.way_limit" + ("_of" if names else "") + ("_law" if one.law else "")
    source = one.rule.source if one.rule is not None and one.rule.source else one.where
    sentence = tr(key, types=names, before=before, after=after, source=source)
    return WayOut("limit", sentence, 0, trials.headcount, other, one.law, one.where)


def _longer_hours(trials: Trials, one: Condition) -> Iterator[WayOut]:
    """Yield the least more hours a week that help, to the half hour."""
    staff = trials.problem.type[one.names[0]]
    first = -(-(staff.net_minutes + 1) // HALF_HOUR) * HALF_HOUR
    # Up to the contract first: the rest of the scenario may well be written for it.
    steps = list(range(first, staff.weekly_minutes + 1, HALF_HOUR))
    if not steps or trials.refuses(_working(one, steps[-1])):
        steps = list(range(max(first, staff.weekly_minutes + HALF_HOUR), LONGEST_WEEK + 1, HALF_HOUR))
        if not steps or trials.refuses(_working(one, steps[-1])):
            return
    last = len(steps) - 1
    low = bisect_left(steps, True, 0, last, key=lambda m: not trials.refuses(_working(one, m)))
    low = bisect_left(steps, True, low, last, key=lambda m: not trials.refuses(_working(one, m), wholly=True))
    tried = dict.fromkeys([*steps[low : low + MOST_HOURS], steps[-1]])
    high = next((minutes for minutes in tried if trials.works(_working(one, minutes))), None)
    if high is not None:
        yield _hours_way(trials, one, high)


def _hours_way(trials: Trials, one: Condition, minutes: int) -> WayOut:
    """Say what more hours mean: within the contract, less is left for absences; above it is overtime."""
    staff = trials.problem.type[one.names[0]]
    other = _working(one, minutes)(trials.question)
    if minutes <= staff.weekly_minutes:
        words = {
            "before": hours(staff.net_minutes),
            "after": hours(minutes),
            "weekly": hours(staff.weekly_minutes),
        }
        sentence = tr("explain.way_reserve", types=whom(trials.problem, one.names), **words)
        return WayOut("limit", sentence, 0, trials.headcount, other, False, one.where)
    before = tr("explain.hours_each", hours=hours(staff.net_minutes))
    after = tr("explain.hours_above", hours=hours(minutes), weekly=hours(staff.weekly_minutes))
    return _limit(trials, one, before, after, other)


def _working(one: Condition, minutes: int) -> QuestionChange:
    def longer(staff: StaffType) -> StaffType:
        return replace(staff, net_minutes=minutes, weekly_minutes=max(staff.weekly_minutes, minutes))

    return lambda question: with_types(question, one.names, longer)


def first_that(values: list[Rule], works: Callable[[Rule], bool]) -> Rule | None:
    """Return the first of ever looser rules that works, by halving; None where the last does not."""
    if not values or not works(values[-1]):
        return None
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if works(values[middle]):
            high = middle
        else:
            low = middle + 1
    return values[high]
