"""The files of `roster what-if --out`: the changes, the roster after them, the page and the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.checker import stand_in_name
from roster.language import tr
from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text
from roster.output.examined_roster import examine
from roster.output.folders.roster import DUTIES, write_duties
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.what_if import what_if_page
from roster.output.words.duties import letters
from roster.output.xlsx import Changed
from roster.questions.explain import Explanation
from roster.questions.what_if import WhatIf
from roster.rosters.rows import STAND_IN, WEEKDAYS

SUMMARY = "what-if.json"
CHANGES_COLUMNS = ("date", "weekday", "person", "from", "to", "posts", "why")


def write_what_if(
    folder: Path, document: Document, answer: WhatIf, origin: Path, why: Explanation | None = None
) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them; where not everything is covered, with the best roster.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer : The roster found or why there is none.
    origin : The file of the published roster: calendars beside it are what the new ones update.
    why : Why not everything can be covered, for the page.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {
        "changes.csv": sheet(CHANGES_COLUMNS, change_rows(answer)),
        REPORT: what_if_page(answer, why),
        SUMMARY: as_text(document),
    }
    if answer.roster is None:
        return write_folder(folder, texts)
    examined, earlier = examine(answer.case.asked, answer.roster), (folder, origin.parent)
    written = write_folder(folder, texts, lambda new: write_duties(new, earlier, examined, _cells(answer)))
    return (*written, *(folder / name for name in DUTIES))


def _cells(answer: WhatIf) -> list[Changed]:
    return [
        Changed(one.person, one.day, letters(one.before), letters(one.after), one.posts, one.why)
        for one in answer.changes
    ]


def change_rows(answer: WhatIf) -> Iterator[tuple[str, ...]]:
    """Yield the rows of changes.csv, one a cell that changes."""
    for change in answer.changes:
        on = answer.case.published.horizon.on(change.day)
        yield (
            on.isoformat(),
            WEEKDAYS[on.weekday()],
            change.person,
            change.before.name,
            change.after.name,
            ";".join(change.posts),
            change.why,
        )
    for each in answer.hired:
        on = answer.case.published.horizon.on(each.day)
        names = (stand_in_name(each.post, number) for number in range(each.number))
        for name in names:
            yield (
                on.isoformat(),
                WEEKDAYS[on.weekday()],
                name,
                "off",
                STAND_IN,
                each.post,
                tr("what_if.why_vendor"),
            )
