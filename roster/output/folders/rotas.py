"""The files of `roster rotas --out`: each rota and set of limits as a table, and the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.rules import Origin, hours
from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text
from roster.output.folders.whole_folder import write_folder
from roster.questions.rotas import Rotas

SUMMARY = "rotas.json"


FILES = ("rotas.csv", SUMMARY)


ROTAS_COLUMNS = (
    "rota",
    "patterns",
    "crews",
    "week_hours",
    "people",
    "with_relief",
    "above_optimum",
    "free_weekends",
    "weekends",
    "regime",
    "lawful",
    "breaks_law",
    "overtime_week_hours",
    "breaks",
    "source",
)


def write_rotas(folder: Path, document: Document, answer: Rotas) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer : Every rota with what it breaks.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    texts = {"rotas.csv": sheet(ROTAS_COLUMNS, rotas_rows(answer)), SUMMARY: as_text(document)}
    return write_folder(folder, texts)


def rotas_rows(answer: Rotas) -> Iterator[tuple[object, ...]]:
    """Yield one row for each rota and set of limits."""
    for one in answer.held:
        classic = one.classic
        for judged in (*([one.scenario] if one.scenario else []), *one.regimes):
            law = [breach.rule for breach in judged.breaches if breach.origin is Origin.LAW]
            yield (
                classic.key,
                ";".join(classic.patterns),
                classic.crews,
                hours(round(classic.week_minutes)),
                one.people,
                one.relief,
                one.above,
                *one.free_weekends,
                judged.under,
                "yes" if judged.lawful else "no",
                "yes" if law else "no",
                hours(judged.overtime),
                ";".join(breach.rule for breach in judged.breaches),
                classic.source,
            )
