"""`roster service`: with these people, the best service, and whom to hire next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import out_option, print_options, scenario_argument, search_options, show_document

if TYPE_CHECKING:
    from roster.plan import SolveOptions


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
    from roster.output.service import print_service, verdict
    from roster.output.service_files import FILES, service_document, write_service
    from roster.output.terminal import report_console
    from roster.plan import Status
    from roster.questions.service import first_of_all
    from roster.questions.service import service as answer_of
    from roster.questions.service_asked import understood

    crowd = understood(problem, headcount, by_type, people, first)
    with live_line(quiet=quiet or as_json) as progress, ThreadPoolExecutor(2) as executor:
        answer = answer_of(first_of_all(problem, first), crowd, options, progress, executor)
    files = () if out is None else tuple(out / name for name in FILES)
    document = service_document(scenario, answer, options, files)
    if out is not None:
        write_service(out, document, answer)
    if as_json:
        show_document(document)
    elif quiet:
        click.echo(verdict(answer))
    else:
        print_service(report_console(), answer, files)
    ctx.exit(NO_ANSWER if answer.status is Status.UNKNOWN else 0)
