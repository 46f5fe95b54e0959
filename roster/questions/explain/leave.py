"""
Where dates cannot be held: who is left on the days on which too many are away, and the ways out.

The ways out are those of what-if, and the absences of the scenario that would have to go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roster.domain.problem import DAY, Ban, Post
from roster.domain.rules import AverageHours, Rule
from roster.engine.solvers.search import Search
from roster.language import tr
from roster.questions.absences import LeaveCase
from roster.questions.conflict import Conflict, FeasibilityQuestion, WayOut, holds
from roster.questions.what_if import find_ways_out
from roster.questions.wording import listed, post_names

PERIOD = 17 * 7
"""Days over which hours may be averaged instead: four months, the most of Directive 2003/88/EC, art. 16."""


def leave_sums(question: FeasibilityQuestion, conflict: Conflict | None) -> tuple[str, ...]:
    """Return for each post of a conflict the first day on which fewer can hold it than it needs, in words."""
    case = question.dated
    if case is None or conflict is None:
        return ()
    posts = [question.problem.post[one.names[0]] for one in conflict.conditions if one.kind == "post"]
    return tuple(sentence for post in posts for sentence in _too_few(case, post))


def _too_few(case: LeaveCase, post: Post) -> Iterator[str]:
    problem, horizon = case.asked, case.published.horizon
    if any(seat.post == post.name for seat in problem.seats) or (case.allow and post.vendor):
        return
    able = [one.name for one in case.published.people if problem.is_eligible(problem.type[one.type], post)]
    away = {
        (one.person, day)
        for one in problem.restrictions
        if one.ban is Ban.DUTY
        for day in range(horizon.number(one.first), horizon.number(one.last) + 1)
    }
    # Who came on the day before may still be there in the morning.
    late = any(shift.end - DAY > post.start for shift in problem.shifts)
    for day in range(horizon.days):
        gone = [name for name in able if (name, day) in away and (not late or (name, day - 1) in away)]
        left = len(able) - len(gone)
        if horizon.needs(post.days, day) and gone and left < post.people:
            words = {"post": post_names(problem, [post.name]), "date": horizon.on(day), "gone": listed(gone)}
            yield tr("explain.sum_away", able=len(able), left=left, people=post.people, **words)
            return


def leave_ways(
    question: FeasibilityQuestion, conflict: Conflict | None, search: Search
) -> tuple[WayOut, ...]:
    """
    Return the ways out of a question about dates that were found in time, what costs nothing first.

    Parameters
    ----------
    question, conflict : What is asked, and its smallest conflict; None where it was not found.
    search : Deadline and settings.
    """
    case = question.dated
    if case is None or conflict is None:
        return ()
    posts = {one.names[0] for one in conflict.conditions if one.kind == "post"}
    found = [*_without(question, conflict, search), *_by_clock(question, case, search)]
    found += _averaged(question, case, conflict, search)
    for way in find_ways_out(case, posts or set(question.problem.post), conflict, search).found:
        left = way.leaves
        if way.absence is not None:
            left = tuple(way.absence if one.person == way.person else one for one in case.absences)
        other = replace(question, case=replace(case, absences=left)) if left else None
        found.append(replace(way, question=other))
    return tuple(sorted(found, key=lambda way: (way.law, way.cost or 0)))


def _by_clock(question: FeasibilityQuestion, case: LeaveCase, search: Search) -> Iterator[WayOut]:
    """Yield to count by the clock, where only the hours of a change of clocks are too many."""
    if not question.problem.dates.changes or search.seconds_left <= 0:
        return
    dates = replace(question.problem.dates, by_clock=True, changes=())
    problem = replace(question.problem, dates=dates)
    other = replace(question, problem=problem, case=replace(case, problem=problem))
    if holds(other, search) is True:
        yield WayOut("limit", tr("explain.way_by_clock"), None, None, other, law=True)


def _averaged(
    question: FeasibilityQuestion, case: LeaveCase, conflict: Conflict, search: Search
) -> Iterator[WayOut]:
    """Yield to average hours over a longer period, where those of the calendar alone are too many."""
    if search.seconds_left <= 0 or not any(one.kind == "hours" for one in conflict.conditions):
        return
    problem = question.problem
    if case.published.horizon.days >= PERIOD:
        return
    types = tuple(
        replace(staff, rules=tuple(_averaging(rule) for rule in staff.rules)) for staff in problem.types
    )
    problem = replace(problem, types=types)
    other = replace(question, problem=problem, case=replace(case, problem=problem))
    if holds(other, search) is True:
        yield WayOut("limit", tr("explain.way_averaged", weeks=PERIOD // 7), None, None, other, law=True)


def _averaging(rule: Rule) -> Rule:
    """Return a rule, over a longer period where it is that on the average."""
    return replace(rule, over=max(rule.over, PERIOD)) if isinstance(rule, AverageHours) else rule


def _without(question: FeasibilityQuestion, conflict: Conflict, search: Search) -> Iterator[WayOut]:
    """Yield a leave or a restriction of the scenario that would have to be dropped."""
    for one in conflict.conditions:
        if one.kind in ("leave", "restriction") and one.where != "--leave":
            other = one.without(question)
            if search.seconds_left > 0 and holds(other, search) is True:
                sentence = tr("explain.way_without", what=one.sentence)
                yield WayOut("leave", sentence, None, None, other, where=one.where)
