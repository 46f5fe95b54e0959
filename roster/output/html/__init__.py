"""
`report.html`: one file that people print, send and show; it fetches nothing and runs nothing that it does not carry.

Every figure on it is counted again from the roster. Pages are put together from views, plain data worked out in the
modules beside this one, and drawn by the templates. Each page imports what it needs when it is asked for: one of a
roster does without the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roster.domain.outcome import Outcome, Partial, Roster
    from roster.domain.problem import Problem
    from roster.output.examined import Examined
    from roster.questions.explain import Explanation
    from roster.questions.frontier import Frontier
    from roster.questions.resilience import Resilience
    from roster.questions.simulate import Simulation
    from roster.questions.size import Sized
    from roster.questions.what_if import WhatIf


def plan_page(
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    explained: Explanation | None = None,
    bought: Frontier | None = None,
    partial: Partial | None = None,
) -> str:
    """
    Return the page of an answer to "how few people?"; without a plan, why there is none.

    Parameters
    ----------
    problem, outcome, examined : The scenario, its plan, and the roster with what is said of it.
    explained, bought : The answers to "why not?" and to "make or buy?", where they were asked as well.
    partial : The best roster without a plan.
    """
    from roster.output.html.plan import page_of_plan

    return page_of_plan(problem, outcome, examined, explained, bought, partial)


def roster_page(
    problem: Problem, roster: Roster, examined: Examined | None = None, said: Sequence[str] = ()
) -> str:
    """
    Return the page of any roster, also one made by hand.

    Parameters
    ----------
    problem, roster : The scenario, and the roster.
    examined : What is said of it, which saves checking it again.
    said : Sentences that lead the page.
    """
    from roster.output.html.plan import page_of_roster

    return page_of_roster(problem, roster, examined, said)


def frontier_page(answer: Frontier) -> str:
    """Return the page of an answer to "make or buy?"."""
    from roster.output.html.frontier import page_of_frontier

    return page_of_frontier(answer)


def resilience_page(answer: Resilience) -> str:
    """Return the page of an answer to "which absences does it survive?"."""
    from roster.output.html.resilience import page_of_resilience

    return page_of_resilience(answer)


def simulation_page(answer: Simulation, seconds: float) -> str:
    """Return the page of an answer to "what does a year bring?"."""
    from roster.output.html.simulate import page_of_simulation

    return page_of_simulation(answer, seconds)


def size_page(found: Sized) -> str:
    """Return the page of an answer to "how many people do these systems need?"."""
    from roster.output.html.size import page_of_size

    return page_of_size(found)


def what_if_page(answer: WhatIf, explained: Explanation | None = None) -> str:
    """Return the page of an answer to "who covers?"; where nobody can, `explained` says why."""
    from roster.output.html.what_if import page_of_what_if

    return page_of_what_if(answer, explained)
