"""
The headcount question with the demand multiplied: the time must not grow with the number of people.

Scenarios are multiplied here; a published instance, whose number of employees grows with its demand, in `rws_scale`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from roster.benchmark.rws.format import Instance
from roster.benchmark.rws.run import InstanceCase, InstanceQuestions, solve
from roster.benchmark.rws.scale import FACTORS, run_scale
from roster.benchmark.tiers import Tell, silent
from roster.checker import check_rotation
from roster.domain.outcome import SolveOptions, Status
from roster.domain.problem import Goal, Problem
from roster.engine.rotation import Fewest, SearchRun, fewest, rotations, seats_taken, split
from roster.engine.solvers.search import Search
from roster.errors import EngineError

SCENARIOS = ("desk_24x7", "city_tertiary")

MOST_RATIO = 1.5
"""What demand times 100 is meant to cost at most, in times of demand times 1."""

_WORST = (Status.UNKNOWN, Status.INFEASIBLE, Status.FEASIBLE, Status.OPTIMAL)


@dataclass(frozen=True, slots=True)
class ScaleCase:
    """
    One instance at one factor.

    `value` and `bound` count people; `wall_s` is the best of several runs, `median_s` their median, `search_s` the CPU
    time of the search alone, without a line for each person; `ratio` the time against that of the first factor: of a
    scenario the wall time, of a published instance the search alone.
    """

    instance: str
    factor: int
    status: Status
    value: int | None
    bound: int | None
    wall_s: float
    median_s: float
    cpu_s: float
    search_s: float
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Solved:
    """One answer and what it took, from the problem to the lines of every rotation."""

    status: Status
    value: int | None
    bound: int | None
    wall_s: float
    cpu_s: float
    search_s: float


def scaled(problem: Problem, factor: int) -> Problem:
    """
    Return the problem with every post so many times as large, and as many times the people and seats to hold it.

    Where cost is made least, people are counted instead: the cost of so many is that of one, so many times.
    """
    return replace(
        problem,
        goal=Goal.IN_HOUSE if problem.goal is Goal.COST else problem.goal,
        posts=tuple(replace(post, people=factor * post.people) for post in problem.posts),
        types=tuple(
            replace(staff, minimum=factor * staff.minimum, maximum=factor * staff.maximum)
            for staff in problem.types
        ),
        seats=tuple(replace(seat, maximum=factor * seat.maximum) for seat in problem.seats),
    )


def is_scenario(path: Path) -> bool:
    """Whether a file is a scenario, by its name; published instances are plain text."""
    return path.suffix.lower() in (".yaml", ".yml")


def scale_problem(
    problem: Problem, options: SolveOptions, repeats: int, tell: Tell = silent
) -> list[ScaleCase]:
    """
    Answer the headcount question of a problem at each factor, several times, after a first time to warm up.

    Parameters
    ----------
    problem, options : The scenario, and settings of the search.
    repeats : How often each factor is answered.
    tell : Takes what is being done.
    """
    answer(problem, options)
    cases = []
    for factor in FACTORS:
        tell(f"{problem.name} x{factor}")
        larger = scaled(problem, factor)
        cases.append(_case(problem.name, factor, [answer(larger, options) for _ in range(repeats)]))
    return compared(cases)


def answer(problem: Problem, options: SolveOptions) -> Solved:
    """
    Find the fewest people and the lines of their rotations; the time of checking them is not counted.

    Raises
    ------
    EngineError
        The rotations break the independent check.
    """
    began, cpu = time.monotonic(), time.process_time()
    run = SearchRun(began, Search(options, began + options.time_limit_s), lambda _: None)
    found = [fewest(part, run) for part in split(problem)]
    search = time.process_time() - cpu
    solved = [(part.model, part.values) for part in found if part.model is not None]
    lines = [rotation for model, values in solved for rotation in rotations(model, values)]
    wall, cpu = time.monotonic() - began, time.process_time() - cpu
    if len(solved) == len(found):
        seats = [use for model, values in solved for use in seats_taken(model, values)]
        if violations := check_rotation(problem, lines, seats):
            raise EngineError("; ".join(violation.sentence for violation in violations[:5]))
    status = min((part.status for part in found), key=_WORST.index, default=Status.OPTIMAL)
    return Solved(status, _sum(found, "value"), _sum(found, "bound"), wall, cpu, search)


def _sum(found: Sequence[Fewest], name: str) -> int | None:
    numbers: list[int | None] = [getattr(part, name) for part in found]
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _case(name: str, factor: int, runs: Sequence[Solved]) -> ScaleCase:
    """Return the runs as one case; if they differ, the least certain answer counts."""
    shown = min(runs, key=lambda run: _WORST.index(run.status))
    return ScaleCase(
        name,
        factor,
        shown.status,
        shown.value,
        shown.bound,
        min(run.wall_s for run in runs),
        statistics.median(run.wall_s for run in runs),
        min(run.cpu_s for run in runs),
        min(run.search_s for run in runs),
    )


def scale_instance(
    instance: Instance, options: SolveOptions, repeats: int, tell: Tell = silent, *, fewest: bool = False
) -> list[ScaleCase]:
    """
    Answer a published instance at each factor, several times.

    Its wall time includes checking a line for each employee; what must stay flat is the search.

    Parameters
    ----------
    instance, options : The instance, and settings of the search.
    repeats : How often each factor is answered.
    tell : Takes what is being done.
    fewest : Whether the fewest people are asked for, or a rota of the instance's number.
    """
    tell(instance.name)
    solve(instance, InstanceQuestions(fewest=fewest), options)
    runs = [run_scale(instance, InstanceQuestions(fewest=fewest), options, FACTORS) for _ in range(repeats)]
    return compared(
        [
            _case(instance.name, factor, [_solved(case) for case in answers])
            for factor, answers in zip(FACTORS, zip(*runs, strict=True), strict=True)
        ],
        "search_s",
    )


def _solved(case: InstanceCase) -> Solved:
    return Solved(case.status, case.value, case.bound, case.wall_s, case.cpu_s, case.search_s)


def compared(cases: Sequence[ScaleCase], seconds: str = "wall_s") -> list[ScaleCase]:
    """Return the cases of one instance with their seconds, of whichever kind, against the first one's."""
    first = getattr(cases[0], seconds)
    return [replace(case, ratio=getattr(case, seconds) / first) for case in cases]
