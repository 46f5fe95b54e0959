"""The answer to "what is the best calendar of these people?"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.frames import frame
from roster.api.options import Effort, search_options
from roster.api.report import Saved
from roster.api.roster import Roster
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions, Status
from roster.output.examined_roster import Examined, examine, with_shares
from roster.questions import calendar as question
from roster.questions.conflict import WayOut
from roster.questions.what_if import ways_for_empty
from roster.rosters.ledger_file import with_ledger

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole


def calendar(basis: Basis, first: Roster | None, ledger: Path | None, effort: Effort) -> Calendar:
    """
    Search for the best calendar of the people whom a scenario names.

    Parameters
    ----------
    basis
        The scenario.
    first
        A roster of the same dates to go on from: the answer is no worse.
    ledger
        `ledger.csv` of the last period; that of the scenario where there is none.
    effort
        How long and how hard to search.

    Raises
    ------
    Faults
        The scenario names nobody, or the ledger cannot be read.
    """
    options = search_options(effort)
    question.must_name_people(basis.problem, str(basis.source))
    problem = basis.problem if ledger is None else with_ledger(basis.problem, ledger)
    start = None if first is None else first.examined.roster
    answer = question.with_fewest(question.best_calendar(problem, options, None, start), options.seed)
    examined = None
    if answer.roster is not None:
        examined = with_shares(examine(problem, answer.roster), answer.shared)
    ways: tuple[WayOut, ...] = ()
    if answer.roster is not None and answer.empty_minutes:
        ways = tuple(ways_for_empty(problem, answer.roster, options))
    return Calendar(replace(basis, problem=problem), answer, examined, options, ways)


@dataclass(frozen=True, repr=False)
class Calendar(Saved):
    """The best calendar of named people: what it costs in points, and the bound that no other can beat."""

    basis: Basis
    answer: question.CalendarAnswer
    examined: Examined | None
    options: SolveOptions
    ways: tuple[WayOut, ...] = ()

    @property
    def status(self) -> str:
        """`optimal`: no calendar of these people is better; `feasible`: one may be; `unknown`: none found in time."""
        return self.answer.status.value

    @property
    def proven(self) -> bool:
        """Whether it is proven that no calendar of these people is better."""
        return self.answer.status is Status.OPTIMAL

    @property
    def points(self) -> float | None:
        """What it costs: requests, rules with a price, unfair shares; None where none was found."""
        return self.answer.points

    @property
    def bound(self) -> float | None:
        """The least points not excluded for calendars that leave as little empty."""
        return self.answer.bound

    @property
    def empty_hours(self) -> float:
        """Person-hours of hard posts that stay empty."""
        return self.answer.empty_minutes / 60

    @property
    def roster(self) -> Roster | None:
        """The calendar, with all that can be asked of a roster; None where none was found."""
        return None if self.examined is None else Roster(self.basis, self.examined)

    @property
    def terms(self) -> pd.DataFrame:
        """What the points are made of, one row a term."""
        columns = ("kind", "what", "person", "number", "points")
        rows = ((one.kind, one.what, one.person, one.number, one.points) for one in self.answer.terms)
        return frame(columns, rows, numbers=("number", "points"))

    @property
    def shares(self) -> pd.DataFrame:
        """What everybody has of what is shared beside the fair share, before and after the ledger."""
        columns = ("person", "of", "has", "fair", "after_ledger")
        rows = ([row[column] for column in columns] for row in self._rows("shares"))
        return frame(columns, rows, numbers=columns[2:])

    @property
    def ways_out(self) -> pd.DataFrame:
        """What would fill the posts that stay empty: overtime, a vendor; with what each costs."""
        rows = ((one.kind, one.sentence, one.cost) for one in self.ways)
        return frame(("kind", "sentence", "cost"), rows, numbers=("cost",))

    @property
    def refused(self) -> pd.DataFrame:
        """Requests that are not granted, with the points that granting each would cost at most."""
        columns = ("person", "duty", "date", "points", "empty_hours")
        rows = ([row[column] for column in columns] for row in self._rows("refused"))
        return frame(columns, rows, numbers=columns[3:], dates=("date",))

    def _rows(self, key: str) -> list[Document]:
        from typing import cast

        return cast("list[Document]", self.document[key])

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.calendar import calendar_headline

        return calendar_headline(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.calendar import calendar_document

        names = [str(file) for file in files]
        return calendar_document(self.basis.source, self.answer, self.options, names, self.ways)

    def _names(self) -> tuple[str, ...]:
        from roster.output.folders.calendar import calendar_files

        return calendar_files(self.answer)

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.calendar import write_calendar

        return write_calendar(folder, document, self.answer, self.examined, self.ways)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.calendar import print_calendar

        print_calendar(console, self.answer, self.examined, self.ways)

    def _page(self) -> str:
        if self.examined is None:
            return ""
        from roster.output.html.plan import roster_page
        from roster.output.words.calendar import leading_sentences

        said = leading_sentences(self.answer, self.ways)
        return roster_page(self.examined.problem, self.examined.roster, self.examined, said)
