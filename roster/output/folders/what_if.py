"""The answer of `roster what-if` as a document with stable keys, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.checker import stand_in_name
from roster.domain.outcome import SolveOptions, Violation
from roster.language import tr
from roster.output.csv.cells import sheet
from roster.output.csv.coverage import COVERAGE_COLUMNS, coverage_rows
from roster.output.csv.grid import grid_columns, grid_rows
from roster.output.documents.plan import Document, as_text, versions
from roster.output.examined import examine
from roster.output.folders.roster import write_books
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import REPORT
from roster.output.html import what_if_page
from roster.output.terminal.parts.findings import forgiven_sentences
from roster.output.terminal.parts.people import HOURS_COLUMNS, hours_rows
from roster.output.terminal.tiles import letters
from roster.output.terminal.what_if import SUMMARY
from roster.output.words.gaps import empty_days, empty_document
from roster.output.words.what_if import effects, proof, slack, verdict
from roster.output.xlsx import Changed
from roster.questions.explain.answer import Explanation
from roster.questions.what_if.answer import Change, WhatIf, on_day
from roster.questions.what_if.trial import WayOut
from roster.rosters.files import write_roster
from roster.rosters.rows import STAND_IN
from roster.scores import PersonScore

CHANGES_COLUMNS = ("date", "weekday", "person", "from", "to", "posts", "why")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def what_if_document(scenario: Path, answer: WhatIf, options: SolveOptions) -> Document:
    """Return the answer as a document with stable keys."""
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
        "violations": [_violation(answer, violation) for violation in answer.broken],
        "forgiven": forgiven_sentences(case.published),
        "slack_minutes": slack(answer, answer.roster) if answer.roster else {},
        "people": [_effect(*pair) for pair in effects(answer, answer.roster)] if answer.roster else [],
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "versions": versions(),
    }


def _change(answer: WhatIf, change: Change) -> Document:
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


def _violation(answer: WhatIf, violation: Violation) -> Document:
    dates = [answer.case.published.horizon.on(day).isoformat() for day in violation.days]
    return {
        "rule": violation.rule,
        "person": violation.person,
        "dates": dates,
        "sentence": violation.sentence,
    }


def _effect(before: PersonScore, after: PersonScore) -> Document:
    figures = ("minutes", "nights", "free_weekends", "standby_days")
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in figures}
    return {"person": before.name, **pairs}


def write_what_if(
    folder: Path, document: Document, answer: WhatIf, origin: Path, why: Explanation | None = None
) -> None:
    """
    Write the files of an answer together; where not everything is covered, the best roster. Raises FileFault.

    `origin` is the file of the published roster: calendars beside it are what the new ones update.
    """
    with whole_folder(folder) as new:
        texts = {"changes.csv": sheet(CHANGES_COLUMNS, change_rows(answer))}
        if answer.roster is not None:
            examined = examine(answer.case.asked, answer.roster)
            write_roster(examined.problem, examined.roster, new / "roster.csv", examined.posts, examined.gaps)
            cover = coverage_rows(examined.problem, examined.cover, examined.roster.horizon)
            texts["grid.csv"] = sheet(
                grid_columns(examined.roster), grid_rows(examined.roster, empty_days(examined))
            )
            texts["coverage.csv"] = sheet(COVERAGE_COLUMNS, cover)
            texts["hours.csv"] = sheet(HOURS_COLUMNS, hours_rows(examined.problem, examined.scores.people))
            write_books(new, (folder, origin.parent), examined, _cells(answer))
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        for name, text in {REPORT: what_if_page(answer, why), SUMMARY: as_text(document)}.items():
            (new / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _cells(answer: WhatIf) -> list[Changed]:
    return [
        Changed(one.person, one.day, letters(one.before), letters(one.after), one.posts, one.why)
        for one in answer.changes
    ]


def change_rows(answer: WhatIf) -> Iterator[tuple[str, ...]]:
    """Yield the rows of changes.csv, one a cell that changes."""
    for change in answer.changes:
        on = answer.case.published.horizon.on(change.day)
        yield (
            on.isoformat(),
            WEEKDAYS[on.weekday()],
            change.person,
            change.before.name,
            change.after.name,
            ";".join(change.posts),
            change.why,
        )
    for each in answer.hired:
        on = answer.case.published.horizon.on(each.day)
        names = (stand_in_name(each.post, number) for number in range(each.number))
        for name in names:
            yield (
                on.isoformat(),
                WEEKDAYS[on.weekday()],
                name,
                "off",
                STAND_IN,
                each.post,
                tr("what_if.why_vendor"),
            )
