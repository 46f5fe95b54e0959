"""The answer of `roster calendar` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, versions
from roster.output.documents.plan import wishes_document
from roster.output.shares import shares_document
from roster.output.words.calendar import calendar_headline
from roster.questions.calendar import CalendarAnswer, Refused
from roster.questions.conflict import WayOut


def calendar_document(
    scenario: Path,
    answer: CalendarAnswer,
    options: SolveOptions,
    files: list[str],
    ways: Sequence[WayOut] = (),
) -> Document:
    """
    Return the answer as a document.

    Parameters
    ----------
    scenario, files : The scenario's file, and the names of the files written.
    answer, ways : The calendar found, and what would hold the posts that it leaves empty.
    options : Settings of the search.
    """
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
        "wishes": wishes_document(problem, roster) if roster else [],
        "refused": [_refused(answer, one) for one in answer.refused],
        "fewest_people": None if answer.fewest is None else asdict(answer.fewest),
        "ways_out": [{"kind": way.kind, "sentence": way.sentence, "cost": way.cost} for way in ways],
        "progress": [asdict(found) for found in answer.trace],
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "seed": options.seed,
        "versions": versions(),
        "files": files,
    }


def _refused(answer: CalendarAnswer, one: Refused) -> Document:
    against, date = one.against, one.wish.first
    if answer.roster is not None:
        date = answer.roster.horizon.on(one.day)
    return {
        "person": one.wish.person,
        "duty": " / ".join(one.wish.duties),
        "not": one.wish.against,
        "date": date.isoformat(),
        "points": one.points,
        "empty_hours": round(one.empty / 60, 2),
        "empty_proven": one.empty_proven,
        "forbidden": one.forbidden,
        "against": None
        if against is None
        else {"kind": against.kind, "what": against.what, "person": against.person},
    }
