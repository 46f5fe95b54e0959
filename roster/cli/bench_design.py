"""`roster bench design`: shifts chosen for demand whose optimum is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, search_options, show_measured

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions


@click.command()
@click.option(
    "--cases", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many demands are drawn."
)
@search_options
@print_options
@click.pass_context
def design(ctx: click.Context, /, cases: int, options: SolveOptions, as_json: bool, quiet: bool) -> None:
    """
    Choose the kinds of shift for demand made of four hidden ones, so that the optimum is known.

    The time limit is for each; the seed is that of the first.
    """
    from roster.benchmark.design import design_document, design_line, design_report, run_design
    from roster.cli.progress import measuring

    with measuring(quiet=quiet or as_json) as tell:
        found = run_design(options, cases, tell)
    show_measured(
        design_document(found, options),
        design_line(found),
        design_report(found),
        as_json=as_json,
        quiet=quiet,
    )
    if not all(case.proven for case in found):
        ctx.exit(NO_ANSWER)
