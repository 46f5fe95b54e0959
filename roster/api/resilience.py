"""The answer to "which absences does a roster survive?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import Effort, in_python, search_options
from roster.api.report import Saved
from roster.api.scenario_basis import Basis
from roster.domain import outcome
from roster.domain.outcome import SolveOptions
from roster.questions import resilience as question
from roster.questions.resilience import parse_lengths

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def resilience(
    basis: Basis, published: outcome.Roster, days: Iterable[int] | None, absences: int, effort: Effort
) -> Resilience:
    """
    Try every absence of so many people at once.

    Parameters
    ----------
    basis, published
        The scenario, and the roster.
    days
        How many days long absences are; 1, 7 and 14, as far as the calendar has them, where not given.
    absences
        People away at once, 1 or 2.
    effort
        Its workers are processes.

    Raises
    ------
    Faults
        Lengths that cannot be.
    """
    options = search_options(effort)
    lengths = None if days is None else ",".join(str(length) for length in days)
    with in_python():
        asked = parse_lengths(basis.problem, published, lengths, absences, options.seed)
    run = question.ResilienceRun(processes=options.workers)
    return Resilience(basis, question.resilience(asked, options, run), options)


@dataclass(frozen=True, repr=False)
class Resilience(Saved):
    """Every absence tried: what breaks, who is missed when, the days to spare, and what to teach whom."""

    basis: Basis
    answer: question.Resilience
    options: SolveOptions

    @property
    def survives(self) -> bool | None:
        """Whether every absence is survived; None where that stays open."""
        return self.answer.survives

    @property
    def up_to(self) -> int:
        """The longest length in days up to which every single absence is survived."""
        return self.answer.up_to

    @property
    def cases(self) -> pd.DataFrame:
        """Every absence: whom, when, whether it is survived, with how many changes, as in `cases.csv`."""
        from roster.output.folders.resilience import CASES_COLUMNS, case_rows

        return frame(
            CASES_COLUMNS, case_rows(self.answer), numbers=("changes", "bound"), dates=("from", "to")
        )

    @property
    def days(self) -> pd.DataFrame:
        """For each date how many can be away, and who cannot, as in `days.csv`."""
        from roster.output.folders.resilience import DAYS_COLUMNS, day_rows

        return frame(DAYS_COLUMNS, day_rows(self.answer), dates=("date",))

    @property
    def training(self) -> pd.DataFrame:
        """Which skill taught to whom removes how many of the breaks, the most useful first."""
        columns = ("role", "type", "person", "gone", "of", "undecided")
        rows = (
            (one.skill.role, one.type, one.skill.person, one.gone, one.of, one.undecided)
            for one in self.answer.training
        )
        return frame(columns, rows)

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.resilience import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.resilience import resilience_document

        return resilience_document(self.basis.source, self.answer, self.options, self.line)

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.resilience import write_resilience

        return write_resilience(folder, document, self.answer)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.resilience import print_resilience

        print_resilience(console, self.answer, files)

    def _page(self) -> str:
        from roster.output.html.resilience import resilience_page

        return resilience_page(self.answer)
