"""`roster resilience`: every single absence (and pairs) tried on a published roster."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from roster.api.reading import Reading
from roster.cli import LAWFUL_NO, NO_ANSWER
from roster.cli.options import (
    executor_options,
    out_option,
    present,
    print_options,
    reading_options,
    scenario_argument,
    seconds_option,
    seed_option,
    until,
)
from roster.language import tr


@click.command()
@scenario_argument
@click.argument("roster_csv", metavar="ROSTER", type=click.Path(path_type=Path))
@click.option("--days", "lengths", metavar="N,...", help="Days away.  [default: 1,7,14]")
@click.option(
    "--absences",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="People away at once; two of them over the same dates.",
)
@click.option("--restart", is_flag=True, help="Drop the answers that an interrupted run kept in --out.")
@out_option
@seed_option
@executor_options
@seconds_option(1800.0, "Seconds for the whole question.")
@reading_options
@print_options
@click.pass_context
def resilience(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_csv: Path,
    lengths: str | None,
    absences: int,
    restart: bool,
    out: Path | None,
    seed: int,
    executor: str,
    workers: int | None,
    time_limit: float,
    reading: Reading,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Which absences does ROSTER survive? Everybody, from every date, for each of the lengths.

    Says who is missed when, the days that can spare one more person, and which skill taught to whom removes most
    breaks. With --out, keeps answers as they come, so that the same command goes on where an interrupted one
    stopped, and writes cases.csv, map.csv, days.csv, report.html and resilience.json. Exit code 1 when some absence
    breaks it.
    """
    from roster.questions import resilience as question
    from roster.scenario import load

    problem = load(scenario, chosen=True)
    found = reading.read(problem, roster_csv)
    problem, published = problem.with_leave(found.leave), found.roster
    asked = question.parse_lengths(problem, published, lengths, absences, seed)
    from roster.api.resilience import Resilience
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import stage_bars
    from roster.domain.outcome import SolveOptions
    from roster.output.folders.resilience import STATE
    from roster.questions.executors import elsewhere

    state = question.State(asked, None if out is None else out / STATE, restart=restart)
    processes = workers or os.cpu_count() or 1
    options = SolveOptions(time_limit, processes, seed, until(time_limit))
    with stage_bars(quiet=quiet or as_json) as bars, elsewhere(executor) as cluster:
        run = question.ResilienceRun(state, cluster, processes, bars and partial(_tell, bars))
        answer = question.resilience(asked, options, run)
    said = Resilience(Basis(problem, scenario), answer, options)
    kept = said.keep(out)
    if out is not None and answer.complete:
        state.done()
    present(said, kept, as_json=as_json, quiet=quiet)
    ctx.exit({True: 0, False: LAWFUL_NO, None: NO_ANSWER}[answer.survives])


def _tell(bars: Callable[[str, int, int], None], stage: str, done: int, total: int) -> None:
    if total:
        bars(tr(f"resilience.stage_{stage}"), done, total)
