"""The files of `roster demand --out`: scenario, tables, page and document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from roster.demand.answer import Demand
from roster.demand.mapping import map_text
from roster.demand.write import scenario_text
from roster.output.csv.cells import sheet
from roster.output.documents.demand import call_document, demand_document, hour_document
from roster.output.documents.document import as_text
from roster.output.folders.whole_folder import whole_folder
from roster.output.html.demand import demand_page
from roster.output.words.demand import step_words, verdict_words
from roster.whole_files import write_text

SCENARIO, PAGE, SUMMARY = "demand.yaml", "demand.html", "demand.json"
HOURS, STANDBY, CLEANED = "demand.csv", "standby.csv", "cleaned.csv"
FILES = (SCENARIO, HOURS, STANDBY, CLEANED, PAGE, SUMMARY)
HOUR_COLUMNS = (
    *(
        "role",
        "kind",
        "hour",
        "arrivals",
        "observed_hours",
        "rate",
        "low",
        "high",
        "dispersion",
        "staffed_rate",
    ),
    *("handling_minutes", "load", "people_sipp", "people_offered_load", "people", "awake"),
    *("level", "level_one_fewer", "level_at_rate", "held"),
)
STANDBY_COLUMNS = (
    *("role", "kind", "start", "hours", "callouts", "hours_a_callout", "response", "level_1_out", "both_out"),
    *(
        "all_three_out",
        "answered",
        "disturbed",
        "more_than_two",
        "work_hours",
        "mornings_lost",
        "levels",
        "verdict",
    ),
)


def write_demand(folder: Path, found: Demand) -> tuple[Path, ...]:
    """Write the files of an answer together; raises FileFault where they cannot be."""
    named = tuple(folder / name for name in FILES)
    maps = {f"{one.file.stem}.map.yaml": one for one in found.read}
    with whole_folder(folder) as new:
        write_text(new / SCENARIO, scenario_text(found, folder))
        write_text(new / HOURS, sheet(HOUR_COLUMNS, _hours(found)), mark=True)
        write_text(new / STANDBY, sheet(STANDBY_COLUMNS, _standbys(found)), mark=True)
        write_text(new / CLEANED, sheet(("file", "step", "rows", "left", "why"), _steps(found)), mark=True)
        write_text(new / PAGE, demand_page(found))
        write_text(new / SUMMARY, as_text(demand_document(found, named)))
        zone = str(found.request.days.get("time_zone") or "Asia/Shanghai")
        for name, one in maps.items():
            write_text(new / name, map_text(one.table, one.mapping, zone))
    return named


def _hours(found: Demand) -> Iterator[list[object]]:
    for one in found.streams:
        held = found.held.people[one.role] if found.held is not None else {}
        for hour in one.staffing.hours:
            row = hour_document(one, hour)
            there = held[hour.cell.kind][hour.cell.hour] if held else None
            more = {"role": one.role, "handling_minutes": round(one.now.mean, 3), "held": there}
            yield [{**row, **more}[column] for column in HOUR_COLUMNS]


def _standbys(found: Demand) -> Iterator[list[object]]:
    for one in found.streams:
        for call in one.calls:
            out, answered = call.costs.out, call.costs.answered
            more = dict(zip(("level_1_out", "both_out", "all_three_out"), out, strict=True))
            reached = answered[(call.verdict.levels or 3) - 1]
            row = {**call_document(call), **more, "role": one.role, "answered": reached}
            row["verdict"] = verdict_words(call)
            yield [row[column] for column in STANDBY_COLUMNS]


def _steps(found: Demand) -> Iterator[list[object]]:
    for one, tidy in zip(found.read, found.cleaned, strict=True):
        for step in tidy.steps:
            yield [one.file.name, step.name, step.before, step.after, step_words(step)]
