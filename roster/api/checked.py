"""A roster as tables: what it breaks, its duties, hours and cover; and as files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.report import Report
from roster.api.scenario_basis import Basis
from roster.domain.outcome import Rotation
from roster.errors import Fault, Faults
from roster.language import counted, tr
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import ROTATION_COLUMNS, grid_columns, grid_rows, rotation_rows
from roster.output.csv.hours import HOURS_COLUMNS, hours_rows
from roster.output.examined_roster import Examined
from roster.output.formats import FORMATS, USUAL

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole

DUTY_COLUMNS = ("date", "weekday", "person", "type", "employer", "duty", "presence", "start", "end", "posts")
CHECK_COLUMNS = ("rule", "person", "date", "dates", "sentence")


def rotation_frame(rotations: tuple[Rotation, ...]) -> pd.DataFrame:
    """Return rotations as a table: one row a line of seven duties."""
    return frame(ROTATION_COLUMNS, rotation_rows(rotations))


def hours_frame(examined: Examined | None) -> pd.DataFrame:
    """Return what each person gets beside the limits; hours as numbers."""
    rows = hours_rows(examined.problem, examined.scores.people) if examined else ()
    return frame(HOURS_COLUMNS, rows, numbers=HOURS_COLUMNS[3:])


def cover_frame(examined: Examined | None) -> pd.DataFrame:
    """Return each post over each stretch of time, with who holds it."""
    if examined is None:
        return frame(COVERAGE_COLUMNS, (), dates=("date",), moments=("start", "end"))
    problem = examined.problem
    rows = coverage_rows(problem, examined.cover, examined.roster.horizon)
    zone = problem.dates.time_zone
    return frame(COVERAGE_COLUMNS, rows, dates=("date",), moments=("start", "end"), zone=zone)


@dataclass(frozen=True, repr=False)
class CheckedRoster(Report):
    """Who does what on which day, checked and counted. `origin` is the file that it was read from, if any."""

    basis: Basis
    examined: Examined
    origin: Path | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """The names of its people, in their order."""
        return tuple(person.name for person in self.examined.roster.people)

    @property
    def lawful(self) -> bool:
        """Whether it breaks no rule and holds every hard post."""
        return not self.examined.violations

    def check(self) -> pd.DataFrame:
        """Return what it breaks, one row a finding of the independent check; none where it is lawful."""
        on = self.examined.roster.horizon.on
        rows = (
            (
                one.rule,
                one.person,
                on(one.days[0]) if one.days else None,
                tuple(map(on, one.days)),
                one.sentence,
            )
            for one in self.examined.violations
        )
        return frame(CHECK_COLUMNS, rows, dates=("date",))

    @property
    def duties(self) -> pd.DataFrame:
        """One row a duty, as in `roster.csv`; `Scenario.roster` reads it again."""
        from roster.output.documents.plan import duties

        problem = self.examined.problem
        rows = ([row[column] for column in DUTY_COLUMNS] for row in duties(self.examined))
        return frame(
            DUTY_COLUMNS, rows, dates=("date",), moments=("start", "end"), zone=problem.dates.time_zone
        )

    @property
    def grid(self) -> pd.DataFrame:
        """People down, dates across, letters in the cells; `Scenario.roster` reads it again."""
        import pandas as pd

        columns = grid_columns(self.examined.roster)
        made = frame(columns, grid_rows(self.examined.roster)).set_index("person")
        dates = {text: pd.Timestamp(text) for text in columns[2:]}
        return made.rename(columns=dates)

    @property
    def hours(self) -> pd.DataFrame:
        """Hours, nights, weekends and standby of each person beside the limits."""
        return hours_frame(self.examined)

    @property
    def cover(self) -> pd.DataFrame:
        """Every post over every stretch of time, and who holds it."""
        return cover_frame(self.examined)

    def save(
        self, folder: str | os.PathLike[str], formats: Iterable[str] = USUAL, *, force: bool = False
    ) -> list[Path]:
        """
        Write it in these formats into a folder, together or not at all; return the files.

        Parameters
        ----------
        folder
            Where to, made where it is missing.
        formats
            Names as of `roster export --format`.
        force
            Write also what breaks rules.

        Raises
        ------
        RosterError
            A format that there is not, a roster that is not lawful, a folder that cannot be written.
        """
        from roster.output.folders.roster import Export, export

        wanted = (formats,) if isinstance(formats, str) else tuple(formats)
        said = {"formats": ", ".join(FORMATS)}
        wrong = [
            Fault(None, "formats", tr("api.unknown_format", value=name, **said))
            for name in wanted
            if name not in FORMATS
        ]
        if not self.lawful and not force:
            wrong.append(Fault(None, "force", counted("api.unlawful", len(self.examined.violations))))
        if wrong:
            raise Faults(tr("api.what_was_asked"), wrong)
        out = Path(folder)
        given = Export(self.examined, self.basis.source, out, self.origin or out / "roster.csv.new")
        written, _ = export(given, wanted)
        return [out / name for name in written]

    @property
    def line(self) -> str:
        """What it is, and what the check says of it."""
        from roster.output.words.findings import verdict

        days = self.examined.roster.horizon.days
        said = {"people": counted("api.people", len(self.people)), "days": counted("common.days", days)}
        return tr("api.roster_line", verdict=verdict(self.examined.violations), **said)

    @property
    def document(self) -> Document:
        """What the check says of it, its figures and its duties, as of `roster export --format json`."""
        from roster.output.folders.roster import Export, roster_document

        source = self.basis.source
        return roster_document(Export(self.examined, source, source.parent, self.origin or source))

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.check import print_check

        print_check(console, self.examined)

    def _page(self) -> str:
        from roster.output.html.plan import roster_page

        return roster_page(self.examined.problem, self.examined.roster, self.examined)
