"""`roster calendar`: the best calendar of named people, and how far from the best it can be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import scenario_with
from roster.cli import LAWFUL_NO, NO_ANSWER
from roster.cli.options import (
    before_option,
    file_option,
    ledger_option,
    out_option,
    present,
    print_options,
    scenario_argument,
    search_options,
)

if TYPE_CHECKING:
    from roster.domain.outcome import Roster, SolveOptions
    from roster.domain.problem import Problem
    from roster.questions.calendar import CalendarAnswer


@click.command()
@scenario_argument
@file_option(
    "--from", "first", metavar="CSV", help="A roster of the same dates to go on from: the answer is no worse."
)
@before_option
@ledger_option
@out_option
@search_options
@print_options
@click.pass_context
def calendar(
    ctx: click.Context,
    /,
    scenario: Path,
    first: Path | None,
    before: Path | None,
    ledger: Path | None,
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Find the best calendar for the people whom SCENARIO names, on its dates.

    Posts first; then requests, rules with a price and fair shares, all in points, with a bound that no calendar of
    these people can beat. It gets better until --time-limit, or until it is proven the best; interrupted, the best so
    far stands.

    With --out, writes roster.csv, grid.csv, coverage.csv, hours.csv, ledger.csv, the workbook, calendars, report.html
    and calendar.json into a folder. Exit code 1 when a post that must be held stays empty.
    """
    problem = _problem(scenario, before, ledger)
    start = None if first is None else _first(problem, first)
    from roster.api.calendar import Calendar
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import live_line
    from roster.output.examined_roster import examine, with_shares
    from roster.questions.calendar import best_calendar, with_fewest
    from roster.questions.what_if import ways_for_empty

    with live_line(quiet=quiet or as_json) as progress:
        answer = best_calendar(problem, options, progress, start)
        if not quiet or out is not None:
            answer = with_fewest(answer, options.seed)
    made = answer.roster
    examined = None if made is None else with_shares(examine(problem, made), answer.shared)
    ways = ways_for_empty(problem, made, options) if made is not None and answer.empty_minutes else ()
    said = Calendar(Basis(problem, scenario), answer, examined, options, ways)
    kept = said.keep(out)
    present(said, kept, as_json=as_json, quiet=quiet)
    if out is not None and not quiet and not as_json:
        from roster.language import tr

        click.echo(
            tr(
                "plan.files_written",
                folder=out,
                files=", ".join(str(file.relative_to(out)) for file in kept.files),
            ),
            err=True,
        )
    ctx.exit(_exit_code(answer))


def _problem(scenario: Path, before: Path | None, ledger: Path | None) -> Problem:
    """Return the problem with what earlier periods left; raises FileFault or Faults."""
    from roster.questions.calendar import must_name_people

    problem = scenario_with(scenario, before, ledger=ledger)
    must_name_people(problem, str(scenario))
    return problem


def _first(problem: Problem, file: Path) -> Roster:
    from roster.cli.options import roster_of

    return roster_of(problem, file)


def _exit_code(answer: CalendarAnswer) -> int:
    if answer.roster is None:
        return NO_ANSWER
    return LAWFUL_NO if answer.empty_minutes else 0
