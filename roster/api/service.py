"""The answer to "with these people, what is the best service, and whom to hire next?"."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.checked import rotation_frame
from roster.api.frames import frame
from roster.api.options import Effort, in_python, numbers_text, search_options
from roster.api.report import Saved
from roster.api.roster import Roster
from roster.api.scenario_basis import Basis
from roster.domain.outcome import Partial, SolveOptions, Status
from roster.output.examined_roster import Examined, examine_own
from roster.questions import service as question
from roster.questions.partial_roster import partial_of_service
from roster.questions.service import parse_team

if TYPE_CHECKING:
    import pandas as pd

    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole
    from roster.questions.explain import Explanation


@dataclass(frozen=True, slots=True)
class TeamOptions:
    """Who is there, said in one of three ways, and which posts come first."""

    headcount: int | None = None
    by_type: Mapping[str, int] | None = None
    people: tuple[str, ...] | None = None
    first: tuple[str, ...] = ()


def service(basis: Basis, team: TeamOptions, effort: Effort) -> Service:
    """
    Ask for the best service of a team.

    Parameters
    ----------
    basis, team
        The scenario, and who is there.
    effort
        Time limit in seconds, workers, seed, and whom to tell.

    Raises
    ------
    Faults
        A name leads nowhere.
    """
    options = search_options(effort)
    problem = basis.problem
    # Names with commas of their own are told apart by semicolons.
    names = None if team.people is None else "; ".join(team.people)
    with in_python():
        crowd = parse_team(problem, team.headcount, numbers_text(team.by_type), names, team.first)
    with ThreadPoolExecutor(2) as executor:
        asked = question.first_of_all(problem, team.first)
        answer = question.service(asked, crowd, options, None, executor)
    found = partial_of_service(answer, names, options)
    if found is None:
        return Service(basis, answer, options)
    problem, partial = found
    examined = examine_own(problem, partial.roster, partly=True)
    return Service(replace(basis, problem=problem), answer, options, partial, examined)


@dataclass(frozen=True, repr=False)
class Service(Saved):
    """
    The best service of a team: which posts are held, in part or not, proven; and whom to hire next.

    Where a hard post stays empty, `examined` is the best roster of the team on the dates of the scenario, and
    `explained` says why, where that was asked.
    """

    basis: Basis
    answer: question.Service
    options: SolveOptions
    partial: Partial | None = None
    examined: Examined | None = None
    explained: Explanation | None = None

    @property
    def roster(self) -> Roster | None:
        """The best roster of the team on the dates, where a hard post stays empty; None where none does."""
        return None if self.examined is None else Roster(self.basis, self.examined)

    @property
    def status(self) -> str:
        """`optimal`: every level is proven; `feasible`: some may be better; `unknown`: none found in time."""
        return self.answer.status.value

    @property
    def proven(self) -> bool:
        """Whether no better service of these people is possible."""
        return self.answer.status is Status.OPTIMAL

    @property
    def whole(self) -> bool:
        """Whether every post is held, wishes too."""
        return self.answer.whole

    @property
    def posts(self) -> pd.DataFrame:
        """Each gap of each post, and one row for each post without any, as in `service.csv`; minutes of a week."""
        from roster.output.folders.service import SERVICE_COLUMNS, service_rows

        return frame(SERVICE_COLUMNS, service_rows(self.answer), numbers=("missing",))

    @property
    def hires(self) -> pd.DataFrame:
        """One more person of each type, most useful first: minutes a week that would be held more."""
        columns = ("type", "gained_minutes", "allowed", "proven")
        return frame(columns, [(one.type, one.minutes, one.allowed, one.proven) for one in self.answer.hires])

    @property
    def rota(self) -> pd.DataFrame:
        """The rotation that shows it: one row a line of seven duties."""
        return rotation_frame(self.answer.rotations)

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.service import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.explain import explanation
        from roster.output.documents.plan import partial_document
        from roster.output.documents.service import service_document

        made = service_document(self.basis.source, self.answer, self.options, files)
        found = partial_document(self.examined, self.partial) if self.examined and self.partial else None
        why = {"explain": explanation(self.explained)} if self.explained else {}
        return {**made, "partial": found, **why}

    def _names(self) -> tuple[str, ...]:
        from roster.output.folders.service import names_of

        return names_of(best=self.examined is not None)

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.service import write_service

        return write_service(folder, document, self.answer, self.examined, self.partial)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.service import print_service

        best = (self.examined, self.partial) if self.examined and self.partial else None
        print_service(console, self.answer, files, self.explained, best)
