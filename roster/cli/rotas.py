"""`roster rotas`: the classical rotas held against a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli.options import out_option, print_options, scenario_argument, search_options, show_document

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions
    from roster.domain.problem import Problem


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
    from roster.scenario import load

    problem = load(scenario)
    _known(problem, posts)
    from roster.cli.progress import live_line
    from roster.output.terminal.console import report_console
    from roster.output.terminal.rotas import FILES, print_rotas, rotas_document, verdict, write_rotas
    from roster.questions.rotas.answer import rotas as answer_of

    with live_line(quiet=quiet or as_json) as progress:
        answer = answer_of(problem, posts, options, progress)
    files = () if out is None else tuple(out / name for name in FILES)
    document = rotas_document(scenario, answer, options, files)
    if out is not None:
        write_rotas(out, document, answer)
    if as_json:
        show_document(document)
    elif quiet:
        click.echo(verdict(answer))
    else:
        print_rotas(report_console(), answer, files)


def _known(problem: Problem, posts: tuple[str, ...]) -> None:
    """Raise Faults for posts that lead nowhere, or that no rota of people on site is for."""
    from roster.errors import Fault, Faults
    from roster.language import tr
    from roster.questions.service.request import known

    wrong: list[Fault] = []
    for name in posts:
        wrong += known("--post", name, problem.post, "unknown_post")
        if name not in problem.post:
            continue
        post = problem.post[name]
        if not post.on_site:
            wrong.append(Fault(None, "--post", tr("rotas.not_on_site", value=name)))
        elif not any(problem.can_hold(one, post) and not problem.is_vendor(one) for one in problem.types):
            wrong.append(Fault(None, "--post", tr("rotas.nobody_in_house", value=name)))
    if wrong:
        raise Faults(tr("rotas.what_was_asked"), wrong)
