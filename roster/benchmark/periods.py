"""
The classical rotas as scenarios: one seat around the clock, and the rules that the rota keeps, its period not told.

Whoever walks a classical rota is one of the crews that hold the seat, so as many people as it has crews are enough. The
question is whether the program finds as few, whatever the period: eight-day rotas do not repeat each week.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from rich.console import ConsoleRenderable
from rich.text import Text

from roster.benchmark.tiers_report import machine_line, measured_on
from roster.checker import check_rotation
from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import DAY, WEEK, Control, DateRange, Employer, Post, Problem, Shift, StaffType
from roster.domain.rules import (
    AverageHours,
    MaxNights,
    MinRest,
    NoOverlap,
    OffBlock,
    Rule,
    ShiftRun,
    Succession,
    WorkBlock,
)
from roster.engine.rotation import Fewest, SearchRun, fewest, rotations
from roster.engine.solvers.search import Search
from roster.errors import EngineError
from roster.language import tr
from roster.output.documents.document import Document
from roster.output.terminal.console import BAD, GOOD, table
from roster.questions.rotas import MORNING, Classic, classics

OFF = "."


@dataclass(frozen=True, slots=True)
class PeriodCase:
    """
    One classical rota asked for again, without its period.

    `crews` are those of the rota; `weeks` is after how many weeks the team of the rota found repeats, None without one.
    """

    instance: str
    crews: int
    status: str
    value: int | None
    bound: int | None
    weeks: int | None
    wall_s: float
    cpu_s: float

    @property
    def proven(self) -> bool:
        """Whether the fewest people were proven, no more than the rota has crews."""
        return self.status == Status.OPTIMAL.value and self.value is not None and self.value <= self.crews


def scenario_of(classic: Classic) -> Problem:
    """Return one seat around the clock with the rules that a classical rota keeps; hours are gross."""
    net = -(-WEEK // classic.crews)
    crew = StaffType(
        "crew",
        frozenset({"seat"}),
        "employer",
        net,
        net,
        shifts=tuple(shift.name for shift in classic.shifts),
        rules=tuple(rules_of(classic)),
        minimum=0,
        maximum=10 * classic.crews,
    )
    return Problem(
        classic.key,
        DateRange(date(2027, 1, 4), 4),
        classic.shifts,
        (Post("seat", ("seat",), MORNING, DAY),),
        (crew,),
        employers=(Employer("employer", "any"),),
        control=Control(0),
    )


def rules_of(classic: Classic) -> Iterator[Rule]:
    """Yield the limits that a rota keeps with nothing to spare: hours, rest, runs of every kind, successions."""
    shifts = {shift.letter: shift for shift in classic.shifts}
    yield NoOverlap()
    yield AverageHours()
    if rests := list(_rests(classic, shifts)):
        yield MinRest(minutes=max(0, min(rests)))
    if work := list(_runs(classic, lambda letter: letter != OFF)):
        yield WorkBlock(shortest=min(work), longest=max(work))
    if off := list(_runs(classic, lambda letter: letter == OFF)):
        yield OffBlock(shortest=min(off), longest=max(off))
    if nights := list(_runs(classic, lambda letter: letter != OFF and shifts[letter].night)):
        yield MaxNights(nights=max(nights))
    done = {pair for pattern in classic.patterns for pair in pairwise(pattern + pattern[0])}
    for letter in shifts:
        if runs := list(_runs(classic, letter.__eq__)):
            yield ShiftRun(shift=letter, shortest=min(runs), longest=max(runs))
        for other in shifts:
            if letter != other and (letter, other) not in done:
                yield Succession(first=letter, second=other)


def _runs(classic: Classic, test: Callable[[str], bool]) -> Iterator[int]:
    """Yield the lengths of the runs of days that pass a test, gone round; one without end has no length."""
    for pattern in classic.patterns:
        passes = [test(letter) for letter in pattern]
        if not all(passes) and any(passes):
            first = passes.index(False)
            turned = passes[first:] + passes[:first]
            yield from (len(list(run)) for passing, run in groupby(turned) if passing)


def _rests(classic: Classic, shifts: dict[str, Shift]) -> Iterator[int]:
    """Yield the minutes from the end of each duty to the start of the next."""
    for pattern in classic.patterns:
        worked = [(day * DAY, shifts[letter]) for day, letter in enumerate(pattern * 2) if letter != OFF]
        for (day, before), (later, after) in pairwise(worked):
            yield later + after.start - day - before.end


def run_periods(options: SolveOptions, tell: Callable[[str], None]) -> list[PeriodCase]:
    """
    Find the fewest people for every classical rota's scenario.

    Raises
    ------
    EngineError
        A rota found breaks the independent check: a defect of the program.
    """
    cases = []
    for classic in classics():
        tell(classic.key)
        problem = scenario_of(classic)
        began, spent = time.monotonic(), time.process_time()
        run = SearchRun(began, Search(options, began + options.time_limit_s), lambda _: None)
        found = fewest(problem, run)
        wall, cpu = time.monotonic() - began, time.process_time() - spent
        _must_pass(problem, found)
        cases.append(
            PeriodCase(
                classic.key,
                classic.crews,
                found.status.value,
                found.value,
                found.bound,
                found.weeks,
                round(wall, 3),
                round(cpu, 3),
            )
        )
    return cases


def _must_pass(problem: Problem, found: Fewest) -> None:
    rota = rotations(found.model, found.values) if found.model is not None else []
    if rota and (violations := check_rotation(problem, rota)):
        raise EngineError("; ".join(violation.sentence for violation in violations[:5]))


def periods_document(cases: list[PeriodCase], options: SolveOptions) -> Document:
    """Return all cases and their summary."""
    summary: dict[str, Any] = {
        "cases": len(cases),
        "proven": sum(case.proven for case in cases),
        "slowest_s": max(case.wall_s for case in cases),
    }
    return {
        "cases": [asdict(case) for case in cases],
        "summary": summary,
        "time_limit": options.time_limit_s,
        "workers": options.workers,
        "seed": options.seed,
        **measured_on(),
    }


def periods_line(cases: list[PeriodCase]) -> str:
    """Return what came of it in one line."""
    slowest = max(case.wall_s for case in cases)
    proven = sum(case.proven for case in cases)
    return tr("measure.periods_line", proven=proven, cases=len(cases), slowest=f"{slowest:.1f}")


def periods_report(cases: list[PeriodCase]) -> Iterator[ConsoleRenderable]:
    """Return one table of all cases."""
    names = ("rota", "crews", "people", "bound", "weeks", "seconds")
    made = table(*(tr(f"measure.periods_{name}") for name in names), numbers=(1, 2, 3, 4, 5))
    for case in cases:
        figures = (case.crews, case.value, case.bound, case.weeks)
        texts = ("-" if figure is None else str(figure) for figure in figures)
        made.add_row(Text(case.instance, GOOD if case.proven else BAD), *texts, f"{case.wall_s:.2f}")
    yield made
    yield Text(periods_line(cases))
    yield machine_line()
