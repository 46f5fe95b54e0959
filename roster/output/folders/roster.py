"""A roster in every form that leaves the program: sheets, workbook, calendars, page and document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from roster.domain.outcome import Plan
from roster.errors import FileFault, reason
from roster.language import tr
from roster.output.csv.cells import sheet
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import grid_columns, grid_rows
from roster.output.csv.hours import HOURS_COLUMNS, hours_rows
from roster.output.documents.document import Document, as_text
from roster.output.documents.plan import check_document, duties
from roster.output.examined_roster import Examined
from roster.output.folders.whole_folder import whole_folder, write_texts
from roster.output.formats import BOOK, BOOKS, DINGTALK, DOCUMENT, MAIN
from roster.output.ics import write_calendars
from roster.output.words.duties import letters
from roster.output.words.gaps import empty_days
from roster.output.xlsx import Changed, write_book
from roster.rosters.rows import write_roster

DUTIES = ("roster.csv", "grid.csv", "coverage.csv", "hours.csv", *BOOKS)
"""What every answer with a roster is written as."""


@dataclass(frozen=True, slots=True)
class Export:
    """
    A roster to be written: its scenario file, the folder to write into, the file that it was read from.

    `users` gives the user in tools that page people for each name; `since` is an earlier version, of which only the
    changes go to them. `words` are what a duty is called in the `template` of an attendance program.
    """

    examined: Examined
    scenario: Path
    folder: Path
    origin: Path
    users: Mapping[str, str] = field(default_factory=dict)
    since: Examined | None = None
    template: Path | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def earlier(self) -> tuple[Path, Path]:
        """Where calendars of an earlier version may be: in the folder, or beside what the roster was read from."""
        return self.folder, self.origin.parent


def write_duties(
    new: Path, earlier: Iterable[Path], examined: Examined, changes: Iterable[Changed] = ()
) -> None:
    """
    Write a roster into a new folder in every form but the page: tables, workbook, calendars.

    Parameters
    ----------
    new, examined : The folder, and the roster with what is said of it.
    earlier : Folders in which calendars of an earlier version may be, which the new ones update.
    changes : Cells that the workbook marks as changed.

    Raises
    ------
    OSError
        The disk is full, or the folder may not be written.
    """
    write_roster(examined.problem, examined.roster, new / "roster.csv", examined.posts, examined.gaps)
    write_texts(new, tables(examined))
    write_book(new / BOOK, examined, changes)
    write_calendars(new, earlier, examined)


def tables(examined: Examined) -> dict[str, str]:
    """Return what a roster comes to as tables, by file name; its duties themselves are in `roster.csv`."""
    problem, roster = examined.problem, examined.roster
    return {
        "grid.csv": sheet(grid_columns(roster), grid_rows(roster, empty_days(examined))),
        "coverage.csv": sheet(COVERAGE_COLUMNS, coverage_rows(problem, examined.cover, roster.horizon)),
        "hours.csv": sheet(HOURS_COLUMNS, hours_rows(problem, examined.scores.people)),
    }


def repairs(plan: Plan) -> list[Changed]:
    """Return where a plan's calendar departs from its rotation."""
    return [
        Changed(one.person, one.day, letters(one.planned), letters(one.given), (), one.why)
        for one in plan.repairs
    ]


def _csv(new: Path, given: Export) -> None:
    examined = given.examined
    write_roster(examined.problem, examined.roster, new / "roster.csv", examined.posts, examined.gaps)
    write_texts(new, {name: text for name, text in tables(examined).items() if name != "grid.csv"})


def _grid(new: Path, given: Export) -> None:
    write_texts(new, {"grid.csv": tables(given.examined)["grid.csv"]})


def _html(new: Path, given: Export) -> None:
    # Imported here: templates take a while.
    from roster.output.formats import REPORT
    from roster.output.html.plan import roster_page

    write_texts(new, {REPORT: roster_page(given.examined.problem, given.examined.roster, given.examined)})


def _json(new: Path, given: Export) -> None:
    write_texts(new, {DOCUMENT: as_text(roster_document(given))})


def roster_document(given: Export) -> Document:
    """Return a roster as a document: what the check says of it, its figures, and its duties as in `roster.csv`."""
    problem, dates = given.examined.problem, given.examined.problem.dates
    return {
        **check_document(given.scenario, given.examined),
        "title": problem.title,
        "calendar": {
            "start": dates.start.isoformat(),
            "weeks": dates.in_weeks,
            "days": dates.days,
            "time_zone": dates.time_zone,
        },
        "duties": duties(given.examined),
    }


def _tool(name: str) -> Callable[[Path, Export], None]:
    def write(new: Path, given: Export) -> None:
        # Imported here: most exports need none of it.
        from roster.output.on_call_stretches import overrides, stretches
        from roster.output.oncall.tools import write_tool

        known = stretches(given.examined)
        if given.since is not None:
            known = overrides(known, stretches(given.since))
        write_tool(new, name, given.examined.problem, given.users, known)

    return write


def _dingtalk(new: Path, given: Export) -> None:
    # Imported here: it needs a library that is not always there.
    from roster.output.xlsx.dingtalk import fill_template

    fill_template(given.template, new / DINGTALK, given.examined, given.words)


FORMATS: dict[str, Callable[[Path, Export], None]] = {
    "csv": _csv,
    "grid": _grid,
    "xlsx": lambda new, given: write_book(new / BOOK, given.examined),
    "ics": lambda new, given: write_calendars(new, given.earlier, given.examined),
    "html": _html,
    "json": _json,
    **{name: _tool(name) for name in ("pagerduty", "opsgenie", "grafana", "terraform")},
    "dingtalk": _dingtalk,
}
"""How each format is written."""


def export(given: Export, formats: Iterable[str]) -> tuple[list[str], list[str]]:
    """
    Write a roster in these formats, together or not at all; return what was written and what was left as it is.

    The file that the roster was read from is never written over. Raises FileFault when something cannot be written.
    """
    kept = []
    with whole_folder(given.folder) as new:
        for name in formats:
            FORMATS[name](new, given)
        for file in sorted(new.iterdir()):
            if file.is_file() and _same(given.folder / file.name, given.origin):
                file.unlink()
                kept.append(file.name)
        written = sorted(file.name for file in new.iterdir())
    return written, kept


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def as_bytes(given: Export, form: str) -> bytes:
    """Return the main file of one format, without a byte-order mark."""
    try:
        with tempfile.TemporaryDirectory(prefix="roster-") as work:
            FORMATS[form](Path(work), given)
            return (Path(work) / MAIN[form]).read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise FileFault(tr("common.cannot_write", file=MAIN[form], why=reason(error))) from error
