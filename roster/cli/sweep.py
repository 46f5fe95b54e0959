"""`roster sweep`: one question asked of many scenarios."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import LAWFUL_NO
from roster.cli.options import (
    executor_options,
    file_option,
    print_options,
    real_place,
    seconds_option,
    seed_option,
    show_document,
)

if TYPE_CHECKING:
    from roster.sweep.run import TellJobs

AHEAD = 2
"""Jobs a worker has in work or waiting."""
CLUSTER_AHEAD = 64
"""The same for a whole cluster, whose workers are not known before."""


@click.command()
@click.argument("source", metavar="FOLDER|TABLE", type=click.Path(path_type=Path))
@click.option(
    "--ask",
    type=click.Choice(["plan", "what-if", "resilience", "simulate", "frontier"]),
    default="plan",
    show_default=True,
    help="The question.",
)
@file_option("--base", metavar="SCENARIO", help="What the rows of a TABLE are variations of.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    callback=real_place,
    help="Folder for the answers; the same command goes on with what an interrupted one left in it.",
)
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True, help="Days of an absence.")
@click.option(
    "--years", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Years simulated."
)
@seed_option
@seconds_option(60.0, "Seconds for each scenario.")
@click.option("--no-reports", is_flag=True, help="Make no page for each scenario.")
@click.option("--restart", is_flag=True, help="Drop the answers that are kept in --out.")
@executor_options
@print_options
@click.pass_context
def sweep(
    ctx: click.Context,
    /,
    source: Path,
    ask: str,
    base: Path | None,
    out: Path,
    days: int,
    years: int,
    seed: int,
    time_limit: float,
    no_reports: bool,
    restart: bool,
    executor: str,
    workers: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    One question asked of every scenario in FOLDER, or of every row of TABLE, a CSV file of variations of --base.

    A table has a column `name`, else keys of the scenario with dots (`absence.sick_hours`); `base` may be a column,
    too. Writes answers.csv (Parquet as well where pyarrow is installed), timings.csv, reports and index.html, a page
    for the region. A scenario that fails stops no other. Exit code 1 when some failed.
    """
    from roster.language import language
    from roster.questions.executors import PROCESSES, opened
    from roster.sweep.files import headline, sweep_document, write_sweep
    from roster.sweep.jobs import Ask, How
    from roster.sweep.journal import Journal
    from roster.sweep.run import sweep as answers_of
    from roster.sweep.source import jobs

    how = How(Ask(ask), time_limit, seed, days, years, not no_reports, language())
    asked = jobs(source, base, how)
    journal = Journal(out, asked, restart=restart)
    processes = workers or os.cpu_count() or 1
    ahead = AHEAD * processes if executor == PROCESSES else CLUSTER_AHEAD
    with _bar(quiet=quiet or as_json) as tell:
        rows = answers_of(asked, journal, lambda: opened(executor, processes), ahead, tell)
    names = write_sweep(out, source, rows, how)
    if as_json:
        show_document(sweep_document(source, rows, how))
    else:
        click.echo(headline(source, rows))
    if not as_json and not quiet:
        from roster.language import tr

        for row in [row for row in rows if row.fault][:10]:
            click.echo(f"  {row.name}: {row.fault}")
        click.echo(tr("plan.files_written", folder=out, files=", ".join((*names, "reports"))))
    ctx.exit(0 if all(row.answered for row in rows) else LAWFUL_NO)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[TellJobs | None]:
    """Show a bar on stderr with the time left; yields what takes the progress, None when nobody watches."""
    from roster.cli.progress import task_bar, task_lines, wants_lines
    from roster.language import tr

    if wants_lines():
        write = task_lines()

        def line(done: int, total: int, _failed: int, left: float | None) -> None:
            stage = tr("sweep.stage") if left is None else tr("sweep.stage_left", seconds=round(left))
            write(stage, done, total)

        yield line
        return
    with task_bar(quiet=quiet) as progress:
        if progress is None:
            yield None
            return
        task = progress.add_task(tr("sweep.stage"), total=None)

        def tell(done: int, total: int, failed: int, _left: float | None) -> None:
            stage = tr("sweep.stage_failed", failed=failed) if failed else tr("sweep.stage")
            progress.update(task, completed=done, total=total, description=stage)

        yield tell
