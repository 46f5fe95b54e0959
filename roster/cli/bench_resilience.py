"""`roster bench resilience`: every single absence of planned scenarios, timed."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, seconds_option, show_measured


@click.command()
@click.argument("paths", metavar="[SCENARIO]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 256), help="Processes.  [default: one a core]")
@click.option(
    "--weeks",
    metavar="LIST",
    help="Calendars of so many weeks instead, such as 4,13,26,52: absences of 1 and 7 days alone.",
)
@seconds_option(1800.0, "Seconds for each scenario.")
@print_options
@click.pass_context
def resilience(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    workers: int | None,
    weeks: str | None,
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
        run_years,
    )
    from roster.benchmark.tiers import scenarios_of
    from roster.cli.progress import measuring
    from roster.domain.outcome import SolveOptions
    from roster.scenario import load

    lengths = _weeks(weeks)
    problems = [load(path) for path in paths or scenarios_of(SCENARIOS)]
    options = SolveOptions(time_limit_s=time_limit, workers=1)
    with measuring(quiet=quiet or as_json) as tell:
        if lengths:
            cases = [
                case for problem in problems for case in run_years(problem, lengths, options, tell, workers)
            ]
        else:
            cases = run_resilience(problems, options, tell, workers)
    show_measured(
        resilience_bench_document(cases),
        resilience_line(cases),
        resilience_report(cases),
        as_json=as_json,
        quiet=quiet,
    )
    if any(case.undecided for case in cases):
        ctx.exit(NO_ANSWER)


def _weeks(text: str | None) -> list[int]:
    """Return the lengths of calendars that are asked for; none where not given."""
    parts = [part.strip() for part in text.split(",")] if text is not None else []
    if not all(part.isascii() and part.isdecimal() and 0 < int(part) <= 104 for part in parts):
        raise click.BadParameter(
            f"'{text}' is no list of weeks from 1 to 104, such as 4,52.", param_hint="--weeks"
        )
    return [int(part) for part in parts]
