"""Sweeps timed: generated hospitals planned with one process and with several, and taken up again after a stop."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers_report import machine_line, measured_on
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import table
from roster.questions.executors import own_processes
from roster.sweep.generate import hospitals
from roster.sweep.jobs import AnswerRow, Ask, How, Job
from roster.sweep.journal import Journal
from roster.sweep.run import sweep

WANTED = 1.8
"""How many times faster two processes are meant to be on two free cores."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SweepCase:
    """
    One number of processes: the wall time, and how many hospitals were answered.

    `same`: whether the answers are those of one process. `repeated`: how many were asked again after a stop in the
    middle, of at most `ahead` that were in work.
    """

    workers: int
    hospitals: int
    answered: int
    wall_s: float
    same: bool
    repeated: int
    ahead: int


class _Stopped(Exception):
    """The run was stopped in the middle, on purpose."""


def run_sweep(number: int, workers: int, tell: Tell) -> list[SweepCase]:
    """
    Plan so many generated hospitals with one process and with several, which are stopped half way and go on.

    Parameters
    ----------
    number, workers : How many hospitals, and how many processes.
    tell : Takes what is being done.
    """
    how = How(Ask.PLAN, pages=False)
    made = [Job(name, (("a.yaml", text.encode()),), "a.yaml", None, how) for name, text in hospitals(number)]
    cases: list[SweepCase] = []
    first: list[AnswerRow] = []
    for processes in dict.fromkeys((1, workers)):
        tell(tr("sweep.bench_running", workers=processes))
        with tempfile.TemporaryDirectory(prefix="roster-") as folder:
            began = time.monotonic()
            rows = _sweep(made, Path(folder), processes)
            wall = time.monotonic() - began
        first = first or rows
        repeated = _repeated(made[: 8 * processes], processes)
        answered = sum(row.answered for row in rows)
        same = _data(rows) == _data(first)
        cases.append(SweepCase(processes, number, answered, wall, same, repeated, 2 * processes))
    return cases


def _sweep(jobs: Sequence[Job], folder: Path, processes: int, stop: int | None = None) -> list[AnswerRow]:
    def tell(done: int, _total: int, _failed: int, left: float | None) -> None:
        if stop is not None and left is not None and done >= stop:
            raise _Stopped

    return sweep(jobs, Journal(folder, jobs), lambda: own_processes(processes), 2 * processes, tell)


def _repeated(jobs: Sequence[Job], processes: int) -> int:
    """Return how many answers were lost by a stop in the middle: asked before it, and not kept."""
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        half = len(jobs) // 2
        with suppress(_Stopped):
            _sweep(jobs, Path(folder), processes, half)
        kept = len(Journal(Path(folder), jobs).rows)
        _sweep(jobs, Path(folder), processes)
        return max(0, half - kept)


def _data(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    return [replace(row, seconds=0.0) for row in rows]


def sweep_line(cases: Sequence[SweepCase]) -> str:
    """Return the cases in one line."""
    return " ".join(f"{case.workers}x{case.hospitals}={case.wall_s:.1f}s" for case in cases)


def ratio(cases: Sequence[SweepCase]) -> float:
    """Return how many times faster the last number of processes was than one."""
    return cases[0].wall_s / cases[-1].wall_s if cases[-1].wall_s else 0.0


def sweep_bench_document(cases: Sequence[SweepCase]) -> Document:
    """Return all cases and their summary."""
    return {
        "cases": [
            {
                "instance": f"hospitals-{case.hospitals}",
                "workers": case.workers,
                "answered": case.answered,
                "same_answers": case.same,
                "repeated_after_stop": case.repeated,
                "wall_s": round(case.wall_s, 3),
            }
            for case in cases
        ],
        "summary": {"ratio": round(ratio(cases), 3), "wanted": WANTED},
        **measured_on(),
    }


def sweep_report(cases: Sequence[SweepCase]) -> Iterator[ConsoleRenderable]:
    """Draw the cases as a table."""
    heads = ("workers", "hospitals", "answered", "wall", "each", "same", "repeated")
    made = table(*(tr(f"sweep.bench_{head}") for head in heads), numbers=tuple(range(len(heads))))
    for case in cases:
        made.add_row(
            *map(str, (case.workers, case.hospitals, case.answered)),
            f"{case.wall_s:.1f}",
            f"{case.wall_s / max(1, case.hospitals):.3f}",
            tr("sweep.yes_word" if case.same else "sweep.no_word"),
            f"{case.repeated}/{case.ahead}",
        )
    yield made
    yield Text(tr("sweep.bench_ratio", ratio=f"{ratio(cases):.2f}", wanted=WANTED))
    yield Text()
    yield machine_line()
