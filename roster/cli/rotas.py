"""`roster rotas`: the classical rotas held against a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli.options import out_option, present, print_options, scenario_argument, search_options

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions


@click.command()
@scenario_argument
@click.option(
    "--post", "posts", multiple=True, metavar="POST", help="Hold them against this post; repeatable."
)
@out_option
@search_options
@print_options
@click.pass_context
def rotas(
    ctx: click.Context,
    /,
    scenario: Path,
    posts: tuple[str, ...],
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Hold 24 classical rotas against SCENARIO: people, hours, which limit breaks where, how far from the optimum.

    With --out, writes rotas.csv and rotas.json into a folder.
    """
    from roster.questions.rotas import check_desks
    from roster.scenario import load

    problem = load(scenario, chosen=True)
    check_desks(problem, posts)
    from roster.api.rotas import Rotas
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import live_line
    from roster.questions.rotas import rotas as answer_of

    with live_line(quiet=quiet or as_json) as progress:
        answer = answer_of(problem, posts, options, progress)
    said = Rotas(Basis(problem, scenario), answer, options)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
