"""The answer of `roster simulate` as a document and as files: the staffings, the posts, every year."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from roster.output.csv.cells import sheet
from roster.output.documents.plan import Document, as_text, versions
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import REPORT
from roster.output.html import simulation_page
from roster.output.words import simulate as words
from roster.questions.simulate.answer import Simulation, Staffed
from roster.questions.simulate.statistics import Mean

SUMMARY = "simulate.json"
FILES = ("staffings.csv", "years.csv", REPORT, SUMMARY)
STAFFING_COLUMNS = ("staffing", "people", "type", "figure", "post", "mean", "low", "high")


def simulation_document(scenario: Path, answer: Simulation, seconds: float) -> Document:
    """Return the answer as a document with stable keys; hours are a year's, in brackets of 95 percent confidence."""
    asked = answer.asked
    return {
        "scenario": str(scenario),
        "name": asked.problem.name,
        "verdict": words.verdict(answer),
        "years": asked.years,
        "seed": asked.seed,
        "allowed": sorted(asked.allowed),
        "rates": {**asdict(asked.rates), "vacancy_days": asked.rates.vacancy},
        "sources": [
            {"what": what, "value": much, "source": source} for what, much, source in words.rates(answer)
        ],
        "violations": [violation.sentence for violation in answer.violations],
        "staffings": [_staffed(each) for each in answer.staffed],
        "checked_years": answer.checked,
        "seams": answer.seams,
        "seconds": round(seconds, 3),
        "versions": versions(),
    }


def _mean(found: Mean) -> Document:
    return {"mean": found.value, "low": found.low, "high": found.high}


def _staffed(each: Staffed) -> Document:
    return {
        "staffing": each.name,
        "people": each.people,
        "type": each.type,
        "hours_empty": _mean(each.empty),
        "hours_empty_by_post": {post: _mean(found) for post, found in each.by_post.items()},
        "overtime_hours": _mean(each.overtime),
        "vendor_hours": _mean(each.vendor),
        "changes_a_week": _mean(each.changes),
        "called_in": _mean(each.called_in),
        "unanswered": [
            {"chain": one.chain, "level": one.level, "probability": _mean(one.share), "years": one.years}
            for one in each.levels
        ],
        "days_away": each.away,
        "by_year": list(each.by_year),
    }


def write_simulation(folder: Path, document: Document, answer: Simulation, seconds: float) -> None:
    """Write the files of an answer together. Raises FileFault."""
    names = [each.name for each in answer.staffed]
    years = [
        (year + 1, *(round(each.by_year[year], 4) for each in answer.staffed))
        for year in range(answer.asked.years if answer.staffed else 0)
    ]
    texts = {
        "staffings.csv": sheet(STAFFING_COLUMNS, _rows(answer)),
        "years.csv": sheet(("year", *(f"hours_empty_{name}" for name in names)), years),
    }
    with whole_folder(folder) as new:
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        pages = {REPORT: simulation_page(answer, seconds), SUMMARY: as_text(document)}
        for name, text in pages.items():
            (new / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _rows(answer: Simulation) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for each in answer.staffed:
        found = [("hours_empty", None, each.empty)]
        found += [("hours_empty_of_post", post, one) for post, one in each.by_post.items()]  # type: ignore[misc]
        found += [
            ("overtime_hours", None, each.overtime),
            ("vendor_hours", None, each.vendor),
            ("changes_a_week", None, each.changes),
            ("called_in", None, each.called_in),
        ]
        rows += [
            (each.name, each.people, each.type, figure, post, one.value, one.low, one.high)
            for figure, post, one in found
        ]
        rows += [
            (each.name, each.people, each.type, f"unanswered_level_{one.level}", one.chain, *_ends(one.share))
            for one in each.levels
        ]
    return rows


def _ends(found: Mean) -> tuple[float, float | None, float | None]:
    return found.value, found.low, found.high
