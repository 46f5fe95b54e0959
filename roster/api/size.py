"""The answer to "how many people do our systems need, and why?"."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import search_options
from roster.api.report import Report
from roster.api.scenario import Scenario
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions
from roster.questions import size as question
from roster.sizing import load_profile

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def size(
    profile: str | os.PathLike[str],
    *,
    today: date | None = None,
    time_limit: float = 60.0,
    workers: int = 8,
    seed: int = 1,
) -> Sizes:
    """
    Find how many people the systems of a profile need: lean, recommended and comfortable.

    Parameters
    ----------
    profile
        The path of a profile file.
    today
        The date from which the lead time counts; today where not given.
    time_limit, workers, seed
        Seconds, parallel searches and seed of the search.

    Raises
    ------
    RosterError
        All that is wrong with the profile, with lines.
    """
    options = search_options((time_limit, workers, seed, None))
    asked = load_profile(Path(profile))
    return Sizes(question.size(asked, options, today or date.today()), options)


@dataclass(frozen=True, repr=False)
class Sizes(Report):
    """Three levels of service, each with its scenario, its fewest people and the proof."""

    answer: question.Sized
    options: SolveOptions

    @property
    def status(self) -> str:
        """The weakest of the levels' answers."""
        return self.answer.status.value

    @property
    def people(self) -> int | None:
        """In-house people at the recommended level; None where none was found."""
        return self.answer.recommended.people

    @property
    def levels(self) -> pd.DataFrame:
        """The three levels: in-house people, the least not excluded, cost a month, and why."""
        columns = ("level", "people", "bound", "cost", "status", "why")
        rows = (
            (one.design.level.value, one.people, one.bound, one.cost, one.status.value, one.proof.reason)
            for one in self.answer.levels
        )
        return frame(columns, rows, numbers=("people", "bound", "cost"))

    def scenario(self, level: str = "recommended") -> Scenario:
        """Return the scenario of a level (`lean`, `recommended`, `comfortable`); raises KeyError for any other."""
        found = {one.design.level.value: one for one in self.answer.levels}[level]
        return Scenario(Basis(found.problem, Path(f"{found.problem.name}_{level}.yaml")))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.size import headline

        return headline(self.answer)

    @property
    def document(self) -> Document:
        """The answer as plain data with stable keys, as with `--json`."""
        from roster.output.documents.size import size_document

        return size_document(self.answer, self.options, {})

    def save(self, file: str | os.PathLike[str], *, force: bool = False) -> list[Path]:
        """Write each level as a scenario file, the recommended one under this name, and the page; return them."""
        from roster.output.folders.size import targets, write_scenarios

        files = targets(Path(self.answer.profile.file), Path(file), force=force)
        write_scenarios(files, self.answer)
        return list(files.values())

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.size import print_size

        print_size(console, self.answer, written=False)

    def _page(self) -> str:
        from roster.output.html.size import size_page

        return size_page(self.answer)
