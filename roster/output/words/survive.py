"""What a plan survives, and the classical relief factor beside the staffing ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.domain.outcome import Outcome, Survival
from roster.domain.problem import Problem
from roster.domain.rules import hours
from roster.language import counted, tr
from roster.output.terminal.console import FAINT
from roster.output.terminal.prose import Prose

if TYPE_CHECKING:
    from roster.questions.plan.relief_factor import Relief

Document = dict[str, object]


def survival_lines(outcome: Outcome) -> list[ConsoleRenderable]:
    """Return what was tried as lines, set off from what stands above them."""
    said = survival_sentences(outcome)
    return [Text(" "), *(Prose(sentence) for sentence in said)] if said else []


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


def relief_lines(problem: Problem, outcome: Outcome) -> list[ConsoleRenderable]:
    """Return the relief factor in the form of the ladder's steps, and below it what it cannot see."""
    found = relief_sentences(problem, outcome)
    if found is None:
        return []
    number, sentence, blind = found
    line = Text(f"{number:>4}  ", FAINT).append(sentence, FAINT)
    return [line, Prose(blind, FAINT, mark="      ")]


def relief_sentences(problem: Problem, outcome: Outcome) -> tuple[int, str, str] | None:
    """Return how many the relief factor asks for, how, and what it cannot see; None where it says nothing."""
    found = _relief(problem, outcome)
    if found is None:
        return None
    return found.people, tr("survive.relief", **_words(found)), tr("survive.relief_blind")


def relief_document(problem: Problem, outcome: Outcome) -> Document | None:
    """Return the relief factor; None where presence costs nobody working time."""
    found = _relief(problem, outcome)
    if found is None:
        return None
    return {
        "factor": round(float(found.factor), 2),
        "people": found.people,
        "weekly_hours": round(float(found.minutes / 60), 2),
        "net_hours": [round(net / 60, 2) for net in found.net],
        "per_24x7_seat": round(float(found.seat), 2),
        "source": "APCO 2000",
        "blind_to": ["roles", "standby", "rest", "nights", "who is away"],
    }


def survival_document(outcome: Outcome) -> Document | None:
    """Return what the plan survives and which absences fewer people cannot cover; None where that was not asked."""
    survival = outcome.survival
    if survival is None:
        return None
    return {
        "absences": 1,
        "days": survival.days,
        "cases": survival.cases,
        "uncovered": [
            {
                "type": one.type,
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "people": one.people,
                "empty_hours": {post: round(minutes / 60, 2) for post, minutes in one.empty.items()},
                "sentence": one.sentence,
            }
            for one in survival.uncovered
        ],
    }


def _length(survival: Survival) -> str:
    return counted("survive.length", survival.days)


def _relief(problem: Problem, outcome: Outcome) -> Relief | None:
    # Imported when it is asked for: checking a roster or a proof needs no engine.
    from roster.questions.plan.relief_factor import relief

    return relief(problem, outcome.plan.headcount.seats if outcome.plan else ())


def _words(found: Relief) -> dict[str, object]:
    net = tr("survive.to").join(hours(net) for net in dict.fromkeys((found.net[0], found.net[-1])))
    return {
        "hours": f"{float(found.minutes / 60):,.0f}",
        "net": net,
        "factor": f"{float(found.factor):.1f}",
        "seat": f"{float(found.seat):.2f}",
    }
