"""`roster check`: any roster held against a scenario."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import LAWFUL_NO
from roster.cli.options import print_options, scenario_argument, show_document


@click.command()
@scenario_argument
@click.argument("roster_csv", metavar="ROSTER.csv", type=click.Path(path_type=Path))
@print_options
@click.pass_context
def check(ctx: click.Context, scenario: Path, roster_csv: Path, as_json: bool, quiet: bool) -> None:
    """
    Check ROSTER.csv against SCENARIO: every rule, every post, minute by minute.

    ROSTER.csv is the file that plan writes, edited by hand or not. Exit code 1 when a rule is broken.
    """
    from roster.output.checked import print_check
    from roster.output.document import check_document
    from roster.output.examined import examine
    from roster.output.findings import verdict
    from roster.output.terminal import report_console
    from roster.scenario import load
    from roster.scenario.rosterfile import read_roster

    problem = load(scenario)
    examined = examine(problem, read_roster(problem, roster_csv))
    if as_json:
        show_document(check_document(scenario, examined))
    elif quiet:
        click.echo(verdict(examined.violations))
    else:
        print_check(report_console(), examined)
    if examined.violations:
        ctx.exit(LAWFUL_NO)
