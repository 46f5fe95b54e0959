"""The answer to "make or buy?"."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import Effort, in_python, search_options
from roster.api.report import Saved
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions
from roster.questions import frontier as question
from roster.questions.frontier import Wishes, parse_market

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def frontier(basis: Basis, wishes: Wishes, effort: Effort) -> Frontier:
    """
    Ask what goes to a vendor at what cost.

    Parameters
    ----------
    basis, wishes
        The scenario, and what may be bought.
    effort
        Time limit in seconds, workers, seed, and whom to tell.

    Raises
    ------
    Faults
        A name leads nowhere, or a fee cannot be.
    """
    options = search_options(effort)
    with in_python():
        meant, market = parse_market(basis.problem, wishes)
    with ThreadPoolExecutor(2) as executor:
        return Frontier(basis, question.frontier(meant, market, options, None, executor), options)


@dataclass(frozen=True, repr=False)
class Frontier(Saved):
    """The choices that no other beats in people, vendors and cost, and below which fee each seat pays."""

    basis: Basis
    answer: question.Frontier
    options: SolveOptions

    @property
    def status(self) -> str:
        """`optimal`: every purchase is decided; `feasible`: some are not; `infeasible`, `unknown`: none found."""
        return self.answer.status.value

    @property
    def points(self) -> pd.DataFrame:
        """The choices, fewest in-house people last, as in `frontier.csv`; money is a month's."""
        from roster.output.folders.frontier import POINT_COLUMNS, point_rows

        return frame(POINT_COLUMNS, point_rows(self.answer))

    @property
    def break_even(self) -> pd.DataFrame:
        """Below which fee each offer pays, as in `break_even.csv`."""
        from roster.output.folders.frontier import BREAK_EVEN_COLUMNS, break_even_rows

        return frame(BREAK_EVEN_COLUMNS, break_even_rows(self.answer))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.frontier import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.frontier import frontier_document

        return frontier_document(self.basis.source, self.answer, self.options, files)

    def _names(self) -> tuple[str, ...]:
        from roster.output.folders.frontier import FILES

        return FILES

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.frontier import write_frontier

        return write_frontier(folder, document, self.answer)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.frontier import print_frontier

        print_frontier(console, self.answer, files)

    def _page(self) -> str:
        from roster.output.html.frontier import frontier_page

        return frontier_page(self.answer)
