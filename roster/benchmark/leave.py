"""Leave timed: every one-week leave of a planned scenario in one process, and the slowest in a process of their own."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers import run_roster
from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.outcome import Roster, SolveOptions, Status
from roster.domain.problem import Problem
from roster.errors import EngineError
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, FAINT, GOOD, table
from roster.questions.absences import Absence, LeaveCase
from roster.questions.plan import plan_headcount
from roster.questions.what_if import WhatIf, what_if
from roster.rosters.rows import write_roster
from roster.scenario import load

SCENARIOS = ("city_tertiary",)
DAYS = 7
"""Length of each leave."""

MEDIAN_S, PROCESS_S = 0.5, 3.0
"""Time that a leave is meant to take at most: the median in one process, and each whole process."""

PROCESSES = 6
"""So many whole processes, unless all are asked for: the slowest leaves, half of them such that cannot be covered."""

REPEATS = 2
"""Runs of each of these, of which the best counts: these machines are noisy. Where all are asked for, one run each."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """One leave: how it came out, whether that is proven, and the time it took."""

    absence: Absence
    status: Status
    changed: int
    proven: bool
    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class LeaveTimes:
    """One scenario: all its leaves, and the wall time of the slowest as whole processes."""

    instance: str
    leaves: tuple[Timed, ...]
    processes: tuple[tuple[Absence, float], ...]

    @property
    def median_s(self) -> float:
        """Median CPU time of a leave in one process."""
        return statistics.median(each.cpu_s for each in self.leaves)

    @property
    def unproven(self) -> int:
        """Leaves whose answer is not proven."""
        return sum(not each.proven for each in self.leaves)

    @property
    def median_process_s(self) -> float:
        """Median wall time of the whole processes."""
        return statistics.median([seconds for _, seconds in self.processes] or [0.0])

    @property
    def process_s(self) -> float:
        """Longest wall time of a whole process."""
        return max((seconds for _, seconds in self.processes), default=0.0)


def run_leave(
    paths: Sequence[Path], options: SolveOptions, tell: Tell, *, every_process: bool = False
) -> list[LeaveTimes]:
    """
    Plan each scenario and ask for every leave of a week that begins in its calendar and ends in it.

    Parameters
    ----------
    paths, options : Scenario files, and settings of the search.
    tell : Takes what is being done.
    every_process : Whether each leave is also timed as a process of its own, not only the slowest.

    Raises
    ------
    EngineError
        A scenario has no plan.
    """
    found = []
    for path in paths:
        problem = load(path)
        plan = plan_headcount(problem, SolveOptions(seed=options.seed)).plan
        if plan is None:
            raise EngineError(tr("resilience.no_plan", name=problem.name))
        leaves = []
        for absence in every_leave(plan.roster):
            tell(f"{problem.name} {absence.person} {absence.first}")
            leaves.append(_timed(problem, plan.roster, absence, options))
        chosen, runs = (leaves, 1) if every_process else (_slowest(leaves), REPEATS)
        absences = [each.absence for each in chosen]
        times = _processes(path, problem, plan.roster, absences, runs, tell)
        found.append(LeaveTimes(problem.name, tuple(leaves), times))
    return found


def every_leave(roster: Roster) -> Iterator[Absence]:
    """Yield a leave of a week for everybody and every date."""
    for person in roster.people:
        for first in range(roster.horizon.days - DAYS + 1):
            yield Absence(person.name, roster.horizon.on(first), roster.horizon.on(first + DAYS - 1))


def _timed(problem: Problem, roster: Roster, absence: Absence, options: SolveOptions) -> Timed:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = what_if(LeaveCase(problem, roster, (absence,)), options)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Timed(absence, answer.status, answer.changed, _proven(answer), wall, cpu)


def _proven(answer: WhatIf) -> bool:
    return answer.roster is not None and answer.bound == answer.changed


def _slowest(leaves: Sequence[Timed]) -> list[Timed]:
    """Return the slowest leaves of each kind."""
    ranked = sorted(leaves, key=lambda each: -each.cpu_s)
    coverable = [each for each in ranked if each.status is not Status.INFEASIBLE]
    refused = [each for each in ranked if each.status is Status.INFEASIBLE]
    return [*coverable[: PROCESSES // 2], *refused[: PROCESSES // 2]]


def _processes(
    path: Path, problem: Problem, roster: Roster, absences: Sequence[Absence], runs: int, tell: Tell
) -> tuple[tuple[Absence, float], ...]:
    """Time leaves as whole processes, each some runs, of which the best counts."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        published = Path(folder) / "roster.csv"
        write_roster(problem, roster, published)
        for one in absences:
            tell(f"{problem.name} {one.person} {one.first}")
            leave = f"{one.person}:{one.first}..{one.last}"
            command = ("what-if", str(path), str(published), "--leave", leave)
            found.append((one, min(run_roster(*command).wall_s for _ in range(runs))))
    return tuple(found)


def leave_line(cases: Sequence[LeaveTimes]) -> str:
    """Return the cases in one line."""
    return " ".join(f"{each.instance}={each.median_s:.2f}s/{each.process_s:.1f}s" for each in cases)


def leave_document(cases: Sequence[LeaveTimes]) -> Document:
    """Return all leaves and their summary."""
    return {
        "cases": [
            {
                "instance": f"{case.instance} {each.absence.person} {each.absence.first}",
                "status": each.status.value,
                "value": each.changed,
                "proven": each.proven,
                "wall_s": round(each.wall_s, 4),
                "cpu_s": round(each.cpu_s, 4),
            }
            for case in cases
            for each in case.leaves
        ],
        "summary": {
            case.instance: {
                "leaves": len(case.leaves),
                "unproven": case.unproven,
                "infeasible": sum(each.status is Status.INFEASIBLE for each in case.leaves),
                "median_cpu_s": round(case.median_s, 4),
                "worst_cpu_s": round(max(each.cpu_s for each in case.leaves), 4),
                "processes_wall_s": [round(seconds, 3) for _, seconds in case.processes],
                "median_process_wall_s": round(case.median_process_s, 3),
            }
            for case in cases
        },
        "wanted_s": {"median": MEDIAN_S, "process": PROCESS_S},
        **measured_on(),
    }


def leave_report(cases: Sequence[LeaveTimes]) -> Iterator[ConsoleRenderable]:
    """Draw the cases as a table."""
    heads = ("instance", "leaves", "unproven", "refused", "median", "worst", "process")
    made = table(*(tr(f"measure.leave_{head}") for head in heads), numbers=tuple(range(1, len(heads))))
    for case in cases:
        made.add_row(
            case.instance,
            str(len(case.leaves)),
            str(case.unproven),
            str(sum(each.status is Status.INFEASIBLE for each in case.leaves)),
            Text(f"{case.median_s:.2f}", GOOD if case.median_s <= MEDIAN_S else BAD),
            f"{max(each.cpu_s for each in case.leaves):.2f}",
            Text(f"{case.process_s:.2f}", GOOD if case.process_s <= PROCESS_S else BAD),
        )
    yield made
    yield Text()
    yield Text(
        tr(
            "measure.leave_note",
            median=f"{MEDIAN_S:g}",
            process=f"{PROCESS_S:g}",
            runs=max(len(case.processes) for case in cases),
        ),
        FAINT,
    )
    yield machine_line()
