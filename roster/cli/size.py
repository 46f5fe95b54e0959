"""`roster size`: from a system profile to posts, people and a scenario, with reasons."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roster.cli import exit_code
from roster.cli.options import file_option, print_options, real_place, search_options, show_document

if TYPE_CHECKING:
    from roster.domain.outcome import SolveOptions
    from roster.questions.size import Sized


def _real_folder(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Return a file in the folder that a link leads to; the file itself is replaced where it is a link."""
    folder = None if value is None else real_place(ctx, param, value.parent)
    return None if value is None or folder is None else folder / value.name


@click.command()
@click.argument("profile", metavar="PROFILE.yaml", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=_real_folder,
    help="Scenario file to write: the recommended level; FILE_lean.yaml and FILE_comfortable.yaml beside it.",
)
@click.option("--force", is_flag=True, help="Overwrite scenario files that exist.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date from which the lead time counts. [default: today]",
)
@file_option(
    "--measured", metavar="demand.json", help="Take what roster demand measured in the place of drivers."
)
@search_options
@print_options
@click.pass_context
def size(
    ctx: click.Context,
    /,
    profile: Path,
    out: Path | None,
    today: datetime | None,
    measured: Path | None,
    options: SolveOptions,
    **shown: bool,
) -> None:
    """
    Find how many people the systems in PROFILE.yaml need, and why: lean, recommended and comfortable.

    With --out, writes each level as a scenario that `roster plan` takes without editing, and the report as a page.
    """
    from roster.output.folders.size import targets, write_scenarios
    from roster.sizing import load_profile

    files = targets(profile, out, force=shown["force"])
    # Faults of the profile are said before the engine is even imported.
    asked = load_profile(profile)
    if measured is not None:
        from dataclasses import replace

        from roster.sizing.measured import read_measured

        asked = replace(asked, measured=read_measured(measured))
    from roster.cli.progress import live_line
    from roster.output.documents.size import size_document
    from roster.questions.size import size as answer

    with live_line(quiet=shown["quiet"] or shown["as_json"]) as progress:
        found = answer(asked, options, today.date() if today else date.today(), progress)
    write_scenarios(files, found)
    if shown["as_json"]:
        show_document(size_document(found, options, files))
    else:
        _show(found, files, quiet=shown["quiet"])
    ctx.exit(exit_code(found.status))


def _show(found: Sized, files: dict[str, Path], *, quiet: bool) -> None:
    from roster.language import tr
    from roster.output.terminal.console import report_console
    from roster.output.terminal.size import print_size
    from roster.output.words.size import headline

    if quiet:
        click.echo(headline(found))
        return
    print_size(report_console(), found, written=bool(files))
    if files:
        click.echo(tr("size.written", files=", ".join(map(str, files.values()))), err=True)
