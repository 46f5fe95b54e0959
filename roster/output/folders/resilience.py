"""The files of `roster resilience --out`: every case, the map, the days, the page and the document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.domain.rules import clock
from roster.output.csv.cells import sheet
from roster.output.documents.document import Document, as_text
from roster.output.folders.whole_folder import write_folder
from roster.output.formats import REPORT
from roster.output.html.resilience import resilience_page
from roster.output.words.resilience import week_mark
from roster.questions.resilience import Resilience
from roster.questions.what_if import on_day
from roster.rosters.rows import WEEKDAYS

SUMMARY = "resilience.json"
STATE = "resilience.progress.jsonl"
"""Where answers are kept until all are known."""

CASES_COLUMNS = ("people", "from", "to", "days", "result", "changes", "bound", "posts", "empty", "basis")
DAYS_COLUMNS = ("date", "weekday", "people", "can_be_away", "needed", "undecided")


def write_resilience(folder: Path, document: Document, answer: Resilience) -> tuple[Path, ...]:
    """
    Write the files of an answer together and return them.

    Parameters
    ----------
    folder, document : Where they go, and what the summary holds.
    answer : Every case.

    Raises
    ------
    FileFault
        They cannot be written.
    """
    weeks = next(iter(answer.by_week.values()), ())
    dates = [answer.asked.day(week.first).isoformat() for week in weeks]
    texts = {
        "cases.csv": sheet(CASES_COLUMNS, case_rows(answer)),
        "map.csv": sheet(("person", "type", *dates), _map_rows(answer)),
        "days.csv": sheet(DAYS_COLUMNS, day_rows(answer)),
        REPORT: resilience_page(answer),
        SUMMARY: as_text(document),
    }
    return write_folder(folder, texts)


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
