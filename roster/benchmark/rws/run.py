"""Published instances solved one after the other, each answer checked, timed and told with its proof."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from roster.benchmark.rws.check import free_weekends
from roster.benchmark.rws.explain import Ways, ways_out
from roster.benchmark.rws.format import Instance, read
from roster.benchmark.rws.solve import answer_for, checked, fewest_employees, question
from roster.domain.outcome import Proof, SolveOptions, Status
from roster.engine.exact_demand import Rota, most_free_weekends
from roster.errors import EngineError, FileFault
from roster.language import tr
from roster.whole_files import write_text


@dataclass(frozen=True, slots=True)
class InstanceQuestions:
    """What is asked of each instance: `fewest` employees, most free `weekends`, ways out where there is no answer."""

    fewest: bool = False
    weekends: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True)
class InstanceCase:
    """
    One instance and its answer.

    Parameters
    ----------
    employees : The instance's own number.
    value, bound : Employees of the rota found, None without one; and the least number not excluded, where that was
        asked.
    wall_s, cpu_s : From opening the file to the checked rota, without `ways`.
    search_s : CPU of the search alone, without writing out and checking a line for each employee.
    weekends : The answer to the question of most free weekends, where that was asked: number, bound and proof.
    rows : The rota, checked: a row of seven names a week.
    """

    instance: str
    employees: int
    status: Status
    value: int | None
    bound: int | None
    proof: Proof
    wall_s: float
    cpu_s: float
    search_s: float = 0.0
    weekends: Rota | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    ways: Ways | None = None

    @property
    def decided(self) -> bool:
        """Whether the question asked was answered with proof."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Times:
    """Mean, median, 99th percentile and worst of some seconds."""

    mean: float
    median: float
    p99: float
    worst: float


@dataclass(frozen=True, slots=True)
class Summary:
    """All cases together."""

    cases: int
    found: int
    infeasible: int
    undecided: int
    cpu: Times
    wall: Times


def files_of(paths: Iterable[Path]) -> list[Path]:
    """
    Return the instance files that paths name: files as they are, folders as their `*.txt` in natural order.

    Raises FileFault where a path leads nowhere or a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(path.glob("*.txt"), key=_natural)
        if not inside:
            raise FileFault(tr("bench.empty_folder", folder=path))
        found += inside
    return found


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", path.name)]


def run_rws(
    sources: Iterable[Path | Instance],
    wanted: InstanceQuestions,
    options: SolveOptions,
    *,
    out: Path | None = None,
    progress: Callable[[InstanceCase], None] | None = None,
) -> list[InstanceCase]:
    """
    Answer every instance, given as a file or at hand.

    Parameters
    ----------
    sources, wanted : Instances or their files, and what is asked of each.
    options : Limits of each instance, not of all together.
    out : Folder for the rotas, a file an instance in the published layout.
    progress : Takes each answer.

    Raises
    ------
    FileFault, Faults
        A file cannot be read or written, or says what cannot hold.
    EngineError
        A rota broke the published rules.
    """
    cases = []
    for source in sources:
        case = solve(source, wanted, options)
        if out is not None and case.rows:
            write_text(out / f"{case.instance}.txt", layout(case.rows))
        if progress is not None:
            progress(case)
        cases.append(case)
    return cases


def layout(rows: Sequence[Sequence[str]]) -> str:
    """
    Return a rota in the published layout: a row a week, a letter a day.

    >>> print(layout([["D", "D", "N", "N", "-", "-", "-"]]), end="")
    DDNN---
    """
    between = " " if any(len(day) > 1 for row in rows for day in row) else ""
    return "".join(f"{between.join(row)}\n" for row in rows)


def solve(source: Path | Instance, wanted: InstanceQuestions, options: SolveOptions) -> InstanceCase:
    """
    Answer one instance.

    Parameters
    ----------
    source, wanted : The instance or its file, and what is asked.
    options : Time limit, workers and seed.

    Raises
    ------
    EngineError
        The rota breaks a published rule.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    instance = source if isinstance(source, Instance) else read(source)
    answer = fewest_employees(instance, options) if wanted.fewest else answer_for(instance, options)
    rows = checked(instance, answer.word) if answer.word else []
    weekends = _weekends(instance, answer, options) if wanted.weekends and rows else None
    if weekends is not None and weekends.word:
        rows = checked(instance, weekends.word)
        if weekends.free_weekends != free_weekends(rows):
            raise EngineError(f"{instance.name}: free weekends miscounted")
    spent = time.perf_counter() - wall, time.process_time() - cpu
    status = answer.status if weekends is None else _both(answer.status, weekends.status)
    explained = wanted.explain and status is Status.INFEASIBLE
    return InstanceCase(
        instance.name,
        instance.employees,
        status,
        answer.people,
        answer.bound if wanted.fewest else None,
        answer.proof,
        *spent,
        search_s=answer.search_s + (weekends.search_s if weekends else 0.0),
        weekends=weekends,
        rows=tuple(map(tuple, rows)),
        ways=ways_out(instance, options) if explained else None,
    )


def _weekends(instance: Instance, answer: Rota, options: SolveOptions) -> Rota:
    """Return the rota for the same number of employees with the most free weekends; the same one if none is found."""
    best = most_free_weekends(question(instance), answer.people or 0, options)
    if best.word:
        return best
    return replace(best, free_weekends=answer.free_weekends, status=Status.FEASIBLE)


def _both(first: Status, second: Status) -> Status:
    """Return how far two questions in a row were answered: the weaker of the two."""
    return first if second is Status.OPTIMAL else second if second is not Status.UNKNOWN else Status.FEASIBLE


def summarise(cases: Sequence[InstanceCase]) -> Summary:
    """Return the figures of all cases together."""
    return Summary(
        cases=len(cases),
        found=sum(bool(case.rows) for case in cases),
        infeasible=sum(case.status is Status.INFEASIBLE for case in cases),
        undecided=sum(not case.decided for case in cases),
        cpu=times([case.cpu_s for case in cases]),
        wall=times([case.wall_s for case in cases]),
    )


def times(seconds: Sequence[float]) -> Times:
    """
    Return the figures of some seconds; the 99th percentile is one of them, the nearest rank.

    >>> times([0.1] * 99 + [2.0])
    Times(mean=0.119, median=0.1, p99=0.1, worst=2.0)
    """
    if not seconds:
        return Times(0.0, 0.0, 0.0, 0.0)
    ranked = sorted(seconds)
    rank = -(-99 * len(ranked) // 100) - 1
    return Times(
        round(statistics.mean(ranked), 6), round(statistics.median(ranked), 6), ranked[rank], ranked[-1]
    )
