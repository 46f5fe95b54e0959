"""Whole processes timed, as a user waits for them: scenarios planned from a cold start, and the help."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roster.domain.outcome import ProofKind, Status
from roster.errors import EngineError, FileFault
from roster.language import tr
from roster.output.folders.plan import SUMMARY

SCENARIOS = Path("scenarios")
"""Where a checkout keeps its scenarios; an installed program has none."""

TIERS = ("county_hospital", "city_secondary", "city_tertiary", "hospital_group")

PLAN_SECONDS, HELP_SECONDS = 5.0, 0.3
"""Wall time that a tier's plan and the help are meant to take at most on two cores."""

BAD_INPUT, ANSWERED = 2, (0, 1, 3)


Tell = Callable[[str], None]
"""Receives the name of what is being measured."""


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ProcessRun:
    """One process from start to end: wall time, and CPU time of all its threads."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Timed:
    """The runs of one command line; never none."""

    runs: tuple[ProcessRun, ...]

    @property
    def best_s(self) -> float:
        """Least wall time: what the program takes when nothing else runs."""
        return min(run.wall_s for run in self.runs)

    @property
    def wall_s(self) -> float:
        """Median wall time."""
        return statistics.median(run.wall_s for run in self.runs)

    @property
    def cpu_s(self) -> float:
        """Median CPU time."""
        return statistics.median(run.cpu_s for run in self.runs)


@dataclass(frozen=True, slots=True)
class TierCase:
    """
    One scenario planned several times.

    Parameters
    ----------
    value, bound : What the scenario makes least (in-house people, all people, or cost), and the least not excluded.
    people : All people with a rota; None without one.
    """

    instance: str
    status: Status
    value: int | None
    bound: int | None
    people: int | None
    proof: ProofKind
    time: Timed


def scenarios_of(names: Sequence[str] = TIERS, folder: Path = SCENARIOS) -> list[Path]:
    """
    Return scenario files of a checkout by their names; all of them where none is named.

    Raises
    ------
    FileFault
        The folder lacks one.
    """
    found = [folder / f"{name}.yaml" for name in names] or sorted(folder.glob("*.yaml"))
    if not found or not all(path.is_file() for path in found):
        raise FileFault(tr("measure.no_scenarios", folder=folder))
    return found


def run_tiers(
    paths: Iterable[Path], repeats: int, out: Path | None = None, tell: Tell = silent
) -> list[TierCase]:
    """
    Plan each scenario so many times, each time in a process of its own that also writes its files.

    Parameters
    ----------
    paths, repeats : Scenario files, and how often each is planned.
    out : Folder that receives the files of each scenario, in a folder of its name; None keeps none.
    tell : Takes what is being done.
    """
    cases = []
    for path in paths:
        tell(path.stem)
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) if out is None else out / path.stem
            cases.append(_planned(path, folder, repeats))
    return cases


def time_help(repeats: int) -> Timed:
    """Time `roster --help`, after a first call that brings its files into memory."""
    run_roster("--help")
    return Timed(tuple(run_roster("--help") for _ in range(repeats)))


def _planned(path: Path, folder: Path, repeats: int) -> TierCase:
    timed = Timed(tuple(run_roster("plan", str(path), "--out", str(folder)) for _ in range(repeats)))
    document: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8-sig"))
    headcount = document["headcount"]
    return TierCase(
        path.stem,
        Status(document["status"]),
        _value(document),
        document["bound"],
        headcount and headcount["total"],
        ProofKind(document["proof"]["kind"]),
        timed,
    )


def _value(document: dict[str, Any]) -> int | None:
    """Return what the goal counts."""
    if document["headcount"] is None:
        return None
    figures = {"cost": document["cost"], "people": document["headcount"]["total"]}
    value: int = figures.get(document["goal"], document["headcount"]["in_house"])
    return value


def run_roster(*args: str) -> ProcessRun:
    """
    Run the program in a process of its own and time it from start to end.

    Its modules are compiled once and kept, as they are when it is installed, whatever the environment says.

    Raises
    ------
    FileFault
        It found its input faulty.
    EngineError
        It failed.
    """
    installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, began = os.times(), time.perf_counter()
    found = subprocess.run(
        [sys.executable, "-m", "roster", *args],
        env=installed,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    wall, after = time.perf_counter() - began, os.times()
    if found.returncode == BAD_INPUT:
        raise FileFault(found.stderr.strip())
    if found.returncode not in ANSWERED:
        raise EngineError(found.stderr.strip())
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return ProcessRun(wall, cpu)


def undecided(cases: Sequence[TierCase]) -> list[TierCase]:
    """Return the cases that ended without proof."""
    return [case for case in cases if case.status not in (Status.OPTIMAL, Status.INFEASIBLE)]
