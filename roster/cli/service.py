"""`roster service`: with these people, the best service, and whom to hire next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import out_option, print_options, scenario_argument, search_options, show_document

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions
    from roster.questions.explain.answer import Explanation
    from roster.questions.service.answer import Service


@click.command()
@scenario_argument
@click.option("--headcount", type=int, metavar="N", help="So many in-house people; their types are chosen.")
@click.option("--by-type", metavar="TYPE=N,...", help="So many of each staff type; others have nobody.")
@click.option("--people", metavar="NAME,...", help="These people of the scenario.")
@click.option("--first", multiple=True, metavar="POST", help="Hold this post before all others; repeatable.")
@out_option
@search_options
@print_options
@click.pass_context
def service(
    ctx: click.Context,
    /,
    scenario: Path,
    headcount: int | None,
    by_type: str | None,
    people: str | None,
    first: tuple[str, ...],
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    With these people, the best service for SCENARIO: which posts are held fully, in part, or not, proven.

    Posts are held in the order of their priority. Says what one more person of each type would gain. With --out,
    writes service.csv, rotation.csv and service.json into a folder.
    """
    from roster.scenario import load

    problem = load(scenario)
    from concurrent.futures import ThreadPoolExecutor

    from roster.cli.progress import live_line
    from roster.domain.outcome import Status
    from roster.output.folders.service import FILES, service_document, write_service
    from roster.output.terminal.console import report_console
    from roster.output.terminal.service import print_service, verdict
    from roster.questions.service.answer import first_of_all
    from roster.questions.service.answer import service as answer_of
    from roster.questions.service.request import parse_team

    crowd = parse_team(problem, headcount, by_type, people, first)
    with live_line(quiet=quiet or as_json) as progress, ThreadPoolExecutor(2) as executor:
        answer = answer_of(first_of_all(problem, first), crowd, options, progress, executor)
    files = () if out is None else tuple(out / name for name in FILES)
    document = service_document(scenario, answer, options, files)
    named = None if by_type else f"--people {people}" if people else ""
    silent = quiet and not as_json and out is None
    why = None if silent else _explained(scenario, answer, options, named)
    if why is not None:
        from roster.output.terminal.explain import explanation

        document["explain"] = explanation(why)
    if out is not None:
        write_service(out, document, answer)
    if as_json:
        show_document(document)
    elif quiet:
        click.echo(verdict(answer))
    else:
        print_service(report_console(), answer, files, why)
    ctx.exit(NO_ANSWER if answer.status is Status.UNKNOWN else 0)


def _explained(
    scenario: Path, answer: Service, options: SolveOptions, named: str | None
) -> Explanation | None:
    """Return why these people cannot hold every post, where they cannot; wishes that stay empty need no reason."""
    from roster.domain.problem import Goal
    from roster.questions.explain.answer import Asked, explain_no
    from roster.scenario.positions import Places, places

    if not any(one.empty and one.post.hard for one in answer.posts):
        return None
    crowd, where = answer.crowd, places(scenario) if scenario.is_file() else Places()
    problem = replace(answer.problem, types=tuple(replace(one, minimum=0) for one in answer.problem.types))
    if crowd.by_type is None:
        problem = replace(problem, goal=Goal.IN_HOUSE)
        return explain_no(problem, Asked(crowd.total, places=where), options)
    numbers = {one.name: crowd.by_type.get(one.name, 0) for one in problem.types}
    return explain_no(problem, Asked(None, numbers, where, named), options)
