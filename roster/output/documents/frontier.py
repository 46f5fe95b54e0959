"""The answer of `roster frontier` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, took
from roster.output.words.frontier import bought, notes, offer_title, proof, verdict
from roster.questions.frontier import BreakEven, Frontier, Point


def frontier_document(
    scenario: Path, answer: Frontier, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """
    Return the answer as a document with stable keys; money is a month's.

    Parameters
    ----------
    scenario, files : The scenario's file, and the files written.
    answer, options : The choices found, and the settings of the search.
    """
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
        "solver": answer.solver,
        **took(answer.seconds, options),
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
