"""`roster bench sweep`: generated hospitals planned with one process and with several."""

from __future__ import annotations

import click

from roster.cli.options import print_options, show_measured


@click.command()
@click.option(
    "--hospitals",
    type=click.IntRange(8, 100_000),
    default=40,
    show_default=True,
    help="How many are made up.",
)
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Processes.")
@print_options
def sweep(hospitals: int, workers: int, as_json: bool, quiet: bool) -> None:
    """
    Time a sweep of made-up hospitals with one process and with several.

    Says whether both gave the same answers, and how many were asked again after a stop in the middle.
    """
    from roster.benchmark.sweep import run_sweep, sweep_bench_document, sweep_line, sweep_report
    from roster.cli.progress import live_line
    from roster.domain.outcome import Progress

    with live_line(quiet=quiet or as_json) as show:

        def tell(stage: str) -> None:
            if show is not None:
                show(Progress(stage, None, None, 0.0))

        cases = run_sweep(hospitals, workers, tell)
    show_measured(
        sweep_bench_document(cases), sweep_line(cases), sweep_report(cases), as_json=as_json, quiet=quiet
    )
