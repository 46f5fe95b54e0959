"""Times at multiplied demand as one table to read and as one JSON document with stable keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.scale import MOST_RATIO, ScaleCase
from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.outcome import SolveOptions, Status
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, FAINT, GOOD, STATUS_STYLES, table

SECONDS = ("wall_s", "median_s", "cpu_s", "search_s", "ratio")


def largest(cases: Sequence[ScaleCase]) -> list[ScaleCase]:
    """Return the case of the largest factor of each instance."""
    return list({case.instance: case for case in sorted(cases, key=lambda case: case.factor)}.values())


def decided(case: ScaleCase) -> bool:
    """Whether the question was answered with proof."""
    return case.status in (Status.OPTIMAL, Status.INFEASIBLE)


def scale_document(cases: Sequence[ScaleCase], options: SolveOptions) -> Document:
    """Return all cases and their summary."""
    return {
        "cases": [
            {
                **asdict(case),
                "instance": f"{case.instance} x{case.factor}",
                "status": case.status.value,
                **{name: round(getattr(case, name), 4) for name in SECONDS},
            }
            for case in cases
        ],
        "summary": {
            "cases": len(cases),
            "undecided": sum(not decided(case) for case in cases),
            "ratios": {case.instance: round(case.ratio, 4) for case in largest(cases)},
            "wanted_ratio": MOST_RATIO,
        },
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        **measured_on(),
    }


def scale_report(cases: Sequence[ScaleCase], repeats: int) -> Iterator[ConsoleRenderable]:
    """Return one table of all cases, and what its columns mean."""
    names = ("instance", "factor", "people", "bound", "status", "best", "search_cpu", "ratio")
    made = table(*(tr(f"measure.{name}") for name in names), numbers=(1, 2, 3, 5, 6, 7), wrap=(0,))
    last = {(case.instance, case.factor) for case in largest(cases)}
    for case in cases:
        ratio = Text(f"{case.ratio:.2f}")
        if (case.instance, case.factor) in last:
            ratio.stylize(GOOD if case.ratio <= MOST_RATIO else BAD)
        made.add_row(
            case.instance,
            f"x{case.factor}",
            *("" if number is None else f"{number:,}" for number in (case.value, case.bound)),
            Text(tr(f"measure.{case.status.value}"), STATUS_STYLES[case.status]),
            *(f"{seconds:.3f}" for seconds in (case.wall_s, case.search_s)),
            ratio,
        )
    yield made
    yield Text()
    yield Text(tr("measure.scale_note", runs=repeats, ratio=f"{MOST_RATIO:g}"), FAINT)
    yield machine_line()


def scale_line(cases: Sequence[ScaleCase]) -> str:
    """Say the largest factor's ratio of each instance in one line."""
    return " ".join(f"{case.instance}=x{case.factor}:{case.ratio:.2f}" for case in largest(cases))
