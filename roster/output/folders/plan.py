"""The files of `roster plan --out`, written together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roster.domain.outcome import Outcome, Partial, Plan, SolveOptions
from roster.domain.problem import Problem
from roster.output.csv.cells import sheet
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import ROTATION_COLUMNS, grid_columns, grid_rows, rotation_rows
from roster.output.documents.plan import Document, as_text
from roster.output.examined import Examined
from roster.output.folders.roster import repairs, write_books
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import BOOKS, REPORT
from roster.output.terminal.parts.people import HOURS_COLUMNS, hours_rows
from roster.output.words.gaps import empty_days
from roster.questions.explain.answer import Explanation
from roster.questions.frontier.answer import Frontier
from roster.rosters.files import write_roster
from roster.rosters.ledger import NAME as LEDGER
from roster.rosters.ledger import ledger_text

SUMMARY = "plan.json"
PROOF = "proof.json"
FILES = (
    "roster.csv",
    "grid.csv",
    "rotation.csv",
    "coverage.csv",
    "hours.csv",
    *BOOKS,
    REPORT,
    SUMMARY,
    PROOF,
)
"""What a plan is written as."""

MARKET = ("frontier.csv", "break_even.csv")
"""What is written beside a plan where make or buy was asked as well."""

PARTIAL = ("roster.csv", "grid.csv", "coverage.csv", "hours.csv", *BOOKS, REPORT, SUMMARY, PROOF)
"""What the best roster of people who cannot hold everything is written as."""

ANSWER = (REPORT, SUMMARY, PROOF)
"""What an answer without a plan is written as."""


def write_results(
    folder: Path,
    document: Document,
    plan: Plan | None,
    examined: Examined | None,
    beside: Mapping[str, str],
) -> None:
    """
    Write the files of an answer, and those beside it by name: page, proof, other tables. Own tables only of a roster.

    Raises FileFault when they cannot be written.
    """
    with whole_folder(folder) as new:
        if examined is not None:
            write_roster(examined.problem, examined.roster, new / "roster.csv", examined.posts, examined.gaps)
            for name, text in {**_sheets(examined), **_rotas(plan)}.items():
                (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
            write_books(new, (folder,), examined, repairs(plan) if plan else ())
        for name, text in {**beside, SUMMARY: as_text(document)}.items():
            # Spreadsheets know by the mark that a table is UTF-8, and it brings its own line ends.
            table = name.endswith(".csv")
            encoding, newline = ("utf-8-sig", "") if table else ("utf-8", "\n")
            (new / name).write_text(text, encoding=encoding, errors="replace", newline=newline)


def _rotas(plan: Plan | None) -> dict[str, str]:
    if plan is None:
        return {}
    return {"rotation.csv": sheet(ROTATION_COLUMNS, rotation_rows(plan.rotations))}


def beside(
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    asked: tuple[Explanation | None, Frontier | None, Partial | None],
    options: SolveOptions,
) -> dict[str, str]:
    """
    Return what is written beside the tables: the page, the proof of the answer, the ledger, make or buy.

    `asked` are the answers to "why not?" and "make or buy?", and the best roster of people who cannot hold
    everything, where there are such.
    """
    # Imported here: templates and the proof take a while.
    from roster.output.folders.frontier import frontier_tables
    from roster.output.html import plan_page
    from roster.proof import document_of
    from roster.questions.plan.proof import prove

    why, bought, partial = asked
    proof = as_text(document_of(prove(problem, outcome, options)))
    page = plan_page(problem, outcome, examined, why, bought, partial)
    books = {LEDGER: ledger_text(outcome.ledger)} if outcome.ledger else {}
    return {REPORT: page, PROOF: proof, **books, **(frontier_tables(bought) if bought else {})}


def _sheets(examined: Examined) -> dict[str, str]:
    problem, roster = examined.problem, examined.roster
    return {
        "grid.csv": sheet(grid_columns(roster), grid_rows(roster, empty_days(examined))),
        "coverage.csv": sheet(COVERAGE_COLUMNS, coverage_rows(problem, examined.cover, roster.horizon)),
        "hours.csv": sheet(HOURS_COLUMNS, hours_rows(problem, examined.scores.people)),
    }


def stale(folder: Path, written: tuple[str, ...]) -> list[str]:
    """Return files of an earlier answer that the last one has not replaced."""
    return [name for name in (*FILES, LEDGER, *MARKET) if name not in written and (folder / name).exists()]
