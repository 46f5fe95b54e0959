"""`roster explain`: why it cannot be held, why not with fewer, and what would change that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import exit_code
from roster.cli.options import (
    file_option,
    present,
    print_options,
    roster_of,
    scenario_argument,
    search_options,
)

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions
    from roster.domain.problem import Problem
    from roster.questions.explain import Explanation
    from roster.scenario.positions import Places


@click.command()
@scenario_argument
@click.option("--headcount", type=click.IntRange(0, 100_000), help="Why not with so many people in all?")
@click.option("--by-type", metavar="TYPE=N,...", help="Why not with so many of these staff types?")
@file_option("--roster", "roster_csv", help="A published roster, to be asked about leave.")
@click.option(
    "--leave", "leaves", multiple=True, metavar="NAME:FROM..TO", help="Who is away when; repeatable."
)
@search_options
@print_options
@click.pass_context
def explain(
    ctx: click.Context,
    /,
    scenario: Path,
    headcount: int | None,
    by_type: str | None,
    roster_csv: Path | None,
    leaves: tuple[str, ...],
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Why can SCENARIO not be held? Why not with fewer? What would help, and at what price?

    Without options: a scenario that can be held is asked why fewer people cannot do, and what binds it. Exit code 1
    where it cannot be held.
    """
    if (roster_csv is None) != (not leaves):
        raise click.UsageError("--roster and --leave go together.")
    if leaves and (headcount is not None or by_type):
        raise click.UsageError(
            "--leave asks about the people of --roster; leave --headcount and --by-type out."
        )
    from roster.questions.explain import parse_numbers
    from roster.scenario import load
    from roster.scenario.positions import places

    problem = load(scenario, held=False, chosen=True)
    where = places(scenario)
    numbers = parse_numbers(problem, by_type)
    from roster.api.explain import Explanation as Explained
    from roster.api.scenario_basis import Basis

    if roster_csv is not None:
        answer = _about_leave(problem, roster_csv, leaves, where, options)
    else:
        from roster.cli.progress import live_line
        from roster.questions.explain import ExplainRequest
        from roster.questions.explain import explain as explained

        with live_line(quiet=quiet or as_json) as progress:
            answer = explained(problem, ExplainRequest(headcount, numbers, where), options, progress)
    present(Explained(Basis(problem, scenario), answer, options), as_json=as_json, quiet=quiet)
    ctx.exit(exit_code(answer.status))


def _about_leave(
    problem: Problem, roster_csv: Path, leaves: tuple[str, ...], where: Places, options: SolveOptions
) -> Explanation:
    from roster.errors import Fault, Faults
    from roster.language import tr
    from roster.questions.absences import Absence, LeaveCase
    from roster.questions.explain import explain_leave
    from roster.rosters.leave_list import LeaveText, parse_leaves, split_leave

    published = roster_of(problem, roster_csv)
    given = [split_leave(text) for text in leaves]
    faults = [one for one in given if isinstance(one, Fault)]
    names = [person.name for person in published.people]
    asked = [one for one in given if isinstance(one, LeaveText)]
    stretches, wrong = parse_leaves(asked, names, problem.dates)
    if faults or wrong:
        raise Faults(tr("explain.what_was_asked"), [*faults, *wrong])
    absences = tuple(Absence(one.person, one.first, one.last, one.start, one.end) for one in stretches)
    return explain_leave(LeaveCase(problem, published, absences), where, options)
