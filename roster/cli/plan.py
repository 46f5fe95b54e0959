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
    out_option,
    print_options,
    scenario_argument,
    search_options,
    show_document,
)

if TYPE_CHECKING:
    from roster.domain.outcome import Outcome, Partial, SolveOptions, Tell
    from roster.domain.problem import Problem
    from roster.output.examined_roster import Examined
    from roster.questions.design import Designed
    from roster.questions.explain import Explanation
    from roster.questions.frontier import Frontier

    Document = dict[str, object]
    Beside = tuple[Explanation | None, Frontier | None, Partial | None, Designed | None]


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
    problem = scenario_with(scenario, before)
    if rotation_weeks is not None:
        problem = dataclasses.replace(problem, rotation_weeks=rotation_weeks)
    options = _polishing(options, polish)
    days = _survive_days(problem, survive, survive_days)
    from roster.cli.progress import live_line
    from roster.output.documents.plan import duties, plan_document
    from roster.output.examined_roster import examine_answer
    from roster.output.folders.plan import beside, write_results
    from roster.questions.design import planned
    from roster.questions.partial_roster import partial_of_outcome

    with live_line(quiet=quiet or as_json) as progress:
        problem, outcome, designed = planned(problem, options, progress, days)
        bought = _frontier(problem, options, progress) if ask_frontier and outcome.plan else None
        silent = quiet and not as_json and out is None
        partial = None if silent else partial_of_outcome(problem, outcome, options, progress)
    examined = examine_answer(problem, outcome, partial)
    names = _files(outcome, partial, bought) if out else ()
    why = None if silent else _explained(scenario, problem, outcome, options)
    asked = why, bought, partial, designed
    document = plan_document(scenario, problem, outcome, options, [str(out / name) for name in names if out])
    document |= {"duties": duties(examined), **_beside(scenario, options, examined, asked)}
    if out is not None:
        pages = beside(problem, outcome, examined, (why, bought, partial), options)
        write_results(out, document, outcome.plan, examined, pages)
    if as_json:
        show_document(document)
    else:
        _show(problem, outcome, examined, asked, quiet=quiet)
        _tell_files(out, names, quiet=quiet)
    ctx.exit(exit_code(outcome.status))


def _files(outcome: Outcome, partial: Partial | None, bought: Frontier | None) -> tuple[str, ...]:
    """Return the names of the files of an answer."""
    from roster.output.folders.plan import ANSWER, FILES, MARKET, PARTIAL
    from roster.rosters.ledger import NAME as LEDGER

    own = FILES if outcome.plan else PARTIAL if partial else ANSWER
    return (*own, *((LEDGER,) if outcome.ledger else ()), *(MARKET if bought else ()))


def _beside(scenario: Path, options: SolveOptions, examined: Examined | None, asked: Beside) -> Document:
    """Return what was asked beside the plan as parts of its document."""
    from roster.output.documents.design import design_document
    from roster.output.documents.explain import explanation
    from roster.output.documents.frontier import frontier_document
    from roster.output.documents.plan import partial_document

    why, bought, partial, designed = asked
    found: Document = {}
    if partial is not None and examined is not None:
        found["partial"] = partial_document(examined, partial)
    if designed is not None:
        found["shift_design"] = design_document(designed)
    if why is not None:
        found["explain"] = explanation(why)
    if bought is not None:
        found["frontier"] = frontier_document(scenario, bought, options)
    return found


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


def _show(
    problem: Problem,
    outcome: Outcome,
    examined: Examined | None,
    asked: Beside,
    *,
    quiet: bool,
) -> None:
    from roster.output.terminal.console import report_console
    from roster.output.terminal.explain import explanation_sections
    from roster.output.terminal.frontier import market_sections
    from roster.output.terminal.plan import print_plan
    from roster.output.words.plan import headline

    if quiet:
        click.echo(headline(problem, outcome))
        return
    said = f"{outcome.reason} {outcome.proof.reason}"
    why, bought, partial, designed = asked
    sections = explanation_sections(why, said) if why is not None else ()
    market = market_sections(bought) if bought is not None else ()
    print_plan(report_console(), problem, outcome, examined, sections, market, partial)
    if designed is not None and designed.kinds:
        from roster.output.terminal.design import design_sections

        report_console().show(design_sections(designed))


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


def _tell_files(out: Path | None, written: tuple[str, ...], *, quiet: bool) -> None:
    """Say on stderr what was written where."""
    from roster.language import tr
    from roster.output.folders.plan import stale

    if out is None or quiet:
        return
    click.echo(tr("plan.files_written", folder=out, files=", ".join(written)), err=True)
    if left := stale(out, written):
        click.echo(tr("plan.files_stale", files=", ".join(left)), err=True)
