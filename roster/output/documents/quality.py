"""How good a rota is, and how far that is proven, as keys of a document."""

from __future__ import annotations

from roster.domain.outcome import Outcome
from roster.domain.problem import Problem
from roster.output.documents.document import Document
from roster.output.words.quality import quality_of


def quality_document(problem: Problem, outcome: Outcome) -> Document | None:
    """Return the quality of a plan's rota as a document."""
    found = quality_of(problem, outcome)
    if found is None:
        return None
    return {
        "points": found.points,
        "bound": found.bound,
        "proven": found.proven,
        "weeks": found.weeks,
        "seconds": None if found.seconds is None else round(found.seconds, 3),
        "kinds": [{"name": k.name, "breaches": k.breaches, "points": k.points} for k in found.kinds],
    }
