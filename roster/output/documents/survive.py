"""What a plan survives, and the relief factor beside it, as keys of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.output.documents.document import Document
from roster.output.words.survive import relief_of

if TYPE_CHECKING:
    pass


def relief_document(problem: Problem, outcome: Outcome) -> Document | None:
    """Return the relief factor; None where presence costs nobody working time."""
    found = relief_of(problem, outcome)
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
