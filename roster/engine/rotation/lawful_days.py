"""The lawful days of a staff type round a ring: its rules compiled once, unrolled over a week, weeks or any days."""

from __future__ import annotations

from functools import lru_cache

from roster.domain.horizon import Horizon
from roster.domain.problem import Duty, Problem, StaffType
from roster.domain.rules import Rule
from roster.engine.automata import (
    RingArc,
    StateGraph,
    compile_rules,
    ring_arcs,
    useful_duties,
    useful_numbers,
    without_weekdays,
)

WEEK_DAYS = 7


def weekdays_alike(problem: Problem) -> bool:
    """
    Whether nothing tells one weekday from another: then a ring may have any number of days.

    Every post and seat is there every day, none may stay empty at a price by the month, and the rules of every type
    lead to the same days from every weekday.
    """
    week = Horizon(WEEK_DAYS, cyclic=True)
    asked = [post.days for post in problem.posts] + [seat.days for seat in problem.seats]
    if not all(week.needs(days, day) for days in asked for day in range(WEEK_DAYS)):
        return False
    if not all(post.hard for post in problem.posts):
        return False
    return all(_alike(problem, staff) is not None for staff in problem.types)


def _alike(problem: Problem, staff: StaffType) -> StateGraph | None:
    duties, allowed, rules = _alphabet(problem, staff, quality=False)
    if len(set(allowed)) > 1:
        return None
    return _compiled_alike(duties, rules, tuple(problem.travel_minutes.items()), allowed)


def lawful_days(
    problem: Problem, staff: StaffType, *, quality: bool, days: int
) -> tuple[StateGraph, tuple[RingArc, ...]]:
    """
    Return a type's graph and its days round a ring.

    Parameters
    ----------
    problem, staff : The scenario, and the type.
    quality : Whether soft rules are compiled in; for rings of whole weeks only.
    days : Length of the ring.

    Raises
    ------
    ValueError
        The ring is not of whole weeks, and weekdays differ.
    """
    if days % WEEK_DAYS:
        graph = _alike(problem, staff)
        if graph is None or quality:
            raise ValueError(f"a ring of {days} days where weekdays differ")
        return graph, tuple(ring_arcs(graph, days))
    duties, allowed, rules = _alphabet(problem, staff, quality=quality)
    return _compiled(duties, rules, tuple(problem.travel_minutes.items()), allowed, days)


def days_arcs(problem: Problem, days: int) -> int:
    """Return how many lawful days of all types a model with soft rules has, so that a large one need not be built."""
    week = (lawful_days(problem, staff, quality=True, days=WEEK_DAYS)[1] for staff in problem.types)
    return sum(map(len, week)) * days // WEEK_DAYS


def _alphabet(
    problem: Problem, staff: StaffType, *, quality: bool
) -> tuple[tuple[Duty, ...], tuple[frozenset[int], ...], tuple[Rule, ...]]:
    """Return the duties of a type, which of them are of use on each weekday, and the rules to compile."""
    rules: list[Rule] = [rule for rule in staff.rules if rule.hard or quality]
    if quality:
        rules += problem.quality
    week = Horizon(WEEK_DAYS, cyclic=True)
    duties = useful_duties(problem, staff, week)
    return duties, tuple(useful_numbers(problem, staff, duties)), tuple(dict.fromkeys(rules))


@lru_cache(maxsize=256)
def _compiled(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[tuple[str, str], int], ...],
    allowed: tuple[frozenset[int], ...],
    days: int,
) -> tuple[StateGraph, tuple[RingArc, ...]]:
    """Compile a type's rules; kept, for who asks why asks the same scenario many times with one thing changed."""
    if days != WEEK_DAYS:
        graph, _ = _compiled(duties, rules, travel, allowed, WEEK_DAYS)
        return graph, tuple(ring_arcs(graph, days))
    graph = compile_rules(duties, rules, dict(travel), allowed=allowed)
    return graph, tuple(ring_arcs(graph))


@lru_cache(maxsize=64)
def _compiled_alike(
    duties: tuple[Duty, ...],
    rules: tuple[Rule, ...],
    travel: tuple[tuple[tuple[str, str], int], ...],
    allowed: tuple[frozenset[int], ...],
) -> StateGraph | None:
    """Compile a type's rules without weekdays; None where they tell them apart."""
    return without_weekdays(
        compile_rules(duties, rules, dict(travel), weekdays=range(WEEK_DAYS), allowed=allowed)
    )
