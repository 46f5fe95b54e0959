"""The answer of `roster rotas` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, took
from roster.output.words.rotas import notes, verdict
from roster.questions.rotas import Desk, HeldRota, Judged, Rotas


def rotas_document(
    scenario: Path, answer: Rotas, options: SolveOptions, files: tuple[Path, ...] = ()
) -> Document:
    """
    Return the answer as a document with stable keys.

    Parameters
    ----------
    scenario, files : The scenario's file, and the files written.
    answer, options : Every rota with what it breaks, and the settings of the search.
    """
    return {
        "scenario": str(scenario),
        "name": answer.problem.name,
        "verdict": verdict(answer),
        "optimum": answer.fewest,
        "desks": [_desk(desk) for desk in answer.desks],
        "judged_as": answer.judged_as,
        "rotas": [_rota(one) for one in answer.held],
        "hours": [[round(wanted, 3), there] for wanted, there in answer.hours],
        "notes": notes(answer),
        **took(answer.seconds, options),
        "files": [str(file) for file in files],
    }


def _desk(desk: Desk) -> Document:
    return {
        "post": desk.post.name,
        "people": desk.post.people,
        "status": desk.status.value,
        "fewest": desk.fewest,
        "proof": {
            "kind": desk.proof.kind.value,
            "reason": desk.proof.reason,
            "confirmed": desk.proof.confirmed,
        },
        "net_minutes": desk.net_minutes,
        "types": list(desk.types),
    }


def _rota(one: HeldRota) -> Document:
    classic = one.classic
    return {
        "rota": classic.key,
        "title": classic.title,
        "patterns": list(classic.patterns),
        "offsets": list(classic.offsets),
        "crews": classic.crews,
        "week_minutes": round(classic.week_minutes),
        "people": one.people,
        "with_relief": one.relief,
        "above_optimum": one.above,
        "free_weekends": one.free_weekends[0],
        "weekends": one.free_weekends[1],
        "scenario": None if one.scenario is None else _judged(one.scenario),
        "regimes": [_judged(judged) for judged in one.regimes],
        "source": classic.source,
        "note": classic.note,
    }


def _judged(judged: Judged) -> Document:
    return {
        "under": judged.under,
        "lawful": judged.lawful,
        "breaks_law": judged.breaks_law,
        "overtime_minutes": judged.overtime,
        "breaks": [
            {"rule": breach.rule, "origin": breach.origin.value, "sentence": breach.sentence}
            for breach in judged.breaches
        ],
    }
