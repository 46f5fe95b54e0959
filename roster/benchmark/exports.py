"""How long a large roster takes to leave the program in every form, and how much memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.scale import scaled
from roster.benchmark.tiers import Tell
from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.horizon import calendar
from roster.domain.outcome import Plan, Roster
from roster.domain.problem import Person, Problem
from roster.errors import EngineError
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.examined_roster import examine
from roster.output.folders.roster import Export, export
from roster.output.formats import USUAL
from roster.output.terminal.console import BAD, FAINT, GOOD, table
from roster.rosters.files import read_roster

MOST_SECONDS, MOST_MEGABYTES = 60.0, 1024
"""What all formats of 200 people over 52 weeks are meant to take at most, the check included."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExportStep:
    """One step: its name, its times, what it wrote in kilobytes, and the most memory up to its end in megabytes."""

    name: str
    wall_s: float
    cpu_s: float
    kilobytes: int
    peak_mb: int


def multiplied(problem: Problem, plan: Plan, people: int, weeks: int) -> tuple[Problem, Roster]:
    """
    Return a plan's rotations laid over so many weeks, as many times as it takes for so many people.

    Parameters
    ----------
    problem, plan : The scenario, and its rotations.
    people, weeks : About how many people, and length of the calendar in weeks.
    """
    one = sum(len(rotation.lines) for rotation in plan.rotations)
    factor = max(1, people // one)
    large = scaled(problem, factor)
    large = replace(large, dates=replace(large.dates, weeks=weeks), people=())
    everybody: list[Person] = []
    rows = []
    for rotation in plan.rotations:
        for number in range(len(rotation.lines) * factor):
            everybody.append(Person(f"{rotation.type}-{len(everybody) + 1}", rotation.type))
            turns = [rotation.lines[(number + week) % len(rotation.lines)] for week in range(weeks)]
            rows.append(tuple(duty for line in turns for duty in line))
    seats = tuple(replace(use, number=use.number * factor) for use in plan.roster.seats)
    return large, Roster(tuple(everybody), calendar(large.dates), tuple(rows), seats)


class _Watch:
    """Measures one step after the other; `folder` is where they write."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self.folder, self.tell = folder, tell
        self.steps: list[ExportStep] = []

    def step(self, name: str, call: Callable[[], T]) -> T:
        """Do something and note what it took."""
        self.tell(name)
        before = _kilobytes(self.folder)
        wall, cpu = time.perf_counter(), time.process_time()
        result = call()
        times = time.perf_counter() - wall, time.process_time() - cpu
        self.steps.append(ExportStep(name, *times, _kilobytes(self.folder) - before, peak()))
        return result


def run_exports(problem: Problem, roster: Roster, tell: Tell) -> list[ExportStep]:
    """
    Check, write every format, write all of them again over the first, and read back; each step measured.

    Parameters
    ----------
    problem, roster : The scenario, and a roster on its dates.
    tell : Takes what is being done.

    Raises
    ------
    EngineError
        What is read back is not what was written.
    """
    with tempfile.TemporaryDirectory(prefix="roster-") as work:
        folder = Path(work) / "out"
        watch = _Watch(folder, tell)
        examined = watch.step("check", lambda: examine(problem, roster))
        given = Export(examined, Path("scenario.yaml"), folder, Path(work) / "none" / "roster.csv")
        for form in USUAL:
            watch.step(form, partial(export, given, [form]))
        watch.step("again", partial(export, given, USUAL))
        for name in ("roster.csv", "roster.xlsx"):
            if watch.step(f"< {name}", partial(read_roster, problem, folder / name)) != roster:
                raise EngineError(f"{name}: what is read back is not what was written")
    return watch.steps


def _kilobytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1000


def peak() -> int:
    """Return the most memory this process has had, in megabytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // (1_000_000 if sys.platform == "darwin" else 1000)


def once(steps: Sequence[ExportStep]) -> float:
    """Return the wall time of the check and of every format once."""
    return sum(step.wall_s for step in steps if step.name == "check" or step.name in USUAL)


def exports_document(steps: Sequence[ExportStep], roster: Roster) -> Document:
    """Return all steps and their summary."""
    rounded = [
        {**asdict(step), "wall_s": round(step.wall_s, 3), "cpu_s": round(step.cpu_s, 3)} for step in steps
    ]
    return {
        "cases": rounded,
        "summary": {
            "people": len(roster.people),
            "days": roster.horizon.days,
            "wall_s": round(once(steps), 3),
            "peak_mb": max(step.peak_mb for step in steps),
            "wanted": {"wall_s": MOST_SECONDS, "peak_mb": MOST_MEGABYTES},
        },
        **measured_on(),
    }


def exports_line(steps: Sequence[ExportStep], roster: Roster) -> str:
    """Return the measurement in one line."""
    return tr(
        "measure.exports_line",
        people=len(roster.people),
        days=roster.horizon.days,
        seconds=f"{once(steps):.1f}",
        peak=max(step.peak_mb for step in steps),
        most_s=f"{MOST_SECONDS:g}",
        most_mb=MOST_MEGABYTES,
    )


def exports_report(steps: Sequence[ExportStep], roster: Roster) -> Iterator[ConsoleRenderable]:
    """Return a table of the steps, and the sum."""
    made = table(
        *(tr(f"measure.{head}") for head in ("step", "wall", "cpu", "kilobytes", "peak")),
        numbers=(1, 2, 3, 4),
    )
    for step in steps:
        figures = (f"{step.wall_s:.2f}", f"{step.cpu_s:.2f}", f"{step.kilobytes:,}", f"{step.peak_mb:,}")
        made.add_row(step.name, *figures)
    yield made
    good = once(steps) <= MOST_SECONDS and max(step.peak_mb for step in steps) <= MOST_MEGABYTES
    yield Text(exports_line(steps, roster), GOOD if good else BAD)
    yield Text(tr("measure.exports_note"), FAINT)
    yield machine_line()
