"""`roster bench`: the engine measured on published and generated cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import print_options, show_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from roster.benchmark.rws import Instance
    from roster.benchmark.rws_run import Case
    from roster.plan import SolveOptions


@click.group()
def bench() -> None:
    """
    Measure the engine; every answer is checked before it counts.

    The figures are for this machine and this moment: repeat them, and compare only within one run.
    """


def small_search(command: Callable[..., object]) -> Callable[..., object]:
    """Add how long and how hard to search; one worker is measured best on models this small."""
    for option in (
        click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed."),
        click.option(
            "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Parallel searches."
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0, min_open=True),
            default=60.0,
            show_default=True,
            help="Seconds for each instance.",
        ),
        click.option("--fewest", is_flag=True, help="Find the least number of employees, proven."),
    ):
        command = option(command)
    return command


@bench.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--weekends", is_flag=True, help="Then the most free Saturday-Sunday pairs at that number.")
@click.option(
    "--explain", is_flag=True, help="Where there is no rota: the smallest relaxation that gives one."
)
@click.option("--generated", type=click.IntRange(min=0), default=0, help="Add so many generated instances.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the rotas.")
@small_search
@print_options
@click.pass_context
def rws(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    weekends: bool,
    explain: bool,
    generated: int,
    out: Path | None,
    fewest: bool,
    time_limit: float,
    workers: int,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Answer published rotating-workforce instances: files, or folders of them.

    Without PATH, 20 generated instances; the same seed gives the same. Exit code 3 when an answer stays open.
    """
    from roster.benchmark.rws_run import Wanted, run_rws
    from roster.plan import SolveOptions

    options = SolveOptions(time_limit, workers, seed)
    wanted = Wanted(fewest=fewest, weekends=weekends, explain=explain)
    sources = _sources(paths, generated or (0 if paths else 20), seed)
    _answer(ctx, run_rws(sources, wanted, options, out=out), options, as_json=as_json, quiet=quiet)


def _sources(paths: tuple[Path, ...], generated: int, seed: int) -> list[Path | Instance]:
    from roster.benchmark.rws_generate import generate
    from roster.benchmark.rws_run import files_of

    return [*files_of(paths), *(generate(seed * 10_000 + number) for number in range(generated))]


def _answer(
    ctx: click.Context, cases: list[Case], options: SolveOptions, *, as_json: bool, quiet: bool
) -> None:
    """Print the cases and say by the exit code whether all were answered."""
    from roster.benchmark.rws_report import document, report, summary_lines
    from roster.output.terminal import report_console

    if as_json:
        show_document(document(cases, options))
    elif quiet:
        click.echo(summary_lines(cases)[0])
    else:
        report_console().show(report(cases))
    if not all(case.decided for case in cases):
        ctx.exit(NO_ANSWER)


@bench.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--generated", type=click.IntRange(min=0), default=0, help="Add so many generated instances.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    help="Seconds for each instance and model.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help="Of the models beside the engine.",
)
@print_options
def compare(
    paths: tuple[Path, ...],
    generated: int,
    seed: int,
    time_limit: float,
    workers: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Put the engine beside one Boolean per employee, day and shift, and beside add_automaton.

    Without PATH, 20 generated instances. All of them must agree, or the program stops.
    """
    from dataclasses import asdict

    from roster.benchmark.rws import Instance, read
    from roster.benchmark.rws_compare import compare as side_by_side
    from roster.benchmark.rws_compare import comparison
    from roster.output.document import versions
    from roster.output.terminal import report_console
    from roster.plan import SolveOptions

    sources = _sources(paths, generated or (0 if paths else 20), seed)
    instances = [source if isinstance(source, Instance) else read(source) for source in sources]
    options = SolveOptions(time_limit, 1, seed)
    standings = side_by_side(instances, options, SolveOptions(time_limit, workers, seed))
    if as_json:
        cases = [asdict(standing) for standing in standings]
        show_document({"cases": cases, "time_limit": time_limit, "workers": workers, "versions": versions()})
    elif quiet:
        click.echo(" ".join(f"{standing.model}={standing.cpu_ratio:g}" for standing in standings))
    else:
        report_console().show([comparison(standings)])


@bench.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@small_search
@print_options
@click.pass_context
def scale(
    ctx: click.Context,
    /,
    path: Path | None,
    fewest: bool,
    time_limit: float,
    workers: int,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Answer one instance with demand and employees times 1, 3, 10, 30 and 100: the time stays flat.

    Without PATH, a generated instance.
    """
    from roster.benchmark.rws import read
    from roster.benchmark.rws_generate import walked
    from roster.benchmark.rws_run import Wanted
    from roster.benchmark.rws_scale import run_scale
    from roster.plan import SolveOptions

    options = SolveOptions(time_limit, workers, seed)
    instance = read(path) if path is not None else walked(seed)
    cases = run_scale(instance, Wanted(fewest=fewest), options)
    _answer(ctx, cases, options, as_json=as_json, quiet=quiet)
