"""`roster simulate`: what years of sickness, leave and resignations bring."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import click

from roster.api.reading import Reading
from roster.cli import LAWFUL_NO
from roster.cli.options import (
    executor_options,
    file_option,
    out_option,
    present,
    print_options,
    reading_options,
    scenario_argument,
    seed_option,
)


@click.command()
@scenario_argument
@click.argument("roster_csv", metavar="ROSTER", type=click.Path(path_type=Path))
@click.option(
    "--years", type=click.IntRange(1, 100_000), default=100, show_default=True, help="Years to live through."
)
@seed_option
@file_option(
    "--rates",
    "rates_file",
    metavar="YAML",
    help="Sickness, leave, training, resignation: see docs/simulate.md.",
)
@click.option(
    "--allow",
    default="overtime,vendor",
    show_default=True,
    metavar="WHAT,...",
    help="Last means: overtime, vendor, or nothing.",
)
@out_option
@executor_options
@reading_options
@print_options
@click.pass_context
def simulate(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_csv: Path,
    years: int,
    seed: int,
    rates_file: Path | None,
    allow: str,
    out: Path | None,
    executor: str,
    workers: int | None,
    reading: Reading,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    What does a year bring? ROSTER lived through many years of drawn sickness, leave and resignations.

    Replanned each day as a manager would: the nearest lawful roster, standby, overtime, a vendor, then empty. Says
    the hours that posts stay empty with their confidence interval, overtime, changes, and how often a level is
    unanswered, with one person fewer, as it is, and one more. With --out, writes staffings.csv, years.csv, report.html
    and simulate.json. Exit code 1 when the roster breaks rules by itself.
    """
    from roster.questions.simulate import must_come_round, parse_means
    from roster.scenario import load

    began, problem = time.monotonic(), load(scenario, chosen=True)
    found = reading.read(problem, roster_csv)
    allowed = parse_means(years, allow)
    must_come_round(found.roster)
    from roster.api.scenario_basis import Basis
    from roster.api.simulate import Simulation
    from roster.cli.progress import stage_bars
    from roster.language import tr
    from roster.questions.executors import opened
    from roster.questions.simulate import Rates, SimulationRequest, read_rates
    from roster.questions.simulate import simulate as answer_of

    rates = Rates() if rates_file is None else read_rates(rates_file)
    asked = SimulationRequest(problem.with_leave(found.leave), found.roster, years, seed, rates, allowed)
    with opened(executor, workers) as pool, stage_bars(quiet=quiet or as_json) as bars:
        answer = answer_of(asked, pool, bars and partial(bars, tr("simulate.stage")))
    said = Simulation(Basis(problem, scenario), answer, time.monotonic() - began)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
    ctx.exit(LAWFUL_NO if answer.violations else 0)
