"""The answer of `roster what-if` as a document with stable keys: what `--json` shows and `--out` keeps."""

from __future__ import annotations

from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.output.documents.document import Document, took
from roster.output.documents.plan import violation_document
from roster.output.examined_roster import examine
from roster.output.words.findings import forgiven_sentences
from roster.output.words.gaps import empty_document
from roster.output.words.what_if import effects, proof, slack, verdict
from roster.questions.conflict import WayOut
from roster.questions.what_if import ChangedDuty, WhatIf, on_day
from roster.scores import PersonScore


def what_if_document(scenario: Path, answer: WhatIf, options: SolveOptions) -> Document:
    """
    Return the answer as a document with stable keys.

    Parameters
    ----------
    scenario : Its file.
    answer, options : The roster found or why there is none, and the settings of the search.
    """
    case, horizon = answer.case, answer.case.published.horizon
    found = answer.roster is not None
    return {
        "scenario": str(scenario),
        "name": case.problem.name,
        "status": answer.status.value,
        "verdict": verdict(answer),
        "leave": [
            {"person": one.person, "from": one.first.isoformat(), "to": one.last.isoformat()}
            for one in case.absences
        ],
        "frozen_until": None if case.frozen_until is None else horizon.on(case.frozen_until).isoformat(),
        "allow": sorted(case.allow),
        "changed": answer.changed if found else None,
        "overtime_minutes": answer.overtime if found else None,
        "vendor_days": [
            {"date": horizon.on(each.day).isoformat(), "post": each.post, "people": each.number}
            for each in answer.hired
        ],
        "people_touched": len(answer.people) if found else None,
        "bound": answer.bound,
        "proof": proof(answer),
        "changes": [_change(answer, change) for change in answer.changes],
        "empty": [] if answer.roster is None else empty_document(examine(case.asked, answer.roster)),
        "uncovered": [_uncovered(answer, place) for place in answer.empty],
        "ways_out": [_way(way) for way in answer.ways],
        "ways_decided": answer.decided,
        "violations": [violation_document(violation, answer.case.published) for violation in answer.broken],
        "forgiven": forgiven_sentences(case.published),
        "slack_minutes": slack(answer, answer.roster) if answer.roster else {},
        "people": [_effect(*pair) for pair in effects(answer, answer.roster)] if answer.roster else [],
        **took(answer.seconds, options),
    }


def _change(answer: WhatIf, change: ChangedDuty) -> Document:
    return {
        "date": answer.case.published.horizon.on(change.day).isoformat(),
        "person": change.person,
        "from": change.before.name,
        "to": change.after.name,
        "posts": list(change.posts),
        "why": change.why,
    }


def _uncovered(answer: WhatIf, place: tuple[str, int, int, int]) -> Document:
    day, start, end = on_day(place)
    date = answer.case.published.horizon.on(day).isoformat()
    return {"date": date, "post": place[0], "start": start, "end": end, "people": place[3]}


def _way(way: WayOut) -> Document:
    dates = way.absence
    return {
        "kind": way.kind,
        "person": way.person,
        "from": dates.first.isoformat() if dates else None,
        "to": dates.last.isoformat() if dates else None,
        "leaves": [
            {"person": one.person, "from": one.first.isoformat(), "to": one.last.isoformat()}
            for one in way.leaves
        ],
        "cost": way.cost,
        "law": way.law,
        "sentence": way.sentence,
    }


def _effect(before: PersonScore, after: PersonScore) -> Document:
    figures = ("minutes", "nights", "free_weekends", "standby_days")
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in figures}
    return {"person": before.name, **pairs}
