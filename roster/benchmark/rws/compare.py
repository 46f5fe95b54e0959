"""The engine beside two straightforward models, on the same instances in one run."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import ConsoleRenderable

from roster.benchmark.rws.format import Instance
from roster.benchmark.rws.plain_models import ModelVerdict, automaton_model, boolean_model, solve_with
from roster.benchmark.rws.run import InstanceQuestions, solve
from roster.domain.outcome import SolveOptions, Status
from roster.errors import EngineError
from roster.language import tr
from roster.output.terminal.console import table

MODELS = {"boolean_model": boolean_model, "automaton_model": automaton_model}
DECIDED = (Status.OPTIMAL, Status.INFEASIBLE)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How one model did.

    `cpu_s` and `wall_s` are means over all instances, an undecided one counted with what it spent; the ratios are to
    the engine's means.
    """

    model: str
    cases: int
    decided: int
    cpu_s: float
    wall_s: float
    cpu_ratio: float
    wall_ratio: float


def compare(instances: Iterable[Instance], engine: SolveOptions, others: SolveOptions) -> list[Standing]:
    """
    Solve every instance with the engine and with both models, one after the other.

    Parameters
    ----------
    instances : Those that are solved.
    engine, others : Limits an instance; the models are given as many workers as suits them.

    Raises
    ------
    EngineError
        Two of them contradict each other.
    """
    verdicts: dict[str, list[ModelVerdict]] = {"engine_model": [], **{name: [] for name in MODELS}}
    for instance in instances:
        case = solve(instance, InstanceQuestions(), engine)
        row = {"engine_model": ModelVerdict(case.status, case.wall_s, case.cpu_s)}
        row |= {name: solve_with(build, instance, others) for name, build in MODELS.items()}
        if len({verdict.status for verdict in row.values() if verdict.status in DECIDED}) > 1:
            raise EngineError(f"{instance.name}: {row}")
        for name, verdict in row.items():
            verdicts[name].append(verdict)
    base = _standing("engine_model", verdicts["engine_model"], None)
    return [base, *(_standing(name, verdicts[name], base) for name in MODELS)]


def _standing(name: str, verdicts: Sequence[ModelVerdict], base: Standing | None) -> Standing:
    cpu = statistics.fmean(verdict.cpu_s for verdict in verdicts)
    wall = statistics.fmean(verdict.wall_s for verdict in verdicts)
    return Standing(
        name,
        len(verdicts),
        sum(verdict.status in DECIDED for verdict in verdicts),
        round(cpu, 4),
        round(wall, 4),
        round(cpu / base.cpu_s, 1) if base else 1.0,
        round(wall / base.wall_s, 1) if base else 1.0,
    )


def comparison(standings: Sequence[Standing]) -> ConsoleRenderable:
    """Return the table of a comparison."""
    made = table(
        *(tr(f"bench.{name}") for name in ("model", "decided", "cpu", "wall", "cpu_ratio", "wall_ratio")),
        numbers=(1, 2, 3, 4, 5),
    )
    for standing in standings:
        made.add_row(
            tr(f"bench.{standing.model}"),
            f"{standing.decided}/{standing.cases}",
            f"{standing.cpu_s:.3f}",
            f"{standing.wall_s:.3f}",
            f"{standing.cpu_ratio:g}",
            f"{standing.wall_ratio:g}",
        )
    return made
