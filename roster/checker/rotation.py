"""Rotations held against everything that is asked of them: each by itself, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from roster.checker.cover.stretches import cover_of_rotations, label, ring_weeks
from roster.checker.person import breaches, hard_rules
from roster.checker.roster import check_seats, not_allowed
from roster.checker.rules.timeline import PersonCase, Timeline
from roster.checker.sentences import empty_posts, said
from roster.domain.horizon import ring
from roster.domain.outcome import Rotation, SeatUse, Violation
from roster.domain.problem import OFF, Problem
from roster.domain.rules import hours
from roster.language import tr

FULL_WEEK = 40 * 60
"""The week that a percentage of one coordinator is taken of, in minutes."""


def check_rotation(
    problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse] = ()
) -> list[Violation]:
    """
    Return everything in which rotations break what is asked: rules of each, posts and vendor control of all.

    Posts are judged on as many ordinary weeks as it takes until the team repeats; the last Sunday's night covers the
    first Monday's morning.

    Parameters
    ----------
    problem, rotations : The scenario, and all its rotations together.
    seats : The vendor seats that are taken.
    """
    found: list[Violation] = []
    whole = []
    for rotation in rotations:
        if any(len(line) != 7 for line in rotation.lines):
            found.append(
                Violation("shape", label(rotation), (), tr("checker.line_shape", who=label(rotation)))
            )
        lines = tuple((*line, *(OFF,) * 7)[:7] for line in rotation.lines)
        if rotation.weeks < 1 or len(lines) % max(rotation.weeks, 1):
            sentence = tr("checker.ring_shape", who=label(rotation), lines=len(lines), weeks=rotation.weeks)
            found.append(Violation("shape", label(rotation), (), sentence))
            rotation = replace(rotation, weeks=1)
        rotation = replace(rotation, lines=lines)
        whole.append(rotation)
        found += _check_alone(problem, rotation)
    found += _check_numbers(problem, whole)
    found += _check_control(problem, whole, seats)
    found += check_seats(problem, tuple(seats))
    horizon = ring(ring_weeks(whole))
    return found + empty_posts(problem, horizon, cover_of_rotations(problem, whole, seats).rows)


def _check_alone(problem: Problem, rotation: Rotation) -> list[Violation]:
    who = label(rotation)
    staff = problem.type.get(rotation.type)
    if staff is None:
        sentence = tr("checker.unknown_type", who=who, type=rotation.type)
        return [Violation("unknown_type", who, (), sentence)]
    horizon = ring(len(rotation.lines))
    case = PersonCase(problem, Timeline(rotation.word, horizon), staff)
    found = said(horizon, "unknown_duty", who, not_allowed(problem, case))
    for rule in hard_rules(staff):
        found += said(horizon, rule.key, who, breaches(rule, case))
    return found


def _check_numbers(problem: Problem, rotations: Sequence[Rotation]) -> list[Violation]:
    """Compare the people of each type with how many there may be."""
    people = Counter[str]()
    for rotation in rotations:
        people[rotation.type] += rotation.people
    found = []
    for staff in problem.types:
        number = people[staff.name]
        if not staff.minimum <= number <= staff.maximum:
            sentence = tr(
                "checker.headcount",
                who=staff.name,
                found=number,
                minimum=staff.minimum,
                maximum=staff.maximum,
            )
            found.append(Violation("headcount", staff.name, (), sentence))
    return found


def control_minutes(problem: Problem) -> int:
    """
    Return the minutes a week that directing one vendor person or seat takes: a percentage of a full week.
    """
    return problem.control.percent * FULL_WEEK // 100


def _check_control(
    problem: Problem, rotations: Sequence[Rotation], seats: Sequence[SeatUse]
) -> list[Violation]:
    directed, spare = sum(use.number for use in seats), Fraction(0)
    for rotation in rotations:
        staff = problem.type.get(rotation.type)
        if staff is None:
            continue
        if problem.is_vendor(staff):
            directed += rotation.people
        elif problem.may_direct(staff):
            worked = sum(duty.work_minutes for duty in rotation.word)
            spare += rotation.people * staff.net_minutes - Fraction(worked, rotation.weeks)
    needed = directed * control_minutes(problem)
    if directed == 0 or spare >= needed:
        return []
    sentence = tr("checker.control", number=directed, found=hours(floor(spare)), limit=hours(needed))
    return [Violation("control", None, (), sentence)]
