"""The files of `roster diff --out`: the page and the document."""

from __future__ import annotations

from pathlib import Path

from roster.domain.problem import Problem
from roster.output.documents.document import Document, as_text
from roster.output.folders.whole_folder import write_folder
from roster.output.html.diff import diff_page
from roster.questions.diff import RosterDiff


def write_diff(folder: Path, document: Document, problem: Problem, found: RosterDiff) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    problem, found : The scenario, and what differs.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    return write_folder(folder, {"diff.html": diff_page(problem, found), "diff.json": as_text(document)})
