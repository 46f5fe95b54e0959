"""`roster bench resilience`: every single absence of planned scenarios, timed."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, show_answer


@click.command()
@click.argument("paths", metavar="[SCENARIO]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 256), help="Processes.  [default: one a core]")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=1800.0,
    show_default=True,
    help="Seconds for each scenario.",
)
@print_options
@click.pass_context
def resilience(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    workers: int | None,
    time_limit: float,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Time every absence of 1, 7 and 14 days of each person, and the cross-training that follows.

    Without SCENARIO, in a checkout: the tertiary hospital. Each is planned first, which is not counted.
    """
    from roster.benchmark.resilience import (
        SCENARIOS,
        resilience_bench_document,
        resilience_line,
        resilience_report,
        run_resilience,
    )
    from roster.benchmark.tiers import scenarios_of
    from roster.cli.progress import measuring
    from roster.domain.outcome import SolveOptions
    from roster.scenario import load

    problems = [load(path) for path in paths or scenarios_of(SCENARIOS)]
    options = SolveOptions(time_limit_s=time_limit, workers=1)
    with measuring(quiet=quiet or as_json) as tell:
        cases = run_resilience(problems, options, tell, workers)
    show_answer(
        resilience_bench_document(cases),
        resilience_line(cases),
        lambda console: console.show(resilience_report(cases)),
        as_json=as_json,
        quiet=quiet,
    )
    if any(case.undecided for case in cases):
        ctx.exit(NO_ANSWER)
