"""The answer to "what does one roster change in another?"."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.report import Saved
from roster.api.scenario_basis import Basis
from roster.questions.diff import RosterDiff

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


@dataclass(frozen=True, repr=False)
class Difference(Saved):
    """What a roster changes in an earlier one: cells, figures of people, findings of the check."""

    basis: Basis
    files: tuple[Path, Path]
    answer: RosterDiff

    @property
    def same(self) -> bool:
        """Whether they are the same roster."""
        return self.answer.same

    @property
    def cells(self) -> pd.DataFrame:
        """Every day on which somebody's duty differs."""
        on = self.answer.after.horizon.on
        rows = ((on(one.day), one.person, one.before.name, one.after.name) for one in self.answer.cells)
        return frame(("date", "person", "from", "to"), rows, dates=("date",))

    @property
    def people(self) -> pd.DataFrame:
        """By how much the hours, nights, weekends and days on standby of each person touched grow."""
        rows = (
            (
                one.person,
                one.gained("minutes") / 60,
                one.gained("nights"),
                one.worked_weekends,
                one.gained("standby_days"),
            )
            for one in self.answer.people
        )
        return frame(("person", "hours", "nights", "weekends", "standby_days"), rows)

    @property
    def findings(self) -> pd.DataFrame:
        """Findings of the check that came or went."""
        sides = (("came", self.answer.came), ("went", self.answer.went))
        rows = ((side, one.rule, one.person, one.sentence) for side, found in sides for one in found)
        return frame(("side", "rule", "person", "sentence"), rows)

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.diff import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.diff import diff_document

        return diff_document(self.basis.source, self.files, self.answer)

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.diff import write_diff

        return write_diff(folder, document, self.basis.problem, self.answer)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.diff import print_diff

        print_diff(console, self.basis.problem, self.answer)

    def _page(self) -> str:
        from roster.output.html.diff import diff_page

        return diff_page(self.basis.problem, self.answer)
