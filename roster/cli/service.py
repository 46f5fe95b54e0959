"""`roster service`: with these people, the best service, and whom to hire next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import out_option, print_options, scenario_argument, search_options, show_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from roster.domain.outcome import Partial, Progress, SolveOptions
    from roster.domain.problem import Problem
    from roster.output.examined import Examined
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
    writes service.csv, rotation.csv and service.json into a folder; where posts stay empty, the best roster on the
    scenario's dates as well.
    """
    from roster.scenario import load

    problem = load(scenario)
    from concurrent.futures import ThreadPoolExecutor

    from roster.cli.progress import live_line
    from roster.domain.outcome import Status
    from roster.output.documents.plan import partial_document
    from roster.output.folders.service import FILES, ROSTER, service_document, write_service
    from roster.output.terminal.console import report_console
    from roster.output.terminal.service import print_service, verdict
    from roster.questions.service.answer import first_of_all
    from roster.questions.service.answer import service as answer_of
    from roster.questions.service.request import parse_team

    crowd = parse_team(problem, headcount, by_type, people, first)
    with live_line(quiet=quiet or as_json) as progress, ThreadPoolExecutor(2) as executor:
        answer = answer_of(first_of_all(problem, first), crowd, options, progress, executor)
    silent = quiet and not as_json and out is None
    with live_line(quiet=quiet or as_json) as progress:
        found = None if silent else _partial(answer, people, options, progress)
    examined = None if found is None else _examine(*found)
    names = FILES if examined is None else (*FILES, *ROSTER)
    files = () if out is None else tuple(out / name for name in names)
    document = service_document(scenario, answer, options, files)
    document["partial"] = None
    if found is not None and examined is not None:
        document["partial"] = partial_document(examined, found[1])
    named = None if by_type else f"--people {people}" if people else ""
    why = None if silent else _explained(scenario, answer, options, named)
    if why is not None:
        from roster.output.terminal.explain import explanation

        document["explain"] = explanation(why)
    if out is not None:
        write_service(out, document, answer, examined)
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


def _partial(
    answer: Service, people: str | None, options: SolveOptions, progress: Callable[[Progress], None] | None
) -> tuple[Problem, Partial] | None:
    """Return the best roster on the dates, and of whom, where these people cannot hold everything."""
    from roster.questions.partial.answer import best_partial, of_people, team
    from roster.questions.service.request import split_names

    if not any(one.empty and one.post.hard for one in answer.posts):
        return None
    problem, numbers = answer.problem, answer.crowd.by_type or answer.people
    if people is not None:
        problem = of_people(problem, split_names(people, problem.person))
    seats = None if answer.crowd.total is not None else answer.seats
    found = best_partial(problem, team(problem, numbers, seats), options, progress)
    return None if found is None else (problem, found)


def _examine(problem: Problem, partial: Partial) -> Examined:
    """Check and count the roster that was found; raises EngineError where more is broken than the cover."""
    from roster.errors import EngineError
    from roster.language import tr
    from roster.output.examined import examine

    examined = examine(problem, partial.roster)
    if not examined.lawful:
        sentences = "; ".join(violation.sentence for violation in examined.violations[:5])
        raise EngineError(tr("plan.self_check", sentences=sentences))
    return examined


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
