"""`roster what-if`: somebody goes away; the lawful roster nearest to the published one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import Reading, scenario_with
from roster.cli import exit_code
from roster.cli.options import (
    before_option,
    out_option,
    present,
    print_options,
    reading_options,
    scenario_argument,
    search_options,
    tell,
)

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions
    from roster.errors import Fault
    from roster.questions.conflict import Provenance
    from roster.questions.explain import Explanation
    from roster.questions.what_if import WhatIf
    from roster.rosters.leave_list import LeaveText


def _allowed(_ctx: click.Context, _param: click.Parameter, value: str) -> frozenset[str]:
    """Read a list of what may be used."""
    asked = frozenset(word.strip().lower() for word in value.split(",") if word.strip())
    if unknown := sorted(asked - {"overtime", "vendor"}):
        raise click.BadParameter(f"'{unknown[0]}' is neither overtime nor vendor.")
    return asked


@click.command("what-if")
@scenario_argument
@click.argument("roster_csv", metavar="ROSTER", type=click.Path(path_type=Path))
@click.option(
    "--leave", "leaves", multiple=True, metavar="NAME:FROM..TO", help="Who is away when; repeatable."
)
@click.option(
    "--leave-file", type=click.Path(path_type=Path), help="CSV file of leaves; columns person, from, to."
)
@click.option(
    "--allow",
    metavar="LIST",
    callback=_allowed,
    default="",
    help="What may be used beyond the roster's own means: overtime, vendor, or both with a comma.",
)
@click.option("--freeze-until", metavar="DATE", help="Days up to this date never change.")
@click.option(
    "--repair", is_flag=True, help="Mend a roster that breaks rules already, instead of refusing it."
)
@before_option
@reading_options
@out_option
@search_options
@print_options
@click.pass_context
def what_if(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_csv: Path,
    leaves: tuple[str, ...],
    leave_file: Path | None,
    allow: frozenset[str],
    freeze_until: str | None,
    repair: bool,
    before: Path | None,
    reading: Reading,
    out: Path | None,
    options: SolveOptions,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Someone in ROSTER goes on leave: who covers, with provably the fewest changes?

    With --out, writes changes.csv, the new roster.csv, grid.csv, coverage.csv, hours.csv, report.html and what-if.json
    into a folder. Exit code 1 when it cannot be covered, or when ROSTER breaks rules already and --repair is not
    given.
    """
    problem = scenario_with(scenario, before, reading)
    given = reading.read(problem, roster_csv)
    tell(given.remarks, quiet=quiet or as_json)
    problem, published = problem.with_leave(given.leave), given.roster
    from roster.questions.what_if import Terms, parse_case

    asked = _asked(leaves, leave_file, mend=repair)
    found = parse_case(problem, published, *asked, Terms(frozenset(allow), freeze_until, repair))
    from roster.api.roster import Change
    from roster.api.scenario_basis import Basis
    from roster.cli.progress import live_line
    from roster.questions.what_if import what_if as answer_of

    with live_line(quiet=quiet or as_json) as progress:
        answer = answer_of(found, options, progress, _given(scenario))
    why = None if quiet and not as_json and out is None else _explained(answer)
    said = Change(Basis(problem, scenario), answer, options, roster_csv, why)
    present(said, said.keep(out), as_json=as_json, quiet=quiet)
    ctx.exit(exit_code(answer.status))


def _asked(
    leaves: tuple[str, ...], leave_file: Path | None, *, mend: bool
) -> tuple[list[LeaveText], list[Fault]]:
    """Return who is said to be away when, and what is wrong with how it is said."""
    from roster.errors import Fault, FileFault
    from roster.language import tr
    from roster.rosters.leave_list import LeaveText, read_leaves, split_leave

    given = [split_leave(text) for text in leaves]
    faults = [one for one in given if isinstance(one, Fault)]
    asked = [one for one in given if isinstance(one, LeaveText)]
    if leave_file is not None:
        try:
            rows, wrong = read_leaves(leave_file)
        except FileFault as error:
            rows, wrong = [], [Fault(None, "", str(error))]
        asked += rows
        faults += wrong
    if not leaves and leave_file is None and not mend:
        faults.append(Fault(None, "--leave", tr("what_if.nobody")))
    return asked, faults


def _given(scenario: Path) -> Provenance:
    """Return where things stand in the scenario's file."""
    from roster.questions.conflict import Provenance
    from roster.scenario.positions import places

    return Provenance(places(scenario))


def _explained(answer: WhatIf) -> Explanation | None:
    """Return why it cannot be covered, where it cannot; the ways out are the answer's own."""
    from roster.domain.outcome import Status
    from roster.questions.explain import explain_uncovered

    if answer.status is not Status.INFEASIBLE or answer.broken:
        return None
    return explain_uncovered(answer.case, answer.conflict)
