"""`roster frontier`: make or buy."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import exit_code
from roster.cli.options import (
    cluster_option,
    out_option,
    present,
    print_options,
    scenario_argument,
    search_options,
)

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions


@click.command()
@scenario_argument
@click.option(
    "--fee", "fees", multiple=True, metavar="NAME=AMOUNT", help="Fee a month of an offer; repeatable."
)
@click.option("--may-buy", multiple=True, metavar="POST", help="A vendor may hold this post too; repeatable.")
@click.option("--release", multiple=True, metavar="TYPE", help="Fewer of this staff type than its minimum.")
@click.option("--staff", type=int, metavar="N", help="All the employer's people; a tenth may be dispatched.")
@cluster_option
@out_option
@search_options
@print_options
@click.pass_context
def frontier(
    ctx: click.Context,
    /,
    scenario: Path,
    fees: tuple[str, ...],
    may_buy: tuple[str, ...],
    release: tuple[str, ...],
    staff: int | None,
    executor: str,
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Make or buy: in-house people and cost of SCENARIO as posts, windows and roles go to vendors, each point proven.

    Says below which fee each seat pays. With --out, writes frontier.csv, break_even.csv, report.html and
    frontier.json into a folder. Exit code 1 when nothing that may be bought makes the scenario possible.
    """
    from roster.scenario import load

    problem = load(scenario, chosen=True)
    from concurrent.futures import ThreadPoolExecutor

    from roster.api.frontier import Frontier
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import live_line
    from roster.questions.executors import elsewhere
    from roster.questions.frontier import Wishes, parse_market
    from roster.questions.frontier import frontier as answer_of

    meant, market = parse_market(problem, Wishes(fees, may_buy, release, staff))
    with (
        live_line(quiet=quiet or as_json) as progress,
        ThreadPoolExecutor(2) as threads,
        elsewhere(executor) as cluster,
    ):
        # The clock of another machine is not ours: there each part has the whole time limit.
        clock = options if cluster is None else dataclasses.replace(options, until=None)
        answer = answer_of(meant, market, clock, progress, cluster or threads)
    said = Frontier(Basis(problem, scenario), answer, options)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
    ctx.exit(exit_code(answer.status))
