"""What a plan survives, and the classical relief factor beside the staffing ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain.outcome import Outcome, Survival
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, tr

if TYPE_CHECKING:
    from roster.questions.plan import Relief


def survival_sentences(outcome: Outcome) -> list[str]:
    """Return what was tried, and what asked for other people, where the proof does not say it."""
    survival = outcome.survival
    if survival is None:
        return []
    said = [one.sentence for one in survival.uncovered if one.sentence not in outcome.proof.reason]
    if said and outcome.plan is not None:
        said.insert(0, tr("survive.other_mix"))
    if survival.cases:
        said.append(tr("survive.cases", cases=f"{survival.cases:,}", days=_length(survival)))
    return said


def relief_sentences(problem: Problem, outcome: Outcome) -> tuple[int, str, str] | None:
    """Return how many the relief factor asks for, how, and what it cannot see; None where it says nothing."""
    found = relief_of(problem, outcome)
    if found is None:
        return None
    return found.people, tr("survive.relief", **_words(found)), tr("survive.relief_blind")


def _length(survival: Survival) -> str:
    return counted("survive.length", survival.days)


def relief_of(problem: Problem, outcome: Outcome) -> Relief | None:
    """Return the classical relief factor of a plan; None where presence costs nobody working time."""
    # Imported when it is asked for: checking a roster or a proof needs no engine.
    from roster.questions.plan import relief

    return relief(problem, outcome.plan.headcount.seats if outcome.plan else ())


def _words(found: Relief) -> dict[str, object]:
    net = tr("survive.to").join(hours(net) for net in dict.fromkeys((found.net[0], found.net[-1])))
    return {
        "hours": f"{float(found.minutes / 60):,.0f}",
        "net": net,
        "factor": f"{float(found.factor):.1f}",
        "seat": f"{float(found.seat):.2f}",
    }
