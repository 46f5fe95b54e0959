"""The files of `roster service --out`: each gap, the rota, the document, and the best roster where posts stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.outcome import Partial
from roster.notation.values import WEEKDAYS
from roster.output.csv.cells import sheet
from roster.output.csv.grid import ROTATION_COLUMNS, rotation_rows
from roster.output.documents.document import Document, as_text
from roster.output.examined_roster import Examined
from roster.output.folders.roster import DUTIES, write_duties
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.plan import roster_page
from roster.output.words.gaps import partial_sentences
from roster.output.words.service import verdict
from roster.questions.service import Service

SUMMARY = "service.json"
FILES = ("service.csv", "rotation.csv", SUMMARY)
ROSTER = (*DUTIES, REPORT)
"""What the best roster is written as, where posts stay empty."""

SERVICE_COLUMNS = (
    "post",
    "priority",
    "hard",
    "state",
    "held_minutes",
    "wanted_minutes",
    "weekday",
    "start",
    "end",
    "missing",
    "week",
)


def names_of(*, best: bool) -> tuple[str, ...]:
    """Return the names of the files of an answer, with or without its best roster."""
    return (*FILES, *(ROSTER if best else ()))


def write_service(
    folder: Path,
    document: Document,
    answer: Service,
    examined: Examined | None = None,
    partial: Partial | None = None,
) -> tuple[Path, ...]:
    """
    Write the files of an answer together, with its best roster; return them.

    Parameters
    ----------
    folder : The folder, made where it is missing; what is there of an earlier answer is replaced as one.
    document : The answer as a document.
    answer : The answer: hours of an ordinary week, leave to come kept back.
    examined, partial : The best roster on the dates, and how far it is proven; none where everything is held. Its page
        begins with what the answer says, for dates without leave may hold more.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {
        "service.csv": sheet(SERVICE_COLUMNS, service_rows(answer)),
        "rotation.csv": sheet(ROTATION_COLUMNS, rotation_rows(answer.rotations)),
        SUMMARY: as_text(document),
    }
    if examined is None:
        return write_folder(folder, texts)
    said = [verdict(answer), *(partial_sentences(examined, partial) if partial else ())]
    page = roster_page(examined.problem, examined.roster, examined, said)
    write_folder(folder, {**texts, REPORT: page}, lambda new: write_duties(new, (folder,), examined))
    return tuple(folder / name for name in names_of(best=True))


def service_rows(answer: Service) -> Iterator[tuple[object, ...]]:
    """Yield one row for each gap, and one for each post without any."""
    for one in answer.posts:
        post = one.post
        head = (post.name, post.priority, "yes" if post.hard else "no", one.state, one.held, one.wanted)
        if not one.gaps:
            yield (*head, "", "", "", "", "")
        for gap in one.gaps:
            times = _time(gap.start), _time(gap.end)
            yield (*head, WEEKDAYS[gap.day % 7], *times, gap.missing, gap.day // 7 + 1)


def _time(minute: int) -> str:
    """Return a time after the midnight of the post's day; past 24:00 on the day after."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
