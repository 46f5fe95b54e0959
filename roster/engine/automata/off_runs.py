"""
The longest run of days off where somebody goes away: a run that touches a day of leave is not judged.

Whether it will touch one is known only when it ends, so the graph of lawful days leaves the limit out for people with
leave, and rows say it instead: between two working days without leave between them, not too many days off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from roster.domain.outcome import Roster
from roster.domain.problem import Problem, StaffType
from roster.domain.rules import Count, OffBlock, Rule
from roster.engine.integer_program import Terms


def off_limit(staff: StaffType) -> int | None:
    """Return the most days off in a row of a type; None where no hard rule says."""
    limits = [r.longest for r in staff.rules if isinstance(r, OffBlock) and r.hard and r.longest is not None]
    return min(limits, default=None)


def without_off_limit(staff: StaffType) -> StaffType:
    """Return a type whose runs of days off have no longest."""
    rules = tuple(
        replace(rule, longest=None) if isinstance(rule, OffBlock) and rule.hard else rule
        for rule in staff.rules
    )
    return replace(staff, rules=rules)


def leave_matters(staff: StaffType) -> bool:
    """Whether a rule that the graph of lawful days holds asks less of people of a type who go away."""
    return off_limit(staff) is not None or any(_has_least(rule) for rule in staff.rules)


def while_away(staff: StaffType) -> StaffType:
    """Return a type of which the graph asks nothing that leave makes less: see `leave_matters`."""
    loose = without_off_limit(staff)
    rules = tuple(
        replace(rule, least=0) if isinstance(rule, Count) and rule.hard else rule for rule in loose.rules
    )
    return replace(loose, rules=rules)


def _has_least(rule: Rule) -> bool:
    return isinstance(rule, Count) and rule.hard and rule.least > 0


def apart(problem: Problem, published: Roster, people: Collection[str]) -> tuple[Problem, Roster]:
    """
    Give everybody who may go away, and of whom that makes the rules ask less, a type of their own.

    Parameters
    ----------
    problem, published : The scenario, and the roster whose people get the types.
    people : Names of those who may go away.
    """
    types, everybody = list(problem.types), list(published.people)
    for index, person in enumerate(published.people):
        staff = problem.type_of(person)
        if person.name in people and leave_matters(staff):
            own = f"{staff.name} {person.name}"
            types.append(replace(while_away(staff), name=own))
            everybody[index] = replace(person, type=own)
    return replace(problem, types=tuple(types)), replace(published, people=tuple(everybody))


def off_run_rows(
    works: Sequence[Terms], away: frozenset[int], longest: int, off_before: int | None
) -> Iterator[tuple[Terms, int]]:
    """
    Yield rows (terms, least) that keep runs of days off within a limit, save those that touch a day of leave.

    Parameters
    ----------
    works : For each day the terms that are 1 when the person works.
    away, longest : Numbers of the days of leave, and the limit in days.
    off_before : How many days off the days carried in end with; None where what lies around the days is open.
    """
    for segment in segments(len(works), away):
        for first in segment:
            for last in range(first + longest + 2, segment.stop):
                between = [term for day in range(first + 1, last) for term in works[day]]
                ends = [(variable, -factor) for day in (first, last) for variable, factor in works[day]]
                yield [*between, *ends], -1
        if off_before is None:
            continue
        if len(segment) == len(works) and len(works) + off_before > longest:
            yield [term for terms in works for term in terms], 1
        for day in segment:
            others = [(variable, -factor) for variable, factor in works[day]]
            if segment.start == 0 and day and day + off_before > longest:
                yield [*(term for d in range(day) for term in works[d]), *others], 0
            if segment.stop == len(works) and segment.stop - 1 - day > longest:
                yield [*(term for d in range(day + 1, segment.stop) for term in works[d]), *others], 0


def segments(days: int, away: frozenset[int]) -> list[range]:
    """
    Return the stretches of days between leaves.

    >>> segments(7, frozenset({2, 3}))
    [range(0, 2), range(4, 7)]
    """
    found, first = [], 0
    for day in [*sorted(away), days]:
        if first < day:
            found.append(range(first, day))
        first = day + 1
    return found
