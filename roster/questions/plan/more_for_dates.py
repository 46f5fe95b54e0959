"""
More people than a rota needs for ever, where no calendar of the fewest keeps every rule on the dates asked for.

A rota that is even after three weeks breaks a limit on average hours in a calendar of two, and public holidays ask for
more than an ordinary week. Learners whom nobody is beside have no rota in it, for a rota knows no pairs. Part by part,
one more person is asked for until a calendar is found, of the vendors' first where those of one's own are fewest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from roster.domain.outcome import Status
from roster.domain.pairing import Bond, Pairing
from roster.domain.problem import Goal, Post, Problem
from roster.engine.integer_program import Terms
from roster.engine.rotation import (
    Fewest,
    RotationModel,
    SearchRun,
    build,
    fewest,
    goal_of,
    hurried,
    rotations,
    seats_taken,
    split,
)
from roster.questions.dates import GoingOn, lay_out

MOST_MORE = 3
"""People beyond the fewest for ever that are tried for a part."""

SHARE = 0.5
"""Share of the time left in which more people are tried; the rest is for their calendar."""


def more_for_dates(problem: Problem, found: Sequence[Fewest], run: SearchRun) -> list[Fewest] | None:
    """
    Return the parts' answers with as many more people as their calendars need; None where that was not found.

    Parameters
    ----------
    problem : The scenario; one that makes cost least is not tried, for dearer people are not more people.
    found : The fewest of each of its parts, with a rota, of which no calendar keeps every rule.
    run : When the question must end.
    """
    if problem.goal is Goal.COST:
        return None
    run = hurried(run, SHARE)
    made = []
    for part, least in zip(split(problem), found, strict=True):
        enough = _enough(part, least, run)
        if enough is None:
            return None
        made.append(enough)
    return made if any(new is not old for new, old in zip(made, found, strict=True)) else None


def with_company(problem: Problem, found: Sequence[Fewest], run: SearchRun) -> list[Fewest] | None:
    """
    Return the parts' answers with rotas in which somebody is beside those who are never alone.

    None where nobody has to be, where cost is made least, or where no such rota was found.

    Parameters
    ----------
    problem : The scenario.
    found : The fewest of each of its parts.
    run : When the question must end.
    """
    posts = [_company(part) for part in split(problem)]
    if problem.goal is Goal.COST or not any(posts):
        return None
    run = hurried(run, SHARE)
    made = [
        fewest(replace(part, posts=(*part.posts, *more)), run) if more else one
        for part, more, one in zip(split(problem), posts, found, strict=True)
    ]
    return made if all(one.values for one in made) else None


def _enough(part: Problem, least: Fewest, run: SearchRun) -> Fewest | None:
    """Return the answer itself, or that of the fewest more people found to have a lawful calendar."""
    verdict = _calendar(part, least, run)
    if verdict is not Status.INFEASIBLE:
        return least if verdict is Status.OPTIMAL else None
    beside = replace(part, posts=(*part.posts, *_company(part)))
    vendors = part.goal is Goal.IN_HOUSE and any(part.is_vendor(staff) for staff in part.types)
    for sum_of in (*([_everybody] if vendors else []), goal_of):
        tried, first = least, 0 if beside.posts != part.posts else 1
        for more in range(first, first + MOST_MORE):
            assert tried.model is not None, "each that is tried has a rota"
            people = sum(tried.values[at] * times for at, times in sum_of(tried.model)) + min(more, 1)
            tried = fewest(beside, run, partial(_at_least, beside, sum_of, people))
            verdict = _calendar(part, tried, run) if tried.values else Status.UNKNOWN
            if verdict is Status.OPTIMAL:
                return tried
            if verdict is not Status.INFEASIBLE:
                break
    return None


def _company(part: Problem) -> list[Post]:
    """Return a post of no load for whoever has to be beside the holders of a post that only learners can hold."""
    return [
        replace(post, name=f"beside {post.name}", roles=bond.by, people=1, load=0, vendor=True, site=None)
        for bond in part.pairings
        if bond.bond is Bond.SUPERVISED
        for post in part.posts
        if post.hard and post.on_site and _only_learners(part, post, bond)
    ]


def _only_learners(part: Problem, post: Post, bond: Pairing) -> bool:
    """Whether none but people who are never alone can hold a post, and none of those may be beside another."""
    able = [staff.skills for staff in part.types if part.is_eligible(staff, post)]
    return all(not skills.isdisjoint(bond.who) and skills.isdisjoint(bond.by) for skills in able)


def _everybody(model: RotationModel) -> Terms:
    return model.people


def _at_least(
    part: Problem, sum_of: Callable[[RotationModel], Terms], people: int, days: int
) -> RotationModel:
    """Build the model of a ring for at least so many people."""
    model = build(part, days=days)
    program = model.program.copy()
    program.at_least(sum_of(model), people, "dates")
    return replace(model, program=program)


def _calendar(part: Problem, found: Fewest, run: SearchRun) -> Status:
    assert found.model is not None, "nothing found does not come here"
    ahead = GoingOn(tuple(rotations(found.model, found.values)))
    return lay_out(part, ahead, seats_taken(found.model, found.values), run).status
