"""The answer to "what does a year bring?"."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import in_python, search_options
from roster.api.report import Saved
from roster.api.scenario_basis import Basis
from roster.domain import outcome
from roster.questions import simulate as question
from roster.questions.executors import PROCESSES, Inline, opened
from roster.questions.simulate import Rates, must_come_round, parse_means

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


@dataclass(frozen=True, slots=True)
class Years:
    """How many years, drawn from which rates and seed, with which last means; and how many processes work on it."""

    number: int
    rates: Path | None
    means: tuple[str, ...]
    workers: int
    seed: int


def simulate(basis: Basis, published: outcome.Roster, asked: Years) -> Simulation:
    """
    Live a roster through years of drawn sickness, leave and resignations.

    Parameters
    ----------
    basis, published
        The scenario, and the roster.
    asked
        How many years, rates, means, seed and workers.

    Raises
    ------
    Faults
        Years, means or rates that cannot be; a calendar without a whole week.
    """
    search_options((1.0, asked.workers, asked.seed, None))
    with in_python():
        means = parse_means(asked.number, ",".join(asked.means) or "nothing")
        must_come_round(published)
    if asked.rates is None:
        rates = Rates()
    else:
        # Imported here: what checks the file takes a while to import.
        from roster.questions.simulate import read_rates

        rates = read_rates(asked.rates)
    wanted = question.SimulationRequest(basis.problem, published, asked.number, asked.seed, rates, means)
    began = time.monotonic()
    if asked.workers == 1:
        answer = question.simulate(wanted, Inline())
    else:
        with opened(PROCESSES, asked.workers) as executor:
            answer = question.simulate(wanted, executor)
    return Simulation(basis, answer, time.monotonic() - began)


@dataclass(frozen=True, repr=False)
class Simulation(Saved):
    """Years lived through with one person fewer, as it is, and one more: hours that stay empty, overtime, changes."""

    basis: Basis
    answer: question.Simulation
    seconds: float

    @property
    def staffings(self) -> pd.DataFrame:
        """Every figure of every staffing: its mean over the years and the 95 percent interval."""
        from roster.output.folders.simulate import STAFFING_COLUMNS, staffing_rows

        numbers = ("people", "mean", "low", "high")
        return frame(STAFFING_COLUMNS, staffing_rows(self.answer), numbers=numbers)

    @property
    def years(self) -> pd.DataFrame:
        """The hours that stay empty in each year, a column a staffing."""
        from roster.output.folders.simulate import year_columns, year_rows

        return frame(year_columns(self.answer), year_rows(self.answer))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.simulate import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.simulate import simulation_document

        return simulation_document(self.basis.source, self.answer, self.seconds)

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.simulate import write_simulation

        return write_simulation(folder, document, self.answer, self.seconds)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.simulate import print_simulation

        print_simulation(console, self.answer, self.seconds, files)

    def _page(self) -> str:
        from roster.output.html.simulate import simulation_page

        return simulation_page(self.answer, self.seconds)
