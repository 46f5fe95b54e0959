"""The answer to "would a classical rota do?"."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import Effort, in_python, search_options
from roster.api.report import Saved
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions
from roster.questions import rotas as question
from roster.questions.rotas import check_desks

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def rotas(basis: Basis, posts: tuple[str, ...], effort: Effort) -> Rotas:
    """
    Hold the classical rotas against some posts.

    Parameters
    ----------
    basis, posts
        The scenario, and names of posts; all that want a rota if empty.
    effort
        Time limit in seconds, workers, seed, and whom to tell.

    Raises
    ------
    Faults
        No rota of people on site is for a post.
    """
    options = search_options(effort)
    with in_python():
        check_desks(basis.problem, posts)
    return Rotas(basis, question.rotas(basis.problem, posts, options, None), options)


@dataclass(frozen=True, repr=False)
class Rotas(Saved):
    """Every classical rota: people, hours, which limit it breaks where, and how far it is from the optimum."""

    basis: Basis
    answer: question.Rotas
    options: SolveOptions

    @property
    def table(self) -> pd.DataFrame:
        """One row a rota and set of limits, as in `rotas.csv`."""
        from roster.output.folders.rotas import ROTAS_COLUMNS, rotas_rows

        return frame(ROTAS_COLUMNS, rotas_rows(self.answer))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.rotas import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.rotas import rotas_document

        return rotas_document(self.basis.source, self.answer, self.options, files)

    def _names(self) -> tuple[str, ...]:
        from roster.output.folders.rotas import FILES

        return FILES

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.rotas import write_rotas

        return write_rotas(folder, document, self.answer)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.rotas import print_rotas

        print_rotas(console, self.answer, files)
