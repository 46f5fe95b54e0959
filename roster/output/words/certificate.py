"""What `roster check --proof` says of a proof: what is proven, of which rosters, and each step of it."""

from __future__ import annotations

from roster.domain.outcome import Headcount
from roster.domain.problem import Goal, Problem
from roster.language import tr
from roster.output.words.certificate_steps import alike, goal_text, scope_text, step_text, times_text
from roster.proof import EVERY_ROSTER, End, Ordinary, Shown, Verdict


def verdict_text(problem: Problem, verdict: Verdict) -> str:
    """Return the result in one line."""
    if verdict.refused:
        return tr("proof.refused", why=verdict.refusal)
    words = {"scope": scope_text(verdict.certificate.scope), "goal": goal_text(problem)}
    if verdict.searched:
        claimed = bound_text(verdict.certificate.bound)
        return tr("proof.verified_partly", bound=bound_text(verdict.bound), claimed=claimed, **words)
    if verdict.impossible:
        return tr("proof.verified_impossible", **words)
    return tr("proof.verified", bound=bound_text(verdict.bound), **words)


def bound_text(bound: int | None) -> str:
    """Return a bound; what stands for it where nothing is possible."""
    return tr("proof.impossible") if bound is None else f"{bound:,}"


def meaning_text(verdict: Verdict) -> str:
    """Return what the scope of a proof means."""
    scope = verdict.certificate.scope
    return tr(
        "proof.meaning_every" if scope == EVERY_ROSTER else "proof.meaning_some", scope=scope_text(scope)
    )


def held_against(problem: Problem, verdict: Verdict, headcount: Headcount) -> str:
    """
    Return what a roster and a proof say together; nothing where the proof is refused, or counts money.

    Parameters
    ----------
    problem, verdict : The scenario, and what became of the proof.
    headcount : People and seats of the roster.
    """
    if verdict.refused or verdict.bound is None or problem.goal is Goal.COST:
        return ""
    found = headcount.in_house if problem.goal is Goal.IN_HOUSE else headcount.total
    scope = verdict.certificate.scope
    of_all = "" if scope == EVERY_ROSTER else "_some"
    words = {"found": found, "bound": verdict.bound, "scope": scope_text(scope)}
    if found == verdict.bound:
        return tr(f"proof.minimum{of_all}", **words)
    return tr("proof.above_minimum" if found > verdict.bound else f"proof.below_bound{of_all}", **words)


def step_sentences(week: Ordinary, end: End) -> list[tuple[str, str]]:
    """Return the inequalities of a case: when, and what each says."""
    return [
        (times_text(steps[0].use.times), step_text(week, steps, end.supposed)) for steps in alike(end.steps)
    ]


def searched_text(shown: Shown) -> str:
    """Return what a search claims of a part beyond what is proven."""
    searched = shown.part.searched
    assert searched is not None, "asked only of what was searched"
    return tr(
        "proof.searched",
        bound=bound_text(shown.part.bound),
        claimed=bound_text(searched.bound),
        scope=scope_text(searched.scope),
        solver=searched.solver,
        parameters=searched.parameters,
        confirmed=searched.confirmed,
    ).strip()
