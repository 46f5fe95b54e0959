"""
The proof of an answer as a file that others can check without a solver, and without trusting this program.

Each part of the scenario is proven by itself, in exact arithmetic and for every roster that goes on for ever. Where
that does not reach what the search found, the file says so: what was searched, of which rosters, by whom and how.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from roster.domain.outcome import Outcome, SolveOptions, Status
from roster.domain.problem import Problem
from roster.engine.certificate import certified
from roster.engine.rotation import split
from roster.engine.solvers.mip import HIGHS_SETTINGS, SECOND, SOLVER
from roster.errors import EngineError
from roster.proof import (
    EVERY_ROSTER,
    WEEKLY,
    Certificate,
    Leaf,
    Ordinary,
    Part,
    Scope,
    Searched,
    fingerprint,
    scope_named,
    verify,
)
from roster.version import __version__

PROOF_SECONDS = 5.0
"""Wall time at most for finding a proof in exact arithmetic, over all parts."""

ANYTHING = 10**9
"""The bound to reach where nobody says one: as much as can be proven."""


def prove(problem: Problem, outcome: Outcome, options: SolveOptions) -> Certificate:
    """
    Return the proof of an answer's bound.

    The proof claims every roster, whatever the answer's own scope is: what the answer claims of rotas of some weeks
    only is told beside the parts as searched.

    Parameters
    ----------
    problem, outcome : The scenario, and its plan.
    options : Time limit and settings.

    Raises
    ------
    EngineError
        The verifier refuses it, or it excludes what was found: a defect of the program.
    """
    now = time.monotonic()
    ends = min(now + PROOF_SECONDS, options.ends(now))
    week = Ordinary.of(problem)
    told = outcome.details.get("parts")
    known = told if isinstance(told, list) else []
    scope = Scope(outcome.proof.weeks)
    parts = split(problem)
    proven: dict[int, Part] = {}
    # Small parts first: what they leave of the time goes to the large ones.
    for number in sorted(range(len(parts)), key=lambda number: len(parts[number].types)):
        left = max(0.2, ends - time.monotonic()) / (len(parts) - len(proven))
        answer = {"scope": str(scope), **(known[number] if number < len(known) else {})}
        proven[number] = _proven(week, parts[number], answer, options, time.monotonic() + left)
    made = [proven[number] for number in range(len(parts))]
    if (
        made
        and not known
        and outcome.status is Status.INFEASIBLE
        and all(part.bound is not None for part in made)
    ):
        made[0] = replace(made[0], searched=_searched(None, scope, options))
    claims = [_claimed(part) for part in made]
    bound = None if None in claims else sum(claim for claim in claims if claim is not None)
    certificate = Certificate(
        problem.name,
        fingerprint(problem),
        problem.goal,
        bound,
        tuple(made),
        f"roster {__version__}",
        EVERY_ROSTER,
    )
    verdict = verify(problem, certificate)
    if verdict.refused:
        raise EngineError(verdict.refusal)
    return certificate


def _claimed(part: Part) -> int | None:
    """Return what a part claims of every roster."""
    searched = part.searched
    return searched.bound if searched is not None and searched.scope.covers(EVERY_ROSTER) else part.bound


def _proven(
    week: Ordinary, part: Problem, answer: Mapping[str, Any], options: SolveOptions, ends: float
) -> Part:
    """Prove one part as far as exact arithmetic goes; say who searched for the rest."""
    named = Part(
        tuple(staff.name for staff in part.types),
        tuple(post.name for post in part.posts),
        tuple(seat.name for seat in part.seats),
        0,
        Leaf(()),
    )
    if "status" not in answer:
        most = certified(week, named, ANYTHING, ends) or named
        # Whatever can be claimed holds only of what cannot be.
        return most if most.bound != ANYTHING else certified(week, named, None, ends) or named
    impossible = answer.get("status") == Status.INFEASIBLE.value
    claim: int | None = None if impossible else int(answer.get("bound") or 0)
    found = certified(week, named, claim, ends) or named
    if found.bound == claim:
        return found
    scope = scope_named(str(answer["scope"])) or WEEKLY
    return replace(found, searched=_searched(claim, scope, options, str(answer.get("confirmed", ""))))


def _searched(claim: int | None, scope: Scope, options: SolveOptions, confirmed: str = "") -> Searched:
    return Searched(
        bound=claim,
        scope=scope,
        solver=f"{SECOND}, {SOLVER}",
        version=f"roster {__version__}",
        parameters=f"{HIGHS_SETTINGS}; seed={options.seed}, workers={options.workers}",
        confirmed=confirmed,
    )
