"""The files of `roster frontier --out`: the choices, when each seat pays, the page and the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.frontier import frontier_page
from roster.questions.frontier import Frontier

SUMMARY = "frontier.json"
TABLES = ("frontier.csv", "break_even.csv")
FILES = (*TABLES, REPORT, SUMMARY)
POINT_COLUMNS = (
    "in_house",
    "vendor",
    "vendor_seats",
    "vendor_people",
    "cost",
    "people_cost",
    "seat_cost",
    "control_cost",
    "bought",
    "by_type",
)
BREAK_EVEN_COLUMNS = (
    "offer",
    "post",
    "kind",
    "places",
    "week_minutes",
    "fee",
    "origin",
    "break_even",
    "saved",
    "pays",
)


def write_frontier(folder: Path, document: Document, answer: Frontier) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer : The choices found.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    page, summary = frontier_page(answer), as_text(document)
    return write_folder(folder, {**frontier_tables(answer), REPORT: page, SUMMARY: summary})


def frontier_tables(answer: Frontier) -> dict[str, str]:
    """Return the choices, and when each seat pays, as tables by file name."""
    sheets = (sheet(POINT_COLUMNS, point_rows(answer)), sheet(BREAK_EVEN_COLUMNS, break_even_rows(answer)))
    return dict(zip(TABLES, sheets, strict=True))


def point_rows(answer: Frontier) -> Iterator[tuple[object, ...]]:
    """Yield the rows of frontier.csv, one a choice."""
    for point in answer.points:
        cost = point.cost
        yield (
            point.headcount.in_house,
            point.vendor,
            point.purchase.seats,
            point.headcount.vendor,
            cost.total,
            cost.people,
            cost.seats,
            cost.control,
            ";".join(offer.name for offer in point.purchase.offers),
            ";".join(f"{name}={number}" for name, number in point.headcount.by_type.items() if number),
        )


def break_even_rows(answer: Frontier) -> Iterator[tuple[object, ...]]:
    """Yield the rows of break_even.csv, one an offer."""
    for one in answer.break_even:
        offer = one.offer
        yield (
            offer.name,
            offer.post,
            offer.kind,
            offer.places,
            offer.minutes,
            offer.fee,
            offer.origin,
            one.fee,
            one.saved,
            "yes" if one.pays else "no",
        )
