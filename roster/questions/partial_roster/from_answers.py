"""The best roster of people who cannot hold everything, asked for by what `plan` and `service` answered."""

from __future__ import annotations

from roster.domain.outcome import Outcome, Partial, SolveOptions, Status, Tell
from roster.domain.problem import Problem
from roster.questions.partial_roster.answer import best_partial, of_people, team, team_of_outcome
from roster.questions.service import Service, split_names


def partial_of_outcome(
    problem: Problem, outcome: Outcome, options: SolveOptions, progress: Tell | None = None
) -> Partial | None:
    """
    Return the best roster of the people of a scenario, where it is impossible to hold all of it.

    Parameters
    ----------
    problem, outcome : The scenario, and its plan.
    options, progress : Time limit and settings, and whom to tell how it goes.
    """
    if outcome.status is not Status.INFEASIBLE:
        return None
    there = team_of_outcome(problem, outcome, options)
    return None if there is None else best_partial(problem, there, options, progress)


def partial_of_service(
    answer: Service, people: str | None, options: SolveOptions, progress: Tell | None = None
) -> tuple[Problem, Partial] | None:
    """
    Return the best roster on the dates, and of whom, where these people cannot hold everything.

    Parameters
    ----------
    answer : The best service of an ordinary week.
    people : The names of those who are there, where they were given by name.
    options : How long and how hard to search.
    progress : Who is told how far it is.
    """
    if not any(one.empty and one.post.hard for one in answer.posts):
        return None
    problem, numbers = answer.problem, answer.team.by_type or answer.people
    if people is not None:
        problem = of_people(problem, split_names(people, problem.person))
    seats = None if answer.team.total is not None else answer.seats
    found = best_partial(problem, team(problem, numbers, seats), options, progress)
    return None if found is None else (problem, found)
