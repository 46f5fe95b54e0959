"""The answer of `roster resilience` as a document and as files: every case, the map, the days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.outcome import SolveOptions
from roster.domain.rules import clock
from roster.output.csv.cells import sheet
from roster.output.documents.plan import Document, as_text, versions
from roster.output.folders.whole_folder import whole_folder
from roster.output.formats import REPORT
from roster.output.html import resilience_page
from roster.output.words.resilience import week_mark
from roster.questions.resilience.answer import Resilience
from roster.questions.resilience.cases import Answer
from roster.questions.resilience.findings import Week
from roster.questions.what_if.answer import on_day

SUMMARY = "resilience.json"
FILES = ("cases.csv", "map.csv", "days.csv", REPORT, SUMMARY)
STATE = "resilience.progress.jsonl"
"""Where answers are kept until all are known."""

CASES_COLUMNS = ("people", "from", "to", "days", "result", "changes", "bound", "posts", "empty", "basis")
DAYS_COLUMNS = ("date", "weekday", "people", "can_be_away", "needed", "undecided")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def resilience_document(scenario: Path, answer: Resilience, options: SolveOptions, sentence: str) -> Document:
    """Return the answer as a document with stable keys; `sentence` is its verdict."""
    asked = answer.asked
    return {
        "scenario": str(scenario),
        "name": asked.problem.name,
        "verdict": sentence,
        "survives": answer.survives,
        "survives_up_to": answer.up_to,
        "lengths": list(asked.lengths),
        "absences": asked.together,
        "cases": len(answer.cases),
        "undecided": len(answer.undecided),
        "broken": [_broken(answer, each) for each in answer.broken],
        "map": [_row(answer, name, weeks) for name, weeks in answer.by_week.items()],
        "single_points": {
            "roles": [
                {"role": one.role, "person": one.person, "posts": list(one.posts)}
                for one in answer.only_holders
            ],
            "people": [
                {
                    "person": one.person,
                    "broken": one.broken,
                    "cases": one.cases,
                    "shortest": one.shortest,
                    "posts": list(one.posts),
                }
                for one in answer.missed
            ],
        },
        "calendar": [
            {
                "date": asked.day(day.day).isoformat(),
                "can_be_away": len(asked.published.people) - len(day.needed) - len(day.undecided),
                "needed": list(day.needed),
                "undecided": list(day.undecided),
            }
            for day in answer.spare_days
        ],
        "cross_training": [
            {
                "role": one.skill.role,
                "type": one.type,
                "person": one.skill.person,
                "gone": one.gone,
                "of": one.of,
                "undecided": one.undecided,
            }
            for one in answer.training
        ],
        "violations": [
            {"rule": each.rule, "person": each.person, "sentence": each.sentence}
            for each in answer.violations
        ],
        "seconds": round(answer.seconds, 3),
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        "versions": versions(),
    }


def _broken(answer: Resilience, each: Answer) -> Document:
    case = each.case
    return {
        "people": list(case.people),
        "from": answer.asked.day(case.first).isoformat(),
        "to": answer.asked.day(case.first + case.length - 1).isoformat(),
        "post": each.empty[0][0] if each.empty else None,
        "empty": [_place(answer, place) for place in each.empty],
        "basis": each.basis.value,
    }


def _place(answer: Resilience, place: tuple[str, int, int, int]) -> Document:
    day, start, end = on_day(place)
    date = answer.asked.day(day).isoformat()
    return {"post": place[0], "date": date, "start": start, "end": end, "people": place[3]}


def _row(answer: Resilience, name: str, weeks: tuple[Week, ...]) -> Document:
    return {
        "person": name,
        "weeks": [
            {
                "week": answer.asked.day(week.first).isoformat(),
                "breaks_from": week.breaks_from,
                "most_changes": week.most_changes,
                "lengths": {
                    str(length): {"cases": one.cases, "broken": one.broken, "undecided": one.undecided}
                    for length, one in week.spells.items()
                },
            }
            for week in weeks
        ],
    }


def write_resilience(folder: Path, document: Document, answer: Resilience) -> None:
    """Write the files of an answer together. Raises FileFault."""
    weeks = next(iter(answer.by_week.values()), ())
    dates = [answer.asked.day(week.first).isoformat() for week in weeks]
    texts = {
        "cases.csv": sheet(CASES_COLUMNS, case_rows(answer)),
        "map.csv": sheet(("person", "type", *dates), _map_rows(answer)),
        "days.csv": sheet(DAYS_COLUMNS, day_rows(answer)),
    }
    with whole_folder(folder) as new:
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8-sig", errors="replace", newline="")
        for name, text in {REPORT: resilience_page(answer), SUMMARY: as_text(document)}.items():
            (new / name).write_text(text, encoding="utf-8", errors="replace", newline="\n")


def case_rows(answer: Resilience) -> Iterator[tuple[object, ...]]:
    """Yield the rows of cases.csv, one an absence."""
    for each in answer.cases:
        case, day = each.case, answer.asked.day
        yield (
            ";".join(case.people),
            day(case.first),
            day(case.first + case.length - 1),
            case.length,
            each.outcome.value,
            None if each.breaks else each.changed,
            None if each.breaks else each.bound,
            ";".join(dict.fromkeys(place[0] for place in each.empty)),
            ";".join(_when(answer, place) for place in each.empty),
            each.basis.value,
        )


def _when(answer: Resilience, place: tuple[str, int, int, int]) -> str:
    number, start, end = on_day(place)
    return f"{place[0]} {answer.asked.day(number)} {clock(start)}-{clock(end)}"


def _map_rows(answer: Resilience) -> Iterator[tuple[str, ...]]:
    for person in answer.asked.published.people:
        yield (person.name, person.type, *map(week_mark, answer.by_week.get(person.name, ())))


def day_rows(answer: Resilience) -> Iterator[tuple[object, ...]]:
    """Yield the rows of days.csv, one a date."""
    people = len(answer.asked.published.people)
    for spare in answer.spare_days:
        on = answer.asked.day(spare.day)
        free = people - len(spare.needed) - len(spare.undecided)
        yield (on, WEEKDAYS[on.weekday()], people, free, ";".join(spare.needed), ";".join(spare.undecided))
