"""`roster service`: with these people, the best service, and whom to hire next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import NO_ANSWER
from roster.cli.options import out_option, present, print_options, scenario_argument, search_options

if TYPE_CHECKING:
    from roster.domain.outcome import Partial, SolveOptions, Tell
    from roster.output.examined_roster import Examined
    from roster.questions.service import Service


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

    problem = load(scenario, chosen=True)
    from concurrent.futures import ThreadPoolExecutor

    from roster.api.scenario_basis import Basis
    from roster.api.service import Service as ServiceAnswer
    from roster.cli.progress import live_line
    from roster.domain.outcome import Status
    from roster.questions.explain import why_not_all
    from roster.questions.service import first_of_all, parse_team
    from roster.questions.service import service as answer_of
    from roster.scenario.positions import places

    team = parse_team(problem, headcount, by_type, people, first)
    with live_line(quiet=quiet or as_json) as progress, ThreadPoolExecutor(2) as executor:
        answer = answer_of(first_of_all(problem, first), team, options, progress, executor)
    silent = quiet and not as_json and out is None
    with live_line(quiet=quiet or as_json) as progress:
        best = None if silent else _best(answer, people, options, progress)
    named = None if by_type else f"--people {people}" if people else ""
    why = None if silent else why_not_all(answer, places(scenario), options, named)
    examined, partial = best or (None, None)
    said = ServiceAnswer(Basis(problem, scenario), answer, options, partial, examined, why)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
    ctx.exit(NO_ANSWER if answer.status is Status.UNKNOWN else 0)


def _best(
    answer: Service, people: str | None, options: SolveOptions, progress: Tell | None
) -> tuple[Examined, Partial] | None:
    """Return the best roster of these people on the dates, where they cannot hold everything."""
    from roster.output.examined_roster import examine_own
    from roster.questions.partial_roster import partial_of_service

    found = partial_of_service(answer, people, options, progress)
    return None if found is None else (examine_own(found[0], found[1].roster, partly=True), found[1])
