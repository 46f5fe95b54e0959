"""`roster import`: rosters, leave and times on call that exist elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import Reading
from roster.cli import LAWFUL_NO
from roster.cli.options import file_option, print_options, reading_options, show_document, tell

if TYPE_CHECKING:
    from roster.domain.problem import Problem
    from roster.rosters.files import FoundRoster

KINDS = ("roster", "leave", "pagerduty", "opsgenie", "grafana", "ics")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), required=True, help="What the files are.")
@click.option(
    "--scenario", required=True, type=click.Path(path_type=Path), help="Whom and what they are about."
)
@file_option("--users", metavar="YAML", help="The user of each person in the other tool: a mapping of names.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write: a roster.csv, or a scenario with leave. Without it, stdout.",
)
@reading_options
@print_options
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    kind: str,
    scenario: Path,
    users: Path | None,
    out: Path | None,
    reading: Reading,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Read rosters, leave or times on call that exist elsewhere, and judge them.

    A roster becomes roster.csv, and is checked: exit code 1 when it breaks rules. Leave becomes a scenario over the one
    given, with people.<name>.leave. Times on call of PagerDuty, Opsgenie, Grafana OnCall or calendars become the duties
    that fit them.
    """
    from roster.scenario import load

    problem = load(scenario)
    if kind == "leave":
        _leave(problem, files, scenario, out, as_json=as_json, quiet=quiet)
        return
    found = reading.read(problem, files[0]) if kind == "roster" else _on_call(problem, files, kind, users)
    if kind == "roster" and len(files) > 1:
        raise click.UsageError("A roster is one file; name one.")
    from roster.output.documents.import_ import import_document
    from roster.output.examined_roster import examine
    from roster.output.words.import_ import summary

    examined = examine(problem.with_leave(found.leave), found.roster, found.posts)
    if out is not None:
        from roster.rosters.rows import write_roster

        write_roster(problem, found.roster, out, examined.posts, examined.gaps)
    if as_json:
        show_document(import_document(scenario, examined, found, out))
    else:
        if out is None:
            _print_rows(problem, found)
        tell(found.remarks, quiet=quiet)
        click.echo(summary(examined, found), err=out is None)
    if examined.violations:
        ctx.exit(LAWFUL_NO)


def _print_rows(problem: Problem, found: FoundRoster) -> None:
    """Print a roster as roster.csv on stdout."""
    from roster.output.csv.cells import sheet
    from roster.rosters.csv_sheet import COLUMNS
    from roster.rosters.rows import roster_rows

    rows = roster_rows(problem, found.roster)
    sys.stdout.write(sheet(COLUMNS, [[row[column] for column in COLUMNS] for row in rows]))


def _on_call(problem: Problem, files: tuple[Path, ...], kind: str, users: Path | None) -> FoundRoster:
    from datetime import timedelta

    from roster.domain.horizon import calendar
    from roster.rosters.oncall_duties import roster_on_call, schedules_of
    from roster.rosters.oncall_files import read_on_call

    first = problem.dates.start
    frame = first, first + timedelta(days=calendar(problem.dates).days - 1)
    zone, schedules = problem.dates.time_zone, schedules_of(problem)
    entries = [one for file in files for one in read_on_call(file, kind, zone, frame, schedules)]
    return roster_on_call(problem, entries, read_users(users), files[0])


def read_users(path: Path | None) -> dict[str, str]:
    """Return the user in another tool of each person in a YAML mapping; raises FileFault or Faults."""
    if path is None:
        return {}
    from roster.yaml import tree as source

    plain = source.read(path).plain()
    return {str(name): str(user) for name, user in plain.items() if isinstance(user, str | int)}


def _leave(
    problem: Problem, files: tuple[Path, ...], scenario: Path, out: Path | None, *, as_json: bool, quiet: bool
) -> None:
    import os

    from roster.language import tr
    from roster.rosters.leave_table import leave_fragment, read_leave
    from roster.whole_files import write_text

    found = [read_leave(problem, file) for file in files]
    leave = [one for each in found for one in each.leave]
    base = os.path.relpath(scenario, out.parent if out is not None else Path())
    text = leave_fragment(problem, leave, base)
    people = len({one.person for one in leave})
    if out is not None:
        write_text(out, text)
    if as_json:
        rows = [
            {"person": o.person, "from": f"{o.first}", "to": f"{o.last}", "kind": o.reason} for o in leave
        ]
        show_document({"leave": rows, "file": str(out) if out is not None else None})
        return
    if out is None:
        click.echo(text, nl=False)
    tell((remark for each in found for remark in each.remarks), quiet=quiet)
    if not quiet:
        click.echo(tr("import.leave_read", number=len(leave), people=people), err=True)
