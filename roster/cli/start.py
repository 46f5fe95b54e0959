"""`roster init` and `roster schema`: files to start from."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import language_option
from roster.cli.options import file_option, month_option

TIERS = ("county", "city", "tertiary", "group")

force_option = click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)


@click.command()
@click.option("--tier", type=click.Choice(TIERS), help="Size of the hospital.")
@file_option(
    "--from",
    "origin",
    metavar="ROSTER",
    help="Make a draft from a roster that you have: its people, letters and cover.",
)
@month_option
@file_argument
@force_option
@language_option
def init(
    tier: str | None, origin: Path | None, month: tuple[int, int] | None, file: Path | None, force: bool
) -> None:
    """
    Write a commented scenario to start from, to FILE or to stdout: of a hospital's size, or a draft from a roster.

    county: county hospital, 2-3 people recommended. city: secondary hospital of a city, 4-6. tertiary: 8-15.
    group: hospital group with several campuses, 15 and more.
    """
    from roster.language import language
    from roster.scenario import template

    if origin is not None:
        from datetime import date

        from roster.rosters.draft import draft

        _deliver(draft(origin, month, date.today()), file, force=force, next_step="cli.init_next")
        return
    if tier is None:
        raise click.UsageError("Missing option '--tier' or '--from ROSTER'. Choose from: " + ", ".join(TIERS))
    _deliver(template(tier, language()), file, force=force, next_step="cli.init_next")


@click.command()
@file_argument
@force_option
@language_option
def schema(file: Path | None, force: bool) -> None:
    """
    Write the JSON Schema of scenario files, to FILE or to stdout.

    Editors check and complete a scenario whose first line is `# yaml-language-server: $schema=FILE`.
    """
    from roster.scenario import schema_json

    _deliver(schema_json(), file, force=force, next_step="cli.schema_next")


def _deliver(text: str, file: Path | None, *, force: bool, next_step: str) -> None:
    """Write a text to a file, saying what comes next, or to stdout without a word more."""
    from roster.errors import FileFault
    from roster.language import tr
    from roster.whole_files import write_text

    if file is None or str(file) == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    if file.exists() and not force:
        raise FileFault(tr("cli.exists", file=file))
    write_text(file, text if text.endswith("\n") else text + "\n")
    click.echo(tr(next_step, file=file), err=True)
