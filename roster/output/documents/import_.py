"""What `roster import` found as a document with stable keys."""

from __future__ import annotations

from pathlib import Path

from roster.output.documents.document import Document
from roster.output.documents.plan import check_document
from roster.output.examined_roster import Examined
from roster.output.words.import_ import summary
from roster.rosters.files import FoundRoster


def import_document(scenario: Path, examined: Examined, found: FoundRoster, out: Path | None) -> Document:
    """
    Return it as a document.

    Parameters
    ----------
    scenario, out : The scenario's file, and the roster's; None where none was written.
    examined, found : The roster with what is said of it, and all that its file says.
    """
    leave = [{"person": one.person, "from": f"{one.first}", "to": f"{one.last}"} for one in found.leave]
    return {
        **check_document(scenario, examined),
        "summary": summary(examined, found),
        "remarks": list(found.remarks),
        "leave": leave,
        "file": str(out) if out is not None else None,
    }
