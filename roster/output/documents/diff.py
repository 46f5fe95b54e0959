"""`roster diff` as a document."""

from __future__ import annotations

from pathlib import Path

from roster.output.documents.document import Document
from roster.output.documents.plan import violation_document
from roster.output.words.diff import verdict
from roster.questions.diff import RosterDiff


def diff_document(scenario: Path, files: tuple[Path, Path], found: RosterDiff) -> Document:
    """
    Return the keys same, verdict, cells, people, seats, came and went.

    Parameters
    ----------
    scenario, files : The scenario's file, and those of the two rosters, before and after.
    found : What differs.
    """
    on = found.after.horizon.on
    return {
        "scenario": str(scenario),
        "before": str(files[0]),
        "after": str(files[1]),
        "same": found.same,
        "verdict": verdict(found),
        "cells": [
            {
                "date": on(cell.day).isoformat(),
                "person": cell.person,
                "from": cell.before.name,
                "to": cell.after.name,
            }
            for cell in found.cells
        ],
        "people": [
            {
                "person": change.person,
                "minutes": change.gained("minutes"),
                "nights": change.gained("nights"),
                "weekends": change.worked_weekends,
                "standby_days": change.gained("standby_days"),
                "in_before": change.before is not None,
                "in_after": change.after is not None,
            }
            for change in found.people
        ],
        "seats": [{"seat": name, "from": a, "to": b} for name, a, b in found.seats],
        "came": [violation_document(one, found.after) for one in found.came],
        "went": [violation_document(one, found.before) for one in found.went],
    }
