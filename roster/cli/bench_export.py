"""`roster bench export`: a large roster on its way out and back in, measured."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli.options import print_options, show_measured


@click.command("export")
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option("--people", type=click.IntRange(min=1), default=200, show_default=True, help="About so many.")
@click.option("--weeks", type=click.IntRange(1, 104), default=52, show_default=True, help="So many weeks.")
@print_options
def exports(scenario: Path | None, people: int, weeks: int, as_json: bool, quiet: bool) -> None:
    """
    Time a large roster on its way out in every format, and back in.

    The rotations of SCENARIO, in a checkout the 24x7 desk, multiplied and laid over so many weeks.
    """
    from roster.benchmark.exports import (
        exports_document,
        exports_line,
        exports_report,
        multiplied,
        run_exports,
    )
    from roster.benchmark.tiers import scenarios_of
    from roster.cli.progress import measuring
    from roster.domain.outcome import SolveOptions
    from roster.questions.plan import plan_headcount
    from roster.scenario import load

    problem = load(scenario or scenarios_of(("desk_24x7",))[0])
    found = plan_headcount(problem, SolveOptions(), None)
    if found.plan is None:
        raise click.ClickException("This scenario has no plan to multiply.")
    large, roster = multiplied(problem, found.plan, people, weeks)
    with measuring(quiet=quiet or as_json) as tell:
        steps = run_exports(large, roster, tell)
    show_measured(
        exports_document(steps, roster),
        exports_line(steps, roster),
        exports_report(steps, roster),
        as_json=as_json,
        quiet=quiet,
    )
