"""The answer of `roster frontier` as a document and as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.csv.cells import sheet
from roster.output.documents.plan import Document, as_text, versions
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import REPORT
from roster.output.html import frontier_page
from roster.output.terminal.frontier import bought, notes, offer_title, proof, verdict
from roster.questions.frontier.answer import BreakEven, Frontier, Point

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


def frontier_document(
    scenario: Path, answer: Frontier, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """Return the answer as a document with stable keys; money is a month's."""
    return {
        "scenario": str(scenario),
        "name": answer.problem.name,
        "status": answer.status.value,
        "verdict": verdict(answer),
        "currency": answer.problem.currency,
        "points": [_point(answer, point) for point in answer.points],
        "break_even": [_break_even(answer, one) for one in answer.break_even],
        "proof": proof(answer),
        "notes": notes(answer) if answer.points else [],
        "considered": answer.considered,
        "dominated": answer.dominated,
        "impossible": answer.impossible,
        "undecided": answer.undecided,
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "solver": answer.solver,
        "versions": versions(),
        "files": [str(file) for file in files],
    }


def _point(answer: Frontier, point: Point) -> Document:
    residents = {
        name: number
        for name, number in point.headcount.by_type.items()
        if number and answer.problem.is_vendor(answer.problem.type[name])
    }
    return {
        "in_house": point.headcount.in_house,
        "vendor": point.vendor,
        "cost": point.cost.total,
        "bought": [
            {"offer": one.name, "post": one.post, "kind": one.kind, "places": one.places, "fee": one.fee}
            for one in point.purchase.offers
        ],
        "residents": residents,
        "by_type": dict(point.headcount.by_type),
        "costs": {"people": point.cost.people, "seats": point.cost.seats, "control": point.cost.control},
        "proof": point.kind.value,
        "sentence": bought(answer.problem, point),
    }


def _break_even(answer: Frontier, one: BreakEven) -> Document:
    return {
        "offer": one.offer.name,
        "title": offer_title(answer.problem, one.offer),
        "post": one.offer.post,
        "kind": one.offer.kind,
        "places": one.offer.places,
        "week_minutes": one.offer.minutes,
        "fee": one.offer.fee,
        "fee_origin": one.offer.origin,
        "break_even": one.fee,
        "saved": one.saved,
        "pays": one.pays,
    }


def write_frontier(folder: Path, document: Document, answer: Frontier) -> None:
    """Write the files of an answer together. Raises FileFault when they cannot be written."""
    with whole_folder(folder) as new:
        for name, text in frontier_tables(answer).items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        for name, text in {REPORT: frontier_page(answer), SUMMARY: as_text(document)}.items():
            (new / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def frontier_tables(answer: Frontier) -> dict[str, str]:
    """Return the choices, and when each seat pays, as tables by file name."""
    sheets = (
        sheet(POINT_COLUMNS, point_rows(answer)),
        sheet(BREAK_EVEN_COLUMNS, break_even_rows(answer)),
    )
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
