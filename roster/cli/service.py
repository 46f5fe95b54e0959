"""`roster service`: with these people, the best service, and whom to hire next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import out_option, print_options, scenario_argument, search_options, show_document

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions


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
    writes service.csv, rotation.csv and service.json into a folder; where posts stay empty, the best roster on the
    scenario's dates as well.
    """
    from roster.scenario import load

    problem = load(scenario)
    from concurrent.futures import ThreadPoolExecutor

    from roster.cli.progress import live_line
    from roster.domain.outcome import Status
    from roster.output.documents.plan import partial_document
    from roster.output.examined import examine_own
    from roster.output.folders.service import FILES, ROSTER, service_document, write_service
    from roster.output.terminal.console import report_console
    from roster.output.terminal.service import print_service, verdict
    from roster.questions.explain.of_team import why_not_all
    from roster.questions.partial.from_answers import partial_of_service
    from roster.questions.service.answer import first_of_all
    from roster.questions.service.answer import service as answer_of
    from roster.questions.service.request import parse_team
    from roster.scenario.positions import Places, places

    crowd = parse_team(problem, headcount, by_type, people, first)
    with live_line(quiet=quiet or as_json) as progress, ThreadPoolExecutor(2) as executor:
        answer = answer_of(first_of_all(problem, first), crowd, options, progress, executor)
    silent = quiet and not as_json and out is None
    with live_line(quiet=quiet or as_json) as progress:
        found = None if silent else partial_of_service(answer, people, options, progress)
    examined = None if found is None else examine_own(found[0], found[1].roster, partly=True)
    names = FILES if examined is None else (*FILES, *ROSTER)
    files = () if out is None else tuple(out / name for name in names)
    document = service_document(scenario, answer, options, files)
    document["partial"] = partial_document(examined, found[1]) if found and examined else None
    named = None if by_type else f"--people {people}" if people else ""
    where = places(scenario) if scenario.is_file() else Places()
    why = None if silent else why_not_all(answer, where, options, named)
    if why is not None:
        from roster.output.terminal.explain import explanation

        document["explain"] = explanation(why)
    if out is not None:
        write_service(out, document, answer, examined, found[1] if found else None)
    if as_json:
        show_document(document)
    elif quiet:
        click.echo(verdict(answer))
    else:
        print_service(report_console(), answer, files, why)
        if found is not None and examined is not None:
            from roster.output.terminal.plan import partial_sections

            report_console().show(partial_sections(examined, found[1]))
    ctx.exit(NO_ANSWER if answer.status is Status.UNKNOWN else 0)
