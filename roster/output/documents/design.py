"""Chosen shifts as a document."""

from __future__ import annotations

from roster.domain.rules import clock
from roster.output.documents.document import Document
from roster.questions.design import Designed


def design_document(found: Designed) -> Document:
    """Return the shifts chosen, the bound over every choice, and people wanted and there by hour of the week."""
    return {
        "kinds": [
            {
                "name": name,
                "start": clock(found.problem.shift[name].start),
                "minutes": found.problem.shift[name].length,
            }
            for name in found.kinds
        ],
        "bound": found.bound,
        "tried": found.tried,
        "fewest_kinds": found.fewest_kinds,
        "idle_hours": round(found.idle, 3),
        "hours": [[round(wanted, 3), round(there, 3)] for wanted, there in found.hours],
    }
