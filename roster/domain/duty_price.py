"""
What each duty costs in the calendar of people with names, so that nobody is on one that nobody needs.

A duty that holds a wished post must not be dearer for it: an empty hour of such a post costs, beside its own price,
what the duty that would hold it costs an hour.
"""

from __future__ import annotations

from roster.domain.fairness import POINT
from roster.domain.problem import DAY, Post, Problem
from roster.domain.rules import OffBlock, WorkBlock

LEAST, MARGIN = 60, 5
"""Points of each duty at least, and how many more than it could save between days off and single duties."""


def duty_price(problem: Problem) -> int:
    """
    Return the points of each duty.

    A day off between two single duties costs as a single day off and two single working days: a needless duty on it
    would save all three.
    """
    rules = {rule for rules in (problem.quality, *(staff.rules for staff in problem.types)) for rule in rules}
    off, on = (
        max((r.price or 0 for r in rules if isinstance(r, kind) and (r.shortest or 1) > 1), default=0)
        for kind in (OffBlock, WorkBlock)
    )
    return max(LEAST, off + 2 * on + MARGIN)


def spared_by_a_minute_empty(problem: Problem, post: Post, duty: int) -> int:
    """
    Return what a minute of a wished post costs that nobody holds, in 480ths of a point, beside the post's own price.

    Parameters
    ----------
    problem, post : The scenario, and a post that may stay empty.
    duty : Points of each duty.
    """
    meets = sorted(
        sum(
            max(0, min(end, post.end + turn) - max(start, post.start + turn))
            for start, end in part.stretches
            for turn in (-DAY, 0, DAY)
        )
        for staff in problem.types
        if problem.is_eligible(staff, post)
        for each in problem.duties(staff)
        for part in each.parts
        if problem.suits(each, part, post)
    )
    usual = next((minutes for minutes in meets if minutes and 2 * minutes >= meets[-1]), 0)
    return -(-duty * POINT // usual) if usual else 0
