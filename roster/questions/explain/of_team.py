"""Why a team cannot hold every post, beside the best service that it can give."""

from __future__ import annotations

from dataclasses import replace

from roster.domain.outcome import SolveOptions
from roster.domain.problem import Goal
from roster.questions.explain.answer import ExplainRequest, Explanation, explain_no
from roster.questions.service import Service
from roster.scenario.positions import Places


def why_not_all(
    answer: Service, places: Places, options: SolveOptions, named: str | None
) -> Explanation | None:
    """
    Return why these people cannot hold every post, where they cannot; wishes that stay empty need no reason.

    Parameters
    ----------
    answer : The service of the team.
    places : Where things stand in the scenario's file.
    options : Time limit and settings.
    named : The option that names the people; None where they were counted by type.
    """
    if not any(one.empty and one.post.hard for one in answer.posts):
        return None
    crowd = answer.team
    problem = replace(answer.problem, types=tuple(replace(one, minimum=0) for one in answer.problem.types))
    if crowd.by_type is None:
        problem = replace(problem, goal=Goal.IN_HOUSE)
        return explain_no(problem, ExplainRequest(crowd.total, places=places), options)
    numbers = {one.name: crowd.by_type.get(one.name, 0) for one in problem.types}
    return explain_no(problem, ExplainRequest(None, numbers, places, named), options)
