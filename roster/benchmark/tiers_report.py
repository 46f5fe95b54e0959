"""Timed plans as a table to read and as one JSON document with stable keys."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers import HELP_SECONDS, PLAN_SECONDS, TIERS, TierCase, Timed, undecided
from roster.language import tr
from roster.output.documents.document import Document, versions
from roster.output.terminal.console import BAD, FAINT, GOOD, STATUS_STYLES, table


def tiers_document(cases: Sequence[TierCase], helped: Timed) -> Document:
    """Return all cases and their summary."""
    return {
        "cases": [
            {
                "instance": case.instance,
                "status": case.status.value,
                "value": case.value,
                "bound": case.bound,
                "people": case.people,
                "proof": case.proof.value,
                **_seconds(case.time),
            }
            for case in cases
        ],
        "summary": {
            "cases": len(cases),
            "undecided": len(undecided(cases)),
            "worst_wall_s": round(max(case.time.wall_s for case in cases), 4),
            "worst_best_s": round(max(case.time.best_s for case in cases), 4),
            "help": _seconds(helped),
            "wanted_s": {"plan": PLAN_SECONDS, "help": HELP_SECONDS},
        },
        **measured_on(),
    }


def measured_on() -> Document:
    """Return what the figures were measured on: the machine, and versions."""
    return {"machine": _machine(), "versions": versions()}


def _machine() -> Document:
    return {"processors": os.cpu_count(), "system": platform.system(), "architecture": platform.machine()}


def machine_line() -> Text:
    """Say what the figures were measured on."""
    named = ", ".join(f"{name} {number}" for name, number in versions().items())
    return Text(tr("measure.machine", **_machine(), versions=named), FAINT)


def _seconds(timed: Timed) -> dict[str, object]:
    return {
        "wall_s": round(timed.wall_s, 4),
        "best_s": round(timed.best_s, 4),
        "cpu_s": round(timed.cpu_s, 4),
        "runs_s": [round(run.wall_s, 4) for run in timed.runs],
    }


def tiers_report(cases: Sequence[TierCase], helped: Timed) -> Iterator[ConsoleRenderable]:
    """Return the table of all cases, the help below them, and what the columns mean."""
    names = ("scenario", "status", "value", "bound", "proof", "best", "median", "cpu")
    made = table(*(tr(f"measure.{name}") for name in names), numbers=(2, 3, 5, 6, 7), wrap=(0,))
    for case in cases:
        made.add_row(
            case.instance,
            Text(tr(f"measure.{case.status.value}"), STATUS_STYLES[case.status]),
            *("" if number is None else f"{number:,}" for number in (case.value, case.bound)),
            tr(f"measure.{case.proof.value}"),
            *_times(case.time, PLAN_SECONDS if case.instance in TIERS else None),
        )
    made.add_row("roster --help", "", "", "", "", *_times(helped, HELP_SECONDS))
    yield made
    yield Text()
    yield Text(
        tr("measure.tiers_note", runs=len(helped.runs), plan=f"{PLAN_SECONDS:g}", help=f"{HELP_SECONDS:g}"),
        FAINT,
    )
    yield machine_line()


def _times(timed: Timed, wanted: float | None) -> list[str | Text]:
    kept = wanted is None or timed.best_s <= wanted
    return [
        Text(f"{timed.best_s:.2f}", "" if wanted is None else GOOD if kept else BAD),
        f"{timed.wall_s:.2f}",
        f"{timed.cpu_s:.2f}",
    ]


def tiers_line(cases: Sequence[TierCase], helped: Timed) -> str:
    """Say it all in one line."""
    return tr(
        "measure.tiers_line",
        cases=len(cases),
        undecided=len(undecided(cases)),
        worst=f"{max(case.time.wall_s for case in cases):.2f}",
        help=f"{helped.wall_s:.2f}",
    )
