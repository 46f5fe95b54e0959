"""`roster board`: what is done with a board's file beside planning: a copy, a name taken out."""

from __future__ import annotations

from pathlib import Path

import click

from roster.cli import language_option

DATABASE = Path("roster-board.sqlite")


def named(value: str) -> Path | str:
    """Return the address of a PostgreSQL database as it is, anything else as a file."""
    if value.startswith(("postgresql:", "postgres:")):
        return value
    if Path(value).is_dir():
        from roster.language import tr

        raise click.BadParameter(tr("cli.database_is_folder", file=value))
    return Path(value)


database_option = click.option(
    "--database",
    type=named,
    metavar="FILE | postgresql://…",
    default=str(DATABASE),
    show_default=True,
    help="The board's file, or its PostgreSQL database.",
)


@click.group()
def board() -> None:
    """
    Look after the file of a board: copy it while the board goes on, or take a person's name out of it.

    The file is the one that `roster serve` keeps everything in.
    """


@board.command()
@click.argument("copy", required=False, type=click.Path(path_type=Path, dir_okay=False))
@database_option
@language_option
def backup(copy: Path | None, database: Path | str) -> None:
    """
    Write a consistent copy of a board's file, also while it is served; readable by its owner only.

    COPY is named by the time where it is not given. A file that is there is never written over.
    """
    from datetime import datetime

    from roster.board.store import Store, is_address
    from roster.errors import FileFault
    from roster.language import tr

    file = DATABASE if is_address(database) else Path(database)
    if not is_address(database) and not file.is_file():
        raise FileFault(tr("board.no_database", file=database))
    copy = copy or file.with_name(f"{file.stem}-{datetime.now():%Y%m%d-%H%M%S}{file.suffix}")
    if copy.exists():
        raise FileFault(tr("board.copy_exists", file=copy))
    store = Store(database)
    try:
        store.backup(copy)
    except OSError as error:
        raise FileFault(tr("common.cannot_write", file=copy, why=error.strerror or error)) from error
    finally:
        store.close()
    click.echo(tr("board.backup_written", file=copy))


@board.command()
@click.argument("name")
@database_option
@language_option
def forget(name: str, database: Path | str) -> None:
    """
    Replace a person's NAME by a number in a board's log, versions, requests and files; the board must not be running.

    Versions keep their hash, with a note: it was that of the version with the name. Copies made earlier still hold it.
    """
    from roster.board.forget import forget as take_out
    from roster.language import counted, tr

    found = take_out(database, name)
    click.echo(tr("board.forgotten", name=name, alias=found.alias, rows=counted("board.rows", found.rows)))
    if found.removed:
        click.echo(counted("board.forgotten_files", found.removed))
