"""`roster plan`: the fewest people, with proof, rota and files."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import scenario_with
from roster.cli import exit_code
from roster.cli.options import (
    before_option,
    ledger_option,
    out_option,
    present,
    print_options,
    scenario_argument,
    search_options,
)

if TYPE_CHECKING:
    from roster.domain.outcome import Outcome, SolveOptions, Tell
    from roster.domain.problem import Problem
    from roster.questions.explain import Explanation
    from roster.questions.frontier import Frontier


@click.command()
@scenario_argument
@click.option(
    "--survive",
    type=int,
    metavar="1",
    help="The fewest people whose roster survives every single absence (1: one person at a time).",
)
@click.option(
    "--survive-days",
    type=click.IntRange(min=1),
    metavar="DAYS",
    help="How many days long each absence is.  [default: 7]",
)
@click.option(
    "--frontier",
    "ask_frontier",
    is_flag=True,
    help="Make or buy as well: people and cost as work goes to vendors, also on the page.",
)
@click.option(
    "--rotation-weeks",
    type=click.IntRange(1, 52),
    metavar="WEEKS",
    help="A rota whose team repeats after so many weeks, and what that costs.  [default: the shortest that will do]",
)
@click.option(
    "--polish",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long to look for a better rota of the same people, beside the time limit.  [default: about 3, or 15 "
    "where there are many shifts]",
)
@before_option
@ledger_option
@out_option
@search_options
@print_options
@click.pass_context
def plan(
    ctx: click.Context,
    /,
    scenario: Path,
    survive: int | None,
    survive_days: int | None,
    ask_frontier: bool,
    rotation_weeks: int | None,
    polish: float | None,
    before: Path | None,
    ledger: Path | None,
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Find the fewest people who can hold SCENARIO, prove it, and draw their rota.

    With --out, writes roster.csv, grid.csv, rotation.csv, coverage.csv, hours.csv, report.html, plan.json and
    proof.json (for roster check --proof) into a folder, with --frontier frontier.csv and break_even.csv too. Where not
    everything can be held, exit code 1, and the best roster of the people whom the scenario names or counts, with what
    stays empty.
    """
    # Faults of the scenario are said before the engine is even imported.
    problem = scenario_with(scenario, before, ledger=ledger)
    if rotation_weeks is not None:
        problem = dataclasses.replace(problem, rotation_weeks=rotation_weeks)
    options = _polishing(options, polish)
    days = _survive_days(problem, survive, survive_days)
    from roster.api.plan import Answer, Beside
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import live_line
    from roster.output.examined_roster import examine_answer
    from roster.questions.design import planned
    from roster.questions.partial_roster import partial_of_outcome

    with live_line(quiet=quiet or as_json) as progress:
        problem, outcome, designed = planned(problem, options, progress, days)
        bought = _frontier(problem, options, progress) if ask_frontier and outcome.plan else None
        silent = quiet and not as_json and out is None
        partial = None if silent else partial_of_outcome(problem, outcome, options, progress)
    examined = examine_answer(problem, outcome, partial)
    why = None if silent else _explained(scenario, problem, outcome, options)
    beside = Beside(why, bought, designed)
    answer = Answer(Basis(problem, scenario), outcome, examined, options, partial, beside)
    kept = answer.keep(out)
    present(answer, kept, as_json=as_json, quiet=quiet)
    if out is not None and not as_json and not quiet:
        _tell_files(out, tuple(str(file.relative_to(out)) for file in kept.files))
    ctx.exit(exit_code(outcome.status))


def _polishing(options: SolveOptions, seconds: float | None) -> SolveOptions:
    """Return the options with so much time more, for a better rota."""
    if seconds is None:
        return options
    until = None if options.until is None else options.until + seconds
    longer = options.time_limit_s + seconds
    return dataclasses.replace(options, polish_s=seconds, time_limit_s=longer, until=until)


def _survive_days(problem: Problem, survive: int | None, days: int | None) -> int | None:
    """Return how long absences are that must be survived, None without; raises Faults where that cannot be asked."""
    from roster.errors import Fault, Faults
    from roster.language import tr

    length = problem.dates.days
    faults = []
    if survive is not None and survive != 1:
        faults.append(Fault(None, "--survive", tr("survive.only_one", given=survive)))
    if survive is None and days is not None:
        faults.append(Fault(None, "--survive-days", tr("survive.days_alone")))
    if days is not None and days > length:
        faults.append(Fault(None, "--survive-days", tr("survive.too_long", given=days, days=length)))
    if faults:
        raise Faults(tr("survive.asked"), faults)
    return None if survive is None else days or min(7, length)


def _frontier(problem: Problem, options: SolveOptions, progress: Tell | None) -> Frontier:
    """Answer "make or buy?" as the scenario offers it."""
    from concurrent.futures import ThreadPoolExecutor

    from roster.questions.frontier import Wishes, frontier, parse_market

    meant, market = parse_market(problem, Wishes())
    with ThreadPoolExecutor(2) as executor:
        return frontier(meant, market, options, progress, executor)


def _explained(
    scenario: Path, problem: Problem, outcome: Outcome, options: SolveOptions
) -> Explanation | None:
    """Return why it is impossible, where it is: the conflict, its sums and the ways out."""
    from roster.domain.outcome import Status
    from roster.questions.explain import ExplainRequest, explain_no
    from roster.scenario.positions import places

    if outcome.status is not Status.INFEASIBLE:
        return None
    return explain_no(problem, ExplainRequest(places=places(scenario)), options)


def _tell_files(out: Path, written: tuple[str, ...]) -> None:
    """Say on stderr what was written where."""
    from roster.language import tr
    from roster.output.folders.plan import stale

    click.echo(tr("plan.files_written", folder=out, files=", ".join(written)), err=True)
    if left := stale(out, written):
        click.echo(tr("plan.files_stale", files=", ".join(left)), err=True)
