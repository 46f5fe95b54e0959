"""
A question of whether something can be held, and its relaxations: the same question with something left out.

A question is an ordinary week with a limit on the number of people, or a published roster whose people go away. Leaving
a thing out never makes a question harder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from roster.domain.problem import DAY, WEEK, Goal, Post, Presence, Problem, Shift, StaffType
from roster.domain.rules import AverageHours, Rule
from roster.engine.calendar import coverable
from roster.engine.rotation import Cap, holdable
from roster.engine.solvers.search import Search
from roster.questions.absences import LeaveCase, shares
from roster.questions.sums import UNLIMITED


@dataclass(frozen=True, slots=True)
class FeasibilityQuestion:
    """
    A question that is answered with yes or no.

    `cap` limits the number of people, or the money, of an ordinary week. With a `case` the question is about dates
    instead: can its people cover its leave?
    """

    problem: Problem
    cap: Cap | None = None
    case: LeaveCase | None = None

    @property
    def dated(self) -> LeaveCase | None:
        """The case with the problem as it is now."""
        return None if self.case is None else replace(self.case, problem=self.problem)


def limit_of(question: FeasibilityQuestion) -> tuple[int | None, Goal | None]:
    """Return the limit on the number of people and whom it counts; None where there is none, or it is on money."""
    if question.cap is None or question.cap.goal is Goal.COST:
        return None, None
    return question.cap.most, question.cap.goal


QuestionChange = Callable[[FeasibilityQuestion], FeasibilityQuestion]


def holds(question: FeasibilityQuestion, search: Search) -> bool | None:
    """Return whether a question can hold; None where time ran out."""
    case = question.dated
    if case is None:
        return holdable(question.problem, question.cap, search)
    answers = []
    for share in shares(case):
        answers.append(coverable(share.ask, search))
        if answers[-1] is False:
            return False
    return None if None in answers else True


def changed(problem: Problem, **parts: Any) -> Problem:
    """Return a problem with parts replaced."""
    return replace(problem, **parts)


def with_types(
    question: FeasibilityQuestion, names: Iterable[str], change: Callable[[StaffType], StaffType]
) -> FeasibilityQuestion:
    """
    Return a question in which some staff types are different.

    Parameters
    ----------
    question : What is asked.
    names, change : The types meant, and what becomes of each.
    """
    some = set(names)
    types = tuple(change(staff) if staff.name in some else staff for staff in question.problem.types)
    return replace(question, problem=changed(question.problem, types=types))


def without_posts(names: Iterable[str]) -> QuestionChange:
    """Leave out posts, and the seats on them."""
    gone = frozenset(names)

    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        problem = question.problem
        posts = tuple(post for post in problem.posts if post.name not in gone)
        seats = tuple(seat for seat in problem.seats if seat.post not in gone)
        return replace(question, problem=changed(problem, posts=posts, seats=seats))

    return change


def without_rule(rule: Rule, types: Iterable[str]) -> QuestionChange:
    """Leave out a rule of some types."""

    def fewer(staff: StaffType) -> StaffType:
        return replace(staff, rules=tuple(one for one in staff.rules if one != rule))

    return lambda question: with_types(question, types, fewer)


def with_rule(rule: Rule, other: Rule, types: Iterable[str]) -> QuestionChange:
    """
    Put a rule in the place of another.

    Parameters
    ----------
    rule, other : The rule, and the one that stands instead.
    types : Names of the types meant.
    """

    def swapped(staff: StaffType) -> StaffType:
        return replace(staff, rules=tuple(other if one == rule else one for one in staff.rules))

    return lambda question: with_types(question, types, swapped)


def without_hours(types: Iterable[str]) -> QuestionChange:
    """Let people of some types work round the clock, as far as sums go."""

    def tireless(staff: StaffType) -> StaffType:
        rules = tuple(rule for rule in staff.rules if not isinstance(rule, AverageHours))
        return replace(staff, rules=rules, weekly_minutes=WEEK, net_minutes=WEEK)

    return lambda question: with_types(question, types, tireless)


def with_skill(role: str, types: Iterable[str]) -> QuestionChange:
    """Give people of some types one more role."""
    return lambda question: with_types(
        question, types, lambda staff: replace(staff, skills=staff.skills | {role})
    )


def with_numbers(numbers: Mapping[str, tuple[int, int]]) -> QuestionChange:
    """Set how few and how many people of some types there may be."""

    def counted(staff: StaffType) -> StaffType:
        least, most = numbers[staff.name]
        return replace(staff, minimum=least, maximum=most)

    return lambda question: with_types(question, numbers, counted)


def without_least(name: str) -> QuestionChange:
    """Let there be nobody of a type."""
    return lambda question: with_types(question, [name], lambda staff: replace(staff, minimum=0))


def without_most(name: str) -> QuestionChange:
    """Let there be as many of a type as it takes."""
    return lambda question: with_types(
        question, [name], lambda staff: replace(staff, maximum=max(staff.maximum, UNLIMITED))
    )


def with_every_shift(types: Iterable[str], longest: int) -> QuestionChange:
    """Let people of some types do every shift of the scenario, and shifts cut to the posts."""
    some = frozenset(types)

    def change(question: FeasibilityQuestion) -> FeasibilityQuestion:
        problem = question.problem
        shifts = {_span(shift): shift for shift in problem.shifts}
        for post in problem.posts:
            for shift in _cut_to(problem, post, longest):
                shifts.setdefault(_span(shift), shift)
        every = tuple(shifts.values())
        named = tuple(dict.fromkeys((*(s.name for s in problem.shifts), *(s.name for s in every))))
        kept = {shift.name: shift for shift in (*problem.shifts, *every)}
        more = replace(question, problem=changed(problem, shifts=tuple(kept.values())))
        return with_types(more, some, lambda staff: replace(staff, shifts=named))

    return change


def _span(shift: Shift) -> tuple[object, ...]:
    return (shift.start, shift.length, shift.presence, shift.response)


def _cut_to(problem: Problem, post: Post, most: int) -> Iterable[Shift]:
    """Yield shifts that fill a window: as a whole where that is lawful, and in pieces of eight and twelve hours."""
    if not post.on_site:
        start = post.start % DAY
        yield Shift(
            f"+{start}+{post.length}", "+", start, post.length, Presence.STANDBY, 0, post.response or 0
        )
        return
    for length in dict.fromkeys(min(length, most) for length in (post.length, 8 * 60, 12 * 60)):
        for begin in range(post.start, post.end, length):
            minutes, start = min(length, post.end - begin), begin % DAY
            night = problem.night.overlap(start, start + minutes) >= problem.night.at_least
            yield Shift(f"+{start}x{minutes}", "+", start, minutes, work_minutes=minutes, night=night)


def without_skills_limits(role: str) -> QuestionChange:
    """Let everybody have a role."""
    return lambda question: with_types(
        question,
        [staff.name for staff in question.problem.types],
        lambda staff: replace(staff, skills=staff.skills | {role}),
    )


def without_cap(question: FeasibilityQuestion) -> FeasibilityQuestion:
    """Let there be as many people as it takes."""
    return replace(question, cap=None)
