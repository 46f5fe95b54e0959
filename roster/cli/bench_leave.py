"""`roster bench leave`: every one-week leave of planned scenarios, timed."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, show_measured


@click.command()
@click.argument("paths", metavar="[SCENARIO]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--every-process", is_flag=True, help="Time each leave as a whole process, not only the slowest."
)
@print_options
@click.pass_context
def leave(
    ctx: click.Context, /, paths: tuple[Path, ...], every_process: bool, as_json: bool, quiet: bool
) -> None:
    """
    Time every leave of a week of each person, in one process, and the slowest as whole processes.

    Without SCENARIO, in a checkout: the tertiary hospital. Each is planned first, which is not counted.
    """
    from roster.benchmark.leave import SCENARIOS, leave_document, leave_line, leave_report, run_leave
    from roster.benchmark.tiers import scenarios_of
    from roster.cli.progress import measuring
    from roster.domain.outcome import SolveOptions

    with measuring(quiet=quiet or as_json) as tell:
        cases = run_leave(paths or scenarios_of(SCENARIOS), SolveOptions(), tell, every_process=every_process)
    show_measured(leave_document(cases), leave_line(cases), leave_report(cases), as_json=as_json, quiet=quiet)
    if any(case.unproven for case in cases):
        ctx.exit(NO_ANSWER)
