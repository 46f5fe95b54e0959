"""The files of `roster simulate --out`: the staffings, every year, the page and the document."""

from __future__ import annotations

from pathlib import Path

from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.simulate import simulation_page
from roster.questions.simulate import Mean, Simulation

SUMMARY = "simulate.json"
STAFFING_COLUMNS = ("staffing", "people", "type", "figure", "post", "mean", "low", "high")


def write_simulation(
    folder: Path, document: Document, answer: Simulation, seconds: float
) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer, seconds : The years lived through, and how long that took.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {
        "staffings.csv": sheet(STAFFING_COLUMNS, staffing_rows(answer)),
        "years.csv": sheet(year_columns(answer), year_rows(answer)),
        REPORT: simulation_page(answer, seconds),
        SUMMARY: as_text(document),
    }
    return write_folder(folder, texts)


def year_columns(answer: Simulation) -> tuple[str, ...]:
    """Return the columns of years.csv."""
    return ("year", *(f"hours_empty_{each.name}" for each in answer.staffed))


def year_rows(answer: Simulation) -> list[tuple[float, ...]]:
    """Return the rows of years.csv, one a year."""
    return [
        (year + 1, *(round(each.by_year[year], 4) for each in answer.staffed))
        for year in range(answer.asked.years if answer.staffed else 0)
    ]


def staffing_rows(answer: Simulation) -> list[tuple[object, ...]]:
    """Return the rows of staffings.csv, one a figure of a staffing."""
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
