"""The cheapest choice at a number of people: what the scenario makes least after its goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from roster.domain.outcome import Status
from roster.domain.problem import Goal
from roster.engine.integer_program import Program, Terms
from roster.engine.rotation.model import RotationModel
from roster.engine.solvers.merged import merged
from roster.engine.solvers.mip import branch_and_bound
from roster.engine.solvers.search import Search, Solution


def settle_orders(
    model: RotationModel, program: Program, search: Search, whole: frozenset[int] | None
) -> tuple[Solution, Program]:
    """
    Make vendors fewest, then the cost least (people, then vendors, where cost is the goal); return the last solution,
    and the program with each order kept.

    `feasible` where time ends in between.

    Parameters
    ----------
    model, program : What may be chosen, and the program of it with whatever is settled already.
    search : How long that may take.
    whole : Variables that must be whole; all of them where None.
    """
    return _settled(_orders(model), program, search, whole)


def settle_merged(model: RotationModel, program: Program, search: Search) -> Solution:
    """
    Settle people and seats as fractions of days allow them, types that are alike taken together; see `merged`.

    Values that are whole in sum are spread evenly over what is alike, and need not satisfy the rows.

    Parameters
    ----------
    model, program : What may be chosen, and the program of it with whatever is settled already.
    search : How long that may take.
    """
    orders = _orders(model)
    small = merged(program, orders, model.bodies)
    sums = [small.sum_of(terms) for terms in orders]
    found, _ = _settled(sums, small.program, search, small.among(model.bodies))
    return replace(found, values=small.spread(found.values)) if found.found else found


def settled_already(model: RotationModel, program: Program) -> bool:
    """Whether there is nothing to choose: neither vendors nor costs can differ."""
    return not any(any(f for _, f in terms) and _open(program, terms) for terms in _orders(model))


def _orders(model: RotationModel) -> tuple[Terms, Terms]:
    """Return what is made least after the goal, in this order."""
    return (model.people, model.vendor) if model.problem.goal is Goal.COST else (model.vendor, model.cost)


def _settled(
    orders: Iterable[Terms], program: Program, search: Search, whole: frozenset[int] | None
) -> tuple[Solution, Program]:
    best: Solution | None = None
    program = program.copy()
    for terms in orders:
        if not any(factor for _, factor in terms) or not _open(program, terms):
            continue
        better = branch_and_bound(program, terms, search.seconds_left, whole)
        if better.status is not Status.OPTIMAL:
            return (better if best is None else replace(best, status=Status.FEASIBLE)), program
        best = better
        program.at_most(terms, better.objective or 0, "order")
    return best or branch_and_bound(program, [], search.seconds_left, whole), program


def _open(program: Program, terms: Terms) -> bool:
    """Whether terms can still take different values, as far as bounds tell."""
    return any(program.lower[variable] < program.upper[variable] for variable, _ in terms)
