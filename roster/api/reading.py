"""How files are read for a question: a scenario with the days before it, a roster with what its letters mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from roster.errors import Fault, Faults
from roster.language import tr

if TYPE_CHECKING:
    from roster.domain.problem import Problem
    from roster.rosters.files import FoundRoster
    from roster.rosters.notation import Notation


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How the user says that a roster file is to be read: a map of its letters, as a file or as `words`, and its month.

    `ask`: whether words that nothing tells are put into a map beside the file, to be filled in.
    """

    letters: Path | None = None
    month: tuple[int, int] | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    ask: bool = True

    def notation(self, problem: Problem, *, month: bool = True) -> Notation:
        """Return it understood; raises FileFault or Faults. `month`: whether the month is about this file."""
        from roster.rosters.notation import Notation, read_letters

        letters = read_letters(problem, self.letters) if self.letters is not None else {}
        return Notation({**letters, **self.words}, self.month if month else None, ask=self.ask)

    def read(self, problem: Problem, path: Path) -> FoundRoster:
        """
        Return what a roster file says; raises FileFault or Faults.

        Of rules that the days before it break whatever follows, those days do not count.
        """
        from roster.rosters.files import read_found

        found = read_found(problem, path, self.notation(problem))
        if not found.roster.before:
            return found
        from roster.engine.calendar import forgiving

        return replace(found, roster=forgiving(problem, found.roster))


def scenario_with(
    scenario: Path, before: Path | None, reading: Reading | None = None, ledger: Path | None = None
) -> Problem:
    """
    Load a scenario, and the days before its calendar where a file gives them.

    Parameters
    ----------
    scenario, before
        The scenario's file, and the last period's roster; None for none.
    reading
        What is known of the letters of that roster.
    ledger
        `ledger.csv` of the last period; None for the one beside its roster, where there is one.

    Raises
    ------
    FileFault, Faults
        A file cannot be read, or is not what it should be.
    """
    from roster.scenario import load

    return going_on(load(scenario), before, reading, ledger)


def going_on(
    problem: Problem, before: Path | None, reading: Reading | None = None, ledger: Path | None = None
) -> Problem:
    """
    Return the problem with the days before its calendar, and what everybody had of what is shared.

    Parameters
    ----------
    problem, before
        The scenario, and the last period's roster; None for none.
    reading
        What is known of its letters.
    ledger
        `ledger.csv` of the last period; None for the one beside its roster, where there is one.

    Raises
    ------
    FileFault, Faults
        A file cannot be read, or is not what it should be; a ledger is given and nobody is named.
    """
    from roster.rosters.ledger_file import NAME, with_ledger
    from roster.rosters.previous import with_before

    if before is not None:
        problem = with_before(problem, before, (reading or Reading()).notation(problem, month=False))
    if ledger is not None:
        if not problem.people:
            raise Faults(problem.called, [Fault(None, "--ledger", tr("calendar.ledger_of_nobody"))])
        return with_ledger(problem, ledger)
    beside = None if before is None else before.parent / NAME
    return with_ledger(problem, beside) if beside and problem.people and beside.is_file() else problem
