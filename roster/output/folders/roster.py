"""A roster in every form that leaves the program: sheets, workbook, calendars, page and document."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roster.domain.outcome import Plan
from roster.errors import FileFault, reason
from roster.language import tr
from roster.output.csv.cells import sheet
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import grid_columns, grid_rows
from roster.output.documents.plan import Document, as_text, check_document, duties
from roster.output.examined import Examined
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import BOOK, DINGTALK, DOCUMENT, MAIN
from roster.output.ics import write_calendars
from roster.output.terminal.parts.people import HOURS_COLUMNS, hours_rows
from roster.output.terminal.tiles import letters
from roster.output.words.gaps import empty_days
from roster.output.xlsx import Changed, write_book
from roster.rosters.files import write_roster


@dataclass(frozen=True, slots=True)
class Export:
    """
    A roster to be written: its scenario file, the folder to write into, the file that it was read from.

    `users` gives the user in tools that page people for each name; `since` is an earlier version, of which only the
    changes go to them. `words` are what a duty is called in the `template` of an attendance program. What is `said` of
    the roster leads its page.
    """

    examined: Examined
    scenario: Path
    folder: Path
    origin: Path
    users: Mapping[str, str] = field(default_factory=dict)
    since: Examined | None = None
    template: Path | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    said: Sequence[str] = ()

    @property
    def earlier(self) -> tuple[Path, Path]:
        """Where calendars of an earlier version may be: in the folder, or beside what the roster was read from."""
        return self.folder, self.origin.parent


def write_books(
    new: Path, earlier: Iterable[Path], examined: Examined, changes: Iterable[Changed] = ()
) -> None:
    """Write the workbook and the calendars into a new folder, as what follows those in `earlier`; raises OSError."""
    write_book(new / BOOK, examined, changes)
    write_calendars(new, earlier, examined)


def write_sheets(new: Path, folder: Path, examined: Examined, said: Sequence[str] = ()) -> None:
    """Write a roster into a new folder in every usual form: sheets, workbook, calendars, page; raises OSError."""
    given = Export(examined, folder, folder, folder / "roster.csv", said=said)
    for write in (_csv, _grid, _html):
        write(new, given)
    write_books(new, (folder,), examined)


def repairs(plan: Plan) -> list[Changed]:
    """Return where a plan's calendar departs from its rotation."""
    return [
        Changed(one.person, one.day, letters(one.planned), letters(one.given), (), one.why)
        for one in plan.repairs
    ]


def _csv(new: Path, given: Export) -> None:
    problem, roster = given.examined.problem, given.examined.roster
    write_roster(problem, roster, new / "roster.csv", given.examined.posts, given.examined.gaps)
    cover = coverage_rows(problem, given.examined.cover, roster.horizon)
    _sheet(new / "coverage.csv", sheet(COVERAGE_COLUMNS, cover))
    _sheet(new / "hours.csv", sheet(HOURS_COLUMNS, hours_rows(problem, given.examined.scores.people)))


def _grid(new: Path, given: Export) -> None:
    roster = given.examined.roster
    _sheet(new / "grid.csv", sheet(grid_columns(roster), grid_rows(roster, empty_days(given.examined))))


def _sheet(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8-sig", errors="replace", newline="")


def _html(new: Path, given: Export) -> None:
    # Imported here: templates take a while.
    from roster.output.formats import REPORT
    from roster.output.html import roster_page

    page = roster_page(given.examined.problem, given.examined.roster, given.examined, given.said)
    (new / REPORT).write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _json(new: Path, given: Export) -> None:
    text = as_text(roster_document(given))
    (new / DOCUMENT).write_text(text, encoding="utf-8", errors="replace", newline="\n")


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
        from roster.output.oncall import overrides, stretches
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
