"""`roster bench`: the engine measured on published and generated cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.bench_attack import attack
from roster.cli.bench_calendar import calendar
from roster.cli.bench_design import design
from roster.cli.bench_export import exports
from roster.cli.bench_leave import leave
from roster.cli.bench_periods import periods
from roster.cli.bench_resilience import resilience
from roster.cli.bench_sweep import sweep
from roster.cli.options import print_options, seconds_option, seed_option, show_document, show_measured

if TYPE_CHECKING:
    from collections.abc import Callable

    from roster.benchmark.rws.format import Instance
    from roster.benchmark.rws.run import InstanceCase
    from roster.domain.outcome import SolveOptions


@click.group()
def bench() -> None:
    """
    Measure the engine; every answer is checked before it counts.

    The figures are for this machine and this moment: repeat them, and compare only within one run.
    """


def small_search(command: Callable[..., object]) -> Callable[..., object]:
    """Add how long and how hard to search; one worker is measured best on models this small."""
    for option in (
        seed_option,
        click.option(
            "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Parallel searches."
        ),
        seconds_option(60.0, "Seconds for each instance."),
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
    from roster.benchmark.rws.run import InstanceQuestions, run_rws
    from roster.domain.outcome import SolveOptions

    options = SolveOptions(time_limit, workers, seed)
    wanted = InstanceQuestions(fewest=fewest, weekends=weekends, explain=explain)
    sources = _sources(paths, generated or (0 if paths else 20), seed)
    _answer(ctx, run_rws(sources, wanted, options, out=out), options, as_json=as_json, quiet=quiet)


def _sources(paths: tuple[Path, ...], generated: int, seed: int) -> list[Path | Instance]:
    from roster.benchmark.rws.generate import generate
    from roster.benchmark.rws.run import files_of

    return [*files_of(paths), *(generate(seed * 10_000 + number) for number in range(generated))]


def _answer(
    ctx: click.Context, cases: list[InstanceCase], options: SolveOptions, *, as_json: bool, quiet: bool
) -> None:
    """Print the cases and say by the exit code whether all were answered."""
    from roster.benchmark.rws.report import document, report, summary_lines

    show_measured(
        document(cases, options), summary_lines(cases)[0], report(cases), as_json=as_json, quiet=quiet
    )
    if not all(case.decided for case in cases):
        ctx.exit(NO_ANSWER)


@bench.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--generated", type=click.IntRange(min=0), default=0, help="Add so many generated instances.")
@seed_option
@seconds_option(20.0, "Seconds for each instance and model.")
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

    from roster.benchmark.rws.compare import compare as side_by_side
    from roster.benchmark.rws.compare import comparison
    from roster.benchmark.rws.format import Instance, read
    from roster.domain.outcome import SolveOptions
    from roster.output.documents.document import versions
    from roster.output.terminal.console import report_console

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


repeat_option = click.option(
    "--repeat", type=click.IntRange(1, 100), default=3, show_default=True, help="Runs of each case."
)


@bench.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fewest", is_flag=True, help="Of published instances, find the least number of employees.")
@click.option("--growth", is_flag=True, help="Let types, shifts, posts, campuses and weeks grow instead.")
@seed_option
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Parallel searches.  [default: 8; for published instances 1]",
)
@seconds_option(60.0, "Seconds for each answer.")
@repeat_option
@print_options
@click.pass_context
def scale(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    fewest: bool,
    growth: bool,
    time_limit: float,
    workers: int | None,
    seed: int,
    repeat: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Multiply the demand by 1, 3, 10, 30 and 100: the time stays flat.

    PATH is a scenario (*.yaml) or a published instance, of which the employees are multiplied too. Without PATH, in
    a checkout: the 24x7 desk, the tertiary hospital and a generated instance.
    """
    from roster.benchmark.rws.format import read
    from roster.benchmark.rws.generate import walked
    from roster.benchmark.scale import SCENARIOS, is_scenario, scale_instance, scale_problem
    from roster.benchmark.scale_report import decided, scale_document, scale_line, scale_report
    from roster.benchmark.tiers import scenarios_of
    from roster.domain.outcome import SolveOptions
    from roster.scenario import load

    if growth:
        options = SolveOptions(time_limit, workers or 8, seed, polish_s=0.0)
        ctx.exit(0 if _grown(options, as_json=as_json, quiet=quiet) else NO_ANSWER)
    problems = [load(path) for path in paths or scenarios_of(SCENARIOS) if is_scenario(path)]
    instances = [read(path) for path in paths if not is_scenario(path)] if paths else [walked(seed)]
    options = SolveOptions(time_limit, workers or 8, seed)
    one = SolveOptions(time_limit, workers or 1, seed)
    from roster.cli.progress import measuring

    with measuring(quiet=quiet or as_json) as tell:
        cases = [case for problem in problems for case in scale_problem(problem, options, repeat, tell)]
        for instance in instances:
            cases += scale_instance(instance, one, repeat, tell, fewest=fewest)
    show_measured(
        scale_document(cases, options),
        scale_line(cases),
        scale_report(cases, repeat),
        as_json=as_json,
        quiet=quiet,
    )
    if not all(map(decided, cases)):
        ctx.exit(NO_ANSWER)


def _grown(options: SolveOptions, *, as_json: bool, quiet: bool) -> bool:
    """Show what grows and what it costs; return whether everything was decided."""
    from roster.benchmark.growth import growth_document, growth_line, growth_report, measured
    from roster.cli.progress import measuring
    from roster.domain.outcome import Status

    with measuring(quiet=quiet or as_json) as tell:
        cases = list(measured(options, tell))
    show_measured(
        growth_document(cases, options),
        growth_line(cases),
        growth_report(cases),
        as_json=as_json,
        quiet=quiet,
    )
    return all(case.status is Status.OPTIMAL for case in cases)


@bench.command()
@click.argument("paths", metavar="[SCENARIO]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--all", "every", is_flag=True, help="Every scenario of the checkout, not the four tiers alone."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for each scenario's files."
)
@repeat_option
@print_options
@click.pass_context
def tiers(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    every: bool,
    out: Path | None,
    repeat: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Time whole processes: each hospital tier planned from a cold start, and the help.

    Without SCENARIO, in a checkout: the four tiers. Each run writes its report and files, as `roster plan` does.
    """
    from roster.benchmark.tiers import TIERS, run_tiers, scenarios_of, time_help, undecided
    from roster.benchmark.tiers_report import tiers_document, tiers_line, tiers_report
    from roster.cli.progress import measuring

    with measuring(quiet=quiet or as_json) as tell:
        cases = run_tiers(paths or scenarios_of(() if every else TIERS), repeat, out, tell)
        helped = time_help(repeat)
    show_measured(
        tiers_document(cases, helped),
        tiers_line(cases, helped),
        tiers_report(cases, helped),
        as_json=as_json,
        quiet=quiet,
    )
    if undecided(cases):
        ctx.exit(NO_ANSWER)


bench.add_command(attack)
bench.add_command(calendar)
bench.add_command(exports)
bench.add_command(leave)
bench.add_command(periods)
bench.add_command(design)
bench.add_command(resilience)
bench.add_command(sweep)
