"""The files of `roster plan --out`, written together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roster.domain.outcome import Outcome, Partial, Plan, SolveOptions
from roster.domain.problem import Problem
from roster.output.csv.cells import sheet
from roster.output.csv.grid import ROTATION_COLUMNS, rotation_rows
from roster.output.documents.document import Document, as_text
from roster.output.examined_roster import Examined
from roster.output.folders.roster import DUTIES, repairs, write_duties
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.questions.explain import Explanation
from roster.questions.frontier import Frontier
from roster.rosters.ledger_file import NAME as LEDGER
from roster.rosters.ledger_file import ledger_text

SUMMARY = "plan.json"
PROOF = "proof.json"
FILES = (*DUTIES, "rotation.csv", REPORT, SUMMARY, PROOF)
"""What a plan is written as."""

MARKET = ("frontier.csv", "break_even.csv")
"""What is written beside a plan where make or buy was asked as well."""

PARTIAL = (*DUTIES, REPORT, SUMMARY, PROOF)
"""What the best roster of people who cannot hold everything is written as."""

ANSWER = (REPORT, SUMMARY, PROOF)
"""What an answer without a plan is written as."""


def write_results(
    folder: Path, document: Document, plan: Plan | None, examined: Examined | None, beside: Mapping[str, str]
) -> None:
    """
    Write the files of an answer, and those beside it; own tables only of a roster.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    plan, examined : The rotations with the roster, and what is said of it; None without one.
    beside : Other files by name, with their text: page, proof, tables.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {**beside, SUMMARY: as_text(document)}
    if examined is None:
        write_folder(folder, texts)
        return
    changes = repairs(plan) if plan else ()
    write_folder(
        folder, {**_rotas(plan), **texts}, lambda new: write_duties(new, (folder,), examined, changes)
    )


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

    Parameters
    ----------
    problem, outcome, examined : The scenario, its plan, and the roster with what is said of it.
    asked : The answers to "why not?" and "make or buy?", and the best roster of people who cannot hold everything.
    options : Settings of the search, for the proof.
    """
    # Imported here: templates and the proof take a while.
    from roster.output.folders.frontier import frontier_tables
    from roster.output.html.plan import plan_page
    from roster.proof import document_of
    from roster.questions.plan import prove

    why, bought, partial = asked
    proof = as_text(document_of(prove(problem, outcome, options)))
    page = plan_page(problem, outcome, examined, why, bought, partial)
    books = {LEDGER: ledger_text(outcome.ledger)} if outcome.ledger else {}
    return {REPORT: page, PROOF: proof, **books, **(frontier_tables(bought) if bought else {})}


def stale(folder: Path, written: tuple[str, ...]) -> list[str]:
    """Return files of an earlier answer that the last one has not replaced."""
    return [name for name in (*FILES, LEDGER, *MARKET) if name not in written and (folder / name).exists()]
