"""The files of `roster calendar --out`, written together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from roster.output.documents.document import Document, as_text
from roster.output.examined_roster import Examined
from roster.output.folders.roster import DUTIES, write_duties
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.plan import roster_page
from roster.output.words.calendar import leading_sentences
from roster.questions.calendar import CalendarAnswer
from roster.questions.conflict import WayOut
from roster.rosters.ledger_file import NAME as LEDGER
from roster.rosters.ledger_file import ledger_text

SUMMARY = "calendar.json"
PROOF = "proof.json"
FILES = (*DUTIES, LEDGER, REPORT, SUMMARY)


def calendar_files(answer: CalendarAnswer) -> tuple[str, ...]:
    """Return the names of the files of an answer."""
    proof = (PROOF,) if answer.proof is not None else ()
    return (*FILES, *proof) if answer.roster is not None else (SUMMARY,)


def write_calendar(
    folder: Path,
    document: Document,
    answer: CalendarAnswer,
    examined: Examined | None,
    ways: Sequence[WayOut] = (),
) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer, examined : The calendar found, and the same with what is said of it; None without one.
    ways : What would hold the posts that it leaves empty.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {SUMMARY: as_text(document)}
    if examined is None:
        return write_folder(folder, texts)
    texts[LEDGER] = ledger_text(answer.ledger)
    texts[REPORT] = roster_page(examined.problem, examined.roster, examined, leading_sentences(answer, ways))
    if answer.proof is not None:
        texts[PROOF] = as_text(answer.proof)
    write_folder(folder, texts, lambda new: write_duties(new, (folder,), examined))
    return tuple(folder / name for name in calendar_files(answer))
