"""`roster bench periods`: the classical rotas asked for again, without their periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, search_options, show_measured

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions


@click.command()
@search_options
@print_options
@click.pass_context
def periods(ctx: click.Context, /, options: SolveOptions, as_json: bool, quiet: bool) -> None:
    """
    Find the fewest people for each classical rota's seat and rules, the rota's period not told.

    The time limit is for each.
    """
    from roster.benchmark.periods import periods_document, periods_line, periods_report, run_periods
    from roster.cli.progress import measuring

    with measuring(quiet=quiet or as_json) as tell:
        cases = run_periods(options, tell)
    show_measured(
        periods_document(cases, options),
        periods_line(cases),
        periods_report(cases),
        as_json=as_json,
        quiet=quiet,
    )
    if not all(case.proven for case in cases):
        ctx.exit(NO_ANSWER)
