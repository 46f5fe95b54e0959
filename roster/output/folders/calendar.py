"""The files of `roster calendar --out`, written together or not at all, and its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.csv.cells import sheet
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import grid_columns, grid_rows
from roster.output.documents.plan import Document, as_text, versions
from roster.output.examined import Examined
from roster.output.folders.roster import write_books
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import BOOKS, REPORT
from roster.output.html import roster_page
from roster.output.terminal.calendar import calendar_headline, ways_in_line
from roster.output.terminal.parts.people import HOURS_COLUMNS, hours_rows
from roster.output.words.gaps import empty_days
from roster.output.words.shares import shares_document
from roster.questions.calendar import Answer, Refused
from roster.questions.what_if.trial import WayOut
from roster.rosters.files import write_roster
from roster.rosters.ledger import NAME as LEDGER
from roster.rosters.ledger import ledger_text
from roster.scores import wishes_granted

SUMMARY = "calendar.json"
PROOF = "proof.json"
FILES = ("roster.csv", "grid.csv", "coverage.csv", "hours.csv", LEDGER, *BOOKS, REPORT, SUMMARY)


def calendar_files(answer: Answer) -> tuple[str, ...]:
    """Return the names of the files of an answer."""
    proof = (PROOF,) if answer.proof is not None else ()
    return (*FILES, *proof) if answer.roster is not None else (SUMMARY,)


def write_calendar(
    folder: Path,
    document: Document,
    answer: Answer,
    examined: Examined | None,
    ways: Sequence[WayOut] = (),
) -> None:
    """Write the files of an answer; raises FileFault when they cannot be written."""
    with whole_folder(folder) as new:
        if examined is not None and answer.roster is not None:
            problem, roster = answer.problem, answer.roster
            write_roster(problem, roster, new / "roster.csv", examined.posts, examined.gaps)
            sheets = {
                "grid.csv": sheet(grid_columns(roster), grid_rows(roster, empty_days(examined))),
                "coverage.csv": sheet(
                    COVERAGE_COLUMNS, coverage_rows(problem, examined.cover, roster.horizon)
                ),
                "hours.csv": sheet(HOURS_COLUMNS, hours_rows(problem, examined.scores.people)),
                LEDGER: ledger_text(answer.ledger),
            }
            for name, text in sheets.items():
                (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
            write_books(new, (folder,), examined)
            page = roster_page(problem, roster, examined, ways_in_line(ways))
            (new / REPORT).write_text(page, encoding="utf-8", errors="replace", newline="\n")
            if answer.proof is not None:
                (new / PROOF).write_text(as_text(answer.proof), encoding="utf-8", newline="\n")
        (new / SUMMARY).write_text(as_text(document), encoding="utf-8", errors="replace", newline="\n")


def calendar_document(
    scenario: Path, answer: Answer, options: SolveOptions, files: list[str], ways: Sequence[WayOut] = ()
) -> Document:
    """Return the answer as a document."""
    problem, roster = answer.problem, answer.roster
    return {
        "scenario": str(scenario),
        "name": problem.name,
        "status": answer.status.value,
        "answer": calendar_headline(answer),
        "points": answer.points,
        "bound": answer.bound,
        "gap": None if answer.points is None or answer.bound is None else answer.points - answer.bound,
        "empty_hours": round(answer.empty_minutes / 60, 2),
        "empty_proven": answer.empty_proven,
        "terms": [
            {"kind": t.kind, "what": t.what, "person": t.person, "number": t.number, "points": t.points}
            for t in answer.terms
        ],
        **shares_document(answer.shared if roster else None),
        "at_least": answer.fewest_breaches,
        "wishes": [
            {
                "person": wish.person,
                "duty": wish.duty,
                "from": wish.first.isoformat(),
                "to": wish.last.isoformat(),
                "granted": granted,
                "days": days,
            }
            for wish, granted, days in (wishes_granted(problem, roster) if roster else ())
        ],
        "refused": [_refused(answer, one) for one in answer.refused],
        "ways_out": [{"kind": way.kind, "sentence": way.sentence, "cost": way.cost} for way in ways],
        "progress": [asdict(found) for found in answer.trace],
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "seed": options.seed,
        "versions": versions(),
        "files": files,
    }


def _refused(answer: Answer, one: Refused) -> Document:
    against, roster = one.against, answer.roster
    on = one.wish.first if roster is None else roster.horizon.on(one.day)
    return {
        "person": one.wish.person,
        "duty": one.wish.duty,
        "date": on.isoformat(),
        "points": one.points,
        "empty_hours": round(one.empty / 60, 2),
        "against": against and {"kind": against.kind, "what": against.what, "person": against.person},
    }
