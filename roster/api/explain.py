"""The answer to "why not, why not fewer, and what would help?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import Effort, in_python, numbers_text, search_options
from roster.api.report import Report
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions, Status
from roster.output.words.conflict import in_order
from roster.questions import explain as question
from roster.questions.explain import parse_numbers

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def explain(
    basis: Basis, numbers: tuple[int | None, Mapping[str, int] | None], effort: Effort
) -> Explanation:
    """
    Ask why it cannot be held by so many people.

    Parameters
    ----------
    basis
        The scenario, and where things stand in its file.
    numbers
        People in all, and people of each type; None where not limited.
    effort
        Time limit in seconds, workers, seed, and whom to tell.

    Raises
    ------
    Faults
        A type is not known.
    """
    headcount, by_type = numbers
    options = search_options(effort)
    with in_python():
        counted = parse_numbers(basis.problem, numbers_text(by_type))
    asked = question.ExplainRequest(headcount, counted, basis.places)
    return Explanation(basis, question.explain(basis.problem, asked, options), options)


@dataclass(frozen=True, repr=False)
class Explanation(Report):
    """Why it cannot be held (or why fewer cannot do), the sums behind it, and ways out that were each solved."""

    basis: Basis
    answer: question.Explanation
    options: SolveOptions

    @property
    def status(self) -> str:
        """`infeasible`: it cannot be held; `optimal`: it can, and the least is proven; `unknown`: out of time."""
        return self.answer.status.value

    @property
    def holds(self) -> bool | None:
        """Whether it can be held; None where that stays open."""
        return {Status.INFEASIBLE: False, Status.UNKNOWN: None}.get(self.answer.status, True)

    @property
    def conflict(self) -> pd.DataFrame:
        """The smallest set of what cannot hold together, with where it stands; of one fewer where all can be held."""
        columns = ("kind", "sentence", "where", "needed")
        found = self._because.conflict if self._because else None
        unsure = found.unsure if found else ()
        rows = (
            (one.kind, one.sentence, one.where, one not in unsure)
            for one in (in_order(found) if found else ())
        )
        return frame(columns, rows)

    @property
    def arithmetic(self) -> tuple[str, ...]:
        """The sums that show it, where sums alone do."""
        return self._because.sums if self._because else ()

    @property
    def ways_out(self) -> pd.DataFrame:
        """What would help, each solved: the cost a month, the people it takes, whether it touches the law."""
        columns = ("kind", "sentence", "cost", "headcount", "law", "where")
        return frame(columns, [[getattr(way, column) for column in columns] for way in self.answer.ways])

    @property
    def _because(self) -> question.Because | None:
        return self.answer.because or self.answer.fewer

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.explain import headline

        return headline(self.answer)

    @property
    def document(self) -> Document:
        """The answer as plain data with stable keys, as with `--json`."""
        from roster.output.documents.explain import explain_document

        return explain_document(self.basis.source, self.answer, self.options)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.explain import print_explanation

        print_explanation(console, self.answer)
