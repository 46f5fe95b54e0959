"""`roster export`: a roster in the forms that people use."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.api.reading import Reading
from roster.cli import LAWFUL_NO
from roster.cli.options import (
    file_option,
    out_option,
    print_options,
    reading_options,
    scenario_argument,
    show_document,
    tell,
)
from roster.output.formats import FORMATS, IN_FOLDERS, USUAL

if TYPE_CHECKING:
    from roster.output.examined_roster import Examined
    from roster.output.folders.roster import Export


MOST_SENTENCES = 20


def _formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    for name in wanted:
        if name not in FORMATS:
            close = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else f" Formats: {', '.join(FORMATS)}."
            raise click.BadParameter(f"'{name}' is not a format.{hint}")
    if not wanted:
        raise click.BadParameter(f"name at least one of {', '.join(FORMATS)}.")
    return wanted


@click.command()
@scenario_argument
@click.argument("roster_file", metavar="ROSTER", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    default=",".join(USUAL),
    show_default=True,
    metavar="LIST",
    callback=_formats,
    help="Formats, with commas between them; also pagerduty, opsgenie, grafana, terraform, dingtalk.",
)
@file_option(
    "--users", metavar="YAML", help="The user of each person in tools that page people: a mapping of names."
)
@file_option(
    "--since",
    metavar="ROSTER",
    help="An earlier version: tools that page people get the changes only, as overrides.",
)
@file_option(
    "--template", metavar="XLSX", help="The sheet that DingTalk exported, to be filled for dingtalk."
)
@click.option("--force", is_flag=True, help="Write a roster that breaks rules, with a warning.")
@reading_options
@out_option
@print_options
@click.pass_context
def export(
    ctx: click.Context,
    /,
    scenario: Path,
    roster_file: Path,
    formats: tuple[str, ...],
    users: Path | None,
    since: Path | None,
    template: Path | None,
    force: bool,
    reading: Reading,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Write ROSTER, a CSV file or a workbook, as sheets, workbook, calendars, page and document.

    Without --out, one format goes to stdout. The same --out again updates the calendars in it instead of doubling their
    entries. Exit code 1, and nothing written, when ROSTER breaks a rule of SCENARIO and --force is not given.
    """
    from roster.output.examined_roster import examine
    from roster.output.folders.roster import Export, as_bytes, roster_document
    from roster.scenario import load

    _must_have_somewhere_to_go(formats, template, folder=out is not None or as_json)
    problem = load(scenario)
    found = reading.read(problem, roster_file)
    tell(found.remarks, quiet=quiet or as_json)
    examined = examine(problem.with_leave(found.leave), found.roster, found.posts)
    if examined.violations:
        _tell_violations(examined, force=force)
        if not force:
            ctx.exit(LAWFUL_NO)
    from roster.cli.import_ import read_users

    earlier = reading.read(problem, since) if since is not None else None
    given = Export(
        examined,
        scenario,
        out or roster_file.parent,
        roster_file,
        users=read_users(users),
        since=None if earlier is None else examine(problem, earlier.roster, earlier.posts),
        template=template,
        words={duty: word for word, duty in reading.notation(problem).letters.items()},
    )
    if out is not None:
        _write(given, formats, as_json=as_json, quiet=quiet)
    elif as_json:
        show_document(roster_document(given))
    else:
        sys.stdout.buffer.write(as_bytes(given, formats[0]))


def _must_have_somewhere_to_go(formats: tuple[str, ...], template: Path | None, *, folder: bool) -> None:
    """Raise UsageError where a format needs a template that is not named, or a folder."""
    if "dingtalk" in formats and template is None:
        raise click.UsageError("DingTalk takes back only its own sheet: name it with --template.")
    alone = len(formats) == 1 and formats[0] not in IN_FOLDERS
    if not folder and not alone:
        raise click.UsageError("Name a folder with --out, or one format for stdout with --format.")


def _write(given: Export, formats: tuple[str, ...], *, as_json: bool, quiet: bool) -> None:
    from roster.language import tr
    from roster.output.documents.plan import check_document
    from roster.output.folders.roster import export as export_all

    written, kept = export_all(given, formats)
    if as_json:
        files = [str(given.folder / name) for name in written]
        show_document({**check_document(given.scenario, given.examined), "files": files})
    elif not quiet:
        click.echo(tr("plan.files_written", folder=given.folder, files=", ".join(written)), err=True)
        if kept:
            click.echo(tr("export.kept", files=", ".join(kept)), err=True)


def _tell_violations(examined: Examined, *, force: bool) -> None:
    """Say on stderr what the roster breaks, and whether it is written all the same."""
    from roster.language import tr
    from roster.output.words.findings import verdict
    from roster.output.words.text import one_line

    click.echo(verdict(examined.violations), err=True)
    for violation in examined.violations[:MOST_SENTENCES]:
        click.echo(f"  {one_line(violation.sentence)}", err=True)
    if (left := len(examined.violations) - MOST_SENTENCES) > 0:
        click.echo("  " + tr("export.more", number=left), err=True)
    click.echo(tr("export.forced" if force else "export.refused"), err=True)
