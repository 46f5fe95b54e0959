"""Resilience timed: every single absence of planned scenarios, and what cross-training takes on top."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers_report import machine_line, measured_on
from roster.domain.outcome import SolveOptions
from roster.domain.problem import Problem
from roster.errors import EngineError
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, FAINT, GOOD, table
from roster.questions.plan import plan_headcount
from roster.questions.resilience import Basis, ResilienceRequest, ResilienceRun, resilience
from roster.scenario.build.clock_changes import with_changes

SCENARIOS = ("city_tertiary",)
LENGTHS = (1, 7, 14)

WANTED_S = 120.0
"""Wall time that 15 people over 28 days, three lengths (975 cases), are meant to take at most on two cores."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ResilienceCase:
    """
    One scenario: how many cases, how they came out, and the time of the absences and of cross-training.

    `asked` are the cases that were searched for themselves; the others are like one of them, or change nothing.
    """

    instance: str
    people: int
    days: int
    cases: int
    broken: int
    undecided: int
    absences_s: float
    training_s: float
    cpu_s: float
    asked: int

    @property
    def case_s(self) -> float:
        """Wall time of one case."""
        return self.absences_s / max(1, self.cases)


def run_resilience(
    problems: Sequence[Problem], options: SolveOptions, tell: Tell, processes: int | None = None
) -> list[ResilienceCase]:
    """
    Plan each scenario and try every absence of one person on its calendar.

    Parameters
    ----------
    problems, options : The scenarios, and settings of the search.
    tell : Takes what is being done.
    processes : How many; as many as there are processors where not given.

    Raises
    ------
    EngineError
        A scenario has no plan.
    """
    found = []
    for problem in problems:
        tell(problem.name)
        plan = plan_headcount(problem, SolveOptions(seed=options.seed)).plan
        if plan is None:
            raise EngineError(tr("resilience.no_plan", name=problem.name))
        found.append(
            _timed(
                problem, ResilienceRequest(problem, plan.roster, LENGTHS, 1, options.seed), options, processes
            )
        )
    return found


def run_years(
    problem: Problem, weeks: Sequence[int], options: SolveOptions, tell: Tell, processes: int | None = None
) -> list[ResilienceCase]:
    """
    Plan a scenario for calendars of so many weeks and try every absence of 1 and 7 days, without cross-training.

    Parameters
    ----------
    problem, weeks : The scenario, and the lengths of the calendars.
    options, tell, processes : As of `run_resilience`.

    Raises
    ------
    EngineError
        The scenario has no plan.
    """
    found = []
    for length in weeks:
        tell(f"{problem.name} {length}")
        longer = replace(problem.dates, weeks=length, extra=0)
        zones = (site.time_zone for site in problem.sites)
        year = replace(problem, dates=with_changes(longer, zones, problem.shifts)[0])
        plan = plan_headcount(year, SolveOptions(seed=options.seed)).plan
        if plan is None:
            raise EngineError(tr("resilience.no_plan", name=problem.name))
        asked = ResilienceRequest(year, plan.roster, (1, 7), 1, options.seed)
        found.append(_timed(year, asked, options, processes, train=False))
    return found


def _timed(
    problem: Problem,
    asked: ResilienceRequest,
    options: SolveOptions,
    processes: int | None,
    *,
    train: bool = True,
) -> ResilienceCase:
    reached: dict[str, float] = {}
    began, spent = time.monotonic(), _cpu()

    def tell(stage: str, _done: int, _total: int) -> None:
        reached.setdefault(stage, time.monotonic())

    run = ResilienceRun(processes=processes, tell=tell, train=train)
    answer = resilience(asked, options, run)
    ended = time.monotonic()
    taught = reached.get("training", ended)
    horizon = asked.published.horizon
    return ResilienceCase(
        problem.name,
        len(asked.published.people),
        horizon.days,
        len(answer.cases),
        len(answer.broken),
        len(answer.undecided),
        taught - began,
        ended - taught,
        _cpu() - spent,
        sum(one.basis is not Basis.ALIKE and one.side != 0 for one in answer.singles),
    )


def _cpu() -> float:
    """Return CPU seconds of this process and of those that have ended; the latter are unknown on Windows."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def resilience_line(cases: Sequence[ResilienceCase]) -> str:
    """Return the cases in one line."""
    return " ".join(f"{case.instance}={case.cases}/{case.absences_s:.1f}s" for case in cases)


def resilience_bench_document(cases: Sequence[ResilienceCase]) -> Document:
    """Return all cases and their summary."""
    return {
        "cases": [
            {
                "instance": case.instance,
                "people": case.people,
                "days": case.days,
                "absences": case.cases,
                "asked": case.asked,
                "broken": case.broken,
                "undecided": case.undecided,
                "wall_s": round(case.absences_s, 3),
                "training_wall_s": round(case.training_s, 3),
                "cpu_s": round(case.cpu_s, 3),
            }
            for case in cases
        ],
        "summary": {"worst_case_s": round(max(case.case_s for case in cases), 4), "wanted_s": WANTED_S},
        **measured_on(),
    }


def resilience_report(cases: Sequence[ResilienceCase]) -> Iterator[ConsoleRenderable]:
    """Draw the cases as a table."""
    heads = (
        "scenario",
        "people",
        "days",
        "cases",
        "asked",
        "broken",
        "open",
        "wall",
        "per_case",
        "training",
        "cpu",
    )
    made = table(*(tr(f"resilience.bench_{head}") for head in heads), numbers=tuple(range(1, len(heads))))
    for case in cases:
        quick = case.case_s * 975 <= WANTED_S
        made.add_row(
            case.instance,
            *map(str, (case.people, case.days, case.cases, case.asked, case.broken, case.undecided)),
            Text(f"{case.absences_s:.1f}", GOOD if quick else BAD),
            f"{case.case_s:.3f}",
            f"{case.training_s:.1f}",
            f"{case.cpu_s:.1f}",
        )
    yield made
    yield Text()
    yield Text(tr("resilience.bench_wanted", seconds=f"{WANTED_S:g}"), FAINT)
    yield machine_line()
