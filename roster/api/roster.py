"""Any roster, found or read, and what can be asked of it: is it lawful, who covers, who swaps, what does it survive."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from roster.api.checked import CheckedRoster
from roster.api.frames import as_file, frame
from roster.api.options import date_text, in_python, search_options
from roster.api.reading import Reading
from roster.api.report import Report, Saved
from roster.api.scenario_basis import Basis
from roster.domain.outcome import SolveOptions, Status
from roster.errors import Fault, Faults
from roster.language import tr
from roster.output.examined_roster import Examined, examine

if TYPE_CHECKING:
    import pandas as pd

    from roster.api.diff import Difference
    from roster.api.resilience import Resilience
    from roster.api.simulate import Simulation
    from roster.output.documents.document import Document
    from roster.output.terminal.console import ReportConsole
    from roster.questions.explain import Explanation
    from roster.questions.swap import SwapAnswer
    from roster.questions.what_if import WhatIf


def read_roster(basis: Basis, source: str | os.PathLike[str] | pd.DataFrame, reading: Reading) -> Roster:
    """
    Read a roster out of a file or a DataFrame.

    Parameters
    ----------
    basis, source
        The scenario, and the file or the frame.
    reading
        What is known of its letters and its month.

    Raises
    ------
    FileFault, Faults
        It cannot be read, or is no roster of the scenario.
    """
    if not isinstance(source, str | os.PathLike):
        with as_file(source) as path:
            found = reading.read(basis.problem, path)
        origin = None
    else:
        origin = Path(source)
        found = reading.read(basis.problem, origin)
    problem = basis.problem.with_leave(found.leave)
    return Roster(replace(basis, problem=problem), examine(problem, found.roster, found.posts), origin)


@dataclass(frozen=True, repr=False)
class Roster(CheckedRoster):
    """Who does what on which day, checked and counted, with what can be asked of it."""

    def leave(
        self,
        person: str,
        first: date | str,
        last: date | str | None = None,
        *,
        also: Iterable[tuple[str, date | str, date | str]] = (),
        allow: Iterable[str] = (),
        freeze_until: date | str | None = None,
        repair: bool = False,
        time_limit: float = 60.0,
        workers: int = 8,
        seed: int = 1,
    ) -> Change:
        """
        Somebody goes away: find the lawful roster nearest to this one, proven.

        Parameters
        ----------
        person, first, last
            Who, from when to when; one day where there is no `last`.
        also
            Others who are away as well: name, first and last date.
        allow
            What may be used beyond the roster's own means: `overtime`, `vendor`, or both.
        freeze_until
            Days up to this date never change.
        repair
            Mend what the roster breaks already, instead of refusing it.
        time_limit, workers, seed
            Seconds, parallel searches and seed of the search.

        Raises
        ------
        RosterError
            Names and dates that lead nowhere, all at once.
        """
        from roster.questions.conflict import Provenance
        from roster.questions.what_if import Terms, parse_case, what_if
        from roster.rosters.leave_list import LeaveText

        options = search_options((time_limit, workers, seed, None))
        away = [(person, first, first if last is None else last), *also]
        asked = [LeaveText("", None, name, date_text(begin), date_text(end)) for name, begin, end in away]
        means = frozenset([allow] if isinstance(allow, str) else allow)
        wrong = [
            Fault(None, "allow", tr("api.allow", value=name))
            for name in sorted(means - {"overtime", "vendor"})
        ]
        terms = Terms(means, None if freeze_until is None else date_text(freeze_until), repair)
        with in_python():
            case = parse_case(self.basis.problem, self.examined.roster, asked, wrong, terms)
        answer = what_if(case, options, None, Provenance(self.basis.places))
        return Change(self.basis, answer, options, self.origin)

    def swap(
        self, person: str, date: date | str, other: str | None = None, *, back: date | str | None = None
    ) -> Swap:
        """
        Somebody wants to be rid of a duty: who could take it or exchange it, lawful first, then fewest changes.

        Parameters
        ----------
        person, date
            Who, and on which day.
        other
            With whom; everybody is tried where nobody is named.
        back
            Which day of the other's is taken in return.

        Raises
        ------
        RosterError
            Names and dates that lead nowhere, or to a day off.
        """
        from roster.questions.swap import SwapRequest, swaps
        from roster.rosters.requests import parse_requests

        row = {"person": person, "date": date_text(date), "with": other or "", "for": date_text(back or "")}
        with in_python():
            found, faults = parse_requests(self.basis.problem, self.examined.roster, [(None, row)])
            if faults:
                raise Faults(tr("api.what_was_asked"), faults)
        answer = swaps(self.basis.problem, self.examined.roster, SwapRequest(*found[0]))
        return Swap(self.basis, self.examined, answer)

    def resilience(
        self,
        days: Iterable[int] | None = None,
        *,
        absences: int = 1,
        time_limit: float = 1800.0,
        workers: int = 1,
        seed: int = 1,
    ) -> Resilience:
        """
        Try every absence: everybody, from every date, for each of the lengths.

        Parameters
        ----------
        days
            How many days long absences are; 1, 7 and 14, as far as the calendar has them, where not given.
        absences
            People away at once, 1 or 2.
        time_limit, workers, seed
            Seconds for all of it, processes, and seed of the search. More than one process needs a script whose own
            work stands below `if __name__ == "__main__":`, as always in Python.

        Raises
        ------
        Faults
            Lengths or numbers of people that cannot be.
        """
        from roster.api.resilience import resilience

        if absences not in (1, 2):
            message = tr("api.absences", value=str(absences))
            raise Faults(tr("api.what_was_asked"), [Fault(None, "absences", message)])
        effort = (time_limit, workers, seed, None)
        return resilience(self.basis, self.examined.roster, days, absences, effort)

    def diff(self, after: Roster) -> Difference:
        """Say what another roster of the same dates changes in this one: cells, hours of people, findings."""
        from roster.api.diff import Difference
        from roster.questions.diff import diff

        sides = self.examined.roster, after.examined.roster
        source = self.basis.source
        files = self.origin or source, after.origin or source
        return Difference(self.basis, files, diff(self.basis.problem, sides, ({}, {})))

    def simulate(
        self,
        years: int = 100,
        *,
        rates: str | os.PathLike[str] | None = None,
        allow: Iterable[str] = ("overtime", "vendor"),
        workers: int = 1,
        seed: int = 1,
    ) -> Simulation:
        """
        Live through years of drawn sickness, leave and resignations, replanned each day.

        Parameters
        ----------
        years
            How many years.
        rates
            A file of rates, as in the guide of years; what the scenario plans where there is none.
        allow
            Last means: `overtime`, `vendor`, both, or none.
        workers, seed
            Processes, and the seed of what is drawn. More than one process needs a script whose own work stands below
            `if __name__ == "__main__":`.

        Raises
        ------
        RosterError
            Years, means or rates that cannot be; a calendar without a whole week.
        """
        from roster.api.simulate import Years, simulate

        means = (allow,) if isinstance(allow, str) else tuple(allow)
        asked = Years(years, None if rates is None else Path(rates), means, workers, seed)
        return simulate(self.basis, self.examined.roster, asked)


@dataclass(frozen=True, repr=False)
class Change(Saved):
    """Who covers when somebody goes away, with the fewest changes, proven; or why nobody can, and ways out."""

    basis: Basis
    answer: WhatIf
    options: SolveOptions
    origin: Path | None = None
    explained: Explanation | None = None

    @property
    def status(self) -> str:
        """`optimal`: covered, and no fewer changes do; `feasible`: covered; `infeasible`: it cannot be; `unknown`."""
        return self.answer.status.value

    @property
    def covered(self) -> bool:
        """Whether every hard post is held."""
        return self.answer.roster is not None and not self.answer.empty

    @property
    def proven(self) -> bool:
        """Whether it is proven that no fewer changes do, or that it cannot be covered."""
        return self.answer.status in (Status.OPTIMAL, Status.INFEASIBLE)

    @property
    def changed(self) -> int | None:
        """Cells that change, the leave's own left out; None where no roster was found."""
        return None if self.answer.roster is None else self.answer.changed

    @property
    def bound(self) -> int | None:
        """The fewest changes not excluded."""
        return self.answer.bound

    @property
    def why(self) -> str:
        """What the claim rests on."""
        from roster.output.words.what_if import proof

        return proof(self.answer)

    @property
    def changes(self) -> pd.DataFrame:
        """One row a cell that changes, as in `changes.csv`."""
        from roster.output.folders.what_if import CHANGES_COLUMNS, change_rows

        return frame(CHANGES_COLUMNS, change_rows(self.answer), dates=("date",))

    @property
    def ways_out(self) -> tuple[str, ...]:
        """What would help where it cannot be covered, each found by solving."""
        from roster.output.words.what_if import way_sentences

        return tuple(way_sentences(self.answer))

    @property
    def roster(self) -> Roster:
        """The roster after it; raises Faults where there is none. Where it is not `covered`, the best there is."""
        if self.answer.roster is None:
            missing = Fault(None, "", tr("api.no_roster", why=self.line))
            raise Faults(tr("api.what_was_asked"), [missing])
        problem = self.answer.case.asked
        basis = replace(self.basis, problem=problem)
        return Roster(basis, examine(problem, self.answer.roster), self.origin)

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.what_if import verdict

        return verdict(self.answer)

    def _document(self, files: tuple[Path, ...]) -> Document:
        from roster.output.documents.explain import explanation
        from roster.output.documents.what_if import what_if_document

        made = what_if_document(self.basis.source, self.answer, self.options)
        return {**made, "explain": explanation(self.explained)} if self.explained else made

    def _write(self, folder: Path, document: Document) -> tuple[Path, ...]:
        from roster.output.folders.what_if import write_what_if

        origin = self.origin or folder / "roster.csv"
        return write_what_if(folder, document, self.answer, origin, self.explained)

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.what_if import print_what_if

        print_what_if(console, self.answer, files, self.explained)

    def _page(self) -> str:
        from roster.output.html.what_if import what_if_page

        return what_if_page(self.answer, self.explained)


@dataclass(frozen=True, repr=False)
class Swap(Report):
    """Who could take a duty or exchange it, the best first."""

    basis: Basis
    examined: Examined
    answer: SwapAnswer

    @property
    def possible(self) -> bool:
        """Whether any of it is lawful."""
        return self.answer.best is not None

    @property
    def options(self) -> pd.DataFrame:
        """The ways, the best first: with whom, for which day, whether lawful, what it breaks, what it does to hours."""
        from roster.output.words.swap import effects, what

        before = self.examined.roster
        rows = []
        for option in self.answer.options:
            back = option.move.partner_day
            rows.append(
                (
                    before.people[option.move.partner].name,
                    None if back is None else before.horizon.on(back),
                    option.lawful,
                    len(option.move.cells),
                    what(option, self.answer.request, before),
                    "; ".join(violation.sentence for violation in option.broken),
                    effects(option),
                )
            )
        columns = ("with", "for", "lawful", "cells", "what", "broken", "effect")
        return frame(columns, rows, dates=("for",))

    @property
    def roster(self) -> Roster:
        """The roster after the best of them; raises Faults where none is lawful."""
        if self.answer.best is None:
            missing = Fault(None, "", tr("api.no_roster", why=self.line))
            raise Faults(tr("api.what_was_asked"), [missing])
        return Roster(self.basis, examine(self.basis.problem, self.answer.best.roster))

    @property
    def line(self) -> str:
        """The answer in one line."""
        from roster.output.words.swap import verdict

        return verdict(self.answer, self.examined.roster)

    @property
    def document(self) -> Document:
        """The answer as plain data with stable keys, as with `--json`."""
        from roster.output.documents.swap import swap_document

        return dict(swap_document(self.answer, self.examined.roster))

    def _show(self, console: ReportConsole, files: tuple[Path, ...]) -> None:
        from roster.output.terminal.swap import print_swap

        print_swap(console, self.basis.problem, self.examined.roster, self.answer)
